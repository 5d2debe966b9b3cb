using CoordinationBot.Authority;
using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Delegations;

/// <summary>Delegations from Ann to Bob, brought into a state by the rules themselves. Eve is a stranger.</summary>
internal static class Samples
{
    public const string Ann = "ann";
    public const string Bob = "bob";
    public const string Eve = "eve";
    public const string Id = "D-7K3F9Q";
    public const string Brief = "I will do the steps one by one.";

    /// <summary>Fits every kind of evidence.</summary>
    public const string Link = "https://files.example.org/report";

    /// <summary>A Monday.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static readonly Due Friday = new(Now.AddDays(4), "Europe/Berlin");

    /// <summary>All in which both know of it. As long as it waits to be given, the assignee knows nothing.</summary>
    public static readonly IReadOnlyList<DelegationState> States = [.. Enum.GetValues<DelegationState>().Where(state => state != DelegationState.Requested)];

    /// <summary>Beyond what Ann may decide: Carol is asked to give it.</summary>
    public static Delegation Requested(Terms? terms = null) =>
        GrantRules.Request(terms is null ? Offered() : Offered(terms), new Clause("Mandate of Ann Abel", "up to 500 EUR"), new Party("carol", "Carol Cole")).State;

    public static Act By(string who, int version = 1) => new(who, version, Now.AddHours(1));

    public static Terms Terms(params Evidence[] evidence) =>
        new(1, "Quarterly report", AuthorizationType.Deterministic, Friday, [.. evidence.Select((needed, index) => new Step($"Step {(char)('A' + index)}", needed))]);

    public static Delegation Offered(params Evidence[] evidence) => Offered(Terms(evidence.Length == 0 ? [Evidence.None, Evidence.None, Evidence.None] : evidence));

    public static Delegation Offered(Terms terms) => OfferRules.Offer(Id, "tenant", "draft-1", new Party(Ann, "Ann Abel"), new Party(Bob, "Bob Berg"), terms, Now).State;

    public static Delegation Accepted(params Evidence[] evidence) => Done(OfferRules.Accept(Offered(evidence), By(Bob), Brief));

    /// <summary>Accepted, with this many of its steps complete.</summary>
    public static Delegation Completed(int count, params Evidence[] evidence)
    {
        var delegation = Accepted(evidence);
        for (var step = 1; step <= count; step++)
        {
            delegation = Done(StepRules.Complete(delegation, By(Bob), step, Link));
        }
        return delegation;
    }

    /// <summary>Three steps and one open question; one step complete where there is work, all where it is handed in.</summary>
    public static Delegation In(DelegationState state)
    {
        var offered = Done(QuestionRules.Ask(Offered(), By(Bob), "Which template?"));
        var accepted = Done(OfferRules.Accept(offered, By(Bob), Brief));
        var begun = Done(StepRules.Complete(accepted, By(Bob), 1, null));
        var complete = Done(StepRules.Complete(Done(StepRules.Complete(begun, By(Bob), 2, null)), By(Bob), 3, null));
        var handedIn = Done(StepRules.HandIn(complete, By(Bob), "All done"));
        return state switch
        {
            DelegationState.Offered => offered,
            DelegationState.Declined => Done(OfferRules.Decline(offered, By(Bob), "No time")),
            DelegationState.Accepted => accepted,
            DelegationState.InProgress => begun,
            DelegationState.WaitingForApproval => Done(ChangeRules.Request(begun, Inquiries.Alone, By(Bob), new TermsChange(ChangeKind.Skip, 3), "Not needed")),
            DelegationState.HandedIn => handedIn,
            DelegationState.Returned => Done(StepRules.Return(handedIn, By(Ann), "The figures are old", 2)),
            DelegationState.Done => Done(StepRules.AcceptResult(handedIn, By(Ann))),
            DelegationState.Revoked => Done(OfferRules.Revoke(begun, By(Ann), "Not needed any more")),
            DelegationState.Expired => Done(OfferRules.Expire(offered, Friday.At.AddMinutes(1))),
            DelegationState.Requested => Requested(),
        };
    }

    /// <summary>The new state of something that must be done.</summary>
    public static Delegation Done(Outcome outcome) => Assert.IsType<Outcome.Changed>(outcome).State;

    public static string Long(int characters) => new('x', characters);
}
