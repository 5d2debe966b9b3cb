using NodaTime;
using static CoordinationBot.Dialogs.TypedDateWords;

namespace CoordinationBot.Dialogs;

/// <summary>
/// <c>Days</c>: those it can mean, soonest first; the first still ahead is meant. <c>FromNow</c>: set by "in 2 hours", and then nothing
/// else is. <c>WeekdayIsCheck</c>: a weekday beside a date ("Fri 27 Nov") must be the date's own.
/// </summary>
internal sealed record TypedDateReading(
    IReadOnlyList<LocalDate> Days, LocalTime? Time, Duration? FromNow, IsoDayOfWeek? Weekday, bool WeekdayIsCheck);

/// <summary>The grammar: parts of a date in any order, each at most once, and nothing left over.</summary>
internal sealed class TypedDateReader
{
    // More than five years in every unit (a month counts 28 days), far below where adding would overflow.
    private const long MinutesBeyondReach = 6L * 366 * 24 * 60;

    private readonly TypedDateCursor typed;
    private readonly LocalDate today;
    private readonly LocalTime endOfDay;
    private string? refusal;
    private LocalTime? time;
    private bool timeIsEndOfDay;
    private Duration? fromNow;
    private IReadOnlyList<LocalDate>? days;
    private IsoDayOfWeek? weekday;
    private bool nextWeek;

    private TypedDateReader(IReadOnlyList<TypedDateToken> tokens, LocalDate today, LocalTime endOfDay)
    {
        (typed, this.today, this.endOfDay) = (new TypedDateCursor(tokens), today, endOfDay);
    }

    /// <summary>The reading, or the sentence why there is none.</summary>
    public static (TypedDateReading? Reading, string? Refusal) Read(IReadOnlyList<TypedDateToken> tokens, LocalDate today, LocalTime endOfDay)
    {
        var reader = new TypedDateReader(tokens, today, endOfDay);
        var reading = reader.ReadAll();
        return reading is null ? (null, reader.refusal ?? TypedDateSentences.NotADate(today)) : (reading, null);
    }

    private TypedDateReading? ReadAll()
    {
        while (typed.Peek() is not null)
        {
            var known = typed.TakeAny(Fillers) || Part(TimeOfDay) || Part(Wait) || Part(EndOf) || Part(NearDay) || Part(Weekday)
                || Part(Numeric) || Part(DayOfMonth);
            if (!known || refusal is not null) return null;
        }

        if (fromNow is not null) return days is null && weekday is null && time is null && !nextWeek ? new([], null, fromNow, null, false) : null;
        if (nextWeek && weekday is null) refusal = TypedDateSentences.NextWeek;
        if (refusal is not null) return null;
        if (nextWeek && days is not null) return null;
        var meant = days ?? DaysWithoutDate();
        return meant.Count == 0 ? null : new(meant, time, null, weekday, days is not null);
    }

    /// <summary>A part that does not fit is as if it had not been tried, so that no half of it is skipped.</summary>
    private bool Part(Func<bool> read)
    {
        var start = typed.At;
        if (read()) return true;
        typed.At = start;
        return false;
    }

    private IReadOnlyList<LocalDate> DaysWithoutDate()
    {
        if (weekday is { } named)
        {
            if (nextWeek) return [today.PlusDays(7 - (int)today.DayOfWeek + (int)named)];
            var first = today.PlusDays(((int)named - (int)today.DayOfWeek + 7) % 7);
            // "friday", typed on a Friday, is not today: who means today says so, or says a time.
            return first == today && time is null ? [today.PlusDays(7)] : [first, first.PlusDays(7)];
        }

        if (time is null) return [];
        return timeIsEndOfDay ? [today] : [today, today.PlusDays(1)];
    }

    private bool TimeOfDay()
    {
        var afterAt = typed.Take("at");
        if (typed.Take("noon") || typed.Take("midday")) return Set(LocalTime.Noon);
        if (typed.Take("midnight")) return Refused(TypedDateSentences.Midnight);
        if (typed.TakeAny(EndOfDay)) return SetEndOfDay();
        if (typed.Peek() is { } token)
        {
            var half = typed.PeekSecond() is { Text: "am" or "pm" } word ? word.Text : null;
            var isClock = token.Kind switch
            {
                TypedDateTokenKind.Clock => true,
                TypedDateTokenKind.Number => token.Text.Length <= 2 && (half is not null || afterAt),
                // 9.30 is a time only where nothing but a time can stand.
                TypedDateTokenKind.Numeric => (half is not null || afterAt) && token.Parts.Length == 2 && LooksLikeDottedClock(token.Text),
                TypedDateTokenKind.Word => false,
            };
            if (isClock)
            {
                typed.At += half is null ? 1 : 2;
                if (half is null) typed.Take("oclock");
                return SetClock(token.Parts[0], token.Parts.Length > 1 ? token.Parts[1] : 0, half);
            }
        }

        return false;
    }

