using System.Text.RegularExpressions;

namespace CoordinationBot.Playground.Hubs;

/// <summary>A failure of the connector, as the bot sees it.</summary>
public sealed record HubFault
{
    private int _left = 1;

    /// <summary>HTTP method; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>Matched against the path after the service address, e.g. <c>/v3/conversations/a:personal-alex/activities</c>; null for any.</summary>
    public Regex? Path { get; init; }

    /// <summary>Status to answer with; null to answer rightly, only later.</summary>
    public int? Status { get; init; }

    /// <summary>Error code in the body.</summary>
    public string Code { get; init; } = "Faked";

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long the answer takes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The call takes effect, only its answer is lost: the case in which a repeated send is a second message.</summary>
    public bool AfterEffect { get; init; }

    /// <summary>How many calls fail.</summary>
    public int Times
    {
        get => Volatile.Read(ref _left);
        init => _left = value;
    }

    internal bool Takes(string method, string path)
    {
        if (Method is not null && !string.Equals(Method, method, StringComparison.OrdinalIgnoreCase)) return false;
        if (Path is not null && !Path.IsMatch(path)) return false;
        return Interlocked.Decrement(ref _left) >= 0;
    }
}
