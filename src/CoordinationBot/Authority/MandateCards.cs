using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Authority;

/// <summary>Mandates as they are shown.</summary>
internal static class MandateCards
{
    private const int Shown = 10;

    /// <param name="whose">Null: everybody.</param>
    /// <param name="authorities">As they are.</param>
    /// <param name="isAdministrator">Whether the viewer may change it here.</param>
    /// <param name="zone">Of the viewer.</param>
    /// <param name="news">What happened.</param>
    /// <param name="isTakingBack">Asks whether they mean it.</param>
    public static AdaptiveCard For(Party? whose, Authorities authorities, bool isAdministrator, string zone, string? news = null, bool isTakingBack = false)
    {
        var entry = authorities.EntryOf(whose?.ObjectId);
        var mandate = whose is null ? entry?.Mandate ?? Mandate.BuiltIn : authorities.MandateOf(whose.ObjectId);
        List<CardElement> body =
        [
            .. news is null ? (CardElement[])[] : [CardParts.News([news])],
            .. Titled(AuthorityRules.Title(whose)),
            .. mandate.IsUnlimited ? [CardParts.Paragraph("No limits: no mandate has been set yet.")] : Limits(mandate),
            CardParts.Faint(Source(whose, entry, authorities.Default, zone)),
        ];
        if (isTakingBack && whose is not null)
        {
            body.Add(new RichTextBlock { Separator = true, Inlines = [CardText.Run($"Take it back? Then {whose.Name} may decide what everybody may.") with { Weight = "bolder" }] });
            body.Add(new ActionSet { Actions = [Button("mandate-reset", "Take it back now", whose, entry, "destructive"), Show("Keep it", whose)] });
        }
        else if (isAdministrator)
        {
            body.Add(new ActionSet
            {
                Actions =
                [
                    new SubmitAction("authority.mandate-open", new Dictionary<string, string> { ["person"] = Key(whose) }) { Title = "Change" },
                    .. whose is not null && entry is not null ? (CardButton[])[Button("mandate-reset-ask", "Take it back", whose, entry)] : [],
                ],
            });
        }
        return new AdaptiveCard { Body = body, FallbackText = "A mandate" };
    }

    private static CardElement[] Limits(Mandate mandate) =>
    [
        CardParts.Line("Money", mandate.Money is null ? "none" : $"up to {mandate.Money} in one delegation, with all that is approved for it"),
        CardParts.Line("Outside commitments", mandate.OutsideCommitments ? "may promise something to people outside, and let others do so" : "none"),
        CardParts.Line("May delegate to", mandate.Reach is null ? "anybody" : string.Join(", ", mandate.Reach.Select(party => party.Name))),
        CardParts.Line("Matters excluded", mandate.Excluded.Count == 0 ? "none" : string.Join(", ", mandate.Excluded)),
        CardParts.Line("Decides beyond it", mandate.NextUp?.Name ?? "an administrator"),
    ];

    /// <summary>Everybody's first, then by name.</summary>
    public static AdaptiveCard List(Authorities authorities, int from)
    {
        IReadOnlyList<Party?> all = [null, .. authorities.Mandates.Values.Select(entry => entry.Whose!).OrderBy(party => party.Name, StringComparer.OrdinalIgnoreCase).ThenBy(party => party.ObjectId, StringComparer.Ordinal)];
        // The page comes from a card, and cards can be made up.
        from = Math.Clamp(from, 0, all.Count - 1);
        List<CardElement> body = [CardParts.Heading("Mandates"), new TextBlock("What people may decide in their own right. Whoever is not listed has the one for everybody.") { IsSubtle = true }];
        body.AddRange(all.Skip(from).Take(Shown).Select(whose => Item(whose, authorities)));
        if (all.Count > Shown)
        {
            body.Add(CardParts.Faint($"{from + 1} to {Math.Min(from + Shown, all.Count)} of {all.Count}."));
        }
        IEnumerable<CardButton> buttons = [.. Page("Earlier", from - Shown), .. Page("More", from + Shown), new SubmitAction("help.command", new Dictionary<string, string> { ["command"] = "mandate" }) { Title = "Set a mandate" }];
        return new AdaptiveCard { Body = [.. body, new ActionSet { Actions = [.. buttons] }], FallbackText = "Mandates" };

        IEnumerable<CardButton> Page(string title, int first) => first >= all.Count || (first < 0 && from == 0) ? []
            : [new ExecuteAction("authority.mandates", new Dictionary<string, string> { ["from"] = Math.Max(0, first).ToString(CultureInfo.InvariantCulture) }) { Title = title }];
    }

