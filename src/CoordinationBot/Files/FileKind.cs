namespace CoordinationBot.Files;

/// <summary>A kind of file that a feature makes.</summary>
/// <param name="Name">Letters and dashes; in the link.</param>
/// <param name="OpenAsync">Makes it for who asked, as they may see it now; null: they may no longer.</param>
internal sealed record FileKind(string Name, Func<FileRequest, DateTimeOffset, CancellationToken, ValueTask<ServedFile?>> OpenAsync);

/// <summary>A file on its way out.</summary>
/// <param name="ContentType">With its charset, where it has one.</param>
/// <param name="Name">ASCII letters, digits, dashes and dots.</param>
/// <param name="Parts">One after the other, made as they are read: nothing grows with the length of the file.</param>
internal sealed record ServedFile(string ContentType, string Name, IAsyncEnumerable<ReadOnlyMemory<byte>> Parts)
{
    /// <summary>A file that is there as a whole.</summary>
    public static ServedFile Whole(string contentType, string name, ReadOnlyMemory<byte> content) => new(contentType, name, new[] { content }.ToAsyncEnumerable());
}
