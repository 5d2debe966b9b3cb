using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Meetings;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Afterwards;

/// <summary>Notices that something is over, and asks in the morning. Doing it again does nothing.</summary>
internal sealed class AfterwardsWork(
    AskStore store, PoolStore pools, DelegationStore delegations, PeopleDirectory directory, NoticeDelivery delivery, IWorkQueue queue, OfficeOptions office, TimeProvider clock)
{
    /// <summary>At every wake-up of a delegation.</summary>
    public async ValueTask AfterDelegationAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var (tenant, id) = DelegationStore.Identify(wakeUp.Partition);
        if (await delegations.FindAsync(tenant, id, cancel) is { Since: { } ended } delegation)
        {
            await PlanAsync(tenant, [.. AskRules.After(delegation)], ended, cancel);
        }
    }

    /// <summary>At every wake-up of a meeting. One comes shortly before it begins, and makes another at its end, since nothing else happens then.</summary>
    public async ValueTask<Meeting> AfterMeetingAsync(Meeting meeting, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (meeting is { State: MeetingState.Scheduled, Series: null, Time: { } time })
        {
            if (now >= time.Start - MeetingLimits.ReminderBefore && now < time.End)
            {
                await queue.EnqueueAsync(new WakeUp(MeetingStore.Kind, MeetingStore.Partition(meeting.Tenant, meeting.Id)), time.End, cancel);
            }
            await PlanAsync(meeting.Tenant, [.. AskRules.After(meeting, now)], time.End, cancel);
        }
        return meeting;
    }

    /// <summary>At the wake-up of a person's question.</summary>
    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var (tenant, objectId) = PeopleStore.Identify(wakeUp.Partition);
        if (await store.FindAsync(tenant, objectId, cancel) is not { } asking)
        {
            return; // The host ended between the wake-up and the commit: nobody was to be asked.
        }
        var (question, now) = (asking.Question, clock.GetUtcNow());
        var isDue = asking.AskedAt is null && now >= asking.At;
        // The seat first: whoever sees the card can answer.
        if (isDue && (now >= asking.At + AskRules.Life || !await pools.SeatAsync(tenant, question.Pool, objectId, question.Event, pools.DayOf(asking.At + AskRules.Life), cancel)))
        {
            await store.WithdrawAsync(tenant, objectId, question.Event, cancel);
        }
        if (await delivery.DeliverAsync(tenant, wakeUp, token => CardAsync(tenant, objectId, token), cancel) is { } again)
        {
            await queue.EnqueueAsync(wakeUp, now + again, cancel);
        }
        else if (isDue)
        {
            await FollowAsync(wakeUp, tenant, objectId, asking, now, cancel);
        }
    }

    private async ValueTask PlanAsync(string tenant, IReadOnlyList<Candidate> candidates, DateTimeOffset ended, CancellationToken cancel)
    {
        if (candidates.Count == 0 || ended + AskRules.Fresh < clock.GetUtcNow())
        {
            return;
        }
        foreach (var candidate in candidates)
        {
            if (await directory.FindAsync(tenant, candidate.ObjectId, cancel) is { } person && GovernorRules.TellingOf(person, NoticeKind.CheckIn) != Telling.Off)
            {
                await store.PlanAsync(tenant, candidate, AskRules.At(ended, WorkCalendar.Of(person, office)), cancel);
            }
        }
    }

    /// <summary>From when it was told the next may be counted; as long as it waits it may still be too late for it.</summary>
    private async ValueTask FollowAsync(WakeUp wakeUp, string tenant, string objectId, Asking asking, DateTimeOffset now, CancellationToken cancel)
    {
        if (await store.WaitingAsync(tenant, objectId, asking.Question.Event, cancel) is not { } waits)
        {
            await store.NoteAskedAsync(tenant, objectId, asking.Question.Event, now, cancel);
            return;
        }
        // A person who cannot be reached writes when they can be.
        var next = waits is { State: NoticeState.Held or NoticeState.Bundled, HeldUntil: { } held } ? (held > now ? held : now) + AskRules.PutOff : asking.At + AskRules.Life;
        await queue.EnqueueAsync(wakeUp, next, cancel);
    }

    private async ValueTask<LivingCard?> CardAsync(string tenant, string objectId, CancellationToken cancel)
    {
        if (await store.FindAsync(tenant, objectId, cancel) is not { Question: var question })
        {
            return null;
        }
        var seat = await pools.SeatOfAsync(tenant, question.Pool, objectId, question.Event, cancel);
        return new LivingCard(
            question.Title,
            new SubmitAction("afterwards.bring", new Dictionary<string, string>()) { Title = "Open" },
            (_, sentences) => seat is null ? AfterwardsCards.Over() : seat.State switch
            {
                SeatState.Open => AfterwardsCards.For(question, seat.Until, sentences),
                SeatState.Answered or SeatState.Counted => AfterwardsCards.Thanks(),
            },
            AfterwardsCards.Over(),
            // Nobody waits for the answer.
            (_, _, _) => ValueTask.CompletedTask);
    }
}
