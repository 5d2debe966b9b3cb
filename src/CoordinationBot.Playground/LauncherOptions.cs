using System.Globalization;
using CoordinationBot.Playground.People;
using CoordinationBot.Playground.Processes;

namespace CoordinationBot.Playground;

/// <summary>What the user asked for on the command line.</summary>
internal sealed record LauncherOptions
{
    public const string Usage = """
        Starts CoordinationBot on this machine, with one window of the Microsoft 365 Agents Playground for each person.

        Usage: dotnet run --project src/CoordinationBot.Playground -- [options]

          --people N    how many windows: the leader and N-1 employees (2 to 6; default 3)
          --data PATH   folder of the bot's data and the logs; kept for the next run (default artifacts/playground/data)
          --fresh       forget the data of earlier runs
          --demo        seed a small demo office: everybody installs the bot, and the leader delegates a first task to Alex
          --help        this text

        The windows forget their chats when the launcher ends; the bot forgets nothing unless --fresh is given.
        """;

    public int People { get; init; } = 3;

    /// <summary>Null for the default.</summary>
    public string? Data { get; init; }

    public bool Fresh { get; init; }

    public bool Demo { get; init; }

    public bool Help { get; init; }

    /// <exception cref="LauncherException">An argument is not understood.</exception>
    public static LauncherOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new LauncherOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--people" => options with { People = Count(Value(i++)) },
                "--data" => options with { Data = Path.GetFullPath(Value(i++)) },
                "--fresh" => options with { Fresh = true },
                "--demo" => options with { Demo = true },
                "--help" or "-h" or "-?" => options with { Help = true },
                var other => throw new LauncherException($"The launcher does not know '{other}'; --help lists what it knows."),
            };
        }

        return options;

        string Value(int at) => at + 1 < arguments.Count ? arguments[at + 1] : throw new LauncherException($"{arguments[at]} needs a value.");

        static int Count(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 2 && number <= Cast.Everyone.Count
                ? number
                : throw new LauncherException($"--people takes a number from 2 to {Cast.Everyone.Count}, not '{text}'.");
    }
}
