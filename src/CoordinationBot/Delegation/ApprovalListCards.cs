using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>The list of what waits for somebody's approval.</summary>
internal static class ApprovalListCards
{
    private const int LongestLine = 300;

    public static AdaptiveCard List(ApprovalPage page, string zone)
    {
        List<CardElement> body = [CardParts.Heading("Approvals that wait for you")];
        if (page.Items.Count == 0)
        {
            body.Add(new TextBlock(page.IsFirst ? "Nothing waits for your approval." : "Nothing more waits for your approval."));
        }
        body.AddRange(page.Items.Select(item => Item(item, zone)));
        CardButton[] buttons = [.. page.IsFirst ? [] : Page("From the start", null), .. page.HasMore ? Page("More", page.Items[^1].Cursor) : []];
        if (buttons.Length > 0)
        {
            body.Add(new ActionSet { Actions = buttons });
        }
        return new AdaptiveCard { Body = body, FallbackText = "Approvals that wait for you" };
    }

    private static IEnumerable<CardButton> Page(string title, string? after) =>
        [new ExecuteAction("delegation.approvals", after is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["after"] = after }) { Title = title }];

    private static ColumnSet Item(WaitingApproval item, string zone) => new()
    {
        Separator = true,
        Columns =
        [
            new Column
            {
                Width = "stretch",
                Items =
                [
                    new RichTextBlock { Inlines = [CardText.Run(CardParts.Shorten($"{item.Delegation.Asker.Name} asks to {What(item, zone)}", LongestLine)) with { Weight = "bolder" }] },
                    new RichTextBlock { Spacing = "none", Inlines = [CardText.Run($"{item.Delegation.Id} · {item.Delegation.Terms.Title}") with { Size = "small" }] },
                    new RichTextBlock { Spacing = "none", Inlines = [CardText.Run($"asked {Zones.Read(AskedAt(item), zone)}{(item.For is { } person ? $" · for {person.Name}, who is away" : "")}") with { Size = "small", IsSubtle = true }] },
                ],
            },
            new Column
            {
                Width = "auto",
                VerticalContentAlignment = "center",
                Items = [new ActionSet { Actions = [new SubmitAction("delegation.approval-bring", new Dictionary<string, string> { ["id"] = item.Delegation.Id }) { Title = "Open" }] }],
            },
        ],
    };

    private static string What(WaitingApproval item, string zone) => item.Delegation.Request is { } request && request.Id == item.Request
        ? ChangeRules.Describe(item.Delegation.Terms, request.Change)
        : BoundsText.Act(item.Delegation.Dealings.Held.First(held => held.Id == item.Request).Act, zone);

    private static DateTimeOffset AskedAt(WaitingApproval item) => item.Delegation.Request is { } request && request.Id == item.Request
        ? request.AskedAt
        : item.Delegation.Dealings.Held.First(held => held.Id == item.Request).AskedAt;
}
