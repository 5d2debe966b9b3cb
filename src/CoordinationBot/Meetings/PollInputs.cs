using System.Globalization;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Meetings;

/// <summary>What comes back from the card of a poll. What is none of ours counts as absent.</summary>
internal static class PollInputs
{
    /// <summary>What can be asked about.</summary>
    public const string Offered = "offered";

    /// <summary>What is asked about.</summary>
    public const string Chosen = "times";

    public const int MostOffered = 10;

    public const string Date = "poll-date";
    public const string Time = "poll-time";

    /// <summary>Key of the answer to a time.</summary>
    public static string Vote(int index) => string.Create(CultureInfo.InvariantCulture, $"vote-{index + 1}");

    public static string Write(IEnumerable<DateTimeOffset> times) => string.Join(',', times.Select(SlotInputs.Write));

    /// <summary>Times as a button or an input names them, in its order; what is none is left out.</summary>
    public static IReadOnlyList<DateTimeOffset> TimesIn(Inputs inputs, string key) =>
        [.. (inputs.Text(key) ?? "").Split(',', MostOffered + 1, StringSplitOptions.TrimEntries).Take(MostOffered).Select(SlotInputs.Read).OfType<DateTimeOffset>().Distinct()];

    /// <summary>One answer for each of so many times; null where nothing was chosen.</summary>
    public static IReadOnlyList<Vote?> VotesOf(Inputs inputs, int count) =>
        [.. Enumerable.Range(0, count).Select(index => inputs.Text(Vote(index)) switch
        {
            nameof(Meetings.Vote.Yes) => Meetings.Vote.Yes,
            nameof(Meetings.Vote.IfNeedBe) => Meetings.Vote.IfNeedBe,
            nameof(Meetings.Vote.No) => (Vote?)Meetings.Vote.No,
            _ => null,
        })];
}
