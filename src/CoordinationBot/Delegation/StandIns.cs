using CoordinationBot.Authority;
using CoordinationBot.People;

namespace CoordinationBot.Delegations;

/// <summary>Deputies of those whose answer a delegation waits for.</summary>
internal sealed class StandIns(DelegationStore store, Deputies deputies, PeopleDirectory directory)
{
    /// <summary>The act, also for those who are away and whose deputy the actor is. Whoever is asked themselves needs no look at the others.</summary>
    public async ValueTask<Act> ActAsync(Delegation delegation, string? requestId, Act act, string tenant, CancellationToken cancel)
    {
        var asked = Waiting(delegation).Where(one => one.Request == requestId).Select(one => one.Approver.ObjectId).ToList();
        if (asked.Contains(act.ActorId))
        {
            return act;
        }
        var silent = Of(delegation, requestId).Where(standIn => standIn.Deputy.ObjectId == act.ActorId && standIn.Reason != StandInReason.Away).ToList();
        if (silent.Count > 0)
        {
            act = act with
            {
                Who = silent[0].Deputy,
                Absent = [.. silent.Where(standIn => standIn.Reason == StandInReason.Silent).Select(standIn => standIn.For.ObjectId)],
                Silent = [.. silent.Where(standIn => standIn.Reason == StandInReason.SilentAbove).Select(standIn => standIn.For.ObjectId)],
            };
        }
        List<string> absent = [];
        foreach (var approver in asked)
        {
            if ((await deputies.AnswererForAsync(tenant, approver, act.Now, cancel))?.ObjectId == act.ActorId)
            {
                absent.Add(approver);
            }
        }
        return absent.Count > 0 && await directory.FindAsync(tenant, act.ActorId, cancel) is { } deputy
            ? act with { Absent = [.. act.Absent, .. absent], Who = new Party(deputy.ObjectId, deputy.Name) }
            : act;
    }

    /// <summary>Whether this person answers now for somebody the delegation waits for.</summary>
    public async ValueTask<bool> AnswersAsync(Delegation delegation, string objectId, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var approver in Waiting(delegation).Select(one => one.Approver.ObjectId).Distinct())
        {
            if (delegation.MayStandIn(objectId) && (await deputies.AnswererForAsync(delegation.Tenant, approver, now, cancel))?.ObjectId == objectId)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Asks the deputies of all who are away, once for each request.</summary>
    public async ValueTask<Delegation> AskAsync(Delegation delegation, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var (request, approver) in Waiting(delegation).ToList())
        {
            var answerer = await deputies.AnswererForAsync(delegation.Tenant, approver.ObjectId, now, cancel);
            if (answerer is null || answerer.ObjectId == approver.ObjectId)
            {
                continue;
            }
            if (delegation.MayStandIn(answerer.ObjectId))
            {
                delegation = await AskAsync(delegation, request, approver, new Party(answerer.ObjectId, answerer.Name), now, cancel);
            }
            else
            {
                await store.TellOnceAsync(delegation.Tenant, delegation.Id, $"waits-{request}-{approver.ObjectId}", delegation.Asker.ObjectId, Waits(delegation, approver, answerer), now, cancel);
            }
        }
        return delegation;
    }

    /// <summary>What whoever asked reads when nobody answers for somebody who is away.</summary>
    private static string Waits(Delegation delegation, Party away, Person answerer) =>
        $"{away.Name} is away, and nobody answers this for them: {(delegation.Asker.ObjectId == answerer.ObjectId ? "their deputy is you, and this is your own request" : delegation.Assignee.ObjectId == answerer.ObjectId ? $"their deputy is {answerer.Name}, for whom it is" : "it is confidential")}. It waits until they are back.";

    /// <summary>Whose answers a delegation waits for: to held acts, and to a change of the terms.</summary>
    public static IEnumerable<(string Request, Party Approver)> Waiting(Delegation delegation) =>
        delegation.Dealings.Held.Where(held => !held.Raising).SelectMany(held => DeclareRules.Approvers(held.Needs).Select(approver => (held.Id, approver)))
            .Concat(delegation.Request is { } request ? [(request.Id, delegation.Leader)] : []);

    /// <summary>The same with those who are asked too, since somebody is silent.</summary>
    public static IEnumerable<(string Request, Party Approver)> Asked(Delegation delegation) =>
        Waiting(delegation).SelectMany(one => Of(delegation, one.Request)
            .Where(standIn => standIn.Reason != StandInReason.Away && standIn.For.ObjectId == one.Approver.ObjectId)
            .Select(standIn => (one.Request, standIn.Deputy))
            .Prepend(one));

    /// <summary>Who is asked too about a request.</summary>
    public static IReadOnlyList<StandIn> Of(Delegation delegation, string? request) =>
        (delegation.Request is { } change && change.Id == request ? change.StandIns : delegation.Dealings.Held.FirstOrDefault(held => held.Id == request)?.StandIns) ?? [];

    private async ValueTask<Delegation> AskAsync(Delegation delegation, string request, Party away, Party deputy, DateTimeOffset now, CancellationToken cancel)
    {
        var outcome = await store.UpdateAsync(
            delegation.Tenant,
            delegation.Id,
            $"stand-in-{request}-{away.ObjectId}-{deputy.ObjectId}",
            known => known.Request?.Id == request ? ChangeRules.StandIn(known, request, deputy, now) : ApprovalRules.StandIn(known, request, away, deputy, now),
            cancel);
        return outcome switch
        {
            Outcome.Changed changed => changed.State,
            Outcome.Unchanged unchanged => unchanged.State,
            _ => delegation,
        };
    }
}
