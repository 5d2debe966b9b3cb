using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Meetings;

/// <summary>A stretch of days that was typed.</summary>
/// <param name="From">When it begins; null: now.</param>
/// <param name="Until">When it ends; null: it could not be read.</param>
/// <param name="Problem">Why not.</param>
/// <param name="Next">Where the words go on.</param>
internal sealed record TypedWindow(ZonedDateTime? From, ZonedDateTime? Until, string? Problem, int Next);

/// <summary>Reads within a sentence when something should take place: "next week", "on fri", "between mon and wed", "in the next 2 weeks", "by 18 Dec".</summary>
/// <param name="now">When it was typed.</param>
/// <param name="zone">Where.</param>
/// <param name="times">When whoever typed it works: a day is their working day.</param>
internal sealed class WindowReader(Instant now, DateTimeZone zone, WorkTimes times)
{
    /// <summary>Longer than any date; it also bounds the work for a sentence of nothing but numbers.</summary>
    private const int LongestDate = 8;

    /// <summary>The window that begins at this word; null: none.</summary>
    public TypedWindow? At(SentenceWords words, int at)
    {
        if (at >= words.Count || words[at].Quoted)
        {
            return null;
        }
        return Week(words, at) ?? Ahead(words, at) ?? Between(words, at) ?? Edge(words, at) ?? Day(words, at);
    }

    /// <summary>A time of day alone: "at 9:30". Null: none stands there.</summary>
    public TypedWindow? Moment(SentenceWords words, int at, bool onWorkingDay)
    {
        if (Date(words, at) is not { When: { } when, TimeWasGiven: true } time)
        {
            return null;
        }
        var date = when.Date;
        while (onWorkingDay && !times.IsWorkingDay(date))
        {
            date = date.PlusDays(1);
        }
        return new TypedWindow(date.At(when.TimeOfDay).InZone(zone, TypedDate.Resolver), null, null, time.Next);
    }

    /// <summary>The next such weekday of a month, with the time that is typed behind it.</summary>
    /// <param name="words">The sentence.</param>
    /// <param name="at">Behind the weekday.</param>
    /// <param name="nth">1 is the first; -1 the last.</param>
    /// <param name="day">Which weekday.</param>
    public TypedWindow NthWeekday(SentenceWords words, int at, int nth, IsoDayOfWeek day)
    {
        var typed = Date(words, at) is { When: { } when, TimeWasGiven: true } time ? (When: when.TimeOfDay, time.Next) : default((LocalTime When, int Next)?);
        var today = now.InZone(zone).Date;
        for (var month = new LocalDate(today.Year, today.Month, 1); ; month = month.PlusMonths(1))
        {
            var date = nth > 0
                ? month.PlusDays(-1).Next(day).PlusWeeks(nth - 1)
                : month.PlusMonths(1).Previous(day);
            var begins = date.At(typed?.When ?? times.DayStarts).InZone(zone, TypedDate.Resolver);
            if (begins.ToInstant() > now)
            {
                return typed is { } given ? new TypedWindow(begins, null, null, given.Next) : new TypedWindow(begins, date.At(times.DayEnds).InZone(zone, TypedDate.Resolver), null, at);
            }
        }
    }

    /// <summary>"this week", "next week", "this month", "next month".</summary>
    private TypedWindow? Week(SentenceWords words, int at)
    {
        var next = words.Is(at, "next");
        if (!next && !words.Is(at, "this"))
        {
            return null;
        }
        var today = now.InZone(zone).Date;
        if (words.Is(at + 1, "week"))
        {
            var monday = today.PlusDays(1 - (int)today.DayOfWeek + (next ? 7 : 0));
            return Days(next ? monday : null, LastWorkingDay(monday, monday.PlusDays(6)), at + 2);
        }
        if (words.Is(at + 1, "month"))
        {
            var first = new LocalDate(today.Year, today.Month, 1).PlusMonths(next ? 1 : 0);
            return Days(next ? first : null, LastWorkingDay(first, first.PlusMonths(1).PlusDays(-1)), at + 2);
        }
        return null;
    }

