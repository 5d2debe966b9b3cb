using System.Globalization;
using System.Text.Json;

namespace CoordinationBot.Protocol.Turns;

/// <summary>Data and input values of a card action. Untrusted: a value of another type than asked for counts as absent.</summary>
public sealed class Inputs
{
    private readonly JsonElement _data;

    private Inputs(JsonElement data) => _data = data;

    /// <summary>No inputs.</summary>
    public static Inputs None { get; } = new(default);

    /// <summary>Reads the object a client sent; anything but an object counts as empty.</summary>
    public static Inputs From(JsonElement? data) => data is { ValueKind: JsonValueKind.Object } json ? new(json) : None;

    /// <summary>Values of our own: what was typed, as a card would send it.</summary>
    public static Inputs Of(IReadOnlyDictionary<string, string> values)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (var (key, value) in values)
            {
                writer.WriteString(key, value);
            }
            writer.WriteEndObject();
        }
        var reader = new Utf8JsonReader(bytes.WrittenSpan);
        return new(JsonElement.ParseValue(ref reader));
    }

    /// <summary>Text or number as text, trimmed; null when absent, empty or of another type.</summary>
    public string? Text(string key)
    {
        if (_data.ValueKind != JsonValueKind.Object || !_data.TryGetProperty(key, out var value))
        {
            return null;
        }
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array => null,
        };
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A whole number, or null.</summary>
    public int? Number(string key) => int.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>True when the key is there at all, whatever its value: an input left empty is sent as an empty text.</summary>
    public bool Has(string key) => _data.ValueKind == JsonValueKind.Object && _data.TryGetProperty(key, out _);

    /// <summary>All keys that were sent, each once: of one that stands twice, the last value is read.</summary>
    public IEnumerable<string> Keys => _data.ValueKind == JsonValueKind.Object ? _data.EnumerateObject().Select(property => property.Name).Distinct(StringComparer.Ordinal) : [];
}
