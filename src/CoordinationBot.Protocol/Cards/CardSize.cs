using System.Text;
using System.Text.Json;
using CoordinationBot.Protocol.Activities;

namespace CoordinationBot.Protocol.Cards;

/// <summary>How large a card is on the wire.</summary>
public static class CardSize
{
    /// <summary>Characters of JSON. The channel takes 100 KB of a message in UTF-16, all around the card among it (learn.microsoft.com, "Format your bot messages").</summary>
    public const int Largest = 48_000;

    /// <summary>Characters of JSON that the card takes. It is written for that.</summary>
    public static int Of(AdaptiveCard card) => Encoding.UTF8.GetCharCount(JsonSerializer.SerializeToUtf8Bytes(card, ProtocolJson.Wire.AdaptiveCard));
}
