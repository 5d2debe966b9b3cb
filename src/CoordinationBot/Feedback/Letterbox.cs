namespace CoordinationBot.Feedbacks;

internal enum LetterKind
{
    /// <summary>New feedback.</summary>
    Feedback,

    /// <summary>Something in the talk about it.</summary>
    Message,

    /// <summary>Its author ends the talk.</summary>
    End,
}

/// <summary>What an anonymous author sent and nobody has read yet: no person, no conversation, no time.</summary>
/// <param name="Id">A hash of what the author's card holds.</param>
/// <param name="Handle">Of the feedback it is, or is about.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What was written.</param>
internal sealed record Letter(string Id, string Handle, LetterKind Kind, string Text)
{
    /// <summary>Of new feedback.</summary>
    public FeedbackKind About { get; init; }

    public Subject Subject { get; init; } = Subject.None;

    public bool MayQuote { get; init; }
}

/// <summary>One of the rows in which letters wait, in an order that says nothing.</summary>
internal sealed record Letterbox(IReadOnlyList<Letter> Letters)
{
    public static readonly Letterbox Empty = new([]);
}

/// <summary>When the letters are handed over next.</summary>
internal sealed record HandOver(DateTimeOffset Due);

/// <summary>A number from zero to below this one, each as likely as any other and known to nobody before.</summary>
internal delegate int Chance(int below);
