using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
namespace CoordinationBot.Delegations;

/// <summary>From draft to accepted or declined; and revoking.</summary>
internal static class OfferRules
{
    /// <summary>Why these terms cannot be offered, or null when they can.</summary>
    public static string? CheckTerms(Terms terms, string leaderId, string assigneeId, string botId, DateTimeOffset now) =>
        DelegationLimits.Check(terms.Title, "what is to be done", DelegationLimits.Title)
        ?? CheckAssignee(leaderId, assigneeId, botId)
        ?? CheckDue(terms.Due, now)
        ?? (terms.Objective is { } objective ? DelegationLimits.Check(objective, "the objective", DelegationLimits.Objective) : null)
        ?? terms.Type switch
        {
            AuthorizationType.Deterministic => CheckSteps(terms.Steps) ?? CheckBounds(terms.Limits, leaderId, assigneeId),
            AuthorizationType.Flexible => DelegationLimits.Check(terms.Aim, "the outcome you want", DelegationLimits.Words) ?? CheckBounds(terms.Limits, leaderId, assigneeId),
            AuthorizationType.Uncertain => DelegationLimits.Check(terms.Aim, "the question", DelegationLimits.Words)
                ?? (terms.Limits.People.Count > DelegationLimits.Consulted ? $"{terms.Limits.People.Count} people are too many to consult; at most {DelegationLimits.Consulted} fit." : null)
                ?? CheckBounds(terms.Limits, leaderId, assigneeId),
        };

    public static string? CheckAssignee(string leaderId, string assigneeId, string botId) =>
        assigneeId == leaderId ? "That is you. A delegation needs somebody else; please choose another person."
        : assigneeId == botId ? "That is me, and I never do the work or decide for anybody. Please choose a person."
        : null;

    public static string? CheckBounds(Bounds bounds, string leaderId, string assigneeId) =>
        bounds.Budget is { Amount: <= 0 } ? "A budget is above zero. Leave it empty when nothing may be spent."
        : bounds.Budget is { Amount: > Money.Most } ? "That is more than any budget here can be. Please check the amount."
        : bounds.Depth is < 0 or > DelegationLimits.Depth ? $"It can be handed on 0 to {DelegationLimits.Depth} levels deep."
        : CheckNamed(bounds.People, leaderId, assigneeId) ?? CheckMustNot(bounds.MustNot);

    public static string? CheckNamed(IReadOnlyList<Party> people, string leaderId, string? assigneeId) =>
        people.Count > DelegationLimits.Involved ? $"{people.Count} people are too many; at most {DelegationLimits.Involved} fit."
        : people.Any(person => person.ObjectId == assigneeId || person.ObjectId == leaderId) ? "You two are part of it already. Please name others."
        : null;

    public static string? CheckMustNot(IReadOnlyList<string> lines) =>
        lines.Count > DelegationLimits.MustNot ? $"{lines.Count} lines are too many; at most {DelegationLimits.MustNot} fit."
        : lines.Select((line, index) => DelegationLimits.Check(line, $"line {index + 1} of what must not be done", DelegationLimits.StepText)).FirstOrDefault(refusal => refusal is not null);

    public static string? CheckSteps(IReadOnlyList<Step> steps) => steps.Count switch
    {
        0 => "Please list at least one step: deterministic means doing exactly these steps, in this order.",
        > DelegationLimits.Steps => $"{steps.Count} steps are too many for one delegation; at most {DelegationLimits.Steps} fit. Please split it.",
        _ => steps.Select((step, index) => DelegationLimits.Check(step.Text, $"step {index + 1}", DelegationLimits.StepText)).FirstOrDefault(refusal => refusal is not null),
    };

    public static string? CheckDue(Due due, DateTimeOffset now) =>
        due.At <= now ? "That deadline has passed. Please choose a later one." : null;

    /// <summary>A new delegation below another, as the parent's history says.</summary>
    public static Outcome.Changed Offer(string tenant, Effect.Create create) =>
        Offer(create.Target, tenant, create.HandOn.Origin, create.Leader, create.HandOn.Assignee, create.HandOn.Terms, create.At, create.Ancestors);

    /// <summary>A new delegation, offered. The terms were checked.</summary>
    public static Outcome.Changed Offer(string id, string tenant, string origin, Party leader, Party assignee, Terms terms, DateTimeOffset now, IReadOnlyList<string>? ancestors = null, Occurrence? occurrence = null)
    {
        var offered = new Delegation
        {
            Id = id,
            Tenant = tenant,
            Leader = leader,
            Assignee = assignee,
            Terms = terms with { Version = 1 },
            State = DelegationState.Offered,
            Revision = 1,
            Origin = origin,
            CreatedAt = now,
            Ancestors = ancestors,
            Occurrence = occurrence,
        };
        return new Outcome.Changed(
            offered,
            new HistoryEntry(1, now, leader, 1, $"Offered to {assignee.Name}{(occurrence is null ? "" : $" ({occurrence})")}", DelegationRules.TermsClause(offered).ToString()),
            new Tell(Role.Assignee, $"{leader.Name} asks you to take this on."));
    }

