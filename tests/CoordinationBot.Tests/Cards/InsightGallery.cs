using CoordinationBot.Afterwards;
using CoordinationBot.Feedbacks;
using CoordinationBot.Insights;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Surveys;

namespace CoordinationBot.Tests.Cards;

/// <summary>What came up to a leader.</summary>
internal static class InsightGallery
{
    private const string Zone = "Europe/Berlin";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("insights-numbers", office => InsightCards.Numbers(Numbers(office, InsightSpanKind.Quarter)));
        yield return ("insights-numbers-year", office => InsightCards.Numbers(Numbers(office, InsightSpanKind.Year) with { Overdue = 1, Themes = [] }));
        yield return ("insights-themes", office => InsightCards.Themes(Numbers(office, InsightSpanKind.Quarter)));
        yield return ("insights-themes-none", office => InsightCards.Themes(Numbers(office, InsightSpanKind.Quarter) with { Themes = [] }));
        yield return ("insights-nothing", _ => InsightCards.Numbers(InsightRules.Count([], InsightSpanKind.Quarter, Zone, Now)));
        yield return ("insights-moved", _ => InsightCards.Moved());
    }

    private static InsightNumbers Numbers(Gallery office, InsightSpanKind span)
    {
        var entries = Enumerable.Range(0, 40).Select(number => new FeedbackEntry(
            "F-000000", (FeedbackKind)(number % 4), number % 3 == 0 ? FeedbackState.Done : FeedbackState.New, "", "", new DateOnly(2026, 11, 23).AddDays(-number * number / 12), Now.AddDays(14 - number), number % 3 == 0, true, false)).ToList();
        var numbers = InsightRules.Count(entries, span, Zone, Now);
        return numbers with
        {
            Surveys = [.. Enumerable.Range(0, 7).Select(number => new SurveyRate(office.Typed("How we work", SurveyLimits.Title), new DateOnly(2026, 11, 20).AddDays(-number), number == 3 ? null : 14 - number, 20))],
            Went = [.. numbers.Starts.Select((_, part) => part % 4 == 2 ? new Counts(part, 2, 1) : Counts.None)],
            Themes = [.. ((string[])["printer", "会议", "canteen"]).Select((word, index) => new Theme(office.Typed(word, 40), 9 - index, [.. numbers.Starts.Select((_, part) => part % 3 == 0 ? 2 : 0)], index == 0 ? [office.Typed("The printer on floor 3 is always empty.", 200), "The printer again!"] : []))],
        };
    }
}
