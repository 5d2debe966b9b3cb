using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Dialogs;

/// <summary>What was probably meant by words that are no command.</summary>
internal static class Suggestions
{
    private const int Most = 3;
    private const int LongestCommand = 20;

    public static IReadOnlyList<CommandRoute> For(string typed, IReadOnlyList<CommandRoute> commands)
    {
        var words = typed.Length > 200 ? typed[..200] : typed;
        return [.. commands
            .Where(command => !command.IsAlias)
            .Select(command => (command, Distance: Distance(words, command.Words)))
            .Where(entry => entry.Distance <= 2)
            .OrderBy(entry => entry.Distance)
            .Take(Most)
            .Select(entry => entry.command)];
    }

    /// <summary>Whether all of it is a command but for a letter or two.</summary>
    public static bool IsMistyped(string typed, IReadOnlyList<CommandRoute> commands) =>
        typed.Length <= LongestCommand && commands.Any(command => !command.IsAlias && Edits(typed.ToLowerInvariant(), command.Words) <= (command.Words.Length < 6 ? 1 : 2));

    /// <summary>How far the nearest word (or run of words) that was typed is from the command.</summary>
    private static int Distance(string typed, string command)
    {
        var words = typed.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var length = command.Count(character => character == ' ') + 1;
        return Enumerable.Range(0, Math.Max(1, words.Length - length + 1))
            .Select(start => Edits(string.Join(' ', words.Skip(start).Take(length)), command))
            .Min();
    }

    /// <summary>Levenshtein's distance: how many letters must be added, removed or exchanged. (No package for it restores here.)</summary>
    public static int Edits(string typed, string command)
    {
        var row = Enumerable.Range(0, command.Length + 1).ToArray();
        for (var i = 1; i <= typed.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= command.Length; j++)
            {
                var exchange = diagonal + (typed[i - 1] == command[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchange, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
