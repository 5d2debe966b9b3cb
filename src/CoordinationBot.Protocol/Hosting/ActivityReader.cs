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
        if (!Utf8.IsValid(body))
        {
            return null;
        }
        try
        {
            if (body.IndexOf("\\ud"u8) >= 0 || body.IndexOf("\\uD"u8) >= 0)
            {
                CheckEscapes(body);
            }
            var activity = JsonSerializer.Deserialize(body, ProtocolJson.Wire.Activity);
            return string.IsNullOrEmpty(activity?.Type) ? null : WithoutHoles(activity);
        }
        // The second is half of an escaped surrogate pair.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Half of an escaped surrogate pair parses, but throws whenever somebody reads that text.</summary>
    private static void CheckEscapes(ReadOnlySpan<byte> body)
    {
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
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    /// <summary>Nulls in lists and absent types say nothing, but would trip whoever walks the list. Allocates only if there are any.</summary>
    private static Activity WithoutHoles(Activity activity)
    {
        if (HasHole(activity.Entities, static entity => entity?.Type is null))
        {
            activity = activity with { Entities = [.. activity.Entities!.OfType<Entity>().Select(entity => entity.Type is null ? entity with { Type = "" } : entity)] };
        }
        if (HasHole(activity.Attachments, static attachment => attachment?.ContentType is null))
        {
            activity = activity with
            {
                Attachments = [.. activity.Attachments!.OfType<Attachment>().Select(item => item.ContentType is null ? item with { ContentType = "" } : item)],
            };
        }
        if (HasHole(activity.MembersAdded, static member => member is null))
        {
            activity = activity with { MembersAdded = [.. activity.MembersAdded!.OfType<ChannelAccount>()] };
        }
        if (HasHole(activity.MembersRemoved, static member => member is null))
        {
            activity = activity with { MembersRemoved = [.. activity.MembersRemoved!.OfType<ChannelAccount>()] };
        }
        return activity;
    }

    private static bool HasHole<T>(IReadOnlyList<T>? list, Func<T?, bool> isHole)
    {
        for (var index = 0; index < list?.Count; index++)
        {
            if (isHole(list[index]))
            {
                return true;
            }
        }
        return false;
    }
}
