using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>Requests that wait: for whoever decides with what it takes to decide, for whoever asked with the way back.</summary>
internal static class ApprovalCards
{
    private const int LongestChoice = 60;
    private const int LongestClause = 600;
    private const int NewestAnswers = 3;
    private const int MostWithdrawn = 5;

    /// <summary>The requests that wait for this viewer, oldest first; also as somebody's deputy.</summary>
    public static IReadOnlyList<HeldAct> Mine(DelegationView view) => [.. view.Delegation.Dealings.Held.Where(held => view.ViewerId is { } viewer && IsUpTo(view.Delegation, held, viewer))];

    /// <summary>The card of somebody who is only asked: what the request needs, and nothing else of the delegation.</summary>
    public static IEnumerable<CardElement> Approver(DelegationView view)
    {
        var delegation = view.Delegation;
        yield return new RichTextBlock { Inlines = [CardText.Run(delegation.Terms.Title) with { Size = "large", Weight = "bolder" }] };
        yield return CardParts.Faint($"{delegation.Id} · {delegation.Terms.Type.ToString().ToLowerInvariant()}");
        yield return CardParts.Line("From", $"{delegation.Leader.Name} to {delegation.Assignee.Name}");
        var change = StandsInForChange(view);
        foreach (var element in change is null ? Controls(view) : Change(view, change))
        {
            yield return element;
        }
        if (Mine(view).Count == 0 && change is null)
        {
            yield return CardParts.Line("Now", "Nothing waits for your answer here.");
        }
        foreach (var answer in delegation.Dealings.Answered.Where(answer => view.ViewerId is { } viewer && answer.Seen.Contains(viewer)).TakeLast(NewestAnswers).Reverse())
        {
            yield return CardParts.Line("Asked to", CardParts.Shorten(answer.What, view.Room)) with { Separator = true };
            yield return CardParts.Line("Answer", CardParts.Shorten(answer.How, view.Room));
        }
    }

    /// <summary>One request with its buttons; where several wait, the others are a choice away: a phone has no room for all of them.</summary>
    public static IEnumerable<CardElement> Controls(DelegationView view)
    {
        var mine = Mine(view);
        if (mine.Count == 0)
        {
            yield break;
        }
        var held = mine.FirstOrDefault(one => one.Id == view.Request) ?? mine[0];
        foreach (var element in Asked(view, held))
        {
            yield return element;
        }
        if (view.Passing is { } able)
        {
            yield return new ChoiceSetInput { Id = "able", Label = "Who decides it instead?", Style = "expanded", Wrap = true, Choices = [.. able.Select(party => new Choice(CardText.Literal(party.Name), party.ObjectId))] };
            yield return new ActionSet { Actions = [Button(view, held, "approval-pass", "Pass it on", "positive"), DelegationCards.Button(view.Delegation, "view", "Never mind")] };
            yield break;
        }
        yield return new ActionSet
        {
            Actions =
            [
                .. held.Act is DeclaredAct.Give || DeclareRules.IsAtWork(view.Delegation) ? (CardButton[])[Button(view, held, "approval-approve", "Approve", "positive")] : [],
                DelegationCards.Panel("Refuse…", [DelegationCards.Words(view, "refusal", "Why not?")], Button(view, held, "approval-refuse", "Refuse")),
                .. Less(view, held),
                Button(view, held, "approval-pass-ask", "Pass on…"),
            ],
        };
        if (mine.Count > 1)
        {
            yield return new ActionSet { Actions = [Others(view, mine, held)] };
        }
    }

    /// <summary>What the assignee asked for and still waits for.</summary>
    public static IEnumerable<CardElement> Waiting(DelegationView view)
    {
        var waiting = view.Delegation.Dealings.Held;
        foreach (var held in waiting.Take(MostWithdrawn))
        {
            var whom = held.Raising ? $"{view.Delegation.Parent} for the money" : string.Join(", ", DeclareRules.Approvers(held.Needs).Select(party => party.Name));
            yield return CardParts.Line("Asked to", CardParts.Shorten(BoundsText.Act(held.Act, view.Zone), view.Room)) with { Separator = true };
            yield return CardParts.Line("Waits for", CardParts.Shorten($"{whom} ({Need.ClauseOf(held.Needs)})", Math.Min(view.Room, LongestClause)));
            if (!held.Raising && view.ViewerId == view.Delegation.Asker.ObjectId)
            {
                yield return new ActionSet { Spacing = "small", Actions = [Button(view, held, "approval-withdraw", "Withdraw")] };
            }
        }
        if (waiting.Count > MostWithdrawn)
        {
            yield return CardParts.Faint($"{waiting.Count - MostWithdrawn} more wait.");
        }
    }

