using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>Lists: my tasks, delegations given, a history.</summary>
internal static class ListCards
{
    public const int HistoryLength = 20;

    public static AdaptiveCard Tasks(IndexPage page, ListPlace place, int count, string zone, DateTimeOffset now) => List(
        "My tasks",
        "delegation.tasks",
        "Nothing is assigned to you right now.",
        page,
        entry => $"from {entry.Leader.Name}",
        entry => entry.Type == AuthorizationType.Uncertain ? InquiryText.Task(entry) : entry.State switch
        {
            DelegationState.Offered => "waits for your answer",
            DelegationState.Accepted or DelegationState.InProgress => Waits(entry.Waiting, "", Work(entry)),
            DelegationState.Returned => "returned to you",
            DelegationState.WaitingForApproval => $"a change waits for {entry.Leader.Name}",
            DelegationState.HandedIn => $"handed in, waits for {entry.Leader.Name}",
            DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired => "ended",
            DelegationState.Requested => Word(entry.State), // Nobody has it as a task.
        },
        place,
        count,
        zone,
        now);

    public static AdaptiveCard Given(IndexPage page, ListPlace place, int count, string zone, DateTimeOffset now) => List(
        "Delegations I gave",
        "delegation.given",
        "You have no open delegations. Type delegate to give one.",
        page,
        entry => $"to {entry.Assignee.Name}",
        Standing,
        place,
        count,
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

    /// <summary>How it stands, to its leader.</summary>
    public static string Standing(IndexEntry entry) => entry.Type == AuthorizationType.Uncertain ? InquiryText.Given(entry) : entry.State switch
    {
        DelegationState.Offered => "offered, no answer yet",
        DelegationState.Accepted => Waits(entry.WaitingForLeader, " for you", "accepted, not begun"),
        DelegationState.InProgress => Waits(entry.WaitingForLeader, " for you", entry.Type == AuthorizationType.Deterministic ? $"{entry.Completed} of {entry.Steps} steps complete" : Bounds(entry)),
        DelegationState.Returned => "returned by you",
        DelegationState.WaitingForApproval => "a change waits for you",
        DelegationState.HandedIn => "handed in, waits for you",
        DelegationState.Done or DelegationState.Declined or DelegationState.Revoked or DelegationState.Expired => "ended",
        DelegationState.Requested => Word(entry.State),
    };

    public static string Word(DelegationState state) => state switch
    {
        DelegationState.Offered => "offered",
        DelegationState.Requested => "waiting to be approved",
        DelegationState.Declined => "declined",
        DelegationState.Accepted => "accepted",
        DelegationState.InProgress => "in progress",
        DelegationState.WaitingForApproval => "waiting for approval",
        DelegationState.HandedIn => "handed in",
        DelegationState.Returned => "returned",
        DelegationState.Done => "done",
        DelegationState.Revoked => "revoked",
        DelegationState.Expired => "expired",
    };

    /// <summary>Money that was given, and how much of it is used.</summary>
    public static string Used(Money budget, decimal used, decimal setAside) =>
        $"{budget with { Amount = used }} of {budget} used{(setAside > 0 ? $", {budget with { Amount = setAside }} set aside below" : "")}";

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

    private static AdaptiveCard List(string heading, string verb, string nothing, IndexPage page, Func<IndexEntry, string> who, Func<IndexEntry, string> standing, ListPlace place, int count, string zone, DateTimeOffset now)
    {
        List<CardElement> body = [CardParts.Heading(heading)];
        if (page.Entries.Count == 0)
        {
            body.Add(new TextBlock(nothing));
        }
        body.AddRange(page.Entries.Select(entry => Item(entry, who(entry), standing(entry), zone, now)));
        if (Turning(page, place, verb) is { Count: > 0 } turning)
        {
            body.Add(CardParts.Faint(string.Create(CultureInfo.InvariantCulture, $"{place.Before + 1:N0} to {place.Before + page.Entries.Count:N0} of {count:N0}, what is due first comes first.")));
            body.Add(new ActionSet { Actions = turning });
        }
        return new AdaptiveCard { Body = body, FallbackText = heading };
    }

    /// <summary>Buttons to the pages beside this one.</summary>
    public static IReadOnlyList<CardButton> Turning(IndexPage page, ListPlace place, string verb, params IEnumerable<KeyValuePair<string, string>> more)
    {
        return
        [
            .. place.Preceding is { } earlier ? (CardButton[])[Turn("Earlier", earlier)] : [],
            .. page.Next is not null ? (CardButton[])[Turn("More", place.Following(page))] : [],
        ];

        ExecuteAction Turn(string title, ListPlace to) => new(verb, new Dictionary<string, string>(to.Data.Concat(more), StringComparer.Ordinal)) { Title = title };
    }

    /// <summary>A line of a list.</summary>
    public static ColumnSet Item(IndexEntry entry, string who, string standing, string zone, DateTimeOffset now, string? more = null, CardButton? beside = null) => new()
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
                            .. entry.IsLate(now) ? (TextRun[])[new TextRun(" · overdue") { Size = "small", Weight = "bolder", Color = "attention" }] : [],
                        ],
                    },
                    .. more is null ? (CardElement[])[] : [new RichTextBlock { Spacing = "none", Inlines = [CardText.Run(more) with { Size = "small", IsSubtle = true }] }],
                ],
            },
            new Column
            {
                Width = "auto",
                VerticalContentAlignment = "center",
                Items = [new ActionSet { Actions = [new SubmitAction("delegation.bring", new Dictionary<string, string> { ["id"] = entry.Id }) { Title = "Open" }, .. beside is null ? (CardButton[])[] : [beside]] }],
            },
        ],
    };
}
