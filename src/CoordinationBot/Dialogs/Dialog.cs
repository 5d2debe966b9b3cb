using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Dialogs;

/// <summary>A form with what comes after it. A feature declares one and gets the card, the typed conversation and their routes.</summary>
/// <param name="Form">What is asked.</param>
/// <param name="SendTitle">The words on the button that does it.</param>
/// <param name="ReviewSentence">What will happen, read back before it does.</param>
/// <param name="SendAsync">Does it, or refuses and leaves the draft. The draft is complete; doing it twice with one draft must do it once.</param>
/// <param name="FindSentAsync">What came of a draft that is no longer there, or null.</param>
internal sealed record Dialog(
    Form Form,
    Func<Draft, string> SendTitle,
    Func<Draft, DialogContext, string> ReviewSentence,
    Func<Turn, Draft, CancellationToken, ValueTask<TurnResult>> SendAsync,
    Func<Turn, string, CancellationToken, ValueTask<TurnResult?>> FindSentAsync)
{
    /// <summary>What a new draft begins with, beside what the person gives.</summary>
    public Func<Turn, Draft, CancellationToken, ValueTask<Draft>> PrepareAsync { get; init; } = (_, draft, _) => new ValueTask<Draft>(draft);

    /// <summary>What is good to know before it is done.</summary>
    public Func<Turn, Draft, DialogContext, CancellationToken, ValueTask<ReviewNotes>> NotesAsync { get; init; } = (_, _, _, _) => new ValueTask<ReviewNotes>(ReviewNotes.None);
}

/// <summary>A draft was sent: for the feature that opened it for its own purpose. It has taken effect; whoever is told may be told again, or not at all when the host ends.</summary>
internal delegate ValueTask DraftSent(Turn turn, Draft draft, CancellationToken cancel);

/// <summary>What is good to know before something is done.</summary>
/// <param name="Lines">For whoever decides.</param>
/// <param name="Barrier">Why it cannot be done like that, or null.</param>
internal sealed record ReviewNotes(IReadOnlyList<string> Lines, string? Barrier = null)
{
    public static readonly ReviewNotes None = new([]);

    /// <summary>What sending comes to here; null: as always.</summary>
    public string? SendTitle { get; init; }

    /// <summary>These, then those of somebody else.</summary>
    public ReviewNotes And(ReviewNotes more) => new([.. Lines, .. more.Lines], Barrier ?? more.Barrier) { SendTitle = SendTitle ?? more.SendTitle };
}
