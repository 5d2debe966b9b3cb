using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Tests.Attack;

/// <summary>What a host says of itself: errors are kept, everything is looked at for what could pass for a line of its own.</summary>
internal sealed class WatchedLog : ILoggerProvider, ILogger
{
    private const int MostKept = 200;

    /// <summary>Errors, with what was thrown.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Lines with a control character in them: a new line or an escape that somebody outside sent.</summary>
    public ConcurrentQueue<string> Forged { get; } = new();

    /// <summary>The newest lines.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        Keep(Lines, line);
        // What the framework says of its settings at the start is over several lines and nobody's from outside.
        if (eventId.Id >= 100 && line.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029'))
        {
            Keep(Forged, line);
        }
        if (logLevel >= LogLevel.Error)
        {
            Keep(Errors, $"{eventId.Id} {line}\n{exception}");
        }
    }

    public void Dispose()
    {
    }

    private static void Keep(ConcurrentQueue<string> lines, string line)
    {
        lines.Enqueue(line);
        while (lines.Count > MostKept)
        {
            lines.TryDequeue(out _);
        }
    }
}
