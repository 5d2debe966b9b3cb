using System.Text.Json;
using System.Text.Json.Serialization;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Connector;

namespace CoordinationBot.Protocol.Activities;

/// <summary>Source-generated JSON of the wire: camel case, nulls left out, unknown fields kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = false)]
[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(CardActionValue))]
[JsonSerializable(typeof(CardActionResponse))]
[JsonSerializable(typeof(AdaptiveCard))]
[JsonSerializable(typeof(ResourceResponse))]
[JsonSerializable(typeof(ConversationParameters))]
[JsonSerializable(typeof(ConversationResourceResponse))]
[JsonSerializable(typeof(PagedMembersResult))]
[JsonSerializable(typeof(ConversationMember))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(string))]
public sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>
    /// The one instance to use. Letters of every script are written as they are, not as escapes: a card may hold about 48,000 characters
    /// and an escaped letter takes six of them, an emoji twelve. The output is only ever sent as application/json, never put into HTML.
    /// </summary>
    public static ProtocolJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = new WireEncoder(),
    });
}