    private static bool LooksLikeDottedClock(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot is 1 or 2 && text.Length == dot + 3;
    }

    private bool SetClock(int hour, int minute, string? half)
    {
        if (half is not null)
        {
            if (hour is < 1 or > 12) return Refused(TypedDateSentences.NoSuchTwelveHourClock(hour, half));
            hour = (hour % 12) + (half == "pm" ? 12 : 0);
        }

        return hour > 23 || minute > 59 ? Refused(TypedDateSentences.NoSuchClock(hour, minute)) : Set(new LocalTime(hour, minute));
    }

    /// <summary>"in 3 days", "2 weeks from now", "in half an hour".</summary>
    private bool Wait()
    {
        var opened = typed.Take("in") || typed.Take("within");
        if (opened && typed.Take("half") && (typed.Take("an") || typed.Take("a")) && typed.Take("hour")) return SetFromNow(Duration.FromMinutes(30));
        if (typed.Peek() is { } token)
        {
            var count = token.Kind == TypedDateTokenKind.Number ? token.Parts[0] : Counts.GetValueOrDefault(token.Text, -1);
            typed.At++;
            if (count >= 0 && typed.TakeFrom(Units) is { } unit)
            {
                if (!opened && typed.Take("from") && !typed.Take("now")) return false;
                return SetWait(count, unit);
            }
        }

        return false;
    }

    private bool SetWait(int count, TimeUnit unit)
    {
        var minutes = unit switch
        {
            TimeUnit.Minute => 1L,
            TimeUnit.Hour => 60L,
            TimeUnit.Day => 24 * 60L,
            TimeUnit.Week => 7 * 24 * 60L,
            TimeUnit.Month => 28 * 24 * 60L,
            TimeUnit.Year => 365 * 24 * 60L,
        };
        if (count * minutes > MinutesBeyondReach) return Refused(TypedDateSentences.TooFar(today.PlusYears(5)));
        return unit switch
        {
            TimeUnit.Minute or TimeUnit.Hour => SetFromNow(Duration.FromMinutes(count * minutes)),
            TimeUnit.Day => Set(today.PlusDays(count)),
            TimeUnit.Week => Set(today.PlusWeeks(count)),
            TimeUnit.Month => Set(today.PlusMonths(count)),
            TimeUnit.Year => Set(today.PlusYears(count)),
        };
    }

    private bool EndOf()
    {
        if (typed.Take("eow")) return Set(TypedDateCalendar.LastWorkingDay(today));
        if (typed.Take("eom")) return Set(TypedDateCalendar.LastOfMonth(today.Year, today.Month));
        if (typed.Take("eoy")) return Set(new LocalDate(today.Year, 12, 31));
        if (!typed.Take("end") || !typed.Take("of")) return false;
        var next = !typed.Take("the") && !typed.Take("this") && typed.Take("next") ? 1 : 0;
        if (typed.Take("week")) return Set(TypedDateCalendar.LastWorkingDay(today.PlusWeeks(next)));
        if (typed.Take("month")) return Set(TypedDateCalendar.LastOfMonth(today.PlusMonths(next).Year, today.PlusMonths(next).Month));
        if (typed.Take("year")) return Set(new LocalDate(today.Year + next, 12, 31));
        if (next == 1) return false;
        if (typed.Take("day") || typed.Take("business") && typed.Take("day")) return SetEndOfDay();
        if (typed.TakeFrom(Months) is { } month)
        {
            return Year() is { } year
                ? Set(TypedDateCalendar.LastOfMonth(year, month))
                : Set([TypedDateCalendar.LastOfMonth(today.Year, month), TypedDateCalendar.LastOfMonth(today.Year + 1, month)]);
        }

        // "end of tomorrow": the day itself is read next.
        return typed.Peek() is { Kind: TypedDateTokenKind.Word } word && (NearDays.ContainsKey(word.Text) || Weekdays.ContainsKey(word.Text)) && SetEndOfDay();
    }

    private bool NearDay()
    {
        if (typed.TakeFrom(NearDays) is { } offset) return Set(today.PlusDays(offset));
        if (typed.Take("day") && typed.Take("after") && typed.Take("tomorrow")) return Set(today.PlusDays(2));
        return false;
    }

    private bool Weekday()
    {
        var next = typed.Take("next");
        if (next && typed.Take("week")) return SetNextWeek();
        if (!next) typed.Take("this");
        if (weekday is not null || typed.TakeFrom(Weekdays) is not { } named) return false;
        weekday = named;
        return !next || SetNextWeek();
    }

