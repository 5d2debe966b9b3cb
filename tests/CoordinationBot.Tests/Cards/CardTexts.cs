using System.Text.Json;
using System.Text.Json.Nodes;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Tests.Cards;

/// <summary>A card as it goes over the wire, and the objects in it.</summary>
internal static class CardTexts
{
    /// <summary>Exactly what is sent; its length is what counts against the limit of Teams.</summary>
    public static string Wire(AdaptiveCard card) => JsonSerializer.Serialize(card, ProtocolJson.Wire.AdaptiveCard);

    /// <summary>Every object, with the nearest card it stands in: the root or that of an Action.ShowCard.</summary>
    public static IEnumerable<(JsonObject Element, JsonObject Card)> All(JsonObject card) => All(card, card);

    public static string TypeOf(JsonObject element) => element["type"]?.GetValue<string>() ?? "";

    private static IEnumerable<(JsonObject, JsonObject)> All(JsonNode? node, JsonObject card) => node switch
    {
        JsonObject element => Within(element, TypeOf(element) == "AdaptiveCard" ? element : card),
        JsonArray list => list.SelectMany(item => All(item, card)),
        _ => [],
    };

    // What a button sends back is drawn nowhere.
    private static IEnumerable<(JsonObject, JsonObject)> Within(JsonObject element, JsonObject card) =>
        element.Where(property => property.Key != "data").SelectMany(property => All(property.Value, card)).Prepend((element, card));
}
