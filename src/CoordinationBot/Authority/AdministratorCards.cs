using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Authority;

/// <summary>Who the administrators are, what they can do and what they did.</summary>
internal static class AdministratorCards
{
    public const int HistoryLength = 20;

    public static AdaptiveCard Administer(Authorities authorities, bool isAdministrator, IReadOnlyList<CommandRoute> commands) => new()
    {
        Body =
        [
            CardParts.Heading("Administration"),
            CardParts.Paragraph(isAdministrator ? "You are an administrator. You can:" : AuthorityRules.OnlyAdministrators(authorities)),
            .. isAdministrator ? commands.Select(command => new RichTextBlock { Spacing = "small", Inlines = [new TextRun(command.Usage) { Weight = "bolder" }, new TextRun($" – {command.Summary}")] }) : [],
            .. isAdministrator ? (CardElement[])[new ActionSet { Actions = [Command("Mandates", "mandates"), Command("Policies", "policies"), Command("Administrators", "administrators"), new SubmitAction("authority.history") { Title = "What was changed" }] }] : [],
        ],
        FallbackText = "Administration",
    };

    public static AdaptiveCard List(Authorities authorities, bool isAdministrator, string zone, string? news = null, string? refused = null)
    {
        List<CardElement> body =
        [
            .. refused is null ? (CardElement[])[] : [CardParts.Attention(refused)],
            .. news is null ? (CardElement[])[] : [CardParts.News([news])],
            CardParts.Heading("Administrators"),
            new TextBlock("They set mandates and policies. What is asked of nobody else comes to them.") { IsSubtle = true },
        ];
        body.AddRange(authorities.Named.Select(party => Item(party.Name, "named in the settings, and only removed there", null)));
        body.AddRange(authorities.Unmet.Select(entry => Item(entry, "named in the settings; has not talked to me yet", null)));
        body.AddRange(authorities.Appointed.Where(entry => !authorities.IsNamed(entry.Who.ObjectId)).Select(entry => Item(entry.Who.Name, $"added by {entry.By.Name} on {Zones.Read(entry.At, zone)}", isAdministrator ? entry.Who : null)));
        if (isAdministrator)
        {
            body.Add(new ChoiceSetInput { Id = "person", Label = "Another administrator", Placeholder = "Type a name", ChoicesData = DataQuery.People, Spacing = "medium" });
            body.Add(new ActionSet { Actions = [new ExecuteAction("authority.administrator-add", new Dictionary<string, string>()) { Title = "Add" }] });
        }
        return new AdaptiveCard { Body = body, FallbackText = "Administrators" };
    }

    /// <summary>Asks which of several is meant.</summary>
    public static AdaptiveCard WhichOne(string name, IReadOnlyList<NameEntry> people, string verb) => new()
    {
        Body =
        [
            CardParts.Paragraph(PersonsReader.WhichOne(name, people)),
            new ChoiceSetInput { Id = "person", Label = "Who", Style = "expanded", Wrap = true, Choices = [.. people.Select(entry => new Choice(CardText.Literal(PersonsReader.Title(entry)), entry.ObjectId))] },
            new ActionSet { Actions = [new ExecuteAction(verb, new Dictionary<string, string>()) { Title = "Continue", Style = "positive" }] },
        ],
        FallbackText = "Which one?",
    };

    public static AdaptiveCard History(IReadOnlyList<AuthorityRecord> records, string zone)
    {
        records = CardParts.Page(records, record => record.What.Length);
        List<CardElement> body = [CardParts.Heading("What was changed")];
        if (records.Count == 0)
        {
            body.Add(new TextBlock("Nothing was changed yet."));
        }
        foreach (var record in records)
        {
            body.Add(new RichTextBlock { Separator = true, Inlines = [new TextRun($"{record.Number}. ") { Weight = "bolder" }, CardText.Run($"{record.Who.Name}: {record.What}")] });
            body.Add(CardParts.Faint(Zones.Read(record.At, zone)));
        }
        if (records.Count > 0 && records[^1].Number > 1)
        {
            body.Add(new ActionSet { Actions = [new ExecuteAction("authority.history", new Dictionary<string, string> { ["before"] = records[^1].Number.ToString(CultureInfo.InvariantCulture) }) { Title = "Earlier entries" }] });
        }
        return new AdaptiveCard { Body = body, FallbackText = "What was changed" };
    }

    private static ColumnSet Item(string name, string standing, Party? removable) => new()
    {
        Separator = true,
        Columns =
        [
            new Column
            {
                Width = "stretch",
                Items =
                [
                    new RichTextBlock { Inlines = [CardText.Run(name) with { Weight = "bolder" }] },
                    new RichTextBlock { Spacing = "none", Inlines = [CardText.Run(standing) with { Size = "small", IsSubtle = true }] },
                ],
            },
            .. removable is null ? (Column[])[] : [new Column { Width = "auto", VerticalContentAlignment = "center", Items = [new ActionSet { Actions = [new ExecuteAction("authority.administrator-remove", new Dictionary<string, string> { ["remove"] = removable.ObjectId }) { Title = "Remove" }] }] }],
        ],
    };

    private static SubmitAction Command(string title, string command) => new("help.command", new Dictionary<string, string> { ["command"] = command }) { Title = title };
}
