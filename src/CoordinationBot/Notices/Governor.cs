using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Storage;
using NodaTime;

namespace CoordinationBot.Notices;

/// <summary>A row of the outbox that is due.</summary>
internal sealed record WaitingNotice(Row Row, Notice Notice);

/// <summary>What is done for one person about one aggregate now.</summary>
/// <param name="Tells">Told in a new message; empty when nothing is to be said now.</param>
/// <param name="Renewals">Shown by the card in place, and removed with that.</param>
/// <param name="Hold">Told at another moment.</param>
/// <param name="MayBegin">A card may come where there was none, without a word.</param>
internal sealed record DeliveryPlan(IReadOnlyList<WaitingNotice> Tells, IReadOnlyList<WaitingNotice> Renewals, IReadOnlyList<(WaitingNotice Notice, Moment Moment)> Hold, bool MayBegin);

/// <summary>Stands before every notice: now, later, in the digest, or not at all.</summary>
internal sealed class Governor(ITables tables, DigestStore digests, MissedNotices missed, WorkScheduler work, OfficeOptions office)
{
    /// <summary>Nearer than this the time may have come by another clock.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(1);

    /// <summary>The card of an aggregate, which sees to it that whoever cannot be reached is told when they can be.</summary>
    public LivingCard Watching(LivingCard card, WakeUp wakeUp) => missed.Noting(card, wakeUp);

    public DeliveryPlan Plan(Person person, IReadOnlyList<WaitingNotice> notices, Instant now)
    {
        var calendar = WorkCalendar.Of(person, office);
        var tells = notices.Where(notice => Outbox.Read(notice.Row).IsTell).ToList();
        var renewals = notices.Except(tells).ToList();
        // What somebody asked to see again is theirs whenever they ask.
        var ruled = tells.ToDictionary(tell => tell, tell => tell.Notice.Sentence is null ? Moment.Now.Instance : GovernorRules.Decide(tell.Notice, person, calendar, now));
        // Whoever acted since has seen it on the card they acted on.
        var acted = renewals.Max(renewal => Outbox.ActedAt(renewal.Row));
        var seen = tells.Where(tell => ruled[tell] is not Moment.Now && tell.Notice.State is NoticeState.Held or NoticeState.Bundled && Outbox.TellsOf(tell.Row) <= acted).ToList();
        var unsaid = seen.Concat(tells.Where(tell => ruled[tell] is Moment.Never)).ToHashSet();
        if (ruled.ContainsValue(Moment.Now.Instance))
        {
            // The card comes, and shows everything: whatever waits for another moment is told by it too.
            return new DeliveryPlan([.. tells.Where(tell => !unsaid.Contains(tell))], [.. renewals, .. unsaid], [], MayBegin: true);
        }
        var hold = tells.Where(tell => !unsaid.Contains(tell) && ruled[tell] is Moment.At or Moment.Digest).Select(tell => (tell, ruled[tell])).ToList();
        var mayBegin = acted is not null || (renewals.Count > 0 && tells.Count == 0 && calendar.IsGood(now));
        return new DeliveryPlan([], [.. renewals, .. unsaid], hold, mayBegin);
    }

    /// <summary>Sees to it that somebody looks at the right time, then writes down that they wait. False when somebody else was faster.</summary>
    public async ValueTask<bool> HoldAsync(Person person, WakeUp wakeUp, LivingCard card, IReadOnlyList<(WaitingNotice Notice, Moment Moment)> hold, CancellationToken cancel)
    {
        List<Change> changes = [];
        if (person.Unreachable is not null)
        {
            // What is not even tried fails nowhere.
            await missed.NoteAsync(person, wakeUp, cancel);
        }
        foreach (var time in hold.Select(held => held.Moment).OfType<Moment.At>().Distinct())
        {
            await work.PrepareAsync(wakeUp, time.Time.ToDateTimeOffset(), cancel);
        }
        foreach (var digest in hold.Where(held => held.Moment is Moment.Digest).GroupBy(held => ((Moment.Digest)held.Moment).Time))
        {
            var due = digest.Key.ToDateTimeOffset();
            await digests.AddAsync(
                person,
                [.. digest.Select(held => new DigestEntry(wakeUp.Kind, wakeUp.Partition, held.Notice.Row.Key, card.Title, held.Notice.Notice.Sentence!, card.Open.Data, due))],
                due,
                cancel);
        }
        foreach (var (notice, moment) in hold)
        {
            var held = moment is Moment.Digest digest
                ? notice.Notice with { State = NoticeState.Bundled, SendingUntil = null, HeldUntil = digest.Time.ToDateTimeOffset() }
                : notice.Notice with { State = NoticeState.Held, SendingUntil = null, HeldUntil = ((Moment.At)moment).Time.ToDateTimeOffset() };
            changes.Add(new Change.Replace(notice.Row.Key, Outbox.Bytes(held), notice.Row.Version));
        }
        return changes.Count == 0 || (await tables.CommitAsync(wakeUp.Partition, changes, cancel)).Committed;
    }

    /// <summary>
    /// How long until something here is due, if that is so near that its wake-up may be this one, by the clock of another host. For anything
    /// further away a wake-up of its own was prepared.
    /// </summary>
    public static TimeSpan? Nearest(IReadOnlyList<WaitingNotice> notices, DateTimeOffset now)
    {
        var near = notices
            .Select(notice => Outbox.LaterOf(notice.Notice))
            .Where(due => due > now && due - now < Near)
            .Min();
        return near - now;
    }
}
