using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Recurrences;

/// <summary>What turns and wake-ups share: the calendar of a series, the delegation of one date, and a draft that begins one.</summary>
internal sealed class RecurrenceDesk(RecurrenceStore store, DelegationStore delegations, PeopleDirectory directory, OfficeOptions office, TimeProvider clock)
{
    public Repeating Repeating => new(NotesAsync, SendAsync, FindSentAsync);

    /// <summary>The assignee's; where their client named no zone, in the leader's.</summary>
    public async ValueTask<WorkCalendar> CalendarAsync(Series series, CancellationToken cancel) =>
        await directory.FindAsync(series.Tenant, series.Assignee.ObjectId, cancel) is { Zone: not null } person
            ? WorkCalendar.Of(person, office)
            : new WorkCalendar(office.Times, Zones.Find(series.Zone), []);

    /// <summary>The next date that will be offered; null when there is none.</summary>
    public async ValueTask<DateOnly?> NextAsync(Series series, CancellationToken cancel) =>
        RecurrenceRules.NextOf(series, (await CalendarAsync(series, cancel)).Times, clock.GetUtcNow());

    /// <summary>Makes the delegation of the date that is being offered, once whoever does it and however often; never when its time has passed.</summary>
    public async ValueTask<Series> OfferAsync(Series series, DateOnly date, CardPlace? leadersCard, DateTimeOffset now, CancellationToken cancel)
    {
        var occurrence = new Occurrence(series.Id, date);
        var (origin, terms) = (SeriesRules.OriginOf(series, date), SeriesRules.TermsOf(series, date));
        var isThere = true;
        if (terms.Due.At > now)
        {
            await delegations.CreateAsync(
                series.Tenant,
                origin,
                leadersCard,
                id => OfferRules.Offer(id, series.Tenant, origin, series.Leader, series.Assignee, terms, now, occurrence: occurrence) with { Said = leadersCard is null ? null : occurrence.GoesOn },
                cancel);
        }
        else
        {
            isThere = await delegations.FindByOriginAsync(series.Tenant, origin, cancel) is not null;
        }
        return (await store.UpdateAsync(series.Tenant, series.Id, null, known => SeriesRules.Offered(known, date, isThere, now), cancel))!.State;
    }

    private async ValueTask<ReviewNotes> NotesAsync(Turn turn, Draft draft, DialogContext context, CancellationToken cancel)
    {
        if (RepeatFields.Of(draft, context) is not { } repetition)
        {
            return ReviewNotes.None;
        }
        var (me, them) = (new Party(context.ObjectId, ""), new Party(draft.Values[DelegationForm.Assignee.Id], ""));
        return SeriesRules.Of("", turn.Tenant, new RepeatedDraft(draft.Id, repetition, me, them, DelegationForm.TermsOf(draft, context), null), office.Times, turn.Now) is { } series
            ? new ReviewNotes([SeriesRules.Preview(series)])
            : new ReviewNotes([], SeriesRules.NeverHappens);
    }

    private async ValueTask<RepeatedOffer> SendAsync(Turn turn, RepeatedDraft draft, CancellationToken cancel)
    {
        if (SeriesRules.Of("", turn.Tenant, draft, office.Times, turn.Now) is null)
        {
            return new RepeatedOffer(null, $"It was not sent. {SeriesRules.NeverHappens}");
        }
        var series = await store.CreateAsync(turn.Tenant, draft.Origin, id => SeriesRules.Begin(SeriesRules.Of(id, turn.Tenant, draft, office.Times, turn.Now)!), cancel);
        return await FirstAsync(series, draft.LeadersCard, turn.Now, cancel) is { } first
            ? new RepeatedOffer(first, null)
            : new RepeatedOffer(null, "This was sent already, and its first one is no longer ahead. Type recurring to see it.");
    }

    private async ValueTask<Delegation?> FindSentAsync(string tenant, string draftId, CancellationToken cancel) =>
        await store.FindByOriginAsync(tenant, draftId, cancel) is { } series ? await FirstAsync(series, null, clock.GetUtcNow(), cancel) : null;

    /// <summary>The first one, made now if a host ended before it could be.</summary>
    private async ValueTask<Delegation?> FirstAsync(Series series, CardPlace? leadersCard, DateTimeOffset now, CancellationToken cancel)
    {
        if (series.Offering is { } date && SeriesRules.OriginOf(series, date) == series.Origin)
        {
            await OfferAsync(series, date, leadersCard, now, cancel);
        }
        store.Nudge(series);
        return await delegations.FindByOriginAsync(series.Tenant, series.Origin, cancel);
    }
}
