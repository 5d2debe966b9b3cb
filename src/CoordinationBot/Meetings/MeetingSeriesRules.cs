using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Recurrences;
using NodaTime;

namespace CoordinationBot.Meetings;

/// <summary>What may be done with a series of meetings as a whole, and what it does by itself. What is done with one date is done with the meeting of that date.</summary>
internal static class MeetingSeriesRules
{
    /// <summary>So far ahead dates have their meeting, and people's time is held: at least as far as times are looked for, and after a step so much further.</summary>
    public const int HeldDays = MeetingLimits.WindowDays;

    public const int HeldFurther = 8;

    public const int MostTimes = 500;

    /// <summary>The series that is asked for, with its first time; or why it cannot begin then, in words that follow a colon.</summary>
    public static (MeetingSeries? Series, string? Problem) Of(WantedRepeat wanted, MeetingTime first)
    {
        var local = Instant.FromDateTimeOffset(first.Start).InZone(Zones.Find(first.Zone)).LocalDateTime;
        var start = new DateOnly(local.Year, local.Month, local.Day);
        var week = wanted.Week.Split(',').Select(Enum.Parse<IsoDayOfWeek>).ToHashSet();
        var series = new MeetingSeries
        {
            Repeats = wanted.Repeats,
            Rule = RecurrenceRules.RuleOf(new Repetition(wanted.Repeats, OnHoliday.LeaveOut, null), start, week),
            Start = start,
            Time = new TimeOnly(local.Hour, local.Minute, local.Second),
            Zone = first.Zone,
            Week = wanted.Week,
            Until = wanted.Until,
        };
        if (start > wanted.Until)
        {
            return (null, $"it would begin after its last day, {Zones.Read(wanted.Until.Value)}. Please take an earlier time, or change the end.");
        }
        if (!IsDay(wanted.Repeats, start, week))
        {
            return (null, $"it comes {RecurrenceRules.Describe(wanted.Repeats, start)}, and {Zones.Read(start)} is not such a day. Please take another time, or change how it repeats.");
        }
        if (wanted.Times is { } times)
        {
            var dates = SeriesDates.ByRule(series with { Until = null }, start).Take(times).ToList();
            if (dates.Count < times)
            {
                return (null, $"{times} times would go on for more than {SeriesDates.YearsAhead} years. Please choose fewer.");
            }
            var last = dates[^1];
            series = series with { Until = last < series.Until || series.Until is null ? last : series.Until };
        }
        return (series, null);
    }

    /// <summary>Nothing more comes from a date on, or from now on. What has been stays as it was.</summary>
    /// <param name="meeting">The series.</param>
    /// <param name="actor">Who.</param>
    /// <param name="from">The first date that does not come any more; null: the next one.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    public static MeetingOutcome End(Meeting meeting, string actor, DateOnly? from, string? reason, DateTimeOffset now)
    {
        if (Bar(meeting, actor, from, now) is { } bar)
        {
            return bar;
        }
        if (reason?.Length > MeetingLimits.Comment)
        {
            return new MeetingOutcome.Unchanged(meeting, $"Please give the reason in {MeetingLimits.Comment} characters at most.");
        }
        var (after, last) = Ended(meeting, from, now);
        var why = reason is null ? "" : $": {reason}";
        var sentence = last is { } date ? $"{meeting.Organiser.Name} ended this series. The last one {(date.Start > now ? "is" : "was")} on {MeetingRules.Read(date)}." : $"{meeting.Organiser.Name} cancelled this meeting with all its dates.";
        return MeetingRules.Mailed(
            MeetingRules.Changed(after with { Reason = reason }, meeting.Organiser, now, last is null ? $"Cancelled all dates{why}" : $"Ended it after {MeetingRules.Read(last)}{why}", MeetingRules.Tell(after, after.Invitees, $"{sentence}{(reason is null ? "" : $" Why: {reason}")}", now)),
            after.Invitees);
    }

