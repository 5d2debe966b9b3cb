using System.Globalization;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Dialogs;

/// <summary>The cards of a form: asking, and reading back before anything is done.</summary>
internal static class FormCards
{
    private const int FewestLines = 3;
    private const int MoreLines = 5;
    private const int MostParagraphs = 20;
    private const int LongestAmount = 60;

    /// <summary>
    /// Asks for <paramref name="fields"/>. What is known of the others is read back above. Inputs hold what was typed, also where it was not
    /// acceptable: a client empties them after every press.
    /// </summary>
    public static AdaptiveCard Ask(Form form, Draft draft, IReadOnlyList<Field> fields, DialogContext context, IReadOnlyDictionary<string, string>? problems = null, Inputs? typed = null, bool addLines = false)
    {
        var card = Asking(form, draft, fields, context, problems, typed, addLines);
        // Far more was typed than fits, which the sentence on the card says: it is shown without.
        return typed is null || CardParts.Fits(card) ? card : Asking(form, draft, fields, context, problems, null, false);
    }

    private static AdaptiveCard Asking(Form form, Draft draft, IReadOnlyList<Field> fields, DialogContext context, IReadOnlyDictionary<string, string>? problems, Inputs? typed, bool addLines)
    {
        problems ??= new Dictionary<string, string>();
        typed ??= Inputs.None;
        var known = form.Applying(draft).Where(field => !fields.Contains(field) && draft.Has(field.Id)).SelectMany(field => ReadBack(field, draft, context)).ToList();
        List<CardElement> body = [CardParts.Heading(form.Heading), .. About(draft)];
        if (problems.Count > 0)
        {
            body.Add(CardParts.Attention(problems.Count == 1 ? problems.Values.First() : "Almost there. Please look at the lines marked below."));
        }
        if (known.Count > 0)
        {
            body.Add(new TextBlock("This is what I understood:") { IsSubtle = true });
            body.AddRange(known);
            body.Add(new TextBlock(fields.Count == 1 ? "Still needed:" : "Still needed (fill in here, or just type the answer to the first):") { IsSubtle = true, Separator = true, Spacing = "medium" });
        }
        foreach (var field in fields)
        {
            if (problems.Count > 1 && problems.TryGetValue(field.Id, out var problem))
            {
                body.Add(CardParts.Problem(problem));
            }
            if (draft.Suggested.TryGetValue(field.Id, out var suggestion))
            {
                body.Add(new RichTextBlock { Inlines = [CardText.Run(suggestion) with { IsSubtle = true }] });
            }
            body.AddRange(Input(field, draft, context, typed, addLines));
        }
        List<CardButton> buttons = [Button(form, "form", "Continue", draft, "positive", fields)];
        if (fields.Any(field => field.Kind == FieldKind.List && LinesFor(field, draft, typed, addLines) < field.MostLines))
        {
            buttons.Add(Button(form, "form-lines", "More lines", draft, null, fields));
        }
        buttons.Add(Button(form, "form-discard", "Discard", draft));
        return new AdaptiveCard { Body = [.. body, new ActionSet { Actions = buttons }], FallbackText = form.Heading };
    }

    /// <summary>Reads everything back, with the one button that does it.</summary>
    public static AdaptiveCard Review(Form form, Draft draft, DialogContext context, string sentence, string sendTitle, ReviewNotes notes) => new()
    {
        Body =
        [
            CardParts.Heading(form.ReviewHeading),
            .. About(draft),
            .. form.Applying(draft).Where(field => draft.Has(field.Id)).SelectMany(field => ReadBack(field, draft, context)),
            new RichTextBlock { Inlines = [CardText.Run(sentence) with { Weight = "bolder" }], Separator = true, Spacing = "medium" },
            .. Notes(notes),
            new ActionSet
            {
                Actions =
                [
                    .. notes.Barrier is null ? (CardButton[])[Button(form, "send", CardText.Literal(notes.SendTitle ?? sendTitle), draft, "positive")] : [],
                    Button(form, "form-edit", "Change something", draft),
                    Button(form, "form-discard", "Discard", draft),
                ],
            },
        ],
        FallbackText = form.ReviewHeading,
    };

    private static IEnumerable<CardElement> Notes(ReviewNotes notes) =>
    [
        .. notes.Lines.Count > 0 ? (CardElement[])[new TextBlock("Good to know") { IsSubtle = true, Separator = true, Spacing = "medium" }] : [],
        .. notes.Lines.Select(line => new RichTextBlock { Spacing = "small", Inlines = [CardText.Run(line)] }),
        .. notes.Barrier is { } barrier ? (CardElement[])[CardParts.Attention(barrier)] : [],
    ];

    private static IEnumerable<CardElement> About(Draft draft) => draft.About is { } about ? [new RichTextBlock { Inlines = [CardText.Run(about.Title) with { Weight = "bolder" }] }] : [];

    /// <summary>The answer to a field in words.</summary>
    private static IEnumerable<CardElement> ReadBack(Field field, Draft draft, DialogContext context) =>
        draft.Values.TryGetValue(field.Id, out var value) && value == field.Preselected ? [] : value is not null ? ReadValueBack(field, draft, context) : field.WhenEmpty is { } words ? [CardParts.Line(field.Label, words)] : [];

