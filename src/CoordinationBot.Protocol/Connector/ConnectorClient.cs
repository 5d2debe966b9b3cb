using CoordinationBot.Protocol.Activities;

namespace CoordinationBot.Protocol.Connector;

/// <summary>The Bot Connector REST calls the bot makes. Every failure is a <see cref="ConnectorException"/>.</summary>
public sealed class ConnectorClient(HttpClient http)
{
    private readonly HttpClient _http = http;

    /// <summary>Sends an activity; null when the channel gave no id. Replayed only on 429 and 412: a repeated create is a second message.</summary>
    public Task<string?> SendAsync(ConversationReference conversation, Activity activity, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Replaces an activity sent before. Replayed on every transient failure: a repeated update changes nothing.</summary>
    public Task UpdateAsync(ConversationReference conversation, string activityId, Activity activity, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Deletes an activity sent before.</summary>
    public Task DeleteAsync(ConversationReference conversation, string activityId, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Opens (or finds) the personal chat with a member, given as Teams id or Entra object id.</summary>
    public Task<ConversationReference> CreatePersonalAsync(string serviceUrl, string tenantId, string botId, string memberId, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>All members of a conversation, page by page.</summary>
    public IAsyncEnumerable<ConversationMember> MembersAsync(ConversationReference conversation, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>One member, or null when there is none with this id.</summary>
    public Task<ConversationMember?> MemberAsync(ConversationReference conversation, string memberId, CancellationToken cancel) => throw new NotSupportedException();
}