    /// <summary>From a date on it comes at another time. This series ends before it, and another begins in its place: see <see cref="GoOn"/>.</summary>
    public static MeetingOutcome MoveOn(Meeting meeting, string actor, DateOnly from, DateTimeOffset start, DateTimeOffset now)
    {
        if (Bar(meeting, actor, from, now) is { } bar)
        {
            return bar;
        }
        var series = meeting.Series!;
        if (start <= now)
        {
            return new MeetingOutcome.Unchanged(meeting, "That time has passed. Please take another one.");
        }
        if (start == SeriesDates.StartOf(series, from))
        {
            return new MeetingOutcome.Unchanged(meeting);
        }
        var day = SeriesDates.DayOf(series, start);
        var until = series.Until?.AddDays(day.DayNumber - from.DayNumber);
        var (next, problem) = Of(new WantedRepeat(series.Repeats, until, null, series.Week), new MeetingTime(start, meeting.Minutes, series.Zone));
        if (next is null)
        {
            return new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: {problem}");
        }
        if (SeriesDates.ByRule(series, series.Start).TakeWhile(date => date < from).Any(date => SeriesDates.StartOf(series, date) >= start))
        {
            return new MeetingOutcome.Unchanged(meeting, "Nothing was changed: dates before this one come later than that. Please take a later time, or move an earlier one.");
        }
        var words = $"From {Zones.Read(from)} on it comes {SeriesDates.Describe(next)}";
        var (after, last) = Ended(meeting, from, now);
        after = after with
        {
            Series = after.Series! with { GoesOn = new SeriesGoesOn(from, start, until, now) },
            Reason = last is null ? "it goes on at another time, with an invitation of its own." : null,
        };
        // Whoever comes hears of the series that begins; this one only says less than before.
        return MeetingRules.Mailed(MeetingRules.Changed(after, meeting.Organiser, now, words), after.Invitees);
    }

    /// <summary>The series that goes on from one that was moved. It has invitations of its own: those of the old one end before it begins.</summary>
    /// <param name="before">The one that was moved.</param>
    /// <param name="id">Of the new one.</param>
    /// <param name="agenda">What was collected for its first date.</param>
    public static MeetingOutcome.Changed GoOn(Meeting before, string id, Agenda agenda)
    {
        var (series, on) = (before.Series!, before.Series!.GoesOn!);
        var time = new MeetingTime(on.Start, before.Minutes, series.Zone);
        var meeting = before with
        {
            Id = id,
            Origin = OriginOf(before),
            State = MeetingState.Scheduled,
            Time = time,
            Series = Of(new WantedRepeat(series.Repeats, on.Until, null, series.Week), time).Series! with { Root = series.Root ?? before.Id },
            Invitees = MeetingRules.Owed(before.Invitees),
            Agenda = agenda,
            Poll = null,
            Reason = null,
            Sequence = 0,
            TimedIn = 0,
            Unreached = null,
            Revision = 0,
            CreatedAt = on.At,
        };
        var invited = MeetingRules.Invited(meeting, on.At);
        return invited with { Tells = [.. invited.Tells.Select(tell => tell with { Sentence = $"{before.Organiser.Name} moved this meeting from {Zones.Read(on.From)} on, please answer again. It comes {SeriesDates.Describe(meeting.Series!)}." })] };
    }

    /// <summary>What the series that goes on from this one comes from.</summary>
    public static string OriginOf(Meeting before) => $"{before.Id}|on|{before.Series!.GoesOn!.From:yyyy-MM-dd}";

    /// <summary>More dates get their meeting. It is noted before they do, so that whoever ends the series meanwhile knows of all that may be there.</summary>
    /// <param name="meeting">The series.</param>
    /// <param name="clashes">Which of the new dates somebody who must come cannot; empty: none that is known.</param>
    /// <param name="now">When.</param>
    public static MeetingOutcome TopUp(Meeting meeting, string clashes, DateTimeOffset now)
    {
        if (!IsShort(meeting, now))
        {
            return new MeetingOutcome.Unchanged(meeting);
        }
        var series = meeting.Series!;
        var made = SeriesDates.DayOf(series, now).AddDays(HeldDays + HeldFurther);
        var after = meeting with { Series = series with { Made = made, Early = [.. series.Early.Where(date => date > made)] } };
        MeetingTell[] tells = clashes.Length == 0 ? [] : [new MeetingTell(meeting.Organiser.ObjectId, clashes, NoticeKind.Meeting)];
        return MeetingRules.Changed(after, meeting.Organiser, now, $"Holds its time until {Zones.Read(made)}", tells) with
        {
            Renews = Renewal.Nobody,
            Looks = LooksOf(after),
        };
    }

