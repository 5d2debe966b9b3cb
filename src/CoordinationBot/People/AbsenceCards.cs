using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using NodaTime;

namespace CoordinationBot.People;

/// <summary>What stands in the inputs: days as <c>yyyy-MM-dd</c>, and whom a typed name may mean.</summary>
internal sealed record AbsenceInputs(DateOnly? From = null, DateOnly? Until = null, Deputy? Deputy = null, IReadOnlyList<NameEntry>? Options = null);

/// <summary>The cards about being away.</summary>
internal static class AbsenceCards
{
    /// <summary>When they are away, with the buttons that end it.</summary>
    public static AdaptiveCard Status(Person person, Instant now, string? news = null)
    {
        List<CardElement> body = [CardParts.Heading("When you are away")];
        if (news is not null)
        {
            body.Add(CardParts.News([news]));
        }
        var coming = AbsenceRules.Coming(person, now);
        if (coming.Count == 0)
        {
            body.Add(new TextBlock("You are not away. Tell me when you will be: I hold back what can wait, and your deputy answers meanwhile."));
        }
        foreach (var absence in coming)
        {
            var isNow = absence.Holds(now);
            body.Add(new RichTextBlock { Separator = true, Inlines = [new TextRun(isNow ? $"You are away until {Until(absence)}." : $"You will be away from {AbsenceRules.Read(absence.FirstDay)} until {Until(absence)}.") { Weight = "bolder" }] });
            body.Add(DeputyLine(absence.Deputy ?? person.Deputy));
            body.Add(new ActionSet { Actions = [Button("end", isNow ? "I am back" : "Take this back", ("from", Iso(absence.From)))] });
        }
        if (person.Deputy is { } standing)
        {
            body.Add(CardParts.Faint($"Your deputy when you name no other: {standing.Name}"));
        }
        body.Add(new ActionSet { Separator = true, Actions = [Panel(coming.Count == 0 ? "I will be away" : "Away on other days", new AbsenceInputs())] });
        return new AdaptiveCard { Body = body, FallbackText = "When you are away" };
    }

    /// <summary>Asks for the days and the deputy. What was understood already stands in the inputs.</summary>
    public static AdaptiveCard Ask(AbsenceInputs known, string? problem) => new()
    {
        Body =
        [
            CardParts.Heading("When are you away?"),
            .. problem is null ? (CardElement[])[] : [CardParts.Attention(problem)],
            .. Inputs(known),
            new ActionSet { Actions = [Button("read", "Continue") with { Style = "positive" }] },
            CardParts.Faint("Or in one line: away until fri, deputy Alex"),
        ],
        FallbackText = "When are you away?",
    };

    /// <summary>Reads the days back before they are used.</summary>
    public static AdaptiveCard Proposal(Person person, ProposedAbsence proposed, IReadOnlyList<Absence> replaced, string? warning)
    {
        var absence = proposed.Absence;
        return new()
        {
            Body =
            [
                CardParts.Heading("Please check: you are away"),
                .. warning is null ? (CardElement[])[] : [CardParts.Problem(warning)],
                CardParts.Line("From", AbsenceRules.Read(absence.FirstDay)),
                CardParts.Line("Until", Until(absence)),
                DeputyLine(absence.Deputy ?? person.Deputy),
                .. replaced.Select(known => CardParts.Faint($"This takes the place of {AbsenceRules.Read(known.FirstDay)} to {AbsenceRules.Read(known.LastDay)}.")),
                new ActionSet
                {
                    Separator = true,
                    Actions =
                    [
                        Button("confirm", "Confirm", ("proposal", proposed.Id)) with { Style = "positive" },
                        Panel("Change", new AbsenceInputs(absence.From, absence.Until, absence.Deputy)),
                        Button("drop", "Discard", ("proposal", proposed.Id)),
                    ],
                },
                CardParts.Faint("Or type confirm."),
            ],
            FallbackText = "Please check when you are away",
        };
    }

    private static string Until(Absence absence) => $"{AbsenceRules.Read(absence.LastDay)}, that day included ({absence.Zone})";

    private static RichTextBlock DeputyLine(Deputy? deputy) =>
        deputy is null ? CardParts.Paragraph("Nobody answers for you meanwhile: what is asked of you waits.") : CardParts.Line("Deputy", deputy.Name);

    private static ShowCardAction Panel(string title, AbsenceInputs known) =>
        new(new AdaptiveCard { Body = [.. Inputs(known), new ActionSet { Actions = [Button("read", "Continue") with { Style = "positive" }] }] }) { Title = title };

    private static IEnumerable<CardElement> Inputs(AbsenceInputs known)
    {
        yield return new DateInput { Id = "from", Label = "First day (today if empty)", Value = known.From is { } from ? Iso(from) : null };
        yield return new DateInput { Id = "until", Label = "Last day", Value = known.Until is { } until ? Iso(until) : null };
        yield return known.Options is { Count: > 0 } options
            ? new ChoiceSetInput { Id = "deputy", Label = "Deputy", Style = "expanded", Wrap = true, Choices = [.. options.Select(option => new Choice(CardText.Literal(option.Email is null ? option.Name : $"{option.Name} ({option.Email})"), option.ObjectId))] }
            : new ChoiceSetInput
            {
                Id = "deputy",
                // A picker does not show, in every client, who was picked before: left empty, they stay.
                Label = known.Deputy is { } deputy ? $"Deputy {CardText.Literal(deputy.Name)}. Somebody else?" : "Deputy (your standing one if empty)",
                ChoicesData = DataQuery.People,
            };
        if (known.Deputy is { } chosen && known.Options is null)
        {
            yield return new ChoiceSetInput { Id = "keep", Label = "If left empty", Style = "compact", Value = chosen.ObjectId, Choices = [new Choice(CardText.Literal($"{chosen.Name} stays"), chosen.ObjectId), new Choice("Your standing deputy, or nobody", "none")] };
        }
    }

    private static ExecuteAction Button(string what, string title, params ReadOnlySpan<(string Key, string Value)> data)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in data)
        {
            values[key] = value;
        }
        return new ExecuteAction($"absence.{what}", values) { Title = title };
    }

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
