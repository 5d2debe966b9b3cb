using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using CoordinationBot.Protocol.Activities;

namespace CoordinationBot.Protocol.Hosting;

/// <summary>
/// Bytes to activity. Strict about JSON (what is taken here must not fail later, when a handler reads a payload lazily), tolerant about
/// content (A2005, A2006, A2014: unknown fields, types and entities are fine).
/// </summary>
internal static class ActivityReader
{
    /// <summary>Null when the bytes are no activity.</summary>
    public static Activity? Read(in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            return Read(body.FirstSpan);
        }
        // One copy for a body of several segments: the reader of segments copies what crosses their borders and reads everything twice.
        var length = checked((int)body.Length);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(rented);
            return Read(rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Null when the bytes are no activity.</summary>
    public static Activity? Read(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body) || !HasWholeEscapes(body))
        {
            return null;
        }
        try
        {
            var activity = JsonSerializer.Deserialize(body, ProtocolJson.Wire.Activity);
            return string.IsNullOrEmpty(activity?.Type) ? null : WithoutHoles(activity);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Half of an escaped surrogate pair parses, but throws whenever somebody reads that text. Few bodies have such escapes at all.</summary>
    private static bool HasWholeEscapes(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("\\ud"u8) < 0 && body.IndexOf("\\uD"u8) < 0)
        {
            return true;
        }
        var text = ArrayPool<char>.Shared.Rent(body.Length);
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.CopyString(text);
                }
            }
            return true;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return false;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    /// <summary>A null in a list says nothing, but would trip whoever walks it. Allocates only if there is one.</summary>
    private static Activity WithoutHoles(Activity activity) =>
        HasHole(activity.Entities) || HasHole(activity.Attachments) || HasHole(activity.MembersAdded) || HasHole(activity.MembersRemoved)
            ? activity with
            {
                Entities = activity.Entities?.OfType<Entity>().ToArray(),
                Attachments = activity.Attachments?.OfType<Attachment>().ToArray(),
                MembersAdded = activity.MembersAdded?.OfType<ChannelAccount>().ToArray(),
                MembersRemoved = activity.MembersRemoved?.OfType<ChannelAccount>().ToArray(),
            }
            : activity;

    private static bool HasHole<T>(IReadOnlyList<T>? list)
        where T : class
    {
        for (var index = 0; index < list?.Count; index++)
        {
            if (list[index] is null)
            {
                return true;
            }
        }
        return false;
    }
}