    /// <summary>When the next dates are to get their meeting.</summary>
    public static IReadOnlyList<DateTimeOffset> LooksOf(Meeting meeting) =>
        meeting.Series is { Made: { } made } series && SeriesDates.ByRule(series, made.AddDays(1)).Any() ? [SeriesDates.At(series, made.AddDays(1 - HeldDays))] : [];

    /// <summary>Whether dates that should have their meeting by now have none yet.</summary>
    public static bool IsShort(Meeting meeting, DateTimeOffset now) =>
        meeting is { State: MeetingState.Scheduled, Series: { } series }
        && !(series.Made >= SeriesDates.DayOf(series, now).AddDays(HeldDays))
        && SeriesDates.ByRule(series, series.Made?.AddDays(1) ?? series.Start).Any();

    /// <summary>A date gets its meeting before its turn, since somebody wants to do something with it.</summary>
    public static MeetingOutcome MakeEarly(Meeting meeting, DateOnly date, DateTimeOffset now) =>
        meeting is not { State: MeetingState.Scheduled, Series: { } series } || !SeriesDates.Has(series, date) || date <= series.Made || series.Early.Contains(date)
            ? new MeetingOutcome.Unchanged(meeting)
            : MeetingRules.Changed(meeting with { Series = series with { Early = [.. series.Early, date] } }, meeting.Organiser, now, $"Prepares {Zones.Read(date)}") with { Renews = Renewal.Nobody };

    /// <summary>All dates that may have a meeting that has not begun, whether they still belong to the series or not.</summary>
    public static IReadOnlyList<DateOnly> Looked(MeetingSeries series, DateTimeOffset now)
    {
        var from = SeriesDates.DayOf(series, now).AddDays(-1);
        return
        [
            .. series.Made is { } made ? SeriesDates.Endless(series, from).TakeWhile(date => date <= made) : [],
            .. series.Early.Where(date => !(date <= series.Made)),
            .. series.Exceptions.Where(known => known.Date < from && known.Start > now).Select(known => known.Date),
        ];
    }

    /// <summary>Notes in the series what became of one date: it is moved, or does not take place. An older word never stands over a newer one.</summary>
    public static MeetingOutcome Note(Meeting meeting, Meeting occurrence, DateTimeOffset now)
    {
        if (meeting is not { State: MeetingState.Scheduled, Series: { } series } || occurrence is not { Occurrence: { } one, Time: { } time } || !SeriesDates.Has(series, one.Date))
        {
            return new MeetingOutcome.Unchanged(meeting);
        }
        var known = SeriesDates.ExceptionOf(series, one.Date);
        var isOff = occurrence.State == MeetingState.Cancelled;
        var exception = isOff || time.Start != one.Start || time.Minutes != meeting.Minutes ? new SeriesException(one.Date, isOff ? null : time.Start, time.Minutes, occurrence.Sequence) : null;
        if (known == exception || known?.Sequence > occurrence.Sequence)
        {
            return new MeetingOutcome.Unchanged(meeting);
        }
        var after = meeting with
        {
            Series = series with { Exceptions = [.. series.Exceptions.Where(other => other.Date != one.Date).Concat(exception is null ? [] : (SeriesException[])[exception]).OrderBy(other => other.Date)] },
        };
        var what = exception is null ? $"{Zones.Read(one.Date)} is as the others again" : isOff ? $"Left out {Zones.Read(one.Date)}" : $"Moved {Zones.Read(one.Date)} to {MeetingRules.Read(time)}";
        return MeetingRules.Changed(after, meeting.Organiser, now, what);
    }

