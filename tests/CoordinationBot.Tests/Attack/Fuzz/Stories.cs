using CoordinationBot.Tests.Scenarios;

namespace CoordinationBot.Tests.Attack.Fuzz;

/// <summary>What the scenarios begin with, one of each, so that there are cards of every feature in somebody's hands.</summary>
internal static class Stories
{
    public static async Task TellAsync(TestOffice office)
    {
        await office.InstallAsync("ann", "bob", "eve");
        await office.TellsAsync();
        await office.AsksAsync("bob", "eve?");
        await office.ProposedAsync();
        await office.GivesAsync(Granting.Narrow);
        await office.SpendsAsync("9,000 EUR");
        await office.RepeatsAsync();
        await office.AsksPeopleAsync("named");
        await office.HoldsAsync();
        await office.FinishesAsync();
    }
}
