using System.Text;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>A time that a file holds for one of the bot's own meetings.</summary>
internal readonly record struct MeetingBusy(string Meeting, BusyTime Time);

/// <summary>What was made of a file.</summary>
internal abstract record IcalResult
{
    private IcalResult()
    {
    }

    /// <param name="Busy">As <see cref="Availability.Busy"/>.</param>
    /// <param name="Meetings">Those that are invitations of the bot: they do not count while their meeting is moved.</param>
    /// <param name="Events">How many events there are.</param>
    /// <param name="Unread">Of how many nobody knows when they are: then the file does not speak for all of somebody's time.</param>
    internal sealed record Read(IReadOnlyList<BusyTime> Busy, IReadOnlyList<MeetingBusy> Meetings, int Events, int Unread) : IcalResult;

    internal sealed record Refused(string Sentence) : IcalResult;
}

/// <summary>
/// Reads when somebody is busy out of an iCalendar file of Outlook, Google, Apple or anybody. Whatever the file says, the work is bounded: so many events, so
/// many occurrences, so many steps of a rule, and the time of whoever calls.
/// </summary>
internal static class IcalReader
{
    /// <summary>What somebody's private calendar of ten years has.</summary>
    private const int MostEvents = 20_000;

    private const int MostOccurrences = 100_000;

    /// <summary>More than a year of quarters of an hour, alternately busy and not.</summary>
    private const int MostBusy = 20_000;

    private const int MostZones = 100;

    private const int MostUnread = 100;

    // Of Meeting.Uid: {tenant}.{id}@coordination-bot.
    private const string OurDomain = "@coordination-bot";

    public const string TooMuch = "That calendar holds more than I can follow: too many events, or one that repeats without end at very short times. Please connect one with fewer events.";

    private const string Unreadable = "I cannot read when the events of that calendar are. Please copy the link that ends in .ics, or connect another calendar.";

    private const string NotCalendar = "That address does not lead to a calendar. Please copy the link that ends in .ics, or that your calendar calls iCal or ICS.";

    /// <param name="file">UTF-8.</param>
    /// <param name="own">Where whole days and times without a zone are meant.</param>
    /// <param name="horizon">Which time is wanted.</param>
    /// <param name="deadline">When it runs out, the file is too much.</param>
    public static IcalResult Read(Stream file, DateTimeZone own, Interval horizon, CancellationToken deadline)
    {
        using var text = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        List<IcalEvent> events = [];
        Dictionary<string, List<IcalObservance>> zones = new(StringComparer.Ordinal);
        var refusal = Collect(IcalLine.Read(text), events, zones, deadline);
        return refusal is null ? Expand(events, new IcalZones(zones, own, horizon), horizon, deadline) : new IcalResult.Refused(refusal);
    }

    private static string? Collect(IEnumerable<IcalLine> lines, List<IcalEvent> events, Dictionary<string, List<IcalObservance>> zones, CancellationToken deadline)
    {
        // The components around a line, the innermost last.
        List<string> inside = [];
        var isCalendar = false;
        List<IcalObservance> parts = [];
        foreach (var line in lines)
        {
            if (line.Name == "BEGIN")
            {
                inside.Add(line.Value.ToUpperInvariant());
                isCalendar |= inside[0] == "VCALENDAR";
                if (!isCalendar)
                {
                    return NotCalendar;
                }
                switch (inside)
                {
                    case ["VCALENDAR", "VEVENT"]:
                        events.Add(new IcalEvent());
                        break;
                    case ["VCALENDAR", "VTIMEZONE"]:
                        parts = [];
                        break;
                    case ["VCALENDAR", "VTIMEZONE", _]:
                        parts.Add(new IcalObservance());
                        break;
                }
                if (events.Count > MostEvents || zones.Count > MostZones || inside.Count > 10 || parts.Count > 200 || deadline.IsCancellationRequested)
                {
                    return TooMuch;
                }
            }
            else if (line.Name == "END")
            {
                if (inside.Count == 0 || !inside[^1].Equals(line.Value, StringComparison.OrdinalIgnoreCase))
                {
                    return NotCalendar;
                }
                inside.RemoveAt(inside.Count - 1);
            }
            else if (!isCalendar)
            {
                return NotCalendar;
            }
            else if (inside is ["VCALENDAR", "VEVENT"])
            {
                events[^1].Add(line);
            }
            else if (inside is ["VCALENDAR", "VTIMEZONE"] && line.Name == "TZID")
            {
                zones[line.Value] = parts;
            }
            else if (inside is ["VCALENDAR", "VTIMEZONE", _])
            {
                parts[^1].Add(line);
            }
        }
        return !isCalendar ? NotCalendar : inside.Count > 0 ? "That calendar breaks off in the middle. Please try again in a few minutes." : null;
    }

    private static IcalResult Expand(List<IcalEvent> events, IcalZones zones, Interval horizon, CancellationToken deadline)
    {
        List<BusyTime> busy = [];
        List<MeetingBusy> meetings = [];
        var (unread, occurrences) = (0, 0);
        var replaced = events.Where(one => one.Replaces is not null).ToLookup(one => one.Uid, one => one.Replaces!.Value);
        var times = new IcalBusy(zones, horizon);
        foreach (var one in events)
        {
            if (deadline.IsCancellationRequested)
            {
                return new IcalResult.Refused(TooMuch);
            }
            if (one.Kind is not { } kind)
            {
                continue;
            }
            var meeting = MeetingOf(one.Uid);
            try
            {
                foreach (var time in times.Times(one, one.Replaces is null ? replaced[one.Uid] : []))
                {
                    if (++occurrences > MostOccurrences || deadline.IsCancellationRequested)
                    {
                        return new IcalResult.Refused(TooMuch);
                    }
                    var taken = new BusyTime(time.Start, time.End, kind);
                    if (meeting is null)
                    {
                        busy.Add(taken);
                    }
                    else
                    {
                        meetings.Add(new MeetingBusy(meeting, taken));
                    }
                }
            }
            catch (RuleTooLongException)
            {
                return new IcalResult.Refused(TooMuch);
            }
            // A stranger's rule can make the library throw anything: then it is this event of which nobody knows when it is, and the reader of the result is told.
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                if (++unread > MostUnread)
                {
                    return new IcalResult.Refused(Unreadable);
                }
            }
        }
        var merged = AvailabilityRules.Merge(busy, horizon);
        return merged.Count + meetings.Count > MostBusy ? new IcalResult.Refused(TooMuch) : new IcalResult.Read(merged, meetings, events.Count, unread);
    }

    private static string? MeetingOf(string uid) =>
        uid.EndsWith(OurDomain, StringComparison.OrdinalIgnoreCase) && uid.LastIndexOf('.') is > 0 and var dot ? uid[(dot + 1)..^OurDomain.Length] : null;
}
