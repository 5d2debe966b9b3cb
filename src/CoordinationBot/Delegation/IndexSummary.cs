using System.Collections.Immutable;

namespace CoordinationBot.Delegations;

/// <summary>What one entry adds to the summary of its list.</summary>
/// <param name="State">Counted under.</param>
/// <param name="Day">The day (UTC, as in 20261127) from which on it may be late; null when it cannot be.</param>
/// <param name="IsAwaited">The leader's turn.</param>
/// <param name="Currency">Of the money.</param>
/// <param name="Money">Zero without a currency.</param>
internal sealed record IndexShare(DelegationState State, int? Day, bool IsAwaited, string? Currency, MoneySum Money)
{
    public static IndexShare Of(IndexEntry entry) => new(
        entry.State,
        entry.CanBeLate ? DayOf(entry.Due.At) : null,
        entry.Awaits != Awaited.Nothing,
        entry.Budget?.Currency,
        entry.Budget is null ? MoneySum.Zero
            : entry.IsOpen ? new MoneySum(entry.Budget.Amount, entry.Used, entry.SetAside, 0)
            : new MoneySum(0, 0, 0, entry.Used));

    public static int DayOf(DateTimeOffset at) => at.UtcDateTime is var day ? (((day.Year * 100) + day.Month) * 100) + day.Day : 0;
}

/// <summary>
/// The sums of a person's list, however long it is: one row, written in the commit that writes the entry. What depends on the clock is not in it;
/// how many are late follows from the days.
/// </summary>
internal sealed record IndexSummary
{
    public static readonly IndexSummary Empty = new();

    public ImmutableSortedDictionary<DelegationState, int> States { get; init; } = ImmutableSortedDictionary<DelegationState, int>.Empty;

    /// <summary>How many can be late from each day on.</summary>
    public ImmutableSortedDictionary<int, int> Days { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    public int Awaited { get; init; }

    /// <summary>By currency.</summary>
    public ImmutableSortedDictionary<string, MoneySum> Money { get; init; } = ImmutableSortedDictionary.Create<string, MoneySum>(StringComparer.Ordinal);

    public int Open => States.Where(state => IsOpen(state.Key)).Sum(state => state.Value);

    public int Ended => States.Where(state => !IsOpen(state.Key)).Sum(state => state.Value);

    public int Count(params ReadOnlySpan<DelegationState> states) => IndexCounts.Sum(States, states);

    public IndexSummary With(IndexShare share) => Add(share, 1, share.Money);

    public IndexSummary Without(IndexShare share) => Add(share, -1, -share.Money);

    private IndexSummary Add(IndexShare share, int count, MoneySum money) => this with
    {
        States = Add(States, share.State, count),
        Days = share.Day is { } day ? Add(Days, day, count) : Days,
        Awaited = Awaited + (share.IsAwaited ? count : 0),
        Money = share.Currency is null ? Money
            : Money.GetValueOrDefault(share.Currency, MoneySum.Zero) + money is var sum && sum == MoneySum.Zero ? Money.Remove(share.Currency)
            : Money.SetItem(share.Currency, sum),
    };

    // What is zero is not there: days pass, and the row stays small.
    private static ImmutableSortedDictionary<TKey, int> Add<TKey>(ImmutableSortedDictionary<TKey, int> counts, TKey key, int count) where TKey : notnull =>
        counts.GetValueOrDefault(key) + count is var sum && sum == 0 ? counts.Remove(key) : counts.SetItem(key, sum);

    private static bool IsOpen(DelegationState state) => state is not (DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired);
}

/// <summary>Of the row of an <see cref="IndexSummary"/> only how many are in each state: the help needs no more, and is asked for most often.</summary>
internal sealed record IndexCounts(Dictionary<DelegationState, int> States)
{
    public int Count(params ReadOnlySpan<DelegationState> states) => Sum(States, states);

    public static int Sum(IReadOnlyDictionary<DelegationState, int> counts, ReadOnlySpan<DelegationState> states)
    {
        var sum = 0;
        foreach (var state in states)
        {
            sum += counts.GetValueOrDefault(state);
        }
        return sum;
    }
}
