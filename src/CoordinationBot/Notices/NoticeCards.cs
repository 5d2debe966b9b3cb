using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Notices;

/// <summary>What a person is told of, and how.</summary>
internal static class NoticeCards
{
    public static AdaptiveCard Settings(Person person, string? news = null) => new()
    {
        Body =
        [
            CardParts.Heading("What I tell you, and when"),
            .. news is null ? (CardElement[])[] : [CardParts.News([news])],
            new TextBlock("I write in your working hours only, unless it cannot wait; what comes meanwhile, I bring in one message when your day begins. Here you can turn more down. Cards always show how it stands."),
            .. Enum.GetValues<NoticeKind>().Select(kind => Input(person, kind)),
            new ActionSet { Actions = [new ExecuteAction("notices.save", new Dictionary<string, string>()) { Title = "Save", Style = "positive" }] },
            CardParts.Faint("Or in one line: notices answers off"),
        ],
        FallbackText = "What I tell you, and when",
    };

    public static string Name(NoticeKind kind) => kind switch
    {
        NoticeKind.Offer => "offers",
        NoticeKind.Approval => "approvals",
        NoticeKind.Question => "questions",
        NoticeKind.Answer => "answers",
        NoticeKind.Progress => "progress",
        NoticeKind.Result => "results",
        NoticeKind.Revocation => "revocations",
        NoticeKind.Reminder => "reminders",
        NoticeKind.Meeting => "meetings",
        NoticeKind.CheckIn => "check-ins",
    };

    public static string Words(Telling telling) => telling switch
    {
        Telling.AtOnce => "at once",
        Telling.Digest => "once a day",
        Telling.Off => "not at all",
    };

    public static string About(NoticeKind kind) => kind switch
    {
        NoticeKind.Offer => "Offers: work you are asked to take on",
        NoticeKind.Approval => "Approvals: what needs your decision",
        NoticeKind.Question => "Questions to you",
        NoticeKind.Answer => "Answers to what you offered or asked",
        NoticeKind.Progress => "Progress of what you are part of",
        NoticeKind.Result => "Results: handed in, returned, accepted",
        NoticeKind.Revocation => "Revocations: what you need not do any more",
        NoticeKind.Reminder => "Reminders of what you owe",
        NoticeKind.Meeting => "Meetings: invitations, changes, and that one is about to begin",
        NoticeKind.CheckIn => "Check-ins: how something went for you, one tap, at most once a week",
    };

    private static ChoiceSetInput Input(Person person, NoticeKind kind) => new()
    {
        Id = Name(kind),
        Label = About(kind),
        Style = "compact",
        Choices = [.. Enum.GetValues<Telling>().Where(telling => telling != Telling.Off || GovernorRules.CanBeOff(kind)).Select(telling => new Choice(Words(telling), telling.ToString()))],
        Value = GovernorRules.TellingOf(person, kind).ToString(),
    };
}
