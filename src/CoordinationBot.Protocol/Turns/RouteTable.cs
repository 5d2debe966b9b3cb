namespace CoordinationBot.Protocol.Turns;

/// <summary>Answers one kind of turn.</summary>
public delegate ValueTask<TurnResult> TurnHandler(Turn turn, CancellationToken cancel);

/// <summary>What may follow a command's words.</summary>
public enum CommandArgument
{
    /// <summary>Nothing: with more words it is not this command.</summary>
    None,

    /// <summary>An id such as <c>D-7K3F9Q</c>, and perhaps words after it: without an id it is not this command.</summary>
    Id,

    /// <summary>Anything or nothing.</summary>
    Text,
}

/// <summary>A command that can be typed.</summary>
/// <param name="Words">The words that call it, lower case.</param>
/// <param name="Takes">What may follow.</param>
/// <param name="Summary">What it does, in one line of the help.</param>
/// <param name="Handler">Answers it.</param>
public sealed record CommandRoute(string Words, CommandArgument Takes, string Summary, TurnHandler Handler)
{
    /// <summary>Its answer holds nothing personal and may stand in a group; otherwise the answer goes to the speaker's own chat and the group sees one line.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Not listed in the help (another word for a listed command).</summary>
    public bool IsAlias { get; init; }

    /// <summary>The words of the command that lists this one in place of the help, which stays short.</summary>
    public string? ListedBy { get; init; }

    /// <summary>The id of what it is about may stand in front: <c>D-7K3F9Q: …</c>.</summary>
    public bool MayFollowId { get; init; }

    /// <summary>How to write it, for the help: <c>history D-…</c>.</summary>
    public string Usage { get; init; } = Words;
}

/// <summary>
/// Which handler answers what: exact keys, each once (a second registration is a start-up error), built once and read-only afterwards.
/// </summary>
public sealed class RouteTable
{
    private readonly Dictionary<string, TurnHandler> _actions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TurnHandler> _events = new(StringComparer.Ordinal);
    private readonly List<CommandRoute> _commands = [];
    private readonly List<TurnHandler> _observers = [];

    /// <summary>All commands, in the order of registration.</summary>
    public IReadOnlyList<CommandRoute> Commands => _commands;

    /// <summary>The verbs of all card actions.</summary>
    public IReadOnlyCollection<string> Verbs => _actions.Keys;

    /// <summary>Run before every turn, in the order of registration; their results are ignored.</summary>
    public IReadOnlyList<TurnHandler> Observers => _observers;

    /// <summary>Answers text that is no command.</summary>
    public TurnHandler? FreeText { get; private set; }

    /// <summary>Adds a command.</summary>
    public RouteTable Command(CommandRoute command)
    {
        // Two may share their words when one takes an id and the other nothing: never do both fit.
        if (_commands.Exists(known => known.Words.Equals(command.Words, StringComparison.OrdinalIgnoreCase) && (known.Takes == command.Takes || known.Takes == CommandArgument.Text || command.Takes == CommandArgument.Text)))
        {
            throw new InvalidOperationException($"The command '{command.Words}' is registered twice.");
        }
        _commands.Add(command);
        return this;
    }

    /// <summary>Adds a card action. The verb on the wire is the key; <c>x.view</c> answers refreshes of all verbs that begin with <c>x.</c></summary>
    public RouteTable Action(string verb, TurnHandler handler) => Add(_actions, "action", verb, handler);

    /// <summary>Adds an event: <c>install</c>, <c>uninstall</c>, <c>membersAdded</c>, <c>membersRemoved</c>.</summary>
    public RouteTable Event(string name, TurnHandler handler) => Add(_events, "event", name, handler);

    /// <summary>Sets who answers text that is no command.</summary>
    public RouteTable Text(TurnHandler handler)
    {
        FreeText = FreeText is null ? handler : throw new InvalidOperationException("Free text has two handlers.");
        return this;
    }

    /// <summary>Adds something that looks at every turn first.</summary>
    public RouteTable Before(TurnHandler observer)
    {
        _observers.Add(observer);
        return this;
    }

    /// <summary>The handler of a card action, or null.</summary>
    public TurnHandler? FindAction(string verb) => _actions.GetValueOrDefault(verb);

    /// <summary>The handler of an event, or null.</summary>
    public TurnHandler? FindEvent(string name) => _events.GetValueOrDefault(name);

    private RouteTable Add(Dictionary<string, TurnHandler> routes, string kind, string key, TurnHandler handler)
    {
        if (!routes.TryAdd(key, handler))
        {
            throw new InvalidOperationException($"The {kind} '{key}' is registered twice.");
        }
        return this;
    }
}
