using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Surveys;

/// <summary>The rounds of a pulse: when they come, and who is asked.</summary>
internal static class PulseRules
{
    /// <summary>
    /// Who is asked in the next round. Nobody is ever left out again, and new people come only when at least the minimum of them can come together. So every set that can be made of the
    /// audiences of any rounds, by adding them up and taking them from each other, is empty or has at least the minimum of people in it: the rounds
    /// grow in steps, each of at least that many, and such a set is made of whole steps.
    /// </summary>
    /// <param name="before">Who was asked last.</param>
    /// <param name="known">Who would be asked today.</param>
    /// <param name="minimum">Of the survey.</param>
    /// <param name="most">How many may be asked at all.</param>
    public static IReadOnlyList<T> Next<T>(IReadOnlyList<T> before, IReadOnlyList<T> known, int minimum, int most)
    {
        var joining = known.Except(before).ToList();
        return joining.Count >= minimum && before.Count + joining.Count <= most ? [.. before, .. joining] : before;
    }

    /// <summary>When the next round opens: the first of its moments that is still to come.</summary>
    /// <param name="terms">Of the round that ends.</param>
    /// <param name="now">When it ended.</param>
    public static DateTimeOffset NextOpening(SurveyTerms terms, DateTimeOffset now)
    {
        var zone = Zones.Find(terms.Zone);
        var first = terms.FirstOpensAt.ToInstant().InZone(zone).LocalDateTime;
        for (var step = 1; ; step++)
        {
            var opens = (first + Period(terms.Repeats, step)).InZone(zone, TypedDate.Resolver).ToInstant().ToDateTimeOffset();
            if (opens > terms.OpensAt && opens >= now)
            {
                return opens;
            }
        }
    }

    /// <summary>Why a pulse cannot be like that; null: it can.</summary>
    public static string? Check(SurveyTerms terms) =>
        terms.Repeats != Repeats.Never && NextOpening(terms, terms.OpensAt) < terms.ClosesAt
            ? "The next round would open before this one closes. Please let it close earlier, or come less often."
            : null;

    private static Period Period(Repeats repeats, int step) => repeats switch
    {
        Repeats.Weekly => NodaTime.Period.FromWeeks(step),
        Repeats.Fortnightly => NodaTime.Period.FromWeeks(2 * step),
        Repeats.Monthly => NodaTime.Period.FromMonths(step),
        Repeats.Never or Repeats.WorkingDays or Repeats.FirstWorkingDay or Repeats.LastWorkingDay or Repeats.NthWeekday or Repeats.LastWeekday => throw new InvalidOperationException("A survey does not come again like that."),
    };
}
