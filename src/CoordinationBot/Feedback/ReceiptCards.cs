using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Feedbacks;

/// <summary>What the author of feedback has in their hands.</summary>
internal static class ReceiptCards
{
    private const int Excerpt = 600;
    private const int ShortExcerpt = 120;

    /// <summary>Of somebody who said who they are. It is renewed in place.</summary>
    public static AdaptiveCard Named(FeedbackView view)
    {
        var data = new Dictionary<string, string> { ["id"] = view.Own.Id };
        return Fitting(room => new AdaptiveCard
        {
            Body =
            [
                .. TopOf(view),
                CardParts.Heading($"{FeedbackText.Word(view.Own.Kind)} {view.Own.Id}"),
                .. Words(view.Own, room),
                .. Standing(view),
                .. Talk(view, room, "feedback.reply", "feedback.talk-end", data, "Your name stands beside what you write here."),
            ],
            FallbackText = $"{FeedbackText.Word(view.Own.Kind)} {view.Own.Id}",
        });
    }

    /// <summary>Of somebody whom nobody knows: this card is all that leads to it.</summary>
    /// <param name="view">It.</param>
    /// <param name="secret">What the card holds.</param>
    /// <param name="viewer">Channel id of whoever has it.</param>
    /// <param name="press">Names what is written on this card, so that sending it twice is once.</param>
    /// <param name="waiting">What waits to be handed over.</param>
    /// <param name="when">When that is, in words.</param>
    public static AdaptiveCard Anonymous(FeedbackView view, AuthorSecret secret, string viewer, string press, IReadOnlyList<Letter> waiting, string when)
    {
        var data = new Dictionary<string, string> { [AuthorSecret.DataName] = secret.ForCard, ["press"] = press };
        var note = $"What you write here is handed over {when}, without your name.";
        return Fitting(room => new AdaptiveCard
        {
            Body =
            [
                .. TopOf(view),
                CardParts.Heading($"{FeedbackText.Word(view.Own.Kind)}, anonymous"),
                .. Words(view.Own, room),
                .. Standing(view),
                .. Talk(view, room, "feedback.reply-anonymous", "feedback.talk-end-anonymous", data, note),
                .. waiting.Where(letter => letter.Kind == LetterKind.Message).Select(letter => CardParts.Faint($"Waits until it is handed over {when}: {CardParts.Shorten(letter.Text, room)}")),
                .. waiting.Any(letter => letter.Kind == LetterKind.End) ? (CardElement[])[CardParts.Faint($"The talk ends {when}.")] : [],
                .. Keep(secret),
            ],
            Refresh = RefreshOf(secret, viewer),
            FallbackText = "Your anonymous feedback",
        });
    }

    /// <summary>Nobody has read it yet.</summary>
    public static AdaptiveCard Waiting(Letter letter, AuthorSecret secret, string viewer, string when, string? news = null) => Fitting(room => new AdaptiveCard
    {
        Body =
        [
            .. news is null ? (CardElement[])[] : [CardParts.News([news])],
            CardParts.Heading($"{FeedbackText.Word(letter.About)}, anonymous"),
            CardParts.Paragraph(CardParts.Shorten(letter.Text, room)),
            .. letter.Subject.Name.Length == 0 ? (CardElement[])[] : [CardParts.Line("About", FeedbackText.About(letter.Subject))],
            new TextBlock($"Your words are handed over {when}, together with those of others. Nothing about you is stored."),
            .. Keep(secret),
        ],
        Refresh = RefreshOf(secret, viewer),
        FallbackText = "Your anonymous feedback",
    });

    /// <summary>What remains of a card that came again further down.</summary>
    public static AdaptiveCard Moved(Feedback feedback) => new()
    {
        Body = [CardParts.Faint($"{feedback.Id} has moved: its card is further down.")],
        FallbackText = $"{feedback.Id} has moved",
    };

    /// <summary>For the owner who was, and anybody else.</summary>
    public static AdaptiveCard NotYours(Feedback feedback) => new()
    {
        Body = [CardParts.Faint($"{feedback.Owner.Name} answers {feedback.Id} now. Type register to see what is yours.")],
        FallbackText = $"{feedback.Id} is answered by somebody else",
    };

