using System.Net;
using System.Text.Json;

namespace CoordinationBot.Calendars;

/// <summary>Makes events in mailboxes of Microsoft 365. Graph invites whoever is in them, tells them of changes, and takes their answers.</summary>
/// <param name="client">Asks.</param>
/// <param name="tenant">The only one in whose mailboxes it may write.</param>
/// <param name="mailbox">Where all events are made; null: each with its organiser.</param>
/// <param name="logger">The log.</param>
internal sealed partial class GraphWriter(GraphClient client, string tenant, string? mailbox, ILogger<GraphWriter> logger) : ICalendarWriter
{
    /// <summary>Others wait behind it: whoever takes longer is asked again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string? MailboxOf(string tenantOfOrganiser, string organiser) => tenantOfOrganiser == tenant ? mailbox ?? organiser : null;

    public async ValueTask<CalendarAct> MakeAsync(string mailbox, string key, CalendarEntry entry, CancellationToken cancel)
    {
        var answer = await AskAsync(HttpMethod.Post, $"{Of(mailbox)}/events", JsonContent.Create(GraphEventRules.Make(key, entry), GraphJson.Default.GraphEvent), cancel);
        return answer is not { Act: CalendarAct.Refused or CalendarAct.Later, Code: var code } || !GraphEventRules.IsKnown(code) ? answer.Act
            : await FindAsync(mailbox, key, cancel) switch
            {
                CalendarAct.Done known => known with { IsAsAsked = false },
                CalendarAct.Gone => new CalendarAct.Later(),
                var other => other,
            };
    }

    public async ValueTask<CalendarAct> FindAsync(string mailbox, string key, CancellationToken cancel) =>
        (await AskAsync(HttpMethod.Get, $"{Of(mailbox)}/events?{GraphEventRules.ByKey(key)}", null, cancel)).Act;

    public async ValueTask<CalendarAct> ChangeAsync(string mailbox, string id, CalendarEntry? before, CalendarEntry after, CancellationToken cancel) =>
        (await AskAsync(HttpMethod.Patch, Event(mailbox, id), JsonContent.Create(GraphEventRules.Change(before, after), GraphJson.Default.GraphEvent), cancel)).Act;

    public async ValueTask<CalendarAct> CancelAsync(string mailbox, string id, string? reason, bool hasGuests, CancellationToken cancel)
    {
        // Only what somebody is invited to can be cancelled; the rest is taken out.
        var cancelled = hasGuests
            ? (await AskAsync(HttpMethod.Post, $"{Event(mailbox, id)}/cancel", JsonContent.Create(new GraphCancellation(reason ?? ""), GraphJson.Default.GraphCancellation), cancel)).Act
            : new CalendarAct.Refused(CalendarRefusal.NotTaken);
        return cancelled is CalendarAct.Refused { Why: CalendarRefusal.NotTaken } ? (await AskAsync(HttpMethod.Delete, Event(mailbox, id), null, cancel)).Act : cancelled;
    }

    private static string Of(string mailbox) => $"users/{Uri.EscapeDataString(mailbox)}";

    private static string Event(string mailbox, string id) => $"{Of(mailbox)}/events/{Uri.EscapeDataString(id)}";

    private async ValueTask<(CalendarAct Act, string? Code)> AskAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var request = client.Request(method, path, content);
            // Or the id would be another one when somebody moves the event into another folder.
            request.Headers.Add("Prefer", "IdType=\"ImmutableId\"");
            using var response = await client.SendAsync(request, patience.Token);
            if (response.IsSuccessStatusCode)
            {
                return (await ReadAsync(method, response, patience.Token), null);
            }
            var code = await CodeAsync(response, patience.Token);
            LogNotDone(logger, method, response.StatusCode, code);
            return (GraphEventRules.Failed(response.StatusCode, code, client.RetryAfter(response)), code);
        }
        catch (Exception failure) when (failure is GraphException or JsonException or IOException or HttpRequestException || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            LogNoAnswer(logger, method, failure.GetType().Name);
            return (new CalendarAct.Later(), null);
        }
    }

    /// <summary>A list holds one event at most, and what was changed or cancelled bears no id that matters.</summary>
    private static async ValueTask<CalendarAct> ReadAsync(HttpMethod method, HttpResponseMessage response, CancellationToken cancel)
    {
        if (method == HttpMethod.Get)
        {
            var list = await response.Content.ReadFromJsonAsync(GraphJson.Default.GraphEventIds, cancel);
            return list?.Value is not { } found ? throw new JsonException("It is no list.") : found is [{ Id: { } id }, ..] ? new CalendarAct.Done(id) : CalendarAct.Gone.Instance;
        }
        return response.StatusCode != HttpStatusCode.Created ? new CalendarAct.Done("")
            : (await response.Content.ReadFromJsonAsync(GraphJson.Default.GraphEventId, cancel))?.Id is { } made ? new CalendarAct.Done(made) : throw new JsonException("It has no id.");
    }

    /// <summary>Its words may hold names and addresses: only the code is read.</summary>
    private static async ValueTask<string?> CodeAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            return (await response.Content.ReadFromJsonAsync(GraphJson.Default.GraphFailure, cancel))?.Error?.Code;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [LoggerMessage(401, LogLevel.Warning, "Graph did not do what it was asked to with an event ({Method}): it answered {Status} {Code}.")]
    private static partial void LogNotDone(ILogger logger, HttpMethod method, HttpStatusCode status, string? code);

    [LoggerMessage(402, LogLevel.Warning, "Graph said nothing about an event ({Method}): {Failure}.")]
    private static partial void LogNoAnswer(ILogger logger, HttpMethod method, string failure);
}
