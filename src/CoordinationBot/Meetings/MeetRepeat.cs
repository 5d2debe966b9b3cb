using System.Globalization;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Meetings;

/// <summary>How often a meeting comes again, within a sentence: what recurring work says too, and "on the first Monday of the month".</summary>
/// <param name="Repeats">How often.</param>
/// <param name="First">When it is to be for the first time; null: that was not said.</param>
/// <param name="Next">Where the words go on.</param>
internal sealed record MeetRepeat(Repeats Repeats, TypedWindow? First, int Next)
{
    private const int Last = -1;

    private static readonly string[] Nths = ["first", "second", "third", "fourth"];

    /// <summary>What begins at this word; null: nothing of the kind.</summary>
    public static MeetRepeat? At(SentenceWords words, int at, WindowReader windows)
    {
        if (at >= words.Count || words[at].Quoted)
        {
            return null;
        }
        if (Weekday(words, at, windows) is { } monthly)
        {
            return monthly;
        }
        if (SentenceRepeat.At(words, at, words.Count) is not { } repeat)
        {
            return null;
        }
        // "every Tuesday 10:00": the day and the time are those of the first one.
        var due = repeat.DueText is null ? repeat.Next : Enumerable.Range(at, repeat.Next - at).First(first => words.Slice(first, repeat.Next) == repeat.DueText);
        var window = repeat.DueText is null ? null : windows.At(words, due) ?? windows.Moment(words, due, repeat.Repeats == Repeats.WorkingDays);
        return window is not null ? new MeetRepeat(repeat.Repeats, window, Math.Min(window.Next, repeat.Next)) : new MeetRepeat(repeat.Repeats, null, Math.Max(due, at + 1));
    }

    /// <summary>"10 times".</summary>
    public static (int Count, int Next)? TimesAt(SentenceWords words, int at) =>
        at + 1 < words.Count && (words.Is(at + 1, "times") || words.Is(at + 1, "occurrences")) && int.TryParse(words.Bare(at), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? (count, at + 2) : null;

    /// <summary>"monthly on the first Monday 10:00", "every last Friday of the month".</summary>
    private static MeetRepeat? Weekday(SentenceWords words, int at, WindowReader windows)
    {
        var word = at;
        var isMonthly = true;
        if (words.Is(word, "monthly"))
        {
            word++;
        }
        else if ((words.Is(word, "every") || words.Is(word, "each")) && words.Is(word + 1, "month"))
        {
            word += 2;
        }
        else if (words.Is(word, "every") || words.Is(word, "each"))
        {
            word++;
        }
        else
        {
            isMonthly = false;
        }
        word += words.Is(word, "on") ? 1 : 0;
        word += words.Is(word, "the") ? 1 : 0;
        if (word + 1 >= words.Count || NthOf(words.Bare(word)) is not { } nth || !TypedDateWords.Weekdays.TryGetValue(words.Bare(word + 1), out var day))
        {
            return null;
        }
        var next = word + 2;
        var isOfMonth = words.Is(next, "of") && (words.Is(next + 1, "the") || words.Is(next + 1, "every") || words.Is(next + 1, "each")) && words.Is(next + 2, "month");
        if (!isMonthly && !isOfMonth)
        {
            return null;
        }
        var window = windows.NthWeekday(words, isOfMonth ? next + 3 : next, nth, day);
        return new MeetRepeat(nth == Last ? Repeats.LastWeekday : Repeats.NthWeekday, window, window.Next);
    }

    private static int? NthOf(string word) => word == "last" ? Last : Array.IndexOf(Nths, word) is >= 0 and var index ? index + 1 : null;
}
