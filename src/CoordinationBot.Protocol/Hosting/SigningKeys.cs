using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CoordinationBot.Protocol.Hosting;

/// <summary>A key of the metadata and the channels it speaks for.</summary>
internal sealed record SigningKey(JsonWebKey Key, string[] Endorsements)
{
    public bool Endorses(string channelId) => Array.IndexOf(Endorsements, channelId) >= 0;
}

/// <summary>The keys of one fetch, and the tokens they were found to have signed. Other keys, other tokens: nothing outlives its key.</summary>
internal sealed class SigningKeySet(FrozenDictionary<string, SigningKey> keys)
{
    /// <summary>A token lives about an hour and every sender in the channel shares a few, so this is rarely reached.</summary>
    public const int MaxRemembered = 1024;

    private readonly ConcurrentDictionary<TokenHash, CheckedToken> _remembered = new();
    private int _count;

    public SigningKey? Find(string keyId) => keys.GetValueOrDefault(keyId);

    public CheckedToken? Recall(in TokenHash hash) => _remembered.GetValueOrDefault(hash);

    public void Remember(in TokenHash hash, CheckedToken token)
    {
        // Only tokens that passed every check come here, so nobody else can push them out. Starting afresh is as good as choosing.
        if (Interlocked.Increment(ref _count) > MaxRemembered)
        {
            _remembered.Clear();
            Interlocked.Exchange(ref _count, 1);
        }
        _remembered[hash] = token;
    }

    public int Remembered => _remembered.Count;
}

/// <summary>
/// The keys that sign incoming activities. Ours and not ConfigurationManager, whose RequestRefresh works behind the request's back: the
/// request that first sees a new key would be refused. Fetched once at a time; every 12 hours; at once when a token names a key not known,
/// but then at most every 30 seconds, whoever asks. While the metadata cannot be had, the last keys stay good.
/// </summary>
internal sealed partial class SigningKeys : BackgroundService
{
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromHours(12);
    public static readonly TimeSpan ForcedInterval = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ILogger<SigningKeys> _log;
    private readonly HttpClient _http;
    private readonly HttpDocumentRetriever _documents;
    private readonly string? _metadata;
    private SigningKeySet? _current;
    private Task<SigningKeySet?>? _fetch;
    private DateTimeOffset _due = DateTimeOffset.MinValue;
    private DateTimeOffset _forceable = DateTimeOffset.MinValue;

    public SigningKeys(IOptions<BotOptions> options, TimeProvider time, ClockWatch clock, ILogger<SigningKeys> log)
    {
        _time = time;
        _log = log;
        // Where nothing is checked, nothing is fetched.
        _metadata = options.Value is { AppId: not null, DangerouslyAllowUnauthenticated: false } ? options.Value.OpenIdMetadata : null;
        _http = new HttpClient(new ClockHandler(clock, time) { InnerHandler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) } })
        {
            // Shorter than the time a channel waits for an answer; a document larger than this holds something else than keys.
            Timeout = TimeSpan.FromSeconds(5),
            MaxResponseContentBufferSize = 1024 * 1024,
        };
        _documents = new HttpDocumentRetriever(_http) { RequireHttps = _metadata?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) is true };
    }

    public bool HasKeys => Volatile.Read(ref _current) is not null;

    /// <summary>The keys to check with; null when there have never been any. Waits only when there are none yet.</summary>
    public ValueTask<SigningKeySet?> GetAsync(CancellationToken cancel)
    {
        if (Volatile.Read(ref _current) is { } keys)
        {
            return new(keys);
        }
        return new(FetchUnlessTooSoonAsync(cancel));
    }

    /// <summary>Newer keys than the ones that did not know a token's key, or the same ones if it is too soon to ask again.</summary>
    public async ValueTask<SigningKeySet> NewerThanAsync(SigningKeySet seen, CancellationToken cancel)
    {
        Task<SigningKeySet?> fetch;
        lock (_gate)
        {
            if (!ReferenceEquals(_current, seen))
            {
                return _current!;
            }
            if (_fetch is null)
            {
                var now = _time.GetUtcNow();
                if (now < _forceable)
                {
                    return seen;
                }
                _forceable = now + ForcedInterval;
            }
            fetch = _fetch ??= FetchAsync();
        }
        return await fetch.WaitAsync(cancel) ?? seen;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_metadata is null)
        {
            return;
        }
        while (!stoppingToken.IsCancellationRequested)
        {
            await FetchUnlessTooSoonAsync(stoppingToken);
            TimeSpan wait;
            lock (_gate)
            {
                wait = _due - _time.GetUtcNow();
            }
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _time, stoppingToken);
            }
        }
    }

    private async Task<SigningKeySet?> FetchUnlessTooSoonAsync(CancellationToken cancel)
    {
        Task<SigningKeySet?> fetch;
        lock (_gate)
        {
            if (_fetch is null && (_metadata is null || _time.GetUtcNow() < _due))
            {
                return _current;
            }
            fetch = _fetch ??= FetchAsync();
        }
        return await fetch.WaitAsync(cancel);
    }

    /// <summary>Never throws; called under the gate, so it must not run on before it is stored.</summary>
    private async Task<SigningKeySet?> FetchAsync()
    {
        await Task.Yield();
        SigningKeySet? fetched = null;
        try
        {
            // One request's patience is not the others': the fetch has its own, in the client's timeout.
            var metadata = await OpenIdConnectConfigurationRetriever.GetAsync(_metadata, _documents, CancellationToken.None);
            fetched = Read(metadata.JsonWebKeySet);
            if (fetched is null)
            {
                NoUsableKeys(_log);
            }
        }
        catch (Exception failure)
        {
            // Whatever went wrong, the answer is the same: keep the keys there are and try again.
            FetchFailed(_log, failure.GetType().Name, HasKeys);
        }
        lock (_gate)
        {
            _fetch = null;
            if (fetched is null)
            {
                _due = _time.GetUtcNow() + (_current is null ? RetryInterval : ForcedInterval);
                return _current;
            }
            _due = _time.GetUtcNow() + RefreshInterval;
            Volatile.Write(ref _current, fetched);
            return fetched;
        }
    }

    private SigningKeySet? Read(JsonWebKeySet? set)
    {
        var keys = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
        foreach (var key in set?.Keys ?? [])
        {
            if (key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.Use is null or "" or "sig" && !string.IsNullOrEmpty(key.Kid))
            {
                keys[key.Kid] = new(key, Endorsements(key));
            }
        }
        KeysFetched(_log, keys.Count);
        return keys.Count == 0 ? null : new(keys.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static string[] Endorsements(JsonWebKey key) =>
        key.AdditionalData.TryGetValue("endorsements", out var value)
            ? value switch
            {
                JsonElement { ValueKind: JsonValueKind.Array } array =>
                    [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
                IEnumerable<object> list => [.. list.OfType<string>()],
                _ => [],
            }
            : [];

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    [LoggerMessage(120, LogLevel.Information, "Signing keys fetched: {Count}")]
    private static partial void KeysFetched(ILogger log, int count);

    [LoggerMessage(121, LogLevel.Warning, "Signing keys could not be fetched ({Failure}); earlier keys kept: {HasKeys}")]
    private static partial void FetchFailed(ILogger log, string failure, bool hasKeys);

    [LoggerMessage(122, LogLevel.Warning, "The metadata names no usable signing key")]
    private static partial void NoUsableKeys(ILogger log);
}