    /// <summary>How it stands, to its author and to its owner.</summary>
    public static IEnumerable<CardElement> Standing(FeedbackView view)
    {
        var standing = view.Standing;
        yield return CardParts.Line("State", FeedbackText.Word(standing.State));
        yield return CardParts.Line("Answered by", standing.Owner.Name);
        if (standing is { IsAnswered: false, AnswerDue: { } due })
        {
            yield return CardParts.Line("Answer due", $"{Zones.Read(due, view.Zone)}{(standing.IsOverdue(view.Now) ? ", overdue" : "")}");
        }
        if (standing.Reason is { } reason)
        {
            yield return CardParts.Line("Why not now", reason);
        }
        if (standing.Answer is { } answer)
        {
            yield return CardParts.Line("Answer", answer);
        }
    }

    /// <summary>The newest of the talk, and where to write in it.</summary>
    public static IEnumerable<CardElement> Talk(FeedbackView view, int room, string reply, string end, IReadOnlyDictionary<string, string> data, string note)
    {
        var talk = view.Own.Talk;
        if (talk.Count > 0)
        {
            yield return new TextBlock("Talk") { Weight = "bolder", Separator = true };
        }
        var shown = room == Excerpt ? 6 : 3;
        if (talk.Count > shown)
        {
            yield return CardParts.Faint($"{talk.Count - shown} older messages are not shown.");
        }
        foreach (var entry in talk.Skip(talk.Count - shown))
        {
            yield return CardParts.Line(CardText.Literal($"{entry.Who?.Name ?? "The author"}, {Zones.Read(entry.Day)}"), CardParts.Shorten(entry.Text, room));
        }
        if (view.Own.TalkEnded)
        {
            yield return CardParts.Faint("The talk has ended.");
            yield break;
        }
        yield return new TextInput { Id = "message", Label = talk.Count == 0 ? "Write to them" : "Your answer", IsMultiline = true, Value = view.Typed.Text("message"), Separator = true };
        yield return CardParts.Faint(note);
        yield return new ActionSet
        {
            Actions =
            [
                new ExecuteAction(reply, data) { Title = "Send message" },
                .. talk.Count == 0 ? (CardButton[])[] : [new ExecuteAction(end, data) { Title = "End the talk" }],
            ],
        };
    }

    public static IEnumerable<CardElement> TopOf(FeedbackView view) =>
    [
        .. view.News.Count == 0 ? (CardElement[])[] : [CardParts.News(view.News)],
        .. view.Refusal is { } refusal ? (CardElement[])[CardParts.Attention(refusal)] : [],
    ];

    /// <summary>With less of what people typed, where all of it would be too much for one card.</summary>
    public static AdaptiveCard Fitting(Func<int, AdaptiveCard> make) => make(Excerpt) is var card && CardParts.Fits(card) ? card : make(ShortExcerpt);

    private static IEnumerable<CardElement> Words(Feedback feedback, int room) =>
    [
        CardParts.Paragraph(CardParts.Shorten(feedback.Text, room)),
        .. feedback.Subject.Name.Length == 0 ? (CardElement[])[] : [CardParts.Line("About", FeedbackText.About(feedback.Subject))],
    ];

    private static IEnumerable<CardElement> Keep(AuthorSecret secret) =>
    [
        new ActionSet { Actions = [new ExecuteAction("feedback.view", new Dictionary<string, string> { [AuthorSecret.DataName] = secret.ForCard }) { Title = "What is new" }] },
        CardParts.Faint("I cannot tell you when something is new, since I do not know who you are. Please look at this card now and then, and keep it: nothing else leads to your words."),
    ];

    private static CardRefresh RefreshOf(AuthorSecret secret, string viewer) =>
        new(new ExecuteAction("feedback.view", new Dictionary<string, string> { [AuthorSecret.DataName] = secret.ForCard }) { Title = "What is new" }, [viewer]);
}
