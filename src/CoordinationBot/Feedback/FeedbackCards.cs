using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Feedbacks;

/// <summary>Feedback as its owner sees it.</summary>
internal static class FeedbackCards
{
    private const int Excerpt = 600;

    public static AdaptiveCard For(FeedbackView view) => ReceiptCards.Fitting(room => For(view, room));

    /// <summary>All of the words, where the card had to shorten them.</summary>
    public static AdaptiveCard Text(Feedback feedback) => new()
    {
        Body = [CardParts.Heading($"{FeedbackText.Word(feedback.Kind)} {feedback.Id}"), CardParts.Paragraph(feedback.Text)],
        FallbackText = $"{feedback.Id}, all of it",
    };

    private static AdaptiveCard For(FeedbackView view, int room)
    {
        var feedback = view.Own;
        var data = new Dictionary<string, string> { ["id"] = feedback.Id };
        var textRoom = room == Excerpt ? FeedbackLimits.Text : Excerpt;
        return new AdaptiveCard
        {
            Body =
            [
                .. ReceiptCards.TopOf(view),
                CardParts.Heading($"{FeedbackText.Word(feedback.Kind)} {feedback.Id}"),
                CardParts.Paragraph(CardParts.Shorten(feedback.Text, textRoom)),
                .. feedback.Text.Length > textRoom ? (CardElement[])[new ActionSet { Actions = [new ExecuteAction("feedback.text", data) { Title = "Read all of it" }] }] : [],
                CardParts.Line("From", $"{feedback.Author?.Name ?? "somebody who stays anonymous"}, {Zones.Read(feedback.Day)}"),
                .. feedback.Subject.Name.Length == 0 ? (CardElement[])[] : [CardParts.Line("About", FeedbackText.About(feedback.Subject))],
                CardParts.Line("Quoting", feedback.MayQuote ? "allowed, without a name" : "not allowed"),
                .. ReceiptCards.Standing(view),
                .. feedback.Duplicates.Count == 0 ? (CardElement[])[] : [CardParts.Line("Said by others too", string.Join(", ", feedback.Duplicates.Take(20)) + (feedback.Duplicates.Count > 20 ? " …" : ""))],
                .. feedback.Delegation is { } delegation ? (CardElement[])[CardParts.Line("Became", delegation)] : [],
                .. feedback.Meeting is { } meeting ? (CardElement[])[CardParts.Line("On the agenda of", meeting)] : [],
                new ActionSet
                {
                    Actions =
                    [
                        .. feedback.State == FeedbackState.New ? (CardButton[])[new ExecuteAction("feedback.take", data) { Title = "Take it" }] : [],
                        Panel("Answer…", new TextInput { Id = "answer", Label = "Your answer, which the author reads", IsMultiline = true, Value = view.Typed.Text("answer") ?? feedback.Answer }, "feedback.answer", "Send answer", data),
                        Panel(
                            "How it stands…",
                            [
                                new ChoiceSetInput
                                {
                                    Id = "state", Label = "How it stands", Style = "expanded", Wrap = true, Value = view.Typed.Text("state"),
                                    Choices = [.. Enum.GetValues<FeedbackState>().Where(state => state != FeedbackState.New).Select(state => new Choice(FeedbackText.Word(state), state.ToString()))],
                                },
                                new TextInput { Id = "reason", Label = "Why (needed for not now)", IsMultiline = true, Value = view.Typed.Text("reason") },
                            ],
                            "feedback.move", "Tell the author", data),
                        new ExecuteAction("feedback.give", data) { Title = "Make it a delegation" },
                        Panel("Put it on an agenda…", new TextInput { Id = "meeting", Label = "Meeting", Placeholder = "M-…", Value = view.Typed.Text("meeting") }, "feedback.agenda", "Put it on the agenda", data),
                    ],
                },
                new ActionSet
                {
                    Actions =
                    [
                        Panel("Hand it on…", new ChoiceSetInput { Id = "to", Label = "Who is to answer it", Style = "filtered", Placeholder = "Type a name", ChoicesData = DataQuery.People }, "feedback.hand-on", "Hand on", data),
                        Panel("Join with…", new TextInput { Id = "other", Label = "The one that says the same", Placeholder = "F-…", Value = view.Typed.Text("other") }, "feedback.join", "Join", data),
                    ],
                },
                .. ReceiptCards.Talk(view, room, "feedback.ask", "feedback.talk-end", data, feedback.Author is null ? "Whoever wrote this finds it on their card. Your name stands beside it, theirs is not known." : "Your name stands beside it."),
            ],
            FallbackText = $"{FeedbackText.Word(feedback.Kind)} {feedback.Id}",
        };
    }

    private static ShowCardAction Panel(string title, CardElement input, string verb, string send, IReadOnlyDictionary<string, string> data) => Panel(title, [input], verb, send, data);

    private static ShowCardAction Panel(string title, IReadOnlyList<CardElement> inputs, string verb, string send, IReadOnlyDictionary<string, string> data) =>
        new(new AdaptiveCard { Body = [.. inputs, new ActionSet { Actions = [new ExecuteAction(verb, data) { Title = send }] }] }) { Title = title };
}
