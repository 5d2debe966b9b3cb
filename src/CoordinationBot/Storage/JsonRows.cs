using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CoordinationBot.Storage;

/// <summary>Rows as typed values, by source-generated JSON.</summary>
internal static class JsonRows
{
    /// <summary>The row's value. A row that cannot be read throws: taken as empty, the next write would destroy it.</summary>
    public static T Read<T>(this Row row, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Data.Span, type) ?? throw new RowUnreadableException(row.Partition, row.Key, new JsonException("The row is null."));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new RowUnreadableException(row.Partition, row.Key, e);
        }
    }

    /// <summary>Null: it cannot be read. For whoever looks at what others may have put there, and writes nothing.</summary>
    public static T? ReadIfItCan<T>(this Row row, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return row.Read(type);
        }
        catch (RowUnreadableException)
        {
            return null;
        }
    }

    public static ReadOnlyMemory<byte> Bytes<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}

/// <summary>A stored row is not what its reader expects. Somebody has to look at it; nothing is written meanwhile.</summary>
internal sealed class RowUnreadableException(string partition, string key, Exception inner)
    : Exception($"Row {LoggedNames.Key(partition, key)} of partition {LoggedNames.Partition(partition)} cannot be read: {inner.GetType().Name}.", inner)
{
    public string Partition { get; } = partition;

    public string Key { get; } = key;
}
