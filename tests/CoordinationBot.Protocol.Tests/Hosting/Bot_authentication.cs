using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Protocol.Hosting;
using Microsoft.Extensions.Primitives;

namespace CoordinationBot.Protocol.Tests.Hosting;

public sealed class Bot_authentication : IAsyncLifetime
{
    private KeyServer _keys = null!;
    private BotUnderTest _bot = null!;

    public async ValueTask InitializeAsync()
    {
        _keys = await KeyServer.StartAsync();
        _bot = await BotUnderTest.StartAsync(_keys);
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _keys.DisposeAsync();
    }

    private async Task Refuses(HttpStatusCode status, string? token, JsonObject? activity = null)
    {
        var turns = _bot.Turns.Count;
        Assert.Equal(status, await _bot.PostAsync(activity ?? BotUnderTest.Message(), token));
        Assert.Equal(turns, _bot.Turns.Count);
    }

    private async Task Accepts(string? token, JsonObject? activity = null)
    {
        var turns = _bot.Turns.Count;
        Assert.Equal(HttpStatusCode.OK, await _bot.PostAsync(activity ?? BotUnderTest.Message(), token));
        Assert.Equal(turns + 1, _bot.Turns.Count);
    }

    private static JsonObject MessageAt(string? serviceUrl)
    {
        var message = BotUnderTest.Message();
        message["serviceUrl"] = serviceUrl;
        return message;
    }

    [Fact]
    public async Task A_good_token_is_accepted_and_remembered()
    {
        var token = _bot.Token();
        await Accepts(token);
        await Accepts(token);
        Assert.Equal(1, _keys.Fetches);
    }

    [Fact]
    public async Task No_token_is_refused() => await Refuses(HttpStatusCode.Unauthorized, null);

