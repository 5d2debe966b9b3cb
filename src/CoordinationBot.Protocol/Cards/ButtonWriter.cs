using System.Text.Json;

namespace CoordinationBot.Protocol.Cards;

/// <summary>Writes buttons and what they carry: <see cref="CardWriter"/> for what people press.</summary>
internal static class ButtonWriter
{
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<CardButton> buttons)
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
                writer.WriteOptional("style"u8, execute.Style);
                writer.WriteEndObject();
                break;
            case SubmitAction submit:
                writer.WriteString("type"u8, "Action.Submit"u8);
                Write(writer, submit.Data, null);
                break;
            case ShowCardAction show:
                writer.WriteString("type"u8, "Action.ShowCard"u8);
                writer.WritePropertyName("card"u8);
                CardWriter.Write(writer, show.Card);
                break;
            case OpenUrlAction open:
                writer.WriteString("type"u8, "Action.OpenUrl"u8);
                writer.WriteString("url"u8, open.Url);
                break;
            default:
                throw new NotSupportedException($"{button.GetType().Name} is not a button this bot shows.");
        }
        writer.WriteString("title"u8, button.Title);
        writer.WriteOptional("style"u8, button.Style);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, CardRefresh refresh)
    {
        writer.WriteStartObject("refresh"u8);
        // Nobody presses it, so it has no title, and clients that do not know it do not refresh, so it has no fallback.
        writer.WriteStartObject("action"u8);
        writer.WriteString("type"u8, "Action.Execute"u8);
        writer.WriteString("verb"u8, refresh.Action.Verb);
        Write(writer, refresh.Action.Data, null);
        writer.WriteEndObject();
        writer.WriteStartArray("userIds"u8);
        for (var index = 0; index < refresh.UserIds.Count; index++)
        {
            writer.WriteStringValue(refresh.UserIds[index]);
        }
        writer.WriteEndArray();
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
        writer.WriteOptional("verb"u8, verb);
        writer.WriteEndObject();
    }

    private static void WriteUnlessVerb(Utf8JsonWriter writer, string key, string value, string? verb)
    {
        if (verb is null || key != SubmitAction.VerbKey)
        {
            writer.WriteString(key, value);
        }
    }
}
