namespace CoordinationBot.Files;

/// <summary>Makes links to files, for the cards that offer them.</summary>
internal sealed class FileLinks(FileStore store, PublicAddress address)
{
    public const string NoAddress = "I cannot offer a file: nobody has told me the address under which your browser reaches me. Please ask whoever runs me to set Office:PublicAddress.";

    /// <summary>A new link; null: nobody knows where a browser reaches this host.</summary>
    public async ValueTask<Uri?> CreateAsync(FileRequest file, DateTimeOffset now, CancellationToken cancel) =>
        address.Find() is { } host ? new Uri(host, FileEndpoint.Address(await store.CreateAsync(file, now, cancel))) : null;
}
