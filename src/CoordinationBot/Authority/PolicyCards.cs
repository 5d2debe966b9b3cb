using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Authority;

/// <summary>Policies as they are shown.</summary>
internal static class PolicyCards
{
    private const int Shown = 10;

    public static AdaptiveCard List(Authorities authorities, bool isAdministrator, int from, string zone, string? news = null) => Page(
        "Policies",
        "authority.policies",
        "No policy is in force. Mandates and delegations set the only limits.",
        authorities.InForce,
        from,
        entry => isAdministrator ? [new ExecuteAction("authority.policy-withdraw-ask", new Dictionary<string, string> { ["id"] = entry.Policy.Id }) { Title = $"Withdraw {entry.Policy.Id}" }] : [],
        zone,
        news,
        [
            .. isAdministrator ? (CardButton[])[new SubmitAction("help.command", new Dictionary<string, string> { ["command"] = "policy" }) { Title = "Add a policy" }] : [],
            // Every number was given once: what is not in force was withdrawn.
            .. authorities.LastPolicy > authorities.InForce.Count ? (CardButton[])[new SubmitAction("authority.policies-withdrawn") { Title = "Withdrawn policies" }] : [],
        ]);

    public static AdaptiveCard Withdrawn(IReadOnlyList<PolicyEntry> entries, int from, string zone) =>
        Page("Withdrawn policies", "authority.policies-withdrawn", "No policy was ever withdrawn.", entries, from, _ => [], zone, null, []);

    /// <summary>Asks whether they mean it.</summary>
    public static AdaptiveCard Withdrawing(PolicyEntry entry, string zone) => new()
    {
        Body =
        [
            CardParts.Heading($"Withdraw {entry.Policy.Id}?"),
            .. Item(entry, zone),
            new TextBlock("From then on it stops nobody. It stays in the list of withdrawn policies.") { Weight = "bolder", Separator = true },
            new ActionSet
            {
                Actions =
                [
                    new ExecuteAction("authority.policy-withdraw", new Dictionary<string, string> { ["id"] = entry.Policy.Id }) { Title = "Withdraw now", Style = "destructive" },
                    new ExecuteAction("authority.policies", new Dictionary<string, string> { ["from"] = "0" }) { Title = "Keep it" },
                ],
            },
        ],
        FallbackText = $"Withdraw {entry.Policy.Id}?",
    };

    private static AdaptiveCard Page(string heading, string verb, string nothing, IReadOnlyList<PolicyEntry> entries, int from, Func<PolicyEntry, IReadOnlyList<CardButton>> buttons, string zone, string? news, IReadOnlyList<CardButton> more)
    {
        // The page comes from a card, and cards can be made up. Pages begin at fixed places, or one of the last would hold a single policy.
        from = Math.Clamp(from, 0, Math.Max(0, entries.Count - 1)) / Shown * Shown;
        List<CardElement> body = [.. news is null ? (CardElement[])[] : [CardParts.News([news])], CardParts.Heading(heading)];
        if (entries.Count == 0)
        {
            body.Add(new TextBlock(nothing));
        }
        foreach (var entry in entries.Skip(from).Take(Shown))
        {
            body.AddRange(Item(entry, zone));
            if (buttons(entry) is { Count: > 0 } actions)
            {
                body.Add(new ActionSet { Actions = actions });
            }
        }
        if (entries.Count > Shown)
        {
            body.Add(CardParts.Faint($"{from + 1} to {Math.Min(from + Shown, entries.Count)} of {entries.Count}."));
        }
        IReadOnlyList<CardButton> all = [.. Turn("Earlier", from - Shown), .. Turn("More", from + Shown), .. more];
        return new AdaptiveCard { Body = all.Count > 0 ? [.. body, new ActionSet { Actions = all }] : body, FallbackText = heading };

        IEnumerable<CardButton> Turn(string title, int first) => first < 0 || first >= entries.Count ? []
            : [new ExecuteAction(verb, new Dictionary<string, string> { ["from"] = first.ToString(CultureInfo.InvariantCulture) }) { Title = title }];
    }

    private static IEnumerable<CardElement> Item(PolicyEntry entry, string zone)
    {
        yield return new RichTextBlock { Separator = true, Inlines = [new TextRun($"{entry.Policy.Id}: ") { Weight = "bolder" }, CardText.Run(entry.Policy.Text)] };
        yield return new RichTextBlock { Spacing = "none", Inlines = [CardText.Run(entry.Policy.Rule)] };
        yield return CardParts.Faint($"Added by {entry.By.Name} on {Zones.Read(entry.At, zone)}.{(entry is { WithdrawnBy: { } by, WithdrawnAt: { } at } ? $" Withdrawn by {by.Name} on {Zones.Read(at, zone)}." : "")}");
    }
}
