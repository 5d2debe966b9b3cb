using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>The living card of a delegation: what it is and how it stands, the same for both; below it, what this viewer can do now.</summary>
internal static class DelegationCards
{
    private const int LongestChoice = 60;
    private const int NewestQuestions = 5;
    private const int MostStepsAtWork = 10;

    /// <summary>As many as most cards have.</summary>
    private const int ManyElements = 32;

    /// <summary>How much of each text is shown where all of it does not fit. What is to be done or decided now is always whole.</summary>
    private static readonly int[] Rooms = [int.MaxValue, 120, 60, 20];

    public static AdaptiveCard For(DelegationView view)
    {
        var card = Draw(view);
        foreach (var room in Rooms.Skip(1))
        {
            if (CardParts.Fits(card))
            {
                break;
            }
            card = Draw(view with { Room = room });
        }
        return card;
    }

    private static AdaptiveCard Draw(DelegationView view)
    {
        var delegation = view.Delegation;
        List<CardElement> body = new(ManyElements);
        if (view.Refusal is { } refusal)
        {
            body.Add(CardParts.Attention(refusal));
        }
        if (view.News.Count > 0)
        {
            body.Add(CardParts.News(view.News));
        }
        foreach (var part in Parts(view))
        {
            body.AddRange(part);
        }
        return new AdaptiveCard { Body = body, FallbackText = Summary(view) };
    }

    private static IEnumerable<CardElement>[] Parts(DelegationView view) => view.Role switch
    {
        Role.Leader or Role.Assignee => [Head(view), TermsOf(view), Conversation(view), BoundsCards.Books(view), Tree(view), Controls(view)],
        // Whoever is only asked sees what the question needs, and nothing else of the delegation.
        Role.Approver => [ApprovalCards.Approver(view), ConsultedCards.Besides(view)],
        Role.Consulted => [ConsultedCards.All(view)],
    };

    /// <summary>What is to be given, for whoever is asked to give it.</summary>
    public static IEnumerable<CardElement> Whole(DelegationView view) =>
    [
        CardParts.Line("Due", Zones.Read(view.Delegation.Terms.Due.At, view.Zone)),
        .. view.Delegation.Terms.Objective is { } objective ? (CardElement[])[CardParts.Line("Serves", objective)] : [],
        .. TermsOf(view),
    ];

    private static IEnumerable<CardElement> TermsOf(DelegationView view) => view.Delegation.Terms.Type switch
    {
        AuthorizationType.Deterministic => StepList(view),
        AuthorizationType.Flexible => BoundsCards.Terms(view),
        AuthorizationType.Uncertain => InquiryCards.Body(view),
    };

    private static IEnumerable<CardElement> Tree(DelegationView view) => view.Delegation.Parent is not null || view.Delegation.Dealings.Children.Count > 0
        ? [new ActionSet { Spacing = "small", Actions = [Button(view.Delegation, "tree", "Tree")] }]
        : [];

    private static IEnumerable<CardElement> Controls(DelegationView view) => view.Role switch
    {
        Role.Leader => LeaderCards.Controls(view),
        Role.Assignee => AssigneeCards.Controls(view),
        Role.Approver or Role.Consulted => [],
    };

    /// <summary>What remains of a card that came again further down.</summary>
    public static AdaptiveCard Moved(Delegation delegation) => new()
    {
        Body = [CardParts.Faint($"{delegation.Id} {delegation.Terms.Title} · continued further down")],
        FallbackText = $"{delegation.Id} continues further down",
    };

