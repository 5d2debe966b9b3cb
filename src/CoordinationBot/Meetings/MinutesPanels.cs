using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using static CoordinationBot.Meetings.MinutesCards;

namespace CoordinationBot.Meetings;

/// <summary>What can be done on the card of minutes.</summary>
internal static class MinutesPanels
{
    /// <summary>More people than this are named by typing.</summary>
    private const int MostChoices = 25;

    private const int LongestName = 100;
    private const string Missing = "-";

    public static IEnumerable<CardElement> Writer(MinutesView view, IReadOnlyList<MinutesEntry> page)
    {
        var minutes = view.Minutes;
        if (view.Editing is { } id && minutes.Find(id) is { } edited)
        {
            return Editing(view, edited);
        }
        return
        [
            .. minutes.Corrections.Count > 0 ? Correcting(view, minutes.Corrections[0]) : [],
            new ActionSet
            {
                Separator = true,
                Actions =
                [
                    new ShowCardAction(Panel(Adding(view))) { Title = "Write down…" },
                    .. page.Count > 0 ? (CardButton[])[new ShowCardAction(Panel(Changing(view, page))) { Title = "Change…" }] : [],
                    .. minutes.State == MinutesState.Draft && minutes.Entries.Count > 0 ? (CardButton[])[Button(minutes, "circulate", "Circulate")] : [],
                    .. minutes.State == MinutesState.Circulated && minutes.Corrections.Count == 0 ? (CardButton[])[Button(minutes, "finish", "Make it final")] : [],
                    .. minutes.Entries.Count > 0 ? (CardButton[])[Button(minutes, "files", "As a file")] : [],
                ],
            },
        ];
    }

    public static IEnumerable<CardElement> Reader(MinutesView view, IReadOnlyList<MinutesEntry> page) =>
    [
        new ActionSet
        {
            Separator = true,
            Actions =
            [
                .. view.Minutes.State == MinutesState.Circulated ? (CardButton[])[new ShowCardAction(Panel(
                [
                    new ChoiceSetInput { Id = "entry", Label = "What is wrong", Style = "compact", Value = view.Typed.Text("entry") ?? Missing, Choices = [new Choice("Something is missing", Missing), .. page.Select(MinutesText.Choice)] },
                    Text("text", "What it should say", view.Typed.Text("text")),
                    new ActionSet { Actions = [Button(view.Minutes, "propose", "Send the correction")] },
                ])) { Title = "Propose a correction…" }] : [],
                Button(view.Minutes, "files", "As a file"),
            ],
        },
    ];

    /// <summary>The entry that a reader chose; null: something is missing.</summary>
    public static string? Chosen(string? entry) => entry == Missing ? null : entry;

    private static IEnumerable<CardElement> Correcting(MinutesView view, Correction correction)
    {
        var (minutes, entry) = (view.Minutes, view.Minutes.Find(correction.Entry));
        return
        [
            CardParts.Paragraph($"{correction.By.Name} proposes a correction{(minutes.Corrections.Count > 1 ? $" (and {minutes.Corrections.Count - 1} more wait)" : "")}:") with { Separator = true },
            CardParts.Line(entry is null ? "Missing" : "Instead of", entry?.Text ?? correction.Text),
            .. entry is null ? (CardElement[])[] : [CardParts.Line("It should say", correction.Text)],
            new TextInput { Id = "word", Label = "A word why, if you do not take it over", MaxLength = MinutesLimits.ActionText, Value = CardParts.Fitting(view.Typed.Text("word"), MinutesLimits.ActionText) },
            new ActionSet
            {
                Actions =
                [
                    Button(minutes, "take", "Take it over", ("correction", correction.Id), ("edition", MinutesDesk.Number(entry?.Edition ?? 0))),
                    Button(minutes, "refuse", "Do not take it over", ("correction", correction.Id)),
                ],
            },
        ];
    }

    private static IReadOnlyList<CardElement> Adding(MinutesView view)
    {
        var minutes = view.Minutes;
        return
        [
            new ChoiceSetInput { Id = "section", Label = "Under", Style = "compact", Value = view.Typed.Text("section") ?? minutes.Sections.First(section => section.Id != MinutesSection.Before).Id, Choices = [.. minutes.Sections.Select(MinutesText.Choice)] },
            new ChoiceSetInput
            {
                Id = "kind",
                Label = "As",
                Style = "compact",
                Value = view.Typed.Text("kind") ?? nameof(EntryKind.Note),
                Choices = [new("Note", nameof(EntryKind.Note)), new("Decision", nameof(EntryKind.Decision)), new("Open question", nameof(EntryKind.Question)), new("Action item", nameof(EntryKind.Action))],
            },
            Text("text", "What was said", view.Typed.Text("text")),
            minutes.People.Count > MostChoices
                ? new TextInput { Id = "who", Label = "Of an action item: who does it", MaxLength = LongestName, Value = CardParts.Fitting(view.Typed.Text("who"), LongestName) }
                : new ChoiceSetInput { Id = "who", Label = "Of an action item: who does it", Style = "compact", Value = view.Typed.Text("who"), Choices = [.. minutes.People.Select(person => new Choice(CardText.Literal(person.Name), person.ObjectId))] },
            new TextInput { Id = "due", Label = "Of an action item: until when", Placeholder = "fri 5pm", MaxLength = LongestName, Value = CardParts.Fitting(view.Typed.Text("due"), LongestName) },
            new ActionSet { Actions = [Button(minutes, "add", "Write it down", ("seen", MinutesDesk.Number(minutes.Next)))] },
        ];
    }

    private static IReadOnlyList<CardElement> Changing(MinutesView view, IReadOnlyList<MinutesEntry> page) =>
    [
        new ChoiceSetInput { Id = "entry", Label = "Which entry", Style = "compact", Value = view.Typed.Text("entry"), Choices = [.. page.Select(MinutesText.Choice)] },
        new ActionSet
        {
            Actions =
            [
                Button(view.Minutes, "edit", "Reword or take out"),
                .. view.Viewer == view.Minutes.Organiser.ObjectId && page.Any(entry => entry is { Kind: EntryKind.Action, Delegation: null, IsSettled: false }) ? (CardButton[])[Button(view.Minutes, "give", "Give it as a delegation")] : [],
                .. page.Any(entry => entry is { Kind: EntryKind.Question or EntryKind.Action, Delegation: null, IsSettled: false }) ? (CardButton[])[Button(view.Minutes, "settle", "Answered or done")] : [],
            ],
        },
    ];

    private static IEnumerable<CardElement> Editing(MinutesView view, MinutesEntry entry)
    {
        (string, string)[] data = [("entry", entry.Id), ("edition", MinutesDesk.Number(entry.Edition))];
        return
        [
            Text("text", "In other words", view.Typed.Text("text") ?? entry.Text) with { Separator = true },
            new ActionSet { Actions = [Button(view.Minutes, "reword", "Save", data), Button(view.Minutes, "remove", "Take it out", data), Button(view.Minutes, "view", "Leave it")] },
        ];
    }

    private static TextInput Text(string id, string label, string? value) =>
        new() { Id = id, Label = label, IsMultiline = true, MaxLength = MinutesLimits.EntryText, Value = CardParts.Fitting(value, MinutesLimits.EntryText) };

    private static AdaptiveCard Panel(IReadOnlyList<CardElement> body) => new() { Body = body, FallbackText = "Minutes" };
}
