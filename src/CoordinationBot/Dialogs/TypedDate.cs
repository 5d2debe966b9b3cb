using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace CoordinationBot.Dialogs;

/// <summary>Reads a date as people type or pick it. Whoever uses one shows <see cref="ReadBack"/> first.</summary>
/// <remarks>Our own on NodaTime: of the libraries that do this (Recognizers.Text.DateTime, Chronic, Hors) none can be restored from the package source.</remarks>
internal static class TypedDate
{
    private const int YearsAhead = 5;

    // Clocks going forward: the first time that exists. Clocks going back: the earlier of the two.
    public static readonly ZoneLocalMappingResolver Resolver =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private static readonly LocalDateTimePattern ReadBackPattern = LocalDateTimePattern.CreateWithInvariantCulture("ddd d MMM uuuu, HH:mm");
    private static readonly LocalTimePattern PickedTime = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary><c>defaultTime</c>, the end of the working day, is when a day is due for which no time was typed.</summary>
    public static TypedDateResult Parse(string typed, Instant now, DateTimeZone zone, LocalTime defaultTime)
    {
        var present = now.InZone(zone);
        var tokens = TypedDateTokens.Of(typed, zone.Id);
        if (tokens is null) return new TypedDateResult.NotUnderstood(TypedDateSentences.NotADate(present.Date));
        var (reading, refusal) = TypedDateReader.Read(tokens, present.Date, defaultTime);
        if (reading is null) return new TypedDateResult.NotUnderstood(refusal!);
        // To the minute, since that is what is read back; the second of "now" is nobody's intent.
        if (reading.FromNow is { } wait) return Checked(ToTheMinute(now + wait).InZone(zone), true, present);

        var time = reading.Time ?? defaultTime;
        ZonedDateTime when = default;
        foreach (var day in reading.Days)
        {
            // Before the zone is asked: the first and last days of the calendar have no moment in every zone.
            if (IsTooFar(day, present)) return TooFar(present);
            when = day.At(time).InZone(zone, Resolver);
            if (when.ToInstant() > now) break;
        }

        return reading.Weekday is { } weekday && weekday != when.DayOfWeek && reading.WeekdayIsCheck
            ? new TypedDateResult.NotUnderstood(TypedDateSentences.OtherWeekday(when.Date, weekday))
            : Checked(when, reading.Time is not null, present);
    }

    /// <summary>From what the date and time inputs of a card send: yyyy-MM-dd, and HH:mm or nothing.</summary>
    public static TypedDateResult FromPickers(string? date, string? time, Instant now, DateTimeZone zone, LocalTime defaultTime)
    {
        if (string.IsNullOrWhiteSpace(date)) return new TypedDateResult.NotUnderstood("Choose a date.");
        var timeWasGiven = !string.IsNullOrWhiteSpace(time);
        var day = LocalDatePattern.Iso.Parse(date.Trim());
        var clock = timeWasGiven ? PickedTime.Parse(time!.Trim()) : ParseResult<LocalTime>.ForValue(defaultTime);
        if (!day.Success) return new TypedDateResult.NotUnderstood("Choose the date again: what arrived is not a date like 2026-12-01.");
        if (!clock.Success) return new TypedDateResult.NotUnderstood("Choose the time again: what arrived is not a time like 14:30.");
        var present = now.InZone(zone);
        if (IsTooFar(day.Value, present)) return TooFar(present);
        return day.Value.Year < 1
            ? new TypedDateResult.NotUnderstood("Choose a date that is ahead.")
            : Checked(day.Value.At(clock.Value).InZone(zone, Resolver), timeWasGiven, present);
    }

    /// <summary>"Fri 27 Nov 2026, 17:00 (Europe/Berlin)".</summary>
    public static string ReadBack(ZonedDateTime when)
    {
        // In the hour that happens twice the offset tells which one is meant.
        var offset = when.Zone.MapLocal(when.LocalDateTime).Count > 1 ? $", UTC{OffsetPattern.GeneralInvariant.Format(when.Offset)}" : "";
        return $"{ReadBackPattern.Format(when.LocalDateTime)} ({when.Zone.Id}{offset})";
    }

    private static TypedDateResult Checked(ZonedDateTime when, bool timeWasGiven, ZonedDateTime now)
    {
        if (when.ToInstant() <= now.ToInstant()) return new TypedDateResult.NotUnderstood(TypedDateSentences.InThePast(when, now));
        return IsTooFar(when.Date, now) ? TooFar(now) : new TypedDateResult.Understood(when, timeWasGiven);
    }

    private static bool IsTooFar(LocalDate date, ZonedDateTime now) => date > now.Date.PlusYears(YearsAhead);

    private static TypedDateResult.NotUnderstood TooFar(ZonedDateTime now) =>
        new(TypedDateSentences.TooFar(now.Date.PlusYears(YearsAhead)));

    private static Instant ToTheMinute(Instant instant)
    {
        var seconds = instant.ToUnixTimeSeconds();
        return Instant.FromUnixTimeSeconds(seconds - (((seconds % 60) + 60) % 60));
    }
}
