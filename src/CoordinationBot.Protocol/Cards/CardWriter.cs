using System.Buffers;
using System.Globalization;
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

    private static void Write(Utf8JsonWriter writer, AdaptiveCard card)
    {
        writer.WriteStartObject();
        writer.WriteString("$schema"u8, card.Schema);
        writer.WriteString("type"u8, card.Type);
        writer.WriteString("version"u8, card.Version);
        Write(writer, "body"u8, card.Body);
        if (card.Actions is { } actions)
        {
            Write(writer, "actions"u8, actions);
        }
        Write(writer, "fallbackText"u8, card.FallbackText);
        if (card.Teams is { } teams)
        {
            writer.WriteStartObject("msteams"u8);
            Write(writer, "width"u8, teams.Width);
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
                Write(writer, "size"u8, block.Size);
                Write(writer, "weight"u8, block.Weight);
                Write(writer, "color"u8, block.Color);
                Write(writer, "isSubtle"u8, block.IsSubtle);
                Write(writer, "style"u8, block.Style);
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
                Write(writer, "style"u8, container.Style);
                break;
            case ColumnSet set:
                writer.WriteString("type"u8, "ColumnSet"u8);
                Write(writer, set.Columns);
                break;
            case ActionSet set:
                writer.WriteString("type"u8, "ActionSet"u8);
                Write(writer, "actions"u8, set.Actions);
                break;
            case CardInput input:
                Write(writer, input);
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
        Write(writer, "id"u8, element.Id);
        Write(writer, "spacing"u8, element.Spacing);
        Write(writer, "separator"u8, element.Separator);
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
            Write(writer, "size"u8, run.Size);
            Write(writer, "weight"u8, run.Weight);
            Write(writer, "color"u8, run.Color);
            Write(writer, "isSubtle"u8, run.IsSubtle);
            Write(writer, "italic"u8, run.Italic);
            Write(writer, "strikethrough"u8, run.Strikethrough);
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
            Write(writer, "width"u8, column.Width);
            Write(writer, "items"u8, column.Items);
            Write(writer, "verticalContentAlignment"u8, column.VerticalContentAlignment);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, CardInput input)
    {
        switch (input)
        {
            case TextInput text:
                writer.WriteString("type"u8, "Input.Text"u8);
                Write(writer, "placeholder"u8, text.Placeholder);
                Write(writer, "isMultiline"u8, text.IsMultiline);
                if (text.MaxLength is { } longest)
                {
                    writer.WriteNumber("maxLength"u8, longest);
                }
                break;
            case NumberInput number:
                writer.WriteString("type"u8, "Input.Number"u8);
                Write(writer, "placeholder"u8, number.Placeholder);
                break;
            case DateInput:
                writer.WriteString("type"u8, "Input.Date"u8);
                break;
            case TimeInput:
                writer.WriteString("type"u8, "Input.Time"u8);
                break;
            case ToggleInput toggle:
                writer.WriteString("type"u8, "Input.Toggle"u8);
                writer.WriteString("title"u8, toggle.Title);
                // Off by default, which cuts the words off on a phone.
                writer.WriteBoolean("wrap"u8, true);
                break;
            case ChoiceSetInput set:
                writer.WriteString("type"u8, "Input.ChoiceSet"u8);
                Write(writer, set);
                break;
            default:
                throw new NotSupportedException($"{input.GetType().Name} is not an input this bot shows.");
        }
        Write(writer, "label"u8, input.Label);
        Write(writer, "isRequired"u8, input.IsRequired);
        Write(writer, "errorMessage"u8, input.ErrorMessage);
        if (input is NumberInput && decimal.TryParse(input.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var whole))
        {
            // By the schema a number, and some clients take nothing else.
            writer.WriteNumber("value"u8, whole);
        }
        else
        {
            Write(writer, "value"u8, input.Value);
        }
    }

    private static void Write(Utf8JsonWriter writer, ChoiceSetInput set)
    {
        writer.WriteStartArray("choices"u8);
        for (var index = 0; index < set.Choices.Count; index++)
        {
            writer.WriteStartObject();
            writer.WriteString("title"u8, set.Choices[index].Title);
            writer.WriteString("value"u8, set.Choices[index].Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        Write(writer, "style"u8, set.Style);
        Write(writer, "isMultiSelect"u8, set.IsMultiSelect);
        Write(writer, "wrap"u8, set.Wrap);
        Write(writer, "placeholder"u8, set.Placeholder);
        if (set.ChoicesData is { } query)
        {
            writer.WriteStartObject("choices.data"u8);
            writer.WriteString("dataset"u8, query.Dataset);
            writer.WriteString("type"u8, query.Type);
            writer.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<CardButton> buttons)
    {
        writer.WriteStartArray(name);
        for (var index = 0; index < buttons.Count; index++)
        {
            Write(writer, buttons[index]);
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, CardButton button)
    {
        writer.WriteStartObject();
        switch (button)
        {
            case ExecuteAction execute:
                writer.WriteString("type"u8, "Action.Execute"u8);
                writer.WriteString("verb"u8, execute.Verb);
                Write(writer, execute.Data, null);
                // The same as Action.Submit, for clients that do not know Action.Execute. Its verb travels in the data.
                writer.WriteStartObject("fallback"u8);
                writer.WriteString("type"u8, "Action.Submit"u8);
                Write(writer, execute.Data, execute.Verb);
                writer.WriteString("title"u8, execute.Title);
                Write(writer, "style"u8, execute.Style);
                writer.WriteEndObject();
                break;
            case SubmitAction submit:
                writer.WriteString("type"u8, "Action.Submit"u8);
                Write(writer, submit.Data, null);
                break;
            case ShowCardAction show:
                writer.WriteString("type"u8, "Action.ShowCard"u8);
                writer.WritePropertyName("card"u8);
                Write(writer, show.Card);
                break;
            case OpenUrlAction open:
                writer.WriteString("type"u8, "Action.OpenUrl"u8);
                writer.WriteString("url"u8, open.Url);
                break;
            default:
                throw new NotSupportedException($"{button.GetType().Name} is not a button this bot shows.");
        }
        writer.WriteString("title"u8, button.Title);
        Write(writer, "style"u8, button.Style);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> data, string? verb)
    {
        writer.WriteStartObject("data"u8);
        // The enumerator of the type that it nearly always is costs nothing.
        if (data is Dictionary<string, string> dictionary)
        {
            foreach (var (key, value) in dictionary)
            {
                WriteUnlessVerb(writer, key, value, verb);
            }
        }
        else
        {
            foreach (var (key, value) in data)
            {
                WriteUnlessVerb(writer, key, value, verb);
            }
        }
        Write(writer, "verb"u8, verb);
        writer.WriteEndObject();
    }

    private static void WriteUnlessVerb(Utf8JsonWriter writer, string key, string value, string? verb)
    {
        if (verb is null || key != SubmitAction.VerbKey)
        {
            writer.WriteString(key, value);
        }
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, bool? value)
    {
        if (value is { } known)
        {
            writer.WriteBoolean(name, known);
        }
    }
}
