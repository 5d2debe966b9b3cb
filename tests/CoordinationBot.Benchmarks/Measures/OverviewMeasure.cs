using System.Diagnostics;
using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Benchmarks.Report;
using CoordinationBot.Delegations;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Benchmarks.Measures;

/// <summary>What a leader's overview reads, for one who gave ten delegations and one who gave ten thousand, in rounds that take turns.</summary>
internal static class OverviewMeasure
{
    private const string Tenant = "tenant";
    private const int Few = 10;
    private const int Many = 10_000;
    private const int Reads = 2000;

    /// <summary>A thousand times as many, due over three years: each day of them is a number in the sums.</summary>
    private const double MostRatio = 5;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(FigureTable table, TemporaryFolder folder, bool isQuick)
    {
        using var file = new SqliteFile(folder.File("overview.db"));
        var tables = new SqliteTables(file);
        await SeedAsync(tables, "few", Few);
        await SeedAsync(tables, "many", Many);
        var index = new DelegationIndex(tables);
        List<double> few = [], many = [], ratios = [];
        for (var round = -1; round < (isQuick ? 3 : 9); round++)
        {
            var (one, other) = (await ReadAsync(index, "few"), await ReadAsync(index, "many"));
            if (round >= 0)
            {
                few.Add(one);
                many.Add(other);
                ratios.Add(other / one);
            }
        }
        table.Add($"Overview: us of a first page of {Few}", new Spread(few).Text());
        table.Add(string.Create(CultureInfo.InvariantCulture, $"Overview: us of a first page of {Many:N0}"), new Spread(many).Text());
        table.AtMost("Overview: ten thousand of ten", new Spread(ratios).Median, MostRatio, "x", new Spread(ratios).Range());
    }

    private static async Task<double> ReadAsync(DelegationIndex index, string person)
    {
        var from = Stopwatch.GetTimestamp();
        for (var read = 0; read < Reads; read++)
        {
            var summary = await index.SummaryAsync(Tenant, person, Role.Leader, default);
            await index.PageAsync(Tenant, person, IndexKeys.All(Role.Leader, open: true), null, ListPlace.PageLength, default);
            await index.LateAsync(Tenant, person, summary, Now, default);
        }
        return Stopwatch.GetElapsedTime(from).TotalMicroseconds / Reads;
    }

    private static async Task SeedAsync(SqliteTables tables, string person, int count)
    {
        var sum = IndexSummary.Empty;
        List<Change> changes = [];
        for (var number = 0; number < count; number++)
        {
            var entry = new IndexEntry(
                string.Create(CultureInfo.InvariantCulture, $"D-{number:D6}"), 1, $"Work {number}", new Party(person, "Ann Abel"), new Party($"o{number % 50}", $"Person {number % 50}"), DelegationState.InProgress,
                // Ten a day, as much before today as after it.
                new Due(Now.AddHours((number - (count / 2)) * 2.4), "UTC"), 0, 3);
            sum = sum.With(IndexShare.Of(entry));
            changes.AddRange(IndexKeys.Of(Role.Leader, entry).Select(key => new Change.Upsert(key, JsonRows.Bytes(entry, DelegationJson.Default.IndexEntry))));
            if (changes.Count > 90 || number == count - 1)
            {
                await tables.CommitAsync(PeopleStore.Partition(Tenant, person), [.. changes, new Change.Upsert(IndexKeys.Summary(Role.Leader), JsonRows.Bytes(sum, DelegationJson.Default.IndexSummary))], default);
                changes.Clear();
            }
        }
    }
}
