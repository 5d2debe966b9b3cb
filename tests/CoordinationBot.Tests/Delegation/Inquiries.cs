using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

/// <summary>Uncertain delegations from Ann to Bob, brought into a state by the rules themselves. Carol and Dan must be consulted.</summary>
internal static class Inquiries
{
    public const string Carol = "carol";
    public const string Dan = "dan";
    public const string Sentence = "D-7K3F9Q, version 1: Look into this and come back with options. Do not commit to anything yet.";

    public static readonly Chain Alone = new([], new Mandate { IsUnlimited = true, Origin = "Mandate of Ann" }, [], []);

    public static readonly Terms Uncertain = new(1, "Where to hold the summer party", AuthorizationType.Uncertain, Friday, [])
    {
        Aim = "Which place is best for 80 people?",
        Bounds = Bounds.None with { Budget = new(500, "EUR"), Involvement = Involvement.Named, People = [new(Carol, "Carol Cole"), new(Dan, "Dan Dorn")] },
    };

    public static readonly Terms Deterministic = new(0, "Rent the hall", AuthorizationType.Deterministic, new Due(Now.AddDays(20), "Europe/Berlin"), [new("Call the owner", Evidence.None), new("Sign the contract", Evidence.Link)]);

    public static readonly Terms Flexible = new(0, "Rent the hall", AuthorizationType.Flexible, new Due(Now.AddDays(20), "Europe/Berlin"), [])
    {
        Aim = "A hall for 80 people",
        Bounds = Bounds.None with { Budget = new(4000, "EUR"), OutsideCommitments = true },
    };

    public static Option Hall => new("", "Rent a hall", "Room for all.", "Far away.", "It may be taken.", new(3000, "EUR"));

    public static Option Garden => new("", "Use the garden", "It costs nothing.", "No roof.", "Rain.", null);

    public static Act From(string who, int version = 1, double hours = 1) => new(who, version, Now.AddHours(hours));

    public static Delegation Offered(Terms? terms = null) => Samples.Offered(terms ?? Uncertain);

    public static Delegation Accepted(Terms? terms = null) => Done(OfferRules.Accept(Offered(terms), By(Bob), "I compare three places."));

    /// <summary>Two options, commented on by both.</summary>
    public static Delegation Consulted(Terms? terms = null)
    {
        var delegation = Done(InquiryRules.AddOption(Accepted(terms), By(Bob), Hall));
        delegation = Done(InquiryRules.AddOption(delegation, By(Bob), Garden));
        delegation = Done(InquiryRules.Comment(delegation, By(Carol), "O1", "The hall is loud."));
        return Done(InquiryRules.Comment(delegation, By(Dan), null, "Ask the choir, too."));
    }

    public static Delegation Proposed(Terms? terms = null) => Done(InquiryRules.Propose(Consulted(terms), By(Bob)));

    public static Delegation In(DelegationState state) => state switch
    {
        DelegationState.Offered => Offered(),
        DelegationState.Declined => Done(OfferRules.Decline(Offered(), By(Bob), "No time")),
        DelegationState.Accepted => Accepted(),
        DelegationState.InProgress => Consulted(),
        DelegationState.WaitingForApproval => Done(ChangeRules.Request(Consulted(), Inquiries.Alone, By(Bob), new TermsChange(ChangeKind.MoveDeadline, Due: new Due(Now.AddDays(9), "Europe/Berlin")), "The owner is away")),
        DelegationState.HandedIn => Proposed(),
        DelegationState.Returned => Done(ChoiceRules.AskForMore(Proposed(), By(Ann), "What about the lake?")),
        DelegationState.Done => Done(ChoiceRules.Close(Proposed(), By(Ann), "There is no party")),
        DelegationState.Revoked => Done(OfferRules.Revoke(Consulted(), By(Ann), "Not needed any more")),
        DelegationState.Expired => Done(OfferRules.Expire(Consulted(), Friday.At.AddMinutes(1))),
        DelegationState.Requested => Requested(Uncertain),
    };
}
