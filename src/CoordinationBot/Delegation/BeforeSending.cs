using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using NodaTime.Extensions;

namespace CoordinationBot.Delegations;

/// <summary>Reads what a leader should know before something is sent, and tells another leader whose work it clashes with.</summary>
internal sealed class BeforeSending(DelegationIndex index, DelegationStore store, PeopleDirectory directory, AuthorityStore authorities, ChainReader chains, TimeProvider clock)
{
    private const int MostOpen = 1000;

    /// <summary>What stands on the card that reads everything back.</summary>
    public async ValueTask<ReviewNotes> NotesAsync(Turn turn, Draft draft, DialogContext context, CancellationToken cancel)
    {
        var terms = DelegationForm.TermsOf(draft, context);
        if (await directory.FindAsync(turn.Tenant, draft.Values[DelegationForm.Assignee.Id], cancel) is not { } person)
        {
            return ReviewNotes.None;
        }
        var assignee = new Party(person.ObjectId, person.Name);
        var leaderId = turn.Actor.ObjectId;
        var open = await index.ListAsync(turn.Tenant, assignee.ObjectId, Role.Assignee, open: true, MostOpen, cancel);
        var policies = (await authorities.ReadAsync(turn.Tenant, cancel)).Policies;
        // What is handed on stands under the chain above it, which rules again when it is sent.
        var (barrier, asked) = draft.About is { } about ? await HandingOnAsync(turn, about.Key, terms, assignee, cancel) : (null, null);
        var beyond = draft.About is null ? await BeyondMandateAsync(turn, terms, assignee, RepeatFields.Of(draft, context) is not null, cancel) : null;
        return new ReviewNotes(
            [
                .. beyond?.Able is [var able, ..] ? (string[])[$"It lies beyond what you may decide. ({beyond.Clause}) {able.Name} can give it and is asked; {assignee.Name} hears of it only then."] : [],
                .. asked is null ? (string[])[] : [asked],
                .. AbsenceRules.At(person, turn.Now.ToInstant()) is { } away ? (string[])[$"{assignee.Name} is away until {AbsenceRules.Read(away.LastDay)}."] : [],
                SendingRules.Load(assignee, open, leaderId, terms.Due, turn.Now),
                // What it is handed on from is the same work.
                .. SendingRules.Sentences(SendingRules.Clashes(open, draft.About?.Key, leaderId, terms.Due)),
                .. SendingRules.Applying(policies, terms).Select(policy => $"Policy {policy.Id} will count: {policy.Rule}"),
            ],
            barrier ?? (beyond is { Able: [] } ? beyond.Barrier : null))
        {
            SendTitle = beyond?.Able is [var first, ..] ? $"Ask {first.Name}" : null,
        };
    }

    /// <summary>Why it cannot be handed on like that, or who must approve it first.</summary>
    private async ValueTask<(string? Barrier, string? Asked)> HandingOnAsync(Turn turn, string parentId, Terms terms, Party assignee, CancellationToken cancel)
    {
        if (await store.FindAsync(turn.Tenant, parentId, cancel) is not { } parent || parent.RoleOf(turn.Actor.ObjectId) != Role.Assignee)
        {
            return (null, null); // Answered when it is sent.
        }
        var handOn = new DeclaredAct.HandOn("", "", assignee, HandOnRules.PassedOn(terms, parent));
        return RulingRules.Rule(parent, await chains.ReadAsync(parent, cancel), handOn, turn.Now) switch
        {
            Ruling.Forbidden forbidden => ($"{forbidden.Sentence} ({forbidden.Clause})", null),
            Ruling.NeedsApproval { Needs: var needs } => (null, $"{string.Join(" and ", DeclareRules.Approvers(needs).Select(party => party.Name))} must approve it first. ({Need.ClauseOf(needs)})"),
            _ => (null, null),
        };
    }

    /// <summary>What keeps the speaker from giving this in their own right; null when nothing does. Nobody is asked to give what recurs: they would answer once for ever.</summary>
    public async ValueTask<BeyondMandate?> BeyondMandateAsync(Turn turn, Terms terms, Party assignee, bool recurs, CancellationToken cancel)
    {
        var known = await authorities.ReadAsync(turn.Tenant, cancel);
        var leaderId = turn.Actor.ObjectId;
        return MandateRules.Beyond(known.MandateOf(leaderId), terms, assignee) is { } clause ? new BeyondMandate(clause, recurs ? [] : MandateRules.Able(MandateRules.Above(known, leaderId), leaderId, terms, assignee)) { Recurs = recurs } : null;
    }

    /// <summary>
    /// Tells each leader whose work is due on the same day, once. A wake-up does it as long as the offer is open. Where a date was moved, its own
    /// leader is told as well: a first offer was looked at before it was sent.
    /// </summary>
    public async ValueTask TellOthersAsync(Delegation offered, CancellationToken cancel)
    {
        var version = offered.Terms.Version;
        if (offered.State != DelegationState.Offered || (version > 1 && (await store.TermsAsync(offered, version - 1, cancel)).Due == offered.Terms.Due))
        {
            return;
        }
        var name = version == 1 ? offered.Id : string.Create(CultureInfo.InvariantCulture, $"{offered.Id}-{version}");
        var zone = Zones.Find(offered.Terms.Due.Zone);
        var day = offered.Terms.Due.At.ToInstant().InZone(zone).Date;
        var (from, until) = (zone.AtStartOfDay(day).ToDateTimeOffset(), zone.AtStartOfDay(day.PlusDays(1)).ToDateTimeOffset());
        var thatDay = await index.DueAsync(offered.Tenant, offered.Assignee.ObjectId, from, until, cancel);
        foreach (var clash in SendingRules.Clashes(thatDay, offered.Id, offered.Leader.ObjectId, offered.Terms.Due).Where(clash => offered.Ancestors?.Contains(clash.Id) != true))
        {
            if (SendingRules.Told(offered) is { } told)
            {
                await store.TellOnceAsync(offered.Tenant, clash.Id, $"clash-{name}", clash.Leader.ObjectId, told, clock.GetUtcNow(), cancel);
            }
            if (version > 1 && SendingRules.Sentences([clash]).FirstOrDefault() is { } seen)
            {
                await store.TellOnceAsync(offered.Tenant, offered.Id, $"clash-{clash.Id}-{version.ToString(CultureInfo.InvariantCulture)}", offered.Leader.ObjectId, seen, clock.GetUtcNow(), cancel);
            }
        }
    }
}

/// <summary>Terms that a leader may not give in their own right.</summary>
/// <param name="Clause">Of their mandate.</param>
/// <param name="Able">Who can give them, the one to ask first.</param>
internal sealed record BeyondMandate(Clause Clause, IReadOnlyList<Party> Able)
{
    public bool Recurs { get; init; }

    /// <summary>What a leader reads when nobody can.</summary>
    public string Barrier => $"It lies beyond what you may decide. ({Clause}) {(Recurs ? "What recurs is given in your own right: let it come once only" : "Nobody above you can give it either")}; an administrator can change your mandate.";
}
