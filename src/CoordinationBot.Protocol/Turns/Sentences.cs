namespace CoordinationBot.Protocol.Turns;

/// <summary>What the runner itself says to people.</summary>
internal static class Sentences
{
    public const string OldButton = "That button belongs to an older version of this card. Type help to go on.";
    public const string SentBelow = "Sent below.";
    public const string SentToOwnChat = "I have answered in your own chat.";
    public const string NoPrivateChat = "I cannot write to you in private yet. Open a chat with me first, then ask again.";
    public const string UnknownPerson = "I cannot tell who you are, so I cannot do this. Sign in with your work account and try again.";
    public const string GroupHint = "Here I understand short commands, for example help, delegate or my tasks. What is personal I answer in your own chat.";

    public const string TooLong = "That is longer than I can read at once (some 50,000 characters), so nothing was done. Please shorten it, or send it in parts.";

    private const int LongestName = 40;

    public static string Failed(string errorId) =>
        $"Something went wrong on my side, and I cannot tell whether this was done. Please look again in a minute, before you repeat it. (Error {errorId})";

    public static string TakesLonger(string errorId, bool isCard) =>
        $"This takes longer than usual, and I cannot tell yet whether it was done. Please look{(isCard ? " at the card" : "")} again in a minute, before you repeat it. (Error {errorId})";

    public static string NotSent(string errorId) => $"I could not send it just now. Please press the button again in a minute. (Error {errorId})";

    public static string Unanswered(string errorId) => $"It is done, but I could not show you the result. Please look again in a minute. (Error {errorId})";

    public static string AnsweredInOwnChat(string? name) => $"{FirstName(name) ?? "Hello"}, I have answered in your own chat.";

    // "Ann Smith" and "Smith, Ann" are both Ann. A name is what its owner chose: control characters and marks that turn the line around stay out.
    private static string? FirstName(string? name)
    {
        if (name is null)
        {
            return null;
        }
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        var given = (comma >= 0 ? name.AsSpan(comma + 1) : name).Trim();
        var end = given.IndexOf(' ');
        var first = Cards.CardText.Literal((end < 0 ? given : given[..end]).ToString());
        return first.Length is 0 or > LongestName ? null : first;
    }
}
