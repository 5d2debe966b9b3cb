using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CoordinationBot.Protocol.Activities;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Protocol.Tests.Hosting;

public sealed class Bot_endpoint : IAsyncLifetime
{
    private KeyServer _keys = null!;
    private BotUnderTest _bot = null!;

    public async ValueTask InitializeAsync()
    {
        _keys = await KeyServer.StartAsync();
        _bot = await BotUnderTest.StartAsync(_keys, kestrel: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _keys.DisposeAsync();
    }

    private async Task<HttpStatusCode> PostRaw(byte[] body, bool chunked = false)
    {
        using var response = await _bot.SendAsync(body, "Bearer " + _bot.Token(), chunked);
        return response.StatusCode;
    }

    private Task<HttpStatusCode> PostRaw(string body) => PostRaw(Encoding.UTF8.GetBytes(body));

    private static byte[] MessageOf(int bytes)
    {
        var message = BotUnderTest.Message();
        message["text"] = "";
        message["text"] = new string('x', bytes - Encoding.UTF8.GetByteCount(message.ToJsonString()));
        return Encoding.UTF8.GetBytes(message.ToJsonString());
    }

    [Fact]
    public async Task A_message_reaches_the_turn_as_it_was_sent()
    {
        Assert.Equal(HttpStatusCode.OK, await _bot.PostAsync(_bot.Token()));
        var activity = Assert.Single(_bot.Turns);
        Assert.Equal("delegate the budget", activity.Text);
        Assert.Equal("bbbbbbbb-0000-0000-0000-000000000001", activity.From!.AadObjectId);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 12, 0, 0, 123, TimeSpan.Zero), activity.Timestamp);
        Assert.Equal("Europe/Berlin", Assert.Single(activity.Entities!).Timezone);
    }

    [Fact]
    public async Task Status_and_body_of_the_turn_are_the_response()
    {
        _bot.Answer = _ => new(200, new CardActionResponse
        {
            StatusCode = 200,
            Type = CardActionResponse.MessageType,
            Value = JsonSerializer.SerializeToElement("Gestärkt – \"ok\" \U0001F44D"),
        });
        using var response = await _bot.SendAsync(MessageOf(2_000), "Bearer " + _bot.Token());
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Encoding.UTF8.GetByteCount(body), response.Content.Headers.ContentLength);
        Assert.Contains("Gestärkt – ", body, StringComparison.Ordinal);
        var answer = JsonNode.Parse(body)!;
        Assert.Equal(200, (int)answer["statusCode"]!);
        Assert.Equal(CardActionResponse.MessageType, (string)answer["type"]!);
        Assert.Equal("Gestärkt – \"ok\" \U0001F44D", (string)answer["value"]!);
    }

    [Fact]
    public async Task A_large_body_of_the_turn_arrives_whole()
    {
        var text = new string('y', 60_000);
        _bot.Answer = _ => new(200, new CardActionResponse { StatusCode = 200, Type = CardActionResponse.MessageType, Value = JsonSerializer.SerializeToElement(text) });
        using var response = await _bot.SendAsync(MessageOf(2_000), "Bearer " + _bot.Token());
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(text, (string)JsonNode.Parse(body)!["value"]!);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(501)]
    public async Task A_turn_without_body_is_its_status_alone(int status)
    {
        _bot.Answer = _ => new(status);
        using var response = await _bot.SendAsync(MessageOf(2_000), "Bearer " + _bot.Token());
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(0, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_turn_that_throws_is_answered_500_without_a_word_and_logged()
    {
        _bot.Answer = _ => throw new InvalidDataException("inner workings");
        Assert.Equal(HttpStatusCode.InternalServerError, await PostRaw(MessageOf(2_000)));
        Assert.Single(_bot.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("1485983408511", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_up_to_the_limit_is_accepted()
    {
        const int Limit = 1024 * 1024;
        Assert.Equal(HttpStatusCode.OK, await PostRaw(MessageOf(Limit)));
        Assert.Equal(HttpStatusCode.OK, await PostRaw(MessageOf(Limit), chunked: true));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostRaw(MessageOf(Limit + 1)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostRaw(MessageOf(Limit + 1), chunked: true));
        Assert.Equal(2, _bot.Turns.Count);
    }

    [Fact]
    public async Task The_limit_is_a_setting_and_holds_where_the_server_has_none()
    {
        await using var bot = await BotUnderTest.StartAsync(_keys, more: [("Bot:MaxBodyBytes", "4096")]);
        foreach (var (bytes, chunked, status) in new[] { (4096, false, 200), (4096, true, 200), (4097, false, 413), (4097, true, 413), (400_000, true, 413) })
        {
            using var response = await bot.SendAsync(MessageOf(bytes), "Bearer " + bot.Token(), chunked);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task Who_finds_no_place_waits_a_moment_and_is_then_asked_to_come_again()
    {
        await using var bot = await BotUnderTest.StartAsync(_keys, more: [("Bot:MaxTurns", "2")]);
        var end = new TaskCompletionSource();
        bot.Until = end.Task;
        var working = new[] { bot.PostAsync(bot.Token()), bot.PostAsync(bot.Token()) };
        // Both have their place before the third comes; otherwise it might take one, and never be answered.
        for (var tries = 0; bot.Turns.Count < 2; tries++)
        {
            Assert.True(tries < 500, "They did not begin in five seconds.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        using (var turnedAway = await bot.SendAsync(MessageOf(2000), "Bearer " + bot.Token()))
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), (turnedAway.StatusCode, turnedAway.Headers.RetryAfter?.Delta));
        }
        Assert.Equal(2, bot.Turns.Count);
        var waiting = bot.PostAsync(bot.Token());
        Assert.Equal(HttpStatusCode.Unauthorized, await bot.PostAsync((string?)null));

        end.SetResult();

        Assert.All(await Task.WhenAll([.. working, waiting]), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(3, bot.Turns.Count);
    }

    [Fact]
    public async Task A_stranger_s_body_is_not_read()
    {
        using var response = await _bot.SendAsync(MessageOf(3_000_000), null);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"message\"")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"\"}")]
    [InlineData("{\"type\":null}")]
    [InlineData("{\"type\":\"message\"} x")]
    [InlineData("{\"type\":\"message\"}{\"type\":\"message\"}")]
    [InlineData("{\"type\":\"message\",}")]
    [InlineData("{\"type\":'message'}")]
    [InlineData("{\"type\":\"message\",\"text\":NaN}")]
    public async Task What_is_no_activity_is_refused(string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await PostRaw(body));
        Assert.Empty(_bot.Turns);
    }

    [Theory]
    [InlineData("type", "5")]
    [InlineData("text", "{}")]
    [InlineData("from", "\"ann\"")]
    [InlineData("conversation", "[]")]
    [InlineData("timestamp", "\"yesterday\"")]
    [InlineData("attachments", "{}")]
    [InlineData("entities", "[5]")]
    [InlineData("channelData", "\"x\"")]
    [InlineData("serviceUrl", "5")]
    public async Task A_known_field_of_another_type_is_refused(string field, string value)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await _bot.PostAsync(message => message[field] = JsonNode.Parse(value)));
        Assert.Empty(_bot.Turns);
    }

    [Fact]
    public async Task Invalid_UTF_8_is_refused_wherever_it_stands()
    {
        foreach (var (field, inside) in new[] { ("text", false), ("value", true), ("unheardOf", true) })
        {
            var message = BotUnderTest.Message();
            message[field] = inside ? new JsonObject { ["deep"] = "MARK" } : "MARK";
            var body = Encoding.UTF8.GetBytes(message.ToJsonString());
            var mark = body.AsSpan().IndexOf("MARK"u8);
            foreach (var bad in new byte[][] { [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xC0, 0xAF] })
            {
                byte[] broken = [.. body[..mark], .. bad, .. body[(mark + 4)..]];
                Assert.Equal(HttpStatusCode.BadRequest, await PostRaw(broken));
            }
        }
        Assert.Empty(_bot.Turns);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("value")]
    [InlineData("unheardOf")]
    public async Task Half_an_escaped_pair_is_refused_and_a_whole_one_is_read(string field)
    {
        var body = BotUnderTest.Message().ToJsonString();
        Assert.Equal(HttpStatusCode.BadRequest, await PostRaw(With("\"\\ud83d\"")));
        Assert.Equal(HttpStatusCode.BadRequest, await PostRaw(With("\"\\uDC4D\\uD83D\"")));
        Assert.Equal(HttpStatusCode.OK, await PostRaw(With("\"\\ud83d\\uDC4D\"")));
        Assert.Equal(HttpStatusCode.OK, await PostRaw(With("\"\\\\ud83d\"")));

        string With(string value) => string.Concat(body.AsSpan(0, body.Length - 1), $",\"{field}\":{value}}}");
    }

    [Theory]
    [InlineData("value", 10_000)]
    [InlineData("unheardOf", 10_000)]
    [InlineData("value", 70)]
    public async Task Deep_nesting_is_refused(string field, int depth)
    {
        var body = BotUnderTest.Message().ToJsonString();
        var deep = new string('[', depth) + new string(']', depth);
        Assert.Equal(HttpStatusCode.BadRequest, await PostRaw(string.Concat(body.AsSpan(0, body.Length - 1), $",\"{field}\":{deep}}}")));
        Assert.Equal(HttpStatusCode.BadRequest, await PostRaw(string.Concat(body.AsSpan(0, body.Length - 1), $",\"{field}\":{deep[..depth]}")));
        Assert.Empty(_bot.Turns);
    }

    [Fact]
    public async Task Unknown_types_and_entities_are_accepted()
    {
        Assert.Equal(HttpStatusCode.OK, await _bot.PostAsync(message => message["type"] = "somethingNew"));
        Assert.Equal(HttpStatusCode.OK, await _bot.PostAsync(message => message["entities"] = JsonNode.Parse(
            """[{"type":"QuotedReply","quotedReply":{"messageId":"1"}},{"type":"ClientCapabilities","capabilities":[1,2]},{"noType":true},null]""")));
        Assert.Equal(["QuotedReply", "ClientCapabilities", ""], _bot.Turns.Last().Entities!.Select(entity => entity.Type));
        Assert.Equal(HttpStatusCode.OK, await _bot.PostAsync(message => message["attachments"] = JsonNode.Parse("""[null,{"contentType":null}]""")));
        Assert.Single(_bot.Turns.Last().Attachments!);
        Assert.Equal(HttpStatusCode.OK, await _bot.PostAsync(message => message["membersAdded"] = JsonNode.Parse("""[null,{"id":"29:bob"}]""")));
        Assert.Equal("29:bob", Assert.Single(_bot.Turns.Last().MembersAdded!).Id);
    }

    [Fact]
    public async Task Unknown_fields_are_kept()
    {
        Assert.Equal(HttpStatusCode.OK, await _bot.PostAsync(message =>
        {
            message["callerId"] = "urn:botframework:azure";
            message["from"]!["userRole"] = "guest";
            message["conversation"]!["aadObjectId"] = "c";
            message["channelData"]!["source"] = new JsonObject { ["name"] = "message" };
        }));
        var again = JsonSerializer.SerializeToNode(_bot.Turns.Single(), ProtocolJson.Wire.Activity)!;
        Assert.Equal("urn:botframework:azure", (string)again["callerId"]!);
        Assert.Equal("guest", (string)again["from"]!["userRole"]!);
        Assert.Equal("c", (string)again["conversation"]!["aadObjectId"]!);
        Assert.Equal("message", (string)again["channelData"]!["source"]!["name"]!);
        Assert.Equal("Mac", (string)again["entities"]![0]!["platform"]!);
    }

    [Theory]
    [InlineData("webchat")]
    [InlineData("MSTEAMS")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Another_channel_is_refused(string? channel) =>
        Assert.Equal(HttpStatusCode.Forbidden, await _bot.PostAsync(message => message["channelId"] = channel));

    [Theory]
    [InlineData("https://smba.trafficmanager.net.evil.example/")]
    [InlineData("https://evil.trafficmanager.net/emea/")]
    [InlineData("https://trafficmanager.net/")]
    [InlineData("https://xsmba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net@evil.example/")]
    [InlineData("https://user:secret@smba.trafficmanager.net/")]
    [InlineData("https://smba.trafficmanager.net:8443/")]
    [InlineData("https://smba.trafficmanager.net./")]
    [InlineData("https://smba.trafficmanager.net/emea/?x=1")]
    [InlineData("https://smba.trafficmanager.net/emea/#x")]
    [InlineData("https://evil.example/smba.trafficmanager.net")]
    [InlineData("https://evil.example\\@smba.trafficmanager.net/")]
    [InlineData("https://smbа.trafficmanager.net/")]
    [InlineData("https://canary.botapi.skype.com/")]
    [InlineData("http://smba.trafficmanager.net/emea/")]
    [InlineData("http://localhost:3978/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("ftp://smba.trafficmanager.net/")]
    [InlineData("smba.trafficmanager.net")]
    [InlineData("/emea/")]
    [InlineData("not a url")]
    public async Task A_service_url_anywhere_else_is_refused_even_with_a_token_made_for_it(string serviceUrl)
    {
        var message = BotUnderTest.Message();
        message["serviceUrl"] = serviceUrl;
        Assert.Equal(HttpStatusCode.Forbidden, await _bot.PostAsync(message, _bot.Token(claims => claims["serviceurl"] = serviceUrl)));
        Assert.Empty(_bot.Turns);
    }

    [Theory]
    [InlineData("https://smba.infra.gcc.teams.microsoft.com/teams/")]
    [InlineData("https://smba.trafficmanager.net/amer/aaaaaaaa-0000-0000-0000-000000000001/")]
    [InlineData("https://smba.trafficmanager.net:443/emea/")]
    public async Task The_cloud_s_own_hosts_are_accepted(string serviceUrl)
    {
        var message = BotUnderTest.Message();
        message["serviceUrl"] = serviceUrl;
        Assert.Equal(HttpStatusCode.OK, await _bot.PostAsync(message, _bot.Token(claims => claims["serviceurl"] = serviceUrl)));
    }

    [Theory]
    [InlineData("aaaaaaaa-0000-0000-0000-000000000002", "aaaaaaaa-0000-0000-0000-000000000002")]
    [InlineData(BotUnderTest.Tenant, "aaaaaaaa-0000-0000-0000-000000000002")]
    [InlineData("aaaaaaaa-0000-0000-0000-000000000002", BotUnderTest.Tenant)]
    [InlineData("aaaaaaaa-0000-0000-0000-000000000002", null)]
    [InlineData(null, "aaaaaaaa-0000-0000-0000-000000000002")]
    [InlineData(null, null)]
    [InlineData("", "")]
    public async Task A_foreign_tenant_or_none_or_two_are_refused(string? ofConversation, string? ofChannelData)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await _bot.PostAsync(message =>
        {
            message["conversation"]!["tenantId"] = ofConversation;
            message["channelData"]!["tenant"]!["id"] = ofChannelData;
        }));
        Assert.Empty(_bot.Turns);
    }

    [Fact]
    public async Task No_conversation_and_no_channel_data_is_no_tenant() => Assert.Equal(HttpStatusCode.Forbidden, await _bot.PostAsync(message =>
    {
        message.Remove("conversation");
        message.Remove("channelData");
    }));

    [Fact]
    public async Task One_tenant_named_is_enough_and_the_turn_finds_it_in_the_conversation_spelled_as_in_the_settings()
    {
        Assert.Equal(HttpStatusCode.OK, await _bot.PostAsync(message => message.Remove("channelData")));
        Assert.Equal(HttpStatusCode.OK, await _bot.PostAsync(message => message["conversation"]!.AsObject().Remove("tenantId")));
        Assert.Equal(HttpStatusCode.OK, await _bot.PostAsync(message => message["conversation"]!["tenantId"] = BotUnderTest.Tenant.ToUpperInvariant()));
        Assert.All(_bot.Turns, activity => Assert.Equal(BotUnderTest.Tenant, activity.Conversation!.TenantId));
        Assert.Equal(3, _bot.Turns.Count);
    }

    [Fact]
    public async Task Only_posts_are_answered()
    {
        using var http = new HttpClient { BaseAddress = new(_bot.App.Urls.First()) };
        using var response = await http.GetAsync(new Uri("/api/messages", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }
}
