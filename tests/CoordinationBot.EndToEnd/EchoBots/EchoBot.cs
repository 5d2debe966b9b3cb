using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CoordinationBot.EndToEnd.EchoBots;

/// <summary>The smallest bot that shows all the driver can do. Configured as the real host is.</summary>
internal sealed class EchoBot : IDisposable
{
    private const string Wanted = "RUN_AS_ECHO_BOT";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string? _metadata = Environment.GetEnvironmentVariable("Bot__OpenIdMetadata");
    private readonly string? _identity = Environment.GetEnvironmentVariable("IDENTITY_ENDPOINT");
    private ConfigurationManager<OpenIdConnectConfiguration>? _keys;

    public static bool IsWanted => Environment.GetEnvironmentVariable(Wanted) is not null;

    /// <summary>Makes an office start this bot in place of the real host.</summary>
    public static Client.OfficeOptions InOffice(Client.OfficeOptions options) => options with
    {
        HostAssembly = typeof(EchoBot).Assembly.Location,
        Settings = new Dictionary<string, string> { [Wanted] = "true" },
    };

    public static async Task<int> RunAsync()
    {
        using var bot = new EchoBot();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/health/live", () => "alive");
        app.MapPost("/api/messages", bot.TakeAsync);
        await app.RunAsync();
        return 0;
    }

    public void Dispose() => _http.Dispose();

    private async Task<IResult> TakeAsync(HttpContext context, JsonObject activity)
    {
        if (!await IsSignedAsync(context.Request.Headers.Authorization.ToString())) return Results.Unauthorized();
        if (activity["type"]!.ToString() == "invoke") return Results.Json(Invoke(activity));
        if (activity["type"]!.ToString() == "message") await AnswerAsync(activity);
        return Results.Accepted();
    }

    private async Task<bool> IsSignedAsync(string authorization)
    {
        if (_metadata is null) return true;
        _keys ??= new(_metadata, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(_http) { RequireHttps = false });
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(authorization.Replace("Bearer ", "", StringComparison.Ordinal), new TokenValidationParameters
        {
            ValidIssuer = "https://api.botframework.com",
            ValidAudience = Environment.GetEnvironmentVariable("Bot__AppId"),
            ConfigurationManager = _keys,
        });
        return result.IsValid;
    }

    private async Task AnswerAsync(JsonObject activity)
    {
        var text = activity["text"]?.ToString().Replace("<at>CoordinationBot</at>", "", StringComparison.Ordinal).Trim() ?? "";
        if (activity["value"] is JsonObject value)
        {
            await SendAsync(activity, Text($"submitted {value.ToJsonString()}"));
            return;
        }

        var words = text.Split(' ', 3);
        switch (words[0])
        {
            case "form":
                await SendAsync(activity, Card(EchoCards.Form));
                break;
            case "approval":
                await SendAsync(activity, Card(EchoCards.Approval("open")));
                break;
            case "many":
                await SendAsync(activity, Card(EchoCards.Many));
                break;
            case "markdown":
                await SendAsync(activity, Text(EchoCards.Markdown));
                await SendAsync(activity, Card(EchoCards.MarkdownCard));
                break;
            case "direct":
                var created = await CallAsync(activity, HttpMethod.Post, "v3/conversations", new JsonObject { ["isGroup"] = false, ["members"] = new JsonArray(new JsonObject { ["id"] = words[1] }) });
                if (created.Answer?["id"]?.ToString() is { } chat)
                    await CallAsync(activity, HttpMethod.Post, $"v3/conversations/{Uri.EscapeDataString(chat)}/activities", Text(words[2]));
                await SendAsync(activity, Text($"direct: {created.Status} {created.Answer?["error"]?["code"]}"));
                break;
            case "member":
                var member = await CallAsync(activity, HttpMethod.Get, $"v3/conversations/{Conversation(activity)}/members/{Uri.EscapeDataString(words[1])}", null);
                await SendAsync(activity, Text($"member: {member.Status} {member.Answer?["name"]}"));
                break;
            case "delete":
                var sent = await SendAsync(activity, Text("soon gone"));
                var deleted = await CallAsync(activity, HttpMethod.Delete, $"v3/conversations/{Conversation(activity)}/activities/{sent}", null);
                await SendAsync(activity, Text($"delete: {deleted.Status}"));
                break;
            case "post":
                await CallAsync(activity, HttpMethod.Post, "v3/conversations", new JsonObject
                {
                    ["isGroup"] = true,
                    ["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = activity["channelData"]!["channel"]!["id"]!.ToString() } },
                    ["activity"] = Card(EchoCards.Approval("posted")),
                });
                break;
            default:
                var status = await SendStatusAsync(activity, Text($"echo: {text}"));
                if (status >= 400) await SendAsync(activity, Text($"the echo was refused: {status}"));
                break;
        }
    }

    private static JsonObject Invoke(JsonObject activity)
    {
        var action = activity["value"]!["action"]!;
        return action["verb"]!.ToString() switch
        {
            "approve" => new JsonObject
            {
                ["statusCode"] = 200,
                ["type"] = "application/vnd.microsoft.card.adaptive",
                ["value"] = EchoCards.Approval($"approved by {activity["from"]!["name"]} on {activity["replyToId"]} because {action["data"]?["why"]}"),
            },
            _ => new JsonObject { ["statusCode"] = 200, ["type"] = "application/vnd.microsoft.activity.message", ["value"] = $"You pressed {action["title"]}." },
        };
    }

    private static JsonObject Text(string text) => new() { ["type"] = "message", ["text"] = text };

    private static JsonObject Card(JsonObject card) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card }),
    };

    private static string Conversation(JsonObject activity) => Uri.EscapeDataString(activity["conversation"]!["id"]!.ToString());

    private async Task<string?> SendAsync(JsonObject activity, JsonObject message) =>
        (await CallAsync(activity, HttpMethod.Post, $"v3/conversations/{Conversation(activity)}/activities", message)).Answer?["id"]?.ToString();

    private async Task<int> SendStatusAsync(JsonObject activity, JsonObject message) =>
        (await CallAsync(activity, HttpMethod.Post, $"v3/conversations/{Conversation(activity)}/activities", message)).Status;

    private async Task<(int Status, JsonNode? Answer)> CallAsync(JsonObject activity, HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, activity["serviceUrl"]! + path);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (_identity is not null)
        {
            var token = await _http.GetFromJsonAsync<JsonObject>($"{_identity}?resource=https://api.botframework.com");
            request.Headers.Authorization = new("Bearer", token!["access_token"]!.ToString());
        }

        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null);
    }
}