    [Fact]
    public async Task A_refusal_names_the_scheme_and_nothing_else()
    {
        using var response = await _bot.SendAsync(Encoding.UTF8.GetBytes(BotUnderTest.Message().ToJsonString()), null);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer {0} more")]
    [InlineData("Bearer {0},Bearer {0}")]
    [InlineData("Bearer not-a-token")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer ..")]
    [InlineData("Bearer {0}.a.b")]
    public async Task Anything_but_Bearer_and_one_token_is_refused(string header)
    {
        using var response = await _bot.SendAsync(
            Encoding.UTF8.GetBytes(BotUnderTest.Message().ToJsonString()), string.Format(null, header, _bot.Token()));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(_bot.Turns);
    }

    [Fact]
    public async Task A_header_of_three_parts_or_two_headers_are_refused()
    {
        // Asked directly: a client would tidy these up before sending them.
        foreach (var header in new StringValues[] { "Bearer  " + _bot.Token(), new(["Bearer " + _bot.Token(), "Bearer " + _bot.Token()]) })
        {
            Assert.Equal(Refusal.NoToken, (await _bot.Authentication.CheckAsync(header, TestContext.Current.CancellationToken)).Refusal);
        }
    }

    [Fact]
    public async Task The_scheme_may_be_written_in_any_case()
    {
        using var response = await _bot.SendAsync(Encoding.UTF8.GetBytes(BotUnderTest.Message().ToJsonString()), "bearer " + _bot.Token());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_token_far_too_long_is_refused() => await Refuses(HttpStatusCode.Unauthorized, _bot.Token(claims => claims["pad"] = new string('x', 20_000)));

    [Fact]
    public async Task A_long_token_is_accepted() => await Accepts(_bot.Token(claims => claims["pad"] = new string('x', 8_000)));

    [Theory]
    [InlineData("https://api.botframework.com/")]
    [InlineData("https://api.botframework.us")]
    [InlineData("https://sts.windows.net/aaaaaaaa-0000-0000-0000-000000000001/")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Another_issuer_is_refused(string? issuer) => await Refuses(HttpStatusCode.Unauthorized, _bot.Token(claims => claims["iss"] = issuer));

    [Theory]
    [InlineData("api://" + Tokens.AppId)]
    [InlineData("api://botid-" + Tokens.AppId)]
    [InlineData(Tokens.AppId + "/")]
    [InlineData("99999999-2222-3333-4444-555555555555")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Another_audience_is_refused(string? audience) => await Refuses(HttpStatusCode.Unauthorized, _bot.Token(claims => claims["aud"] = audience));

    [Fact]
    public async Task A_token_is_good_until_five_minutes_after_its_end()
    {
        var end = _bot.Now;
        var (remembered, fresh) = (TokenEnding(1), TokenEnding(2));
        _bot.Time.Advance(new TimeSpan(0, 4, 59));
        await Accepts(remembered);
        _bot.Time.Advance(TimeSpan.FromSeconds(2));
        await Refuses(HttpStatusCode.Unauthorized, fresh);
        await Refuses(HttpStatusCode.Unauthorized, remembered);

        string TokenEnding(int number) => _bot.Token(claims =>
        {
            claims["jti"] = number.ToString(CultureInfo.InvariantCulture);
            claims["nbf"] = end.AddHours(-1).ToUnixTimeSeconds();
            claims["exp"] = end.ToUnixTimeSeconds();
        });
    }

    [Fact]
    public async Task A_token_is_good_from_five_minutes_before_its_start()
    {
        var start = _bot.Now.AddSeconds(301).ToUnixTimeSeconds();
        var token = _bot.Token(claims => claims["nbf"] = start);
        await Refuses(HttpStatusCode.Unauthorized, token);
        _bot.Time.Advance(TimeSpan.FromSeconds(2));
        await Accepts(token);
    }

    [Fact]
    public async Task A_token_without_end_is_refused() => await Refuses(HttpStatusCode.Unauthorized, _bot.Token(claims => claims.Remove("exp")));

    [Fact]
    public async Task A_token_without_start_is_accepted() => await Accepts(_bot.Token(claims => claims.Remove("nbf")));

    [Theory]
    [InlineData(253402300799L)]
    [InlineData(9007199254740993L)]
    public async Task An_end_in_the_far_future_does_not_overflow(long end) => await Accepts(_bot.Token(claims => claims["exp"] = end));

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        foreach (var algorithm in new[] { "none", "None", "NONE", "RS256" })
        {
            await Refuses(HttpStatusCode.Unauthorized, Tokens.Unsigned(_bot.Now, "first", changeHeader: header => header["alg"] = algorithm) + ".");
        }
        await Refuses(HttpStatusCode.Unauthorized, Tokens.Unsigned(_bot.Now, "first"));
    }

    [Fact]
    public async Task A_token_signed_with_the_public_key_as_a_secret_is_refused()
    {
        foreach (var secret in new[]
        {
            TestKey.First.Rsa.ExportSubjectPublicKeyInfo(),
            TestKey.First.Rsa.ExportRSAPublicKey(),
            Encoding.ASCII.GetBytes(TestKey.First.Rsa.ExportSubjectPublicKeyInfoPem()),
            TestKey.First.Rsa.ExportParameters(false).Modulus!,
        })
        {
            var unsigned = Tokens.Unsigned(_bot.Now, "first", changeHeader: header => header["alg"] = "HS256");
            await Refuses(HttpStatusCode.Unauthorized, unsigned + "." + Tokens.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(unsigned))));
        }
    }

    [Fact]
    public async Task No_algorithm_but_RS256_is_accepted()
    {
        await Refuses(HttpStatusCode.Unauthorized, Tokens.Signed(_bot.Now, changeHeader: header => header["alg"] = "RS384", hash: HashAlgorithmName.SHA384));
        await Refuses(HttpStatusCode.Unauthorized, Tokens.Signed(_bot.Now, changeHeader: header => header["alg"] = "RS512", hash: HashAlgorithmName.SHA512));
        await Refuses(HttpStatusCode.Unauthorized, Tokens.Signed(_bot.Now, changeHeader: header => header["alg"] = "PS256"));
    }

    [Fact]
    public async Task A_changed_token_is_refused()
    {
        var token = _bot.Token();
        await Accepts(token);
        var parts = token.Split('.');
        var other = _bot.Token(claims => claims["serviceurl"] = "https://smba.trafficmanager.net/amer/").Split('.');
        await Refuses(HttpStatusCode.Unauthorized, $"{parts[0]}.{other[1]}.{parts[2]}");
        await Refuses(HttpStatusCode.Unauthorized, $"{parts[0]}.{parts[1]}.{other[2]}");
        await Refuses(HttpStatusCode.Unauthorized, $"{parts[0]}.{parts[1]}.");
    }

    [Fact]
    public async Task A_stranger_s_key_under_a_known_id_is_refused() =>
        await Refuses(HttpStatusCode.Unauthorized, _bot.Token(key: TestKey.Second with { Id = "first" }));

    [Fact]
    public async Task A_key_brought_along_in_the_token_is_not_used()
    {
        var token = Tokens.Signed(_bot.Now, key: TestKey.Second, changeHeader: header =>
        {
            header["jwk"] = TestKey.Second.Jwk();
            header["jku"] = _keys.Metadata;
        });
        await Refuses(HttpStatusCode.Unauthorized, token);
    }

    [Fact]
    public async Task A_token_without_key_id_is_refused() =>
        await Refuses(HttpStatusCode.Unauthorized, Tokens.Signed(_bot.Now, changeHeader: header => header.Remove("kid")));

    [Fact]
    public async Task A_new_key_is_found_by_the_request_that_first_sees_it()
    {
        await Accepts(_bot.Token());
        _keys.Serve(TestKey.First, TestKey.Second);
        await Accepts(_bot.Token(key: TestKey.Second));
        Assert.Equal(2, _keys.Fetches);
    }

    [Fact]
    public async Task Requests_that_see_a_new_key_together_are_all_accepted_for_one_fetch()
    {
        _keys.Serve(TestKey.Second);
        var posts = Enumerable.Range(0, 20).Select(_ => _bot.PostAsync(_bot.Token(key: TestKey.Second)));
        Assert.All(await Task.WhenAll(posts), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(2, _keys.Fetches);
    }

    [Fact]
    public async Task A_storm_of_unknown_keys_is_no_storm_of_fetches()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => _bot.PostAsync(_bot.Token(key: TestKey.Second with { Id = "made-up-" + number }))));
        Assert.Equal(2, _keys.Fetches);
        _bot.Time.Advance(TimeSpan.FromSeconds(29));
        await Refuses(HttpStatusCode.Unauthorized, _bot.Token(key: TestKey.Second));
        Assert.Equal(2, _keys.Fetches);

        _bot.Time.Advance(TimeSpan.FromSeconds(2));
        _keys.Serve(TestKey.Second);
        await Accepts(_bot.Token(key: TestKey.Second));
        Assert.Equal(3, _keys.Fetches);
    }

