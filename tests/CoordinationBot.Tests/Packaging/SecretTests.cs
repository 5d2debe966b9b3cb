using System.Text.RegularExpressions;

namespace CoordinationBot.Tests.Packaging;

/// <summary>No key, password or token is in the repository, whoever's it may be.</summary>
public sealed partial class SecretTests
{
    /// <summary>The key of the storage emulator, which Microsoft publishes.</summary>
    private const string Emulator = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    [Fact]
    public async Task No_file_of_the_repository_has_a_secret()
    {
        var files = (await TrackedAsync()).Where(file => !IsPicture(file)).ToList();
        Assert.Contains("README.md", files);
        List<string> found = [];
        foreach (var file in files)
        {
            var text = await File.ReadAllTextAsync(Path.Combine(NpmFolder.Root, file), TestContext.Current.CancellationToken);
            found.AddRange(Find(text).Select(what => $"{file}: {what}"));
        }
        Assert.Empty(found);
    }

    // Put together here, so that this file has none.
    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE", " KEY-----")]
    [InlineData("AccountKey=", "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0")]
    [InlineData("https://x.table.core.windows.net/?sv=2022-11-02&sig=", "abcdefghijklmnopqrstuvwxyz0123456789abcdefg%3D")]
    [InlineData("abc8Q~", "abcdefghijklmnopqrstuvwxyzABCDEFGH")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.", "abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("ghp_", "abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("\"ClientSecret\": \"", "correct horse battery\"")]
    [InlineData("Mail__Password=", "correcthorsebattery")]
    public void A_secret_would_be_found(string begin, string rest) => Assert.Single(Find(begin + rest));

    private static async Task<IReadOnlyList<string>> TrackedAsync()
    {
        var output = await Command.DoAsync(NpmFolder.Root, "git", "ls-files", "--cached", "--others", "--exclude-standard");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(NpmFolder.Root, file)))];
    }

    private static bool IsPicture(string file) => Path.GetExtension(file) is ".png" or ".jpg";

    private static IEnumerable<string> Find(string text) => Secrets().Matches(text).Select(match => match.Value).Where(value => !value.Contains(Emulator, StringComparison.Ordinal));

    // Private keys; storage keys and signatures; Entra client secrets; tokens of others; and whatever is written out as a secret or a password of this host.
    [GeneratedRegex("""
        -----BEGIN[ ][A-Z ]*PRIVATE[ ]KEY-----
        | AccountKey=[A-Za-z0-9+/=]{40,}
        | [?&]sig=[A-Za-z0-9%+/]{30,}
        | \b[A-Za-z0-9_.~-]{3}\dQ~[A-Za-z0-9_.~-]{31,34}
        | \beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{20,}
        | \b(?:gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[A-Z0-9]{16}|npm_[A-Za-z0-9]{36})
        | "(?:ClientSecret|Password|ImapPassword)"\s*:\s*"[^"{]{12,}"
        | (?:ClientSecret|Password)=[^\s"'<{;]{12,}
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();
}
