using CoordinationBot.Protocol.Turns;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Cards;

/// <summary>The routes of the host as it runs: the help shows its commands, and every button needs an answer.</summary>
public sealed class GalleryFixture : IAsyncLifetime
{
    internal RouteTable Routes { get; private set; } = null!;

    internal IReadOnlyList<CommandRoute> Commands => Routes.Commands;

    public async ValueTask InitializeAsync()
    {
        await using var office = new TestOffice();
        Routes = office.Services.GetRequiredService<RouteTable>();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
