using System.Net;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Storage;
using NodaTime.Extensions;

namespace CoordinationBot.Notices;

/// <summary>What an aggregate shows in its living cards.</summary>
/// <param name="Title">What it is called in a digest.</param>
/// <param name="Open">The button in a digest that brings this card.</param>
/// <param name="Show">The card as this person sees it now, with sentences on top.</param>
/// <param name="Moved">What remains of a card that came again further down.</param>
/// <param name="UnreachableAsync">Called when a person turned out to be unreachable (or reachable again, null).</param>
internal sealed record LivingCard(
    string Title,
    SubmitAction Open,
    Func<Person, IReadOnlyList<string>, AdaptiveCard> Show,
    AdaptiveCard Moved,
    Func<Person, Unreachable?, CancellationToken, ValueTask> UnreachableAsync);

/// <summary>
/// Sends what waits in an aggregate's outbox, when the governor says so. A notice is seen at least once, and twice only if the host died while
/// sending it: it is marked as being sent before, and removed after, the send.
/// </summary>
internal sealed partial class NoticeDelivery(
    ITables tables,
    PeopleDirectory directory,
    CardSender sender,
    Governor governor,
    TimeProvider clock,
    ILogger<NoticeDelivery> logger)
{
    /// <summary>Longer than a send with its retries takes; then somebody else may try.</summary>
    public static readonly TimeSpan SendingTime = TimeSpan.FromSeconds(45);

    /// <summary>
    /// For the people of one aggregate at a time; whoever is left comes with the next look. Shorter than what a stop leaves it and than the deadline of a look: broken off in the middle of
    /// a send, somebody would be told twice, and a look that is broken off again and again is given up.
    /// </summary>
    public static readonly TimeSpan LookTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private const int MostAtOnce = 200;

    /// <summary>Sends what can be sent now. What waits for another time must be looked at again after the time returned; null when nothing does.</summary>
    /// <param name="tenant">Of the people.</param>
    /// <param name="wakeUp">The one of the aggregate.</param>
    /// <param name="readCard">
    /// Reads the present state, null when there is none. Called once, also when nothing waits, and after the outbox was read: a row that came with a
    /// later change would otherwise be removed though that change was never shown.
    /// </param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<TimeSpan?> DeliverAsync(string tenant, WakeUp wakeUp, Func<CancellationToken, ValueTask<LivingCard?>> readCard, CancellationToken cancel)
    {
        var rows = await WaitingAsync(wakeUp.Partition, cancel);
        if (await readCard(cancel) is not { } card || rows.Count == 0)
        {
            return null;
        }
        TimeSpan? again = null;
        var begun = clock.GetUtcNow();
        foreach (var waiting in rows.GroupBy(row => Outbox.Read(row).ObjectId))
        {
            if (clock.GetUtcNow() - begun > LookTime)
            {
                return Soon;
            }
            var wait = await DeliverToAsync(tenant, wakeUp, waiting.Key, [.. waiting], governor.Watching(card, wakeUp), cancel);
            again = again is { } known && (wait is null || known < wait) ? known : wait;
        }
        return again;
    }

    /// <summary>All of them: a person whose rows were left for another look would be told when somebody looks again, which may be never.</summary>
    private async ValueTask<IReadOnlyList<Row>> WaitingAsync(string partition, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(partition, Outbox.Prefix, MostAtOnce, null, cancel);
        for (var page = rows; page.Count == MostAtOnce; rows = [.. rows, .. page])
        {
            page = await tables.QueryAsync(partition, Outbox.Prefix, MostAtOnce, page[^1].Key, cancel);
        }
        return rows;
    }

    private async ValueTask<TimeSpan?> DeliverToAsync(string tenant, WakeUp wakeUp, string objectId, IReadOnlyList<Row> rows, LivingCard card, CancellationToken cancel)
    {
        var partition = wakeUp.Partition;
        if (await directory.FindAsync(tenant, objectId, cancel) is not { } person)
        {
            throw new InvalidOperationException("A notice is for somebody who was never met.");
        }
        var now = clock.GetUtcNow();
        var all = rows.Select(row => new WaitingNotice(row, row.Read(NoticeJson.Default.Notice))).ToList();
        var notices = all.FindAll(notice => notice.Notice.NotBefore is not { } due || due <= now);
        if (notices.Count == 0)
        {
            return Governor.Nearest(all, now);
        }
        if (notices.Max(notice => notice.Notice is { State: NoticeState.Sending, SendingUntil: { } until } ? until : now) is var inHand && inHand > now)
        {
            return inHand - now;
        }
        var plan = governor.Plan(person, notices, now.ToInstant());
        if (!await governor.HoldAsync(person, wakeUp, card, plan.Hold, cancel))
        {
            return Soon;
        }
        if (person.Unreachable is not null && plan.Tells.Count == 0)
        {
            // A renewal is no reason to try again: two who cannot be reached would renew each other's cards without end.
            await MarkAsync(partition, [.. plan.Renewals.Where(notice => notice.Notice.State != NoticeState.Unreachable).Select(notice => notice.Row)], notice => notice with { State = NoticeState.Unreachable, SendingUntil = null }, cancel);
            return Governor.Nearest(all, now);
        }
        var placeRow = await tables.GetAsync(partition, Outbox.PlaceKey(objectId), cancel);
        var old = placeRow?.Read(NoticeJson.Default.CardPlace);
        if (plan.Tells.Count == 0 && old is null && !plan.MayBegin)
        {
            // There is no card to renew, and nobody is disturbed by a first one that they did not ask for.
            await FinishAsync(partition, objectId, [.. plan.Renewals.Select(notice => notice.Row)], null, cancel);
            return Governor.Nearest(all, now);
        }
        // Whatever makes a new message is claimed, or two hosts would make two.
        var claimed = plan.Tells.Count > 0 ? plan.Tells : old is null ? plan.Renewals : [];
        if (claimed.Count == 0 && plan is { Renewals.Count: 0, Hold.Count: 0 })
        {
            return Governor.Nearest(all, now);
        }
        List<Row> sent = [.. plan.Renewals.Except(claimed).Select(notice => notice.Row)];
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
            if (claimed.Count == 0 && !await sender.TryUpdateAsync(old!, card.Show(person, [.. plan.Renewals.Where(renewal => Outbox.ActedAt(renewal.Row) is not null).Select(renewal => renewal.Notice.Sentence).OfType<string>()]), cancel))
            {
                // Without a place it is a new message, and claimed.
                await tables.CommitAsync(partition, [new Change.Delete(placeRow!.Key, placeRow.Version)], cancel);
                return await DeliverToAsync(tenant, wakeUp, objectId, await tables.QueryAsync(partition, Outbox.Of(objectId), MostAtOnce, null, cancel), card, cancel);
            }
            var place = old;
            if (claimed.Count > 0)
            {
                place = await sender.SendAsync(person, card.Show(person, [.. plan.Tells.Select(tell => tell.Notice.Sentence).OfType<string>()]), plan.Tells.Count > 0, cancel);
            }
            if (person.Unreachable is not null || notices.Exists(notice => notice.Notice.State == NoticeState.Unreachable))
            {
                person = await directory.UpdateAsync(tenant, objectId, known => (known ?? person) with { Unreachable = null }, cancel);
                await card.UnreachableAsync(person, null, cancel);
            }
            var again = await FinishAsync(partition, objectId, sent, place, cancel);
            if (claimed.Count > 0 && old is not null)
            {
                // After it is written down: a channel that throttles takes seconds for the stub, and a host that dies in them would have told it twice.
                await sender.LeaveAsync(old, card.Moved, cancel);
            }
            return again ?? Governor.Nearest(all, now);
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
        var attempts = sent.Select(row => row.Read(NoticeJson.Default.Notice).Attempts).DefaultIfEmpty().Max() + 1;
        var reason = CardSender.Refused(failure, attempts);
        if (reason is not null || (failure.Failure == ConnectorFailure.NotFound && person.PersonalConversation is not null))
        {
            await directory.UpdateAsync(tenant, person.ObjectId, known => CardSender.After(known ?? person, failure, reason), cancel);
        }
        if (reason is { } why)
        {
            LogUnreachable(logger, why, failure.Status, failure.Code);
            await card.UnreachableAsync(person, why, cancel);
            await MarkAsync(partition, sent, notice => notice with { State = NoticeState.Unreachable, SendingUntil = null, Attempts = 0 }, cancel);
            return null;
        }
        LogLater(logger, failure.Status, failure.Code, attempts);
        var wait = CardSender.Wait(failure, attempts);
        var isThrottled = CardSender.IsThrottled(failure);
        await MarkAsync(partition, sent, notice => notice with { State = NoticeState.Sending, SendingUntil = now + wait, Attempts = isThrottled ? notice.Attempts : attempts }, cancel);
        return wait;
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

    [LoggerMessage(300, LogLevel.Information, "A notice waits: the person is unreachable ({Reason}), the connector answered {Status} {Code}")]
    private static partial void LogUnreachable(ILogger logger, Unreachable reason, HttpStatusCode? status, string? code);

    [LoggerMessage(301, LogLevel.Warning, "A notice waits: the connector answered {Status} {Code} to try {Attempt}")]
    private static partial void LogLater(ILogger logger, HttpStatusCode? status, string? code, int attempt);
}
