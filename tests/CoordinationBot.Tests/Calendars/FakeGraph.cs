using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Azure.Core;
using CoordinationBot.Calendars;
using CoordinationBot.Protocol.Connector;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoordinationBot.Tests.Calendars;

/// <summary>Mailboxes of Microsoft 365 on loopback, as far as events go: it takes what the documentation allows, and tells people what Graph would tell them.</summary>
internal sealed class FakeGraph : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonObject> _events = [];
    private readonly List<string> _asked = [];
    private readonly List<string> _told = [];
    private WebServer _server = null!;

    /// <summary>What to answer instead, before anything is done; null: as it should be.</summary>
    public Func<string, (int Status, string? Code, string? RetryAfter)?> Fault { get; set; } = _ => null;

    /// <summary>Whether what was done is not said.</summary>
    public Func<string, bool> Loses { get; set; } = _ => false;

    public IReadOnlyList<string> Asked => Copy(_asked);

    /// <summary>The mails it sent: <c>invitation</c>, <c>update</c> or <c>cancellation</c>, and to whom.</summary>
    public IReadOnlyList<string> Told => Copy(_told);

    public ConcurrentQueue<string> Wrong { get; } = [];

    public IReadOnlyList<JsonObject> Events => Copy(_events.Values);

    public static async Task<FakeGraph> StartAsync()
    {
        var graph = new FakeGraph();
        graph._server = await WebServer.StartAsync(graph.AnswerAsync);
        return graph;
    }

    public GraphWriter Writer(string tenant, string? mailbox = null) => new(
        new GraphClient(new HttpClient(), _server.Address.AbsoluteUri.TrimEnd('/'), new BotToken(new Credential(), "scope", TimeProvider.System), TimeProvider.System),
        tenant,
        mailbox,
        NullLogger<GraphWriter>.Instance);

    /// <summary>Somebody takes it out in Outlook, which tells its guests.</summary>
    public void Delete()
    {
        lock (_lock)
        {
            foreach (var known in _events.Values)
            {
                Tell("cancellation", Guests(known));
            }
            _events.Clear();
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var body = context.Request.ContentLength is null or > 0 && context.Request.Method is "POST" or "PATCH" ? (await JsonNode.ParseAsync(context.Request.Body))!.AsObject() : [];
        lock (_lock)
        {
            if (context.Request.Headers.Authorization != "Bearer the-token" || context.Request.Headers["Prefer"] != "IdType=\"ImmutableId\"")
            {
                Wrong.Enqueue("headers");
            }
            var path = context.Request.Path.Value!.Split('/')[2..];
            var what = $"{context.Request.Method} {string.Join('/', path[3..])}";
            _asked.Add(context.Request.Method == "PATCH" ? $"PATCH {string.Join(' ', body.Select(property => property.Key))}" : what.TrimEnd('/', ' '));
            if (path[0] != "users" || path[2] != "events")
            {
                Wrong.Enqueue(context.Request.Path.Value!);
            }
            if (Fault(context.Request.Method) is var (status, code, retryAfter))
            {
                context.Response.StatusCode = status;
                context.Response.Headers.RetryAfter = retryAfter;
                Answer(context, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "No." } });
                return;
            }
            var answer = Do(context, path[1], path.ElementAtOrDefault(3), path.ElementAtOrDefault(4), body);
            if (Loses(context.Request.Method))
            {
                (context.Response.StatusCode, answer) = (502, null);
            }
            if (answer is not null)
            {
                Answer(context, answer);
            }
        }
    }

    private JsonObject? Do(HttpContext context, string mailbox, string? id, string? act, JsonObject body)
    {
        switch (context.Request.Method)
        {
            case "GET":
                return new JsonObject { ["value"] = new JsonArray([.. _events.Values.Where(known => context.Request.Query["$filter"].ToString().Contains($"ep/value eq '{known["transactionId"]}'", StringComparison.Ordinal)).Select(known => new JsonObject { ["id"] = known["id"]!.DeepClone() })]) };
            case "POST" when id is null:
                if (_events.Values.FirstOrDefault(known => known["transactionId"]!.GetValue<string>() == body["transactionId"]!.GetValue<string>()) is { } made)
                {
                    var isSame = body.All(property => JsonNode.DeepEquals(property.Value, made[property.Key]));
                    context.Response.StatusCode = isSame ? 201 : 400;
                    return isSame ? made.DeepClone().AsObject() : new JsonObject { ["error"] = new JsonObject { ["code"] = "ErrorDuplicateTransactionId" } };
                }
                body["id"] = $"AAMk/{_told.Count}=";
                body["mailbox"] = mailbox;
                _events[body["id"]!.GetValue<string>()] = body;
                Tell("invitation", Guests(body));
                context.Response.StatusCode = 201;
                return body.DeepClone().AsObject();
            case var _ when !_events.ContainsKey(Uri.UnescapeDataString(id!)):
                context.Response.StatusCode = 404;
                return new JsonObject { ["error"] = new JsonObject { ["code"] = "ErrorItemNotFound" } };
            case "PATCH":
                return Change(_events[Uri.UnescapeDataString(id!)], body);
            case "POST" when act == "cancel":
            case "DELETE":
                Tell("cancellation", Guests(_events[Uri.UnescapeDataString(id!)]));
                _events.Remove(Uri.UnescapeDataString(id!));
                context.Response.StatusCode = act is null ? 204 : 202;
                return null;
            default:
                context.Response.StatusCode = 405;
                return null;
        }
    }

    private JsonObject Change(JsonObject known, JsonObject body)
    {
        var before = Guests(known);
        foreach (var (name, value) in body)
        {
            known[name] = value?.DeepClone();
        }
        var after = Guests(known);
        // Guests alone disturb nobody else.
        Tell("invitation", after.Except(before));
        Tell("cancellation", before.Except(after));
        if (body.Count > 1 || body["attendees"] is null)
        {
            Tell("update", after.Intersect(before));
        }
        return known.DeepClone().AsObject();
    }

    private void Tell(string what, IEnumerable<string> whom) => _told.AddRange(whom.Select(address => $"{what} {address}"));

    private static string[] Guests(JsonObject known) => [.. known["attendees"]!.AsArray().Select(guest => guest!["emailAddress"]!["address"]!.GetValue<string>())];

    private static void Answer(HttpContext context, JsonObject answer)
    {
        context.Response.ContentType = "application/json";
        context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString())).AsTask().GetAwaiter().GetResult();
    }

    private List<T> Copy<T>(IEnumerable<T> items)
    {
        lock (_lock)
        {
            return [.. items];
        }
    }

    private sealed class Credential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("the-token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
