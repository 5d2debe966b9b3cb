using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace CoordinationBot.Storage;

/// <summary>
/// The limits of Azure Tables, checked before either implementation is asked: the emulator lets some of them pass (rows above 1 MiB), and
/// an installation that began embedded must be able to move to Azure with what it has.
/// </summary>
internal static class TableLimits
{
    public const int MaxChanges = 100;
    public const int MaxTake = 1000;
    public const int MaxKeyLength = 512;
    public const int MaxRowSize = 1024 * 1024;
    public const int MaxCommitSize = 4 * 1024 * 1024;

    /// <summary>UTF-16 characters of one string property. Data is split over as many as it needs: 17 at most, of the 252 a row may have.</summary>
    public const int MaxStringLength = 32_768;

    /// <summary>What a row costs beside keys and data: its own overhead, timestamp, commit mark, and the names and headers of its data properties.</summary>
    private const int RowOverhead = 1024;

    /// <summary>What a change costs on the wire beside keys and data: the headers of its part of the multipart request.</summary>
    private const int ChangeOverhead = 2048;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        ['/', '\\', '#', '?', .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code)]);

    public static void CheckKey(string key, string what)
    {
        ArgumentNullException.ThrowIfNull(key, what);
        if (key.Length == 0) throw new ArgumentException($"The {what} is empty.", what);
        CheckCharacters(key, what);
    }

    public static void CheckQuery(string partition, string prefix, int take, string? after)
    {
        CheckKey(partition, nameof(partition));
        ArgumentNullException.ThrowIfNull(prefix);
        CheckCharacters(prefix, nameof(prefix));
        if (take is < 1 or > MaxTake) throw new ArgumentException($"A query takes 1 to {MaxTake} rows, not {take}.", nameof(take));
        if (after is not null) CheckKey(after, nameof(after));
    }

    public static void CheckScan(string prefix, int take, RowPlace? after)
    {
        if (prefix.Length > 0) CheckKey(prefix, nameof(prefix));
        if (!Ascii.IsValid(prefix) || prefix.EndsWith('~')) throw new ArgumentException("A scan begins with ASCII below '~'.", nameof(prefix));
        if (take is < 1 or > MaxTake) throw new ArgumentException($"A scan takes 1 to {MaxTake} rows, not {take}.", nameof(take));
        if (after is not null)
        {
            CheckKey(after.Partition, nameof(after));
            CheckKey(after.Key, nameof(after));
        }
    }

    /// <summary>The first partition beyond those that begin so.</summary>
    public static string EndOfScan(string prefix) => prefix.Length == 0 ? "\uFFFF" : prefix[..^1] + (char)(prefix[^1] + 1);

    public static void CheckCommit(string partition, IReadOnlyList<Change> changes)
    {
        CheckKey(partition, nameof(partition));
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count is < 1 or > MaxChanges) throw new ArgumentException($"A commit has 1 to {MaxChanges} changes, not {changes.Count}.", nameof(changes));
        CheckDistinct(changes);

        var size = 0L;
        for (var i = 0; i < changes.Count; i++)
        {
            CheckKey(changes[i].Key, "key");
            var data = DataOf(changes[i]).Span;
            if (!Utf8.IsValid(data)) throw new ArgumentException($"The data of row {changes[i].Key} is not valid UTF-8.", nameof(changes));
            if (RowSize(partition, changes[i].Key, data) > MaxRowSize)
                throw new ArgumentException($"Row {changes[i].Key} is larger than {MaxRowSize} bytes as Azure counts it (two bytes a character).", nameof(changes));
            size += ChangeSize(partition, changes[i].Key, data);
        }
        if (size > MaxCommitSize) throw new ArgumentException($"The commit is larger than {MaxCommitSize} bytes as Azure is sent it.", nameof(changes));
    }

    public static ReadOnlyMemory<byte> DataOf(Change change) => change switch
    {
        Change.Insert insert => insert.Data,
        Change.Replace replace => replace.Data,
        Change.Upsert upsert => upsert.Data,
        _ => default,
    };

    /// <summary>Azure counts strings in UTF-16.</summary>
    public static long RowSize(string partition, string key, ReadOnlySpan<byte> data) =>
        RowOverhead + (2L * (partition.Length + key.Length + Encoding.UTF8.GetCharCount(data)));

    /// <summary>
    /// The change as sent: keys occur twice, percent-encoded in the address (three bytes for each of up to three bytes of a character) and escaped in the body; data
    /// is a JSON string in which quotes, some signs and everything beyond ASCII become six bytes.
    /// </summary>
    public static long ChangeSize(string partition, string key, ReadOnlySpan<byte> data) =>
        ChangeOverhead + (15L * (partition.Length + key.Length)) + Encoding.UTF8.GetCharCount(data) + (5L * Escaped(data));

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        " !#$%()*,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private static long Escaped(ReadOnlySpan<byte> data)
    {
        var count = 0L;
        for (var at = data.IndexOfAnyExcept(Plain); at >= 0; at = data.IndexOfAnyExcept(Plain))
        {
            // A continuation byte belongs to a character counted already; a character of four bytes is two escapes, counted at its first.
            count += data[at] >= 0xF0 ? 2 : (data[at] & 0xC0) == 0x80 ? 0 : 1;
            data = data[(at + 1)..];
        }
        return count;
    }

    private static void CheckDistinct(IReadOnlyList<Change> changes)
    {
        if (changes.Count == 1) return;
        var seen = new HashSet<string>(changes.Count, StringComparer.Ordinal);
        for (var i = 0; i < changes.Count; i++)
        {
            if (!seen.Add(changes[i].Key)) throw new ArgumentException($"Key {changes[i].Key} occurs twice in one commit.", nameof(changes));
        }
    }

    private static void CheckCharacters(string text, string what)
    {
        if (text.Length > MaxKeyLength) throw new ArgumentException($"The {what} is longer than {MaxKeyLength} characters.", what);
        var at = text.AsSpan().IndexOfAny(Forbidden);
        if (at >= 0) throw new ArgumentException($"The {what} holds the character U+{(int)text[at]:X4}, which a key must not.", what);
        for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) throw new ArgumentException($"The {what} holds half a surrogate pair.", what);
            i++;
        }
    }
}
