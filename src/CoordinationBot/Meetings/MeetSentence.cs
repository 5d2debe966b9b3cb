using CoordinationBot.Delegations;
using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Meetings;

/// <summary>
/// What can be told from what follows the word "meet": every part is a piece of what was typed, or missing. Nothing is decided by it: the form asks for
/// what is missing and reads everything back. <c>Rest</c>: pieces that belong to no part, for the form to show rather than lose.
/// </summary>
internal sealed record MeetSentence
{
    public string? Subject { get; init; }

    /// <summary>Who must come, as typed.</summary>
    public string? People { get; init; }

    public string? Optional { get; init; }

    public string? Outside { get; init; }

    public int? Minutes { get; init; }

    public ZonedDateTime? From { get; init; }

    public ZonedDateTime? Until { get; init; }

    /// <summary>Why a date that was typed is none, or lies behind.</summary>
    public string? WindowProblem { get; init; }

    /// <summary>How often it comes again; null: once.</summary>
    public Repeats? Repeats { get; init; }

    /// <summary>The last day on which it does.</summary>
    public ZonedDateTime? Ends { get; init; }

    /// <summary>How often in all.</summary>
    public int? Times { get; init; }

    public string? Place { get; init; }

    public IReadOnlyList<string> Rest { get; init; } = [];

    public static MeetSentence Parse(string argument, Instant now, DateTimeZone zone, WorkTimes times) => MeetSentenceReader.Read(SentenceWords.Of(argument), new WindowReader(now, zone, times));
}