    private static IEnumerable<CardElement> Asked(DelegationView view, HeldAct held)
    {
        var delegation = view.Delegation;
        yield return new RichTextBlock
        {
            Separator = true,
            Spacing = "medium",
            Inlines = [CardText.Run($"{delegation.Asker.Name} asks to {BoundsText.Act(held.Act, view.Zone)}.") with { Weight = "bolder" }],
        };
        if (held.Act is DeclaredAct.HandOn { Terms: var terms })
        {
            yield return CardParts.Line("Due", Zones.Read(terms.Due.At, view.Zone));
            yield return CardParts.Line("Authority", CardParts.Shorten(BoundsText.Sentence(terms), view.Room));
        }
        if (held.Act is DeclaredAct.Give)
        {
            foreach (var element in DelegationCards.Whole(view))
            {
                yield return element;
            }
        }
        if (held.Reason is { } reason)
        {
            yield return CardParts.Line("Because", reason);
        }
        foreach (var need in held.Needs)
        {
            var clause = CardParts.Shorten(need.Clause.ToString(), view.Room == int.MaxValue ? int.MaxValue : LongestClause);
            yield return CardParts.Line(
                need.ApprovedBy is null ? "Needs" : "Has",
                $"{(need.ApprovedBy is { } by ? by.Name : need.Approver.ObjectId == view.ViewerId ? "your approval" : $"{need.Approver.Name}'s approval")} ({clause})");
        }
        if (held.StandIns?.FirstOrDefault(standIn => standIn.Deputy.ObjectId == view.ViewerId) is { } standing)
        {
            yield return CardParts.Faint(Why(standing));
        }
        if (RulingRules.AmountOf(held.Act) is not null)
        {
            yield return CardParts.Line("Left", BoundsCards.Left(delegation));
        }
        yield return CardParts.Faint($"Asked {Zones.Read(held.AskedAt, view.Zone)}");
    }

    private static IEnumerable<CardButton> Less(DelegationView view, HeldAct held) => held.Act switch
    {
        DeclaredAct.Spend spend => [DelegationCards.Panel("Approve less…", [ActCards.Amount(view, "How much?", spend.Amount)], Button(view, held, "approval-less", "Approve this much", "positive"))],
        DeclaredAct.Plan plan =>
        [
            DelegationCards.Panel(
                "Approve less…",
                [ActCards.Amount(view, "Up to how much?", plan.UpTo), ActCards.Until(view, "Until when?", plan.Until)],
                Button(view, held, "approval-less", "Approve this much", "positive")),
        ],
        _ => [],
    };

    private static ShowCardAction Others(DelegationView view, IReadOnlyList<HeldAct> mine, HeldAct shown) => DelegationCards.Panel(
        $"{mine.Count - 1} more to decide…",
        [
            new ChoiceSetInput
            {
                Id = "request",
                Label = "Which request?",
                Style = "compact",
                Wrap = true,
                Value = mine.First(held => held != shown).Id,
                Choices = [.. mine.Where(held => held != shown).Select(held => new Choice(CardText.Literal(CardParts.Shorten(BoundsText.Act(held.Act, view.Zone), LongestChoice)), held.Id))],
            },
        ],
        DelegationCards.Button(view.Delegation, "view", "Show it"));

    private static ChangeRequest? StandsInForChange(DelegationView view) =>
        view.Delegation.Request is { StandIns: { } standIns } request && standIns.Any(standIn => standIn.Deputy.ObjectId == view.ViewerId) ? request : null;

    /// <summary>A change of the terms that a deputy decides on. What it is worth is for the leader to edit; a deputy approves or refuses.</summary>
    private static IEnumerable<CardElement> Change(DelegationView view, ChangeRequest request)
    {
        var delegation = view.Delegation;
        yield return new RichTextBlock
        {
            Separator = true,
            Inlines = [CardText.Run($"{delegation.Asker.Name} asks to {ChangeRules.Describe(delegation.Terms, request.Change)}.") with { Weight = "bolder" }],
        };
        yield return CardParts.Line("Because", request.Reason);
        yield return CardParts.Faint(Why(request.StandIns!.First(standIn => standIn.Deputy.ObjectId == view.ViewerId)));
        yield return new ActionSet
        {
            Actions =
            [
                DelegationCards.Button(delegation, "change-approve", "Approve", "positive", ("request", request.Id)),
                DelegationCards.Panel("Refuse…", [DelegationCards.Words(view, "refusal", "Why not?")], DelegationCards.Button(delegation, "change-refuse", "Refuse", null, ("request", request.Id))),
            ],
        };
    }

    private static string Why(StandIn standIn) =>
        standIn.Reason == StandInReason.Away ? $"{standIn.For.Name} is away, and you answer for them." : $"{standIn.For.Name} has not answered for two working days, so you are asked too.";

    private static bool IsUpTo(Delegation delegation, HeldAct held, string viewer) =>
        held.WaitsFor(viewer) || (delegation.MayStandIn(viewer) && held.StandIns?.Any(standIn => standIn.Deputy.ObjectId == viewer && held.WaitsFor(standIn.For.ObjectId)) == true);

    private static ExecuteAction Button(DelegationView view, HeldAct held, string what, string title, string? style = null) =>
        DelegationCards.Button(view.Delegation, what, title, style, ("request", held.Id));
}
