using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using CoordinationBot.Storage;

namespace CoordinationBot.Authority;

/// <summary>
/// The only file that knows keys and rows of mandates, policies and administrators. A tenant is one partition; what holds now is one range of it, so that
/// it is one read. Every change is conditional on the row that numbers them: changes never cross.
/// </summary>
internal sealed class AuthorityStore(ITables tables, AdministratorSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private const int MostTenants = 100;
    private const int Attempts = 10;
    private const int PageLength = 1000;

    private readonly ConcurrentDictionary<string, (Authorities Authorities, long At)> _known = new(StringComparer.Ordinal);

    public static string Partition(string tenant) => $"{tenant}|A";

    // ---- for others

    /// <summary>Everything at once, at most three seconds old: for rulings.</summary>
    public async ValueTask<Authorities> ReadAsync(string tenant, CancellationToken cancel) =>
        _known.TryGetValue(tenant, out var known) && clock.GetElapsedTime(known.At) < Fresh ? known.Authorities : await ReadNowAsync(tenant, cancel);

    public async ValueTask<IReadOnlyList<string>> MattersAsync(string tenant, CancellationToken cancel) => (await ReadAsync(tenant, cancel)).Matters;

    // ---- for this feature

    /// <summary>Everything as it is stored this moment.</summary>
    public async ValueTask<Authorities> ReadNowAsync(string tenant, CancellationToken cancel) => (await LoadAsync(tenant, cancel)).Authorities;

    /// <summary>Loads, decides, commits on condition that nothing changed meanwhile, and decides again if it did. An operation that was done is not done again.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="operationId">What causes it: the turn, or the draft that is sent.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">When.</param>
    /// <param name="decide">A pure rule.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<(AuthorityOutcome Outcome, Authorities Now)> UpdateAsync(string tenant, string operationId, Party by, DateTimeOffset now, Func<Authorities, AuthorityOutcome> decide, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var (before, head) = await LoadAsync(tenant, cancel);
            var outcome = decide(before);
            if (outcome is not AuthorityOutcome.Changed changed)
            {
                return (outcome, before);
            }
            var record = new AuthorityRecord(before.Revision + 1, now, by, changed.What, changed.Change.About);
            var (entry, seal) = HistoryRows.Add(Partition(tenant), before.Seal, record.Number, JsonRows.Bytes(record, AuthorityJson.Default.AuthorityRecord));
            var state = new AuthorityState(record.Number, before.LastPolicy + (changed.Change is AuthorityChange.AddPolicy ? 1 : 0), seal);
            var result = await tables.CommitAsync(
                Partition(tenant),
                [
                    head is null ? new Change.Insert(HeadKey, Bytes(state)) : new Change.Replace(HeadKey, Bytes(state), head),
                    entry,
                    new Change.Insert(OperationKey(operationId), JsonRows.Bytes(record, AuthorityJson.Default.AuthorityRecord)),
                    .. Rows(before, changed.Change, record),
                ],
                cancel);
            _known.TryRemove(tenant, out _);
            if (result.Committed)
            {
                return (outcome, await ReadNowAsync(tenant, cancel));
            }
            if (await FindOperationAsync(tenant, operationId, cancel) is not null)
            {
                return (new AuthorityOutcome.Unchanged("This was done already."), await ReadNowAsync(tenant, cancel));
            }
            // Several at once: wait a different moment each, or they meet again.
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(attempt * 10)), cancel);
        }
        throw new InvalidOperationException("The authorities of a tenant changed under every attempt to write them.");
    }

    /// <summary>What an operation did, or null.</summary>
    public async ValueTask<AuthorityRecord?> FindOperationAsync(string tenant, string operationId, CancellationToken cancel) =>
        (await tables.GetAsync(Partition(tenant), OperationKey(operationId), cancel))?.Read(AuthorityJson.Default.AuthorityRecord);

    /// <summary>Policies that are no longer in force, oldest first.</summary>
    public async ValueTask<IReadOnlyList<PolicyEntry>> WithdrawnAsync(string tenant, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(Partition(tenant), WithdrawnPrefix, PageLength, null, cancel)).Select(row => row.Read(AuthorityJson.Default.PolicyEntry))];

    /// <summary>A page of what was changed, newest first: with a number below <paramref name="before"/>.</summary>
    public async ValueTask<IReadOnlyList<AuthorityRecord>> HistoryAsync(string tenant, int before, int take, CancellationToken cancel)
    {
        if (before <= 1)
        {
            return []; // A button that was tampered with asks for a page before the first entry.
        }
        // Numbers have no gaps, so the page is a range of keys.
        var first = Math.Max(1, before - take);
        var rows = await tables.QueryAsync(Partition(tenant), HistoryRows.Prefix, before - first, HistoryRows.Key(first - 1), cancel);
        return [.. rows.Select(row => row.Read(AuthorityJson.Default.AuthorityRecord)).Reverse()];
    }

    // ---- keys and rows

    private async ValueTask<(Authorities Authorities, string? Head)> LoadAsync(string tenant, CancellationToken cancel)
    {
        var rows = new List<Row>();
        IReadOnlyList<Row> page;
        do
        {
            page = await tables.QueryAsync(Partition(tenant), NowPrefix, PageLength, rows.Count == 0 ? null : rows[^1].Key, cancel);
            rows.AddRange(page);
        }
        while (page.Count == PageLength);
        var (named, unmet) = await settings.ReadAsync(tenant, cancel);
        var head = rows.Find(row => row.Key == HeadKey);
        var state = head?.Read(AuthorityJson.Default.AuthorityState) ?? new AuthorityState(0, 0, null);
        var authorities = new Authorities
        {
            Revision = state.Revision,
            LastPolicy = state.LastPolicy,
            Seal = state.Seal,
            Default = rows.Find(row => row.Key == DefaultKey)?.Read(AuthorityJson.Default.MandateEntry),
            Mandates = Of(MandatePrefix, row => row.Read(AuthorityJson.Default.MandateEntry)).ToFrozenDictionary(entry => entry.Whose!.ObjectId, StringComparer.Ordinal),
            InForce = [.. Of(PolicyPrefix, row => row.Read(AuthorityJson.Default.PolicyEntry))],
            Appointed = [.. Of(AdministratorPrefix, row => row.Read(AuthorityJson.Default.AdministratorEntry)).OrderBy(entry => entry.At)],
            Named = named,
            Unmet = unmet,
        };
        if (_known.Count >= MostTenants)
        {
            _known.Clear();
        }
        _known[tenant] = (authorities, clock.GetTimestamp());
        return (authorities, head?.Version);

        IEnumerable<T> Of<T>(string prefix, Func<Row, T> read) => rows.Where(row => row.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(read);
    }

    private static IEnumerable<Change> Rows(Authorities before, AuthorityChange change, AuthorityRecord record) => change switch
    {
        AuthorityChange.AddAdministrator added => [new Change.Upsert(AdministratorPrefix + added.Who.ObjectId, JsonRows.Bytes(new AdministratorEntry(added.Who, record.Who, record.At), AuthorityJson.Default.AdministratorEntry))],
        AuthorityChange.RemoveAdministrator removed => [new Change.Delete(AdministratorPrefix + removed.Who.ObjectId, null)],
        AuthorityChange.SetMandate { Mandate: null } taken => [new Change.Delete(KeyOf(taken.Whose), null)],
        AuthorityChange.SetMandate { Mandate: { } mandate } set => [new Change.Upsert(KeyOf(set.Whose), JsonRows.Bytes(new MandateEntry(set.Whose, mandate, record.Number, record.Who, record.At), AuthorityJson.Default.MandateEntry))],
        AuthorityChange.AddPolicy added => [new Change.Insert(PolicyPrefix + Number(added.Policy), JsonRows.Bytes(new PolicyEntry(added.Policy, record.Who, record.At), AuthorityJson.Default.PolicyEntry))],
        AuthorityChange.WithdrawPolicy withdrawn =>
        [
            new Change.Delete(PolicyPrefix + Number(withdrawn.Policy), null),
            new Change.Insert(
                WithdrawnPrefix + Number(withdrawn.Policy),
                JsonRows.Bytes(before.InForce.First(entry => entry.Policy.Id == withdrawn.Policy.Id) with { WithdrawnBy = record.Who, WithdrawnAt = record.At }, AuthorityJson.Default.PolicyEntry)),
        ],
        _ => throw new InvalidOperationException("A change of the authorities has no rows."),
    };

    private const string NowPrefix = "now|";
    private const string HeadKey = "now|head";
    private const string DefaultKey = "now|everybody";
    private const string MandatePrefix = "now|mandate|";
    private const string PolicyPrefix = "now|policy|";
    private const string AdministratorPrefix = "now|administrator|";
    private const string WithdrawnPrefix = "withdrawn|policy|";

    private static string KeyOf(Party? whose) => whose is null ? DefaultKey : MandatePrefix + whose.ObjectId;

    // In keys as long as the longest, so that they sort by number.
    private static string Number(Policy policy) => policy.Id["P-".Length..].PadLeft(6, '0');

    private static string OperationKey(string operationId) => $"operation|{operationId}";

    private static ReadOnlyMemory<byte> Bytes(AuthorityState state) => JsonRows.Bytes(state, AuthorityJson.Default.AuthorityState);
}

/// <summary>The row that numbers the changes.</summary>
/// <param name="Revision">Of the last change.</param>
/// <param name="LastPolicy">The highest number of a policy so far.</param>
/// <param name="Seal">Of the last entry of the history.</param>
internal sealed record AuthorityState(int Revision, int LastPolicy, string? Seal);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuthorityState))]
[JsonSerializable(typeof(MandateEntry))]
[JsonSerializable(typeof(PolicyEntry))]
[JsonSerializable(typeof(AdministratorEntry))]
[JsonSerializable(typeof(AuthorityRecord))]
internal sealed partial class AuthorityJson : JsonSerializerContext;
