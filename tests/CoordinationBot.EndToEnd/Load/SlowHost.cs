using System.Globalization;
using CoordinationBot.EndToEnd.Chaos;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CoordinationBot.EndToEnd.Load;

/// <summary>The real host with two more kinds of due work: one that lasts until it is broken off, and one that sends a card to somebody as notices are sent.</summary>
internal static class SlowHost
{
    public const string Wanted = "RUN_AS_SLOW_HOST";

    /// <summary>The partition is anything.</summary>
    public const string Slow = "slow";

    /// <summary>The partition is the number of a <see cref="ChaosPerson"/>.</summary>
    public const string Tell = "tell";

    /// <summary>Setting: where the channel is.</summary>
    public const string Channel = "LOAD_CHANNEL";

    public static bool IsWanted => Environment.GetEnvironmentVariable(Wanted) is not null;

    // First of all hosted services: the loop must know the kinds before it receives anything.
    public static Task<int> RunAsync() => HostEntry.RunAsync(services => services.Insert(0, ServiceDescriptor.Singleton<IHostedService, MoreWork>()));

    private sealed class MoreWork(WorkHandlers handlers, CardSender sender) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            handlers.Add(Slow, static async (_, cancel) => await Task.Delay(Timeout.InfiniteTimeSpan, cancel));
            handlers.Add(Tell, async (wakeUp, cancel) => await sender.SendAsync(PersonOf(wakeUp.Partition), Card, alert: true, cancel));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private static AdaptiveCard Card => new() { Body = [new TextBlock("Something is new.")], FallbackText = "Something is new." };

        private static Person PersonOf(string number)
        {
            var who = new ChaosPerson(number, int.Parse(number, CultureInfo.InvariantCulture));
            return new Person
            {
                Tenant = ChaosOffice.Tenant,
                ObjectId = who.ObjectId,
                TeamsId = who.TeamsId,
                Name = who.Name,
                PersonalConversation = who.Chat,
                ServiceUrl = Environment.GetEnvironmentVariable(Channel)!,
                BotId = $"28:{ChaosOffice.AppId}",
            };
        }
    }
}
