using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using CoordinationBot.Delegations;
using CoordinationBot.Files;

namespace CoordinationBot.Overviews;

/// <summary>The file with what a person gave, page by page as it is read.</summary>
internal sealed class ExportFile(DelegationIndex index)
{
    public const string Kind = "overview";

    private const int PageLength = 500;

    public static FileRequest Request(string tenant, string objectId, OverviewFilter filter) =>
        new(tenant, objectId, Kind, JsonSerializer.Serialize(filter, ExportJson.Default.OverviewFilter));

    public ValueTask<ServedFile?> OpenAsync(FileRequest file, DateTimeOffset now, CancellationToken cancel) =>
        new(new ServedFile("text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"overview-{now:yyyy-MM-dd}.csv"), PartsAsync(file, now, cancel)));

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> PartsAsync(FileRequest file, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancel)
    {
        var chosen = JsonSerializer.Deserialize(file.About, ExportJson.Default.OverviewFilter)!;
        yield return ExportLines.Head();
        foreach (var filter in chosen.View == OverviewView.Open ? [chosen, chosen with { View = OverviewView.Ended }] : (OverviewFilter[])[chosen])
        {
            var (list, last) = filter.Range(now);
            string? after = null;
            do
            {
                var page = await index.PageAsync(file.Tenant, file.ObjectId, list, after, PageLength, cancel, filter.Wanted(now), last);
                yield return ExportLines.Of(page.Entries, now);
                after = page.Next;
            }
            while (after is not null);
        }
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(OverviewFilter))]
internal sealed partial class ExportJson : JsonSerializerContext;
