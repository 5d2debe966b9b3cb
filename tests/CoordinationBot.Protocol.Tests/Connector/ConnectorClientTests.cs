using System.Globalization;
using System.Net;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Tests.Turns;
using Microsoft.AspNetCore.Http;

namespace CoordinationBot.Protocol.Tests.Connector;

public sealed class ConnectorClientTests : IAsyncLifetime
{
    private const string Conversation = "/amer/v3/conversations/19%3Aa%40thread.tacv2%3Bmessageid%3D1%2F2";
    private static readonly Activity Hello = new() { Type = "message", Text = "Grüße" };
    private ScriptedChannel _channel = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _channel = await ScriptedChannel.StartAsync();

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    [Fact]
    public async Task Calls_go_where_the_protocol_says_with_every_id_escaped()
    {
        var client = _channel.Client;
        Assert.Equal("sent", await client.SendAsync(_channel.Chat, Hello, Cancel));
        await client.SendAsync(_channel.Chat with { ServiceUrl = _channel.Url + "/amer" }, Hello with { ReplyToId = "f:1/2" }, Cancel);
        await client.UpdateAsync(_channel.Chat, "f:1@2", Hello, Cancel);
        await client.DeleteAsync(_channel.Chat, "a;b", Cancel);
        await client.MemberAsync(_channel.Chat, "29:x/y?z#", Cancel);
        Assert.Equal(
            [
                $"POST {Conversation}/activities",
                $"POST {Conversation}/activities/f%3A1%2F2",
                $"PUT {Conversation}/activities/f%3A1%402",
                $"DELETE {Conversation}/activities/a%3Bb",
                $"GET {Conversation}/members/29%3Ax%2Fy%3Fz%23",
            ],
            _channel.Requests.Select(request => $"{request.Method} {request.Target}"));
        Assert.Equal("""{"type":"message","text":"Grüße"}""", _channel.Requests.First().Body);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public async Task An_id_cannot_climb_to_another_resource(string id)
    {
        var failures = new[]
        {
            await Failure(client => client.SendAsync(_channel.Chat with { ConversationId = id }, Hello, Cancel)),
            await Failure(client => client.UpdateAsync(_channel.Chat, id, Hello, Cancel)),
            await Failure(client => client.MemberAsync(_channel.Chat, id, Cancel)),
        };
        Assert.All(failures, failure => Assert.Equal(ConnectorFailure.Rejected, failure.Failure));
        Assert.Empty(_channel.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(412)]
    public async Task Throttling_and_concurrency_are_always_repeated(int status)
    {
        _channel.Then(status).Then(status);
        Assert.Equal("sent", await _channel.Client.SendAsync(_channel.Chat, Hello, Cancel));
        _channel.Then(status).Then(status);
        await _channel.Client.UpdateAsync(_channel.Chat, "1", Hello, Cancel);
        Assert.Equal(6, _channel.Requests.Count);
        Assert.Single(_channel.Requests.Where(request => request.Method == "POST").Select(request => request.Body).Distinct());
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_have_been_delivered_is_repeated_only_when_a_repetition_changes_nothing(int status)
    {
        _channel.Then(status);
        var failure = await Failure(client => client.SendAsync(_channel.Chat, Hello, Cancel));
        Assert.Equal((ConnectorFailure.Transient, status), (failure.Failure, (int)failure.Status!));
        Assert.Single(_channel.Requests);
        _channel.Then(status);
        await Failure(client => client.CreatePersonalAsync(_channel.Url, "t", "28:b", "ann", Cancel));
        Assert.Equal(2, _channel.Requests.Count);
        _channel.Then(status).Then(status);
        await _channel.Client.UpdateAsync(_channel.Chat, "1", Hello, Cancel);
        _channel.Then(status);
        await _channel.Client.DeleteAsync(_channel.Chat, "1", Cancel);
        _channel.Then(status);
        Assert.NotNull(await _channel.Client.MemberAsync(_channel.Chat, "1", Cancel));
        Assert.Equal(9, _channel.Requests.Count);
    }

    [Fact]
    public async Task A_broken_connection_is_repeated_only_when_a_repetition_changes_nothing()
    {
        static Task Break(HttpContext context)
        {
            context.Abort();
            return Task.CompletedTask;
        }
        _channel.Then(Break);
        Assert.Equal(ConnectorFailure.Transient, (await Failure(client => client.SendAsync(_channel.Chat, Hello, Cancel))).Failure);
        Assert.Single(_channel.Requests);
        _channel.Then(Break);
        await _channel.Client.UpdateAsync(_channel.Chat, "1", Hello, Cancel);
        Assert.Equal(3, _channel.Requests.Count);
    }

    [Fact]
    public async Task A_hung_channel_is_left_after_the_time_of_one_try()
    {
        _channel.Options.TryTimeout = TimeSpan.FromMilliseconds(300);
        static Task Hang(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        _channel.Then(Hang);
        Assert.Equal(ConnectorFailure.Transient, (await Failure(client => client.SendAsync(_channel.Chat, Hello, Cancel))).Failure);
        Assert.Single(_channel.Requests);
        _channel.Then(Hang);
        await _channel.Client.UpdateAsync(_channel.Chat, "1", Hello, Cancel);
        Assert.Equal(3, _channel.Requests.Count);
    }

    [Fact]
    public async Task An_answer_that_begins_and_never_ends_is_left_after_the_time_of_one_try()
    {
        _channel.Options.TryTimeout = TimeSpan.FromMilliseconds(300);
        _channel.Then(async context =>
        {
            await context.Response.WriteAsync("{\"id\":");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        Assert.Equal(ConnectorFailure.Transient, (await Failure(client => client.SendAsync(_channel.Chat, Hello, Cancel))).Failure);
    }

    [Fact]
    public async Task All_tries_of_a_call_and_the_waits_between_them_have_one_deadline()
    {
        (_channel.Options.TryTimeout, _channel.Options.Deadline) = (TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(500));
        _channel.Then(429, retryAfter: "2");
        var began = TimeProvider.System.GetTimestamp();
        Assert.Equal(ConnectorFailure.Transient, (await Failure(client => client.SendAsync(_channel.Chat, Hello, Cancel))).Failure);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(1900));
        Assert.Single(_channel.Requests);
    }

    [Fact]
    public async Task The_callers_token_ends_a_call()
    {
        using var short_ = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        short_.CancelAfter(100);
        _channel.Then(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _channel.Client.SendAsync(_channel.Chat, Hello, short_.Token));
    }

    [Theory]
    [InlineData(429, "seconds")]
    [InlineData(412, "seconds")]
    [InlineData(429, "date")]
    public async Task The_channels_own_wait_is_kept(int status, string form)
    {
        // A date has whole seconds: two of them from now are more than one.
        var wait = form == "seconds" ? "1" : (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(2.1)).ToString("R", CultureInfo.InvariantCulture);
        _channel.Then(status, retryAfter: wait);
        await _channel.Client.SendAsync(_channel.Chat, Hello, Cancel);
        var (first, second) = (_channel.Requests.First().At, _channel.Requests.Last().At);
        Assert.Equal(2, _channel.Requests.Count);
        Assert.InRange(TimeProvider.System.GetElapsedTime(first, second), TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_told_instead_of_waited()
    {
        _channel.Then(429, retryAfter: "60");
        var failure = await Failure(client => client.SendAsync(_channel.Chat, Hello, Cancel));
        Assert.Equal((ConnectorFailure.Transient, TimeSpan.FromSeconds(60)), (failure.Failure, failure.RetryAfter));
        Assert.Single(_channel.Requests);
    }

    [Fact]
    public async Task Repeating_ends()
    {
        for (var times = 0; times < 10; times++)
        {
            _channel.Then(429);
        }
        Assert.Equal(ConnectorFailure.Transient, (await Failure(client => client.SendAsync(_channel.Chat, Hello, Cancel))).Failure);
        Assert.Equal(1 + _channel.Options.Repeats, _channel.Requests.Count);
    }

    [Theory]
    [InlineData(400, "BadArgument", ConnectorFailure.Rejected)]
    [InlineData(400, "MessageSizeTooBig", ConnectorFailure.TooLarge)]
    [InlineData(401, "BotNotRegistered", ConnectorFailure.Rejected)]
    [InlineData(403, "BotDisabledByAdmin", ConnectorFailure.Blocked)]
    [InlineData(403, "ConversationBlockedByUser", ConnectorFailure.Blocked)]
    [InlineData(403, "BotNotInConversationRoster", ConnectorFailure.NotInstalled)]
    [InlineData(403, "NotEnoughPermissions", ConnectorFailure.Rejected)]
    [InlineData(404, "ConversationNotFound", ConnectorFailure.NotFound)]
    [InlineData(413, "MessageSizeTooBig", ConnectorFailure.TooLarge)]
    [InlineData(500, "ServiceError", ConnectorFailure.Rejected)]
    [InlineData(501, null, ConnectorFailure.Rejected)]
    public async Task What_a_repetition_would_not_mend_is_not_repeated(int status, string? code, ConnectorFailure expected)
    {
        _channel.Then(status, code is null ? "<html>gateway</html>" : ScriptedChannel.Error(code));
        var failure = await Failure(client => client.UpdateAsync(_channel.Chat, "1", Hello, Cancel));
        Assert.Equal((expected, (HttpStatusCode)status, code), (failure.Failure, failure.Status!.Value, failure.Code));
        Assert.DoesNotContain("for the log", failure.Message, StringComparison.Ordinal);
        Assert.Single(_channel.Requests);
    }

    [Fact]
    public async Task An_answer_without_an_id_is_no_failure()
    {
        _channel.Then(201).Then(200, "not json").Then(200, "{}").Then(202, "null");
        for (var times = 0; times < 4; times++)
        {
            Assert.Null(await _channel.Client.SendAsync(_channel.Chat, Hello, Cancel));
        }
    }

    [Fact]
    public async Task A_card_that_is_too_large_is_not_sent()
    {
        Activity Card(int length) => new()
        {
            Type = "message",
            Attachments = [new Attachment { ContentType = Attachment.AdaptiveCardType, Content = Stage.Json($"\"{new string('ä', length)}\"") }],
        };
        Assert.Equal(ConnectorFailure.TooLarge, (await Failure(client => client.SendAsync(_channel.Chat, Card(48_000), Cancel))).Failure);
        Assert.Equal(ConnectorFailure.TooLarge, (await Failure(client => client.UpdateAsync(_channel.Chat, "1", Card(48_000), Cancel))).Failure);
        Assert.Empty(_channel.Requests);
        // Characters count, not bytes.
        await _channel.Client.SendAsync(_channel.Chat, Card(47_000), Cancel);
    }

    [Fact]
    public async Task A_personal_chat_is_opened_and_may_be_elsewhere()
    {
        _channel.Then(201, """{"id":"a:1"}""").Then(200, """{"id":"a:2","serviceUrl":"https://elsewhere/"}""").Then(200, "{}");
        var client = _channel.Client;
        Assert.Equal(new(_channel.Url, "a:1", "t", "28:b"), await client.CreatePersonalAsync(_channel.Url, "t", "28:b", "ann", Cancel));
        Assert.Equal(new("https://elsewhere/", "a:2", "t", "28:b"), await client.CreatePersonalAsync(_channel.Url, "t", "28:b", "ann", Cancel));
        Assert.Equal(ConnectorFailure.Rejected, (await Failure(client => client.CreatePersonalAsync(_channel.Url, "t", "28:b", "ann", Cancel))).Failure);
        var request = _channel.Requests.First();
        Assert.Equal("POST /v3/conversations", $"{request.Method} {request.Target}");
        Assert.Equal("""{"isGroup":false,"bot":{"id":"28:b"},"members":[{"id":"ann"}],"tenantId":"t","channelData":{"tenant":{"id":"t"}}}""", request.Body);
    }

    [Fact]
    public async Task Members_come_page_by_page_and_end_even_when_the_channel_repeats_itself()
    {
        _channel.Then(200, """{"members":[{"id":"1"},{"id":"2"}],"continuationToken":"a&b="}""")
            .Then(503)
            .Then(200, """{"members":[{"id":"3"}],"continuationToken":"c"}""")
            .Then(200, """{"members":[{"id":"4"}],"continuationToken":"c"}""");
        var ids = new List<string?>();
        await foreach (var member in _channel.Client.MembersAsync(_channel.Chat, Cancel))
        {
            ids.Add(member.Id);
        }
        Assert.Equal(["1", "2", "3", "4"], ids);
        Assert.Equal(
            ["?pageSize=500", "?pageSize=500&continuationToken=a%26b%3D", "?pageSize=500&continuationToken=a%26b%3D", "?pageSize=500&continuationToken=c"],
            _channel.Requests.Select(request => request.Target[request.Target.IndexOf('?', StringComparison.Ordinal)..]));
    }

    [Fact]
    public async Task A_member_who_is_not_there_is_null()
    {
        _channel.Then(404, ScriptedChannel.Error("MemberNotFoundInConversation")).Then(200, """{"id":"29:a","aadObjectId":"ann"}""");
        Assert.Null(await _channel.Client.MemberAsync(_channel.Chat, "x", Cancel));
        Assert.Equal("ann", (await _channel.Client.MemberAsync(_channel.Chat, "x", Cancel))!.AadObjectId);
    }

    private async Task<ConnectorException> Failure(Func<ConnectorClient, Task> call) => await Assert.ThrowsAsync<ConnectorException>(() => call(_channel.Client));
}
