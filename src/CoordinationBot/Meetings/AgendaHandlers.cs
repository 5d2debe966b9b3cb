using System.Globalization;
using System.Text.RegularExpressions;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Turns;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary><c>agenda M-…</c>, and the buttons of its card.</summary>
internal sealed partial class AgendaHandlers(MeetingStore store, MeetingDesk desk, OccurrenceDesk dates, LastMinutes last, OfficeOptions office)
{
    private const int MinutesForOpen = 10;

    /// <summary>The card; with more words: adds an item, or does what they say.</summary>
    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel)
    {
        var (id, said) = MinutesSentence.Split(turn.Argument);
        if (await dates.NextAsync(turn, id, cancel) is not { } meeting)
        {
            return new TurnResult.Say(MeetingDesk.NoSuch);
        }
        if (said.Length == 0)
        {
            return new TurnResult.Open(AgendaCards.For(await ViewAsync(turn, meeting, cancel)));
        }
        var view = await DecideAsync(turn, meeting, RuleOf(turn, meeting, said, await desk.ZoneAsync(turn, cancel)), cancel);
        return view is null ? new TurnResult.Say(MeetingDesk.NoSuch) : new TurnResult.Open(AgendaCards.For(view));
    }

    public async ValueTask<TurnResult> OpenAsync(Turn turn, CancellationToken cancel) =>
        await dates.NextAsync(turn, turn.Inputs.Text("id"), cancel) is { } meeting ? new TurnResult.Open(AgendaCards.For(await ViewAsync(turn, meeting, cancel))) : new TurnResult.Refused(MeetingDesk.NoSuch);

    public async ValueTask<TurnResult> ViewAsync(Turn turn, CancellationToken cancel) =>
        await dates.NextAsync(turn, turn.Inputs.Text("id"), cancel) is { } meeting ? new TurnResult.Show(AgendaCards.For(await ViewAsync(turn, meeting, cancel))) : new TurnResult.Refused(MeetingDesk.NoSuch);

    public ValueTask<TurnResult> AddAsync(Turn turn, CancellationToken cancel) =>
        PressAsync(turn, meeting => Add(turn, meeting, turn.Inputs.Text("title"), turn.Inputs.Number("minutes"), turn.Inputs.Text("owner")), cancel);

    public ValueTask<TurnResult> RemoveAsync(Turn turn, CancellationToken cancel) =>
        PressAsync(turn, meeting => AgendaRules.Remove(meeting, turn.Actor.ObjectId, turn.Inputs.Text("item"), turn.Now), cancel);

    public ValueTask<TurnResult> PlaceAsync(Turn turn, CancellationToken cancel) =>
        PressAsync(turn, meeting => AgendaRules.Place(meeting, turn.Actor.ObjectId, turn.Inputs.Text("item"), turn.Inputs.Number("place"), turn.Now), cancel);

    public async ValueTask<TurnResult> CloseAsync(Turn turn, CancellationToken cancel)
    {
        var zone = await desk.ZoneAsync(turn, cancel);
        return turn.Inputs.Text("until.date") is not { } date
            ? await PressAsync(turn, meeting => AgendaRules.Close(meeting, turn.Actor.ObjectId, null, turn.Now), cancel)
            : await PressAsync(turn, meeting => Close(turn, meeting, TypedDate.FromPickers(date, turn.Inputs.Text("until.time"), turn.Now.ToInstant(), Zones.Find(zone), office.DayEnds)), cancel);
    }

    /// <summary>What stayed open last time gets the first place.</summary>
    public async ValueTask<TurnResult> CarryOverAsync(Turn turn, CancellationToken cancel)
    {
        if (await dates.NextAsync(turn, turn.Inputs.Text("id"), cancel) is not { } meeting)
        {
            return new TurnResult.Refused(MeetingDesk.NoSuch);
        }
        var open = await last.OpenAsync(meeting, turn.Actor.ObjectId, turn.Now, cancel);
        return await PressAsync(turn, known => open is { IsForAll: true, From: { } from } ? AgendaRules.CarryOver(known, turn.Actor.ObjectId, from, MinutesForOpen, turn.Now) : new MeetingOutcome.Unchanged(known, "Nothing is open from last time any more."), cancel);
    }

    // ---- what they share

    private Func<Meeting, MeetingOutcome> RuleOf(Turn turn, Meeting meeting, string said, string zone)
    {
        var actor = turn.Actor.ObjectId;
        string? ItemAt(string number) => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= 1 && place <= meeting.Agenda.Items.Count ? meeting.Agenda.Items[place - 1].Id : null;
        if (Removal().Match(said) is { Success: true } removal)
        {
            var item = ItemAt(removal.Groups["item"].Value);
            return known => item is null ? new MeetingOutcome.Unchanged(known, "Nothing was changed: the agenda has no such item.") : AgendaRules.Remove(known, actor, item, turn.Now);
        }
        if (Moving().Match(said) is { Success: true } moving)
        {
            var (item, place) = (ItemAt(moving.Groups["item"].Value), int.TryParse(moving.Groups["place"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var to) ? to : default(int?));
            return known => AgendaRules.Place(known, actor, item, place, turn.Now);
        }
        if (Until().Match(said) is { Success: true } until)
        {
            return known => Close(turn, known, TypedDate.Parse(until.Groups["when"].Value, turn.Now.ToInstant(), Zones.Find(zone), office.DayEnds));
        }
        var sentence = AgendaSentence.Parse(said);
        return known => Add(turn, known, sentence.Title, sentence.Minutes, sentence.Owner);
    }

    private static MeetingOutcome Close(Turn turn, Meeting meeting, TypedDateResult result) => result switch
    {
        TypedDateResult.Understood understood => AgendaRules.Close(meeting, turn.Actor.ObjectId, understood.When.ToDateTimeOffset().ToUniversalTime(), turn.Now),
        TypedDateResult.NotUnderstood not => new MeetingOutcome.Unchanged(meeting, not.Sentence),
        _ => throw new InvalidOperationException("A date had no known reading."),
    };

    private static MeetingOutcome Add(Turn turn, Meeting meeting, string? title, int? minutes, string? owner)
    {
        if (owner is null)
        {
            return AgendaRules.Add(meeting, turn.Actor.ObjectId, title, null, minutes, turn.Now);
        }
        var leads = Participant.Find(meeting, owner, turn.Actor.ObjectId);
        return leads.Person is { } person
            ? AgendaRules.Add(meeting, turn.Actor.ObjectId, title, person.ObjectId, minutes, turn.Now)
            : new MeetingOutcome.Unchanged(meeting, leads.Sentence);
    }

    private async ValueTask<TurnResult> PressAsync(Turn turn, Func<Meeting, MeetingOutcome> rule, CancellationToken cancel)
    {
        if (await dates.NextAsync(turn, turn.Inputs.Text("id"), cancel) is not { } meeting || await DecideAsync(turn, meeting, rule, cancel) is not { } view)
        {
            return new TurnResult.Refused(MeetingDesk.NoSuch);
        }
        return view.Refusal is { } sentence ? new TurnResult.Refused(sentence, AgendaCards.For(view with { Typed = turn.Inputs })) : new TurnResult.Show(AgendaCards.For(view));
    }

    /// <summary>Null: whoever asks was taken out meanwhile, and learns no more than anybody else.</summary>
    private async ValueTask<AgendaView?> DecideAsync(Turn turn, Meeting meeting, Func<Meeting, MeetingOutcome> rule, CancellationToken cancel)
    {
        var outcome = await store.UpdateAsync(turn.Tenant, meeting.Id, turn.OperationId, rule, cancel);
        return outcome is null || !outcome.State.Includes(turn.Actor.ObjectId) ? null
            : await ViewAsync(turn, outcome.State, cancel) with { Refusal = (outcome as MeetingOutcome.Unchanged)?.Sentence };
    }

    private async ValueTask<AgendaView> ViewAsync(Turn turn, Meeting meeting, CancellationToken cancel) =>
        new(meeting, turn.Actor.ObjectId, await desk.ZoneAsync(turn, cancel), turn.Now) { Open = await last.OpenAsync(meeting, turn.Actor.ObjectId, turn.Now, cancel) };

    [GeneratedRegex(@"^(?:remove|take off)\s+(?<item>[0-9]{1,3})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Removal();

    [GeneratedRegex(@"^move\s+(?<item>[0-9]{1,3})\s+to\s+(?<place>[0-9]{1,3})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Moving();

    [GeneratedRegex(@"^until\s+(?<when>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Until();
}