    /// <summary>"in the next 2 weeks", "within 3 days", "within the next month".</summary>
    private TypedWindow? Ahead(SentenceWords words, int at)
    {
        var first = at + 1;
        if (words.Is(at, "in") || words.Is(at, "over"))
        {
            if (!words.Is(first, "the") || !words.Is(first + 1, "next"))
            {
                return null;
            }
            first += 2;
        }
        else if (words.Is(at, "within"))
        {
            first += words.Is(first, "the") && words.Is(first + 1, "next") ? 2 : 0;
        }
        else
        {
            return null;
        }
        if (first >= words.Count || words[first].Quoted)
        {
            return null;
        }
        var counted = int.TryParse(words.Bare(first), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : TypedDateWords.Counts.GetValueOrDefault(words.Bare(first), 0);
        var unit = counted > 0 ? first + 1 : first;
        if (unit >= words.Count || !TypedDateWords.Units.TryGetValue(words.Bare(unit), out var kind) || kind is TimeUnit.Minute or TimeUnit.Hour || counted > 1_000)
        {
            return null;
        }
        var (count, today) = (Math.Max(counted, 1), now.InZone(zone).Date);
        return Days(null, kind switch
        {
            TimeUnit.Day => today.PlusDays(count),
            TimeUnit.Week => today.PlusWeeks(count),
            TimeUnit.Month => today.PlusMonths(count),
            TimeUnit.Year => today.PlusYears(count),
            TimeUnit.Minute or TimeUnit.Hour => today,
        }, unit + 1);
    }

    /// <summary>"between mon and wed", "from 1 Dec to 4 Dec".</summary>
    private TypedWindow? Between(SentenceWords words, int at)
    {
        var isBetween = words.Is(at, "between");
        if ((!isBetween && !words.Is(at, "from")) || Date(words, at + 1) is not { } from)
        {
            return null;
        }
        var joined = from.Next;
        if (!(isBetween ? words.Is(joined, "and") : words.Is(joined, "to") || words.Is(joined, "until") || words.Is(joined, "till")))
        {
            return isBetween ? null : new TypedWindow(null, null, "Until when? Please choose the last day too.", from.Next);
        }
        if (Date(words, joined + 1) is not { } until)
        {
            return null;
        }
        if ((from.Problem ?? until.Problem) is { } problem)
        {
            return new TypedWindow(null, null, problem, until.Next);
        }
        var (first, last) = (from.When!.Value, until.When!.Value);
        // "between fri and tue": the Tuesday after it.
        if (last.LocalDateTime < first.LocalDateTime && words.Count > joined + 1 && TypedDateWords.Weekdays.ContainsKey(words.Bare(joined + 1)))
        {
            last = last.Date.PlusWeeks(1).At(last.TimeOfDay).InZone(zone, TypedDate.Resolver);
        }
        return new TypedWindow(Start(first, from.TimeWasGiven), last, null, until.Next);
    }

    /// <summary>"by fri", "until 18 Dec", "before fri".</summary>
    private TypedWindow? Edge(SentenceWords words, int at)
    {
        var isBefore = words.Is(at, "before");
        if ((!isBefore && !words.Is(at, "by") && !words.Is(at, "until") && !words.Is(at, "till")) || Date(words, at + 1) is not { } date)
        {
            return null;
        }
        return date.When is not { } when ? new TypedWindow(null, null, date.Problem, date.Next)
            : isBefore && !date.TimeWasGiven ? Days(null, when.Date.PlusDays(-1), date.Next)
            : new TypedWindow(null, when, null, date.Next);
    }

    /// <summary>"tomorrow", "on fri", "3 Dec", "tomorrow 3pm".</summary>
    private TypedWindow? Day(SentenceWords words, int at)
    {
        var first = words.Is(at, "on") ? at + 1 : at;
        if (first >= words.Count || words[first].Quoted || (first == at && !BeginsDate(words, first)) || Date(words, first) is not { } date)
        {
            return null;
        }
        return date.When is not { } when ? new TypedWindow(null, null, date.Problem, date.Next)
            // At a time of day nothing is looked for: the meeting begins then, and ends as its length says.
            : date.TimeWasGiven ? new TypedWindow(when, null, null, date.Next)
            : new TypedWindow(Start(when, false), when, null, date.Next);
    }

    /// <summary>A number alone, or with a unit, begins no date: it may be a length.</summary>
    private static bool BeginsDate(SentenceWords words, int at)
    {
        var word = words.Bare(at);
        return TypedDateWords.Weekdays.ContainsKey(word) || TypedDateWords.NearDays.ContainsKey(word) || word is "next" or "end" or "eow" or "eom"
            || (word.Length > 0 && char.IsAsciiDigit(word[0]) && (word.Contains('-', StringComparison.Ordinal) || word.Contains('.', StringComparison.Ordinal) || word.Contains('/', StringComparison.Ordinal) || (at + 1 < words.Count && TypedDateWords.Months.ContainsKey(words.Bare(at + 1)))))
            || (TypedDateWords.Months.ContainsKey(word) && at + 1 < words.Count && words.Bare(at + 1) is { Length: > 0 } day && char.IsAsciiDigit(day[0]));
    }

    private (ZonedDateTime? When, bool TimeWasGiven, string? Problem, int Next)? Date(SentenceWords words, int first)
    {
        var last = first;
        while (last < words.Count && last < first + LongestDate && !words[last].Quoted && TypedDateWords.CanStandInDate(words.Raw(last)))
        {
            last++;
            if (words.EndsWith(last - 1, ",;:"))
            {
                break;
            }
        }
        string? problem = null;
        var end = last;
        for (; end > first; end--)
        {
            switch (TypedDate.Parse(words.Slice(first, end) ?? "", now, zone, times.DayEnds))
            {
                case TypedDateResult.Understood understood:
                    return (understood.When, understood.TimeWasGiven, null, end);
                case TypedDateResult.NotUnderstood not when end == last:
                    problem = not.Sentence;
                    break;
            }
        }
        // What is no date at all is somebody's name, or part of a subject.
        return problem is not null && problem != TypedDateSentences.NotADate(now.InZone(zone).Date) ? (null, false, problem, last) : null;
    }

    private TypedWindow Days(LocalDate? from, LocalDate until, int next) =>
        new(from is { } first ? first.At(times.DayStarts).InZone(zone, TypedDate.Resolver) : null, until.At(times.DayEnds).InZone(zone, TypedDate.Resolver), null, next);

    private ZonedDateTime? Start(ZonedDateTime when, bool timeWasGiven)
    {
        var start = timeWasGiven ? when : when.Date.At(times.DayStarts).InZone(zone, TypedDate.Resolver);
        return start.ToInstant() > now ? start : null;
    }

    private LocalDate LastWorkingDay(LocalDate first, LocalDate last)
    {
        for (var day = last; day >= first; day = day.PlusDays(-1))
        {
            if (times.IsWorkingDay(day))
            {
                return day;
            }
        }
        return last;
    }
}
