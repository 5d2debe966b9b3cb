using System.Diagnostics;
using System.Globalization;
using CoordinationBot.Benchmarks.Report;
using CoordinationBot.Insights;

namespace CoordinationBot.Benchmarks.Measures;

/// <summary>How long it takes to find what recurs in ten thousand comments, half of them Chinese; loading the words, the first time, by itself.</summary>
internal static class ThemeMeasure
{
    private const int Comments = 10_000;
    private const double MostSeconds = 2;

    private static readonly string[] English = ["printer", "meeting", "canteen", "agenda", "parking", "laptop", "training", "holiday", "heating", "deadline"];
    private static readonly string[] Chinese = ["打印机", "会议", "食堂", "议程", "停车场", "电脑", "培训", "假期", "暖气", "期限"];

    public static void Run(FigureTable table)
    {
        var from = Stopwatch.GetTimestamp();
        ThemeWords.Of("打印机 printers");
        table.Add("Themes: ms to load the words", Stopwatch.GetElapsedTime(from).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        var random = new Random(7);
        var comments = Enumerable.Range(0, Comments).Select(number => new Comment(Text(random, number % 2 == 0), new DateOnly(2026, 1, 1).AddDays(number % 300), number % 3 == 0)).ToList();
        List<double> rounds = [];
        for (var round = -1; round < 5; round++)
        {
            from = Stopwatch.GetTimestamp();
            if (ThemeRules.Of(comments, InsightSpan.Starts(InsightSpanKind.Year, new DateOnly(2026, 11, 26)), ThemeWords.Of).Count == 0) throw new InvalidOperationException("No theme was found.");
            if (round >= 0) rounds.Add(Stopwatch.GetElapsedTime(from).TotalSeconds);
        }
        table.AtMost("Themes: s for 10,000 comments", new Spread(rounds).Median, MostSeconds, "s", new Spread(rounds).Range());
    }

    private static string Text(Random random, bool isEnglish) => isEnglish
        ? string.Join(' ', Enumerable.Range(0, 8).Select(_ => $"the {English[random.Next(English.Length)]} is always too {(char)('a' + random.Next(26))}ate"))
        : string.Concat(Enumerable.Range(0, 8).Select(_ => $"我们的{Chinese[random.Next(Chinese.Length)]}总是有问题，"));
}
