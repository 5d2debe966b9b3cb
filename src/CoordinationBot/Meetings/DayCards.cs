using System.Globalization;
using CoordinationBot.Calendars;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using NodaTime;

namespace CoordinationBot.Meetings;

/// <summary>Somebody's day.</summary>
internal static class DayCards
{
    /// <summary>More than that is no day to look at on one card.</summary>
    private const int Most = 40;

    public static AdaptiveCard For(LocalDate date, DateTimeZone zone, IReadOnlyList<DayEntry> entries, IReadOnlyList<DayLoad> week, bool isKnown) => new()
    {
        Body =
        [
            CardParts.Heading($"Today, {date.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)} ({zone.Id})"),
            .. entries.Count == 0 ? (CardElement[])[new TextBlock("Nothing stands in your day.")] : [],
            .. entries.Take(Most).Select(entry => Row(entry, zone)),
            .. entries.Count > Most ? (CardElement[])[CardParts.Faint($"And {entries.Count - Most} more.")] : [],
            .. week.Any(day => day.Time > Duration.Zero) ? ChartParts.Bars("Hours in meetings this week", [.. week.Select(Bar)], Hours) : (IReadOnlyList<CardElement>)[],
            .. isKnown ? [] : (CardElement[])[CardParts.Faint("I know no calendar of yours, so this is only what was arranged through me.")],
            new ActionSet { Separator = true, Actions = [new SubmitAction("help.command", new Dictionary<string, string> { ["command"] = "my meetings" }) { Title = "My meetings" }] },
        ],
        FallbackText = "Your day",
    };

    private static ColumnSet Row(DayEntry entry, DateTimeZone zone) => new()
    {
        Spacing = "small",
        Columns =
        [
            new Column
            {
                Width = "stretch",
                Items =
                [
                    new RichTextBlock
                    {
                        Inlines =
                        [
                            new TextRun($"{Clock(entry.Time.Start, zone)} to {Clock(entry.Time.End, zone)}  ") { IsSubtle = entry.Kind is null ? true : null },
                            Words(entry),
                        ],
                    },
                ],
            },
            .. entry.MeetingId is { } id ? (Column[])[new Column { Width = "auto", VerticalContentAlignment = "center", Items = [new ActionSet { Actions = [new SubmitAction("meeting.bring", new Dictionary<string, string> { ["id"] = id }) { Title = "Open" }] }] }] : [],
        ],
    };

    private static TextRun Words(DayEntry entry) => entry.Kind is not { } kind ? new TextRun($"free, {MeetingText.Length((int)entry.Time.Duration.TotalMinutes)}") { IsSubtle = true } : kind switch
    {
        BusyKind.Busy => CardText.Run(entry.Title ?? "busy") with { Weight = "bolder" },
        BusyKind.Tentative => CardText.Run($"{entry.Title ?? "busy"} (perhaps)"),
        BusyKind.Focus => CardText.Run(entry.Title ?? "protected time"),
        BusyKind.Away => CardText.Run(entry.Title ?? "away"),
    };

    private static Bar Bar(DayLoad day) => new(day.Date.ToString("ddd", CultureInfo.InvariantCulture), Math.Round(day.Time.TotalHours, 1));

    private static string Hours(double hours) => string.Create(CultureInfo.InvariantCulture, $"{hours:0.#} h");

    private static string Clock(Instant at, DateTimeZone zone) => at.InZone(zone).ToString("HH:mm", CultureInfo.InvariantCulture);
}
