using System.Text.Json;

namespace CoordinationBot.Protocol.Cards;

/// <summary>Writes charts and pictures: <see cref="CardWriter"/> for what few cards have.</summary>
internal static class ChartWriter
{
    public static void Write(Utf8JsonWriter writer, CardImage image)
    {
        writer.WriteString("type"u8, "Image"u8);
        writer.WriteString("url"u8, image.Url);
        writer.WriteString("altText"u8, image.AltText);
        writer.WriteString("size"u8, "stretch"u8);
    }

    public static void Write(Utf8JsonWriter writer, BarChart chart)
    {
        writer.WriteString("type"u8, chart.AreLying ? "Chart.HorizontalBar"u8 : "Chart.VerticalBar"u8);
        writer.WriteString("title"u8, chart.Title);
        if (!chart.AreLying)
        {
            // Those that lie know no such setting.
            writer.WriteBoolean("showBarValues"u8, true);
        }
        writer.WriteStartArray("data"u8);
        for (var index = 0; index < chart.Bars.Count; index++)
        {
            writer.WriteStartObject();
            writer.WriteString("x"u8, chart.Bars[index].Label);
            writer.WriteNumber("y"u8, chart.Bars[index].Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartObject("fallback"u8);
        Write(writer, chart.Fallback);
        writer.WriteEndObject();
    }
}
