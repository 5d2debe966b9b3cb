using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoordinationBot.Delegations;

/// <summary>
/// Steps and completions in a row. A delegation has dozens of them, is read several times for every press, and the generated code collects the
/// arguments of each constructor in boxes first. What is written is what the generated code would write.
/// </summary>
internal sealed class StepJson : JsonConverter<Step>
{
    public override Step Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = null;
        Evidence? evidence = null;
        for (var more = RowJson.FirstProperty(ref reader); more; more = RowJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("Text"u8))
            {
                reader.Read();
                text = reader.GetString();
            }
            else if (reader.ValueTextEquals("Evidence"u8))
            {
                reader.Read();
                evidence = reader.ValueTextEquals("None"u8) ? Evidence.None
                    : reader.ValueTextEquals("Note"u8) ? Evidence.Note
                    : reader.ValueTextEquals("Link"u8) ? Evidence.Link
                    : throw new JsonException("The evidence of a step is of an unknown kind.");
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
        return text is not null && evidence is { } known ? new Step(text, known) : throw new JsonException("A step is incomplete.");
    }

    public override void Write(Utf8JsonWriter writer, Step value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("Text"u8, value.Text);
        writer.WriteString("Evidence"u8, value.Evidence switch
        {
            Evidence.None => "None"u8,
            Evidence.Note => "Note"u8,
            Evidence.Link => "Link"u8,
        });
        writer.WriteEndObject();
    }
}

/// <inheritdoc cref="StepJson"/>
internal sealed class CompletionJson : JsonConverter<Completion>
{
    public override Completion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        DateTimeOffset? at = null;
        string? evidence = null;
        for (var more = RowJson.FirstProperty(ref reader); more; more = RowJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("At"u8))
            {
                reader.Read();
                at = reader.GetDateTimeOffset();
            }
            else if (reader.ValueTextEquals("Evidence"u8))
            {
                reader.Read();
                evidence = reader.GetString();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
        return at is { } known ? new Completion(known, evidence) : throw new JsonException("A completion is incomplete.");
    }

    public override void Write(Utf8JsonWriter writer, Completion value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("At"u8, value.At);
        if (value.Evidence is { } evidence)
        {
            writer.WriteString("Evidence"u8, evidence);
        }
        writer.WriteEndObject();
    }
}

/// <summary>Walks an object.</summary>
internal static class RowJson
{
    /// <summary>To the first property of the object that begins here; false when it is empty.</summary>
    public static bool FirstProperty(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject ? NextProperty(ref reader) : throw new JsonException("An object was expected.");

    /// <summary>To the next property, after a value; false at the end.</summary>
    public static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;
}
