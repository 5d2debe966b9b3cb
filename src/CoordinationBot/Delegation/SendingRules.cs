using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using NodaTime.Extensions;

namespace CoordinationBot.Delegations;

/// <summary>What a leader should know before something is sent: what the assignee has, what clashes with it, and which clauses will count.</summary>
internal static class SendingRules
{
    private const int MostClashes = 3;

    /// <summary>How much somebody has open: a count of work, never a score of the person. Of what is confidential between others nothing is said.</summary>
    /// <param name="assignee">Who is to do it.</param>
    /// <param name="open">What they have.</param>
    /// <param name="leaderId">Who asks.</param>
    /// <param name="due">When the new work is due.</param>
    /// <param name="now">When it is asked.</param>
    public static string Load(Party assignee, IReadOnlyList<IndexEntry> open, string leaderId, Due due, DateTimeOffset now)
    {
        var seen = open.Where(entry => IsSeenBy(entry, leaderId)).ToList();
        if (seen.Count == 0)
        {
            return $"{assignee.Name} has nothing else open that you may see.";
        }
        var late = seen.Count(entry => entry.IsLate(now));
        var before = seen.Count(entry => entry.CanBeLate && !entry.IsLate(now) && entry.Due.At <= due.At);
        string[] parts = [.. late > 0 ? (string[])[$"{late} overdue"] : [], .. before > 0 ? (string[])[$"{before} due before this"] : []];
        return $"{assignee.Name} has {seen.Count} {(seen.Count == 1 ? "task" : "tasks")} open{(parts.Length > 0 ? $": {string.Join(", ", parts)}" : "")}.";
    }

    /// <summary>Work for other leaders that is due on the day on which this is due.</summary>
    /// <param name="open">What the assignee has.</param>
    /// <param name="id">This itself, which is no clash; null when it is not sent yet.</param>
    /// <param name="leaderId">Whose this is.</param>
    /// <param name="due">When this is due.</param>
    public static IReadOnlyList<IndexEntry> Clashes(IEnumerable<IndexEntry> open, string? id, string leaderId, Due due) =>
        [.. open.Where(entry => entry.CanBeLate && entry.Id != id && entry.Leader.ObjectId != leaderId && entry.Ancestors?.Contains(id) != true && IsSameDay(entry.Due, due))];

    /// <summary>That there is a clash, and with what. Of what is confidential nothing is said, not even how much of it there is.</summary>
    public static IEnumerable<string> Sentences(IEnumerable<IndexEntry> clashes)
    {
        var seen = clashes.Where(entry => !entry.IsConfidential).ToList();
        return
        [
            .. seen.Take(MostClashes).Select(entry => $"A clash: “{entry.Title}” for {entry.Leader.Name} is due on the same day."),
            .. seen.Count > MostClashes ? (string[])[$"And {seen.Count - MostClashes} more on that day."] : [],
        ];
    }

    /// <summary>What the other leader is told: what came later clashes with what they gave. Null: it is confidential, and not for them to know of.</summary>
    public static string? Told(Delegation later) => later.Terms.Limits.IsConfidential ? null : $"A clash: {later.Leader.Name} asked {later.Assignee.Name} for “{later.Terms.Title}”, which is due on the same day.";

    /// <summary>The policies that will speak when what these terms permit is done.</summary>
    public static IEnumerable<Policy> Applying(IEnumerable<Policy> policies, Terms terms)
    {
        var bounds = terms.Limits;
        return policies.Where(policy => (policy.Matter is null || policy.Matter.Equals(bounds.Matter, StringComparison.OrdinalIgnoreCase)) && policy.Subject switch
        {
            PolicySubject.Spending => bounds.Budget is { } budget && (policy.Over is null || policy.Over.Currency != budget.Currency || budget.Amount > policy.Over.Amount),
            PolicySubject.OutsideCommitment => bounds.OutsideCommitments,
            PolicySubject.SubDelegation => bounds.Depth > 0,
        });
    }

    private static bool IsSeenBy(IndexEntry entry, string leaderId) => !entry.IsConfidential || entry.Leader.ObjectId == leaderId;

    /// <summary>By the calendar of the new work: the other may be meant in another zone.</summary>
    private static bool IsSameDay(Due one, Due other) => Zones.Find(other.Zone) is var zone && one.At.ToInstant().InZone(zone).Date == other.At.ToInstant().InZone(zone).Date;
}
