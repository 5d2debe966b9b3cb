using Azure.Core;

namespace CoordinationBot.Protocol.Connector;

/// <summary>
/// Makes a credential when the first token is wanted, and names none of its types before: what they are made of takes time and memory, and a host at rest wants no token.
/// </summary>
public delegate TokenCredential CredentialMaker();

/// <summary>
/// The bot's own token, kept until it gets old. However many calls want one at the same time, the authority is asked once; a token that is
/// still good is used while the next one is fetched.
/// </summary>
/// <param name="credential">Who the bot is; null in a local trial, where nobody asks for a token.</param>
/// <param name="scope">What the token is for.</param>
/// <param name="clock">The clock.</param>
public sealed class BotToken(CredentialMaker? credential, string scope, TimeProvider clock)
{
    /// <summary>With a credential that was made already.</summary>
    /// <param name="credential">Who the bot is; null in a local trial.</param>
    /// <param name="scope">What the token is for.</param>
    /// <param name="clock">The clock.</param>
    public BotToken(TokenCredential? credential, string scope, TimeProvider clock) : this(credential is null ? null : () => credential, scope, clock)
    {
    }

    // A token is fetched anew this long before it ends, unless the authority names an earlier time...
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(10);

    // ...and not used any more when it would end on the way.
    private static readonly TimeSpan TooOld = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private object? _made;
    private Held? _held;
    private Task<Held>? _fetch;
    private DateTimeOffset _notBefore;

    /// <summary>The header to attach; null when there is no credential.</summary>
    public ValueTask<string?> GetAsync(CancellationToken cancel)
    {
        if (credential is null)
        {
            return default;
        }
        var now = clock.GetUtcNow();
        if (_held is { } held && now < held.Ends - TooOld)
        {
            if (now >= held.RefreshAt)
            {
                RefreshAside(now);
            }
            return new(held.Header);
        }
        return new(WaitAsync(cancel));
    }

    private async Task<string?> WaitAsync(CancellationToken cancel)
    {
        Task<Held> fetch;
        lock (_lock)
        {
            fetch = Fetch();
        }
        // Each caller may give up alone; the fetch goes on for the others.
        return (await fetch.WaitAsync(cancel)).Header;
    }

    private void RefreshAside(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now >= _notBefore)
            {
                _ = Fetch();
            }
        }
    }

    private Task<Held> Fetch()
    {
        if (_fetch is not { IsCompleted: false })
        {
            _fetch = Task.Run(FetchAsync);
            // A refresh that nobody waits for may fail in silence: the next one tries again, and with no token left the failure is seen.
            _ = _fetch.ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        return _fetch;
    }

    private async Task<Held> FetchAsync()
    {
        // A fetch that ended between a caller's look and its turn in the lock is as good as a new one.
        if (_held is { } fresh && clock.GetUtcNow() < fresh.RefreshAt)
        {
            return fresh;
        }
        try
        {
            using var patience = new CancellationTokenSource(FetchTimeout, clock);
            // One at a time fetches, so it is made once.
            var made = (TokenCredential)(_made ??= credential!());
            var token = await made.GetTokenAsync(new TokenRequestContext([scope]), patience.Token);
            var early = token.ExpiresOn - Early;
            var held = new Held(
                $"Bearer {token.Token}",
                token.RefreshOn is { } named && named < early ? named : early,
                token.ExpiresOn);
            _held = held;
            return held;
        }
        catch
        {
            lock (_lock)
            {
                _notBefore = clock.GetUtcNow() + PauseAfterFailure;
            }
            throw;
        }
    }

    private sealed record Held(string Header, DateTimeOffset RefreshAt, DateTimeOffset Ends);
}
