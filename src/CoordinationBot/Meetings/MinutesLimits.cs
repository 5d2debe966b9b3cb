using System.Globalization;

namespace CoordinationBot.Meetings;

/// <summary>How much fits into minutes: a row of the store, with room for every script.</summary>
internal static class MinutesLimits
{
    public const int Entries = 150;
    public const int EntryText = 1000;

    /// <summary>It becomes the title of a delegation.</summary>
    public const int ActionText = Delegations.DelegationLimits.Title;

    public const int Corrections = 40;

    /// <summary>All texts together: as JSON a character may take six.</summary>
    public const int AllText = 50_000;

    public static int Longest(EntryKind kind) => kind == EntryKind.Action ? ActionText : EntryText;

    /// <summary>Why a text does not fit, or null.</summary>
    public static string? Check(string? text, EntryKind kind) => text switch
    {
        null or "" => "Please write what was said.",
        _ when text.Length > Longest(kind) => string.Create(CultureInfo.InvariantCulture, $"That is too long for {Name(kind)}: {text.Length:N0} characters, at most {Longest(kind):N0} fit. Please shorten it{(kind == EntryKind.Action ? ", and put the details into a note" : "")}."),
        _ => null,
    };

    /// <summary>Whether so many characters more still fit.</summary>
    public static bool HasRoom(Minutes minutes, int more) =>
        minutes.Entries.Sum(entry => entry.Text.Length) + minutes.Corrections.Sum(correction => correction.Text.Length) + more <= AllText;

    public static string Name(EntryKind kind) => kind switch
    {
        EntryKind.Note => "a note",
        EntryKind.Decision => "a decision",
        EntryKind.Question => "an open question",
        EntryKind.Action => "an action item",
    };
}
