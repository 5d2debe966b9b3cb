using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Tests.Connector;
using CoordinationBot.Protocol.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Protocol.Tests.Turns;

/// <summary>What a turn and a call cost in memory, with the network cut off. Generous limits: they catch a change of kind, not of degree.</summary>
[Collection("alone")]
public sealed class AllocationTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_turn_of_help_costs_little()
    {
        var routes = new RouteTable();
        var said = new TurnResult.Say("I can help you with this and that.");
        routes.Command(new CommandRoute("help", CommandArgument.None, "", (_, _) => new(said)));
        var connector = new ConnectorClient(new HttpClient(new Deaf()));
        var runner = new TurnRunner(routes, connector, Options.Create(new TurnOptions()), TimeProvider.System, NullLogger<TurnRunner>.Instance);
        var stage = new Stage();
        var chat = new ConversationReference("https://smba.trafficmanager.net/emea/", Stage.Chat, Stage.Tenant, Stage.Bot);
        var answer = new Activity { Type = "message", Text = said.Text, TextFormat = "plain" };
        var activities = Enumerable.Range(0, 3000).Select(_ => stage.Message("help")).ToArray();
        var next = 0;
        var turn = await Measure("help turn with its call", async () => await runner.RunAsync(activities[next++], CancellationToken.None));
        var call = await Measure("the call alone", () => connector.SendAsync(chat, answer, CancellationToken.None));
        output.WriteLine($"turn without call: {turn - call} bytes");
        Assert.InRange(turn - call, 0, 6 * 1024);
    }

    [Fact]
    public async Task The_retries_cost_little_per_call()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(ServiceUrlPolicy.ForHosts(["smba.trafficmanager.net"]));
        services.AddSingleton(new BotToken(new ScriptedChannel.CountingCredential(), "scope", TimeProvider.System));
        services.AddConnector();
        services.Configure<HttpClientFactoryOptions>("connector", options => options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = new Deaf()));
        await using var provider = services.BuildServiceProvider();
        var chat = new ConversationReference("https://smba.trafficmanager.net/emea/", Stage.Chat, Stage.Tenant, Stage.Bot);
        var answer = new Activity { Type = "message", Text = "Hello", TextFormat = "plain" };
        var connector = provider.GetRequiredService<ConnectorClient>();
        var bare = new ConnectorClient(new HttpClient(new Deaf()));
        var with = await Measure("call with retries and token", () => connector.SendAsync(chat, answer, CancellationToken.None));
        var without = await Measure("call without", () => bare.SendAsync(chat, answer, CancellationToken.None));
        output.WriteLine($"retries and token: {with - without} bytes");
        Assert.InRange(with - without, 0, 3 * 1024);
    }

    private async Task<long> Measure(string what, Func<Task> act)
    {
        const int Times = 1000;
        for (var times = 0; times < Times; times++)
        {
            await act();
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var times = 0; times < Times; times++)
        {
            await act();
        }
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
        output.WriteLine($"{what}: {each} bytes");
        return each;
    }

    // Answers on the caller's thread, so that its allocations are all of them.
    private sealed class Deaf : HttpMessageHandler
    {
        private static readonly byte[] Answer = """{"id":"1"}"""u8.ToArray();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(Answer) });
    }
}
