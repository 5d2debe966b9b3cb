using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoordinationBot.Protocol.Activities;

/// <summary>
/// Text where a channel may put something else: entities of types that appear later use the same field names for other things, and an
/// activity must not be lost for that. Anything but text reads as absent.
/// </summary>
internal sealed class LenientString : JsonConverter<string?>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }
        reader.Skip();
        return null;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>An account where a channel may put something else, for the same reason.</summary>
internal sealed class LenientAccount : JsonConverter<ChannelAccount?>
{
    /// <inheritdoc/>
    public override ChannelAccount? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        using var json = JsonDocument.ParseValue(ref reader);
        return new ChannelAccount { Id = Text(json, "id"), Name = Text(json, "name"), AadObjectId = Text(json, "aadObjectId") };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ChannelAccount? value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, ProtocolJson.Wire.ChannelAccount!);

    private static string? Text(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