    private static IEnumerable<CardElement> ReadValueBack(Field field, Draft draft, DialogContext context) => field.Kind switch
    {
        FieldKind.Text => field.IsLong ? LongText(field.Label, draft.Values[field.Id]) : [CardParts.Line(field.Label, draft.Values[field.Id])],
        FieldKind.People => [CardParts.Line(field.Label, draft.Shown.GetValueOrDefault(field.Id, draft.Values[field.Id]))],
        FieldKind.Persons => [CardParts.Line(field.Label, string.Join(", ", draft.Persons(field.Id).Select(person => person.Title)))],
        FieldKind.Money => [CardParts.Line(field.Label, TypedMoney.FromCanonical(draft.Values[field.Id]) is var (amount, currency) ? TypedMoney.ReadBack(amount, currency) : "")],
        FieldKind.Number => [CardParts.Line(field.Label, int.Parse(draft.Values[field.Id], CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture))],
        FieldKind.Toggle => [CardParts.Line(field.Label, draft.Values[field.Id] == "true" ? "yes" : "no")],
        FieldKind.Choice => [CardParts.Line(field.Label, field.ChoicesIn(draft).First(choice => choice.Value == draft.Values[field.Id]).Title)],
        FieldKind.Date => [CardParts.Line(field.Label, TypedDate.ReadBack(When(field, draft, context)))],
        FieldKind.List =>
        [
            CardParts.Line(field.ReadBackLabel ?? field.Label, ""),
            .. draft.Lines(field.Id).Select((line, index) => new RichTextBlock
            {
                Spacing = "none",
                Inlines =
                [
                    new TextRun(string.Create(CultureInfo.InvariantCulture, $"{index + 1}. ")),
                    CardText.Run(line.Text),
                    .. line.Choice == field.Choices[0].Value ? (TextRun[])[] : [new TextRun($" ({field.Choices.First(choice => choice.Value == line.Choice).Title})") { IsSubtle = true }],
                ],
            }),
        ],
    };

    /// <summary>Line by line, since a paragraph swallows the breaks; from some number on without, since every paragraph costs.</summary>
    private static IEnumerable<CardElement> LongText(string label, string value)
    {
        var lines = value.ReplaceLineEndings("\n").Split('\n', MostParagraphs, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length <= 1 ? [CardParts.Line(label, value.Trim())] : [CardParts.Line(label, ""), .. lines.Select(line => CardParts.Paragraph(line.Replace('\n', ' ')) with { Spacing = "none" })];
    }

    private static IEnumerable<CardElement> Input(Field field, Draft draft, DialogContext context, Inputs typed, bool addLines)
    {
        var value = typed.Has(field.Id) ? typed.Text(field.Id) : draft.Values.GetValueOrDefault(field.Id);
        var label = field.Optional ? $"{field.Label} (optional)" : field.Label;
        return field.Kind switch
        {
            FieldKind.Text => [new TextInput { Id = field.Id, Label = label, Placeholder = field.Hint, IsMultiline = field.IsLong ? true : null, MaxLength = field.LongestText, Value = CardParts.Fitting(value, field.LongestText) }],
            FieldKind.Choice =>
            [
                new ChoiceSetInput
                {
                    Id = field.Id,
                    Label = label,
                    // What may be left open must be able to be taken back too, which a list of dots is not.
                    Style = field.Optional || field.Preselected is not null ? "compact" : "expanded",
                    Wrap = true,
                    Choices = [.. field.Optional ? (Choice[])[new Choice("none", "")] : [], .. field.ChoicesIn(draft).Select(choice => new Choice(choice.Explanation.Length > 0 ? $"{choice.Title}: {choice.Explanation}" : CardText.Literal(choice.Title), choice.Value))],
                    Value = value ?? field.Preselected,
                },
            ],
            FieldKind.People => PersonInputs(field, draft, label),
            FieldKind.Persons => PersonsInputs(field, draft, label),
            FieldKind.Date => DateInputs(field, draft, context, typed),
            FieldKind.List => Enumerable.Range(1, LinesFor(field, draft, typed, addLines)).Select(number => LineInput(field, draft, typed, number)),
            FieldKind.Money =>
            [
                new TextInput
                {
                    Id = field.Id,
                    Label = label,
                    Placeholder = field.Hint ?? "1,200 EUR",
                    MaxLength = LongestAmount,
                    Value = CardParts.Fitting(typed.Has(field.Id) || value is null ? value : TypedMoney.FromCanonical(value) is var (amount, currency) ? TypedMoney.ForInput(amount, currency) : null, LongestAmount),
                },
            ],
            // What is no number would leave the input empty, and with it out of sight what was typed; the sentence says it.
            FieldKind.Number => [new NumberInput { Id = field.Id, Label = $"{label}{Between(field)}", Placeholder = field.Hint, Value = value is not null && decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) ? value : null }],
            FieldKind.Toggle => [new ToggleInput { Id = field.Id, Label = label, Title = field.Hint ?? "Yes", Value = value == "true" ? "true" : "false" }],
        };
    }

