using System.Globalization;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Delegations;

/// <summary>A page of a list.</summary>
/// <param name="Entries">What is on it.</param>
/// <param name="Next">After what the next page begins; null: there is nothing more.</param>
internal sealed record IndexPage(IReadOnlyList<IndexEntry> Entries, string? Next);

/// <summary>Where a card stands in a list, and how it came there. It is written into buttons and read back, so everything in it is checked.</summary>
/// <param name="After">The cursor after which the page begins; null: at the beginning.</param>
/// <param name="Before">How many were shown before.</param>
/// <param name="Trail">The places before this one, oldest first; at most <see cref="LongestTrail"/>.</param>
internal sealed record ListPlace(string? After, int Before, string[] Trail)
{
    public const int PageLength = 10;

    private const int LongestTrail = 20;
    private const int MostBefore = 1_000_000;

    public static readonly ListPlace Start = new(null, 0, []);

    public static ListPlace From(Inputs inputs) =>
        inputs.Text("at") is { } at && Parse(at) is var (after, before)
            ? new ListPlace(after, before, [.. (inputs.Text("trail") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).TakeLast(LongestTrail).Where(place => Parse(place) is not null)])
            : Start;

    public ListPlace Following(IndexPage page) => new(page.Next, Before + page.Entries.Count, [.. Trail.Append(Text).TakeLast(LongestTrail)]);

    /// <summary>The page before; from far inside a list, the way back ends at its beginning.</summary>
    public ListPlace? Preceding => After is null ? null : Trail is [.. var earlier, var last] && Parse(last) is var (after, before) ? new ListPlace(after, before, [.. earlier]) : Start;

    public IReadOnlyDictionary<string, string> Data => new Dictionary<string, string> { ["at"] = Text, ["trail"] = string.Join(',', Trail) };

    private string Text => string.Create(CultureInfo.InvariantCulture, $"{Before}:{After}");

    private static (string? After, int Before)? Parse(string place) =>
        place.Split(':', 2) is [var before, var after]
        && int.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostBefore
        && (after.Length == 0 || IndexKeys.IsCursor(after))
            ? (after.Length == 0 ? null : after, number)
            : null;
}
