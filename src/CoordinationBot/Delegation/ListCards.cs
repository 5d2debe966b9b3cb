using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>Lists: my tasks, delegations given, a history.</summary>
internal static class ListCards
{
    public const int HistoryLength = 20;

    private const int Shown = 10;

    public static AdaptiveCard Tasks(IReadOnlyList<IndexEntry> entries, int from, string zone, DateTimeOffset now) => List(
        "My tasks",
        "delegation.tasks",
        "Nothing is assigned to you right now.",
        entries,
        entry => $"from {entry.Leader.Name}",
        entry => entry.Type == AuthorizationType.Uncertain ? InquiryText.Task(entry) : entry.State switch
        {
            DelegationState.Offered => "waits for your answer",
            DelegationState.Accepted or DelegationState.InProgress => Waits(entry.Waiting, "", Work(entry)),
            DelegationState.Returned => "returned to you",
            DelegationState.WaitingForApproval => $"a change waits for {entry.Leader.Name}",
            DelegationState.HandedIn => $"handed in, waits for {entry.Leader.Name}",
            DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired => "ended",
        },
        from,
        zone,
        now);

    public static AdaptiveCard Given(IReadOnlyList<IndexEntry> entries, int from, string zone, DateTimeOffset now) => List(
        "Delegations I gave",
        "delegation.given",
        "You have no open delegations. Type delegate to give one.",
        entries,
        entry => $"to {entry.Assignee.Name}",
        entry => entry.Type == AuthorizationType.Uncertain ? InquiryText.Given(entry) : entry.State switch
        {
            DelegationState.Offered => "offered, no answer yet",
            DelegationState.Accepted => Waits(entry.WaitingForLeader, " for you", "accepted, not begun"),
            DelegationState.InProgress => Waits(entry.WaitingForLeader, " for you", entry.Type == AuthorizationType.Deterministic ? $"{entry.Completed} of {entry.Steps} steps complete" : Bounds(entry)),
            DelegationState.Returned => "returned by you",
            DelegationState.WaitingForApproval => "a change waits for you",
            DelegationState.HandedIn => "handed in, waits for you",
            DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired => "ended",
        },
        from,
        zone,
        now);

    private static string Work(IndexEntry entry) => entry.Type switch
    {
        AuthorizationType.Deterministic => entry.Completed == entry.Steps ? "ready to hand in" : $"next: step {entry.Completed + 1} of {entry.Steps}",
        AuthorizationType.Flexible => Bounds(entry),
        AuthorizationType.Uncertain => "to look into",
    };

    private static string Bounds(IndexEntry entry) => entry.Budget is { } budget ? $"up to {budget}, {entry.Left} left" : "in progress";

    private static string Waits(int waiting, string whom, string otherwise) =>
        waiting == 0 ? otherwise : $"{(waiting == 1 ? "1 request waits" : $"{waiting} requests wait")}{whom}{(otherwise.StartsWith("up to", StringComparison.Ordinal) ? $" · {otherwise}" : "")}";

    public static AdaptiveCard History(Delegation delegation, IReadOnlyList<HistoryEntry> entries, string zone)
    {
        entries = CardParts.Page(entries, entry => entry.What.Length);
        List<CardElement> body =
        [
            CardParts.Heading($"History of {delegation.Id}"),
            CardParts.Paragraph(delegation.Terms.Title),
            .. entries.SelectMany(entry => Entry(entry, zone)),
        ];
        if (entries.Count > 0 && entries[^1].Number > 1)
        {
            body.Add(new ActionSet { Actions = [DelegationCards.Button(delegation, "history", "Earlier entries", null, ("before", entries[^1].Number.ToString(CultureInfo.InvariantCulture)))] });
        }
        return new AdaptiveCard { Body = body, FallbackText = $"History of {delegation.Id}" };
    }

