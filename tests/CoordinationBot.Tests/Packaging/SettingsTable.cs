using System.Text.RegularExpressions;

namespace CoordinationBot.Tests.Packaging;

/// <summary>The table of settings in <c>deploy/README.md</c>.</summary>
internal static partial class SettingsTable
{
    /// <summary>All names in its first column.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. File.ReadLines(Path.Combine(NpmFolder.Root, "deploy", "README.md"))
            .SkipWhile(line => line != "| setting | meaning | default |")
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .SelectMany(line => Name().Matches(line.Split('|')[1]))
            .Select(match => match.Groups[1].Value),
    ];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
