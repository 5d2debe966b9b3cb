using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CoordinationBot.Benchmarks.Channel;

/// <summary>
/// The channel on loopback: the connector that takes what the bot sends, the metadata with our own signing key, the managed identity that
/// gives the bot its token; and the sender of activities, with one token for all of them as Teams does.
/// </summary>
internal sealed class TeamsChannel : IAsyncDisposable
{
    private const string KeyId = "benchmark";

    private readonly WebApplication _app;
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = 64 });
    private readonly AuthenticationHeaderValue _token;
    private long _calls;

    private TeamsChannel()
    {
        var key = new RsaSecurityKey(_rsa) { KeyId = KeyId };
        _token = new("Bearer", new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "https://api.botframework.com",
            Audience = Office.AppId,
            Expires = DateTime.UtcNow.AddHours(1),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object> { ["serviceurl"] = Office.ServiceUrl },
        }));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public string Address => _app.Urls.First();

    /// <summary>Calls of the connector so far.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    public TimeSpan Delay { get; set; }

    /// <summary>Method and path of every call, when somebody looks.</summary>
    public ConcurrentQueue<string>? Seen { get; set; }

    public static async Task<TeamsChannel> StartAsync()
    {
        var channel = new TeamsChannel();
        await channel._app.StartAsync();
        return channel;
    }

    /// <summary>Settings of a host that authenticates as in production.</summary>
    public Dictionary<string, string> Settings(string storePath) => new()
    {
        ["Bot__AppId"] = Office.AppId,
        ["Bot__TenantId"] = Office.Tenant,
        ["Bot__OpenIdMetadata"] = $"{Address}/metadata",
        ["Storage__Path"] = storePath,
        // The same work at whatever time it is measured.
        ["Office__QuietHours"] = "none",
        ["Office__WorkingWeek"] = "Mon-Sun",
        // The host's own speed is measured, not that which the platform allows.
        ["Notices__PerSecond"] = "1000",
        // The managed identity of Azure App Service, which is plain HTTP on loopback there too.
        ["IDENTITY_ENDPOINT"] = $"{Address}/identity",
        ["IDENTITY_HEADER"] = "benchmark",
        ["BENCHMARK_CONNECTOR"] = Address,
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
    };

    /// <summary>Posts an activity; the body of the answer.</summary>
    public async Task<byte[]> PostAsync(string host, byte[] activity, bool withToken = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host}/api/messages") { Content = new ByteArrayContent(activity) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.Authorization = withToken ? _token : null;
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"The host answered {(int)response.StatusCode}.");
    }

    public async Task<bool> IsReadyAsync(string host)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri($"{host}/health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task UntilReadyAsync(string host)
    {
        var from = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(host))
        {
            if (Stopwatch.GetElapsedTime(from) > TimeSpan.FromMinutes(1))
            {
                throw new TimeoutException("The host did not become ready.");
            }
            await Task.Delay(2);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
        _rsa.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/teams/v3/", StringComparison.Ordinal))
        {
            while (true)
            {
                var read = await context.Request.BodyReader.ReadAsync();
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
            Seen?.Enqueue($"{context.Request.Method} {path}");
            if (Delay > TimeSpan.Zero)
            {
                await Task.Delay(Delay);
            }
            var number = Interlocked.Increment(ref _calls);
            await WriteAsync(context, string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{number}}"}"""));
            return;
        }
        var key = _rsa.ExportParameters(false);
        await WriteAsync(context, path switch
        {
            "/metadata" => $$"""{"issuer":"https://api.botframework.com","jwks_uri":"{{Address}}/keys","id_token_signing_alg_values_supported":["RS256"]}""",
            "/keys" => $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"{{KeyId}}","n":"{{Base64UrlEncoder.Encode(key.Modulus)}}","e":"{{Base64UrlEncoder.Encode(key.Exponent)}}","endorsements":["msteams"]}]}""",
            "/identity" => $$"""{"access_token":"a-token-about-as-long-as-they-are-{{new string('x', 1200)}}","expires_on":"{{DateTimeOffset.UtcNow.AddHours(8).ToUnixTimeSeconds()}}","resource":"https://api.botframework.com","token_type":"Bearer"}""",
            _ => throw new InvalidOperationException($"Nobody should ask for {path}."),
        });
    }

    private static Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        return context.Response.WriteAsync(json);
    }
}
