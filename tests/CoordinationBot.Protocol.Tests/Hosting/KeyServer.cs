using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Protocol.Tests.Hosting;

/// <summary>The login service of the channel, on loopback: metadata and keys, which can change and be down, and every fetch is counted.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile IReadOnlyList<TestKey> _keys = [TestKey.First];
    private int _fetches;

    private KeyServer(WebApplication app) => _app = app;

    public string Metadata => _app.Urls.Single() + "/v1/.well-known/openidconfiguration";

    /// <summary>Times the keys were fetched.</summary>
    public int Fetches => Volatile.Read(ref _fetches);

    public bool IsDown { get; set; }

    public void Serve(params TestKey[] keys) => _keys = keys;

    public static async Task<KeyServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new KeyServer(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        if (IsDown)
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        }
        JsonObject answer;
        if (context.Request.Path.Value!.EndsWith("/openidconfiguration", StringComparison.Ordinal))
        {
            answer = new() { ["issuer"] = Tokens.Issuer, ["jwks_uri"] = _app.Urls.Single() + "/v1/.well-known/keys" };
        }
        else
        {
            Interlocked.Increment(ref _fetches);
            answer = new() { ["keys"] = new JsonArray([.. _keys.Select(key => key.Jwk())]) };
        }
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}

/// <summary>A key pair of the login service.</summary>
internal sealed record TestKey(string Id, RSA Rsa, params string[]? Endorsements)
{
    /// <summary>What the service starts with.</summary>
    public static TestKey First { get; } = new("first", RSA.Create(2048), "msteams", "webchat");

    /// <summary>What it changes to.</summary>
    public static TestKey Second { get; } = new("second", RSA.Create(2048), "msteams");

    public JsonNode Jwk()
    {
        var key = Rsa.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = Id,
            ["n"] = Tokens.Encode(key.Modulus!),
            ["e"] = Tokens.Encode(key.Exponent!),
        };
        if (Endorsements is not null)
        {
            jwk["endorsements"] = JsonSerializer.SerializeToNode(Endorsements);
        }
        return jwk;
    }
}
