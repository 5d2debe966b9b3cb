using System.Text.Json.Nodes;

namespace CoordinationBot.Tests.Attack.Fuzz;

/// <summary>An activity as it once came, to be changed and sent again.</summary>
/// <param name="Name">What it asks for: <c>command delegate</c>, <c>action survey.open</c>.</param>
/// <param name="Activity">Never changed itself.</param>
internal sealed record Shape(string Name, JsonObject Activity);

/// <summary>What there is to make activities of: real ones of one office, and what stands in them.</summary>
internal sealed class Corpus
{
    private readonly Dictionary<string, List<JsonNode>> _values = new(StringComparer.Ordinal);

    /// <summary>In an order that does not depend on when they came.</summary>
    public Corpus(IEnumerable<Shape> shapes)
    {
        Shapes = [.. shapes.DistinctBy(shape => (shape.Name, Content(shape))).OrderBy(shape => shape.Name, StringComparer.Ordinal).ThenBy(Content, StringComparer.Ordinal)];
        ByName = [.. Shapes.GroupBy(shape => shape.Name).Select(group => group.ToArray())];
        foreach (var (key, value) in Shapes.SelectMany(shape => Members(shape.Activity)))
        {
            (_values.TryGetValue(key, out var known) ? known : _values[key] = []).Add(value);
        }
        Keys = [.. _values.Keys.Order(StringComparer.Ordinal)];
        Texts = [.. Shapes.Select(shape => shape.Activity["text"]).OfType<JsonValue>().Select(text => text.GetValue<string>()).Distinct(StringComparer.Ordinal)];
        Senders = [.. Shapes.Select(shape => shape.Activity["from"]).OfType<JsonObject>().DistinctBy(sender => sender["id"]?.ToString())];
    }

    public IReadOnlyList<Shape> Shapes { get; }

    /// <summary>By what they ask for: what is asked for seldom is not drowned by what is asked for often.</summary>
    public IReadOnlyList<Shape[]> ByName { get; }

    public IReadOnlyList<string> Keys { get; }

    public IReadOnlyList<string> Texts { get; }

    public IReadOnlyList<JsonObject> Senders { get; }

    /// <summary>What stands under a name anywhere, ids of other things among it.</summary>
    public IReadOnlyList<JsonNode> Values(string key) => _values.TryGetValue(key, out var values) ? values : [];

    private static string Content(Shape shape) => string.Concat(shape.Activity["from"]?["id"], shape.Activity["text"], shape.Activity["value"]?.ToJsonString());

    private static IEnumerable<(string, JsonNode)> Members(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Value is { } value ? Members(value).Prepend((member.Key, value)) : []),
        JsonArray items => items.SelectMany(Members),
        _ => [],
    };
}
