using System.Security.Cryptography;
using System.Text;
using CoordinationBot.Notices;
using CoordinationBot.Storage;

namespace CoordinationBot.Mail;

/// <summary>A mail that is to be made now.</summary>
/// <param name="Address">To whom.</param>
/// <param name="Number">As it was posted.</param>
/// <param name="MessageId">Of this mail, at every try.</param>
/// <param name="From">The office's own address: the organiser's in an invitation, so that calendars reply to it.</param>
internal sealed record MailWaiting(string Address, int Number, string MessageId, string From);

/// <summary>A mail that was given up.</summary>
internal sealed record MailFailed(string Address, int Number, MailFailure Failure);

/// <summary>What an aggregate says by mail.</summary>
/// <param name="Compose">The mail by the present state; null when nothing need be said to them any more.</param>
/// <param name="FailedAsync">Hears, at least once, of each mail that was given up.</param>
internal sealed record MailContent(Func<MailWaiting, OutgoingMail?> Compose, Func<MailFailed, CancellationToken, ValueTask> FailedAsync);

/// <summary>
/// Sends the mails that wait in an aggregate's partition. Each arrives at least once, and twice only if the host died while sending it, then under the same
/// Message-ID: it is marked as being sent before, and removed after, the send.
/// </summary>
internal sealed partial class MailDelivery(ITables tables, IMailer mailer, TimeProvider clock, ILogger<MailDelivery> logger)
{
    /// <summary>Longer than one send may take; then somebody else may try.</summary>
    public static readonly TimeSpan SendingTime = TimeSpan.FromSeconds(45);

    /// <summary>No mail is begun after so long: a wake-up has a deadline, and the rest has another one.</summary>
    private static readonly TimeSpan BeginningTime = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private const int MostAtOnce = TableLimits.MaxTake;

