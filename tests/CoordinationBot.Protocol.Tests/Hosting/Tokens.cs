using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CoordinationBot.Protocol.Tests.Hosting;

/// <summary>Tokens as the channel makes them, and as it would never make them: put together by hand, since no library writes bad ones.</summary>
internal static class Tokens
{
    public const string Issuer = "https://api.botframework.com";
    public const string AppId = "11111111-2222-3333-4444-555555555555";
    public const string ServiceUrl = "https://smba.trafficmanager.net/emea/";

    /// <summary>A good token, after the changes.</summary>
    public static string Signed(DateTimeOffset now, Action<JsonObject>? change = null, TestKey? key = null, Action<JsonObject>? changeHeader = null, HashAlgorithmName? hash = null)
    {
        key ??= TestKey.First;
        var unsigned = Unsigned(now, key.Id, change, changeHeader);
        return unsigned + "." + Encode(key.Rsa.SignData(Encoding.ASCII.GetBytes(unsigned), hash ?? HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>Header and payload.</summary>
    public static string Unsigned(DateTimeOffset now, string keyId, Action<JsonObject>? change = null, Action<JsonObject>? changeHeader = null)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = keyId, ["typ"] = "JWT" };
        changeHeader?.Invoke(header);
        var payload = new JsonObject
        {
            ["serviceurl"] = ServiceUrl,
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
            ["iss"] = Issuer,
            ["aud"] = AppId,
        };
        change?.Invoke(payload);
        return Encode(Encoding.UTF8.GetBytes(header.ToJsonString())) + "." + Encode(Encoding.UTF8.GetBytes(payload.ToJsonString()));
    }

    public static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
