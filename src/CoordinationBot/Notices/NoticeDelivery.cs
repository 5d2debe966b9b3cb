using System.Net;
using CoordinationBot.People;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Storage;

namespace CoordinationBot.Notices;

/// <summary>What an aggregate shows in its living cards.</summary>
/// <param name="Show">The card as this person sees it now, with sentences on top.</param>
/// <param name="Moved">What remains of a card that came again further down.</param>
/// <param name="UnreachableAsync">Called when a person turned out to be unreachable (or reachable again, null).</param>
internal sealed record LivingCard(
    Func<Person, IReadOnlyList<string>, AdaptiveCard> Show,
    AdaptiveCard Moved,
    Func<Person, Unreachable?, CancellationToken, ValueTask> UnreachableAsync);

/// <summary>
/// Sends what waits in an aggregate's outbox. A notice is seen at least once, and twice only if the host died while sending it: it is marked
/// as being sent before, and removed after, the send.
/// </summary>
internal sealed partial class NoticeDelivery(
    ITables tables,
    PeopleDirectory directory,
    PersonalChats chats,
    ConnectorClient connector,
    TimeProvider clock,
    ILogger<NoticeDelivery> logger)
{
    /// <summary>Longer than a send with its retries takes; then somebody else may try.</summary>
    private static readonly TimeSpan SendingTime = TimeSpan.FromSeconds(45);

    /// <summary>How long a send of which nobody knows the outcome rests before the next try; then the person counts as unreachable.</summary>
    private static readonly TimeSpan[] Windows = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)];

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private const int MostAtOnce = 200;

    /// <summary>Sends what can be sent now. What waits for another time must be looked at again after the time returned; null when nothing does.</summary>
    /// <param name="tenant">Of the people.</param>
    /// <param name="partition">Of the aggregate.</param>
    /// <param name="readCard">
    /// Reads the present state, null when there is none. Called once, also when nothing waits, and after the outbox was read: a row that came with a
    /// later change would otherwise be removed though that change was never shown.
    /// </param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<TimeSpan?> DeliverAsync(string tenant, string partition, Func<CancellationToken, ValueTask<LivingCard?>> readCard, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(partition, Outbox.Prefix, MostAtOnce, null, cancel);
        if (await readCard(cancel) is not { } card || rows.Count == 0)
        {
            return null;
        }
        TimeSpan? again = null;
        foreach (var waiting in rows.GroupBy(row => Outbox.Read(row).ObjectId))
        {
            var wait = await DeliverToAsync(tenant, partition, waiting.Key, [.. waiting], card, cancel);
            again = again is { } known && (wait is null || known < wait) ? known : wait;
        }
        return again;
    }

    private async ValueTask<TimeSpan?> DeliverToAsync(string tenant, string partition, string objectId, IReadOnlyList<Row> rows, LivingCard card, CancellationToken cancel)
    {
        var notices = rows.Select(row => (Row: row, Notice: row.Read(NoticeJson.Default.Notice), Outbox.Read(row).IsTell)).ToList();
        if (await directory.FindAsync(tenant, objectId, cancel) is not { } person)
        {
            throw new InvalidOperationException("A notice is for somebody who was never met.");
        }
        if (person.Unreachable is not null && !notices.Exists(notice => notice.IsTell && notice.Notice.State != NoticeState.Unreachable))
        {
            // A renewal is no reason to try again: two who cannot be reached would renew each other's cards without end.
            await MarkAsync(partition, [.. notices.Where(notice => notice.Notice.State != NoticeState.Unreachable).Select(notice => notice.Row)], notice => notice with { State = NoticeState.Unreachable, SendingUntil = null }, cancel);
            return null;
        }
        var now = clock.GetUtcNow();
        if (notices.Max(notice => notice.Notice is { State: NoticeState.Sending, SendingUntil: { } until } ? until : now) is var inHand && inHand > now)
        {
            return inHand - now;
        }
        var placeRow = await tables.GetAsync(partition, Outbox.PlaceKey(objectId), cancel);
        var old = placeRow?.Read(NoticeJson.Default.CardPlace);
        var tells = notices.FindAll(notice => notice.IsTell);
        // Whatever makes a new message is claimed, or two hosts would make two.
        var claimed = tells.Count > 0 ? tells : old is null ? notices : [];
        List<Row> sent = [.. notices.Where(notice => claimed.Count == 0 || (tells.Count > 0 && !notice.IsTell)).Select(notice => notice.Row)];
        if (claimed.Count > 0)
        {
            var claim = await tables.CommitAsync(
                partition,
                [.. claimed.Select(notice => new Change.Replace(notice.Row.Key, Outbox.Bytes(notice.Notice with { State = NoticeState.Sending, SendingUntil = now + SendingTime }), notice.Row.Version))],
                cancel);
            if (!claim.Committed)
            {
                return Soon;
            }
            sent.AddRange(claimed.Select((notice, index) => notice.Row with { Version = claim.Versions[index]! }));
        }
        try
        {
            if (claimed.Count == 0 && !await TryUpdateAsync(old!, Message(card.Show(person, []), alert: false), cancel))
            {
                // Without a place it is a new message, and claimed.
                await tables.CommitAsync(partition, [new Change.Delete(placeRow!.Key, placeRow.Version)], cancel);
                return await DeliverToAsync(tenant, partition, objectId, rows, card, cancel);
            }
            var place = claimed.Count == 0 ? old : await SendAsync(person, old, [.. tells.Select(tell => tell.Notice.Sentence).OfType<string>()], tells.Count > 0, card, cancel);
            if (person.Unreachable is not null || notices.Exists(notice => notice.Notice.State == NoticeState.Unreachable))
            {
                person = await directory.UpdateAsync(tenant, objectId, known => (known ?? person) with { Unreachable = null }, cancel);
                await card.UnreachableAsync(person, null, cancel);
            }
            return await FinishAsync(partition, objectId, sent, place, cancel);
        }
        catch (ConnectorException failure)
        {
            return await FailAsync(tenant, partition, person, sent, failure, card, cancel);
        }
    }

    /// <summary>
    /// What a failed send means. Refused for good: it waits until the person can be reached. Throttled: nothing was delivered, so it is sent when
    /// the channel says. Anything else: nobody knows, so it is tried again ever later, and a few times only.
    /// </summary>
    private async ValueTask<TimeSpan?> FailAsync(string tenant, string partition, Person person, List<Row> sent, ConnectorException failure, LivingCard card, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var attempts = sent.Max(row => row.Read(NoticeJson.Default.Notice).Attempts) + 1;
        Unreachable? reason = failure switch
        {
            { Failure: ConnectorFailure.Blocked } => Unreachable.Blocked,
            { Failure: ConnectorFailure.NotInstalled } => Unreachable.NotInstalled,
            { Status: not HttpStatusCode.TooManyRequests and not HttpStatusCode.PreconditionFailed } when attempts > Windows.Length => Unreachable.NoAnswer,
            _ => null,
        };
        if (reason is { } why)
        {
            LogUnreachable(logger, why, failure.Status, failure.Code);
            await directory.UpdateAsync(tenant, person.ObjectId, known => (known ?? person) with { Unreachable = why, PersonalConversation = why == Unreachable.NotInstalled ? null : known?.PersonalConversation }, cancel);
            await card.UnreachableAsync(person, why, cancel);
            await MarkAsync(partition, sent, notice => notice with { State = NoticeState.Unreachable, SendingUntil = null, Attempts = 0 }, cancel);
            return null;
        }
        LogLater(logger, failure.Status, failure.Code, attempts);
        if (failure.Failure == ConnectorFailure.NotFound && person.PersonalConversation is not null)
        {
            // The chat is gone: another one is opened at the next try.
            await directory.UpdateAsync(tenant, person.ObjectId, known => (known ?? person) with { PersonalConversation = null }, cancel);
        }
        // A throttled message was not delivered: that is no try.
        var isThrottled = failure.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.PreconditionFailed;
        var wait = failure.Failure == ConnectorFailure.NotFound ? Soon : isThrottled ? failure.RetryAfter ?? Windows[0] : Windows[attempts - 1];
        await MarkAsync(partition, sent, notice => notice with { State = NoticeState.Sending, SendingUntil = now + wait, Attempts = isThrottled ? notice.Attempts : attempts }, cancel);
        return wait;
    }

    /// <summary>Sends the card as a new message; where it was before, a stub remains.</summary>
    private async ValueTask<CardPlace?> SendAsync(Person person, CardPlace? old, IReadOnlyList<string> sentences, bool alert, LivingCard card, CancellationToken cancel)
    {
        var chat = await chats.OpenAsync(person, cancel);
        var id = await connector.SendAsync(chat, Message(card.Show(person, sentences), alert), cancel);
        if (old is not null)
        {
            try
            {
                await TryUpdateAsync(old, Message(card.Moved, alert: false), cancel);
            }
            catch (ConnectorException failure)
            {
                // The message is out. To fail here would send it again; an old card that stays answers with the present state.
                LogNoStub(logger, failure.Status, failure.Code);
            }
        }
        return id is null ? null : new CardPlace(chat, id);
    }

    /// <summary>False when the message is gone.</summary>
    private async ValueTask<bool> TryUpdateAsync(CardPlace place, Activity message, CancellationToken cancel)
    {
        try
        {
            await connector.UpdateAsync(place.Conversation, place.ActivityId, message, cancel);
            return true;
        }
        catch (ConnectorException failure) when (failure.Failure == ConnectorFailure.NotFound)
        {
            return false;
        }
    }

    /// <summary>
    /// Removes what was sent. A row that changed meanwhile asks for another look; so does one that is gone, since another host may have shown an
    /// older state after a newer one: the card is renewed once more.
    /// </summary>
    private async ValueTask<TimeSpan?> FinishAsync(string partition, string objectId, List<Row> sent, CardPlace? place, CancellationToken cancel)
    {
        List<Change> changes = [.. sent.Select(row => new Change.Delete(row.Key, row.Version))];
        if (place is not null)
        {
            changes.Add(Outbox.Place(objectId, place));
        }
        TimeSpan? again = null;
        while (changes.Count > 0)
        {
            var result = await tables.CommitAsync(partition, changes, cancel);
            if (result.Committed)
            {
                break;
            }
            changes.RemoveAll(change => change.Key == result.ConflictKey);
            if (again is null)
            {
                again = Soon;
                changes.RemoveAll(change => change.Key == Outbox.Renew(objectId).Key);
                changes.Add(Outbox.Renew(objectId));
            }
        }
        return again;
    }

    private async ValueTask MarkAsync(string partition, List<Row> rows, Func<Notice, Notice> change, CancellationToken cancel)
    {
        foreach (var row in rows)
        {
            await tables.CommitAsync(partition, [new Change.Replace(row.Key, Outbox.Bytes(change(row.Read(NoticeJson.Default.Notice))), row.Version)], cancel);
        }
    }

    private static Activity Message(AdaptiveCard card, bool alert) => new()
    {
        Type = ActivityTypes.Message,
        Summary = card.FallbackText,
        ChannelData = alert ? new ChannelData { Notification = new NotificationInfo { Alert = true } } : null,
        Attachments = [new Attachment { ContentType = Attachment.AdaptiveCardType, Content = card }],
    };

    [LoggerMessage(300, LogLevel.Information, "A notice waits: the person is unreachable ({Reason}), the connector answered {Status} {Code}")]
    private static partial void LogUnreachable(ILogger logger, Unreachable reason, HttpStatusCode? status, string? code);

    [LoggerMessage(302, LogLevel.Information, "An old card stays as it was: the connector answered {Status} {Code}")]
    private static partial void LogNoStub(ILogger logger, HttpStatusCode? status, string? code);

    [LoggerMessage(301, LogLevel.Warning, "A notice waits: the connector answered {Status} {Code} to try {Attempt}")]
    private static partial void LogLater(ILogger logger, HttpStatusCode? status, string? code, int attempt);
}
