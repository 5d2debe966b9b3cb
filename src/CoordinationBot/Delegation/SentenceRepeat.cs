using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>"every Monday 5pm", "every two weeks", "on the last working day of the month", "weekly": how often, and the date in it.</summary>
/// <param name="Repeats">How often.</param>
/// <param name="DueText">Of the first one, as typed; null: none was.</param>
/// <param name="Next">The word after it.</param>
internal sealed record SentenceRepeat(Repeats Repeats, string? DueText, int Next)
{
    // Longer than any date.
    private const int LongestDate = 8;

    private static readonly (Repeats Repeats, string[] Patterns)[] Known =
    [
        (Repeats.FirstWorkingDay, ["every first working day of the month", "on the first working day of every month", "on the first working day of the month", "on the first working day of each month", "the first working day of every month", "first working day of every month", "first working day of the month", "every first working day"]),
        (Repeats.LastWorkingDay, ["every last working day of the month", "on the last working day of every month", "on the last working day of the month", "on the last working day of each month", "the last working day of every month", "last working day of every month", "last working day of the month", "every last working day"]),
        (Repeats.Fortnightly, ["every two weeks", "every 2 weeks", "every second week", "every other week", "fortnightly"]),
        (Repeats.WorkingDays, ["every working day", "every workday", "every weekday", "every day", "each working day", "each day", "daily"]),
        (Repeats.Weekly, ["every week", "each week", "weekly"]),
        (Repeats.Monthly, ["every month", "each month", "monthly"]),
    ];

    /// <summary>What begins at this word, or null: then nothing is guessed.</summary>
    public static SentenceRepeat? At(SentenceWords words, int at, int end)
    {
        foreach (var (repeats, patterns) in Known)
        {
            foreach (var pattern in patterns)
            {
                var length = pattern.AsSpan().Count(' ') + 1;
                if (at + length <= end && Says(words, at, pattern))
                {
                    return WithDate(words, repeats, at + length, at + length, end);
                }
            }
        }
        // The weekday itself is a part of the date.
        return (words.Is(at, "every") || words.Is(at, "each")) && at + 1 < end && TypedDateWords.Weekdays.ContainsKey(words.Bare(at + 1)) && !words[at + 1].Quoted
            ? WithDate(words, Repeats.Weekly, at + 1, at + 2, end)
            : null;
    }

    private static bool Says(SentenceWords words, int at, string pattern)
    {
        foreach (var word in pattern.Split(' '))
        {
            if (!words.Is(at++, word))
            {
                return false;
            }
        }
        return true;
    }

    private static SentenceRepeat WithDate(SentenceWords words, Repeats repeats, int first, int known, int end)
    {
        var next = known;
        while (next < end && next < first + LongestDate && !words.EndsWith(next - 1, ",:;") && !words[next].Quoted && !words[next].OnNewLine
            && TypedDateWords.CanStandInDate(words.Raw(next)) && !words.Is(next, "until") && !words.Is(next, "till"))
        {
            next++;
        }
        while (next > known && TypedDateWords.NeedsMore(words.Raw(next - 1)))
        {
            next--;
        }
        return new SentenceRepeat(repeats, words.Slice(first, next), next);
    }
}
