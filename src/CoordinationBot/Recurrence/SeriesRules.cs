using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;

namespace CoordinationBot.Recurrences;

/// <summary>What may be done with a series, and what it does by itself.</summary>
internal static class SeriesRules
{
    public const string NeverHappens = "With these it would never come: every date is a holiday, or after the last day. Please choose another day, or let holidays move it.";

    private const int MostLeftOut = 50;

    /// <summary>The series that a draft would begin; null when it would never come.</summary>
    public static Series? Of(string id, string tenant, RepeatedDraft draft, WorkTimes assignee, DateTimeOffset now)
    {
        var due = draft.Terms.Due;
        var local = TimeZoneOf(due);
        var start = DateOnly.FromDateTime(local);
        var series = new Series
        {
            Id = id,
            Tenant = tenant,
            Leader = draft.Leader,
            Assignee = draft.Assignee,
            Terms = draft.Terms with { Version = 1 },
            Repeats = draft.Repetition.Repeats,
            Rule = RecurrenceRules.RuleOf(draft.Repetition, start, assignee.Week),
            Start = start,
            Time = TimeOnly.FromDateTime(local),
            OnHoliday = draft.Repetition.OnHoliday,
            Until = draft.Repetition.Until,
            Revision = 1,
            Origin = draft.Origin,
            CreatedAt = now,
        };
        return RecurrenceRules.Dates(series, assignee, null).Select(date => (DateOnly?)date).FirstOrDefault() is { } first
            ? series with { Last = first, Offering = first, Terms = series.Terms with { Due = due with { At = RecurrenceRules.DueAt(series, first) } } }
            : null;
    }

    /// <summary>Read back before it is sent.</summary>
    public static string Preview(Series series) => $"It comes {RecurrenceRules.Describe(series)}, first on {Zones.Read(series.Last!.Value)}. {RecurrenceRules.DescribeHolidays(series)}".TrimEnd();

    public static SeriesOutcome.Changed Begin(Series series) =>
        new(series, new HistoryEntry(1, series.CreatedAt, series.Leader, 1, $"Asked {series.Assignee.Name} for it {RecurrenceRules.Describe(series)}", null));

    /// <summary>The terms of one occurrence.</summary>
    public static Terms TermsOf(Series series, DateOnly date) => series.Terms with { Due = series.Terms.Due with { At = RecurrenceRules.DueAt(series, date) } };

    /// <summary>What an occurrence comes from: the first from the draft itself, so that sending that again finds it.</summary>
    public static string OriginOf(Series series, DateOnly date) =>
        RecurrenceRules.DueAt(series, date) == series.Terms.Due.At ? series.Origin : $"{series.Id}|{date:yyyy-MM-dd}";

    /// <summary>What has become due by itself, one thing at a time; unchanged when there is nothing more.</summary>
    /// <param name="series">As it is.</param>
    /// <param name="assignee">Their calendar.</param>
    /// <param name="beyond">Why the leader cannot give it in their own right now, or null.</param>
    /// <param name="now">When.</param>
    public static SeriesOutcome GoOn(Series series, WorkCalendar assignee, Clause? beyond, DateTimeOffset now)
    {
        if (series.IsEnded || series.Offering is not null)
        {
            return new SeriesOutcome.Unchanged(series);
        }
        var plan = RecurrenceRules.Plan(series, assignee, now);
        var settled = Settled(series, plan.Offer ?? plan.Before);
        SeriesTell[] missed = plan.Missed > 0 ? [new SeriesTell(Role.Leader, Missed(plan.Missed))] : [];
        return plan switch
        {
            { Offer: { } date } when beyond is not null => Changed(
                settled with { NextLook = null },
                now,
                $"Not sent for {Zones.Read(date)}: it lies beyond what {series.Leader.Name} may decide",
                beyond,
                [.. missed, new SeriesTell(Role.Leader, $"It was not sent for {Zones.Read(date)}: it lies beyond what you may decide. ({beyond}) I try again with the next one.")]),
            { Offer: { } date } => Changed(settled with { Offering = date, NextLook = null }, now, $"Sent for {Zones.Read(date)}", null, missed),
            { NextLook: null } => Changed(settled with { IsEnded = true, NextLook = null }, now, "Over: there is no further date", null, missed),
            _ when plan.Missed > 0 => Changed(settled with { NextLook = plan.NextLook }, now, Missed(plan.Missed), null, missed),
            _ when plan.NextLook != series.NextLook => new SeriesOutcome.Changed(series with { NextLook = plan.NextLook }, null),
            _ => new SeriesOutcome.Unchanged(series),
        };
    }