    /// <summary>The steps as they were written, from one on: for a card that had to shorten them.</summary>
    public static AdaptiveCard Steps(Delegation delegation, int from)
    {
        var numbers = CardParts.Page(
            [.. Enumerable.Range(from, Math.Max(0, delegation.Terms.Steps.Count - from + 1))],
            number => delegation.Terms.Steps[number - 1].Text.Length + (delegation.Completions.ElementAtOrDefault(number - 1)?.Evidence?.Length ?? 0));
        List<CardElement> body =
        [
            CardParts.Heading($"Steps of {delegation.Id}"),
            CardParts.Paragraph(delegation.Terms.Title),
            .. numbers.Select(number => DelegationCards.StepLine(delegation, number)),
        ];
        if (numbers.Count > 0 && numbers[^1] < delegation.Terms.Steps.Count)
        {
            body.Add(new ActionSet { Actions = [DelegationCards.Button(delegation, "steps", "Next steps", null, ("from", (numbers[^1] + 1).ToString(CultureInfo.InvariantCulture)))] });
        }
        return new AdaptiveCard { Body = body, FallbackText = $"Steps of {delegation.Id}" };
    }

    private static IEnumerable<CardElement> Entry(HistoryEntry entry, string zone)
    {
        yield return new RichTextBlock
        {
            Separator = true,
            Inlines = [new TextRun($"{entry.Number}. ") { Weight = "bolder" }, CardText.Run($"{entry.Who.Name}: {entry.What}")],
        };
        yield return CardParts.Faint($"{Zones.Read(entry.At, zone)} · version {entry.Version}{(entry.Clause is null ? "" : $" · {entry.Clause}")}");
    }

    private static AdaptiveCard List(string heading, string verb, string nothing, IReadOnlyList<IndexEntry> entries, Func<IndexEntry, string> who, Func<IndexEntry, string> standing, int from, string zone, DateTimeOffset now)
    {
        // The page comes from a card, and cards can be made up.
        from = Math.Clamp(from, 0, Math.Max(0, entries.Count - 1));
        List<CardElement> body = [CardParts.Heading(heading)];
        if (entries.Count == 0)
        {
            body.Add(new TextBlock(nothing));
        }
        body.AddRange(entries.OrderBy(entry => entry.Due.At).ThenBy(entry => entry.Id, StringComparer.Ordinal).Skip(from).Take(Shown).Select(entry => Item(entry, who(entry), standing(entry), zone, now)));
        if (entries.Count > Shown)
        {
            body.Add(CardParts.Faint($"{from + 1} to {Math.Min(from + Shown, entries.Count)} of {entries.Count}, what is due first comes first."));
            body.Add(new ActionSet { Actions = [.. Page("Earlier", from - Shown), .. Page("More", from + Shown)] });
        }
        return new AdaptiveCard { Body = body, FallbackText = heading };

        IEnumerable<CardButton> Page(string title, int first) => first < 0 || first >= entries.Count ? []
            : [new ExecuteAction(verb, new Dictionary<string, string> { ["from"] = first.ToString(CultureInfo.InvariantCulture) }) { Title = title }];
    }

    private static ColumnSet Item(IndexEntry entry, string who, string standing, string zone, DateTimeOffset now) => new()
    {
        Separator = true,
        Columns =
        [
            new Column
            {
                Width = "stretch",
                Items =
                [
                    new RichTextBlock { Inlines = [CardText.Run(entry.Title) with { Weight = "bolder" }] },
                    new RichTextBlock
                    {
                        Spacing = "none",
                        Inlines =
                        [
                            CardText.Run($"{entry.Id} · {who} · {standing}") with { Size = "small" },
                        ],
                    },
                    new RichTextBlock
                    {
                        Spacing = "none",
                        Inlines =
                        [
                            new TextRun($"due {Zones.Read(entry.Due.At, zone)}") { Size = "small", IsSubtle = true },
                            .. entry.Due.At < now && entry.State != DelegationState.HandedIn ? (TextRun[])[new TextRun(" · overdue") { Size = "small", Weight = "bolder", Color = "attention" }] : [],
                        ],
                    },
                ],
            },
            new Column
            {
                Width = "auto",
                VerticalContentAlignment = "center",
                Items = [new ActionSet { Actions = [new SubmitAction("delegation.bring", new Dictionary<string, string> { ["id"] = entry.Id }) { Title = "Open" }] }],
            },
        ],
    };
}
