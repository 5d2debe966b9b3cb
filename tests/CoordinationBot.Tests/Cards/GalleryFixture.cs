using CoordinationBot.Protocol.Turns;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Cards;

/// <summary>The commands of the host as it runs, since the help shows them.</summary>
public sealed class GalleryFixture : IAsyncLifetime
{
    internal IReadOnlyList<CommandRoute> Commands { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await using var office = new TestOffice();
        Commands = office.Services.GetRequiredService<RouteTable>().Commands;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
