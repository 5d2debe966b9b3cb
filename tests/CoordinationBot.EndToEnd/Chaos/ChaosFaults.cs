using System.Text.RegularExpressions;

namespace CoordinationBot.EndToEnd.Chaos;

/// <summary>
/// Which sends go wrong, and how: by whose chat, by which work and by what kind of sentence it is, and how often that was sent before. Dates, ids and how something stands by
/// now are no part of it, since they are others in the next run of the same seed.
/// </summary>
internal sealed partial class ChaosFaults(Seeded seeded)
{
    public const string Throttled = "429";
    public const string Concurrent = "412";
    public const string Down = "502";
    public const string Late = "504 after delivery";
    public const string Blocked = "ConversationBlockedByUser";
    public const string NotInRoster = "BotNotInConversationRoster";

    private const int MostTime = 400;
    private const int MostFaults = 3;

    /// <summary>A kind of sentence begins with a name and two words more; dates come after that.</summary>
    private const int WordsOfKind = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Send, int Attempt)> _sends = [];

    /// <summary>What becomes of the next such send, and how many milliseconds it takes.</summary>
    /// <param name="chat">Whose.</param>
    /// <param name="isNew">A message, and no edit of one.</param>
    /// <param name="summary">Its line for the activity feed: a sentence and a title.</param>
    /// <param name="isUncertain">What takes a minute and longer may happen.</param>
    public (string? Fault, int Time) Next(string chat, bool isNew, string summary, bool isUncertain)
    {
        var about = $"{chat}|{isNew}|{Tags().Match(summary).Value}|{KindOf(summary)}";
        lock (_lock)
        {
            var (send, attempt) = _sends.GetValueOrDefault(about, (1, 1));
            var fault = FaultOf($"{about}|{send}|{attempt}", attempt, isUncertain);
            _sends[about] = fault is null ? (send + 1, 1) : (send, attempt + 1);
            return (fault, seeded.Of($"time|{about}|{send}", MostTime));
        }
    }

    private static string KindOf(string summary) => string.Join(' ', Changing().Replace(summary, "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(WordsOfKind));

    private string? FaultOf(string about, int attempt, bool isUncertain) => attempt > MostFaults ? null : seeded.Of(about) switch
    {
        < 0.04 => Throttled,
        < 0.07 => Concurrent,
        < 0.09 when attempt == 1 && isUncertain => Down,
        < 0.11 when attempt == 1 && isUncertain => Late,
        > 0.99 when attempt == 1 => Blocked,
        > 0.98 when attempt == 1 => NotInRoster,
        _ => null,
    };

    [GeneratedRegex(@"W\d{5}")]
    private static partial Regex Tags();

    /// <summary>Ids are made from what differs in each run, and so are times.</summary>
    [GeneratedRegex(@"[A-Z]-[0-9A-Z]{6}|\S*\d\S*")]
    private static partial Regex Changing();
}
