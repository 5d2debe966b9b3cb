using System.Globalization;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Meetings;

/// <summary>What the handlers of minutes share: find them for who asks, act on them by a rule, show how they stand.</summary>
internal sealed class MinutesDesk(MeetingDesk desk, OccurrenceDesk dates, MinutesStore store, LastMinutes last, OfficeOptions office)
{
    public const string NotBegun = "Nobody has begun the minutes yet.";

    /// <summary>The meeting, with its minutes as far as there are any; null when it is none of theirs.</summary>
    public async ValueTask<(Meeting Meeting, Minutes? Minutes)?> FindAsync(Turn turn, string? id, CancellationToken cancel) =>
        await dates.LastAsync(turn, id, cancel) is { } meeting ? (meeting, await store.FindAsync(turn.Tenant, meeting.Id, cancel)) : null;

    /// <summary>Acts on the minutes that a button names, and shows them as they are then, with the sentence if nothing was done.</summary>
    public async ValueTask<TurnResult> PressAsync(Turn turn, Func<Meeting, Minutes, MinutesOutcome> rule, CancellationToken cancel, Func<MinutesView, MinutesView>? keepOpen = null)
    {
        if (await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not { } meeting)
        {
            return new TurnResult.Refused(MeetingDesk.NoSuch);
        }
        var outcome = await store.UpdateAsync(meeting, new MinutesActor(turn.Actor.ObjectId), turn.OperationId, minutes => minutes is null ? new MinutesOutcome.Unchanged(null, NotBegun) : rule(meeting, minutes), turn.Now, cancel);
        if (await ViewAsync(turn, outcome, cancel) is not { } view)
        {
            return new TurnResult.Refused(NotBegun);
        }
        if (view.Refusal is { } sentence)
        {
            view = view with { Typed = turn.Inputs };
            return new TurnResult.Refused(sentence, MinutesCards.For(keepOpen is null ? view : keepOpen(view)));
        }
        return new TurnResult.Show(MinutesCards.For(view));
    }

    /// <summary>How it is shown after an act; null: there are none.</summary>
    public async ValueTask<MinutesView?> ViewAsync(Turn turn, MinutesOutcome outcome, CancellationToken cancel) => outcome switch
    {
        MinutesOutcome.Changed changed => await ViewAsync(turn, changed.State, cancel) with { News = changed.Said is { } said ? [said] : [] },
        MinutesOutcome.Unchanged { State: { } minutes } unchanged => await ViewAsync(turn, minutes, cancel) with { Refusal = unchanged.Sentence },
        _ => null,
    };

    public async ValueTask<MinutesView> ViewAsync(Turn turn, Minutes minutes, CancellationToken cancel) =>
        new(minutes, await last.ReadableAsync(minutes, turn.Actor.ObjectId, cancel), turn.Actor.ObjectId, await desk.ZoneAsync(turn, cancel)) { From = Math.Max(0, turn.Inputs.Number("from") ?? 0) };

    /// <summary>As somebody sees them who does not ask for them now.</summary>
    public MinutesView View(Minutes minutes, Minutes? final, Person viewer, IReadOnlyList<string> news) =>
        new(minutes, minutes.State != MinutesState.Draft || minutes.MayWrite(viewer.ObjectId) ? minutes : final, viewer.ObjectId, viewer.Zone ?? office.Zone) { News = news };

    /// <summary>Notes which action items have become delegations since.</summary>
    public async ValueTask<Minutes> LinkAsync(Meeting meeting, Minutes minutes, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var entry in (await last.LinkedAsync(minutes, cancel)).Actions.Where(entry => entry.Delegation is not null && minutes.Find(entry.Id)!.Delegation is null))
        {
            minutes = await store.UpdateAsync(meeting, null, null, known => MinutesRules.Link(known!, entry.Id, entry.Delegation!, entry.IsConfidential), now, cancel) switch
            {
                MinutesOutcome.Changed changed => changed.State,
                MinutesOutcome.Unchanged unchanged => unchanged.State!,
                _ => minutes,
            };
        }
        return minutes;
    }

    /// <summary>An action item may have become a delegation: its minutes say so at once.</summary>
    public async ValueTask SentAsync(Turn turn, Draft draft, CancellationToken cancel)
    {
        if (draft.Form == DelegationForm.Form.Name && Minutes.MeetingIn(draft.Id) is { } id && await FindAsync(turn, id, cancel) is (var meeting, { } minutes))
        {
            await LinkAsync(meeting, minutes, turn.Now, cancel);
        }
    }

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
