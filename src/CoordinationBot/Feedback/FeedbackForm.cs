using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Feedbacks;

/// <summary>
/// What is filled in on the card. The card is all there is of it: nothing is stored before it is sent, so it is no form of the dialogs, whose drafts are rows of a person.
/// </summary>
/// <param name="Secret">What this card holds, and nobody else.</param>
/// <param name="Kind">Null: not chosen yet.</param>
/// <param name="About">What it is about, as typed.</param>
/// <param name="Text">What is said, as typed.</param>
/// <param name="MayQuote">The words may be quoted.</param>
/// <param name="To">For thanks: to whom, as picked.</param>
internal sealed record FeedbackForm(AuthorSecret Secret, FeedbackKind? Kind = null, string? About = null, string? Text = null, bool MayQuote = false, string? To = null)
{
    public const string KindInput = "kind";
    public const string AboutInput = "about";
    public const string TextInput = "text";
    public const string QuoteInput = "quote";
    public const string ToInput = "to";

    /// <summary>Asks for a person too; whether there is a picker does not change while the card is filled in.</summary>
    public bool AsksForPerson { get; init; }

    /// <summary>Null: no card of ours, or one from before there were secrets.</summary>
    public static FeedbackForm? Read(Inputs inputs) =>
        AuthorSecret.Read(inputs.Text(AuthorSecret.DataName)) is not { } secret ? null : new(
            secret,
            Enum.TryParse<FeedbackKind>(inputs.Text(KindInput), out var kind) && Enum.IsDefined(kind) ? kind : null,
            inputs.Text(AboutInput),
            inputs.Text(TextInput),
            inputs.Text(QuoteInput) == "true",
            inputs.Text(ToInput))
        {
            AsksForPerson = inputs.Has(ToInput),
        };

    /// <summary>What is missing or does not fit, or null.</summary>
    public string? Check() =>
        Kind is null ? "Please choose what it is: a suggestion, a problem, an opinion or thanks."
        : string.IsNullOrWhiteSpace(Text) ? "Please write what you want to say. One sentence is enough."
        : Text.Length > FeedbackLimits.Text ? FeedbackRules.TooLong("text", Text.Length, FeedbackLimits.Text)
        : null;
}
