using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Connector;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CoordinationBot.Protocol.Hosting;

/// <summary>What is left of a token that passed every check which does not depend on the activity.</summary>
internal sealed record CheckedToken(SigningKey Key, string? ServiceUrl, DateTimeOffset? NotBefore, DateTimeOffset Expires);

/// <summary>A checked token, or why there is none.</summary>
internal readonly record struct TokenCheck(Refusal Refusal, CheckedToken? Token = null);

/// <summary>
/// Who may send activities: the channel, proven by a JWT (Bot Connector authentication, "Authenticate requests from the Bot Connector service
/// to your bot"). Issuer, audience (the bare app id), RS256 signature by a key of the metadata, lifetime with five minutes of skew; then, for
/// each activity, the key must endorse its channel and the <c>serviceurl</c> claim must equal its service URL. Tokens issued by Entra are
/// not taken: any app of the tenant could get one.
/// </summary>
public sealed class BotAuthentication
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256];

    private readonly JsonWebTokenHandler _tokens = new() { MaximumTokenSizeInBytes = TokenHash.MaxTokenLength };
    private readonly SigningKeys _keys;
    private readonly TimeProvider _time;
    private readonly string? _appId;
    private readonly string? _issuer;
    private Hashed? _last;

    internal BotAuthentication(IOptions<BotOptions> options, SigningKeys keys, TimeProvider time)
    {
        _keys = keys;
        _time = time;
        _appId = options.Value.AppId;
        _issuer = options.Value.Issuer;
        IsDisabled = options.Value.DangerouslyAllowUnauthenticated;
    }

    /// <summary>Whether tokens could be checked now: part of the readiness of the host. True when nothing is checked at all.</summary>
    public bool HasKeys => IsDisabled || _keys.HasKeys;

    /// <summary>Whether tokens could be checked, after an attempt to get the keys if there are none yet.</summary>
    public async ValueTask<bool> GetKeysAsync(CancellationToken cancel) => IsDisabled || await _keys.GetAsync(cancel) is not null;

    /// <summary>A local trial: nothing is checked here, and the endpoint takes loopback connections only.</summary>
    internal bool IsDisabled { get; }

    /// <summary>Checks the Authorization header. A token checked before is known again by its hash, without allocating.</summary>
    internal ValueTask<TokenCheck> CheckAsync(StringValues authorization, CancellationToken cancel)
    {
        if (_appId is null)
        {
            return new(new TokenCheck(Refusal.NotConfigured));
        }
        if (Bearer(authorization) is not { Length: > 0 } token)
        {
            return new(new TokenCheck(Refusal.NoToken));
        }
        if (HashOf(token) is not { } hash)
        {
            return new(new TokenCheck(Refusal.MalformedToken));
        }
        var getKeys = _keys.GetAsync(cancel);
        if (!getKeys.IsCompletedSuccessfully)
        {
            return CheckWhenKeysComeAsync(getKeys, token.ToString(), hash, cancel);
        }
        var keys = getKeys.Result;
        return keys?.Recall(hash) is { } known && IsCurrent(known.NotBefore, known.Expires)
            ? new(new TokenCheck(Refusal.None, known))
            : new(CheckFreshAsync(keys, token.ToString(), hash, cancel));
    }

    /// <summary>Whether a checked token was made for an activity like this one. Asked for every activity, whatever was remembered.</summary>
    internal static Refusal Fits(CheckedToken token, Activity activity) =>
        activity.ChannelId is not { } channel || !token.Key.Endorses(channel) ? Refusal.NotEndorsed
        : !ServiceUrlPolicy.SameServiceUrl(token.ServiceUrl, activity.ServiceUrl) ? Refusal.OtherServiceUrl
        : Refusal.None;

    /// <summary>The hash of a token, or null. The channel sends the same one for an hour: to compare it with the last one costs a fiftieth of hashing it.</summary>
    private TokenHash? HashOf(ReadOnlyMemory<char> token)
    {
        if (_last is { } last && token.Span.SequenceEqual(last.Token.Span))
        {
            return last.Hash;
        }
        if (!TokenHash.TryCompute(token.Span, out var hash))
        {
            return null;
        }
        _last = new(token, hash);
        return hash;
    }

    /// <summary>The token of one header of exactly two parts; empty for anything else.</summary>
    private static ReadOnlyMemory<char> Bearer(StringValues authorization)
    {
        if (authorization.Count != 1 || authorization[0] is not { } header)
        {
            return default;
        }
        const string Scheme = "Bearer ";
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && !header.AsSpan(Scheme.Length).Contains(' ')
            ? header.AsMemory(Scheme.Length)
            : default;
    }

    private async ValueTask<TokenCheck> CheckWhenKeysComeAsync(ValueTask<SigningKeySet?> getKeys, string token, TokenHash hash, CancellationToken cancel) =>
        await CheckFreshAsync(await getKeys, token, hash, cancel);

    private async Task<TokenCheck> CheckFreshAsync(SigningKeySet? keys, string token, TokenHash hash, CancellationToken cancel)
    {
        if (Read(token) is not { } jwt)
        {
            return new(Refusal.MalformedToken);
        }
        if (keys is null)
        {
            return new(Refusal.KeysUnavailable);
        }
        // What a stranger made up without care should not cost a fetch of keys.
        if (jwt.Alg != SecurityAlgorithms.RsaSha256 || string.IsNullOrEmpty(jwt.Kid))
        {
            return new(Refusal.InvalidToken);
        }
        if (keys.Find(jwt.Kid) is not { } key)
        {
            // Keys change without notice, and the request that first sees the new one deserves its answer.
            keys = await _keys.NewerThanAsync(keys, cancel);
            key = keys.Find(jwt.Kid);
            if (key is null)
            {
                return new(Refusal.UnknownKey);
            }
        }
        DateTimeOffset? notBefore = null;
        var expires = DateTimeOffset.MinValue;
        var result = await _tokens.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms,
            ValidIssuer = _issuer,
            ValidAudience = _appId,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            IssuerSigningKey = key.Key,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            // The library's own check reads the machine's clock; ours can be moved by a test.
            LifetimeValidator = (from, to, _, _) =>
            {
                notBefore = from is { } start ? new DateTimeOffset(DateTime.SpecifyKind(start, DateTimeKind.Utc)) : null;
                expires = to is { } end ? new DateTimeOffset(DateTime.SpecifyKind(end, DateTimeKind.Utc)) : DateTimeOffset.MinValue;
                return to is not null && IsCurrent(notBefore, expires);
            },
        });
        if (!result.IsValid)
        {
            return new(Refusal.InvalidToken);
        }
        jwt.TryGetPayloadValue<string>("serviceurl", out var serviceUrl);
        var known = new CheckedToken(key, serviceUrl, notBefore, expires);
        keys.Remember(hash, known);
        return new(Refusal.None, known);
    }

    private bool IsCurrent(DateTimeOffset? notBefore, DateTimeOffset expires)
    {
        // The skew is taken from the clock: an expiry at the end of time must not overflow.
        var now = _time.GetUtcNow();
        return now - Skew <= expires && (notBefore is not { } from || from <= now + Skew);
    }

    private JsonWebToken? Read(string token)
    {
        try
        {
            return _tokens.ReadJsonWebToken(token) is { IsEncrypted: false, IsSigned: true } jwt ? jwt : null;
        }
        catch (Exception)
        {
            // A stranger wrote it: whatever way it is broken in, it is no token.
            return null;
        }
    }

    private sealed record Hashed(ReadOnlyMemory<char> Token, TokenHash Hash);
}
