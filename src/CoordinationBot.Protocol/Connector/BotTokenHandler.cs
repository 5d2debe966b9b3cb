namespace CoordinationBot.Protocol.Connector;

/// <summary>
/// The one place where the bot's token is attached, and the one place through which every call goes: whoever has the token can speak as the
/// bot, so nothing leaves for a host that is not allowed, wherever its address came from.
/// </summary>
internal sealed class BotTokenHandler(ServiceUrlPolicy policy, BotToken token) : DelegatingHandler
{
    private const string Authorization = "Authorization";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } uri || !policy.IsAllowed(uri))
        {
            throw new ConnectorException(ConnectorFailure.ForbiddenHost, null, null);
        }
        // Nearly always there is one at hand.
        var authorization = token.GetAsync(cancellationToken);
        return authorization.IsCompletedSuccessfully
            ? SendAsync(request, authorization.Result, cancellationToken)
            : SendWhenItComesAsync(request, authorization, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendWhenItComesAsync(HttpRequestMessage request, ValueTask<string?> authorization, CancellationToken cancel) =>
        await SendAsync(request, await authorization, cancel);

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? authorization, CancellationToken cancel)
    {
        // A try repeats the request of the one before. Written as it is: a parsed header would be put together anew, over a kilobyte, for every call.
        request.Headers.Remove(Authorization);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation(Authorization, authorization);
        }
        return base.SendAsync(request, cancel);
    }
}
