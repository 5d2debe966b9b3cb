using System.Net;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Storage;
using NodaTime.Extensions;

namespace CoordinationBot.Notices;

/// <summary>What a feature adds to a digest that is sent anyway: lines about what is in none of the partitions that it speaks of already.</summary>
internal delegate ValueTask<IReadOnlyList<string>> DigestLines(Person person, IReadOnlyCollection<string> told, DateTimeOffset now, CancellationToken cancel);

/// <summary>
/// What the wake-up of a person's digest does: sends one message with everything that waited. Each notice in it is claimed in its own
/// aggregate first, as by any other sender, so that it is told here or there and not twice.
/// </summary>
internal sealed partial class DigestWork(
    DigestStore store, ITables tables, PeopleDirectory directory, CardSender sender, IEnumerable<DigestLines> more, OfficeOptions office, WorkScheduler work, TimeProvider clock, ILogger<DigestWork> logger)
{
    private const int MostAtOnce = 80;

    /// <summary>What is due so soon need not come in a message of its own.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(6);

    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var (tenant, objectId) = PeopleStore.Identify(wakeUp.Partition);
        var digest = await store.ReadAsync(wakeUp.Partition, cancel);
        var now = clock.GetUtcNow();
        // Whoever is back hears at once what was to wait until then.
        var isBack = wakeUp.Kind == AbsenceHandlers.CameBack;
        var all = digest.Entries.Where(entry => isBack || entry.Entry.Due <= now + Near).ToList();
        var due = all.Take(MostAtOnce).ToList();
        var wakes = digest.Wakes.Where(wake => wake.Due <= now).Select(wake => wake.Row).ToList();
        if (due.Count == 0)
        {
            await store.RemoveAsync(wakeUp.Partition, wakes, cancel);
            return;
        }
        var person = await directory.FindAsync(tenant, objectId, cancel) ?? throw new InvalidOperationException("A digest is for somebody who was never met.");
        var calendar = WorkCalendar.Of(person, office);
        if (!calendar.IsGood(now.ToInstant()))
        {
            // They are away by now, or the office was down and it is night.
            await store.AddAsync(person, [.. due.Select(entry => entry.Entry)], calendar.NextDayStart(now.ToInstant()).ToDateTimeOffset(), cancel);
            await store.RemoveAsync(wakeUp.Partition, wakes, cancel);
            return;
        }
        var head = digest.Head?.Read(NoticeJson.Default.DigestHead) ?? new DigestHead(now, 0);
        if (head.SendingUntil > now || await store.ClaimAsync(wakeUp.Partition, digest.Head, head with { SendingUntil = now + NoticeDelivery.SendingTime }, cancel) is not { } claim)
        {
            await work.PrepareAsync(wakeUp, head.SendingUntil > now ? head.SendingUntil : now, cancel);
            return;
        }
        var (claimed, busy) = await ClaimNoticesAsync(due, now, cancel);
        if (claimed.Count > 0 && await SendAsync(person, claimed, head, claim, cancel) is { } later)
        {
            await work.PrepareAsync(wakeUp, now + later, cancel);
            return;
        }
        await store.RemoveAsync(wakeUp.Partition, [claim, .. wakes, .. due.Where(entry => !busy.Contains(entry.Entry)).Select(entry => entry.Row)], cancel);
        foreach (var (entry, row, _) in claimed)
        {
            await tables.CommitAsync(entry.Partition, [new Change.Delete(row.Key, row.Version)], cancel);
        }
        if (busy.Count > 0 || all.Count > due.Count)
        {
            // Another look at what somebody else has in hand, and at what did not fit.
            await work.PrepareAsync(wakeUp, busy.Count > 0 ? now + NoticeDelivery.SendingTime : now, cancel);
        }
    }

    /// <summary>Claims what is still to be told. What was told meanwhile drops out; what another host has in hand stays for later.</summary>
    private async ValueTask<(List<(DigestEntry Entry, Row Row, Notice Notice)> Claimed, List<DigestEntry> Busy)> ClaimNoticesAsync(List<(Row Row, DigestEntry Entry)> due, DateTimeOffset now, CancellationToken cancel)
    {
        var (claimed, busy) = (new List<(DigestEntry, Row, Notice)>(), new List<DigestEntry>());
        foreach (var (_, entry) in due)
        {
            if (await tables.GetAsync(entry.Partition, entry.Key, cancel) is not { } row || row.Read(NoticeJson.Default.Notice) is not { State: not NoticeState.Unreachable } notice)
            {
                continue;
            }
            var sending = notice with { State = NoticeState.Sending, SendingUntil = now + NoticeDelivery.SendingTime };
            var result = notice.State == NoticeState.Sending && notice.SendingUntil > now
                ? new CommitResult(entry.Key, [])
                : await tables.CommitAsync(entry.Partition, [new Change.Replace(entry.Key, Outbox.Bytes(sending), row.Version)], cancel);
            if (result.Committed)
            {
                claimed.Add((entry, row with { Version = result.Versions[0]! }, notice));
            }
            else
            {
                busy.Add(entry);
            }
        }
        return (claimed, busy);
    }

    /// <summary>Null when it was sent, or never will be from here; otherwise how long to wait.</summary>
    private async ValueTask<TimeSpan?> SendAsync(Person person, List<(DigestEntry Entry, Row Row, Notice Notice)> claimed, DigestHead head, Row claim, CancellationToken cancel)
    {
        var partition = PeopleStore.Partition(person.Tenant, person.ObjectId);
        try
        {
            await sender.SendAsync(person, DigestCards.For([.. claimed.Select(entry => entry.Entry)], await LinesAsync(person, [.. claimed.Select(entry => entry.Entry.Partition)], cancel)), alert: true, cancel);
            if (person.Unreachable is not null)
            {
                var again = new WakeUp(PeopleHandlers.ReachableAgain, partition);
                await work.PrepareAsync(again, cancel);
                await directory.UpdateAsync(person.Tenant, person.ObjectId, known => (known ?? person) with { Unreachable = null }, cancel);
                work.Nudge(again);
            }
            return null;
        }
        catch (ConnectorException failure)
        {
            var attempts = head.Attempts + 1;
            LogNotSent(logger, failure.Status, failure.Code, attempts);
            var reason = CardSender.Refused(failure, attempts);
            if (reason is not null || failure.Failure == ConnectorFailure.NotFound)
            {
                await directory.UpdateAsync(person.Tenant, person.ObjectId, known => CardSender.After(known ?? person, failure, reason), cancel);
            }
            if (reason is not null)
            {
                await ReleaseAsync(claimed, cancel);
                return null;
            }
            var wait = CardSender.Wait(failure, attempts);
            await store.ClaimAsync(partition, claim, new DigestHead(clock.GetUtcNow() + wait, CardSender.IsThrottled(failure) ? head.Attempts : attempts), cancel);
            return wait;
        }
    }

    private async ValueTask<IReadOnlyList<string>> LinesAsync(Person person, HashSet<string> told, CancellationToken cancel)
    {
        List<string> lines = [];
        foreach (var feature in more)
        {
            lines.AddRange(await feature(person, told, clock.GetUtcNow(), cancel));
        }
        return lines;
    }

    /// <summary>Back to the aggregates: each tries by itself, finds that the person cannot be reached, and tells the other side.</summary>
    private async ValueTask ReleaseAsync(List<(DigestEntry Entry, Row Row, Notice Notice)> claimed, CancellationToken cancel)
    {
        foreach (var (entry, row, notice) in claimed)
        {
            var wakeUp = new WakeUp(entry.WakeKind, entry.Partition);
            await work.PrepareAsync(wakeUp, cancel);
            var waiting = notice with { State = NoticeState.Waiting, SendingUntil = null, HeldUntil = null, NotBefore = null, At = clock.GetUtcNow() };
            await tables.CommitAsync(entry.Partition, [new Change.Replace(entry.Key, Outbox.Bytes(waiting), row.Version)], cancel);
            work.Nudge(wakeUp);
        }
        // What is removed after this is what was sent.
        claimed.Clear();
    }

    [LoggerMessage(303, LogLevel.Warning, "A digest waits: the connector answered {Status} {Code} to try {Attempt}")]
    private static partial void LogNotSent(ILogger logger, HttpStatusCode? status, string? code, int attempt);
}
