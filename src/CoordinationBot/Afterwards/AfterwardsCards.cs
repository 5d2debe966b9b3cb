using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Afterwards;

/// <summary>One question, one tap.</summary>
internal static class AfterwardsCards
{
    public static AdaptiveCard For(Question question, DateOnly until, IReadOnlyList<string> news) => new()
    {
        Body =
        [
            .. news.Count > 0 ? (CardElement[])[CardParts.News(news)] : [],
            CardParts.Heading("How did this go for you?"),
            CardParts.Paragraph(question.Title),
            CardParts.Faint($"{question.Event} · open until {Zones.Read(until)}"),
            new ActionSet { Actions = [Button(question, Verdict.Well, "Well"), Button(question, Verdict.SoSo, "So-so"), Button(question, Verdict.Badly, "Badly")] },
            CardParts.Faint(Promise(question)),
        ],
        FallbackText = CardText.Literal($"How did this go for you? {question.Title}"),
    };

    public static AdaptiveCard Thanks(string? refusal = null) => new()
    {
        Body =
        [
            .. refusal is null ? (CardElement[])[] : [CardParts.Attention(refusal)],
            CardParts.Paragraph("Thank you. Your answer is counted when the week is over, or as soon after as five people have answered. Nobody can find or change it any more."),
        ],
        FallbackText = "Thank you",
    };

    /// <summary>What remains of a question that cannot be answered any more.</summary>
    public static AdaptiveCard Over() => new()
    {
        Body = [CardParts.Faint("This question is over. You need do nothing.")],
        FallbackText = "This question is over",
    };

    private static string Promise(Question question) =>
        $"Stored: that you have answered, and apart from it one more for your answer in the numbers of {question.Leader ?? "all who lead here"}, without your name; until five people have answered nobody sees anything.";

    private static ExecuteAction Button(Question question, Verdict verdict, string title) =>
        new("afterwards.answer", new Dictionary<string, string> { ["pool"] = question.Pool, ["event"] = question.Event, ["answer"] = verdict.ToString() }) { Title = title };
}
