using System.Text.RegularExpressions;

namespace CoordinationBot.Delegations;

/// <summary>An act as it was typed, in the inputs a card would send; and the delegation it names, if any.</summary>
/// <param name="Id">The delegation.</param>
/// <param name="Inputs">What was understood, each part as typed.</param>
internal sealed record TypedAct(string? Id, IReadOnlyDictionary<string, string> Inputs)
{
    public bool HasAmount => Inputs.TryGetValue(ActInputs.Amount, out var amount) && amount.Any(char.IsDigit);
}

/// <summary>Takes typed acts apart, and nothing more: what the parts mean is read where a card is read.</summary>
internal static partial class ActSentence
{
    /// <summary>"1,200 EUR on printing".</summary>
    public static TypedAct Spend(string text, string argument)
    {
        var (id, rest, because) = Around(text, argument);
        var (amount, what) = Cut(rest, On());
        return Act(id, nameof(ActKind.Spend), because, (ActInputs.Amount, amount), (ActInputs.What, what));
    }

    /// <summary>"up to 3,000 EUR for the event until 12 Dec".</summary>
    public static TypedAct Plan(string text, string argument)
    {
        var (id, rest, because) = Around(text, argument);
        var (amount, what) = Cut(UpTo().Replace(rest, ""), On());
        var end = Until().Matches(what) is { Count: > 0 } ends ? ends[^1] : null;
        return Act(
            id, nameof(ActKind.Plan), because,
            (ActInputs.Amount, amount), (ActInputs.What, end is null ? what : what[..end.Index]), (ActInputs.Until, end is null ? "" : what[(end.Index + end.Length)..]));
    }

    /// <summary>"Adele".</summary>
    public static TypedAct Involve(string text, string argument)
    {
        var (id, rest, because) = Around(text, argument);
        return Act(id, nameof(ActKind.Involve), because, (ActInputs.Person, rest));
    }

    /// <summary>"Contoso: delivery on 3 Dec", "Contoso delivery on 3 Dec".</summary>
    public static TypedAct Promise(string text, string argument)
    {
        var (id, rest, because) = Around(text, argument);
        // Without a colon: the words with capitals that it begins with. Where there are none, nobody is guessed.
        var match = Colon().Match(rest) is { Success: true } colon ? colon : Capitals().Match(rest);
        return Act(id, nameof(ActKind.Commit), because, (ActInputs.To, match.Groups["to"].Value), (ActInputs.What, match.Success ? match.Groups["what"].Value : rest));
    }

    /// <summary>"to Monday because Kim is ill".</summary>
    public static TypedAct MoveDeadline(string text, string argument)
    {
        var (id, rest, because) = Around(text, argument);
        return Act(id, nameof(ChangeKind.MoveDeadline), because, ("due", To().Replace(rest, "")));
    }

    /// <summary>The delegation named in front or at the end, the reason after "because", and what is between.</summary>
    private static (string? Id, string Said, string Because) Around(string text, string argument)
    {
        var id = IdInFront().Match(text) is { Success: true } front ? front.Groups["id"].Value.ToUpperInvariant() : null;
        var (rest, because) = Cut(argument, Because());
        (rest, id) = WithoutId(rest, id);
        (because, id) = WithoutId(because, id);
        return (id, rest, because);
    }

    private static (string Said, string? Id) WithoutId(string text, string? known) =>
        IdAtEnd().Match(text) is { Success: true } end ? (text[..end.Index], end.Groups["id"].Value.ToUpperInvariant()) : (text, known);

    private static (string Before, string After) Cut(string text, Regex at) =>
        at.Match(text) is { Success: true } match ? (text[..match.Index], text[(match.Index + match.Length)..]) : (text, "");

    private static TypedAct Act(string? id, string kind, string because, params ReadOnlySpan<(string Key, string Value)> parts)
    {
        Dictionary<string, string> inputs = new(StringComparer.Ordinal) { ["kind"] = kind };
        foreach (var (key, value) in (ReadOnlySpan<(string, string)>)[.. parts, (ActInputs.Because, because)])
        {
            if (value.Trim().TrimEnd('.', '!', ',', ';', ' ') is { Length: > 0 } trimmed)
            {
                inputs[key] = trimmed;
            }
        }
        return new TypedAct(id, inputs);
    }

    [GeneratedRegex(@"^\s*(?<id>D-[0-9A-Z]{6})[:,]?\s", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IdInFront();

    [GeneratedRegex(@"\s*(?:\b(?:on|for|under|in)\s+)?\(?(?<id>D-[0-9A-Z]{6})\)?[.!]?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IdAtEnd();

    [GeneratedRegex(@"\s+because\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Because();

    [GeneratedRegex(@"\s+(?:on|for)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex On();

    [GeneratedRegex(@"^up\s+to\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UpTo();

    [GeneratedRegex(@"\s+(?:until|till|by)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Until();

    [GeneratedRegex(@"^to\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex To();

    [GeneratedRegex(@"^(?<to>[^:]{1,200}):\s*(?<what>.*)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Colon();

    [GeneratedRegex(@"^(?<to>\p{Lu}\S*(?:\s+\p{Lu}\S*)*)\s+(?<what>\S.*)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Capitals();
}
