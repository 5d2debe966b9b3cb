using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.People;

namespace CoordinationBot.Delegations;

/// <summary>Does what has become due in a delegation by itself, each once, and prepares the wake-up for what comes next.</summary>
internal sealed class SilenceWork(DelegationStore store, SilenceStore silences, ChainReader chains, Deputies deputies, PeopleDirectory directory, OfficeOptions office, TimeProvider clock)
{
    public async ValueTask<Delegation> RunAsync(Delegation delegation, CancellationToken cancel)
    {
        if (!delegation.IsOpen)
        {
            return delegation;
        }
        var now = clock.GetUtcNow();
        var known = await silences.ReadAsync(delegation, cancel);
        var done = new Dictionary<string, DateTimeOffset>(known.Log.Done, StringComparer.Ordinal);
        var calendars = await CalendarsAsync(delegation, cancel);
        WorkCalendar CalendarOf(Party party) => calendars[party.ObjectId];
        DateTimeOffset? DoneAt(string name) => done.TryGetValue(name, out var at) ? at : null;

        foreach (var moment in SilenceRules.Moments(delegation, CalendarOf, DoneAt).Where(moment => moment.At <= now && !IsToldOnly(moment)))
        {
            if (await ChangeAsync(delegation, moment, now, cancel) is { } changed)
            {
                (delegation, done[moment.Name]) = (changed, now);
            }
        }
        if (!delegation.IsOpen || SilenceRules.Missing(delegation).Any(missing => !calendars.ContainsKey(missing.From.ObjectId)))
        {
            return delegation; // It has ended, or somebody new is asked: the wake-up of that change goes on from here.
        }
        var told = SilenceRules.Moments(delegation, CalendarOf, DoneAt).Where(moment => moment.At <= now && IsToldOnly(moment)).ToList();
        foreach (var moment in told)
        {
            done[moment.Name] = now;
        }
        var live = SilenceRules.Names(delegation).ToHashSet(StringComparer.Ordinal);
        var next = SilenceRules.Moments(delegation, CalendarOf, DoneAt).Where(moment => moment.At > now).Select(moment => (DateTimeOffset?)moment.At).Min();
        await silences.WriteAsync(
            delegation,
            known,
            new SilenceLog(done.Where(one => live.Contains(one.Key)).ToDictionary(StringComparer.Ordinal), next),
            [.. told.SelectMany(moment => SilenceNotices.For(delegation, moment))],
            cancel);
        return delegation;
    }

    private static bool IsToldOnly(DueMoment moment) => moment.Step is DueStep.Remind or DueStep.Overdue;

    /// <summary>Whoever owes an answer, by their own calendar.</summary>
    private async ValueTask<Dictionary<string, WorkCalendar>> CalendarsAsync(Delegation delegation, CancellationToken cancel)
    {
        Dictionary<string, WorkCalendar> calendars = new(StringComparer.Ordinal);
        foreach (var objectId in SilenceRules.Missing(delegation).Select(missing => missing.From.ObjectId).Distinct(StringComparer.Ordinal))
        {
            calendars[objectId] = await directory.FindAsync(delegation.Tenant, objectId, cancel) is { } person ? WorkCalendar.Of(person, office) : new WorkCalendar(office.Times, Zones.Find(office.Zone), []);
        }
        return calendars;
    }

    /// <summary>The state after it; null when nothing came of it, so that a later look tries again.</summary>
    private async ValueTask<Delegation?> ChangeAsync(Delegation delegation, DueMoment moment, DateTimeOffset now, CancellationToken cancel)
    {
        var (tenant, id, name) = (delegation.Tenant, delegation.Id, moment.Name);
        var outcome = moment switch
        {
            { Step: DueStep.Expire } => await store.UpdateAsync(tenant, id, name, known => OfferRules.Expire(known, now), cancel),
            { Step: DueStep.Approve, Missing: { } missing } =>
                await store.UpdateAsync(tenant, id, name, async (known, token) => EscalationRules.Approve(known, await chains.ReadAsync(known, token), missing, now), cancel),
            { Missing: { Kind: MissingKind.Offer } missing } when await AwayAsync(tenant, missing.From, now, cancel) is var away =>
                await store.UpdateAsync(tenant, id, name, known => EscalationRules.Offer(known, missing, away, now), cancel),
            { Missing: { } missing } when await StandInAsync(delegation, missing, now, cancel) is { } standIn =>
                await store.UpdateAsync(tenant, id, name, known => EscalationRules.Ask(known, missing, standIn, now), cancel),
            _ => null,
        };
        return outcome switch
        {
            Outcome.Changed changed => changed.State,
            Outcome.Unchanged unchanged => unchanged.State,
            _ => null,
        };
    }

    /// <summary>The deputy is not asked themselves: an offer is between the two, and nobody else need know of it.</summary>
    private async ValueTask<string?> AwayAsync(string tenant, Party assignee, DateTimeOffset now, CancellationToken cancel) =>
        await deputies.AnswererForAsync(tenant, assignee.ObjectId, now, cancel) switch
        {
            null => $"{assignee.Name} is away.",
            { } answerer when answerer.ObjectId != assignee.ObjectId => $"{assignee.Name} is away, and {answerer.Name} answers for them.",
            _ => null,
        };

    /// <summary>Who is asked too: the deputy of whoever is silent, or else the next one up. What a policy asks goes no further than to the deputy.</summary>
    private async ValueTask<StandIn?> StandInAsync(Delegation delegation, Missing missing, DateTimeOffset now, CancellationToken cancel)
    {
        var held = delegation.Dealings.Held.FirstOrDefault(held => held.Id == missing.Subject);
        HashSet<string> asked =
        [
            delegation.Assignee.ObjectId, delegation.Asker.ObjectId, missing.From.ObjectId,
            .. (held?.Needs ?? []).Select(need => need.Approver.ObjectId),
            .. StandIns.Of(delegation, missing.Subject).Select(standIn => standIn.Deputy.ObjectId),
        ];
        if (await directory.FindAsync(delegation.Tenant, missing.From.ObjectId, cancel) is { Deputy: { } named }
            && await deputies.AnswererForAsync(delegation.Tenant, named.ObjectId, now, cancel) is { } deputy && !asked.Contains(deputy.ObjectId))
        {
            return new StandIn(new Party(deputy.ObjectId, deputy.Name), missing.From) { Reason = StandInReason.Silent };
        }
        if (held?.Needs.Any(need => need.IsPolicy && need.ApprovedBy is null && need.Approver.ObjectId == missing.From.ObjectId) == true)
        {
            return null;
        }
        return ApprovalRules.Above(delegation, await chains.ReadAsync(delegation, cancel), held?.Act, missing.From).FirstOrDefault(party => !asked.Contains(party.ObjectId)) is { } above
            ? new StandIn(above, missing.From) { Reason = StandInReason.SilentAbove }
            : null;
    }
}
