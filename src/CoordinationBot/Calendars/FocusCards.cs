using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Calendars;

/// <summary>The cards about time that somebody protects.</summary>
internal static class FocusCards
{
    public static AdaptiveCard Status(IReadOnlyList<FocusTime> coming, string? news, string? problem) => new()
    {
        Body =
        [
            .. problem is null ? (CardElement[])[] : [CardParts.Attention(problem)],
            .. news is null ? (CardElement[])[] : [CardParts.News([news])],
            CardParts.Heading("Time that you protect"),
            .. coming.Count == 0 ? (CardElement[])[new TextBlock("You protect no time. Tell me when you want to work undisturbed: who looks for a meeting with you gets that time last.")] : [],
            .. coming.Select(Item),
            new ActionSet
            {
                Separator = true,
                Actions =
                [
                    new ShowCardAction(new AdaptiveCard
                    {
                        Body =
                        [
                            new TextInput { Id = "when", Label = "When", Placeholder = "Tue 9-11 weekly, or tomorrow 14-16", MaxLength = 100 },
                            new ActionSet { Actions = [Button("add", "Continue") with { Style = "positive" }] },
                        ],
                    })
                    { Title = "Protect a time" },
                ],
            },
            CardParts.Faint("Or type: focus Tue 9-11 weekly, focus tomorrow 14-16."),
        ],
        FallbackText = "Time that you protect",
    };

    /// <summary>Reads the day back before it is used.</summary>
    public static AdaptiveCard Proposal(FocusTime focus) => new()
    {
        Body =
        [
            CardParts.Heading("Please check: you protect"),
            CardParts.Line("When", FocusRules.Read(focus)),
            new ActionSet { Separator = true, Actions = [Button("confirm", "Confirm", focus.Id) with { Style = "positive" }, Button("drop", "Discard", focus.Id)] },
            CardParts.Faint("Or type confirm focus."),
        ],
        FallbackText = "Please check the time that you protect",
    };

    private static ColumnSet Item(FocusTime focus) => new()
    {
        Separator = true,
        Columns =
        [
            new Column { Width = "stretch", VerticalContentAlignment = "center", Items = [CardParts.Paragraph(FocusRules.Read(focus))] },
            new Column { Width = "auto", VerticalContentAlignment = "center", Items = [new ActionSet { Actions = [Button("end", "End it", focus.Id)] }] },
        ],
    };

    private static ExecuteAction Button(string what, string title, string? id = null) =>
        new($"focus.{what}", id is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["id"] = id }) { Title = title };
}
