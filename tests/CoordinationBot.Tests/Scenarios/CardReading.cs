using System.Text.Json.Nodes;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Reads a card as a client does.</summary>
internal static class CardReading
{
    private static readonly string[] Shown = ["text", "title", "label", "value", "placeholder"];

    public static IEnumerable<string> Words(JsonNode node) => node switch
    {
        JsonObject element => element.SelectMany(property => property.Key is "data" or "fallback" or "fallbackText" ? []
            : property.Value is JsonValue value && Shown.Contains(property.Key) && value.TryGetValue<string>(out var text) ? [text]
            : property.Value is null ? [] : property.Key == "inlines" ? [string.Concat(property.Value.AsArray().Select(run => run!["text"]!.GetValue<string>()))] : Words(property.Value)),
        JsonArray list => list.SelectMany(item => item is null ? [] : Words(item)),
        _ => [],
    };

    /// <summary>All buttons, with the values of the inputs that are sent with each: those of its card and of the cards around it.</summary>
    public static IEnumerable<(string Title, JsonObject Action, Dictionary<string, string> Inputs)> Buttons(JsonNode card) => Buttons(card, []);

    private static IEnumerable<(string, JsonObject, Dictionary<string, string>)> Buttons(JsonNode card, Dictionary<string, string> around)
    {
        var inputs = new Dictionary<string, string>(around);
        // The real client leaves out a number that nobody touched.
        foreach (var input in Inputs(card).Where(input => input["type"]!.GetValue<string>() != "Input.Number" || input.ContainsKey("value")))
        {
            inputs[input["id"]!.GetValue<string>()] = input["value"]?.ToString() ?? "";
        }
        foreach (var action in Actions(card))
        {
            if (action["type"]!.GetValue<string>() == "Action.ShowCard")
            {
                foreach (var inner in Buttons(action["card"]!, inputs))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return (action["title"]!.GetValue<string>(), action, inputs);
            }
        }
    }

    private static IEnumerable<JsonObject> Inputs(JsonNode node) => Elements(node).Where(element => element["type"]?.GetValue<string>().StartsWith("Input.", StringComparison.Ordinal) == true);

    private static IEnumerable<JsonObject> Actions(JsonNode card) =>
        Elements(card).SelectMany(element => element["actions"] is JsonArray actions ? actions.Select(action => action!.AsObject()) : []);

    private static IEnumerable<JsonObject> Elements(JsonNode node)
    {
        if (node is JsonObject element)
        {
            yield return element;
            foreach (var (key, value) in element)
            {
                if (value is not null && key is "body" or "items" or "columns")
                {
                    foreach (var inner in Elements(value!))
                    {
                        yield return inner;
                    }
                }
            }
        }
        else if (node is JsonArray list)
        {
            foreach (var inner in list.SelectMany(item => Elements(item!)))
            {
                yield return inner;
            }
        }
    }
}
