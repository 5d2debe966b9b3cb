using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoordinationBot.Protocol.Activities;

/// <summary>
/// One thing that happened in a conversation, as the channel sends it and as the bot answers it (Activity protocol, section "Activity").
/// Receivers must accept fields they do not know (A2005, A2006): those are kept in <see cref="Unknown"/>. Any field may be missing or null,
/// whatever its type says to the compiler. What is read from the channel is settable only for the generated JSON code, which would collect
/// fields that are init-only in boxes first, two kilobytes a turn: whoever wants another value uses <c>with</c>.
/// </summary>
public sealed record Activity
{
    /// <summary>See <see cref="ActivityTypes"/>. Unknown types are accepted and ignored.</summary>
    public string Type { get; set => field = value ?? ""; } = "";

    /// <summary>Designed for de-duplication but not guaranteed (A2033): a redelivery may carry another id.</summary>
    public string? Id { get; set; }

    /// <summary>When the channel sent it, UTC. Never used for ordering (A2042).</summary>
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>The same by the clock of the sender, as they wrote it.</summary>
    [JsonConverter(typeof(LenientString))]
    public string? LocalTimestamp { get; set; }

    /// <summary>IANA zone name of the sender's client, when the client says so.</summary>
    public string? LocalTimezone { get; set; }

    /// <summary>Where answers go. Must equal the token's <c>serviceurl</c> claim and be an allowed host.</summary>
    public string? ServiceUrl { get; set; }

    /// <summary><c>msteams</c> for Teams. Compared with the endorsements of the key that signed the token.</summary>
    public string? ChannelId { get; set; }

    /// <summary>Who sent it.</summary>
    public ChannelAccount? From { get; set; }

    /// <summary>Whom it is for; the bot itself on incoming activities (<c>28:{appId}</c>).</summary>
    public ChannelAccount? Recipient { get; set; }

    /// <summary>The conversation it belongs to.</summary>
    public ConversationAccount? Conversation { get; set; }

    /// <summary>The message as text; may contain <c>&lt;at&gt;</c> mentions, which are stripped by <see cref="Entities"/>, never by text.</summary>
    public string? Text { get; set; }

    /// <summary><c>plain</c>, <c>markdown</c> or <c>xml</c>.</summary>
    public string? TextFormat { get; set; }

    /// <summary>What the channel shows where it cannot draw the attachment: the notification line.</summary>
    public string? Summary { get; set; }

    /// <summary>BCP 47 tag of the sender.</summary>
    public string? Locale { get; set; }

    /// <summary>Cards and files. Teams adds a <c>text/html</c> attachment to every text message; it is not a file.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; set; }

    /// <summary>Mentions, client information and whatever else the channel adds.</summary>
    public IReadOnlyList<Entity>? Entities { get; set; }

    /// <summary>What only this channel knows.</summary>
    public ChannelData? ChannelData { get; set; }

    /// <summary>The activity this one answers; on a card action, the message that holds the card.</summary>
    public string? ReplyToId { get; set; }

    /// <summary>Payload of an invoke or of a card's Action.Submit. Untrusted input.</summary>
    public JsonElement? Value { get; set; }

    /// <summary>Name of an invoke or event.</summary>
    public string? Name { get; set; }

    /// <summary>conversationUpdate: who came.</summary>
    public IReadOnlyList<ChannelAccount>? MembersAdded { get; set; }

    /// <summary>conversationUpdate: who left.</summary>
    public IReadOnlyList<ChannelAccount>? MembersRemoved { get; set; }

    /// <summary>installationUpdate: <c>add</c>, <c>remove</c>, <c>add-upgrade</c>, <c>remove-upgrade</c>.</summary>
    public string? Action { get; set; }

    /// <summary>Fields this model does not name, kept as they came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>A person or a bot on the channel.</summary>
public sealed record ChannelAccount
{
    /// <summary><c>29:…</c> for a person (different for every bot), <c>28:{appId}</c> for a bot.</summary>
    public string? Id { get; set; }

    /// <summary>Display name; often absent. Never a key.</summary>
    public string? Name { get; set; }

    /// <summary>Entra object id: the stable key of a person within a tenant.</summary>
    public string? AadObjectId { get; set; }

    /// <summary><c>user</c> or <c>bot</c>.</summary>
    public string? Role { get; set; }

