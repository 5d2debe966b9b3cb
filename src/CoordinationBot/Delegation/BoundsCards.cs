using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>What an assignee may do, and what was done under it so far.</summary>
internal static class BoundsCards
{
    private const int Newest = 3;
    private const int LongestSentence = 400;

    /// <summary>Bounds are agreements: they are shortened only where a card would not arrive otherwise, and then all of them are one press away.</summary>
    public static IEnumerable<CardElement> Terms(DelegationView view)
    {
        var terms = view.Delegation.Terms;
        var sentence = view.Room == int.MaxValue ? int.MaxValue : LongestSentence;
        yield return CardParts.Line(terms.Type == AuthorizationType.Uncertain ? "Question" : "Outcome", CardParts.Shorten(terms.Aim ?? "", sentence)) with { Separator = true, Spacing = "medium" };
        yield return new RichTextBlock { Inlines = [CardText.Run(CardParts.Shorten(BoundsText.Sentence(terms), sentence)) with { Weight = "bolder" }] };
        foreach (var line in terms.Limits.MustNot)
        {
            yield return MustNot(CardParts.Shorten(line, view.Room));
        }
        if (terms.Limits.IsConfidential)
        {
            yield return CardParts.Faint("Confidential: nobody else sees that it exists.");
        }
    }

    /// <summary>The books: money, people, promises, what was approved and what was handed on.</summary>
    public static IEnumerable<CardElement> Books(DelegationView view)
    {
        var delegation = view.Delegation;
        var lines = Lines(delegation, view.Now, view.Zone).ToList();
        var isCut = view.Room < int.MaxValue;
        foreach (var group in lines.GroupBy(line => line.Label))
        {
            isCut |= group.Count() > Newest;
            foreach (var (label, text) in group.TakeLast(Newest))
            {
                yield return CardParts.Line(label, CardParts.Shorten(text, view.Room));
            }
        }
        if (isCut)
        {
            yield return new ActionSet { Spacing = "small", Actions = [DelegationCards.Button(delegation, "books", "Show everything")] };
        }
    }

    /// <summary>All of it, a page at a time: as a message of its own.</summary>
    public static AdaptiveCard All(Delegation delegation, int from, string zone, DateTimeOffset now)
    {
        (string Label, string Text)[] lines =
        [
            .. delegation.Terms.Aim is { } aim ? ((string, string)[])[(delegation.Terms.Type == AuthorizationType.Uncertain ? "Question" : "Outcome", aim)] : [],
            ("Bounds", BoundsText.Sentence(delegation.Terms)),
            .. delegation.Terms.Limits.MustNot.Select(line => ("Must not", line)),
            .. Lines(delegation, now, zone),
            .. delegation.Dealings.Held.Select(held => ("Waits", $"{BoundsText.Act(held.Act, zone)}{(held.Reason is null ? "" : $". Because: {held.Reason}")}")),
        ];
        from = Math.Clamp(from, 0, lines.Length - 1);
        var page = CardParts.Page([.. lines.Skip(from)], line => line.Text.Length);
        List<CardElement> body = [CardParts.Heading($"All about {delegation.Id}"), CardParts.Paragraph(delegation.Terms.Title), .. page.Select(line => CardParts.Line(line.Label, line.Text))];
        if (from + page.Count < lines.Length)
        {
            body.Add(new ActionSet { Actions = [DelegationCards.Button(delegation, "books", "More", null, ("from", $"{from + page.Count}"))] });
        }
        return new AdaptiveCard { Body = body, FallbackText = $"All about {delegation.Id}" };
    }

    /// <summary>What is left of the money, for whoever decides on some of it.</summary>
    public static string Left(Delegation delegation) =>
        delegation.Left is { } left ? $"{left} of {delegation.Terms.Limits.Budget}" : "no budget was given";

    public static RichTextBlock MustNot(string line) => new() { Spacing = "small", Inlines = [new TextRun("Must not: ") { Weight = "bolder", Color = "attention" }, CardText.Run(line)] };

    private static IEnumerable<(string Label, string Text)> Lines(Delegation delegation, DateTimeOffset now, string zone)
    {
        var books = delegation.Dealings;
        if (delegation.Terms.Limits.Budget is { } budget && delegation.Left is { } left)
        {
            var aside = books.Children.Where(child => !child.IsSettled).Sum(child => child.Reserved);
            yield return (delegation.Terms.Type == AuthorizationType.Uncertain ? "For exploring" : "Budget", $"{left} left of {budget}; {budget with { Amount = books.Taken - aside }} spent{(aside > 0 ? $", {budget with { Amount = aside }} set aside for what was handed on" : "")}");
        }
        if (books.Allowances.Where(allowance => allowance.IsOnTop).Sum(allowance => allowance.Used) is var onTop and > 0)
        {
            yield return ("On top, by approval", $"{new Money(onTop, books.Allowances[0].UpTo.Currency)} spent");
        }
        foreach (var allowance in books.Allowances.Where(allowance => allowance.Left > 0 && now <= allowance.Until))
        {
            yield return ("Plan", $"up to {allowance.UpTo} for {allowance.For}, until {Zones.Read(allowance.Until, zone)}; {allowance.UpTo with { Amount = allowance.Left }} left");
        }
        foreach (var person in books.Involved)
        {
            yield return ("Involved", person.Name);
        }
        foreach (var commitment in books.Commitments)
        {
            yield return ("Promised", $"{commitment.To}: {commitment.What}");
        }
        foreach (var child in books.Children)
        {
            yield return ("Handed on", $"{child.Id} to {child.Assignee.Name}{(child.IsSettled ? ", ended" : "")}");
        }
    }
}
