using System.Collections.Concurrent;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Storage;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Tests.Attack;

/// <summary>What a host says of itself: faults are kept, everything is looked at for what could pass for a line of its own.</summary>
internal sealed class WatchedLog : ILoggerProvider, ILogger
{
    private const int MostKept = 200;

    /// <summary>Errors, and whatever was thrown that is neither an outage of the store nor a refusal of the channel: also what is tried again.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Lines, scopes and messages of exceptions with a control character in them: a new line or an escape that somebody outside sent.</summary>
    public ConcurrentQueue<string> Forged { get; } = new();

    /// <summary>The newest lines, with what was thrown.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>What no line, scope or exception may hold.</summary>
    public IReadOnlyList<string> Secrets { get; set; } = [];

    /// <summary>What held one of them.</summary>
    public ConcurrentQueue<string> Told { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        LookAt($"{state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var (line, thrown) = (formatter(state, exception), Chain(exception).ToList());
        Keep(Lines, $"{eventId.Id} {line}\n{exception}");
        LookForSecrets($"{line}\n{exception}");
        // What the framework says of its settings at the start is over several lines and nobody's from outside.
        foreach (var said in thrown.Select(one => one.Message).Concat(eventId.Id >= 100 ? [line] : []).Where(IsForged))
        {
            Keep(Forged, said);
        }
        if (logLevel >= LogLevel.Error || (exception is not null && !thrown.Exists(one => one is StorageException or ConnectorException)))
        {
            Keep(Errors, $"{eventId.Id} {line}\n{exception}");
        }
    }

    public void Dispose()
    {
    }

    private void LookAt(string scope)
    {
        LookForSecrets(scope);
        if (IsForged(scope))
        {
            Keep(Forged, scope);
        }
    }

    private void LookForSecrets(string text)
    {
        if (Secrets.Any(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)))
        {
            Keep(Told, text);
        }
    }

    private static bool IsForged(string text) => text.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029');

    private static IEnumerable<Exception> Chain(Exception? exception) => exception switch
    {
        null => [],
        AggregateException several => several.InnerExceptions.SelectMany(Chain).Prepend(several),
        _ => Chain(exception.InnerException).Prepend(exception),
    };

    private static void Keep(ConcurrentQueue<string> lines, string line)
    {
        lines.Enqueue(line);
        while (lines.Count > MostKept)
        {
            lines.TryDequeue(out _);
        }
    }
}
