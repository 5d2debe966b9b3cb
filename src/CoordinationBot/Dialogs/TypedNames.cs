using System.Text.RegularExpressions;

namespace CoordinationBot.Dialogs;

/// <summary>Parts several names as people type them: "Ann, Bob and Kim"; with semicolons, as mail programs write them, "Abel, Ann; Berg, Bob".</summary>
internal static partial class TypedNames
{
    public static IReadOnlyList<string> Split(string typed) =>
        [.. (typed.Contains(';', StringComparison.Ordinal) ? typed.Split([';', '\n', '\r']) : Separators().Split(typed))
            .Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    [GeneratedRegex(@"[,\n\r、，]|\s(?:and|&)\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
