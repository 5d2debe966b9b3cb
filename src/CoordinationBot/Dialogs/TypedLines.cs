namespace CoordinationBot.Dialogs;

/// <summary>Reads a list as people type it: separated by semicolons or line breaks, each with its choice in brackets at the end.</summary>
internal static class TypedLines
{
    public static IReadOnlyList<ListLine> Read(string typed, IReadOnlyList<FieldChoice> choices) =>
        [.. typed.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => Line(text, choices))];

    private static ListLine Line(string text, IReadOnlyList<FieldChoice> choices)
    {
        foreach (var choice in choices)
        {
            foreach (var ending in (ReadOnlySpan<string>)[$"({choice.Value})", $"({choice.Title})"])
            {
                if (text.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && text.Length > ending.Length)
                {
                    return new ListLine(text[..^ending.Length].TrimEnd(), choice.Value);
                }
            }
        }
        return new ListLine(text, choices[0].Value);
    }
}