    /// <summary>A button that sends ids and versions, never authority.</summary>
    public static ExecuteAction Button(Delegation delegation, string what, string title, string? style = null, params ReadOnlySpan<(string Key, string Value)> more)
    {
        var data = new Dictionary<string, string>(3 + more.Length, StringComparer.Ordinal)
        {
            ["id"] = delegation.Id,
            ["version"] = delegation.Terms.Version.ToString(CultureInfo.InvariantCulture),
            ["round"] = delegation.Round.ToString(CultureInfo.InvariantCulture),
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
        Label = CardText.Literal(label),
        Placeholder = hint,
        IsMultiline = longest > DelegationLimits.StepText,
        MaxLength = longest,
        Value = CardParts.Fitting(view.Typed.Text(id), longest) ?? value,
    };

    /// <summary>A choice among steps, by their beginnings: a list on a phone has no room for more.</summary>
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
                string.Create(CultureInfo.InvariantCulture, $"{number}. {CardText.Literal(CardParts.Shorten(delegation.Terms.Steps[number - 1].Text, LongestChoice))}"), number.ToString(CultureInfo.InvariantCulture))),
        ],
        Value = value,
    };

    private static IEnumerable<CardElement> Head(DelegationView view)
    {
        var delegation = view.Delegation;
        yield return new RichTextBlock { Inlines = [new TextRun(CardText.Literal(delegation.Terms.Title)) { Size = "large", Weight = "bolder" }] };
        yield return CardParts.Faint($"{delegation.Id} · version {delegation.Terms.Version} · {delegation.Terms.Type.ToString().ToLowerInvariant()}{(delegation.Occurrence is { } occurrence ? $" · {occurrence}" : "")}");
        yield return view.Role switch
        {
            Role.Leader => CardParts.Line("Assigned to", delegation.Assignee.Name),
            Role.Assignee => CardParts.Line("From", delegation.Leader.Name),
            Role.Approver or Role.Consulted => CardParts.Line("Between", $"{delegation.Leader.Name} and {delegation.Assignee.Name}"),
        };
        yield return new RichTextBlock
        {
            Spacing = "small",
            Inlines =
            [
                new TextRun(delegation.Terms.Type == AuthorizationType.Uncertain ? "Time box until: " : "Due: ") { Weight = "bolder" },
                new TextRun(Zones.Read(delegation.Terms.Due.At, view.Zone)),
                .. view.IsOverdue ? (TextRun[])[new TextRun(" · overdue") { Weight = "bolder", Color = "attention" }] : [],
            ],
        };
        if (delegation.Terms.Objective is { } objective)
        {
            yield return CardParts.Line("Serves", objective);
        }
        if (delegation.IsOpen && delegation.Terms.OnSilence is var silence && silence != Silence.Default)
        {
            yield return CardParts.Line("Without an answer", silence.Describe(delegation.Leader.Name));
        }
        yield return CardParts.Line("Now", DelegationStanding.For(delegation, view.Role));
        foreach (var unreached in delegation.IsOpen && delegation.Unreached is { } all ? all.Where(one => one.Key != view.ViewerId).Select(one => one.Value) : [])
        {
            yield return CardParts.Problem(unreached);
        }
        if (delegation.Inquiry is { } inquiry && inquiry.Find(inquiry.Chosen) is { } chosen)
        {
            yield return CardParts.Line("Chosen", $"{chosen.Name}, {CardParts.Shorten(chosen.Title, view.Room)}");
        }
        if (delegation.Reason is { } reason)
        {
            yield return CardParts.Line("Reason", reason);
        }
    }

    private static IEnumerable<CardElement> StepList(DelegationView view)
    {
        var delegation = view.Delegation;
        var steps = delegation.Terms.Steps;
        yield return new TextBlock(delegation.IsOpen ? DelegationRules.ExactSteps(steps.Count) : "Steps") { Weight = "bolder", Separator = true, Spacing = "medium" };
        if (delegation.Completions.Count > 0)
        {
            yield return CardParts.Faint($"{delegation.Completions.Count} of {steps.Count} complete");
        }
        var (first, last) = StepsShown(delegation);
        if (first > 1)
        {
            yield return CardParts.Faint(first == 2 ? "✓ Step 1 is complete." : $"✓ Steps 1 to {first - 1} are complete.");
        }
        for (var number = first; number <= last; number++)
        {
            yield return StepLine(delegation, number, view.Room);
        }
        if (last < steps.Count)
        {
            yield return CardParts.Faint(last == steps.Count - 1 ? $"Step {steps.Count} follows." : $"Steps {last + 1} to {steps.Count} follow.");
        }
        if (view.Room < int.MaxValue)
        {
            yield return CardParts.Faint("Long texts are shortened here.");
        }
        if (last - first + 1 < steps.Count || view.Room < int.MaxValue)
        {
            yield return new ActionSet { Spacing = "small", Actions = [Button(delegation, "steps", "Show all steps")] };
        }
    }

    /// <summary>
    /// All steps while there is something to agree on. While a long list is worked on, those around the next one: on a phone its button would
    /// otherwise be many screens away.
    /// </summary>
    private static (int First, int Last) StepsShown(Delegation delegation)
    {
        var count = delegation.Terms.Steps.Count;
        if (count <= MostStepsAtWork || delegation.State is not (DelegationState.Accepted or DelegationState.InProgress or DelegationState.Returned))
        {
            return (1, count);
        }
        var first = Math.Clamp(delegation.NextStep - 3, 1, count - MostStepsAtWork + 1);
        return (first, first + MostStepsAtWork - 1);
    }

    /// <summary>A step with its mark and evidence. The next one is whole, whatever the room.</summary>
    public static RichTextBlock StepLine(Delegation delegation, int number, int room = int.MaxValue)
    {
        var step = delegation.Terms.Steps[number - 1];
        var completion = delegation.Completions.ElementAtOrDefault(number - 1);
        var isNext = number == delegation.NextStep && delegation.State is DelegationState.Accepted or DelegationState.InProgress or DelegationState.Returned && completion is null && number == delegation.NextStep;
        var mark = completion is not null ? "✓" : isNext ? "▶" : "○";
        var beginning = new TextRun(string.Create(CultureInfo.InvariantCulture, $"{mark} {number}. ")) { Weight = isNext ? "bolder" : null, Color = completion is not null ? "good" : null };
        var text = new TextRun(CardText.Literal(isNext ? step.Text : CardParts.Shorten(step.Text, room))) { Weight = isNext ? "bolder" : null };
        var end = completion?.Evidence is { } evidence ? CardText.Literal($" – {CardParts.Shorten(evidence, room)}")
            : completion is not null || step.Evidence == Evidence.None ? null
            : step.Evidence == Evidence.Note ? " (with a note)" : " (with a link)";
        TextRun[] line = end is null ? [beginning, text] : [beginning, text, new TextRun(end) { IsSubtle = true }];
        return new RichTextBlock { Spacing = "small", Inlines = line };
    }

    private static IEnumerable<CardElement> Conversation(DelegationView view)
    {
        var delegation = view.Delegation;
        if (delegation.BackBrief is { } brief)
        {
            yield return CardParts.Line("Back-brief", CardParts.Shorten(brief, view.Room)) with { Separator = true, Spacing = "medium" };
        }
        var open = delegation.Questions.FirstOrDefault(question => question.Answer is null);
        // The one that waits is always shown: the leader answers it here.
        var newest = delegation.Questions.TakeLast(NewestQuestions).ToList();
        foreach (var question in open is null || newest.Contains(open) ? newest : newest.Prepend(open))
        {
            yield return CardParts.Line($"Question {question.Id[1..]}", question == open ? question.Text : CardParts.Shorten(question.Text, view.Room));
            yield return CardParts.Line("Answer", question.Answer is { } answer ? CardParts.Shorten(answer, view.Room) : "not yet");
        }
        if (delegation.Request is { } request)
        {
            yield return CardParts.Line("Asked for", ChangeRules.Describe(delegation.Terms, request.Change)) with { Separator = true, Spacing = "medium" };
            yield return CardParts.Line("Because", request.Reason);
        }
        if (delegation.Result is { } result)
        {
            yield return CardParts.Line("Result", result) with { Separator = true, Spacing = "medium" };
        }
    }

    private static string Summary(DelegationView view) =>
        CardText.Literal(view.News.Count > 0 ? $"{view.News[0]} {view.Delegation.Terms.Title}" : $"{view.Delegation.Id} {view.Delegation.Terms.Title}");
}
