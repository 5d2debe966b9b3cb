using Microsoft.Extensions.Options;

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

internal sealed class StorageOptionsValidation : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        List<string> wrong = [];
        switch (options.Provider)
        {
            case StorageProvider.Sqlite:
                if (string.IsNullOrWhiteSpace(options.Path)) wrong.Add("Storage:Path is empty: set it to the file in which the bot keeps its data.");
                break;
            case StorageProvider.Azure:
                CheckAzure(options, wrong);
                break;
            default:
                wrong.Add($"Storage:Provider is {options.Provider}: set it to Sqlite or Azure.");
                break;
        }
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static void CheckAzure(StorageOptions options, List<string> wrong)
    {
        if (options.AccountUri is null == string.IsNullOrWhiteSpace(options.ConnectionString))
            wrong.Add("Storage:Provider is Azure: set Storage:AccountUri (with the host's identity) or Storage:ConnectionString, and not both.");
        if (options.AccountUri is { } uri && (!uri.IsAbsoluteUri || uri.Scheme != Uri.UriSchemeHttps || AzureAccount.Service(uri, "table") is null))
            wrong.Add("Storage:AccountUri is not a service address of a storage account, like https://NAME.table.core.windows.net.");
        if (!IsName(options.Table, 3, dash: false)) wrong.Add("Storage:Table is not a table name: 3 to 63 letters and digits, beginning with a letter.");
        if (!IsName(options.Queue, 3, dash: true)) wrong.Add("Storage:Queue is not a queue name: 3 to 63 lower-case letters, digits and single dashes between them.");
    }

    private static bool IsName(string? name, int shortest, bool dash) =>
        name is not null && name.Length >= shortest && name.Length <= 63 && (dash
            ? name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
                && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal)
            : char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit));
}
