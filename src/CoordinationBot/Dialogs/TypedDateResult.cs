using NodaTime;

namespace CoordinationBot.Dialogs;

/// <summary>What became of a typed or picked date: a moment ahead, or one sentence that says what to type instead.</summary>
internal abstract record TypedDateResult
{
    private TypedDateResult()
    {
    }

    /// <param name="When">Always later than the now it was read at, and at most five years later.</param>
    /// <param name="TimeWasGiven">False: the time of day is the end of the working day, because only a day was typed.</param>
    internal sealed record Understood(ZonedDateTime When, bool TimeWasGiven) : TypedDateResult;

    internal sealed record NotUnderstood(string Sentence) : TypedDateResult;
}
