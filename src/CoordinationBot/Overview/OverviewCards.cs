using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Overviews;

/// <summary>The leader's overview: numbers first, then what is due first.</summary>
internal static class OverviewCards
{
    private const int MostCurrencies = 5;
    private const int LongestObjective = 60;

    public static AdaptiveCard For(Overview overview, string zone, DateTimeOffset now)
    {
        var (summary, filter, page, place) = (overview.Summary, overview.Filter, overview.Page, overview.Place);
        List<CardElement> body = [CardParts.Heading("Overview of what you gave"), .. Numbers(overview)];
        if (Chosen(filter) is { Length: > 0 } chosen)
        {
            body.Add(CardParts.Line("Shown", chosen) with { Separator = true, Spacing = "medium" });
        }
        if (page.Entries.Count == 0)
        {
            body.Add(new TextBlock(Nothing(overview)));
        }
        body.AddRange(page.Entries.Select(entry => ListCards.Item(entry, $"to {entry.Assignee.Name}", Standing(entry), zone, now, More(entry), HasTree(entry) ? Tree(entry) : null)));
        if (ListCards.Turning(page, place, "overview.page", filter.Data) is { Count: > 0 } turning)
        {
            body.Add(CardParts.Faint(Where(overview)));
            body.Add(new ActionSet { Actions = turning });
        }
        if (summary.States.Count > 0)
        {
            body.Add(new ActionSet
            {
                Spacing = "medium",
                Actions =
                [
                    View("Waiting for me", filter with { View = OverviewView.Awaited }),
                    View("Late", filter with { View = OverviewView.Late }),
                    View("All open", OverviewFilter.Everything),
                    View("Ended", filter with { View = OverviewView.Ended }),
                    Choose(filter),
                    new ExecuteAction("overview.export", filter.Data) { Title = "Export" },
                ],
            });
        }
        return new AdaptiveCard { Body = body, FallbackText = "Overview of what you gave" };
    }

    /// <summary>Asks which of several a name means.</summary>
    public static AdaptiveCard WhichOne(string name, IReadOnlyList<NameEntry> people, OverviewFilter filter) => new()
    {
        Body =
        [
            CardParts.Paragraph(PersonsReader.WhichOne(name, people)),
            new ChoiceSetInput { Id = "filter-person", Label = "Who", Style = "expanded", Wrap = true, Choices = [.. people.Select(entry => new Choice(CardText.Literal(PersonsReader.Title(entry)), entry.ObjectId))] },
            new ActionSet
            {
                Actions =
                [
                    new ExecuteAction("overview.filter", new Dictionary<string, string>(filter.Data, StringComparer.Ordinal)
                    {
                        ["filter-type"] = filter.Type?.ToString() ?? "",
                        ["filter-matter"] = CardText.Literal(filter.Matter ?? ""),
                        ["filter-objective"] = CardText.Literal(filter.Objective ?? ""),
                    }) { Title = "Continue", Style = "positive" },
                ],
            },
        ],
        FallbackText = "Which one?",
    };

    private static IEnumerable<CardElement> Numbers(Overview overview)
    {
        var summary = overview.Summary;
        if (summary.States.Count == 0)
        {
            yield break;
        }
        yield return new TextBlock($"{Count(summary.Open)} open · {Count(overview.Late)}{(overview.OrMore ? "+" : "")} late · {Count(summary.Awaited)} {(summary.Awaited == 1 ? "waits" : "wait")} for you") { Weight = "bolder" };
        if (summary.Open > 0)
        {
            yield return CardParts.Faint(States(summary, [DelegationState.Requested, DelegationState.Offered, DelegationState.Accepted, DelegationState.InProgress, DelegationState.WaitingForApproval, DelegationState.HandedIn, DelegationState.Returned]));
        }
        if (summary.Ended > 0)
        {
            yield return CardParts.Faint($"Ended: {States(summary, [DelegationState.Done, DelegationState.Declined, DelegationState.Revoked, DelegationState.Expired])}");
        }
        foreach (var (currency, sum) in summary.Money.Take(MostCurrencies))
        {
            var given = new Money(sum.Given, currency);
            string[] parts =
            [
                .. sum.Given > 0 || sum.UsedBefore == 0 ? (string[])[ListCards.Used(given, sum.Used, sum.SetAside)] : [],
                .. sum.UsedBefore > 0 ? (string[])[$"{given with { Amount = sum.UsedBefore }} used in what has ended"] : [],
            ];
            yield return CardParts.Line(currency, string.Join("; ", parts));
        }
        if (summary.Money.Count > MostCurrencies)
        {
            yield return CardParts.Faint($"and {summary.Money.Count - MostCurrencies} more currencies");
        }
    }

