using System.Globalization;

namespace CoordinationBot.Benchmarks.Report;

/// <summary>One line: what was measured, the figure, and what it should be.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Target">What it should be; empty when it is there to explain others.</param>
/// <param name="Met">Whether it is; null when there is no target.</param>
/// <param name="Counts">Whether a miss fails the run: ratios, counts and allocations do, times of a shared machine do not.</param>
internal sealed record Figure(string What, string Value, string Target, bool? Met, bool Counts);

/// <summary>The figures of a run, as one plain table.</summary>
internal sealed class FigureTable
{
    private readonly List<Figure> _figures = [];

    public bool AnyMissed => _figures.Exists(figure => figure is { Met: false, Counts: true });

    public void Add(string what, string value) => _figures.Add(new(what, value, "", null, false));

    public void AtLeast(string what, double value, double target, string unit = "", string? note = null, bool counts = true) =>
        _figures.Add(new(what, Text(value, unit, note), $">= {Text(target, unit, null)}", value >= target, counts));

    public void AtMost(string what, double value, double target, string unit = "", string? note = null, bool counts = true) =>
        _figures.Add(new(what, Text(value, unit, note), $"<= {Text(target, unit, null)}", value <= target, counts));

    public void Holds(string what, bool holds, string value, string target) => _figures.Add(new(what, value, target, holds, true));

    public void Print(TextWriter to)
    {
        string[] heads = ["measure", "figure", "target", ""];
        var rows = _figures.Select(figure => new[] { figure.What, figure.Value, figure.Target, figure.Met switch { null => "", true => "ok", false => "MISSED" } }).Prepend(heads).ToList();
        var widths = heads.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        rows.Insert(1, [.. widths.Select(width => new string('-', width))]);
        foreach (var row in rows)
        {
            to.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    private static string Text(double value, string unit, string? note)
    {
        var number = value.ToString(Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
        return $"{number}{(unit.Length > 0 ? " " + unit : "")}{(note is null ? "" : $" ({note})")}";
    }
}

/// <summary>Middle and extremes of what was measured several times.</summary>
internal sealed class Spread(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public double Median => _sorted[_sorted.Length / 2];

    public double Best => _sorted[0];

    public string Range(string format = "0.##") => string.Create(CultureInfo.InvariantCulture, $"{_sorted[0].ToString(format, CultureInfo.InvariantCulture)} to {_sorted[^1].ToString(format, CultureInfo.InvariantCulture)}");

    public string Text(string format = "#,0") => string.Create(CultureInfo.InvariantCulture, $"{Median.ToString(format, CultureInfo.InvariantCulture)} ({Range(format)})");
}
