using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Identity;
using CommunityToolkit.HighPerformance.Buffers;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Turns;
using Polly.Timeout;

namespace CoordinationBot.Protocol.Connector;

/// <summary>The Bot Connector REST calls the bot makes. Every failure is a <see cref="ConnectorException"/>.</summary>
public sealed class ConnectorClient(HttpMessageInvoker http)
{
    /// <summary>
    /// Longest activity with a card that is sent, in UTF-16 characters. Teams takes 100 KB counted in UTF-16, that is about 50,000 characters
    /// (format-your-bot-messages).
    /// </summary>
    public const int LongestCard = 48_000;

    /// <summary>Name of the meter with the figures of the calls.</summary>
    public const string MeterName = "CoordinationBot.Protocol.Connector";

    private const int PageSize = 500;
    private const int UsualBody = 8 * 1024;
    private static readonly JsonWriterOptions Writing = new() { Encoder = ProtocolJson.Wire.Options.Encoder, SkipValidation = true };
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };
    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("coordinationbot.connector.calls", description: "Calls of the channel, by outcome");
    private readonly HttpMessageInvoker _http = http;
    private string? _lastServiceUrl;

    /// <summary>Sends an activity; null when the channel gave no id. Replayed only on 429 and 412: a repeated create is a second message.</summary>
    public async Task<string?> SendAsync(ConversationReference conversation, Activity activity, CancellationToken cancel)
    {
        var path = activity.ReplyToId is { Length: > 0 } replyTo
            ? $"v3/conversations/{Escape(conversation.ConversationId)}/activities/{Escape(replyTo)}"
            : $"v3/conversations/{Escape(conversation.ConversationId)}/activities";
        using var body = Body(activity);
        using var response = await CallAsync(HttpMethod.Post, conversation.ServiceUrl, path, body, cancel);
        // The activity is out. An answer that cannot be read is an unknown id and not a failure, which would be repeated.
        return Read(response, ProtocolJson.Wire.ResourceResponse)?.Id;
    }

    /// <summary>Replaces an activity sent before. Replayed on every transient failure: a repeated update changes nothing.</summary>
    public async Task UpdateAsync(ConversationReference conversation, string activityId, Activity activity, CancellationToken cancel)
    {
        var path = $"v3/conversations/{Escape(conversation.ConversationId)}/activities/{Escape(activityId)}";
        using var body = Body(activity with { Id = activityId });
        using var response = await CallAsync(HttpMethod.Put, conversation.ServiceUrl, path, body, cancel);
    }

    /// <summary>Deletes an activity sent before.</summary>
    public async Task DeleteAsync(ConversationReference conversation, string activityId, CancellationToken cancel)
    {
        var path = $"v3/conversations/{Escape(conversation.ConversationId)}/activities/{Escape(activityId)}";
        using var response = await CallAsync(HttpMethod.Delete, conversation.ServiceUrl, path, null, cancel);
    }

    /// <summary>Opens (or finds) the personal chat with a member, given as Teams id or Entra object id.</summary>
    public async Task<ConversationReference> CreatePersonalAsync(string serviceUrl, string tenantId, string botId, string memberId, CancellationToken cancel)
    {
        var parameters = new ConversationParameters
        {
            IsGroup = false,
            Bot = new ChannelAccount { Id = botId },
            Members = [new ChannelAccount { Id = memberId }],
            TenantId = tenantId,
            ChannelData = new ChannelData { Tenant = new NamedReference { Id = tenantId } },
        };
        using var body = Written(parameters, ProtocolJson.Wire.ConversationParameters);
        using var response = await CallAsync(HttpMethod.Post, serviceUrl, "v3/conversations", body, cancel);
        var created = Read(response, ProtocolJson.Wire.ConversationResourceResponse);
        return created?.Id is { Length: > 0 } id
            ? new(created.ServiceUrl is { Length: > 0 } elsewhere ? elsewhere : serviceUrl, id, tenantId, botId)
            : throw Unreadable(response);
    }

    /// <summary>All members of a conversation, page by page.</summary>
    public async IAsyncEnumerable<ConversationMember> MembersAsync(ConversationReference conversation, [EnumeratorCancellation] CancellationToken cancel)
    {
        var first = $"v3/conversations/{Escape(conversation.ConversationId)}/pagedmembers?pageSize={PageSize}";
        string? next = null;
        do
        {
            var path = next is null ? first : $"{first}&continuationToken={Uri.EscapeDataString(next)}";
            PagedMembersResult page;
            using (var response = await CallAsync(HttpMethod.Get, conversation.ServiceUrl, path, null, cancel))
            {
                page = Read(response, ProtocolJson.Wire.PagedMembersResult) ?? throw Unreadable(response);
            }
            foreach (var member in page.Members ?? [])
            {
                yield return member;
            }
            // A channel that hands out the same token again would be asked for ever.
            next = page.ContinuationToken == next ? null : page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(next));
    }

    /// <summary>One member, or null when there is none with this id.</summary>
    public async Task<ConversationMember?> MemberAsync(ConversationReference conversation, string memberId, CancellationToken cancel)
    {
        var path = $"v3/conversations/{Escape(conversation.ConversationId)}/members/{Escape(memberId)}";
        try
        {
            using var response = await CallAsync(HttpMethod.Get, conversation.ServiceUrl, path, null, cancel);
            return Read(response, ProtocolJson.Wire.ConversationMember) ?? throw Unreadable(response);
        }
        catch (ConnectorException failure) when (failure.Failure == ConnectorFailure.NotFound)
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> CallAsync(HttpMethod method, string serviceUrl, string path, ArrayPoolBufferWriter<byte>? body, CancellationToken cancel)
    {
        TurnCalls.AddConnector();
        try
        {
            using var request = new HttpRequestMessage(method, Address(serviceUrl, path));
            if (body is not null)
            {
                request.Content = new ReadOnlyMemoryContent(body.WrittenMemory);
                request.Content.Headers.ContentType = Json;
            }
            try
            {
                var response = await _http.SendAsync(request, cancel);
                if (response.IsSuccessStatusCode)
                {
                    Calls.Add(1, new KeyValuePair<string, object?>("outcome", "Ok"));
                    return response;
                }
                using (response)
                {
                    throw Failed(response);
                }
            }
            catch (Exception failure) when (!cancel.IsCancellationRequested && failure is HttpRequestException or TimeoutRejectedException or OperationCanceledException)
            {
                // The caller did not give up, so this is a time limit or a connection.
                throw new ConnectorException(ConnectorFailure.Transient, null, null, failure);
            }
            catch (CredentialUnavailableException failure)
            {
                throw new ConnectorException(ConnectorFailure.Rejected, null, "NoCredential", failure);
            }
            catch (AuthenticationFailedException failure)
            {
                throw new ConnectorException(ConnectorFailure.Transient, null, "NoToken", failure);
            }
        }
        catch (ConnectorException failure) when (Calls.Enabled)
        {
            Calls.Add(1, new KeyValuePair<string, object?>("outcome", failure.Failure.ToString()));
            throw;
        }
    }

    private Uri Address(string serviceUrl, string path)
    {
        // A query or fragment would swallow the path appended to it. Nearly every call goes to the place of the one before.
        if (serviceUrl != _lastServiceUrl)
        {
            if (!Uri.TryCreate(serviceUrl, UriKind.Absolute, out var uri) || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            {
                throw new ConnectorException(ConnectorFailure.ForbiddenHost, null, null);
            }
            _lastServiceUrl = serviceUrl;
        }
        return new Uri(serviceUrl.EndsWith('/') ? serviceUrl + path : $"{serviceUrl}/{path}");
    }

    // Escaping leaves dots alone, and a segment of dots would climb to another resource of the connector.
    private static string Escape(string id) => id is "" or "." or ".."
        ? throw new ConnectorException(ConnectorFailure.Rejected, null, "BadId")
        : Uri.EscapeDataString(id);

    private static ArrayPoolBufferWriter<byte> Body(Activity activity)
    {
        var body = Written(activity, ProtocolJson.Wire.Activity);
        // No text has more characters than bytes, so nearly always there is nothing to count.
        if (body.WrittenCount > LongestCard && activity.Attachments is { Count: > 0 } && Encoding.UTF8.GetCharCount(body.WrittenSpan) > LongestCard)
        {
            body.Dispose();
            throw new ConnectorException(ConnectorFailure.TooLarge, null, null);
        }
        return body;
    }

    // A card is kilobytes long and of no use once it is sent.
    private static ArrayPoolBufferWriter<byte> Written<T>(T value, JsonTypeInfo<T> type)
    {
        var body = new ArrayPoolBufferWriter<byte>(UsualBody);
        using var writer = new Utf8JsonWriter(body, Writing);
        JsonSerializer.Serialize(writer, value, type);
        return body;
    }

    private static ConnectorException Failed(HttpResponseMessage response)
    {
        var code = Read(response, ProtocolJson.Wire.ErrorResponse)?.Error?.Code;
        return new(Meaning(response.StatusCode, code), response.StatusCode, code) { RetryAfter = ConnectorRetries.RetryAfter(response, TimeProvider.System) };
    }

    private static ConnectorFailure Meaning(HttpStatusCode status, string? code) => (int)status switch
    {
        403 => code switch
        {
            "ConversationBlockedByUser" or "BotDisabledByAdmin" or "MessageWritesBlocked" => ConnectorFailure.Blocked,
            "BotNotInConversationRoster" => ConnectorFailure.NotInstalled,
            _ => ConnectorFailure.Rejected,
        },
        404 => ConnectorFailure.NotFound,
        413 => ConnectorFailure.TooLarge,
        400 when code == "MessageSizeTooBig" => ConnectorFailure.TooLarge,
        408 or 412 or 429 or 502 or 503 or 504 => ConnectorFailure.Transient,
        _ => ConnectorFailure.Rejected,
    };

    private static ConnectorException Unreadable(HttpResponseMessage response) => new(ConnectorFailure.Rejected, response.StatusCode, "UnreadableAnswer");

    // The content was read completely with the response, so this does not wait. Gateways answer with HTML: that is no answer.
    private static T? Read<T>(HttpResponseMessage response, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var content = response.Content.ReadAsStream();
            return content.Length == 0 ? null : JsonSerializer.Deserialize(content, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
