using System.Text.Json.Nodes;
using CoordinationBot.Afterwards;
using CoordinationBot.Delegations;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Something is over; and what is stored of how it went.</summary>
internal static class Finishing
{
    public const string Asked = "How did this go for you?";

    /// <summary>When people of Berlin are asked about what ended on Monday.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Ann has accepted something of somebody as done; with its id.</summary>
    public static async Task<string> FinishesAsync(this TestOffice office, string title = "Count the chairs", string who = "bob")
    {
        await office.InstallAsync([.. new[] { "ann", who }.Where(person => office.Shown(person).Count == 0)]);
        var (store, now, leader) = (office.Services.GetRequiredService<DelegationStore>(), office.Clock.GetUtcNow(), office.Party("ann"));
        var assignee = office.Party(who);
        var terms = new Terms(1, title, AuthorizationType.Deterministic, new Due(now.AddDays(30), "Europe/Berlin"), [new Step("Count", Evidence.None)]);
        var delegation = await store.CreateAsync(TestOffice.Tenant, $"draft {title} {who}", null, id => OfferRules.Offer(id, TestOffice.Tenant, $"draft {title} {who}", leader, assignee, terms, now), CancellationToken.None);
        await DoesAsync("accept", known => OfferRules.Accept(known, new Act(assignee.ObjectId, 1, now), "I count them."));
        await DoesAsync("complete", known => StepRules.Complete(known, new Act(assignee.ObjectId, 1, now), 1, null));
        await DoesAsync("hand in", known => StepRules.HandIn(known, new Act(assignee.ObjectId, 1, now), "Forty"));
        await DoesAsync("done", known => StepRules.AcceptResult(known, new Act(leader.ObjectId, 1, now)));
        await office.RestsAsync();
        return delegation.Id;

        async Task DoesAsync(string operation, Func<CoordinationBot.Delegations.Delegation, Outcome> rule) =>
            Assert.IsType<Outcome.Changed>(await store.UpdateAsync(TestOffice.Tenant, delegation.Id, operation, rule, CancellationToken.None));
    }

    public static async Task<IReadOnlyList<Period>> TrendAsync(this TestOffice office, string pool) =>
        await office.Services.GetRequiredService<PoolStore>().TrendAsync(TestOffice.Tenant, pool, CancellationToken.None);

    public static JsonObject Tapped(string pool, string about, string answer = "Well") => new() { ["pool"] = pool, ["event"] = about, ["answer"] = answer };
}
