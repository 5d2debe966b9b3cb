using CoordinationBot.Storage;
using Polly;
using Polly.Retry;

namespace CoordinationBot.Upkeep;

/// <summary>Azure slows down whoever writes as fast as a command that goes through everything: it waits for longer than a turn could.</summary>
internal static class Patience
{
    public static readonly ResiliencePipeline Storage = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<StorageException>(),
            MaxRetryAttempts = 8,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = TimeSpan.FromSeconds(15),
            UseJitter = true,
        })
        .Build();
}
