namespace CoordinationBot.Protocol.Hosting;

/// <summary>What another host's answer told of our clock.</summary>
/// <param name="Ahead">How far ours is ahead of theirs; negative when it is behind. Good to a second, since answers are dated in whole ones.</param>
/// <param name="Host">Whose clock it was compared with.</param>
/// <param name="At">When, by our clock.</param>
public sealed record ClockReading(TimeSpan Ahead, string Host, DateTimeOffset At);

/// <summary>
/// Compares this host's clock with those of the hosts it asks anyway: a clock that is wrong by minutes refuses every token, and long before
/// that it reminds people at the wrong time.
/// </summary>
public sealed class ClockWatch(TimeProvider time)
{
    private static readonly TimeSpan HalfASecond = TimeSpan.FromMilliseconds(500);

    private ClockReading? _last;

    /// <summary>The newest reading, or null when nobody was asked yet.</summary>
    public ClockReading? Last => Volatile.Read(ref _last);

    /// <summary>Sends the request and reads the clock off its answer.</summary>
    /// <param name="http">Who sends it.</param>
    /// <param name="address">Any address of a host; the answer may be an error.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task CompareAsync(HttpClient http, Uri address, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(http);
        var asked = time.GetUtcNow();
        using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
        Note(answer, address, asked);
    }

    internal void Note(HttpResponseMessage answer, Uri address, DateTimeOffset asked)
    {
        if (answer.Headers.Date is { } theirs)
        {
            var now = time.GetUtcNow();
            Volatile.Write(ref _last, new(asked + ((now - asked) / 2) - (theirs + HalfASecond), address.Host, now));
        }
    }
}

/// <summary>Reads the clock off every answer that passes.</summary>
internal sealed class ClockHandler(ClockWatch watch, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var answer = await base.SendAsync(request, cancellationToken);
        watch.Note(answer, request.RequestUri!, asked);
        return answer;
    }
}