    private static string States(IndexSummary summary, DelegationState[] states) =>
        string.Join(" · ", states.Where(state => summary.Count(state) > 0).Select(state => $"{Count(summary.Count(state))} {ListCards.Word(state)}"));

    private static string Standing(IndexEntry entry) => entry.Awaits switch
    {
        Awaited.Answer => "asks you a question",
        Awaited.Approval => "waits for your approval",
        Awaited.Acceptance => "handed in, waits for you",
        Awaited.Nothing => entry.IsOpen ? ListCards.Standing(entry) : ListCards.Word(entry.State),
    };

    private static string More(IndexEntry entry) => string.Join(
        " · ",
        [
            entry.Type.ToString().ToLowerInvariant(),
            .. entry.Budget is { } budget ? (string[])[ListCards.Used(budget, entry.Used, entry.SetAside)] : [],
            .. entry.Objective is { } objective ? (string[])[$"serves {CardParts.Shorten(objective, LongestObjective)}"] : [],
        ]);

    private static bool HasTree(IndexEntry entry) => entry.Ancestors is { Count: > 0 } || entry.Children > 0;

    private static ExecuteAction Tree(IndexEntry entry) => new("delegation.tree", new Dictionary<string, string> { ["id"] = entry.Id }) { Title = "Tree" };

    public static string Chosen(OverviewFilter filter) => string.Join(
        " · ",
        [
            .. filter.View switch
            {
                OverviewView.Open => (string[])[],
                OverviewView.Awaited => ["waiting for you"],
                OverviewView.Late => ["late"],
                OverviewView.Offered => ["offered, no answer yet"],
                OverviewView.UnderWay => ["under way"],
                OverviewView.Ended => ["ended"],
            },
            .. filter.Type is { } type ? (string[])[type.ToString().ToLowerInvariant()] : [],
            .. filter.To is { } to ? (string[])[$"to {to.Name}"] : [],
            .. filter.Matter is { } matter ? (string[])[$"matter {matter}"] : [],
            .. filter.Objective is { } objective ? (string[])[$"objective {objective}"] : [],
        ]);

    private static string Nothing(Overview overview) =>
        overview.Summary.States.Count == 0 ? "You have given nothing to anybody yet. Type delegate to begin."
        : overview.Page.Next is not null ? "None among these. Press More to look further."
        : overview.Place.After is not null ? "There is nothing more."
        : overview.Filter.IsPlain ? "Nothing."
        : "Nothing fits. Press All open to see everything.";

    private static string Where(Overview overview)
    {
        var (filter, page, place) = (overview.Filter, overview.Page, overview.Place);
        int? all = !filter.IsPlain ? null : filter.View switch
        {
            OverviewView.Open => overview.Summary.Open,
            OverviewView.Awaited => overview.Summary.Awaited,
            OverviewView.Late => overview.OrMore ? null : overview.Late,
            OverviewView.Ended => overview.Summary.Ended,
            OverviewView.Offered => overview.Summary.Count(DelegationState.Offered),
            OverviewView.UnderWay => overview.Summary.Count(DelegationState.Accepted, DelegationState.InProgress, DelegationState.Returned),
        };
        var shown = page.Entries.Count == 0 ? $"After {Count(place.Before)}" : $"{Count(place.Before + 1)} to {Count(place.Before + page.Entries.Count)}";
        return $"{shown}{(all is { } count ? $" of {Count(count)}" : "")}, what {(filter.IsOpen ? "is due first" : "was due last")} comes first.";
    }

    private static ExecuteAction View(string title, OverviewFilter filter) => new("overview.page", filter.Data) { Title = title };

    private static ShowCardAction Choose(OverviewFilter filter) => DelegationCards.Panel(
        "Choose…",
        [
            new ChoiceSetInput { Id = "filter-person", Label = "Given to", Placeholder = "Type a name", ChoicesData = DataQuery.People },
            new ChoiceSetInput
            {
                Id = "filter-type",
                Label = "Authorization",
                Style = "compact",
                Choices = [new Choice("any", "any"), .. Enum.GetValues<AuthorizationType>().Select(type => new Choice(type.ToString().ToLowerInvariant(), type.ToString()))],
                Value = filter.Type?.ToString() ?? "any",
            },
            new TextInput { Id = "filter-objective", Label = "Objective begins with", MaxLength = DelegationLimits.Objective, Value = CardParts.Fitting(filter.Objective, DelegationLimits.Objective) },
            new TextInput { Id = "filter-matter", Label = "Matter begins with", MaxLength = DelegationLimits.Objective, Value = CardParts.Fitting(filter.Matter, DelegationLimits.Objective) },
        ],
        new ExecuteAction("overview.filter", new Dictionary<string, string> { ["view"] = filter.View.ToString() }) { Title = "Show these" });

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
