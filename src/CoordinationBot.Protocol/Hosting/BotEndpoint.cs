using System.Collections.Frozen;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.RateLimiting;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Turns;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Protocol.Hosting;

/// <summary>
/// <c>POST /api/messages</c>: the token first (a stranger's body is not read), then the body up to its limit, then what the activity says of
/// itself against the token and the settings, then the turn.
/// </summary>
internal sealed partial class BotEndpoint : IDisposable
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>How long to wait for a place: what is left of the channel's 10 to 15 seconds is enough for a turn.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Those who wait, for each who has a place. They are a connection each, and no more.</summary>
    private const int WaitingForEach = 16;

    private readonly ConcurrencyLimiter _places;
    private readonly BotAuthentication _authentication;
    private readonly ServiceUrlPolicy _serviceUrls;
    private readonly LocalTrial _trial;
    private readonly TurnDelegate _turn;
    private readonly ILogger<BotEndpoint> _log;
    private readonly FrozenSet<string> _channels;
    private readonly FrozenSet<string> _tenants;
    private readonly bool _anyTenant;
    private readonly int _maxBodyBytes;

    public BotEndpoint(
        IOptions<BotOptions> options, BotAuthentication authentication, ServiceUrlPolicy serviceUrls, LocalTrial trial, TurnDelegate turn, ILogger<BotEndpoint> log)
    {
        _authentication = authentication;
        _serviceUrls = serviceUrls;
        _trial = trial;
        _turn = turn;
        _log = log;
        _channels = options.Value.AllowedChannels!.ToFrozenSet(StringComparer.Ordinal);
        _tenants = options.Value.AllowedTenants!.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        // The client of a local trial makes its tenant up; whoever names tenants there still gets only those.
        _anyTenant = authentication.IsDisabled && _tenants.Count == 0;
        _maxBodyBytes = options.Value.MaxBodyBytes;
        _places = new ConcurrencyLimiter(new() { PermitLimit = options.Value.MaxTurns, QueueLimit = WaitingForEach * options.Value.MaxTurns, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
    }

    public void Dispose() => _places.Dispose();

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var (refusal, token) = _authentication.IsDisabled
            ? new TokenCheck(_trial.MayServe(context.Connection) ? Refusal.None : Refusal.NotLoopback)
            : await _authentication.CheckAsync(request.Headers.Authorization, context.RequestAborted);
        if (refusal != Refusal.None)
        {
            Refuse(context, refusal, null);
            return;
        }

        using var place = await EnterAsync(context.RequestAborted);
        if (!place.IsAcquired)
        {
            Refuse(context, Refusal.Busy, null);
            return;
        }

        (refusal, var activity) = await ReadAsync(context);
        if (refusal == Refusal.None)
        {
            refusal = Check(ref activity!, token);
        }
        if (refusal != Refusal.None)
        {
            Refuse(context, refusal, activity);
            return;
        }

        TurnResponse answer;
        try
        {
            // Not cancelled when the channel hangs up: it does not always send the activity again, and the runner has its own deadline.
            answer = await _turn(activity!, CancellationToken.None);
        }
        catch (Exception defect)
        {
            // Nobody else catches this one, and its text is nobody's business but the log's.
            TurnFailed(_log, defect, ActivityFacts.Loggable(activity!.Id), ActivityFacts.Loggable(activity.Type));
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }
        Answer(context.Response, answer.Status);
        if (answer.Body is { } body)
        {
            await WriteAsync(context.Response, body);
        }
    }

    private async ValueTask<RateLimitLease> EnterAsync(CancellationToken gone)
    {
        var place = _places.AttemptAcquire();
        if (place.IsAcquired)
        {
            return place;
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(gone);
        patience.CancelAfter(Patience);
        try
        {
            return await _places.AcquireAsync(1, patience.Token);
        }
        catch (OperationCanceledException)
        {
            return place;
        }
    }

    /// <summary>Reads no more than the limit, whatever the sender announced.</summary>
    private async ValueTask<(Refusal Refusal, Activity? Activity)> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > _maxBodyBytes)
        {
            return (Refusal.TooLarge, null);
        }
        // So that the server, too, does not read on to the end of a body that is refused. It counts the frames of chunks as well, hence the room.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = 2L * _maxBodyBytes;
        }
        var body = context.Request.BodyReader;
        while (true)
        {
            ReadResult read;
            try
            {
                read = await body.ReadAsync(context.RequestAborted);
            }
            catch (BadHttpRequestException bad)
            {
                return (bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Refusal.TooLarge : Refusal.NotAnActivity, null);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException)
            {
                // The sender hung up in the middle: there is nobody to answer, and nothing is wrong here.
                return (Refusal.NotAnActivity, null);
            }
            var buffer = read.Buffer;
            if (buffer.Length > _maxBodyBytes)
            {
                body.AdvanceTo(buffer.End);
                return (Refusal.TooLarge, null);
            }
            if (read.IsCompleted)
            {
                var activity = ActivityReader.Read(buffer);
                body.AdvanceTo(buffer.End);
                return (activity is null ? Refusal.NotAnActivity : Refusal.None, activity);
            }
            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private Refusal Check(ref Activity activity, CheckedToken? token)
    {
        if (activity.ChannelId is not { } channel || !_channels.Contains(channel))
        {
            return Refusal.ForeignChannel;
        }
        if (!_authentication.IsDisabled)
        {
            var misfit = token is null ? Refusal.NoToken : BotAuthentication.Fits(token, activity);
            if (misfit != Refusal.None)
            {
                return misfit;
            }
        }
        return _serviceUrls.IsAllowedServiceUrl(activity.ServiceUrl) ? CheckTenant(ref activity) : Refusal.ForeignServiceHost;
    }

    /// <summary>
    /// The token names no tenant; the body does, in two places, and an authenticated connector wrote it. From here on the conversation carries
    /// the tenant, spelled as in the settings: it becomes part of keys.
    /// </summary>
    private Refusal CheckTenant(ref Activity activity)
    {
        var ofConversation = activity.Conversation?.TenantId;
        var ofChannelData = activity.ChannelData?.Tenant?.Id;
        var tenant = string.IsNullOrEmpty(ofConversation) ? ofChannelData : ofConversation;
        if (string.IsNullOrEmpty(tenant))
        {
            return Refusal.NoTenant;
        }
        if (!string.IsNullOrEmpty(ofChannelData) && !ofChannelData.Equals(tenant, StringComparison.OrdinalIgnoreCase))
        {
            return Refusal.TenantsDisagree;
        }
        if (!_tenants.TryGetValue(tenant, out var spelled))
        {
            if (!_anyTenant)
            {
                return Refusal.ForeignTenant;
            }
            spelled = tenant;
        }
        if (activity.Conversation is { } conversation && !spelled.Equals(ofConversation, StringComparison.Ordinal))
        {
            activity = activity with { Conversation = conversation with { TenantId = spelled } };
        }
        return Refusal.None;
    }

    private static void Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        if (status == StatusCodes.Status429TooManyRequests)
        {
            response.Headers.RetryAfter = "1";
        }
    }

    private void Refuse(HttpContext context, Refusal refusal, Activity? activity)
    {
        var status = RefusalStatus.Of(refusal);
        Answer(context.Response, status);
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }
        ActivityRefused(_log, status, refusal, ActivityFacts.Loggable(activity?.Id));
    }

    private static async ValueTask WriteAsync(HttpResponse response, CardActionResponse body)
    {
        response.ContentType = "application/json; charset=utf-8";
        using (var writer = new Utf8JsonWriter(response.BodyWriter, Writing))
        {
            JsonSerializer.Serialize(writer, body, ProtocolJson.Wire.CardActionResponse);
            response.ContentLength = writer.BytesCommitted + writer.BytesPending;
        }
        await response.BodyWriter.FlushAsync();
    }

    [LoggerMessage(110, LogLevel.Warning, "Activity {ActivityId} refused with {Status}: {Refusal}")]
    private static partial void ActivityRefused(ILogger log, int status, Refusal refusal, string activityId);

    [LoggerMessage(111, LogLevel.Error, "The turn of activity {ActivityId} ({ActivityType}) failed")]
    private static partial void TurnFailed(ILogger log, Exception defect, string activityId, string activityType);
}
