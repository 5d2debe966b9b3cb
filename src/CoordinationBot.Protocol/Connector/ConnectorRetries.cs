using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace CoordinationBot.Protocol.Connector;

/// <summary>
/// When a call is repeated. 429 and 412 always: the channel says that nothing happened. Everything else that passes only for calls whose
/// repetition changes nothing: a create that was answered 502 may have been delivered, and there is no key to tell the channel that it is the
/// same one. Never what a repetition would not mend (400, 401, 403, 404, 413, 500).
/// </summary>
internal static class ConnectorRetries
{
    public static ResiliencePipeline<HttpResponseMessage> Pipeline(ConnectorOptions options, TimeProvider clock) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                Name = "repeat",
                ShouldHandle = attempt => new(IsRepeated(attempt.Outcome, attempt.Context.GetRequestMessage(), options.LongestDelay, clock)),
                MaxRetryAttempts = options.Repeats,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstDelay,
                MaxDelay = options.LongestDelay,
                // Null leaves the wait to the backoff above.
                DelayGenerator = attempt => new(attempt.Outcome.Result is { } response && RetryAfter(response, clock) is { } wait && wait > TimeSpan.Zero ? wait : null),
            })
            .Build();

    /// <summary>What the channel asks for, given in seconds or as a date; null when it does not.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider clock) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } until } => until - clock.GetUtcNow(),
        _ => null,
    };

    public static bool IsRepeated(Outcome<HttpResponseMessage> outcome, HttpRequestMessage? request, TimeSpan longestDelay, TimeProvider clock)
    {
        if (outcome.Result is { } response)
        {
            return RetryAfter(response, clock) is not { } wait || wait <= longestDelay
                ? response.StatusCode switch
                {
                    HttpStatusCode.TooManyRequests or HttpStatusCode.PreconditionFailed => true,
                    HttpStatusCode.RequestTimeout or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => IsIdempotent(request),
                    _ => false,
                }
                : false;
        }
        return outcome.Exception is HttpRequestException or TimeoutRejectedException && IsIdempotent(request);
    }

    private static bool IsIdempotent(HttpRequestMessage? request) =>
        request is not null && (request.Method == HttpMethod.Get || request.Method == HttpMethod.Put || request.Method == HttpMethod.Delete);
}
