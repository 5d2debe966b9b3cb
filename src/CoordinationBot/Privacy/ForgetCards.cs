using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Privacy;

/// <summary>What is said before somebody is forgotten, and after.</summary>
internal static class ForgetCards
{
    /// <summary>What must be typed.</summary>
    public const string Word = "forget";

    public static AdaptiveCard Ask(Person person, bool isSelf, string? problem)
    {
        var (whose, them) = isSelf ? ("your", "you") : ("their", "them");
        return new AdaptiveCard
        {
            Body =
            [
                .. problem is null ? (CardElement[])[] : [CardParts.Attention(problem)],
                CardParts.Heading(isSelf ? "Shall I forget you?" : "Shall I forget this person?"),
                .. isSelf ? (CardElement[])[] : [CardParts.Line("Person", person.Name)],
                CardParts.Line("Erased", $"{whose} name, mail address and chat, settings, calendar link, absences, deputy, mandate, drafts, lists, notices, files, answers to surveys with a name, and the way to {whose} cards."),
                CardParts.Line("Kept", $"delegations, meetings, minutes and feedback that others are part of, with what was decided and written in them, since they rely on it. {(isSelf ? "Your" : "Their")} name in them becomes “{ErasureRules.FormerColleague}”."),
                CardParts.Faint($"What is open with {them} stays open, as if {(isSelf ? "you" : "they")} had left: please hand it over before. Messages already in chats are the chat's. It cannot be undone. To see first what I know, type about me."),
                new TextInput { Id = "sure", Label = $"To go on, type {Word}", Placeholder = Word },
                new ActionSet { Actions = [new ExecuteAction("privacy.forget", new Dictionary<string, string> { ["person"] = person.ObjectId }) { Title = isSelf ? "Forget me" : "Forget them", Style = "destructive" }] },
            ],
            FallbackText = isSelf ? "Shall I forget you?" : "Shall I forget somebody?",
        };
    }

    public static AdaptiveCard Begun(string name, bool isSelf) => new()
    {
        Body =
        [
            CardParts.Heading("I am forgetting"),
            CardParts.Paragraph(isSelf ? "I have begun to erase what I know of you. It takes some minutes. If you write to me again, we meet for the first time." : $"I have begun to erase what I know of {name}. It takes some minutes, and goes on by itself."),
        ],
        FallbackText = "I am forgetting",
    };
}
