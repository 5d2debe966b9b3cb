using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <param name="Text">Without the "(note)" or "(link)" at its end.</param>
/// <param name="Evidence">What "(note)" or "(link)" asked for.</param>
internal sealed record SentenceStep(string Text, Evidence Evidence);

/// <summary>
/// What can be told from what follows the word "delegate": every part is a piece of what was typed, or missing. Nothing is decided by
/// it: the form asks for what is missing, reads the date and the name, and always asks for the authorization type.
/// <c>SuggestedBy</c>: the words that suggest the type. <c>Rest</c>: pieces that belong to no part, for the form to show rather than lose.
/// </summary>
internal sealed record DelegateSentence(
    string? Title,
    string? AssigneeName,
    string? DueText,
    AuthorizationType? SuggestedType,
    string? SuggestedBy,
    IReadOnlyList<SentenceStep> Steps,
    IReadOnlyList<string> Rest)
{
    /// <summary>How often it comes again; null: nothing was said of it.</summary>
    public Repeats? Repeats { get; init; }

    /// <summary>The last day of what comes again.</summary>
    public string? UntilText { get; init; }

    public static DelegateSentence Parse(string argument)
    {
        var words = SentenceWords.Of(argument);
        var (headCount, stepsStart) = SentenceSteps.Find(words);
        var (type, by) = SentenceSuggestion.Of(words, stepsStart);
        var steps = TypedLines.Split(argument[stepsStart..]);
        var head = DelegateSentenceReader.Read(words, headCount);
        var due = head.DueText;
        // "exactly: collect; send; by friday": the last item is no step.
        if (due is null && steps.Count > 0 && DelegateSentenceReader.OnlyDue(steps[^1]) is { } dueAtEnd)
        {
            due = dueAtEnd;
            steps = [.. steps.SkipLast(1)];
        }

        var rest = head.Rest.Where(piece => !string.Equals(piece, by, StringComparison.OrdinalIgnoreCase)).ToList();
        return head with { DueText = due, SuggestedType = type, SuggestedBy = by, Steps = [.. steps.Select(SentenceSteps.Step)], Rest = rest };
    }
}
