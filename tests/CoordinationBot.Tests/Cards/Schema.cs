using System.Text.Json.Nodes;

namespace CoordinationBot.Tests.Cards;

/// <summary>
/// What Adaptive Cards 1.5 knows: elements, their properties and, where these are enumerations, their values; from the schema explorer of adaptivecards.io.
/// Beyond it only what Teams itself documents: <c>choices.data</c> for the people picker, <c>msteams</c> at the root, and charts, each with something of 1.5 to fall back on.
/// </summary>
internal static class Schema
{
    private static readonly string[] Element = ["type", "id", "spacing", "separator", "height", "isVisible", "fallback", "requires"];
    private static readonly string[] Input = [.. Element, "label", "isRequired", "errorMessage", "value"];
    private static readonly string[] Action = ["type", "id", "title", "iconUrl", "style", "fallback", "tooltip", "isEnabled", "mode", "requires"];

    private static readonly Dictionary<string, string[]> Types = new(StringComparer.Ordinal)
    {
        ["AdaptiveCard"] = ["type", "$schema", "version", "refresh", "authentication", "body", "actions", "selectAction", "fallbackText", "backgroundImage", "minHeight", "rtl", "speak", "lang", "verticalContentAlignment", "msteams"],
        ["TextBlock"] = [.. Element, "text", "color", "fontType", "horizontalAlignment", "isSubtle", "maxLines", "size", "weight", "wrap", "style"],
        ["RichTextBlock"] = [.. Element, "inlines", "horizontalAlignment"],
        ["TextRun"] = ["type", "text", "color", "fontType", "highlight", "isSubtle", "italic", "selectAction", "size", "strikethrough", "underline", "weight"],
        ["FactSet"] = [.. Element, "facts"],
        ["Container"] = [.. Element, "items", "selectAction", "style", "verticalContentAlignment", "bleed", "backgroundImage", "minHeight", "rtl"],
        ["ColumnSet"] = [.. Element, "columns", "selectAction", "style", "bleed", "minHeight", "horizontalAlignment"],
        ["Column"] = [.. Element, "items", "backgroundImage", "bleed", "minHeight", "rtl", "selectAction", "style", "verticalContentAlignment", "width"],
        ["ActionSet"] = [.. Element, "actions"],
        ["Image"] = [.. Element, "url", "altText", "backgroundColor", "horizontalAlignment", "selectAction", "size", "style", "width"],
        ["Chart.VerticalBar"] = [.. Element, "title", "xAxisTitle", "yAxisTitle", "colorSet", "color", "showBarValues", "data"],
        ["Chart.HorizontalBar"] = [.. Element, "title", "xAxisTitle", "yAxisTitle", "colorSet", "color", "displayMode", "data"],
        ["Input.Text"] = [.. Input, "isMultiline", "maxLength", "placeholder", "regex", "style", "inlineAction"],
        ["Input.Number"] = [.. Input, "max", "min", "placeholder"],
        ["Input.Date"] = [.. Input, "max", "min", "placeholder"],
        ["Input.Time"] = [.. Input, "max", "min", "placeholder"],
        ["Input.Toggle"] = [.. Input, "title", "valueOff", "valueOn", "wrap"],
        ["Input.ChoiceSet"] = [.. Input, "choices", "choices.data", "isMultiSelect", "style", "placeholder", "wrap"],
        ["Data.Query"] = ["type", "dataset", "count", "skip"],
        ["Action.Execute"] = [.. Action, "verb", "data", "associatedInputs"],
        ["Action.Submit"] = [.. Action, "data", "associatedInputs"],
        ["Action.ShowCard"] = [.. Action, "card"],
        ["Action.OpenUrl"] = [.. Action, "url"],
    };

    private static readonly string[] ContainerStyles = ["default", "emphasis", "good", "attention", "warning", "accent"];

    private static readonly Dictionary<string, string[]> Values = new(StringComparer.Ordinal)
    {
        ["spacing"] = ["default", "none", "small", "medium", "large", "extraLarge", "padding"],
        ["color"] = ["default", "dark", "light", "accent", "good", "warning", "attention"],
        ["size"] = ["default", "small", "medium", "large", "extraLarge"],
        ["Image.size"] = ["auto", "stretch", "small", "medium", "large"],
        ["weight"] = ["default", "lighter", "bolder"],
        ["verticalContentAlignment"] = ["top", "center", "bottom"],
        ["associatedInputs"] = ["auto", "none"],
        ["mode"] = ["primary", "secondary"],
        ["TextBlock.style"] = ["default", "heading", "columnHeader"],
        ["Container.style"] = ContainerStyles,
        ["ColumnSet.style"] = ContainerStyles,
        ["Column.style"] = ContainerStyles,
        ["Input.Text.style"] = ["text", "tel", "url", "email", "password"],
        ["Input.ChoiceSet.style"] = ["compact", "expanded", "filtered"],
        ["Action.Execute.style"] = ["default", "positive", "destructive"],
        ["Action.Submit.style"] = ["default", "positive", "destructive"],
        ["Action.ShowCard.style"] = ["default", "positive", "destructive"],
        ["Action.OpenUrl.style"] = ["default", "positive", "destructive"],
    };

    private static readonly string[] WithoutType = ["facts", "choices", "msteams", "data"];

    /// <summary>What is in the card that is not in 1.5, a line each.</summary>
    public static IEnumerable<string> Faults(JsonNode card) => Faults(card, "$");

    private static IEnumerable<string> Faults(JsonNode? node, string path)
    {
        if (node is JsonArray list)
        {
            return list.SelectMany((item, index) => Faults(item, $"{path}[{index}]"));
        }
        if (node is not JsonObject element || path.EndsWith(".data", StringComparison.Ordinal) || WithoutType.Any(name => path.Contains($".{name}", StringComparison.Ordinal)) && !path.Contains(".choices.data", StringComparison.Ordinal))
        {
            return [];
        }
        var type = element["type"]?.GetValue<string>() ?? "nothing";
        if (!Types.TryGetValue(type, out var known))
        {
            return [$"{path}: {type} is no element of 1.5"];
        }
        return element.SelectMany(property =>
            !known.Contains(property.Key) ? [$"{path}: {type} has no property {property.Key}"]
            : (Values.GetValueOrDefault($"{type}.{property.Key}") ?? Values.GetValueOrDefault(property.Key)) is { } values && !values.Contains(property.Value!.GetValue<string>()) ? [$"{path}.{property.Key}: {property.Value} is no value of it"]
            : Faults(property.Value, $"{path}.{property.Key}"));
    }
}
