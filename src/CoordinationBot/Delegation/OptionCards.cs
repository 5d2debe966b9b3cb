using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Delegations;

/// <summary>Options as they are compared: side by side where that can be read on a phone, else one below the other.</summary>
internal static class OptionCards
{
    private const int MostSideBySide = 3;
    private const int NewestComments = 3;
    private const int NewestGeneral = 5;

    /// <summary>What a column of a phone takes, for two and for three columns: letters of a text, and of its longest word.</summary>
    private static readonly (int Text, int Word)[] ColumnTakes = [(160, 16), (90, 10)];

    /// <param name="view">Who looks.</param>
    /// <param name="comments">Those this viewer sees.</param>
    /// <param name="below">What stands under an option: its buttons.</param>
    public static IEnumerable<CardElement> All(DelegationView view, IReadOnlyList<Comment> comments, Func<Option, IReadOnlyList<CardButton>> below)
    {
        var options = InquiryRules.Of(view.Delegation).Options;
        List<CardElement> elements = [];
        if (options.Count == 0)
        {
            elements.Add(CardParts.Faint("No option yet.") with { Separator = true, Spacing = "medium" });
        }
        else
        {
            elements.AddRange(options.All(option => below(option).Count <= 1) && FitsSideBySide(options, comments) ? SideBySide(options, comments, below) : options.SelectMany(option => Stacked(view, option, comments, below)));
        }
        // Also what was said about an option that is gone: nothing that somebody said is lost.
        var general = comments.Where(comment => options.All(option => option.Id != comment.OptionId)).ToList();
        elements.AddRange(general.TakeLast(NewestGeneral).Select((comment, index) => Said(comment, view.Room) is var said && index == 0 ? said with { Separator = true } : said));
        var hidden = options.Sum(option => Math.Max(0, On(comments, option).Count - NewestComments)) + Math.Max(0, general.Count - NewestGeneral);
        if (hidden > 0)
        {
            elements.Add(CardParts.Faint(hidden == 1 ? "1 earlier comment is not shown here." : $"{hidden} earlier comments are not shown here."));
        }
        if (view.Room < int.MaxValue)
        {
            elements.Add(CardParts.Faint("Long texts are shortened here."));
        }
        if (hidden > 0 || view.Room < int.MaxValue)
        {
            elements.Add(new ActionSet { Spacing = "small", Actions = [DelegationCards.Button(view.Delegation, "options", "Read in full")] });
        }
        return elements;
    }

    /// <summary>Options and comments as they were written, from one on: for a card that had to shorten them.</summary>
    public static AdaptiveCard Full(Delegation delegation, IReadOnlyList<Comment> comments, int from)
    {
        var options = InquiryRules.Of(delegation).Options;
        List<(int Length, IReadOnlyList<CardElement> Elements)> parts =
        [
            .. options.SelectMany(option => On(comments, option).Select(Part).Prepend((option.Title.Length + option.Benefits.Length + option.Drawbacks.Length + option.Risk.Length, [Title(option), .. Aspects(option, int.MaxValue)]))),
            .. comments.Where(comment => options.All(option => option.Id != comment.OptionId)).Select(Part),
        ];
        from = Math.Clamp(from, 0, Math.Max(0, parts.Count - 1));
        var page = CardParts.Page([.. parts.Skip(from)], part => part.Length);
        List<CardElement> body = [CardParts.Heading($"Options of {delegation.Id}"), CardParts.Paragraph(delegation.Terms.Title), .. page.SelectMany(part => part.Elements)];
        if (from + page.Count < parts.Count)
        {
            body.Add(new ActionSet { Actions = [DelegationCards.Button(delegation, "options", "Read on", null, ("from", (from + page.Count).ToString(System.Globalization.CultureInfo.InvariantCulture)))] });
        }
        return new AdaptiveCard { Body = body, FallbackText = $"Options of {delegation.Id}" };

        static (int, IReadOnlyList<CardElement>) Part(Comment comment) => (comment.Text.Length, [Said(comment, int.MaxValue)]);
    }