    /// <summary>Asks whose mandate is to be set.</summary>
    public static AdaptiveCard Whose(string? refusal = null) => new()
    {
        Body =
        [
            .. refusal is null ? (CardElement[])[] : [CardParts.Attention(refusal)],
            CardParts.Heading("Whose mandate?"),
            new ChoiceSetInput { Id = "person", Label = "Person", Placeholder = "Type a name", ChoicesData = DataQuery.People },
            new ActionSet { Actions = [new ExecuteAction("authority.mandate-open", new Dictionary<string, string>()) { Title = "Open", Style = "positive" }] },
            // A submit sends the picker's value with it, so what it means has a name of its own.
            new ActionSet { Actions = [new ExecuteAction("authority.mandate-everybody", new Dictionary<string, string>()) { Title = "The one for everybody" }] },
        ],
        FallbackText = "Whose mandate?",
    };

    private static IEnumerable<CardElement> Titled(string title) => [CardParts.Heading("Mandate"), new RichTextBlock { Spacing = "none", Inlines = [CardText.Run(title) with { Weight = "bolder" }] }];

    private static string Source(Party? whose, MandateEntry? entry, MandateEntry? everybodys, string zone) =>
        entry is not null ? $"Set by {entry.By.Name} on {Zones.Read(entry.At, zone)}."
        : whose is not null && everybodys is not null ? "This is the mandate for everybody. None of their own is set."
        : "Nothing has been set yet: this is what everybody has at first.";

    private static ColumnSet Item(Party? whose, Authorities authorities)
    {
        var mandate = authorities.EntryOf(whose?.ObjectId)?.Mandate ?? Mandate.BuiltIn;
        return new ColumnSet
        {
            Separator = true,
            Columns =
            [
                new Column
                {
                    Width = "stretch",
                    Items =
                    [
                        new RichTextBlock { Inlines = [CardText.Run(whose?.Name ?? "Everybody") with { Weight = "bolder" }] },
                        new RichTextBlock { Spacing = "none", Inlines = [CardText.Run($"{(mandate.IsUnlimited ? "no limits" : mandate.Money is null ? "no money" : $"up to {mandate.Money}")} · {(mandate.OutsideCommitments ? "may promise outside" : "no promises outside")} · {(mandate.Reach is null ? "delegates to anybody" : $"delegates to {mandate.Reach.Count}")}") with { Size = "small" }] },
                    ],
                },
                new Column { Width = "auto", VerticalContentAlignment = "center", Items = [new ActionSet { Actions = [new SubmitAction("authority.mandate-show", new Dictionary<string, string> { ["person"] = Key(whose) }) { Title = "Open" }] }] },
            ],
        };
    }

    private static ExecuteAction Button(string what, string title, Party whose, MandateEntry? entry, string? style = null) =>
        new($"authority.{what}", new Dictionary<string, string> { ["person"] = whose.ObjectId, ["version"] = (entry?.Revision ?? 0).ToString(CultureInfo.InvariantCulture) }) { Title = title, Style = style };

    private static ExecuteAction Show(string title, Party whose) => new("authority.mandate-keep", new Dictionary<string, string> { ["person"] = whose.ObjectId }) { Title = title };

    private static string Key(Party? whose) => whose?.ObjectId ?? MandateForm.Everybody;
}