    public static Outcome Accept(Delegation delegation, Act act, string? backBrief)
    {
        if (delegation.RoleOf(act.ActorId) == Role.Assignee && act.Version == delegation.Terms.Version && delegation.BackBrief is { } given && given == backBrief)
        {
            return new Outcome.Unchanged(delegation);
        }
        if (DelegationRules.Bar(delegation, act, Role.Assignee, DelegationState.Offered) is { } bar)
        {
            return bar;
        }
        var refusal = DelegationLimits.Check(backBrief, "in your own words what you will do", DelegationLimits.Words)
            ?? (backBrief!.Length < DelegationLimits.ShortestBackBrief ? "Please say in a sentence of your own what you will do, so that you both know you mean the same." : null);
        return refusal is not null
            ? new Outcome.Refused(refusal)
            : DelegationRules.Change(
                delegation,
                act,
                delegation with { State = Working(delegation), BackBrief = backBrief, Reason = null },
                $"Accepted version {delegation.Terms.Version}: {backBrief}",
                DelegationRules.TermsClause(delegation),
                [new Tell(Role.Leader, delegation.Terms.Version == 1 ? $"{delegation.Assignee.Name} accepted. Please read the back-brief." : $"{delegation.Assignee.Name} accepted version {delegation.Terms.Version}."), .. Consulting(delegation)]);
    }

    public static Outcome Decline(Delegation delegation, Act act, string? reason)
    {
        if (delegation.State == DelegationState.Declined && delegation.RoleOf(act.ActorId) == Role.Assignee && delegation.Reason == reason)
        {
            return new Outcome.Unchanged(delegation);
        }
        return DelegationRules.Bar(delegation, act, Role.Assignee, DelegationState.Offered)
            ?? (DelegationLimits.Check(reason, "why you decline, so that the leader can arrange it otherwise", DelegationLimits.Words) is { } refusal
                ? new Outcome.Refused(refusal)
                : DelegationRules.Change(
                    delegation,
                    act,
                    delegation with { State = DelegationState.Declined, Reason = reason },
                    $"Declined: {reason}",
                    null,
                    new Tell(Role.Leader, $"{delegation.Assignee.Name} declined.")));
    }

    /// <summary>Ends it at once. The version does not matter: a leader may stop what has changed meanwhile.</summary>
    public static Outcome Revoke(Delegation delegation, Act act, string? reason)
    {
        if (DelegationRules.BarPerson(delegation, act, Role.Leader) is { } bar)
        {
            return bar;
        }
        if (delegation.State == DelegationState.Revoked)
        {
            return new Outcome.Unchanged(delegation);
        }
        if (!delegation.IsOpen)
        {
            return new Outcome.Stale($"Nothing was changed: {DelegationRules.Standing(delegation)}");
        }
        return DelegationLimits.Check(reason, $"why, so that {delegation.Assignee.Name} knows", DelegationLimits.Words) is { } refusal
            ? new Outcome.Refused(refusal)
            : DelegationRules.Change(
                delegation,
                act,
                delegation with { State = DelegationState.Revoked, Reason = reason, Request = null },
                $"Revoked: {reason}",
                DelegationRules.RoleClause(delegation, Role.Leader),
                new Tell(Role.Assignee, $"{delegation.Leader.Name} revoked this. Please stop; nothing more is permitted under it."));
    }

    /// <summary>Nobody ever took it on, or a question was never answered. A new version of accepted work is overdue, and goes on.</summary>
    public static bool CanExpire(Delegation delegation) => delegation is { State: DelegationState.Offered, Terms.Version: 1 } or { State: DelegationState.Requested } || InquiryRules.CanExpire(delegation);

    /// <summary>Nobody took it on before it was due. The date is the leader's, so their name stands in the history.</summary>
    public static Outcome Expire(Delegation delegation, DateTimeOffset now) =>
        !CanExpire(delegation) || now <= delegation.Terms.Due.At
            ? new Outcome.Unchanged(delegation)
            : InquiryRules.CanExpire(delegation) ? InquiryRules.Expire(delegation, now)
            : DelegationRules.Change(
                delegation,
                Act.Of(delegation.Leader, delegation.Terms.Version, now),
                delegation with { State = DelegationState.Expired },
                delegation.IsGiven ? "Expired: it was not accepted before it was due" : "Expired: it was not given before it was due",
                new Clause(DelegationRules.Origin(delegation), $"by {Zones.Read(delegation.Terms.Due.At, delegation.Terms.Due.Zone)}"),
                new Tell(Role.Leader, $"It expired: {(delegation.IsGiven ? $"{delegation.Assignee.Name} did not accept it" : $"{GrantRules.Asked(delegation)} did not answer")} before it was due."),
                new Tell(Role.Assignee, "It expired. Nothing more is to be done."));

    /// <summary>The state of accepted work, which a new version or a refused change comes back to.</summary>
    public static DelegationState Working(Delegation delegation) =>
        delegation.Completions.Count == 0 && (delegation.Inquiry is null || delegation.Terms.Type != AuthorizationType.Uncertain) ? DelegationState.Accepted : DelegationState.InProgress;

    /// <summary>Those who must be consulted hear of it when it begins.</summary>
    private static IEnumerable<Tell> Consulting(Delegation delegation) =>
        delegation.Terms is { Type: AuthorizationType.Uncertain, Version: 1 }
            ? [new Tell(Role.Consulted, $"{delegation.Assignee.Name} looks into a question for {delegation.Leader.Name}, and you are consulted. What do you think?")]
            : [];
}