    /// <summary>The delegation of the date that was being offered is there; or its time passed before it could be made.</summary>
    public static SeriesOutcome Offered(Series series, DateOnly date, bool isThere, DateTimeOffset now) =>
        series.Offering != date ? new SeriesOutcome.Unchanged(series)
        : isThere ? new SeriesOutcome.Changed(series with { Offering = null }, null)
        : Changed(series with { Offering = null }, now, Missed(1), null, [new SeriesTell(Role.Leader, Missed(1))]);

    /// <summary>Leaves out a date that is still ahead.</summary>
    /// <param name="series">As it is.</param>
    /// <param name="date">As the button says.</param>
    /// <param name="next">The next one.</param>
    /// <param name="actor">Who.</param>
    /// <param name="now">When.</param>
    public static SeriesOutcome LeaveOut(Series series, DateOnly? date, DateOnly? next, string actor, DateTimeOffset now)
    {
        if (Bar(series, actor) is { } bar)
        {
            return bar;
        }
        if (date is not { } day || series.IsEnded)
        {
            return new SeriesOutcome.Unchanged(series, series.IsEnded ? "Nothing was changed: it has ended." : "Nothing was changed: that button names no date.");
        }
        return series.LeftOut.Contains(day) ? new SeriesOutcome.Unchanged(series)
            : day <= series.Last ? new SeriesOutcome.Unchanged(series, $"The one for {Zones.Read(day)} is no longer ahead. What is out is ended with revoke.")
            : day != next ? new SeriesOutcome.Unchanged(series, "Nothing was changed: another one is next now.")
            : series.LeftOut.Count >= MostLeftOut ? new SeriesOutcome.Unchanged(series, $"{MostLeftOut} are left out already. Please end it instead.")
            : Changed(series with { LeftOut = [.. series.LeftOut, day] }, now, $"Left out {Zones.Read(day)}", null, []);
    }

    /// <summary>Nothing more comes. What is out stays.</summary>
    public static SeriesOutcome End(Series series, string actor, DateTimeOffset now) =>
        Bar(series, actor) is { } bar ? bar
        : series.IsEnded ? new SeriesOutcome.Unchanged(series)
        : Changed(
            series with { IsEnded = true, NextLook = null },
            now,
            "Ended",
            null,
            [new SeriesTell(Role.Assignee, $"{series.Leader.Name} ended this: nothing more of it comes. What you have already stays.")]);

    private static SeriesOutcome.Unchanged? Bar(Series series, string actor) =>
        series.RoleOf(actor) == Role.Leader ? null : new SeriesOutcome.Unchanged(series, $"Nothing was changed: only {series.Leader.Name}, who gives it, can do that.");

    private static Series Settled(Series series, DateOnly? date) =>
        date is null ? series : series with { Last = date, LeftOut = [.. series.LeftOut.Where(left => left > date)] };

    private static string Missed(int count) => count == 1
        ? "One was left out: its time had passed before I could send it."
        : $"{count} were left out: their time had passed before I could send them.";

    private static SeriesOutcome.Changed Changed(Series series, DateTimeOffset now, string what, Clause? clause, IReadOnlyList<SeriesTell> tells)
    {
        var after = series with { Revision = series.Revision + 1 };
        return new SeriesOutcome.Changed(after, new HistoryEntry(after.Revision, now, series.Leader, 1, what, clause?.ToString()), tells);
    }

    private static DateTime TimeZoneOf(Due due) => NodaTime.Instant.FromDateTimeOffset(due.At).InZone(Zones.Find(due.Zone)).ToDateTimeUnspecified();
}
