using CoordinationBot.Afterwards;
using CoordinationBot.Delegations;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Tests.Cards;

/// <summary>How it went.</summary>
internal static class AfterwardsGallery
{
    private static readonly DateOnly Until = new(2026, 12, 8);

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("afterwards-asked", office => AfterwardsCards.For(About(office, office.Typed("Ann Abel", 60)), Until, [AskRules.Sentence]));
        yield return ("afterwards-asked-leader", office => AfterwardsCards.For(About(office, null), Until, []));
        yield return ("afterwards-thanks", _ => AfterwardsCards.Thanks());
        yield return ("afterwards-again", _ => AfterwardsCards.Thanks("You have answered this already. Nothing was counted a second time."));
        yield return ("afterwards-over", _ => AfterwardsCards.Over());
    }

    private static CoordinationBot.Afterwards.Question About(Gallery office, string? leader) =>
        new("D-7K3F9Q", office.Typed("Prepare the budget table", DelegationLimits.Title), leader is null ? PoolStore.Leaders : "00000000-0000-0000-0000-000000000001", leader);
}
