using System.Runtime.ExceptionServices;
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

    private const int MostAtOnce = 200;

    /// <summary>Sends what can be sent now. False when something waits for another time and must be looked at again.</summary>
    /// <param name="tenant">Of the people.</param>
    /// <param name="partition">Of the aggregate.</param>
    /// <param name="readCard">
    /// Reads the present state, null when there is none. Called once, also when nothing waits, and after the outbox was read: a row that came with a
    /// later change would otherwise be removed though that change was never shown.
    /// </param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<bool> DeliverAsync(string tenant, string partition, Func<CancellationToken, ValueTask<LivingCard?>> readCard, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(partition, Outbox.Prefix, MostAtOnce, null, cancel);
        if (await readCard(cancel) is not { } card || rows.Count == 0)
        {
            return true;
        }
        var settled = true;
        ExceptionDispatchInfo? failed = null;
        foreach (var waiting in rows.GroupBy(row => Outbox.Read(row).ObjectId))
        {
            try
            {
                settled &= await DeliverToAsync(tenant, partition, waiting.Key, [.. waiting], card, cancel);
            }
            catch (ConnectorException failure)
            {
                // The others get theirs all the same.
                failed ??= ExceptionDispatchInfo.Capture(failure);
            }
        }
        failed?.Throw();
        return settled;
    }

    private async ValueTask<bool> DeliverToAsync(string tenant, string partition, string objectId, IReadOnlyList<Row> rows, LivingCard card, CancellationToken cancel)
    {
        var notices = rows.Select(row => (Row: row, Notice: row.Read(NoticeJson.Default.Notice), Outbox.Read(row).IsTell)).ToList();
        if (await directory.FindAsync(tenant, objectId, cancel) is not { } person)
        {
            throw new InvalidOperationException("A notice is for somebody who was never met.");
        }
        if (person.Unreachable is not null && !notices.Exists(notice => notice.IsTell && notice.Notice.State != NoticeState.Unreachable))
        {
            // A renewal is no reason to try again: two who cannot be reached would renew each other's cards without end.
            return await WaitAsync(partition, [.. notices.Where(notice => notice.Notice.State != NoticeState.Unreachable).Select(notice => notice.Row)], NoticeState.Unreachable, cancel);
        }
        var now = clock.GetUtcNow();
        if (notices.Exists(notice => notice.Notice is { State: NoticeState.Sending, SendingUntil: { } until } && until > now))
        {
            return false;
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
                return false;
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
            if (notices.Exists(notice => notice.Notice.State == NoticeState.Unreachable))
            {
                await card.UnreachableAsync(person, null, cancel);
            }
            return await FinishAsync(partition, objectId, sent, place, cancel);
        }
        catch (ConnectorException failure) when (failure.Failure is ConnectorFailure.NotInstalled or ConnectorFailure.Blocked or ConnectorFailure.NotFound)
        {
            var reason = failure.Failure == ConnectorFailure.Blocked ? Unreachable.Blocked : Unreachable.NotInstalled;
            LogUnreachable(logger, reason);
            await directory.UpdateAsync(tenant, objectId, known => (known ?? person) with { Unreachable = reason, PersonalConversation = reason == Unreachable.NotInstalled ? null : known?.PersonalConversation }, cancel);
            await card.UnreachableAsync(person, reason, cancel);
            return await WaitAsync(partition, sent, NoticeState.Unreachable, cancel);
        }
        catch (ConnectorException failure) when (failure.Failure == ConnectorFailure.Transient)
        {
            LogLater(logger, failure.Status, failure.Code);
            await WaitAsync(partition, sent, NoticeState.Waiting, cancel);
            return false;
        }
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

    /// <summary>Removes what was sent, unless it was asked for again meanwhile: then it is sent again.</summary>
    private async ValueTask<bool> FinishAsync(string partition, string objectId, List<Row> sent, CardPlace? place, CancellationToken cancel)
    {
        List<Change> changes = [.. sent.Select(row => new Change.Delete(row.Key, row.Version))];
        if (place is not null)
        {
            changes.Add(Outbox.Place(objectId, place));
        }
        while (changes.Count > 0)
        {
            var result = await tables.CommitAsync(partition, changes, cancel);
            if (result.Committed)
            {
                break;
            }
            changes.RemoveAll(change => change.Key == result.ConflictKey);
        }
        return changes.Count(change => change is Change.Delete) == sent.Count;
    }

    private async ValueTask<bool> WaitAsync(string partition, List<Row> rows, NoticeState state, CancellationToken cancel)
    {
        foreach (var row in rows)
        {
            var notice = row.Read(NoticeJson.Default.Notice) with { State = state, SendingUntil = null };
            await tables.CommitAsync(partition, [new Change.Replace(row.Key, Outbox.Bytes(notice), row.Version)], cancel);
        }
        return true;
    }

    private static Activity Message(AdaptiveCard card, bool alert) => new()
    {
        Type = ActivityTypes.Message,
        Summary = card.FallbackText,
        ChannelData = alert ? new ChannelData { Notification = new NotificationInfo { Alert = true } } : null,
        Attachments = [new Attachment { ContentType = Attachment.AdaptiveCardType, Content = card }],
    };

    [LoggerMessage(300, LogLevel.Information, "A notice waits: the person is unreachable ({Reason})")]
    private static partial void LogUnreachable(ILogger logger, Unreachable reason);

    [LoggerMessage(302, LogLevel.Information, "An old card stays as it was: the connector answered {Status} {Code}")]
    private static partial void LogNoStub(ILogger logger, System.Net.HttpStatusCode? status, string? code);

    [LoggerMessage(301, LogLevel.Warning, "A notice waits: the connector answered {Status} {Code}")]
    private static partial void LogLater(ILogger logger, System.Net.HttpStatusCode? status, string? code);
}
