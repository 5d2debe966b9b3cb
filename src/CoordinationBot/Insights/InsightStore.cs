using CoordinationBot.Notices;
using CoordinationBot.Storage;

namespace CoordinationBot.Insights;

/// <summary>The only file that knows the rows of insights: one partition a person.</summary>
internal sealed class InsightStore(ITables tables, WorkScheduler work)
{
    /// <summary>The kind of wake-up that counts.</summary>
    public const string Kind = "insight";

    private readonly Aggregates<Insight> _all = new(tables, work, Kind, InsightJson.Default.Insight);

    public ValueTask<Insight?> FindAsync(string partition, CancellationToken cancel) => _all.FindAsync(partition, cancel);

    /// <summary>Has it counted anew and brought.</summary>
    public async ValueTask AskAsync(string tenant, string objectId, InsightSpanKind span, CancellationToken cancel) => await _all.UpdateAsync<Insight>(
        Partition(tenant, objectId),
        null,
        (known, _) => new((known ?? new Insight { Tenant = tenant, ObjectId = objectId }) with { Span = span, Asked = (known?.Asked ?? 0) + 1 }),
        (_, asked, _) => new(new Written<Insight>(asked, [Outbox.Bring(objectId)])),
        known => known,
        cancel);

    /// <summary>Keeps what was counted, unless something else was asked for meanwhile.</summary>
    public async ValueTask<Insight?> WriteAsync(Insight asked, InsightNumbers numbers, CancellationToken cancel) => await _all.UpdateAsync<Insight>(
        Partition(asked.Tenant, asked.ObjectId),
        null,
        (known, _) => new(known is not null && known.Asked == asked.Asked ? known with { Numbers = numbers with { Asked = asked.Asked } } : known),
        (_, after, _) => new(Written<Insight>.AsItIs(after)),
        known => known,
        cancel);

    public static string Partition(string tenant, string objectId) => $"{tenant}|I|{objectId}";
}
