using Polly;
using Polly.Timeout;

namespace CoordinationBot.Protocol.Connector;

/// <summary>
/// Repeats what <see cref="ConnectorRetries"/> says. Nearly every call succeeds at once, and the pipeline costs as much as a rule and its card:
/// it is entered with the outcome of a first try that failed. The answer is read here, so that the time limits hold for all of it.
/// </summary>
internal sealed class RepeatHandler(ConnectorOptions options, TimeProvider clock) : DelegatingHandler
{
    private const int LongestAnswer = 4 * 1024 * 1024;

    private readonly ResiliencePipeline<HttpResponseMessage> _repeats = ConnectorRetries.Pipeline(options, clock);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var first = await TryAsync(request, cancellationToken);
        return ConnectorRetries.IsRepeated(first, request, options.LongestDelay, clock)
            ? await RepeatAsync(request, first, options.Deadline - clock.GetElapsedTime(began), cancellationToken)
            : Result(first);
    }

    private async Task<HttpResponseMessage> RepeatAsync(HttpRequestMessage request, Outcome<HttpResponseMessage> first, TimeSpan left, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        var context = ResilienceContextPool.Shared.Get(both.Token);
        context.SetRequestMessage(request);
        try
        {
            Outcome<HttpResponseMessage>? had = first;
            return Result(await _repeats.ExecuteOutcomeAsync(
                async (context, request) =>
                {
                    if (had is { } outcome)
                    {
                        had = null;
                        return outcome;
                    }
                    return await TryAsync(request, context.CancellationToken);
                },
                context,
                request));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<Outcome<HttpResponseMessage>> TryAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(options.TryTimeout, clock);
        using var gone = cancel.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
        HttpResponseMessage? unread = null;
        try
        {
            var response = unread = await base.SendAsync(request, limit.Token);
            await response.Content.LoadIntoBufferAsync(LongestAnswer, limit.Token);
            unread = null;
            return Outcome.FromResult(response);
        }
        catch (OperationCanceledException failure) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return Outcome.FromException<HttpResponseMessage>(new TimeoutRejectedException("The channel did not answer in time.", options.TryTimeout, failure));
        }
        catch (HttpRequestException failure)
        {
            return Outcome.FromException<HttpResponseMessage>(failure);
        }
        finally
        {
            unread?.Dispose();
        }
    }

    private static HttpResponseMessage Result(Outcome<HttpResponseMessage> outcome)
    {
        outcome.ThrowIfException();
        return outcome.Result!;
    }
}