    private static string Between(Field field) => field.Largest == int.MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $" ({field.Smallest:N0} to {field.Largest:N0})");

    private static IEnumerable<CardElement> PersonInputs(Field field, Draft draft, string label)
    {
        var isKnown = draft.Shown.TryGetValue(field.Id, out var name);
        var isAsked = draft.Options.TryGetValue(field.Id, out var options);
        yield return isAsked
            ? new ChoiceSetInput { Id = field.Id, Label = label, Style = "expanded", Wrap = true, Choices = [.. options.Select(option => new Choice(CardText.Literal(option.Title), option.ObjectId))] }
            : new ChoiceSetInput
            {
                Id = field.Id,
                // Pickers do not show, in every client, somebody who was picked before: so the name stands here, and left empty it stays.
                Label = isKnown ? $"{field.Label} {CardText.Literal(name!)}. Somebody else?" : label,
                Placeholder = field.Hint,
                ChoicesData = DataQuery.People,
            };
        if (field.Optional && (isKnown || isAsked))
        {
            yield return new ToggleInput { Id = FormInputs.NobodyId(field), Label = $"{field.Label}: nobody", Title = "Nobody", Value = "false" };
        }
    }

    /// <summary>Who is known, to be kept or taken out, and a picker for more. A picker alone does not show, in every client, who was picked before.</summary>
    private static IEnumerable<CardElement> PersonsInputs(Field field, Draft draft, string label)
    {
        var known = draft.Options.GetValueOrDefault(field.Id, [.. draft.Persons(field.Id)]);
        if (!known.IsEmpty)
        {
            yield return new ChoiceSetInput
            {
                Id = FormInputs.KnownId(field),
                Label = label,
                Style = "expanded",
                IsMultiSelect = true,
                Wrap = true,
                Choices = [.. known.Select(option => new Choice(CardText.Literal(option.Title), option.ObjectId))],
                Value = known.Any(option => option.For is null) ? string.Join(',', known.Where(option => option.For is null).Select(option => option.ObjectId)) : null,
            };
        }
        yield return new ChoiceSetInput { Id = field.Id, Label = known.IsEmpty ? label : $"{field.Label}: more people", Placeholder = field.Hint, IsMultiSelect = true, ChoicesData = DataQuery.People };
    }

    private static CardElement[] DateInputs(Field field, Draft draft, DialogContext context, Inputs typed)
    {
        var when = draft.Values.ContainsKey(field.Id) ? When(field, draft, context) : default(ZonedDateTime?);
        return
        [
            CardParts.Moment(
                FormInputs.DateId(field),
                FormInputs.TimeId(field),
                field.Label,
                context.Zone,
                typed.Text(FormInputs.DateId(field)) ?? when?.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
                typed.Text(FormInputs.TimeId(field)) ?? when?.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture)),
        ];
    }

    private static ColumnSet LineInput(Field field, Draft draft, Inputs typed, int number)
    {
        var (textId, choiceId) = (FormInputs.LineId(field, number), FormInputs.LineChoiceId(field, number));
        var known = typed.Has(textId) ? null : draft.Lines(field.Id).ElementAtOrDefault(number - 1);
        var text = known?.Text ?? typed.Text(textId);
        return new ColumnSet
        {
            Spacing = "small",
            Columns =
            [
                new Column
                {
                    Width = "3",
                    Items = [new TextInput { Id = textId, Label = string.Create(CultureInfo.InvariantCulture, $"{field.Label} {number}"), MaxLength = field.LongestText, Value = CardParts.Fitting(text, field.LongestText) }],
                },
                new Column
                {
                    Width = "2",
                    Items =
                    [
                        new ChoiceSetInput
                        {
                            Id = choiceId,
                            Label = field.Hint,
                            Style = "compact",
                            Choices = [.. field.Choices.Select(choice => new Choice(choice.Title, choice.Value))],
                            Value = known?.Choice ?? typed.Text(choiceId) ?? field.Choices[0].Value,
                        },
                    ],
                },
            ],
        };
    }

    private static int LinesFor(Field field, Draft draft, Inputs typed, bool addLines)
    {
        var shown = Math.Max(FormInputs.LinesShown(field, typed), Math.Max(FewestLines, draft.Lines(field.Id).Count));
        return Math.Min(field.MostLines, addLines ? shown + MoreLines : shown);
    }

    private static ZonedDateTime When(Field field, Draft draft, DialogContext context) =>
        DateTimeOffset.Parse(draft.Values[field.Id], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToInstant()
            .InZone(Zones.Find(context.Zone));

    private static ExecuteAction Button(Form form, string what, string title, Draft draft, string? style = null, IReadOnlyList<Field>? asked = null)
    {
        var data = new Dictionary<string, string> { ["draft"] = draft.Id };
        if (asked is not null)
        {
            data[FormInputs.Asked] = string.Join(',', asked.Select(field => field.Id));
        }
        return new($"{form.Name}.{what}", data) { Title = title, Style = style };
    }
}
