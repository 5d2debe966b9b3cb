using System.Net;
using System.Text.Json.Nodes;
using CoordinationBot.Tests.Scenarios;

namespace CoordinationBot.Tests.Attack;

public sealed class TokenAttacks
{
    [Fact]
    public async Task An_honest_channel_is_served()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        await attacked.ServesAsync();
    }
}
