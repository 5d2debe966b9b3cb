namespace CoordinationBot.Protocol.Turns;

/// <summary>Finds the command a text calls. Commands are sorted by their first word once; a text is only looked at in place.</summary>
internal sealed class CommandMatcher
{
    private const int ShortestId = 4;
    private const int LongestId = 16;
    private const string EndMarks = ".,;:!?";

    private readonly Dictionary<string, Candidate[]>.AlternateLookup<ReadOnlySpan<char>> _byFirstWord;

    public CommandMatcher(IEnumerable<CommandRoute> commands) =>
        _byFirstWord = commands
            .Select(command => new Candidate(command, command.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            .GroupBy(candidate => candidate.Words[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                group => group.Key,
                group => group.OrderByDescending(candidate => candidate.Words.Length).ToArray(),
                StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The command with the most words that the text begins with and whose argument fits; null when the text is no command.</summary>
    public CommandRoute? Match(string text, out string argument)
    {
        if (Find(text, out argument) is { } command)
        {
            return command;
        }
        return IsId(TakeWord(text, out var rest).TrimEnd(EndMarks)) && Find(rest, out argument) is { MayFollowId: true } about ? about : null;
    }

    private CommandRoute? Find(ReadOnlySpan<char> text, out string argument)
    {
        argument = "";
        var first = TakeWord(text, out _);
        if (!_byFirstWord.TryGetValue(first, out var candidates) && !_byFirstWord.TryGetValue(first.TrimEnd(EndMarks), out candidates))
        {
            return null;
        }
        foreach (var candidate in candidates)
        {
            if (TryTake(text, candidate.Words, out var rest, out var marked) && Fits(candidate.Command.Takes, rest, marked, out argument))
            {
                return candidate.Command;
            }
        }
        return null;
    }

    private static bool TryTake(ReadOnlySpan<char> text, string[] words, out ReadOnlySpan<char> rest, out bool marked)
    {
        rest = text;
        marked = false;
        foreach (var word in words)
        {
            // A mark may only follow the last word, as in "help?".
            if (marked)
            {
                return false;
            }
            var typed = TakeWord(rest, out rest);
            if (!typed.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                marked = typed.TrimEnd(EndMarks).Equals(word, StringComparison.OrdinalIgnoreCase);
                if (!marked)
                {
                    return false;
                }
            }
        }
        return true;
    }

    private static bool Fits(CommandArgument takes, ReadOnlySpan<char> rest, bool marked, out string argument)
    {
        argument = "";
        switch (takes)
        {
            case CommandArgument.None:
                return rest.IsEmpty;
            case CommandArgument.Text:
                argument = rest.ToString();
                return true;
            case CommandArgument.Id:
                var id = TakeWord(rest, out var after).TrimEnd(EndMarks);
                if (marked || !IsId(id))
                {
                    return false;
                }
                argument = after.IsEmpty ? id.ToString() : string.Concat(id, " ", after);
                return true;
        }
        return false;
    }

    private static bool IsId(ReadOnlySpan<char> token)
    {
        var dash = token.IndexOf('-');
        if (dash is not (1 or 2) || token.Length - dash - 1 is < ShortestId or > LongestId)
        {
            return false;
        }
        foreach (var character in token[..dash])
        {
            if (!char.IsAsciiLetter(character))
            {
                return false;
            }
        }
        foreach (var character in token[(dash + 1)..])
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                return false;
            }
        }
        return true;
    }

    private static ReadOnlySpan<char> TakeWord(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        text = text.TrimStart();
        var end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }
        rest = text[end..].Trim();
        return text[..end];
    }

    private sealed record Candidate(CommandRoute Command, string[] Words);
}