    /// <summary>2026-12-01, 31.12.2026, 12/31/2026, 31/12.</summary>
    private bool Numeric()
    {
        if (typed.Peek() is not { Kind: TypedDateTokenKind.Numeric } token) return false;
        typed.At++;
        var (first, second) = (token.Parts[0], token.Parts[1]);
        var digits = token.Text.Split('.', '/', '-');
        if (digits[0].Length == 4) return token.Parts.Length == 3 && SetDate(first, second, token.Parts[2]);
        if (digits[0].Length > 2 || digits[1].Length > 2) return false;
        int? year = token.Parts.Length == 3 ? token.Parts[2] : null;
        if (year is not null && digits[2].Length != 4) return Refused(TypedDateSentences.ShortYear(today));
        var (dayFirst, monthFirst) = (TypedDateCalendar.Ahead(today, year, second, first), TypedDateCalendar.Ahead(today, year, first, second));
        if (dayFirst.Count > 0 && monthFirst.Count > 0 && first != second)
        {
            return Refused(TypedDateSentences.TwoReadings(token.Text, TypedDateCalendar.Soonest(dayFirst, today), TypedDateCalendar.Soonest(monthFirst, today), year is not null));
        }

        var meant = dayFirst.Count > 0 ? dayFirst : monthFirst;
        if (meant.Count == 0) return Refused(TypedDateSentences.NoSuchDate(token.Text, today));
        // "20.10" is the 20th of October to some and ten past eight to others.
        return year is null && LooksLikeDottedClock(token.Text) && first < 24 && second < 60
            ? Refused(TypedDateSentences.DateOrTime(token.Text, TypedDateCalendar.Soonest(meant, today), new LocalTime(first, second)))
            : Set(meant);
    }

    /// <summary>"1 Dec", "Dec 1st, 2026", "the 15th".</summary>
    private bool DayOfMonth()
    {
        if (typed.TakeFrom(Months) is { } month)
        {
            if (typed.Peek() is not { Kind: TypedDateTokenKind.Number, Text.Length: <= 2 } number || typed.PeekSecond() is { Text: "am" or "pm" }) return false;
            typed.At++;
            typed.TakeAny(Ordinals);
            return SetDayAndMonth(number.Parts[0], month);
        }

        if (typed.Peek() is not { Kind: TypedDateTokenKind.Number, Text.Length: <= 2 } day) return false;
        typed.At++;
        var ordinal = typed.TakeAny(Ordinals);
        typed.Take("of");
        if (typed.TakeFrom(Months) is { } named) return SetDayAndMonth(day.Parts[0], named);
        if (!ordinal) return false;
        var months = Enumerable.Range(0, 12).Select(later => today.PlusMonths(later));
        var meant = months.SelectMany(month => TypedDateCalendar.Ahead(today, month.Year, month.Month, day.Parts[0])).ToList();
        return meant.Count == 0 ? Refused(TypedDateSentences.NoSuchDate($"Day {day.Text} of a month", today)) : Set(meant);
    }

    private bool SetDayAndMonth(int day, int month) => Year() is { } year ? SetDate(year, month, day)
        : TypedDateCalendar.Ahead(today, null, month, day) is { Count: > 0 } meant ? Set(meant)
        : Refused(TypedDateSentences.NoSuchDay(day, month, null, today));

    private bool SetDate(int year, int month, int day) => TypedDateCalendar.Ahead(today, year, month, day) is { Count: > 0 } meant ? Set(meant)
        : month is >= 1 and <= 12 ? Refused(TypedDateSentences.NoSuchDay(day, month, year, today))
        : Refused(TypedDateSentences.NoSuchDate(FormattableString.Invariant($"{year:0000}-{month:00}-{day:00}"), today));

    private int? Year()
    {
        if (typed.Peek() is not { Kind: TypedDateTokenKind.Number, Text.Length: 4 } token) return null;
        typed.At++;
        return token.Parts[0];
    }

    // A part named twice contradicts itself: false leads to "could not read that".
    private bool Set(LocalTime value) => time is null && (time = value) is not null;

    private bool SetEndOfDay() => Set(endOfDay) && (timeIsEndOfDay = true);

    private bool Set(LocalDate value) => Set([value]);

    private bool Set(IReadOnlyList<LocalDate> value) => days is null && (days = value) is not null;

    private bool SetFromNow(Duration value) => fromNow is null && (fromNow = value) is not null;

    private bool SetNextWeek() => !nextWeek && (nextWeek = true);

    private bool Refused(string sentence)
    {
        refusal ??= sentence;
        return true;
    }
}
