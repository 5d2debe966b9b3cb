using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Ann gives Bob work with bounds, up to where a scenario begins.</summary>
internal static class Granting
{
    public const string Title = "Arrange the summer event";
    public const string Aim = "Everybody has been invited and fed.";

    public static readonly Bounds Free = new() { Budget = new Money(5000, "EUR"), Involvement = Involvement.Anyone, OutsideCommitments = true };

    public static readonly Bounds Narrow = new() { Budget = new Money(5000, "EUR") };

    public static Party PartyOf(this TestOffice office, string who) => new(office.Teams.People[who].ObjectId, office.Teams.People[who].Name);

    public static Terms Flexible(Bounds? bounds, string title = Title, AuthorizationType type = AuthorizationType.Flexible) =>
        new(1, title, type, new Due(new DateTimeOffset(2026, 12, 18, 16, 0, 0, TimeSpan.Zero), "Europe/Berlin"), type == AuthorizationType.Deterministic ? [new Step("invite everybody", Evidence.None)] : [])
        {
            Aim = type == AuthorizationType.Deterministic ? null : Aim,
            Bounds = bounds,
        };

    /// <summary>Offered and accepted.</summary>
    public static async Task<string> GivesAsync(this TestOffice office, Bounds? bounds, string title = Title, string leader = "ann", string assignee = "bob", AuthorizationType type = AuthorizationType.Flexible, string? under = null)
    {
        var store = office.Services.GetRequiredService<DelegationStore>();
        IReadOnlyList<string>? ancestors = under is null ? null : [under, .. (await office.StoredAsync(under)).Ancestors ?? []];
        var origin = $"draft-{title}-{leader}-{assignee}";
        var given = await store.CreateAsync(
            TestOffice.Tenant, origin, null,
            id => OfferRules.Offer(id, TestOffice.Tenant, origin, office.PartyOf(leader), office.PartyOf(assignee), Flexible(bounds, title, type), office.Clock.GetUtcNow(), ancestors),
            CancellationToken.None);
        await office.SeesAsync(assignee, title);
        await office.QuietAsync();
        await office.InvokesAsync(assignee, "delegation.accept", System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"{{given.Id}}","version":"1","brief":"I invite and feed everybody."}"""));
        await office.QuietAsync();
        return given.Id;
    }

    /// <summary>An office with everybody in it, what an administrator set, and such work accepted by Bob.</summary>
    public static async Task<(TestOffice Office, string Id)> BeganAsync(Bounds? bounds, Func<TestOffice, AuthorityChange>? authority = null, AuthorizationType type = AuthorizationType.Flexible)
    {
        var office = new TestOffice();
        office.Add("kim", "Kim Kern");
        await office.InstallAsync("ann", "bob", "eve", "kim");
        if (authority is not null)
        {
            await office.Services.GetRequiredService<AuthorityStore>().UpdateAsync(
                TestOffice.Tenant, "as it began", office.PartyOf("ann"), office.Clock.GetUtcNow(), _ => new AuthorityOutcome.Changed(authority(office), "as it began"), CancellationToken.None);
        }
        return (office, await office.GivesAsync(bounds, type: type));
    }

    /// <summary>Bob chooses what he does, and declares it.</summary>
    public static async Task<Pressed> DeclaresAsync(this TestOffice office, string kind, params (string Input, string Value)[] inputs)
    {
        await office.ClicksAsync("bob", "Go on", ("change", kind));
        return await office.ClicksAsync("bob", kind == "Plan" ? "Plan it" : "Declare", inputs);
    }

    public static Task<Pressed> SpendsAsync(this TestOffice office, string amount, string what = "printing", string because = "It is needed.") =>
        office.DeclaresAsync("Spend", ("amount", amount), ("what", what), ("because", because));
}
