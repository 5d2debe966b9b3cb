using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Ann has Bob look into a question, and Carol is to be consulted; up to where a scenario begins.</summary>
internal static class LookingInto
{
    public const string Title = "Where to hold the summer party";

    public static async Task<string> AsksAsync(this TestOffice office, Func<Terms, Terms>? change = null)
    {
        office.Add("carol", "Carol Cole");
        await office.InstallAsync("ann", "bob", "carol", "eve");
        Party Who(string key) => new(office.Teams.People[key].ObjectId, office.Teams.People[key].Name);
        var terms = new Terms(1, Title, AuthorizationType.Uncertain, new Due(office.Clock.GetUtcNow().AddDays(4), "Europe/Berlin"), [])
        {
            Aim = "Which place is best for 80 people?",
            Bounds = Bounds.None with { Budget = new(500, "EUR"), Involvement = Involvement.Named, People = [Who("carol")] },
        };
        terms = change?.Invoke(terms) ?? terms;
        var delegation = await office.Services.GetRequiredService<DelegationStore>().CreateAsync(
            TestOffice.Tenant, "draft-1", null, id => OfferRules.Offer(id, TestOffice.Tenant, "draft-1", Who("ann"), Who("bob"), terms, office.Clock.GetUtcNow()), CancellationToken.None);
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        await office.QuietAsync();
        return delegation.Id;
    }

    public static async Task<string> LooksAsync(this TestOffice office, Func<Terms, Terms>? change = null)
    {
        var id = await office.AsksAsync(change);
        await office.ClicksAsync("bob", "Accept", ("brief", "I compare three places."));
        await office.QuietAsync();
        return id;
    }

    public static Task<Pressed> AddsAsync(this TestOffice office, string title, string cost = "3,000 EUR") =>
        office.ClicksAsync("bob", "Add it", ("title", title), ("benefits", "Room for all."), ("drawbacks", "Far away."), ("cost", cost), ("risk", "It may be taken."));

    /// <summary>Two options, commented on, with Ann.</summary>
    public static async Task<string> ProposedAsync(this TestOffice office, Func<Terms, Terms>? change = null)
    {
        var id = await office.LooksAsync(change);
        await office.AddsAsync("Rent a hall");
        await office.AddsAsync("Use the garden", "");
        await office.ClicksAsync("carol", "Send comment", ("option", "O1"), ("comment", "The hall is loud."));
        await office.ClicksAsync("bob", "Propose to Ann Abel");
        await office.SeesAsync("ann", "Bob Berg proposes 2 options.");
        await office.QuietAsync();
        return id;
    }

    /// <summary>Ann chooses the first option with three steps, up to the button that sends it.</summary>
    public static async Task ChoosesAsync(this TestOffice office)
    {
        await office.ClicksAsync("ann", "Choose 1");
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"), ("due.date", "2026-12-11"), ("due.time", "12:00"));
        await office.ClicksAsync("ann", "Continue", ("steps.1", "call the owner"), ("steps.2", "sign the contract"), ("steps.2.choice", "Link"));
    }
}
