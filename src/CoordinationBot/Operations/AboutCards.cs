using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Storage;

namespace CoordinationBot.Operations;

/// <summary>How the host is doing.</summary>
internal static class AboutCards
{
    public static AdaptiveCard About(HostFacts facts, DateTimeOffset now, string zone, string timeZones) => new()
    {
        Body =
        [
            CardParts.Heading(facts.Version),
            CardParts.Line("Running", $"for {Length(now - facts.Since)}, since {Zones.Read(facts.Since, zone)}"),
            CardParts.Line("Store", facts.Store switch
            {
                StorageProvider.Sqlite => "embedded, one file on this host",
                StorageProvider.Azure => "Azure Storage",
            }),
            CardParts.Line("Due work", facts.OldestDue is { } due ? $"the oldest has waited for {Length(now - due)}" : "none waits"),
            CardParts.Line("In hand on this host", facts.AtWork.ToString(CultureInfo.InvariantCulture)),
            CardParts.Line("Given up", facts.GivenUp == 0 ? "nothing" : PoisonCards.Count(facts.GivenUp)),
            CardParts.Line("Clock", Clock(facts.Clock, zone)),
            CardParts.Line("Time zones", timeZones),
            .. facts.GivenUp == 0 ? (CardElement[])[] : [new ActionSet { Actions = [new SubmitAction("help.command", new Dictionary<string, string> { ["command"] = "poison" }) { Title = "What was given up" }] }],
        ],
        FallbackText = facts.Version,
    };

    /// <summary>The largest two units: nobody asks for the seconds of a month.</summary>
    internal static string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.Seconds)} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Days} d {time.Hours} h"),
    };

    private static string Clock(ClockReading? reading, string zone) => reading switch
    {
        null => "not compared with another one yet",
        { Ahead: var ahead } when ahead.Duration() <= TimeSpan.FromSeconds(1) => $"right by that of {reading.Host}, compared {Zones.Read(reading.At, zone)}",
        _ => $"{Length(reading.Ahead.Duration())} {(reading.Ahead > TimeSpan.Zero ? "ahead of" : "behind")} that of {reading.Host}, compared {Zones.Read(reading.At, zone)}",
    };
}
