using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CoordinationBot.Playground.Hubs;

/// <summary>An HTTP answer on its way through the hub.</summary>
public sealed record HubAnswer(int Status, string Body, string ContentType = "application/json")
{
    public TimeSpan? RetryAfter { get; init; }

    public JsonNode? Json => Parse(Body);

    /// <summary>The id in the body, if there is one.</summary>
    public string? Id => Json is JsonObject o && o["id"] is JsonValue id && id.TryGetValue(out string? text) ? text : null;

    public static HubAnswer Of(int status, JsonObject body) => new(status, body.ToJsonString());

    /// <summary>An error in the shape of the Bot Connector.</summary>
    public static HubAnswer Error(int status, string code, string message) =>
        Of(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });

    /// <summary>The JSON in a body, or null when it is empty or none.</summary>
    public static JsonNode? Parse(string body)
    {
        try
        {
            return body.Length == 0 ? null : JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The hub's own calls, to the bot and to the Playgrounds.</summary>
internal sealed class Forwarder : IDisposable
{
    // Some calls to a Playground are never answered (the second chunk of a stream in a group).
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public async Task<HubAnswer> SendAsync(string method, Uri url, string? body, string? bearer, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (bearer is not null) request.Headers.Authorization = new("Bearer", bearer);
        try
        {
            using var answer = await _http.SendAsync(request, cancel);
            return new HubAnswer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel), answer.Content.Headers.ContentType?.ToString() ?? "application/json")
            {
                RetryAfter = answer.Headers.RetryAfter?.Delta,
            };
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return HubAnswer.Error(502, "HubCannotReach", $"{method} {url}: {e.Message}");
        }
    }

    public void Dispose() => _http.Dispose();
}
