using System.Globalization;
using CoordinationBot.Delegations;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Recurrences;

/// <summary>One method a route: read, decide, reply.</summary>
internal sealed class RecurrenceHandlers(RecurrenceStore store, RecurrenceDesk desk, DelegationDesk delegations)
{
    private const string NoSuch = "There is nothing recurring with that id that you are part of. Type recurring to see yours.";

    /// <summary><c>recurring</c>, perhaps with the id of one.</summary>
    public async ValueTask<TurnResult> RecurringAsync(Turn turn, CancellationToken cancel) =>
        turn.Argument.Length == 0 ? new TurnResult.Open(await PageAsync(turn, null, cancel)) : await BringAsync(turn, turn.Argument, cancel);

    /// <summary>Ends nothing yet: asks for confirmation.</summary>
    public async ValueTask<TurnResult> EndCommandAsync(Turn turn, CancellationToken cancel)
    {
        var id = turn.Argument.Split(' ', 2)[0];
        return await FindAsync(turn, id, cancel) is not var (series, role) ? new TurnResult.Say(id.StartsWith("D-", StringComparison.OrdinalIgnoreCase) ? $"To end a delegation that you gave, type revoke {id.ToUpperInvariant()}." : NoSuch)
            : role != Role.Leader ? new TurnResult.Say($"It was not ended: only {series.Leader.Name}, who gives it, can do that.")
            : series.IsEnded ? new TurnResult.Say("It has ended already. Nothing more comes.")
            : new TurnResult.Open(RecurrenceCards.For(await ViewAsync(turn, series, role, cancel) with { Ending = true }));
    }

    public async ValueTask<TurnResult> ListAsync(Turn turn, CancellationToken cancel) => new TurnResult.Show(await PageAsync(turn, turn.Inputs.Text("after"), cancel));

    public ValueTask<TurnResult> BringAsync(Turn turn, CancellationToken cancel) => BringAsync(turn, turn.Inputs.Text("id") ?? "", cancel);

    public async ValueTask<TurnResult> ViewAsync(Turn turn, CancellationToken cancel) => await ShowAsync(turn, view => view, cancel);

    public async ValueTask<TurnResult> EndAskAsync(Turn turn, CancellationToken cancel) => await ShowAsync(turn, view => view with { Ending = true }, cancel);

    public ValueTask<TurnResult> EndAsync(Turn turn, CancellationToken cancel) =>
        ActAsync(turn, series => SeriesRules.End(series, turn.Actor.ObjectId, turn.Now), cancel);

    public async ValueTask<TurnResult> LeaveOutAsync(Turn turn, CancellationToken cancel)
    {
        if (await FindAsync(turn, turn.Inputs.Text("id"), cancel) is not var (series, _))
        {
            return new TurnResult.Refused(NoSuch);
        }
        var times = (await desk.CalendarAsync(series, cancel)).Times;
        var date = DateOnly.TryParseExact(turn.Inputs.Text("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : default(DateOnly?);
        return await ActAsync(turn, known => SeriesRules.LeaveOut(known, date, RecurrenceRules.NextOf(known, times, turn.Now), turn.Actor.ObjectId, turn.Now), cancel);
    }

    /// <summary>Whoever has nothing recurring need not know the word.</summary>
    public async ValueTask<IReadOnlyList<string>> WaitingAsync(Turn turn, CancellationToken cancel) =>
        await store.HasAnyAsync(turn.Tenant, turn.Actor.ObjectId, cancel) ? ["Some of your work recurs. Type recurring to see it."] : [];

    // ---- what they share

    private async ValueTask<(Series Series, Role Role)?> FindAsync(Turn turn, string? id, CancellationToken cancel) =>
        id is not null && await store.FindAsync(turn.Tenant, id.ToUpperInvariant(), cancel) is { } series && series.RoleOf(turn.Actor.ObjectId) is { } role ? (series, role) : null;

    private async ValueTask<TurnResult> ActAsync(Turn turn, Func<Series, SeriesOutcome> rule, CancellationToken cancel)
    {
        if (await FindAsync(turn, turn.Inputs.Text("id"), cancel) is not var (found, role))
        {
            return new TurnResult.Refused(NoSuch);
        }
        var outcome = (await store.UpdateAsync(turn.Tenant, found.Id, turn.OperationId, rule, cancel))!;
        var view = await ViewAsync(turn, outcome.State, role, cancel);
        return outcome is SeriesOutcome.Unchanged { Sentence: { } sentence }
            ? new TurnResult.Refused(sentence, RecurrenceCards.For(view with { Refusal = sentence }))
            : new TurnResult.Show(RecurrenceCards.For(view));
    }

    private async ValueTask<TurnResult> BringAsync(Turn turn, string id, CancellationToken cancel)
    {
        if (await FindAsync(turn, id.Trim(), cancel) is not var (series, _))
        {
            return new TurnResult.Say(NoSuch);
        }
        await store.BringAsync(series, turn.Actor.ObjectId, cancel);
        return TurnResult.Nothing.Instance;
    }

    private async ValueTask<TurnResult> ShowAsync(Turn turn, Func<SeriesView, SeriesView> with, CancellationToken cancel) =>
        await FindAsync(turn, turn.Inputs.Text("id"), cancel) is var (series, role)
            ? new TurnResult.Show(RecurrenceCards.For(with(await ViewAsync(turn, series, role, cancel))))
            : new TurnResult.Refused(NoSuch);

    private async ValueTask<SeriesView> ViewAsync(Turn turn, Series series, Role role, CancellationToken cancel) =>
        new(series, role, await desk.NextAsync(series, cancel), await delegations.ZoneAsync(turn, cancel), await store.HistoryAsync(series, RecurrenceCards.HistoryLength, cancel));

    private async ValueTask<AdaptiveCard> PageAsync(Turn turn, string? after, CancellationToken cancel)
    {
        var (page, next) = await store.ListAsync(turn.Tenant, turn.Actor.ObjectId, after is not null && IndexKeys.IsCursor(after) ? after : null, RecurrenceCards.PageLength, cancel);
        List<(Series, Role, DateOnly?)> entries = [];
        foreach (var series in page)
        {
            entries.Add((series, series.RoleOf(turn.Actor.ObjectId)!.Value, await desk.NextAsync(series, cancel)));
        }
        return RecurrenceCards.List(entries, await delegations.ZoneAsync(turn, cancel), next);
    }
}
