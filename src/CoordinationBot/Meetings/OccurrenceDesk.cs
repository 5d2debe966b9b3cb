using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Turns;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>Which date of a series is meant: as it was typed behind its id, or the next one, or the last.</summary>
internal sealed class OccurrenceDesk(MeetingDesk desk, Occurrences occurrences, OfficeOptions office)
{
    /// <summary>Words that a date takes at most: "tue 8 dec 2026".</summary>
    private const int LongestDate = 4;

    /// <summary>The meeting with this id; of a series the date that is named behind it, or the series itself where none is.</summary>
    /// <param name="turn">Who asks.</param>
    /// <param name="id">Of a meeting.</param>
    /// <param name="said">What was typed behind it.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<NamedMeeting> FindAsync(Turn turn, string? id, string said, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, id, cancel) is not { } meeting)
        {
            return new NamedMeeting(null, said, MeetingDesk.NoSuch);
        }
        if (meeting is not { State: MeetingState.Scheduled, Series: { } series } || await DateAsync(turn, said, cancel) is not var (typed, rest, problem))
        {
            return new NamedMeeting(meeting, said, null);
        }
        if (typed is not { } day)
        {
            return new NamedMeeting(meeting, rest, $"Nothing was changed. {problem}");
        }
        if (SeriesDates.Find(series, day) is not { } date)
        {
            return new NamedMeeting(meeting, rest, $"Nothing was changed: {MeetingSeriesRules.NoDate(series, day, turn.Now)}");
        }
        return await occurrences.MakeAsync(meeting, date, turn.Now, cancel) is { } one
            ? new NamedMeeting(one, rest, null)
            : new NamedMeeting(meeting, rest, $"Nothing was changed: the one of {Zones.Read(day)} is no longer ahead.");
    }

    /// <summary>What has an agenda: of a series its next date.</summary>
    public async ValueTask<Meeting?> NextAsync(Turn turn, string? id, CancellationToken cancel) =>
        await desk.FindAsync(turn, id, cancel) is { } meeting ? meeting is { State: MeetingState.Scheduled, Series: not null } ? await occurrences.NextAsync(meeting, turn.Now, cancel) ?? meeting : meeting : null;

    /// <summary>What has minutes: of a series its last date that has begun, or the next when none has.</summary>
    public async ValueTask<Meeting?> LastAsync(Turn turn, string? id, CancellationToken cancel) =>
        await desk.FindAsync(turn, id, cancel) is { } meeting ? meeting is { Series: not null } ? await occurrences.LastAsync(meeting, turn.Now, cancel) ?? await NextAsync(turn, id, cancel) : meeting : null;

    /// <summary>The series that a meeting is a date of, or itself.</summary>
    public async ValueTask<Meeting?> SeriesAsync(Turn turn, Meeting meeting, CancellationToken cancel) =>
        meeting.Occurrence is { } one ? await desk.FindAsync(turn, one.Series, cancel) : meeting;

    /// <summary>The day with which something typed begins, or why it cannot be meant, and what follows; null: it begins with none.</summary>
    private async ValueTask<(DateOnly? Day, string Behind, string? Problem)?> DateAsync(Turn turn, string said, CancellationToken cancel)
    {
        var words = said.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var first = words.FirstOrDefault()?.Equals("on", StringComparison.OrdinalIgnoreCase) == true ? 1 : 0;
        var zone = Zones.Find(await desk.ZoneAsync(turn, cancel));
        for (var count = Math.Min(LongestDate, words.Length - first); count > 0; count--)
        {
            var rest = string.Join(' ', words.Skip(first + count));
            switch (TypedDate.Parse(string.Join(' ', words.Skip(first).Take(count)), turn.Now.ToInstant(), zone, office.DayEnds))
            {
                case TypedDateResult.Understood { TimeWasGiven: false } understood:
                    return (understood.When.Date.ToDateOnly(), rest, null);
                case TypedDateResult.NotUnderstood not when not.Sentence != TypedDateSentences.NotADate(turn.Now.ToInstant().InZone(zone).Date) && char.IsAsciiDigit(words[first][0]):
                    return (null, rest, not.Sentence);
            }
        }
        return null;
    }
}

/// <summary>What was named by typing.</summary>
/// <param name="Meeting">Which; null: none that they are part of.</param>
/// <param name="Rest">What was typed behind it.</param>
/// <param name="Problem">Why it is not what was meant.</param>
internal sealed record NamedMeeting(Meeting? Meeting, string Rest, string? Problem);
