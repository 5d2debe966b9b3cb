using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Protocol.Tests.Hosting;
using CoordinationBot.Tests.Scenarios;

namespace CoordinationBot.Tests.Attack;

/// <summary>Tokens that the channel never made, and tokens that it made for something else.</summary>
public sealed class TokenAttacks
{
    [Fact]
    public async Task No_other_algorithm_than_the_channel_s_is_believed()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        var publicKey = TestKey.First.Rsa.ExportSubjectPublicKeyInfoPem();
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (var (algorithm, sign) in new (string, Func<byte[], byte[]>)[]
        {
            ("none", _ => []), ("None", _ => []), ("", _ => []),
            // The public key is everybody's: as a secret it proves nothing.
            ("HS256", data => HMACSHA256.HashData(Encoding.ASCII.GetBytes(publicKey), data)), ("HS256", data => HMACSHA256.HashData(TestKey.First.Rsa.ExportSubjectPublicKeyInfo(), data)),
            ("PS256", data => TestKey.First.Rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)), ("RS256", data => TestKey.First.Rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
            ("RS512", data => TestKey.First.Rsa.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1)), ("ES256", data => curve.SignData(data, HashAlgorithmName.SHA256)), ("RS256", data => curve.SignData(data, HashAlgorithmName.SHA256)),
        })
        {
            var token = Signed(attacked, header => header["alg"] = algorithm, sign);
            Assert.Equal((algorithm, HttpStatusCode.Unauthorized), (algorithm, await attacked.PostAsync(attacked.Message(), token)));
        }
        await attacked.ServesAsync();
    }

    [Fact]
    public async Task Neither_a_key_nor_an_address_of_one_in_a_token_is_looked_at()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        // Serves the attacker's own key, if anybody asks for it.
        await using var theirs = await KeyServer.StartAsync();
        var key = new TestKey(TestKey.First.Id, RSA.Create(2048), "msteams");
        theirs.Serve(key);
        foreach (var name in (string[])["jku", "x5u", "jwk", "x5c", "x5t", "jwks_uri"])
        {
            var token = Signed(
                attacked,
                header => header[name] = name switch { "jwk" => key.Jwk(), "x5c" => new JsonArray(Convert.ToBase64String(key.Rsa.ExportSubjectPublicKeyInfo())), _ => theirs.Metadata.Replace("openidconfiguration", "keys", StringComparison.Ordinal) },
                data => key.Rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            Assert.Equal((name, HttpStatusCode.Unauthorized), (name, await attacked.PostAsync(attacked.Message(), token)));
        }
        Assert.Equal(0, theirs.Fetches);
        await attacked.ServesAsync();
    }

    [Fact]
    public async Task A_key_id_is_a_name_and_leads_nowhere()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        var fetches = attacked.Keys.Fetches;
        foreach (var id in (string[])
        [
            "../../../../dev/null", "/dev/null", "file:///etc/passwd", "http://127.0.0.1:1/keys", $"{attacked.Keys.Metadata}", "' OR '1'='1", "first'; DROP TABLE rows; --", "first\0", "first\r\nX: y", " first", "FIRST", "\u202Efirst",
            "{}", "*", "%66irst", new string('k', 4000), "",
        ])
        {
            Assert.Equal((id, HttpStatusCode.Unauthorized), (id, await attacked.PostAsync(attacked.Message(), attacked.Token(header: header => header["kid"] = id))));
        }
        foreach (var id in (JsonNode[])[5, true, new JsonArray("first"), new JsonObject { ["first"] = 1 }])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await attacked.PostAsync(attacked.Message(), attacked.Token(header: header => header["kid"] = id)));
        }
        Assert.InRange(attacked.Keys.Fetches, fetches, fetches + 1);
        Assert.Empty(attacked.Log.Forged);
        await attacked.ServesAsync();
    }

    [Fact]
    public async Task A_storm_of_key_ids_is_no_storm_at_the_metadata_and_keeps_nobody_waiting()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        var fetches = attacked.Keys.Fetches;
        var storm = Enumerable.Range(0, 2_000).Select(number => Task.Run(() => attacked.PostAsync(attacked.Message(), attacked.Token(header: header => header["kid"] = $"unknown-{number}")))).ToList();
        await attacked.ServesAsync();
        Assert.All(await Task.WhenAll(storm), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.InRange(attacked.Keys.Fetches, fetches, fetches + 1);
        // Half a minute later once more, however many ask.
        attacked.Office.Clock.Advance(TimeSpan.FromSeconds(31));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => attacked.PostAsync(attacked.Message(), attacked.Token(header: header => header["kid"] = $"later-{number}"))));
        Assert.InRange(attacked.Keys.Fetches, fetches, fetches + 2);
        await attacked.ServesAsync();
    }

    [Fact]
    public async Task An_activity_that_was_overheard_is_no_use_later_elsewhere_or_to_do_it_twice()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann", "bob");
        var (token, activity) = (attacked.Token(), attacked.Message(text: Handing.Sentence(), id: "overheard"));
        Assert.Equal(HttpStatusCode.OK, await attacked.PostAsync(activity, token));
        await attacked.Office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        var sent = attacked.Office.Shown("ann").Count;
        // At once again: the same activity, done once.
        Assert.Equal(HttpStatusCode.OK, await attacked.PostAsync(activity, token));
        // For another channel, service or bot than it was made for.
        Assert.Equal(HttpStatusCode.Forbidden, await attacked.PostAsync(With(activity, "channelId", "webchat"), token));
        Assert.Equal(HttpStatusCode.Forbidden, await attacked.PostAsync(With(activity, "serviceUrl", "https://smba.trafficmanager.net/amer/"), token));
        Assert.Equal(HttpStatusCode.Unauthorized, await attacked.PostAsync(activity, attacked.Token(claims => claims["aud"] = Guid.NewGuid().ToString())));
        // Hours later its token has ended, though the key that signed it has not.
        attacked.Office.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(HttpStatusCode.Unauthorized, await attacked.PostAsync(activity, token));
        // And with a new token it is still the same activity.
        Assert.Equal(HttpStatusCode.OK, await attacked.PostAsync(activity, attacked.Token()));
        await attacked.Office.RestsAsync();
        Assert.Equal(sent, attacked.Office.Shown("ann").Count);
        await attacked.ServesAsync();
    }

    private static JsonObject With(JsonObject activity, string field, string value)
    {
        var changed = activity.DeepClone().AsObject();
        changed[field] = value;
        return changed;
    }

    private static string Signed(AttackedOffice attacked, Action<JsonObject> header, Func<byte[], byte[]> sign)
    {
        var unsigned = Tokens.Unsigned(attacked.Office.Clock.GetUtcNow(), TestKey.First.Id, claims => claims["aud"] = TestOffice.AppId, header);
        return $"{unsigned}.{Tokens.Encode(sign(Encoding.ASCII.GetBytes(unsigned)))}";
    }
}
