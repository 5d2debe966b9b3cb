using CoordinationBot.Calendars;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>Looks for times of a meeting by what is known of its people now.</summary>
internal sealed class SlotFinder(AvailabilityReader availability, PeopleDirectory directory, OfficeOptions office)
{
    /// <param name="meeting">Its people, its length, and its window; one that has a time already is looked for in the weeks after now, its own time not counted.</param>
    /// <param name="until">Until when, instead.</param>
    /// <param name="now">What has passed does not count.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<SlotOffer> FindAsync(Meeting meeting, DateTimeOffset? until, DateTimeOffset now, CancellationToken cancel)
    {
        var isMove = meeting.State == MeetingState.Scheduled;
        var from = !isMove && meeting.Window.From > now ? meeting.Window.From : now;
        var last = until ?? (isMove ? (meeting.Time!.Start > now ? meeting.Time.Start : now).AddDays(SlotChangeRules.DaysFurther) : meeting.Window.Until);
        if (last <= from)
        {
            return new SlotOffer(new SlotsFound([], [], []), last) { IsMove = isMove };
        }
        var window = new Interval(from.ToInstant(), last.ToInstant());
        // A wider window may be proposed, and nobody is free there only because nobody looked.
        var attendees = await AttendeesAsync(meeting, new Interval(window.Start, window.End + Duration.FromDays(SlotChangeRules.DaysFurther)), cancel);
        return new SlotOffer(SlotRules.Find(new SlotRequest(attendees, Duration.FromMinutes(meeting.Minutes), window), now.ToInstant()), last) { IsMove = isMove };
    }

    /// <summary>Who must come and is known to be busy at this time.</summary>
    public async ValueTask<IReadOnlyList<Attendee>> BlockingAsync(Meeting meeting, DateTimeOffset start, CancellationToken cancel)
    {
        var time = new Interval(start.ToInstant(), start.AddMinutes(meeting.Minutes).ToInstant());
        return OverlapRules.Blocking(await AttendeesAsync(meeting, time, cancel), time);
    }

    /// <summary>Everybody, the organiser first. Of people outside nothing is known, not even where they are.</summary>
    private async ValueTask<IReadOnlyList<Attendee>> AttendeesAsync(Meeting meeting, Interval window, CancellationToken cancel)
    {
        string[] inside = [.. meeting.Inside];
        var people = new Person[inside.Length];
        await Parallel.ForAsync(0, inside.Length, AvailabilityReader.Side(cancel), async (index, stop) =>
            people[index] = await directory.FindAsync(meeting.Tenant, inside[index], stop) ?? throw new InvalidOperationException("A meeting is with somebody who was never met."));
        var own = new OwnTime(meeting.Id, meeting.Time is { } time ? new Interval(time.Start.ToInstant(), time.End.ToInstant()) : null);
        var known = await availability.ReadAsync(people, window, own, cancel);
        return
        [
            .. people.Select(person => new Attendee(
                person.ObjectId,
                person.Name,
                meeting.Find(person.ObjectId)?.IsRequired ?? true,
                Zones.Find(person.Zone ?? office.Zone),
                WorkTimes.Of(person, office),
                known[person.ObjectId])),
            .. meeting.Invitees.Where(invitee => invitee.IsOutside).Select(invitee => new Attendee(invitee.Key, invitee.Name, invitee.IsRequired, Zones.Find(meeting.Window.Zone), office.Times, Availability.Unknown)),
        ];
    }
}
