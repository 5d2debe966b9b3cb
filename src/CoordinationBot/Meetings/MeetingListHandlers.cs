using CoordinationBot.Calendars;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>What somebody has ahead: all their meetings, and their day.</summary>
internal sealed class MeetingListHandlers(MeetingIndex index, MeetingDesk desk, OwnCalendar calendar, AvailabilityReader availability, PeopleDirectory directory, OfficeOptions office)
{
    public async ValueTask<TurnResult> MyMeetingsAsync(Turn turn, CancellationToken cancel) => new TurnResult.Open(await PageAsync(turn, null, cancel));

    public async ValueTask<TurnResult> ListAsync(Turn turn, CancellationToken cancel) => new TurnResult.Show(await PageAsync(turn, turn.Inputs.Text("after"), cancel));

    public async ValueTask<TurnResult> TodayAsync(Turn turn, CancellationToken cancel)
    {
        var person = await directory.SpeakerAsync(turn, cancel);
        var (zone, now) = (Zones.Find(person.Zone ?? office.Zone), turn.Now.ToInstant());
        var date = now.InZone(zone).Date;
        var monday = date.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday));
        var (day, week) = (DayRules.DayOf(date, zone), new Interval(DayRules.DayOf(monday, zone).Start, DayRules.DayOf(monday.PlusDays(6), zone).End));
        var held = await calendar.ListAsync(turn.Tenant, person.ObjectId, day, cancel);
        var known = (await availability.ReadAsync([person], week, null, cancel))[person.ObjectId];
        var times = WorkTimes.Of(person, office);
        return new TurnResult.Open(DayCards.For(date, zone, DayRules.Of(day, DayRules.HoursOf(date, times, zone), held, known, now), DayRules.LoadOf(monday, times, zone, known.Busy), known.IsKnown));
    }

    /// <summary>What waits for an answer.</summary>
    public async ValueTask<IReadOnlyList<string>> WaitingAsync(Turn turn, CancellationToken cancel)
    {
        var (page, _) = await index.ListAsync(turn.Tenant, turn.Actor.ObjectId, null, MeetingListCards.PageLength, turn.Now, cancel);
        var owed = page.Count(meeting => meeting.State == MeetingState.Scheduled && meeting.Find(turn.Actor.ObjectId)?.Reply == Reply.Owed);
        return owed == 0 ? [] : [$"{MeetingText.Count(owed, "invitation")} {(owed == 1 ? "waits" : "wait")} for your answer: my meetings"];
    }

    private async ValueTask<AdaptiveCard> PageAsync(Turn turn, string? after, CancellationToken cancel)
    {
        var (page, next) = await index.ListAsync(turn.Tenant, turn.Actor.ObjectId, after is not null && IndexKeys.IsCursor(after) ? after : null, MeetingListCards.PageLength, turn.Now, cancel);
        return MeetingListCards.For(page, turn.Actor.ObjectId, await desk.ZoneAsync(turn, cancel), next);
    }
}
