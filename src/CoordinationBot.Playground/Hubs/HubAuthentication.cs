using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Playground.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CoordinationBot.Playground.Hubs;

/// <summary>The token on an activity: as it should be, or wrong in one way.</summary>
public enum TokenKind
{
    Good,
    None,
    Expired,
    WrongAudience,
    WrongIssuer,
    WrongSignature,
    WrongServiceUrl,
}

/// <summary>
/// Plays both sides of the channel's authentication with a key of its own: signs the activities (metadata and keys are served
/// on loopback), and gives the bot its tokens, as Entra does for a client secret and as App Service does for a managed identity.
/// </summary>
public sealed class HubAuthentication : IDisposable
{
    public const string Issuer = "https://api.botframework.com";

    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, byte> _issued = new(StringComparer.Ordinal);
    private readonly RSA _stranger = RSA.Create(2048);
    private RSA _key = RSA.Create(2048);
    private int _keys = 1;
    private int _tokens;

    internal HubAuthentication(Uri hub, TimeProvider clock)
    {
        _clock = clock;
        Url = new Uri(hub, "/auth/");
    }

    /// <summary>How the next activities are signed.</summary>
    public TokenKind Sends { get; set; }

    /// <summary>For <c>Bot:OpenIdMetadata</c>.</summary>
    public Uri Metadata => new(Url, ".well-known/openidconfiguration");

    /// <summary>For <c>Bot:Authority</c>, if the bot has a client secret. Plain HTTP, which Azure.Identity refuses.</summary>
    public Uri Authority => new(Url, Cast.TenantId);

    /// <summary>
    /// For <c>IDENTITY_ENDPOINT</c> (with any <c>IDENTITY_HEADER</c>): App Service's managed identity, which Azure.Identity asks over plain HTTP.
    /// </summary>
    public Uri ManagedIdentity => new(Url, "managed-identity");

    private Uri Url { get; }

    private string KeyId => $"hub-key-{_keys}";

    /// <summary>From now on signs with a new key; the old one is published no more.</summary>
    public void RotateKey()
    {
        using var old = _key;
        _key = RSA.Create(2048);
        _keys++;
    }

    public void Dispose()
    {
        _key.Dispose();
        _stranger.Dispose();
    }

    internal void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/auth/.well-known/openidconfiguration", DescribeIssuer);
        app.MapGet("/auth/.well-known/openid-configuration", DescribeIssuer);
        app.MapGet("/auth/keys", DescribeKeys);
        app.MapPost("/auth/{tenant}/oauth2/v2.0/token", () => Results.Json(new JsonObject
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = 3599,
            ["ext_expires_in"] = 3599,
            ["access_token"] = Issue(),
        }));
        app.MapGet("/auth/managed-identity", (string? resource) => Results.Json(new JsonObject
        {
            ["token_type"] = "Bearer",
            ["expires_on"] = (Now + 3599).ToString(CultureInfo.InvariantCulture),
            ["resource"] = resource,
            ["access_token"] = Issue(),
        }));
    }

    internal bool Accepts(string? authorization) =>
        authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true && _issued.ContainsKey(authorization["Bearer ".Length..]);

    /// <summary>The token on an activity, or null for none.</summary>
    internal string? Sign(string? serviceUrl)
    {
        if (Sends == TokenKind.None) return null;
        var past = Sends == TokenKind.Expired ? 7200 : 0;
        return Write(
            new JsonObject
            {
                ["serviceurl"] = Sends == TokenKind.WrongServiceUrl ? "https://elsewhere.example/" : serviceUrl,
                ["iss"] = Sends == TokenKind.WrongIssuer ? "https://elsewhere.example" : Issuer,
                ["aud"] = Sends == TokenKind.WrongAudience ? "00000000-0000-4000-8000-00000000dead" : Cast.BotAppId,
                ["iat"] = Now - past,
                ["nbf"] = Now - past - 5,
                ["exp"] = Now - past + 3600,
            },
            Sends == TokenKind.WrongSignature ? _stranger : _key);
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeSeconds();

    private string Issue()
    {
        var token = Write(
            new JsonObject
            {
                ["iss"] = $"https://sts.windows.net/{Cast.TenantId}/",
                ["aud"] = Issuer,
                ["appid"] = Cast.BotAppId,
                ["iat"] = Now,
                ["exp"] = Now + 3600,
                ["jti"] = Interlocked.Increment(ref _tokens).ToString(CultureInfo.InvariantCulture),
            },
            _key);
        _issued[token] = 0;
        return token;
    }

    private string Write(JsonObject claims, RSA key)
    {
        var head = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = KeyId, ["x5t"] = KeyId };
        var signed = $"{Encode(head)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";

        static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
    }

    private IResult DescribeIssuer() => Results.Json(new JsonObject
    {
        ["issuer"] = Issuer,
        ["authorization_endpoint"] = "https://invalid.example",
        ["jwks_uri"] = new Uri(Url, "keys").ToString(),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("private_key_jwt"),
    });

    private IResult DescribeKeys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = KeyId,
                ["x5t"] = KeyId,
                ["n"] = Base64Url.EncodeToString(key.Modulus),
                ["e"] = Base64Url.EncodeToString(key.Exponent),
                ["endorsements"] = new JsonArray("msteams"), // the channels whose activities this key may sign
            }),
        });
    }
}
