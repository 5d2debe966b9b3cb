using CoordinationBot.Delegations;

namespace CoordinationBot.Meetings;

/// <summary>What somebody needs before a meeting.</summary>
/// <param name="Meeting">Which.</param>
/// <param name="Zone">The reader's: times are printed in it.</param>
/// <param name="Open">What was promised last time.</param>
/// <param name="Delegations">What is open between the reader and others who come.</param>
/// <param name="Now">When it is read.</param>
internal sealed record Brief(Meeting Meeting, string Zone, OpenPoints Open, IReadOnlyList<IndexEntry> Delegations, DateTimeOffset Now)
{
    /// <summary>What is new.</summary>
    public IReadOnlyList<string> News { get; init; } = [];
}
