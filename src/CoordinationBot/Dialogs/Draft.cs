using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoordinationBot.Dialogs;

/// <summary>A line of a list field.</summary>
internal sealed record ListLine(string Text, string Choice);

/// <summary>Somebody who might be meant.</summary>
/// <param name="ObjectId">Who.</param>
/// <param name="Title">As shown in a choice.</param>
/// <param name="For">Where several people are asked for: the typed name that may mean them; null: they were found already.</param>
internal sealed record PersonOption(string ObjectId, string Title, string? For = null);

/// <summary>What a form is about when it does not ask for that: the person whose mandate it is, the thing that is changed.</summary>
/// <param name="Key">For the feature.</param>
/// <param name="Title">Below the heading.</param>
/// <param name="Version">Of what is changed, as it was when the form was opened.</param>
internal sealed record DraftSubject(string Key, string Title, int Version = 0);

/// <summary>
/// What a person has filled in so far: a row, so that it survives a restart and moves between devices. Values are in one form whatever way
/// they came: texts and choices as they are, people by object id (several joined by commas), dates as instants, money as <c>1200.50 EUR</c>, yes and no
/// as <c>true</c> and <c>false</c>, lists as JSON.
/// </summary>
internal sealed record Draft
{
    public required string Id { get; init; }

    /// <summary>Whether a card can name a draft so: by what caused it, an operation or a thing with its part (<c>M-7K3F9Q.E3</c>).</summary>
    public static bool IsId(string id) => id.Length <= LongestId && id.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.');

    private const int LongestId = 64;

    /// <summary>Name of the form.</summary>
    public required string Form { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DraftSubject? About { get; init; }

    public ImmutableSortedDictionary<string, string> Values { get; init; } = Empty;

    /// <summary>How values are shown where the value itself is not for people: names of persons.</summary>
    public ImmutableSortedDictionary<string, string> Shown { get; init; } = Empty;

    /// <summary>Fields that were left empty on purpose. None in drafts of before there were such fields.</summary>
    public ImmutableArray<string> Skipped { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Values a field might have, with the words that suggest it. Never taken without being asked.</summary>
    public ImmutableSortedDictionary<string, string> Suggested { get; init; } = Empty;

    /// <summary>Choices of fields whose choices were known only when the form was opened. None in drafts of before there were such fields.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Offered { get; init => field = value ?? NoneOffered; } = NoneOffered;

    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> NoneOffered = ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

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
        Skipped = Skipped.Remove(field.Id),
        Options = Options.Remove(field.Id),
        Order = Order.Remove(field.Id).Add(field.Id),
    };

    /// <summary>Several people, in the order in which they were named.</summary>
    public Draft With(Field field, IReadOnlyList<PersonOption> people) =>
        With(field, string.Join(',', people.Select(person => person.ObjectId)), string.Join('\n', people.Select(person => person.Title.ReplaceLineEndings(" "))));

    /// <summary>Left empty on purpose.</summary>
    public Draft Skip(Field field) => this with
    {
        Values = Values.Remove(field.Id),
        Shown = Shown.Remove(field.Id),
        Skipped = Skipped.Remove(field.Id).Add(field.Id),
        Options = Options.Remove(field.Id),
        Order = Order.Remove(field.Id).Add(field.Id),
    };

    public Draft Without(string fieldId) => this with
    {
        Values = Values.Remove(fieldId),
        Shown = Shown.Remove(fieldId),
        Skipped = Skipped.Remove(fieldId),
        Order = Order.Remove(fieldId),
    };

    /// <summary>Whether it has an answer, be it to leave it empty.</summary>
    public bool Has(string fieldId) => Values.ContainsKey(fieldId) || Skipped.Contains(fieldId);

    /// <summary>The people of a field that asks for several, by object id and name.</summary>
    public IReadOnlyList<PersonOption> Persons(string fieldId) =>
        Values.TryGetValue(fieldId, out var ids) ? [.. ids.Split(',').Zip(Shown[fieldId].Split('\n'), (id, name) => new PersonOption(id, name))] : [];

    /// <summary>Whether it is this draft, and nothing was filled in since.</summary>
    public bool IsAsItWas(Draft before) => Id == before.Id && Operations.LastOrDefault() == before.Operations.LastOrDefault();

    public Draft Done(string operationId) => this with { Operations = [.. Operations.TakeLast(19), operationId] };

    public IReadOnlyList<ListLine> Lines(string fieldId) =>
        Values.TryGetValue(fieldId, out var json) ? JsonSerializer.Deserialize(json, DialogJson.Default.ListLineArray)! : [];

    public static string LinesValue(IEnumerable<ListLine> lines) => JsonSerializer.Serialize([.. lines], DialogJson.Default.ListLineArray);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Draft))]
[JsonSerializable(typeof(ListLine[]))]
internal sealed partial class DialogJson : JsonSerializerContext;
