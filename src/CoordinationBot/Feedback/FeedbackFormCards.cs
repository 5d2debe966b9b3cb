using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Feedbacks;

/// <summary>The card on which somebody says what they think.</summary>
internal static class FeedbackFormCards
{
    /// <param name="form">What is filled in.</param>
    /// <param name="when">When anonymous letters are handed over next, in words.</param>
    /// <param name="viewer">Channel id of whoever fills it in.</param>
    /// <param name="problem">What is wrong with it; null: nothing.</param>
    public static AdaptiveCard For(FeedbackForm form, string when, string viewer, string? problem = null)
    {
        var data = new Dictionary<string, string> { [AuthorSecret.DataName] = form.Secret.ForCard };
        return new AdaptiveCard
        {
            Body =
            [
                CardParts.Heading("What do you think?"),
                .. problem is null ? (CardElement[])[] : [CardParts.Attention(problem)],
                new ChoiceSetInput
                {
                    Id = FeedbackForm.KindInput,
                    Label = "What it is",
                    Style = "expanded",
                    Wrap = true,
                    Choices = [.. Enum.GetValues<FeedbackKind>().Select(kind => new Choice(FeedbackText.Word(kind), kind.ToString()))],
                    Value = form.Kind?.ToString(),
                },
                new TextInput { Id = FeedbackForm.TextInput, Label = "Your words", IsMultiline = true, Placeholder = "One sentence is enough", Value = form.Text },
                new TextInput { Id = FeedbackForm.AboutInput, Label = "About (may stay empty)", Placeholder = "A department, an objective, M-…, D-…, or a few words", Value = form.About },
                .. form.AsksForPerson
                    ? (CardElement[])[new ChoiceSetInput { Id = FeedbackForm.ToInput, Label = "Thanks to (only with your name)", Style = "filtered", Placeholder = "Type a name", ChoicesData = DataQuery.People }]
                    : [],
                new ToggleInput { Id = FeedbackForm.QuoteInput, Label = "Quoting", Title = "My words may be quoted, without my name", Value = form.MayQuote ? "true" : "false" },
                new TextBlock("With your name: your words, your name and the time are stored and shown to whoever answers for the subject. You are told of every change.") { Separator = true, Size = "small" },
                new TextBlock($"Anonymous: your words, the subject and the day are stored, and nothing about you. They are handed over {when}, shuffled with those of others. Only this card can show you the answer: keep it. Few people know some things, and your words may tell who you are.") { Size = "small" },
                new ActionSet
                {
                    Actions =
                    [
                        new ExecuteAction("feedback.send-named", data) { Title = "Send with my name" },
                        new ExecuteAction("feedback.send-anonymous", data) { Title = "Send anonymously" },
                    ],
                },
            ],
            Refresh = new CardRefresh(new ExecuteAction("feedback.view", data) { Title = "What is new" }, [viewer]),
            FallbackText = "What do you think?",
        };
    }
}
