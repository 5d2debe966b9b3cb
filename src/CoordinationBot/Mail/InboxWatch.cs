using System.Net.Sockets;
using System.Text.Json.Serialization;
using CoordinationBot.Calendars;
using CoordinationBot.Storage;
using MailKit;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Mail;

/// <summary>Where the reading of the inbox stands.</summary>
/// <param name="Until">Somebody is reading, or has read: before this time nobody else need look.</param>
/// <param name="Validity">With <paramref name="Last"/>: how far was read.</param>
/// <param name="Last">See <see cref="InboxMark"/>.</param>
internal sealed record InboxState(DateTimeOffset Until, uint Validity, uint Last);

/// <summary>Looks into the inbox again and again, of all hosts one at a time, and hands the replies to the features whose invitations they answer.</summary>
internal sealed partial class InboxWatch(ITables tables, ImapInbox inbox, MailReplies replies, IOptions<MailOptions> options, TimeProvider clock, ILogger<InboxWatch> logger) : BackgroundService
{
    public const string Partition = "mail";
    public const string Key = "inbox";

    /// <summary>A look takes no longer.</summary>
    private static readonly TimeSpan LookingTime = TimeSpan.FromSeconds(60);

    private readonly TimeSpan _interval = TimeSpan.FromSeconds(options.Value.ImapInterval);

    /// <summary>Looks once, unless somebody else does. Returns whether there is more to read at once.</summary>
    public async ValueTask<bool> LookAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var row = await tables.GetAsync(Partition, Key, cancel);
        var state = row?.Read(InboxJson.Default.InboxState) ?? new InboxState(now, 0, 0);
        if (state.Until > now || await CommitAsync(row?.Version, state with { Until = now + LookingTime }, cancel) is not { } claim)
        {
            return false;
        }
        using var deadline = new CancellationTokenSource(LookingTime - TimeSpan.FromSeconds(10), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            var (mark, isMore) = await inbox.ReadAsync(new InboxMark(state.Validity, state.Last), TakeAsync, either.Token);
            var after = clock.GetUtcNow();
            await CommitAsync(claim, new InboxState(isMore ? after : after + _interval, mark.Validity, mark.Last), cancel);
            return isMore;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is ProtocolException or CommandException or ServiceNotConnectedException or ServiceNotAuthenticatedException or AuthenticationException or SslHandshakeException or IOException or SocketException or TimeoutException or NotSupportedException or OperationCanceledException)
        {
            LogNotRead(logger, e.GetType().Name);
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isMore = false;
            try
            {
                isMore = await LookAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever it was, it must not end the host, and the next look comes.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(logger, e);
            }
            if (!isMore)
            {
                await Task.Delay(_interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Whether it was for one of the features. A fault in what one does with it is logged, and the mail is left as it was; an outage of the storage is no fault of the mail, and it comes again.</summary>
    private async ValueTask<bool> TakeAsync(InvitationReply reply, CancellationToken cancel)
    {
        if (replies.Find(reply.Uid) is not { } handler)
        {
            return false;
        }
        try
        {
            await handler(reply, cancel);
            return true;
        }
#pragma warning disable CA1031 // One reply that a feature stumbles over must not keep back all those after it.
        catch (Exception e) when (e is not StorageException && !cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogStumbled(logger, e);
            return false;
        }
    }

    /// <summary>The version; null when somebody else was faster.</summary>
    private async ValueTask<string?> CommitAsync(string? version, InboxState state, CancellationToken cancel)
    {
        var data = JsonRows.Bytes(state, InboxJson.Default.InboxState);
        var result = await tables.CommitAsync(Partition, [version is null ? new Change.Insert(Key, data) : new Change.Replace(Key, data, version)], cancel);
        return result.Committed ? result.Versions[0] : null;
    }

    [LoggerMessage(510, LogLevel.Warning, "The inbox could not be read: {Failure}")]
    private static partial void LogNotRead(ILogger logger, string failure);

    [LoggerMessage(511, LogLevel.Error, "A look into the inbox failed")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(512, LogLevel.Error, "A reply to an invitation could not be taken")]
    private static partial void LogStumbled(ILogger logger, Exception exception);
}

[JsonSerializable(typeof(InboxState))]
internal sealed partial class InboxJson : JsonSerializerContext;
