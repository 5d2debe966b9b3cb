using CoordinationBot.Calendars;

namespace CoordinationBot.Meetings;

/// <summary>What somebody's list and calendar have of a meeting: written outside its partition, and noted in it.</summary>
/// <param name="Place">Where it stands in their list; null: nowhere.</param>
/// <param name="Held">The time that is held for them; null: none.</param>
internal sealed record MeetingSeat(string? Place, HeldSeat? Held)
{
    public static readonly MeetingSeat None = new(null, null);
}

/// <param name="Start">When it begins.</param>
/// <param name="Minutes">How long it takes.</param>
/// <param name="Kind">Sure, or perhaps.</param>
/// <param name="Title">What they may read.</param>
internal sealed record HeldSeat(DateTimeOffset Start, int Minutes, BusyKind Kind, string Title);

/// <summary>Where a meeting stands in somebody's list, and by which revision of it.</summary>
internal sealed record ListedAt(int Revision, string? Place);

/// <summary>Who has a meeting in their list and their calendar.</summary>
internal static class SeatRules
{
    public static IReadOnlyDictionary<string, MeetingSeat> Of(Meeting meeting)
    {
        var seats = new Dictionary<string, MeetingSeat>(StringComparer.Ordinal);
        // A series is none of the meetings that are shown: its dates are.
        if (meeting is { State: MeetingState.Cancelled } or { Series: not null })
        {
            return seats;
        }
        // What nobody found a time for stands where it should have been: like what is over it is not looked at after that.
        var place = meeting.Time is { } time ? PlaceOf(time.Start) : meeting.State == MeetingState.Finding ? PlaceOf(meeting.Window.Until) : Open;
        seats[meeting.Organiser.ObjectId] = new MeetingSeat(place, Held(meeting, BusyKind.Busy));
        // Until people are asked, only the organiser knows.
        foreach (var invitee in meeting.Invitees.Where(invitee => !invitee.IsOutside && meeting.State != MeetingState.Finding))
        {
            seats[invitee.Key] = new MeetingSeat(place, invitee.Reply switch
            {
                Reply.Accepted => Held(meeting, BusyKind.Busy),
                Reply.Owed or Reply.Tentative => Held(meeting, BusyKind.Tentative),
                Reply.Declined => null,
            });
        }
        return seats;
    }

    /// <summary>Sorts as time does; what people are asked about comes after it.</summary>
    public static string PlaceOf(DateTimeOffset start) => start.UtcDateTime.ToString("yyyyMMddHHmm", System.Globalization.CultureInfo.InvariantCulture);

    private const string Open = "open";

    private static HeldSeat? Held(Meeting meeting, BusyKind kind) => meeting.Time is { } time ? new HeldSeat(time.Start, time.Minutes, kind, meeting.Subject) : null;
}
