using System.Globalization;
using System.Text.Json;

namespace CoordinationBot.Protocol.Cards;

/// <summary>Writes inputs: <see cref="CardWriter"/> for what people fill in.</summary>
internal static class InputWriter
{
    public static void Write(Utf8JsonWriter writer, CardInput input)
    {
        switch (input)
        {
            case TextInput text:
                writer.WriteString("type"u8, "Input.Text"u8);
                writer.WriteOptional("placeholder"u8, text.Placeholder);
                writer.WriteOptional("isMultiline"u8, text.IsMultiline);
                if (text.MaxLength is { } longest)
                {
                    writer.WriteNumber("maxLength"u8, longest);
                }
                break;
            case NumberInput number:
                writer.WriteString("type"u8, "Input.Number"u8);
                writer.WriteOptional("placeholder"u8, number.Placeholder);
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
        writer.WriteOptional("label"u8, input.Label);
        writer.WriteOptional("isRequired"u8, input.IsRequired);
        writer.WriteOptional("errorMessage"u8, input.ErrorMessage);
        if (input is NumberInput && decimal.TryParse(input.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var whole))
        {
            // By the schema a number, and some clients take nothing else.
            writer.WriteNumber("value"u8, whole);
        }
        else
        {
            writer.WriteOptional("value"u8, input.Value);
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
        writer.WriteOptional("style"u8, set.Style);
        writer.WriteOptional("isMultiSelect"u8, set.IsMultiSelect);
        writer.WriteOptional("wrap"u8, set.Wrap);
        writer.WriteOptional("placeholder"u8, set.Placeholder);
        if (set.ChoicesData is { } query)
        {
            writer.WriteStartObject("choices.data"u8);
            writer.WriteString("dataset"u8, query.Dataset);
            writer.WriteString("type"u8, query.Type);
            writer.WriteEndObject();
        }
    }
}
