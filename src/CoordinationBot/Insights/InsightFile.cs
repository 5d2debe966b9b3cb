using System.Globalization;
using CoordinationBot.Afterwards;
using CoordinationBot.Feedbacks;
using CoordinationBot.Files;

namespace CoordinationBot.Insights;

/// <summary>The numbers of the card as a file, never more: one line a number.</summary>
internal sealed class InsightFile(InsightStore store)
{
    public const string Kind = "insights";

    public async ValueTask<ServedFile?> OpenAsync(FileRequest file, DateTimeOffset now, CancellationToken cancel) =>
        await store.FindAsync(InsightStore.Partition(file.Tenant, file.ObjectId), cancel) is { Numbers: { } numbers }
            ? ServedFile.Whole("text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"insights-{numbers.CountedAt:yyyy-MM-dd}.csv"), Bytes(numbers))
            : null;

    private static byte[] Bytes(InsightNumbers numbers) =>
    [
        .. CsvFile.Head(["what", "name", "from", "count", "of"]),
        .. CsvFile.Lines(
        [
            .. numbers.Came.OrderBy(kind => kind.Key).SelectMany(kind => kind.Value.Select((count, part) => Line("feedback", FeedbackText.Word(kind.Key).ToLowerInvariant(), numbers.Starts[part], count))),
            .. InsightRules.Ages.Select((age, index) => Line("open problems", age.Name, null, numbers.OpenProblems[index])),
            Line("answered", "", numbers.Starts[0], numbers.Answered, numbers.Answerable),
            Line("overdue", "", null, numbers.Overdue),
            .. numbers.Surveys.Select(survey => Line("survey", survey.Title, survey.Closed, survey.Answers, survey.Asked)),
            .. numbers.Went.SelectMany((counts, part) => Went(counts, numbers.Starts[part])),
            .. numbers.Themes.SelectMany(theme => theme.Parts.Select((count, part) => Line("theme", theme.Word, numbers.Starts[part], count))),
        ]),
    ];

    private static IEnumerable<string[]> Went(Counts counts, DateOnly from) => counts.Total == 0
        ? []
        : [Line("how it went", "well", from, counts.Well, counts.Total), Line("how it went", "so-so", from, counts.SoSo, counts.Total), Line("how it went", "badly", from, counts.Badly, counts.Total)];

    private static string[] Line(string what, string name, DateOnly? from, int? count, int? of = null) =>
        [what, name, from?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", count?.ToString(CultureInfo.InvariantCulture) ?? "too few", of?.ToString(CultureInfo.InvariantCulture) ?? ""];
}
