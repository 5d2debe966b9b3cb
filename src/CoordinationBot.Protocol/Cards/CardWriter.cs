using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using CoordinationBot.Protocol.Activities;

namespace CoordinationBot.Protocol.Cards;

/// <summary>
/// Writes cards. By hand, since they are most of what the bot says: the serializer would look up the type of every element and button, box the
/// enumerator of every list and make the fallback of every button, half as much again as the card itself. Cards are never read.
/// </summary>
internal sealed class CardWriter : JsonConverter<AdaptiveCard>
{
    /// <inheritdoc/>
    public override AdaptiveCard Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Cards are only written.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, AdaptiveCard value, JsonSerializerOptions options) => Write(writer, value);

    /// <summary>One element by itself.</summary>
    public static byte[] Write(CardElement element)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = ProtocolJson.Wire.Options.Encoder }))
        {
            Write(writer, element);
        }
        return json.WrittenSpan.ToArray();
    }

    /// <summary>A whole card, also within a button.</summary>
    internal static void Write(Utf8JsonWriter writer, AdaptiveCard card)
    {
        writer.WriteStartObject();
        writer.WriteString("$schema"u8, card.Schema);
        writer.WriteString("type"u8, card.Type);
        writer.WriteString("version"u8, card.Version);
        Write(writer, "body"u8, card.Body);
        if (card.Actions is { } actions)
        {
            ButtonWriter.Write(writer, "actions"u8, actions);
        }
        writer.WriteOptional("fallbackText"u8, card.FallbackText);
        if (card.Refresh is { } refresh)
        {
            ButtonWriter.Write(writer, refresh);
        }
        if (card.Teams is { } teams)
        {
            writer.WriteStartObject("msteams"u8);
            writer.WriteOptional("width"u8, teams.Width);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<CardElement> elements)
    {
        writer.WriteStartArray(name);
        for (var index = 0; index < elements.Count; index++)
        {
            Write(writer, elements[index]);
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, CardElement element)
    {
        if (element is FixedElement { Json: var json })
        {
            writer.WriteRawValue(json, skipInputValidation: true);
            return;
        }
        writer.WriteStartObject();
        switch (element)
        {
            case TextBlock block:
                writer.WriteString("type"u8, "TextBlock"u8);
                writer.WriteString("text"u8, block.Text);
                writer.WriteBoolean("wrap"u8, block.Wrap);
                writer.WriteOptional("size"u8, block.Size);
                writer.WriteOptional("weight"u8, block.Weight);
                writer.WriteOptional("color"u8, block.Color);
                writer.WriteOptional("isSubtle"u8, block.IsSubtle);
                writer.WriteOptional("style"u8, block.Style);
                break;
            case RichTextBlock block:
                writer.WriteString("type"u8, "RichTextBlock"u8);
                Write(writer, block.Inlines);
                break;
            case FactSet set:
                writer.WriteString("type"u8, "FactSet"u8);
                Write(writer, set.Facts);
                break;
            case Container container:
                writer.WriteString("type"u8, "Container"u8);
                Write(writer, "items"u8, container.Items);
                writer.WriteOptional("style"u8, container.Style);
                break;
            case ColumnSet set:
                writer.WriteString("type"u8, "ColumnSet"u8);
                Write(writer, set.Columns);
                break;
            case ActionSet set:
                writer.WriteString("type"u8, "ActionSet"u8);
                ButtonWriter.Write(writer, "actions"u8, set.Actions);
                break;
            case CardInput input:
                InputWriter.Write(writer, input);
                break;
            case CardImage image:
                ChartWriter.Write(writer, image);
                break;
            case BarChart chart:
                ChartWriter.Write(writer, chart);
                break;
            default:
                throw new NotSupportedException($"{element.GetType().Name} is not an element this bot shows.");
        }
        writer.WriteOptional("id"u8, element.Id);
        writer.WriteOptional("spacing"u8, element.Spacing);
        writer.WriteOptional("separator"u8, element.Separator);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<TextRun> runs)
    {
        writer.WriteStartArray("inlines"u8);
        for (var index = 0; index < runs.Count; index++)
        {
            var run = runs[index];
            writer.WriteStartObject();
            writer.WriteString("text"u8, run.Text);
            writer.WriteString("type"u8, "TextRun"u8);
            writer.WriteOptional("size"u8, run.Size);
            writer.WriteOptional("weight"u8, run.Weight);
            writer.WriteOptional("color"u8, run.Color);
            writer.WriteOptional("isSubtle"u8, run.IsSubtle);
            writer.WriteOptional("italic"u8, run.Italic);
            writer.WriteOptional("strikethrough"u8, run.Strikethrough);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Fact> facts)
    {
        writer.WriteStartArray("facts"u8);
        for (var index = 0; index < facts.Count; index++)
        {
            writer.WriteStartObject();
            writer.WriteString("title"u8, facts[index].Title);
            writer.WriteString("value"u8, facts[index].Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Column> columns)
    {
        writer.WriteStartArray("columns"u8);
        for (var index = 0; index < columns.Count; index++)
        {
            var column = columns[index];
            writer.WriteStartObject();
            writer.WriteString("type"u8, column.Type);
            writer.WriteOptional("width"u8, column.Width);
            Write(writer, "items"u8, column.Items);
            writer.WriteOptional("verticalContentAlignment"u8, column.VerticalContentAlignment);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
