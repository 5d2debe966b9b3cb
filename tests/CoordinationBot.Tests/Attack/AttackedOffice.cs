using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Protocol.Tests.Hosting;
using CoordinationBot.Tests.Scenarios;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Tests.Attack;

/// <summary>
/// An office whose host listens on loopback and checks who speaks, as in production; and what an attacker has: its address, and whatever can be put together by hand.
/// </summary>
internal sealed class AttackedOffice : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 1000 });

    private AttackedOffice(KeyServer keys, Action<IWebHostBuilder>? web, string[] administrators)
    {
        Keys = keys;
        Office = new TestOffice(Watched, web: web, keys: keys, administrators: administrators);
    }

    public KeyServer Keys { get; }

    public TestOffice Office { get; }

    public WatchedLog Log { get; } = new();

    /// <summary>Also what fails when it is looked at ahead of time, which is said to nobody else.</summary>
    private void Watched(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(Log).AddLogging(logging => logging.AddFilter<WatchedLog>("CoordinationBot", LogLevel.Debug));

    public static async Task<AttackedOffice> StartAsync(Action<IWebHostBuilder>? web = null, params string[] administrators) =>
        new(await KeyServer.StartAsync(), web, administrators);

    /// <summary>A token of the channel for this bot, after the changes.</summary>
    public string Token(Action<JsonObject>? claims = null, Action<JsonObject>? header = null) => Tokens.Signed(
        Office.Clock.GetUtcNow(),
        payload =>
        {
            payload["aud"] = TestOffice.AppId;
            claims?.Invoke(payload);
        },
        changeHeader: header);

    public JsonObject Message(string who = "ann", string text = "help", string? id = null) => Office.Activity(who, "message", activity => activity["text"] = text, id);

    public Task<HttpStatusCode> PostAsync(JsonObject activity, string token) => PostAsync(Encoding.UTF8.GetBytes(activity.ToJsonString()), token);

    /// <summary>Posts bytes; no refusal says more than its status.</summary>
    public async Task<HttpStatusCode> PostAsync(byte[] body, string token, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Office.Address, "/api/messages")) { Content = new ByteArrayContent(body) };
        if (contentType.Length > 0)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }
        return response.StatusCode;
    }

    /// <summary>A connection on which anything can be written.</summary>
    public async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Office.Address.Port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>The beginning of a post, up to the empty line.</summary>
    public byte[] Head(params string[] headers) => Encoding.ASCII.GetBytes(
        $"POST /api/messages HTTP/1.1\r\nHost: {Office.Address.Authority}\r\nContent-Type: application/json\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    /// <summary>Writes, and reads until the host hangs up; what it said, perhaps nothing.</summary>
    public async Task<string> ExchangeAsync(params byte[][] parts)
    {
        await using var connection = await ConnectAsync();
        try
        {
            foreach (var part in parts)
            {
                await connection.WriteAsync(part);
            }
        }
        catch (IOException)
        {
            // It did not want to hear the rest, which is what some tests are about.
        }
        return await ReadAsync(connection);
    }

    public static async Task<string> ReadAsync(NetworkStream connection)
    {
        var (said, buffer) = (new StringBuilder(), new byte[4096]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            while (await connection.ReadAsync(buffer, patience.Token) is > 0 and var count)
            {
                said.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Reset: it hung up with something of ours unread.
        }
        return said.ToString();
    }

    /// <summary>Somebody honest is served, whatever was done before.</summary>
    public async Task ServesAsync()
    {
        Assert.NotEmpty((await Office.SaysAsync("ann", "help")).Words);
        Assert.Empty(Log.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Office.DisposeAsync();
        await Keys.DisposeAsync();
    }
}
