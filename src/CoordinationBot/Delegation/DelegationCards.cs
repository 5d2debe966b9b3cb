using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>The living card of a delegation: what it is and how it stands, the same for both; below it, what this viewer can do now.</summary>
internal static class DelegationCards
{
    public static AdaptiveCard For(DelegationView view)
    {
        List<CardElement> body = [];
        if (view.Refusal is { } refusal)
        {
            body.Add(CardParts.Attention(refusal));
        }
        if (view.News.Count > 0)
        {
            body.Add(CardParts.News(view.News));
        }
        body.AddRange(Head(view));
        body.AddRange(StepList(view.Delegation));
        body.AddRange(Conversation(view.Delegation));
        body.AddRange(view.Role switch
        {
            Role.Leader => LeaderCards.Controls(view),
            Role.Assignee => AssigneeCards.Controls(view),
        });
        return new AdaptiveCard { Body = body, FallbackText = Summary(view) };
    }

    /// <summary>What remains of a card that came again further down.</summary>
    public static AdaptiveCard Moved(Delegation delegation) => new()
    {
        Body = [CardParts.Faint($"{delegation.Id} {delegation.Terms.Title} · continued further down")],
        FallbackText = $"{delegation.Id} continues further down",
    };

    /// <summary>A button that sends ids and versions, never authority.</summary>
    public static ExecuteAction Button(Delegation delegation, string what, string title, string? style = null, params ReadOnlySpan<(string Key, string Value)> more)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = delegation.Id,
            ["version"] = delegation.Terms.Version.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (key, value) in more)
        {
            data[key] = value;
        }
        return new ExecuteAction($"delegation.{what}", data) { Title = title, Style = style };
    }

    /// <summary>A button that opens inputs of its own, with the button that sends them.</summary>
    public static ShowCardAction Panel(string title, IReadOnlyList<CardElement> inputs, ExecuteAction send) =>
        new(new AdaptiveCard { Body = [.. inputs, new ActionSet { Actions = [send] }] }) { Title = title };

    public static TextInput Words(DelegationView view, string id, string label, string? hint = null, int longest = DelegationLimits.Words, string? value = null) => new()
    {
        Id = id,
        Label = label,
        Placeholder = hint,
        IsMultiline = longest > DelegationLimits.StepText,
        MaxLength = longest,
        Value = Cut(view.Typed.Text(id), longest) ?? value,
    };

    /// <summary>A choice among steps.</summary>
    public static ChoiceSetInput StepChoice(Delegation delegation, string id, string label, int first, string? zero = null, string? value = null) => new()
    {
        Id = id,
        Label = label,
        Style = "compact",
        Wrap = true,
        Choices =
        [
            .. zero is null ? (Choice[])[] : [new Choice(zero, "0")],
            .. Enumerable.Range(first, Math.Max(0, delegation.Terms.Steps.Count - first + 1)).Select(number => new Choice(
                string.Create(CultureInfo.InvariantCulture, $"{number}. {delegation.Terms.Steps[number - 1].Text}"), number.ToString(CultureInfo.InvariantCulture))),
        ],
        Value = value,
    };

    private static IEnumerable<CardElement> Head(DelegationView view)
    {
        var delegation = view.Delegation;
        yield return new RichTextBlock { Inlines = [CardText.Run(delegation.Terms.Title) with { Size = "large", Weight = "bolder" }] };
        yield return CardParts.Faint($"{delegation.Id} · version {delegation.Terms.Version} · {delegation.Terms.Type.ToString().ToLowerInvariant()}");
        yield return view.Role switch
        {
            Role.Leader => CardParts.Line("Assigned to", delegation.Assignee.Name),
            Role.Assignee => CardParts.Line("From", delegation.Leader.Name),
        };
        yield return new RichTextBlock
        {
            Spacing = "small",
            Inlines =
            [
                new TextRun("Due: ") { Weight = "bolder" },
                new TextRun(Zones.Read(delegation.Terms.Due.At, view.Zone)),
                .. view.IsOverdue ? (TextRun[])[new TextRun(" · overdue") { Weight = "bolder", Color = "attention" }] : [],
            ],
        };
        yield return CardParts.Line("Now", Standing(delegation, view.Role));
        if (delegation.Unreachable is { } unreachable && delegation.IsOpen)
        {
            yield return CardParts.Problem(unreachable);
        }
        if (delegation.Reason is { } reason)
        {
            yield return CardParts.Line("Reason", reason);
        }
    }

    /// <summary>How it stands, said to this viewer: whose move is it?</summary>
    private static string Standing(Delegation delegation, Role viewer)
    {
        var isLeader = viewer == Role.Leader;
        var (leader, assignee) = (delegation.Leader.Name, delegation.Assignee.Name);
        return delegation.State switch
        {
            DelegationState.Offered => isLeader ? $"offered, waits for {assignee}'s answer" : "offered, waits for your answer",
            DelegationState.Declined => isLeader ? $"{assignee} declined" : "you declined",
            DelegationState.Accepted => isLeader ? $"{assignee} accepted and has not begun" : "accepted, you can begin",
            DelegationState.InProgress => delegation.AllStepsComplete
                ? isLeader ? $"all steps are complete, {assignee} has not handed in yet" : "all steps are complete, you can hand in"
                : isLeader ? $"{assignee} is working on it" : $"step {delegation.NextStep} is yours to do",
            DelegationState.WaitingForApproval => isLeader ? "a change waits for your decision" : $"your request waits for {leader}",
            DelegationState.HandedIn => isLeader ? "handed in, waits for you" : $"handed in, waits for {leader}",
            DelegationState.Returned => isLeader ? $"returned to {assignee}" : "returned to you",
            DelegationState.Done => "done",
            DelegationState.Revoked => isLeader ? "you revoked it" : $"{leader} revoked it",
        };
    }

    private static IEnumerable<CardElement> StepList(Delegation delegation)
    {
        var steps = delegation.Terms.Steps;
        yield return new TextBlock(DelegationRules.ExactSteps(steps.Count)) { Weight = "bolder", Separator = true, Spacing = "medium" };
        if (delegation.Completions.Count > 0)
        {
            yield return CardParts.Faint($"{delegation.Completions.Count} of {steps.Count} complete");
        }
        for (var number = 1; number <= steps.Count; number++)
        {
            yield return StepLine(delegation, number);
        }
    }

    private static RichTextBlock StepLine(Delegation delegation, int number)
    {
        var step = delegation.Terms.Steps[number - 1];
        var completion = delegation.Completions.ElementAtOrDefault(number - 1);
        var isNext = number == delegation.NextStep && delegation.State is DelegationState.Accepted or DelegationState.InProgress or DelegationState.Returned && completion is null && number == delegation.NextStep;
        var mark = completion is not null ? "✓" : isNext ? "▶" : "○";
        List<TextRun> runs =
        [
            new(string.Create(CultureInfo.InvariantCulture, $"{mark} {number}. ")) { Weight = isNext ? "bolder" : null, Color = completion is not null ? "good" : null },
            CardText.Run(step.Text) with { Weight = isNext ? "bolder" : null },
        ];
        if (completion?.Evidence is { } evidence)
        {
            runs.Add(CardText.Run($" – {evidence}") with { IsSubtle = true });
        }
        else if (completion is null && step.Evidence != Evidence.None)
        {
            runs.Add(new(step.Evidence == Evidence.Note ? " (with a note)" : " (with a link)") { IsSubtle = true });
        }
        return new RichTextBlock { Spacing = "small", Inlines = runs };
    }

    private static IEnumerable<CardElement> Conversation(Delegation delegation)
    {
        if (delegation.BackBrief is { } brief)
        {
            yield return CardParts.Line("Back-brief", brief) with { Separator = true };
        }
        foreach (var question in delegation.Questions.TakeLast(5))
        {
            yield return CardParts.Line($"Question {question.Id[1..]}", question.Text);
            yield return CardParts.Line("Answer", question.Answer ?? "not yet");
        }
        if (delegation.Request is { } request)
        {
            yield return CardParts.Line("Asked for", ChangeRules.Describe(delegation.Terms, request.Change)) with { Separator = true };
            yield return CardParts.Line("Because", request.Reason);
        }
        if (delegation.Result is { } result)
        {
            yield return CardParts.Line("Result", result) with { Separator = true };
        }
    }

    private static string Summary(DelegationView view) =>
        view.News.Count > 0 ? $"{view.News[0]} {view.Delegation.Terms.Title}" : $"{view.Delegation.Id} {view.Delegation.Terms.Title}";

    private static string? Cut(string? text, int longest) => text?.Length > longest ? text[..longest] : text;
}