    public static RichTextBlock Said(Comment comment, int room) => new()
    {
        Spacing = "small",
        Inlines = [CardText.Run($"{comment.By.Name}: ") with { Weight = "bolder", Size = "small" }, CardText.Run(CardParts.Shorten(comment.Text, room)) with { Size = "small" }],
    };

    private static bool FitsSideBySide(IReadOnlyList<Option> options, IReadOnlyList<Comment> comments)
    {
        if (options.Count is < 2 or > MostSideBySide)
        {
            return false;
        }
        var (text, word) = ColumnTakes[options.Count - 2];
        return options
            .SelectMany(option => (string[])[option.Title, option.Benefits, option.Drawbacks, option.Risk, .. On(comments, option).TakeLast(NewestComments).SelectMany(comment => (string[])[comment.By.Name, comment.Text])])
            .All(part => part.Length <= text && part.Split(' ', '\n').All(one => one.Length <= word));
    }

    /// <summary>One row an aspect, so that alike stands beside alike.</summary>
    private static IEnumerable<CardElement> SideBySide(IReadOnlyList<Option> options, IReadOnlyList<Comment> comments, Func<Option, IReadOnlyList<CardButton>> below)
    {
        yield return Row(options, option => [Title(option)]) with { Separator = true, Spacing = "medium" };
        for (var aspect = 0; aspect < Aspects(options[0], int.MaxValue).Count; aspect++)
        {
            yield return Row(options, option => [Small(Aspects(option, int.MaxValue)[aspect])]) with { Spacing = "small" };
        }
        if (options.Any(option => On(comments, option).Count > 0))
        {
            yield return Row(options, option => On(comments, option) is { Count: > 0 } said ? [.. said.TakeLast(NewestComments).Select(comment => Said(comment, int.MaxValue))] : [CardParts.Faint("No comment.")]) with { Spacing = "small" };
        }
        if (options.SelectMany(below).ToList() is { Count: > 0 } buttons)
        {
            // A third of a phone is narrower than a button.
            yield return options.Count == 2
                ? Row(options, option => [new ActionSet { Actions = below(option) }]) with { Spacing = "small" }
                : new ActionSet { Spacing = "small", Actions = buttons };
        }
    }

    private static ColumnSet Row(IReadOnlyList<Option> options, Func<Option, IReadOnlyList<CardElement>> cell) =>
        new() { Columns = [.. options.Select(option => new Column { Width = "1", Items = cell(option) })] };

    private static IEnumerable<CardElement> Stacked(DelegationView view, Option option, IReadOnlyList<Comment> comments, Func<Option, IReadOnlyList<CardButton>> below)
    {
        yield return Title(option) with { Separator = true, Spacing = "medium" };
        foreach (var aspect in Aspects(option, view.Room))
        {
            yield return aspect;
        }
        foreach (var comment in On(comments, option).TakeLast(NewestComments))
        {
            yield return Said(comment, view.Room);
        }
        if (below(option) is { Count: > 0 } buttons)
        {
            yield return new ActionSet { Spacing = "small", Actions = buttons };
        }
    }

    private static RichTextBlock Title(Option option) => new()
    {
        Inlines = [new TextRun($"{option.Id[1..]}. ") { Weight = "bolder" }, CardText.Run(option.Title) with { Weight = "bolder" }],
    };

    private static IReadOnlyList<RichTextBlock> Aspects(Option option, int room) =>
    [
        CardParts.Line("Benefits", CardParts.Shorten(option.Benefits, room)),
        CardParts.Line("Drawbacks", CardParts.Shorten(option.Drawbacks, room)),
        CardParts.Line("Cost", option.Cost?.ToString() ?? "not said"),
        CardParts.Line("Risk", CardParts.Shorten(option.Risk, room)),
    ];

    private static RichTextBlock Small(RichTextBlock block) => block with { Spacing = "none", Inlines = [.. block.Inlines.Select(run => run with { Size = "small" })] };

    private static List<Comment> On(IReadOnlyList<Comment> comments, Option option) => [.. comments.Where(comment => comment.OptionId == option.Id)];
}
