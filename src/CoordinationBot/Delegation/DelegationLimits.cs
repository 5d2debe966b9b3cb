using System.Globalization;

namespace CoordinationBot.Delegations;

/// <summary>How much fits. A full card with the longest texts stays under what Teams can carry.</summary>
internal static class DelegationLimits
{
    public const int Title = 200;
    public const int StepText = 300;
    public const int Steps = 50;
    public const int Words = 1000;
    public const int Objective = 100;
    public const int Matters = 50;
    public const int Link = 1000;
    public const int Questions = 20;
    public const int Held = 20;
    public const int Involved = 100;
    public const int Commitments = 100;
    public const int Children = 50;
    public const int MustNot = 10;
    public const int Depth = 5;
    public const int Options = 8;
    public const int OptionText = 500;

    /// <summary>Each of them has a card, and all cards change with one commit, which has room for a hundred rows.</summary>
    public const int Consulted = 20;
    public const int Comments = 50;
    public const int CommentText = 500;
    public const int ShortestBackBrief = 6;

    /// <summary>The refusal for a text that is missing or too long, or null when it fits.</summary>
    public static string? Check(string? text, string name, int longest) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => $"Please write {name}.",
        _ when text.Length > longest => string.Create(CultureInfo.InvariantCulture, $"That is too long for {name}: {text.Length:N0} characters, at most {longest:N0} fit. Please shorten it."),
        _ => null,
    };

    /// <summary>The refusal for evidence that does not fit the step, or null when it does.</summary>
    public static string? CheckEvidence(Evidence needed, string? given) => needed switch
    {
        Evidence.None => given is null ? null : Check(given, "the note", Words),
        Evidence.Note => Check(given, "a note on what you did: this step asks for one", Words),
        Evidence.Link => Check(given, "a link to the result: this step asks for one", Link)
            ?? (Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0
                ? null
                : "That is not a link. Please paste one that begins with https://."),
    };
}
