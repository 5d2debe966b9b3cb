using System.Collections.Immutable;
using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Files;
using CoordinationBot.Overviews;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Tests.Cards;

/// <summary>What a leader gave, and how it hangs together.</summary>
internal static class OverviewGallery
{
    private const string Zone = "Europe/Berlin";
    private const int Name = 60;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("overview-nothing", _ => OverviewCards.For(new Overview(IndexSummary.Empty, 0, false, OverviewFilter.Everything, new IndexPage([], null), ListPlace.Start), Zone, Now));
        yield return ("overview", office => OverviewCards.For(new Overview(Summary, 3, false, OverviewFilter.Everything, Page(office), ListPlace.Start), Zone, Now));
        yield return ("overview-chosen", office => OverviewCards.For(
            new Overview(Summary, 1000, true, Chosen(office), Page(office), ListPlace.Start.Following(Page(office)).Following(Page(office))), Zone, Now));
        yield return ("overview-none-fits", office => OverviewCards.For(new Overview(Summary, 3, false, new OverviewFilter(OverviewView.Late), new IndexPage([], null), ListPlace.Start), Zone, Now));
        yield return ("overview-look-further", office => OverviewCards.For(new Overview(Summary, 3, false, new OverviewFilter { Type = AuthorizationType.Uncertain }, new IndexPage([], "202612011200|D-7K3F09"), ListPlace.Start), Zone, Now));
        yield return ("overview-which", office => OverviewCards.WhichOne("Alex", [new NameEntry("o1", office.Typed("Alex Able", Name), "alex.able@example.com"), new NameEntry("o2", office.Typed("Alex Baker", Name), null)], Chosen(office)));
        yield return ("form-flexible-with-matters", office => FormCards.Ask(DelegationForm.Form, Flexible(office), DelegationForm.Form.Applying(Flexible(office)), new DialogContext("ann", "bot", Now, Zone)));
        yield return ("export", office => FileCards.Csv(ExportHandlers.Content(Chosen(office)), new Uri($"https://bot.example.com/exports/{new string('x', 150)}"), Now, Zone));
        yield return ("tree", office => TreeCards.For(new Tree("D-7K3F01", [.. Lines(office, 4)]), Zone, Now));
        yield return ("tree-large", office => TreeCards.For(new Tree("D-7K3F00", [.. Lines(office, 25)]), Zone, Now));
        yield return ("tree-alone", office => TreeCards.For(new Tree("D-7K3F00", [.. Lines(office, 1)]), Zone, Now));
    }

    private static Draft Flexible(Gallery office) =>
        DelegationForm.With(
            new Draft { Id = "draft-1", Form = DelegationForm.Form.Name, ExpiresAt = Now.AddDays(1) },
            [.. Enumerable.Range(1, office.ManySteps ? DelegationLimits.Matters : 2).Select(number => number == 1 ? office.Typed("personnel", 40) : office.Typed("contracts", 38) + number)])
        .With(DelegationForm.Type, nameof(AuthorizationType.Flexible))
        .With(DelegationForm.Objective, office.Typed("The new office opens in spring", DelegationLimits.Objective));

    private static OverviewFilter Chosen(Gallery office) => new(OverviewView.UnderWay)
    {
        To = new Party("00000000-0000-0000-0000-000000000002", office.Typed("Alex Able", Name)),
        Type = AuthorizationType.Flexible,
        Matter = office.Typed("personnel", DelegationLimits.Objective),
        Objective = office.Typed("The new office opens in spring", DelegationLimits.Objective),
    };

    private static IndexSummary Summary => new()
    {
        States = new Dictionary<DelegationState, int>
        {
            [DelegationState.Offered] = 4,
            [DelegationState.InProgress] = 1015,
            [DelegationState.HandedIn] = 1,
            [DelegationState.WaitingForApproval] = 1,
            [DelegationState.Done] = 25,
            [DelegationState.Declined] = 3,
        }.ToImmutableSortedDictionary(),
        Awaited = 2,
        Money = new Dictionary<string, MoneySum> { ["EUR"] = new(5000, 1200.5m, 300, 800), ["USD"] = new(100, 0, 0, 0), ["JPY"] = new(0, 0, 0, 9000) }.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    private static IndexPage Page(Gallery office) => office.Page(25) is var page ? page with
    {
        Entries = [.. page.Entries.Select((entry, number) => entry with
        {
            Type = (AuthorizationType)(number % 3),
            Budget = number % 3 == 1 ? new Money(1000, "EUR") : null,
            Used = 250,
            SetAside = number % 2 * 100,
            Awaits = (Awaited)(number % 4),
            Objective = number % 4 == 1 ? office.Typed("The new office opens in spring", DelegationLimits.Objective) : null,
            Children = number == 1 ? 2 : 0,
            Ancestors = number == 4 ? ["D-7K3F01"] : null,
        })],
    } : page;

    private static IEnumerable<TreeLine> Lines(Gallery office, int count) => Enumerable.Range(0, count).Select(number => new TreeLine(
        Page(office).Entries[number % 10] with { Id = string.Create(CultureInfo.InvariantCulture, $"D-7K3F{number:D2}") },
        Math.Min(number, 5),
        number == 3 ? 12 : 0));
}
