using System.Globalization;
using System.Text;

namespace CoordinationBot.Delegations;

/// <summary>
/// The keys of a person's lists. Each list is a range of keys in the order in which it is shown, so that a page is a range too; a delegation stands
/// in every list it belongs to, and <see cref="At"/> knows in which it stands now.
/// </summary>
internal static class IndexKeys
{
    private const int LongestCursor = 160;
    private const long LastMinute = 999_999_999_999;

    /// <summary>Begins the keys of all summaries, and of what else waits for the person: one read for the help.</summary>
    public const string Counted = "open|";

    public static string Summary(Role role) => $"{Counted}all|{Name(role)}";

    /// <summary>The row of one delegation: the entry that was written last.</summary>
    public static string At(Role role, string id) => $"at|{Name(role)}|{id}";

    /// <summary>All that is open, what is due first comes first; or all that has ended, the other way round.</summary>
    public static string All(Role role, bool open) => $"list|{(open ? "open" : "closed")}|{Name(role)}|";

    /// <summary>Given by the person, and their turn.</summary>
    public const string Awaited = "list|open|given-awaited|";

    /// <summary>Given by the person to somebody.</summary>
    public static string To(string objectId, bool open) => $"list|{(open ? "open" : "closed")}|given-to|{objectId}|";

    /// <summary>Given by the person, in a matter whose name begins so.</summary>
    public static string Matter(string beginning, bool open) => $"list|{(open ? "open" : "closed")}|given-matter|{Slug(beginning)}";

    /// <summary>Given by the person, serving an objective whose name begins so.</summary>
    public static string Objective(string beginning, bool open) => $"list|{(open ? "open" : "closed")}|given-objective|{Slug(beginning)}";

    /// <summary>Assigned to the person, somewhere below a delegation; whether it is open or not.</summary>
    public static string Under(string ancestor) => $"list|under|{ancestor}|";

    /// <summary>Every place of an entry in a person's lists.</summary>
    public static IReadOnlyList<string> Of(Role role, IndexEntry entry)
    {
        var place = $"{Minute(entry)}|{entry.Id}";
        List<string> keys = [All(role, entry.IsOpen) + place];
        if (role == Role.Assignee)
        {
            keys.AddRange((entry.Ancestors ?? []).Select(ancestor => Under(ancestor) + entry.Id));
        }
        if (role == Role.Leader)
        {
            keys.Add(To(entry.Assignee.ObjectId, entry.IsOpen) + place);
            if (entry.Awaits != Delegations.Awaited.Nothing)
            {
                keys.Add(Awaited + place);
            }
            if (entry.Matter is { } matter)
            {
                keys.Add($"{Matter(matter, entry.IsOpen)}|{place}");
            }
            if (entry.Objective is { } objective)
            {
                keys.Add($"{Objective(objective, entry.IsOpen)}|{place}");
            }
        }
        return keys;
    }

    /// <summary>Before the first key that what is due from then on can have in a list of what is open.</summary>
    public static string From(string list, DateTimeOffset from) => list + Minute(from);

    /// <summary>The last key that what is due by now can have in a list of what is open.</summary>
    public static string Until(string list, DateTimeOffset now) => $"{list}{Minute(now)}~";

    /// <summary>Begins the keys of what is due on this day.</summary>
    public static string Day(string list, DateTimeOffset day) => list + IndexShare.DayOf(day).ToString(CultureInfo.InvariantCulture);

    /// <summary>The letters and digits of a text, so that it can stand in a key and small differences of spelling do not matter.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                slug.Append(Rune.ToLowerInvariant(rune));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }
        return slug.ToString().TrimEnd('-');
    }

    /// <summary>Whether a text can be the end of one of these keys. Cursors come back from cards, and cards can be made up.</summary>
    public static bool IsCursor(string text) =>
        text.Length is > 0 and <= LongestCursor && text.EnumerateRunes().All(rune => Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '|');

    private static string Minute(IndexEntry entry) =>
        entry.IsOpen ? Minute(entry.Due.At) : (LastMinute - long.Parse(Minute(entry.Due.At), CultureInfo.InvariantCulture)).ToString("D12", CultureInfo.InvariantCulture);

    private static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    private static string Name(Role role) => role switch
    {
        Role.Leader => "given",
        Role.Assignee => "task",
        Role.Approver => "approval",
        Role.Consulted => "consulted",
    };
}
