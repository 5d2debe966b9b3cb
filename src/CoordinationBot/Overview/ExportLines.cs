using System.Globalization;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Files;
using NodaTime.Extensions;

namespace CoordinationBot.Overviews;

/// <summary>Delegations as lines of a CSV file.</summary>
internal static class ExportLines
{
    private static readonly string[] Columns =
        ["id", "title", "authorization", "state", "late", "waits for you", "assigned to", "due", "zone", "budget", "used", "set aside", "currency", "objective", "matter", "part of", "handed on"];

    public static byte[] Head() => CsvFile.Head(Columns);

    public static byte[] Of(IReadOnlyList<IndexEntry> entries, DateTimeOffset now) => CsvFile.Lines(entries.Select(entry => Cells(entry, now)));

    private static string[] Cells(IndexEntry entry, DateTimeOffset now) =>
    [
        entry.Id,
        entry.Title,
        entry.Type.ToString().ToLowerInvariant(),
        ListCards.Word(entry.State),
        entry.IsLate(now) ? "yes" : "no",
        entry.Awaits switch
        {
            Awaited.Nothing => "",
            Awaited.Answer => "answer",
            Awaited.Approval => "approval",
            Awaited.Acceptance => "acceptance",
        },
        entry.Assignee.Name,
        entry.Due.At.ToInstant().InZone(Zones.Find(entry.Due.Zone)).ToString("uuuu'-'MM'-'dd'T'HH':'mm':'sso<m>", CultureInfo.InvariantCulture),
        entry.Due.Zone,
        entry.Budget is { } budget ? Amount(budget.Amount) : "",
        entry.Budget is null ? "" : Amount(entry.Used),
        entry.Budget is null ? "" : Amount(entry.SetAside),
        entry.Budget?.Currency ?? "",
        entry.Objective ?? "",
        entry.Matter ?? "",
        entry.Ancestors is [var parent, ..] ? parent : "",
        entry.Children.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Amount(decimal amount) => amount.ToString("0.##", CultureInfo.InvariantCulture);
}
