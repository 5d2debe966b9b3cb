namespace CoordinationBot.Storage;

internal enum StorageProvider
{
    Sqlite,
    Azure,
}

/// <summary>Settings of section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>The Sqlite file; a relative path begins at the content root.</summary>
    public string Path { get; set; } = "data/coordination.db";

    /// <summary>Any service address of the storage account, for example <c>https://NAME.table.core.windows.net</c>; reached with the host's identity.</summary>
    public Uri? AccountUri { get; set; }

    /// <summary>Instead of <see cref="AccountUri"/>: Azurite, or an account key.</summary>
    public string? ConnectionString { get; set; }

    public string Table { get; set; } = "coordination";

    public string Queue { get; set; } = "coordination-work";
}
