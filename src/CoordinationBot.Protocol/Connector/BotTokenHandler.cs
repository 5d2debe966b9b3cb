namespace CoordinationBot.Protocol.Connector;

/// <summary>
/// The one place where the bot's token is attached, and the one place through which every call goes: whoever has the token can speak as the
/// bot, so nothing leaves for a host that is not allowed, wherever its address came from.
/// </summary>
internal sealed class BotTokenHandler(ServiceUrlPolicy policy, BotToken token) : DelegatingHandler
{
    private const string Authorization = "Authorization";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } uri || !policy.IsAllowed(uri))
        {
            throw new ConnectorException(ConnectorFailure.ForbiddenHost, null, null);
        }
        var authorization = await token.GetAsync(cancellationToken);
        // A try repeats the request of the one before. Written as it is: a parsed header would be put together anew, over a kilobyte, for every call.
        request.Headers.Remove(Authorization);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation(Authorization, authorization);
        }
        return await base.SendAsync(request, cancellationToken);
    }
}
