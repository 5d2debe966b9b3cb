using Azure.Identity;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Connector;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Protocol.Tests.Connector;

public sealed class BotTokenTests : IAsyncLifetime
{
    private static readonly Activity Hello = new() { Type = "message", Text = "Hello" };
    private ScriptedChannel _channel = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _channel = await ScriptedChannel.StartAsync();

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    [Fact]
    public async Task A_hundred_calls_at_once_ask_for_one_token()
    {
        var client = _channel.Client;
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.SendAsync(_channel.Chat, Hello, Cancel)));
        Assert.Equal(1, _channel.Credential.Asked);
        Assert.Equal("https://api.botframework.com/.default", _channel.Credential.Scope);
        Assert.Equal(100, _channel.Requests.Count);
        Assert.All(_channel.Requests, request => Assert.Equal("Bearer token-1", request.Authorization));
    }

    [Fact]
    public async Task A_local_trial_has_no_token()
    {
        _channel.IsTrial = true;
        await _channel.Client.SendAsync(_channel.Chat, Hello, Cancel);
        Assert.Equal("", Assert.Single(_channel.Requests).Authorization);
    }

    [Theory]
    [InlineData("https://smba.trafficmanager.net.evil.example/amer/")]
    [InlineData("https://evil.trafficmanager.net/amer/")]
    [InlineData("https://smba.trafficmanager.net@127.0.0.1/amer/")]
    [InlineData("https://smba.trafficmanager.net:8443/amer/")]
    [InlineData("http://smba.trafficmanager.net/amer/")]
    [InlineData("https://xsmba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net./")]
    [InlineData("https://smba.trafficm\u0430nager.net/")]
    [InlineData("https://smba.trafficmanager.net/?x=")]
    [InlineData("https://smba.trafficmanager.net/#")]
    [InlineData("https://evil.example/#")]
    [InlineData("file:///etc/passwd")]
    [InlineData("smba.trafficmanager.net")]
    [InlineData("")]
    public async Task A_host_that_is_not_allowed_gets_neither_a_request_nor_a_token(string serviceUrl)
    {
        _channel.Policy = ServiceUrlPolicy.ForHosts(["smba.trafficmanager.net"]);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => _channel.Client.SendAsync(_channel.Chat with { ServiceUrl = serviceUrl }, Hello, Cancel));
        Assert.Equal((ConnectorFailure.ForbiddenHost, null), (failure.Failure, failure.Status));
        Assert.Equal(0, _channel.Credential.Asked);
    }

    [Fact]
    public async Task Loopback_itself_is_not_allowed_outside_a_trial()
    {
        _channel.Policy = ServiceUrlPolicy.ForHosts(["smba.trafficmanager.net"]);
        await Assert.ThrowsAsync<ConnectorException>(() => _channel.Client.SendAsync(_channel.Chat, Hello, Cancel));
        Assert.Equal(0, _channel.Credential.Asked);
        Assert.Empty(_channel.Requests);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var elsewhere = await ScriptedChannel.StartAsync();
        _channel.Then(status, location: elsewhere.Url + "/stolen").Then(status, location: elsewhere.Url + "/stolen");
        var send = await Assert.ThrowsAsync<ConnectorException>(() => _channel.Client.SendAsync(_channel.Chat, Hello, Cancel));
        var get = await Assert.ThrowsAsync<ConnectorException>(() => _channel.Client.MemberAsync(_channel.Chat, "1", Cancel));
        Assert.Equal((ConnectorFailure.Rejected, ConnectorFailure.Rejected), (send.Failure, get.Failure));
        Assert.Empty(elsewhere.Requests);
        Assert.Equal(2, _channel.Requests.Count);
    }

    [Fact]
    public async Task A_token_is_renewed_early_while_the_old_one_is_used()
    {
        var clock = new FakeTimeProvider();
        var credential = _channel.Credential;
        credential.Clock = clock;
        credential.Before = _ => Task.CompletedTask;
        var token = new BotToken(credential, "scope", clock);
        Assert.Equal("token-1", await Read(token));
        clock.Advance(TimeSpan.FromMinutes(49));
        Assert.Equal("token-1", await Read(token));
        Assert.Equal(1, credential.Asked);
        var open = new TaskCompletionSource();
        credential.Before = _ => open.Task;
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Read(token))), read => Assert.Equal("token-1", read));
        open.SetResult();
        await Until(async () => await Read(token) == "token-2");
        Assert.Equal(2, credential.Asked);
    }

    [Fact]
    public async Task A_renewal_that_fails_leaves_the_old_token_until_it_ends_and_then_is_seen()
    {
        var clock = new FakeTimeProvider();
        var credential = _channel.Credential;
        credential.Clock = clock;
        credential.Before = number => number == 1 ? Task.CompletedTask : throw new AuthenticationFailedException("down");
        var token = new BotToken(credential, "scope", clock);
        await Read(token);
        clock.Advance(TimeSpan.FromMinutes(51));
        Assert.Equal("token-1", await Read(token));
        await Until(() => Task.FromResult(credential.Asked == 2));
        await Task.Delay(50, Cancel);
        // Not at every call: the authority is down, and asking it again at once does not help.
        Assert.Equal("token-1", await Read(token));
        Assert.Equal(2, credential.Asked);
        clock.Advance(TimeSpan.FromMinutes(10));
        await Assert.ThrowsAsync<AuthenticationFailedException>(() => Read(token));
        credential.Before = _ => Task.CompletedTask;
        Assert.StartsWith("token-", await Read(token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_caller_giving_up_does_not_take_the_token_from_the_others()
    {
        var open = new TaskCompletionSource();
        _channel.Credential.Before = _ => open.Task;
        var token = new BotToken(_channel.Credential, "scope", TimeProvider.System);
        using var gaveUp = new CancellationTokenSource();
        var first = token.GetAsync(gaveUp.Token).AsTask();
        var second = Read(token);
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        open.SetResult();
        Assert.Equal("token-1", await second);
        Assert.Equal(1, _channel.Credential.Asked);
    }

    [Fact]
    public async Task No_token_is_a_failure_of_the_call_and_nothing_is_sent()
    {
        _channel.Credential.Before = _ => throw new AuthenticationFailedException("down");
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => _channel.Client.SendAsync(_channel.Chat, Hello, Cancel));
        Assert.Equal((ConnectorFailure.Transient, "NoToken"), (failure.Failure, failure.Code));
        _channel.Credential.Before = _ => throw new CredentialUnavailableException("none");
        failure = await Assert.ThrowsAsync<ConnectorException>(() => _channel.Client.SendAsync(_channel.Chat, Hello, Cancel));
        Assert.Equal((ConnectorFailure.Rejected, "NoCredential"), (failure.Failure, failure.Code));
        Assert.Empty(_channel.Requests);
    }

    private static async Task<string> Read(BotToken token) => (await token.GetAsync(Cancel))!["Bearer ".Length..];

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (await condition())
            {
                return;
            }
            await Task.Delay(10, Cancel);
        }
        Assert.Fail("It did not happen.");
    }
}