    /// <summary>Fields this model does not name.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>A chat, group chat or channel thread.</summary>
public sealed record ConversationAccount
{
    /// <summary><c>a:…</c> (personal), <c>19:…@thread.v2</c> (group chat), <c>19:…@thread.tacv2;messageid=…</c> (channel thread).</summary>
    public string? Id { get; set; }

    /// <summary><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</summary>
    public string? ConversationType { get; set; }

    /// <summary>The tenant the conversation belongs to. Must agree with <see cref="ChannelData.Tenant"/>.</summary>
    public string? TenantId { get; set; }

    /// <summary>True for group chats and channels.</summary>
    public bool? IsGroup { get; set; }

    /// <summary>Topic of a group chat or channel, when known.</summary>
    public string? Name { get; set; }

    /// <summary>Fields this model does not name.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>A card or a file.</summary>
public sealed record Attachment
{
    /// <summary>MIME type; <see cref="AdaptiveCardType"/> for cards.</summary>
    public string ContentType { get; init => field = value ?? ""; } = "";

    /// <summary>
    /// The card, or what the content type says: what came in is a <see cref="JsonElement"/>; what goes out is best the record itself (as an
    /// <see cref="Cards.AdaptiveCard"/>), which is then written once, straight into the body.
    /// </summary>
    public object? Content { get; init; }

    /// <summary>Where a file lies.</summary>
    public string? ContentUrl { get; init; }

    /// <summary>Display name of a file.</summary>
    public string? Name { get; init; }

    /// <summary>Content type of an Adaptive Card attachment.</summary>
    public const string AdaptiveCardType = "application/vnd.microsoft.card.adaptive";
}

/// <summary>Something said about a message. New types keep appearing and are accepted.</summary>
public sealed record Entity
{
    /// <summary><c>mention</c>, <c>clientInfo</c>, or anything else.</summary>
    public string Type { get; set => field = value ?? ""; } = "";

    /// <summary>mention: who is meant.</summary>
    [JsonConverter(typeof(LenientAccount))]
    public ChannelAccount? Mentioned { get; set; }

    /// <summary>mention: the exact text in the message that stands for it.</summary>
    [JsonConverter(typeof(LenientString))]
    public string? Text { get; set; }

    /// <summary>clientInfo: IANA zone of the client.</summary>
    [JsonConverter(typeof(LenientString))]
    public string? Timezone { get; set; }

    /// <summary>clientInfo: BCP 47 tag of the client.</summary>
    [JsonConverter(typeof(LenientString))]
    public string? Locale { get; set; }

    /// <summary>Fields this model does not name.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>What Teams adds to an activity.</summary>
public sealed record ChannelData
{
    /// <summary>The sender's tenant.</summary>
    public NamedReference? Tenant { get; set; }

    /// <summary>The team, in channels.</summary>
    public NamedReference? Team { get; set; }

    /// <summary>The channel, in channels.</summary>
    public NamedReference? Channel { get; set; }

    /// <summary>conversationUpdate, messageUpdate, messageDelete: what happened. Compare ignoring case.</summary>
    public string? EventType { get; set; }

    /// <summary>Outgoing: whether the message rings in the activity feed.</summary>
    public NotificationInfo? Notification { get; set; }

    /// <summary>Fields this model does not name.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>A tenant, a team or a channel.</summary>
public sealed record NamedReference
{
    /// <summary>The id.</summary>
    public string? Id { get; set; }

    /// <summary>What people call it, where the activity says so.</summary>
    [JsonConverter(typeof(LenientString))]
    public string? Name { get; set; }

    /// <summary>Fields this model does not name.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

/// <summary>Outgoing notification settings.</summary>
public sealed record NotificationInfo
{
    /// <summary>True: the message shows in the receiver's activity feed.</summary>
    public bool? Alert { get; init; }
}

/// <summary>The activity types the bot reacts to; others are answered 200 and ignored.</summary>
public static class ActivityTypes
{
    /// <summary>Text, or a card's Action.Submit (then <see cref="Activity.Value"/> is set and there is no text).</summary>
    public const string Message = "message";

    /// <summary>Members came or went, a team or channel changed.</summary>
    public const string ConversationUpdate = "conversationUpdate";

    /// <summary>The app was added or removed.</summary>
    public const string InstallationUpdate = "installationUpdate";

    /// <summary>A request that waits for its answer in the HTTP response.</summary>
    public const string Invoke = "invoke";

    /// <summary>Somebody is writing.</summary>
    public const string Typing = "typing";
}
