using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoordinationBot.Dialogs;

/// <summary>A line of a list field.</summary>
internal sealed record ListLine(string Text, string Choice);

/// <summary>Somebody who might be meant.</summary>
internal sealed record PersonOption(string ObjectId, string Title);

/// <summary>
/// What a person has filled in so far: a row, so that it survives a restart and moves between devices. Values are in one form whatever way
/// they came: texts and choices as they are, people by object id, dates as instants, lists as JSON.
/// </summary>
internal sealed record Draft
{
    public required string Id { get; init; }

    /// <summary>Name of the form.</summary>
    public required string Form { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public ImmutableSortedDictionary<string, string> Values { get; init; } = Empty;

    /// <summary>How values are shown where the value itself is not for people: names of persons.</summary>
    public ImmutableSortedDictionary<string, string> Shown { get; init; } = Empty;

    /// <summary>Values a field might have, with the words that suggest it. Never taken without being asked.</summary>
    public ImmutableSortedDictionary<string, string> Suggested { get; init; } = Empty;

    /// <summary>Persons a typed name may mean, until one is chosen.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<PersonOption>> Options { get; init; } = ImmutableSortedDictionary.Create<string, ImmutableArray<PersonOption>>(StringComparer.Ordinal);

    /// <summary>Fields in the order in which they were filled: <c>back</c> takes the last one out.</summary>
    public ImmutableArray<string> Order { get; init; } = [];

    /// <summary>The last operations that changed it: the same one again changes nothing.</summary>
    public ImmutableArray<string> Operations { get; init; } = [];

    private static readonly ImmutableSortedDictionary<string, string> Empty = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public Draft With(Field field, string value, string? shown = null) => this with
    {
        Values = Values.SetItem(field.Id, value),
        Shown = shown is null ? Shown.Remove(field.Id) : Shown.SetItem(field.Id, shown),
        Options = Options.Remove(field.Id),
        Order = Order.Remove(field.Id).Add(field.Id),
    };

    public Draft Without(string fieldId) => this with
    {
        Values = Values.Remove(fieldId),
        Shown = Shown.Remove(fieldId),
        Order = Order.Remove(fieldId),
    };

    public Draft Done(string operationId) => this with { Operations = [.. Operations.TakeLast(19), operationId] };

    public IReadOnlyList<ListLine> Lines(string fieldId) =>
        Values.TryGetValue(fieldId, out var json) ? JsonSerializer.Deserialize(json, DialogJson.Default.ListLineArray)! : [];

    public static string LinesValue(IEnumerable<ListLine> lines) => JsonSerializer.Serialize([.. lines], DialogJson.Default.ListLineArray);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Draft))]
[JsonSerializable(typeof(ListLine[]))]
internal sealed partial class DialogJson : JsonSerializerContext;