    [Fact]
    public async Task A_remembered_token_is_refused_when_its_key_is_withdrawn()
    {
        var token = _bot.Token();
        await Accepts(token);
        _keys.Serve(TestKey.Second);
        await Accepts(_bot.Token(key: TestKey.Second));
        await Refuses(HttpStatusCode.Unauthorized, token);
    }

    [Fact]
    public async Task Keys_are_fetched_again_after_twelve_hours_without_being_asked()
    {
        _bot.Time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(1, _keys.Fetches);
        _bot.Time.Advance(TimeSpan.FromSeconds(2));
        for (var tries = 0; _keys.Fetches < 2; tries++)
        {
            Assert.True(tries < 500, "Not fetched again.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task The_last_keys_stay_good_while_the_metadata_is_down()
    {
        _keys.IsDown = true;
        await Refuses(HttpStatusCode.Unauthorized, _bot.Token(key: TestKey.Second));
        _bot.Time.Advance(TimeSpan.FromHours(13));
        await Accepts(_bot.Token());
        _keys.Serve();
        _keys.IsDown = false;
        await Refuses(HttpStatusCode.Unauthorized, _bot.Token(key: TestKey.Second));
        await Accepts(_bot.Token(claims => claims["jti"] = "2"));
    }

    [Fact]
    public async Task A_host_started_while_the_metadata_is_down_recovers()
    {
        await using var keys = await KeyServer.StartAsync();
        keys.IsDown = true;
        await using var bot = await BotUnderTest.StartAsync(keys);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await bot.PostAsync(bot.Token()));
        Assert.Equal(HttpStatusCode.Unauthorized, await bot.PostAsync((string?)null));
        Assert.False(bot.Authentication.HasKeys);

        keys.IsDown = false;
        bot.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(HttpStatusCode.OK, await bot.PostAsync(bot.Token()));
        Assert.True(bot.Authentication.HasKeys);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_that_does_not_endorse_the_channel_is_refused(bool has)
    {
        _keys.Serve(TestKey.Second with { Endorsements = has ? ["webchat", "MSTEAMS", "msteams2"] : null });
        await Refuses(HttpStatusCode.Forbidden, _bot.Token(key: TestKey.Second));
    }

    [Fact]
    public async Task Endorsement_is_asked_of_every_activity_of_a_remembered_token()
    {
        await using var bot = await BotUnderTest.StartAsync(
            _keys, more: [("Bot:AllowedChannels:0", "msteams"), ("Bot:AllowedChannels:1", "directline"), ("Bot:AllowedChannels:2", "webchat")]);
        var token = bot.Token();
        Assert.Equal(HttpStatusCode.OK, await PostAs("msteams"));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAs("directline"));
        Assert.Equal(HttpStatusCode.OK, await PostAs("webchat"));

        Task<HttpStatusCode> PostAs(string channel)
        {
            var message = BotUnderTest.Message();
            message["channelId"] = channel;
            return bot.PostAsync(message, token);
        }
    }

    [Fact]
    public async Task A_token_without_service_url_is_refused()
    {
        await Refuses(HttpStatusCode.Forbidden, _bot.Token(claims => claims.Remove("serviceurl")));
        await Refuses(HttpStatusCode.Forbidden, _bot.Token(claims => claims["serviceurl"] = ""), MessageAt(""));
        await Refuses(HttpStatusCode.Forbidden, _bot.Token(claims => claims.Remove("serviceurl")), MessageAt(null));
    }

    [Fact]
    public async Task A_token_made_for_another_service_url_is_refused_even_when_remembered()
    {
        var token = _bot.Token();
        await Accepts(token);
        await Refuses(HttpStatusCode.Forbidden, token, MessageAt("https://smba.trafficmanager.net/amer/"));
        await Refuses(HttpStatusCode.Forbidden, token, MessageAt("https://smba.trafficmanager.net/EMEA/"));
        await Refuses(HttpStatusCode.Forbidden, token, MessageAt("https://smba.infra.gcc.teams.microsoft.com/emea/"));
        await Refuses(HttpStatusCode.Forbidden, token, MessageAt(null));
        await Accepts(token);
    }

    [Fact]
    public async Task A_trailing_slash_or_the_case_of_the_host_makes_no_other_service_url()
    {
        await Accepts(_bot.Token(), MessageAt("https://smba.trafficmanager.net/emea"));
        await Accepts(_bot.Token(claims => claims["serviceurl"] = "https://SMBA.trafficmanager.net/emea"), MessageAt("https://smba.trafficmanager.net/emea/"));
    }

    [Fact]
    public async Task Without_an_app_id_every_activity_is_refused_and_the_log_says_so_once()
    {
        await using var bot = await BotUnderTest.StartAsync(BotUnderTest.Settings(_keys.Metadata, ("Bot:AppId", null)));
        Assert.Equal(HttpStatusCode.Unauthorized, await bot.PostAsync(bot.Token()));
        Assert.Equal(HttpStatusCode.Unauthorized, await bot.PostAsync(bot.Token(claims => claims["aud"] = "")));
        Assert.Equal(HttpStatusCode.Unauthorized, await bot.PostAsync((string?)null));
        Assert.Single(bot.Log.Lines, line => line.Level == Microsoft.Extensions.Logging.LogLevel.Critical && line.Text.Contains("Bot:AppId", StringComparison.Ordinal));
        Assert.False(bot.Authentication.HasKeys);
    }

    [Fact]
    public async Task Tokens_and_text_are_never_logged()
    {
        var token = _bot.Token();
        await Accepts(token);
        await Refuses(HttpStatusCode.Unauthorized, _bot.Token(claims => claims["iss"] = "https://evil.example"));
        await Refuses(HttpStatusCode.Forbidden, token, MessageAt("https://evil.example/"));
        Assert.NotEmpty(_bot.Log.Lines);
        foreach (var secret in new[] { token, token.Split('.')[2], "delegate the budget", "evil.example" })
        {
            Assert.DoesNotContain(_bot.Log.Lines, line => line.Text.Contains(secret, StringComparison.Ordinal));
        }
    }
}
