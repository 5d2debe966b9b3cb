namespace CoordinationBot.Protocol.Connector;

/// <summary>
/// Where a conversation is: enough to speak in it later. The service URL may change (get-teams-context: verify it on every message), and is
/// checked against the allowed hosts again whenever it is used.
/// </summary>
/// <param name="ServiceUrl">Base of the connector for this conversation, for example <c>https://smba.trafficmanager.net/emea/</c>.</param>
/// <param name="ConversationId">Id of the conversation.</param>
/// <param name="TenantId">Tenant of the conversation.</param>
/// <param name="BotId">The bot's channel id, <c>28:{appId}</c>.</param>
public sealed record ConversationReference(string ServiceUrl, string ConversationId, string TenantId, string BotId);