    private static MeetingOutcome.Unchanged? Bar(Meeting meeting, string actor, DateOnly? from, DateTimeOffset now) =>
        MeetingRules.OrganiserOnly(meeting, actor) is { } bar ? bar
        : meeting is not { State: MeetingState.Scheduled, Series: { } series } ? new MeetingOutcome.Unchanged(meeting, meeting.State == MeetingState.Cancelled && meeting.Series is not null ? null : $"Nothing was changed: {MeetingRules.Standing(meeting)}")
        : SeriesDates.NextOf(series, now) is null ? new MeetingOutcome.Unchanged(meeting, "Nothing was changed: it has ended already, nothing more of it comes.")
        : from is not { } date ? null
        : !SeriesDates.Has(series, date) ? new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: {NoDate(series, date, now)}")
        : SeriesDates.At(series, date) <= now ? new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: the one of {Zones.Read(date)} is no longer ahead.")
        : null;

    /// <summary>That a day is none of the series, in words that follow a colon.</summary>
    public static string NoDate(MeetingSeries series, DateOnly day, DateTimeOffset now)
    {
        var ahead = SeriesDates.Ahead(series, now, 3).Select(next => Zones.Read(SeriesDates.DayOf(series, next.Start))).ToList();
        return $"it does not come on {Zones.Read(day)}. {(ahead.Count == 0 ? "Nothing more of it comes." : $"The next {(ahead.Count == 1 ? "date is" : "dates are")} {string.Join(", ", ahead)}.")}";
    }

    /// <summary>Without the dates from one on, and the last that stays; null: none does, so it is cancelled.</summary>
    private static (Meeting After, MeetingTime? Last) Ended(Meeting meeting, DateOnly? from, DateTimeOffset now)
    {
        var series = meeting.Series!;
        var begun = SeriesDates.ByRule(series, series.Start).TakeWhile(date => SeriesDates.At(series, date) <= now).Select(date => (DateOnly?)date).LastOrDefault();
        var cut = from ?? begun?.AddDays(1) ?? series.Start;
        var sequence = meeting.Sequence + 1;
        var ended = series with
        {
            Until = cut.AddDays(-1),
            // Ended from now on: what was moved to a later day does not come either.
            Exceptions = [.. series.Exceptions.Where(known => known.Date < cut).Select(known => from is null && known.Start > now ? known with { Start = null, Sequence = Math.Max(known.Sequence, sequence) + 1 } : known)],
        };
        var last = SeriesDates.ByRule(ended, ended.Start).Select(date => SeriesDates.StartOf(ended, date)).OfType<DateTimeOffset>().OrderBy(start => start).Select(start => new MeetingTime(start, meeting.Minutes, series.Zone)).LastOrDefault();
        return (meeting with { State = last is null ? MeetingState.Cancelled : meeting.State, Series = ended, Sequence = sequence }, last);
    }

    /// <summary>Whether the rule could begin on a day.</summary>
    private static bool IsDay(Repeats repeats, DateOnly day, IReadOnlySet<IsoDayOfWeek> week) => repeats switch
    {
        Repeats.WorkingDays => IsWorking(day, week),
        Repeats.FirstWorkingDay => IsWorking(day, week) && !Enumerable.Range(1, day.Day - 1).Any(number => IsWorking(new DateOnly(day.Year, day.Month, number), week)),
        Repeats.LastWorkingDay => IsWorking(day, week) && !Enumerable.Range(1, DateTime.DaysInMonth(day.Year, day.Month) - day.Day).Any(ahead => IsWorking(day.AddDays(ahead), week)),
        Repeats.LastWeekday => day.AddDays(7).Month != day.Month,
        Repeats.Weekly or Repeats.Fortnightly or Repeats.Monthly or Repeats.NthWeekday => true,
        Repeats.Never => false,
    };

    private static bool IsWorking(DateOnly day, IReadOnlySet<IsoDayOfWeek> week) => week.Contains(new LocalDate(day.Year, day.Month, day.Day).DayOfWeek);
}
