namespace CoordinationBot.Tests.Feedbacks;

/// <summary>A row as it lay in the store.</summary>
internal sealed record StoredRow(string Partition, string Key, long Version, string Data);

/// <summary>Something that happened on the wire, in its order: what came in (as the operator's proxy would see it) and what the bot sent.</summary>
/// <param name="Person">Whose conversation it was.</param>
/// <param name="At">When.</param>
/// <param name="Size">Of what the bot sent; nobody but the channel sees that of what comes in.</param>
internal sealed record Seen(int Person, DateTimeOffset At, int Size);

/// <summary>Everything that somebody with full access has.</summary>
/// <param name="Rows">Of the store, at the end of the day.</param>
/// <param name="Work">Of the queue, in its order.</param>
/// <param name="Log">Every line, at the finest level.</param>
/// <param name="Sent">What the bot sent by itself, the forms among it, in its order.</param>
/// <param name="Presses">Turns that came in, in their order: who and when, not what.</param>
/// <param name="People">Ids of everybody, by number: object id, channel id, conversation, name.</param>
/// <param name="Operations">Ids of all turns, by whom: what a deduplication record would hold.</param>
internal sealed record Evidence(
    IReadOnlyList<StoredRow> Rows,
    IReadOnlyList<(string Kind, string Partition, long Due)> Work,
    IReadOnlyList<string> Log,
    IReadOnlyList<Seen> Sent,
    IReadOnlyList<Seen> Presses,
    IReadOnlyList<string[]> People,
    IReadOnlyDictionary<string, int> Operations)
{
    /// <summary>The rows of feedback that nobody signed.</summary>
    public IReadOnlyList<StoredRow> Anonymous => [.. Rows.Where(row => row.Partition.Contains("|F|", StringComparison.Ordinal) && row.Key == "state" && !row.Data.Contains("\"Author\":", StringComparison.Ordinal))];

}
