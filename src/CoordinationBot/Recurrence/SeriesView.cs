using CoordinationBot.Delegations;

namespace CoordinationBot.Recurrences;

/// <summary>Who looks at a series, and what the card says on top.</summary>
/// <param name="Series">What is shown.</param>
/// <param name="Role">As whom.</param>
/// <param name="Next">The next date; null: there is none.</param>
/// <param name="Zone">The viewer's zone: times are printed in it.</param>
/// <param name="History">The newest entries.</param>
internal sealed record SeriesView(Series Series, Role Role, DateOnly? Next, string Zone, IReadOnlyList<HistoryEntry> History)
{
    /// <summary>What is new.</summary>
    public IReadOnlyList<string> News { get; init; } = [];

    /// <summary>Why the last press did nothing.</summary>
    public string? Refusal { get; init; }

    /// <summary>The leader is asked to confirm that it ends.</summary>
    public bool Ending { get; init; }
}