    /// <summary>Sends what can be sent now. What waits for another time must be looked at again after the time returned; null when nothing does.</summary>
    /// <param name="wakeUp">The one of the aggregate.</param>
    /// <param name="readContent">Reads the present state, null when there is none. Called when something waits, and after the rows were read.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<TimeSpan?> DeliverAsync(WakeUp wakeUp, Func<CancellationToken, ValueTask<MailContent?>> readContent, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(wakeUp.Partition, MailOutbox.Prefix, MostAtOnce, null, cancel);
        if (rows.Count == 0 || await readContent(cancel) is not { } content)
        {
            return null;
        }
        var begun = clock.GetTimestamp();
        var again = rows.Count == MostAtOnce ? Soon : (TimeSpan?)null;
        foreach (var waiting in rows.GroupBy(row => MailOutbox.Read(row).Address))
        {
            var wait = clock.GetElapsedTime(begun) < BeginningTime ? await DeliverToAsync(waiting.Key, [.. waiting], content, cancel) : Soon;
            again = again is { } known && (wait is null || known < wait) ? known : wait;
        }
        return again;
    }

    /// <summary>One address: the newest mail is sent, what it overtook is removed.</summary>
    private async ValueTask<TimeSpan?> DeliverToAsync(string address, IReadOnlyList<Row> rows, MailContent content, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var mails = rows.Select(row => (Row: row, Mail: row.Read(MailJson.Default.PostedMail))).ToList();
        if (mails.Max(mail => mail.Mail is { State: MailState.Sending, Until: { } until } ? until : now) is var inHand && inHand > now)
        {
            return inHand - now;
        }
        var newest = mails.MaxBy(mail => MailOutbox.Read(mail.Row).Number);
        foreach (var (row, mail) in mails.Where(mail => mail.Row != newest.Row && mail.Mail.State != MailState.Failed))
        {
            await RemoveAsync(row, cancel);
        }
        foreach (var (row, mail) in mails.Where(mail => mail.Mail.State == MailState.Failed))
        {
            await TellAsync(row, mail.Failure!.Value, content, cancel);
        }
        return newest.Mail switch
        {
            { State: MailState.Failed } => null,
            { State: MailState.Waiting, Until: { } rests } when rests > now => rests - now,
            _ => await SendAsync(address, newest.Row, newest.Mail, content, now, cancel),
        };
    }

    private async ValueTask<TimeSpan?> SendAsync(string address, Row row, PostedMail mail, MailContent content, DateTimeOffset now, CancellationToken cancel)
    {
        if (mailer.Address is not { } from)
        {
            return await FailAsync(row, mail, MailFailure.NotSetUp, content, cancel);
        }
        var (_, number) = MailOutbox.Read(row);
        if (content.Compose(new MailWaiting(address, number, MessageIdOf(row, from), from)) is not { } outgoing)
        {
            await RemoveAsync(row, cancel);
            return null;
        }
        // Claimed, or two hosts would send two.
        if (await MarkAsync(row, mail with { State = MailState.Sending, Until = now + SendingTime }, cancel) is not { } claim)
        {
            return Soon;
        }
        var attempts = mail.Attempts + 1;
        switch (await mailer.SendAsync(outgoing, cancel))
        {
            case MailOutcome.Sent:
                await RemoveAsync(claim, cancel);
                return null;
            case MailOutcome.AddressRefused:
                return await FailAsync(claim, mail, MailFailure.AddressRefused, content, cancel);
            case MailOutcome.MailRefused:
                return await FailAsync(claim, mail, MailFailure.MailRefused, content, cancel);
            case MailOutcome.Later when attempts > CardSender.Windows.Length:
                return await FailAsync(claim, mail, MailFailure.NoAnswer, content, cancel);
            case MailOutcome.Later:
                var wait = CardSender.Windows[attempts - 1];
                LogLater(logger, attempts);
                await MarkAsync(claim, new PostedMail(MailState.Waiting, clock.GetUtcNow() + wait, attempts), cancel);
                return wait;
        }
        throw new InvalidOperationException("A mailer gave an outcome that does not exist.");
    }

    /// <summary>Notes first that it failed, so that whoever dies before the feature has heard of it does not send it again.</summary>
    private async ValueTask<TimeSpan?> FailAsync(Row row, PostedMail mail, MailFailure failure, MailContent content, CancellationToken cancel)
    {
        LogFailed(logger, failure);
        if (await MarkAsync(row, mail with { State = MailState.Failed, Until = null, Failure = failure }, cancel) is not { } failed)
        {
            return Soon;
        }
        await TellAsync(failed, failure, content, cancel);
        return null;
    }

    private async ValueTask TellAsync(Row row, MailFailure failure, MailContent content, CancellationToken cancel)
    {
        var (address, number) = MailOutbox.Read(row);
        await content.FailedAsync(new MailFailed(address, number, failure), cancel);
        await RemoveAsync(row, cancel);
    }

    /// <summary>The row as it is then; null when somebody else changed it.</summary>
    private async ValueTask<Row?> MarkAsync(Row row, PostedMail mail, CancellationToken cancel)
    {
        var data = MailOutbox.Bytes(mail);
        var result = await tables.CommitAsync(row.Partition, [new Change.Replace(row.Key, data, row.Version)], cancel);
        return result.Committed ? row with { Version = result.Versions[0]!, Data = data } : null;
    }

    /// <summary>A row that somebody else changed meanwhile is theirs.</summary>
    private async ValueTask RemoveAsync(Row row, CancellationToken cancel) =>
        await tables.CommitAsync(row.Partition, [new Change.Delete(row.Key, row.Version)], cancel);

    /// <summary>Follows from what is sent to whom, and says nothing about it.</summary>
    private static string MessageIdOf(Row row, string from) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Partition}|{row.Key}"))[..16])}{from[from.LastIndexOf('@')..]}";

    [LoggerMessage(500, LogLevel.Warning, "A mail waits: the server did not take it at try {Attempt}")]
    private static partial void LogLater(ILogger logger, int attempt);

    [LoggerMessage(501, LogLevel.Information, "A mail was given up: {Failure}")]
    private static partial void LogFailed(ILogger logger, MailFailure failure);
}
