using CoordinationBot.Dialogs;
using CoordinationBot.Files;

namespace CoordinationBot.Meetings;

/// <summary>Minutes as a document, for whatever format it is written in.</summary>
internal static class MinutesDocument
{
    private const string Language = "en-US";

    /// <param name="minutes">What they say.</param>
    /// <param name="changes">What is different from the version before.</param>
    /// <param name="zone">Times are printed in it.</param>
    /// <param name="now">When it is made.</param>
    public static Document Of(Minutes minutes, IReadOnlyList<string> changes, string zone, DateTimeOffset now)
    {
        var actions = minutes.Actions.ToList();
        return new Document(
            $"Minutes: {minutes.Subject}",
            $"{minutes.Id} · {Standing(minutes)}",
            Language,
            minutes.Taker.Name,
            now,
            [
                new Block.Paragraph($"{Zones.Read(minutes.Time.Start, zone)}, {minutes.Time.Minutes} minutes", "When"),
                .. minutes.Place is { } place ? (Block[])[new Block.Paragraph(place, "Where")] : [],
                new Block.Paragraph(minutes.Organiser.Name, "Organised by"),
                new Block.Paragraph(string.Join(", ", minutes.People.Select(person => person.Name)), "Asked to come"),
                new Block.Paragraph(minutes.Taker.Name, "Written by"),
                .. minutes.Read.Where(part => part.Section.Owner is not null || part.Entries.Count > 0).SelectMany((part, index) => Section(part.Section, part.Entries, index + 1)),
                .. actions.Count == 0 ? (Block[])[] :
                [
                    new Block.Heading(1, "Action items"),
                    new Block.Table(
                        ["What", "Who", "Until", "Delegation"],
                        [.. actions.Select(action => (IReadOnlyList<string>)[action.Text, action.Who?.Name ?? "", action.Due is { } due ? Zones.Read(due.At, zone) : "", (action.IsConfidential ? action.Given : action.Delegation) ?? (action.IsSettled ? "done" : "not given yet")])]),
                ],
                .. changes.Count == 0 ? (Block[])[] : [new Block.Heading(1, "What changed since the version before"), .. changes.Select(change => new Block.Bullet(change))],
            ]);
    }

    /// <summary>How far they are, in words.</summary>
    public static string Standing(Minutes minutes) => minutes.State switch
    {
        MinutesState.Draft => minutes.Versions > 0 ? $"draft of version {minutes.Versions + 1}" : "draft",
        MinutesState.Circulated => minutes.Versions > 0 ? $"version {minutes.Versions + 1}, circulated for correction" : "circulated for correction",
        MinutesState.Final => $"final, version {minutes.Versions}",
    };

    /// <summary>The word in front of an entry; null: a note needs none.</summary>
    public static string? Label(EntryKind kind) => kind switch
    {
        EntryKind.Note => null,
        EntryKind.Decision => "Decision",
        EntryKind.Question => "Open question",
        EntryKind.Action => "To do",
    };

    private static IEnumerable<Block> Section(MinutesSection section, IReadOnlyList<MinutesEntry> entries, int number) =>
    [
        new Block.Heading(1, $"{number}. {section.Title}"),
        .. section.Owner is { } owner ? (Block[])[new Block.Paragraph(owner.Name, "Led by")] : [],
        .. entries.Count == 0 ? [new Block.Paragraph("Nothing was written down.")] : entries.Select(entry => (Block)new Block.Bullet(Says(entry), Label(entry.Kind))),
    ];

    private static string Says(MinutesEntry entry) =>
        entry.Kind == EntryKind.Question && entry.IsSettled ? $"{entry.Text} (answered)" : entry.Text;
}
