using System.Globalization;
using System.Text.Json;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Tests.Delegations;

namespace CoordinationBot.Tests.Cards;

/// <summary>The cards of flexible delegations, of acts that are declared, and of approvals.</summary>
internal static class BoundsGallery
{
    private const string Zone = "Europe/Berlin";
    private const int Name = 60;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        foreach (var state in Samples.States)
        {
            foreach (var role in (Role[])[Role.Leader, Role.Assignee])
            {
                yield return ($"flexible-{Words(state)}-{Words(role)}", office => Card(In(office, state), role));
            }
        }
        yield return ("flexible-books-assignee", office => Card(Busy(office), Role.Assignee));
        yield return ("flexible-books-leader", office => Card(Busy(office), Role.Leader));
        yield return ("flexible-no-bounds-assignee", office => Card(In(office, DelegationState.InProgress) is var given ? given with { Terms = given.Terms with { Bounds = null } } : given, Role.Assignee));
        yield return ("books-first-page", office => BoundsCards.All(Busy(office), 0, Zone, Now));
        yield return ("books-last-page", office => BoundsCards.All(Busy(office), 1000, Zone, Now));

        foreach (var kind in Enum.GetValues<ActKind>())
        {
            yield return ($"declare-{Words(kind)}", office => DelegationCards.For(View(office, Busy(office), Role.Assignee) with { Declaring = kind }));
        }
        yield return ("declare-which-person", office => DelegationCards.For(View(office, In(office, DelegationState.InProgress), Role.Assignee) with
        {
            Declaring = ActKind.Involve,
            Refusal = $"“{office.Typed("Alex", Name)}” may be {office.Typed("Alex Able", Name)} or {office.Typed("Alex Baker", Name)}. Please choose.",
            Options = [new NameEntry("o1", office.Typed("Alex Able", Name), "alex.able@example.com"), new NameEntry("o2", office.Typed("Alex Baker", Name), null)],
        }));
        yield return ("declare-refused", office => DelegationCards.For(View(office, In(office, DelegationState.InProgress), Role.Assignee) with
        {
            Declaring = ActKind.Spend,
            Refusal = "Please add the currency, for example 1,200 EUR.",
            Typed = Sent(("amount", office.Typed("1,200", ActInputs.LongestAmount)), ("what", office.Typed("printing", DelegationLimits.Title)), ("because", office.Typed("The old ones are wrong.", DelegationLimits.Words))),
        }));
        yield return ("declare-recorded", office => DelegationCards.For(View(office, Busy(office), Role.Assignee) with { News = [$"{BoundsText.Done(Spend(office))}. 1,200 EUR left. ({DelegationRules.TermsClause(Busy(office))})"] }));
        yield return ("declare-which-task", office => ActCards.Which(
            new Dictionary<string, string> { ["kind"] = "Spend", ["amount"] = office.Typed("1,200 EUR", DelegationLimits.Words), ["what"] = office.Typed("printing", DelegationLimits.Words) },
            office.Typed("spent 1,200 EUR on printing", 2000),
            [.. Enumerable.Range(1, office.ManySteps ? 25 : 2).Select(number => new IndexEntry(string.Create(CultureInfo.InvariantCulture, $"D-7K3F{number:D2}"), 4, office.Typed("Arrange the summer event", DelegationLimits.Title), Leader(office), Assignee(office), DelegationState.InProgress, new Due(Now.AddDays(4), Zone), 0, 0))]));

        foreach (var (name, act) in Acts)
        {
            yield return ($"approval-{name}-leader", office => Card(Held(office, act(office)), Role.Leader));
            yield return ($"approval-{name}-assignee", office => Card(Held(office, act(office)), Role.Assignee));
            yield return ($"approval-{name}-approver", office => Card(Held(office, act(office), policy: true), Role.Approver));
        }
        yield return ("request-leader", office => Card(Requested(In(office, DelegationState.Offered)), Role.Leader));
        yield return ("request-approver", office => Card(Requested(In(office, DelegationState.Offered)), Role.Approver));
        yield return ("request-steps-approver", office => Card(Requested(Samples.Offered(new Terms(1, office.Typed("Pay the invoices", DelegationLimits.Title), AuthorizationType.Deterministic, new Due(Now.AddDays(25), Zone),
            [.. Enumerable.Range(1, office.ManySteps ? DelegationLimits.Steps : 3).Select(number => new Step(office.Typed($"Check invoice {number}", DelegationLimits.StepText), Evidence.Note))]))), Role.Approver));
        yield return ("request-refused-leader", office => Card(
            Samples.Done(ApprovalRules.Refuse(Requested(In(office, DelegationState.Offered)), Samples.By("kim"), "R1", office.Typed("Not this year.", DelegationLimits.Words))), Role.Leader));
        yield return ("approval-several-leader", office => Card(Several(office), Role.Leader));
        yield return ("approval-several-approver", office => Card(Several(office, policy: true), Role.Approver));
        yield return ("approval-several-assignee", office => Card(Several(office), Role.Assignee));
        yield return ("approval-half-approver", office => Card(Held(office, Spend(office), policy: true, leaderApproved: true), Role.Approver));
        yield return ("approval-raising-assignee", office => Card(Raising(office), Role.Assignee));
        yield return ("approval-passing-leader", office => DelegationCards.For(View(office, Held(office, Spend(office)), Role.Leader) with { Passing = [Approver(office), new Party("adele", office.Typed("Adele Vance", Name))] }));
        yield return ("approval-deputy", office => Card(Deputized(office), Role.Approver));
        yield return ("approval-deputy-change", office => Card(DeputizedChange(office), Role.Approver));
        yield return ("approval-answered-approver", office => Card(
            In(office, DelegationState.InProgress) with
            {
                Ledger = Ledger.Empty.Ending(Enumerable.Range(1, 3).Select(number => new Answer($"R{number}", BoundsText.Act(Spend(office)), $"Refused by {Approver(office).Name} for {Leader(office).Name}. Because: {office.Typed("It will be dry.", DelegationLimits.Words)}", ["kim"]))) with { Asked = [Approver(office)] },
            },
            Role.Approver));
        yield return ("approvals-0", _ => ApprovalListCards.List(new ApprovalPage([], false, true), Zone));
        yield return ("approvals-0-more", _ => ApprovalListCards.List(new ApprovalPage([], false, false), Zone));
        yield return ("approvals-8", office => ApprovalListCards.List(
            new ApprovalPage([.. Enumerable.Range(1, 8).Select(number => new WaitingApproval(Held(office, Spend(office)), "R5", number % 3 == 0 ? Person(office) : null, "2026-11-23T09:00:00.0000000Z|D-7K3F9Q|R5"))], true, false), Zone));
    }

    private static readonly (string Name, Func<Gallery, DeclaredAct> Make)[] Acts =
    [
        ("spend", Spend),
        ("plan", office => new DeclaredAct.Plan(new Money(3000, "EUR"), office.Typed("the event", DelegationLimits.Title), Now.AddDays(19))),
        ("involve", office => new DeclaredAct.Involve(new Party("eve", office.Typed("Eve Ek", Name)))),
        ("commit", office => new DeclaredAct.Commit(office.Typed("Contoso", DelegationLimits.Title), office.Typed("delivery on 3 Dec", DelegationLimits.StepText))),
    ];

    private static CoordinationBot.Delegations.Delegation Requested(CoordinationBot.Delegations.Delegation offered) =>
        GrantRules.Request(offered with { BackBrief = null, Reason = null }, new Clause("Mandate of Ann Abel", "up to 500 EUR"), new Party("kim", "Kim Kern")).State;

    private static DeclaredAct.Spend Spend(Gallery office) => new(new Money(1200.5m, "EUR"), office.Typed("printing", DelegationLimits.Title));

    private static Party Leader(Gallery office) => new("ann", office.Typed("Ann Abel", Name));

    private static Party Assignee(Gallery office) => new("bob", office.Typed("Bob Berg", Name));

    private static Party Approver(Gallery office) => new("kim", office.Typed("Kim Kern", Name));

    private static Person Person(Gallery office) => new() { Tenant = "t", ObjectId = "ann", TeamsId = "29:ann", Name = office.Typed("Ann Abel", Name), ServiceUrl = "http://localhost:9/", BotId = "28:bot" };

    private static AdaptiveCard Card(CoordinationBot.Delegations.Delegation delegation, Role role) => DelegationCards.For(View(null, delegation, role));

    private static DelegationView View(Gallery? _, CoordinationBot.Delegations.Delegation delegation, Role role) =>
        new(delegation, role, Zone, Now) { Viewer = role switch { Role.Leader => "ann", Role.Assignee => "bob", Role.Approver => "kim", Role.Consulted => "adele" } };

    private static CoordinationBot.Delegations.Delegation In(Gallery office, DelegationState state)
    {
        var isAccepted = state is not (DelegationState.Offered or DelegationState.Declined or DelegationState.Expired);
        return new CoordinationBot.Delegations.Delegation
        {
            Id = "D-7K3F9Q",
            Tenant = "t",
            Leader = Leader(office),
            Assignee = Assignee(office),
            Terms = new Terms(1, office.Typed("Arrange the summer event", DelegationLimits.Title), AuthorizationType.Flexible, new Due(Now.AddDays(25), Zone), [])
            {
                Aim = office.Typed("Everybody has been invited and fed.", DelegationLimits.Words),
                Bounds = new Bounds
                {
                    Budget = new Money(5000, "EUR"),
                    Involvement = Involvement.Named,
                    People = [.. Enumerable.Range(1, office.ManySteps ? DelegationLimits.Involved : 2).Select(number => new Party($"p{number}", office.Typed(number == 1 ? "Eve Ek" : "Adele Vance", Name)))],
                    Depth = 1,
                    MustNot = [.. Enumerable.Range(1, office.ManySteps ? DelegationLimits.MustNot : 2).Select(number => office.Typed(number == 1 ? "sign for more than a day" : "use the roof", DelegationLimits.StepText))],
                    IsConfidential = true,
                },
            },
            State = state,
            Revision = 4,
            Origin = "o",
            CreatedAt = Now.AddDays(-5),
            BackBrief = isAccepted ? office.Typed("I invite everybody and see that there is food.", DelegationLimits.Words) : null,
            Result = state is DelegationState.HandedIn or DelegationState.Done ? office.Typed("All were there.", DelegationLimits.Words) : null,
            Reason = state is DelegationState.Declined or DelegationState.Returned or DelegationState.Revoked || office.ManySteps ? office.Typed("It is too early for that.", DelegationLimits.Words) : null,
            Request = state == DelegationState.WaitingForApproval ? new ChangeRequest("R5", new TermsChange(ChangeKind.Budget, Budget: new Money(6000, "EUR")), office.Typed("Tents are dear.", DelegationLimits.Words), Now) : null,
            Questions = office.ManySteps
                ? [.. Enumerable.Range(1, DelegationLimits.Questions).Select(number => new Question($"Q{number}", office.Typed("Inside or outside?", DelegationLimits.Words), number > 17 ? null : office.Typed("Outside.", DelegationLimits.Words)))]
                : [],
        };
    }

    /// <summary>With something of everything in its books; with as much as fits where cards are filled.</summary>
    private static CoordinationBot.Delegations.Delegation Busy(Gallery office)
    {
        int Many(int ordinary, int most) => office.ManySteps ? most : ordinary;
        return In(office, DelegationState.InProgress) with
        {
            Ledger = Ledger.Empty with
            {
                Spent = 2800,
                Involved = [.. Enumerable.Range(1, Many(2, DelegationLimits.Involved)).Select(number => new Party($"p{number}", office.Typed(number == 1 ? "Eve Ek" : "Adele Vance", Name)))],
                Commitments = [.. Enumerable.Range(1, Many(4, DelegationLimits.Commitments)).Select(number => new Commitment(office.Typed("Contoso", DelegationLimits.Title), office.Typed($"{number} tents on 3 Dec", DelegationLimits.StepText)))],
                Allowances =
                [
                    new Allowance("R3", new Money(700, "EUR"), 700, office.Typed("a tent", DelegationLimits.Title), Now, IsOnTop: true, []),
                    .. Enumerable.Range(1, Many(1, 40)).Select(number => new Allowance("R4", new Money(3000, "EUR"), 900.25m, office.Typed("the event", DelegationLimits.Title), Now.AddDays(19), IsOnTop: false, [])),
                ],
                Children = [.. Enumerable.Range(1, Many(2, DelegationLimits.Children)).Select(number => new Child(string.Create(CultureInfo.InvariantCulture, $"D-7K3F{number:D2}"), new Party("eve", office.Typed("Eve Ek", Name)), 500, number == 1, []))],
            },
        };
    }

    private static HeldAct Request(Gallery office, string id, DeclaredAct act, bool policy, bool leaderApproved = false) => new(
        id, act, office.Typed("It may rain.", DelegationLimits.Words), Now.AddHours(-2),
        [
            new Need(new Clause("D-7K3F9Q, version 1", BoundsText.People(In(office, DelegationState.InProgress).Terms.Limits)), Leader(office), ApprovedBy: leaderApproved ? Leader(office) : null),
            .. policy ? (Need[])[new Need(new Clause("Policy P-1", office.Typed("more than 1,000 EUR needs finance", DelegationLimits.StepText)), Approver(office), IsPolicy: true)] : [],
        ]);

    private static CoordinationBot.Delegations.Delegation Held(Gallery office, DeclaredAct act, bool policy = false, bool leaderApproved = false) =>
        Busy(office) is var busy ? busy with { Ledger = busy.Dealings with { Held = [Request(office, "R5", act, policy, leaderApproved)], Asked = [Leader(office), Approver(office)] } } : busy;

    private static CoordinationBot.Delegations.Delegation Several(Gallery office, bool policy = false) => Held(office, Spend(office), policy) is var held
        ? held with { Ledger = held.Dealings with { Held = [.. Enumerable.Range(0, office.ManySteps ? DelegationLimits.Held : 7).Select(number => Request(office, $"R{number + 5}", Acts[number % Acts.Length].Make(office), policy))] } }
        : held;

    private static CoordinationBot.Delegations.Delegation Raising(Gallery office) => Held(office, Spend(office)) is var held
        ? held with { Ancestors = ["D-ABCDEF"], Ledger = held.Dealings with { Held = [held.Dealings.Held[0] with { Raising = true }] } }
        : held;

    private static CoordinationBot.Delegations.Delegation Deputized(Gallery office) => Held(office, Spend(office)) is var held
        ? held with { Ledger = held.Dealings with { Held = [held.Dealings.Held[0] with { StandIns = [new StandIn(Approver(office), Leader(office))] }] } }
        : held;

    private static CoordinationBot.Delegations.Delegation DeputizedChange(Gallery office) => In(office, DelegationState.WaitingForApproval) is var waiting
        ? waiting with { Request = waiting.Request! with { StandIns = [new StandIn(Approver(office), Leader(office))] }, Ledger = Ledger.Empty with { Asked = [Approver(office)] } }
        : waiting;

    private static Inputs Sent(params (string Key, string Value)[] values) =>
        Inputs.From(JsonSerializer.SerializeToElement(values.ToDictionary(value => value.Key, value => value.Value)));

    private static string Words<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((character, index) => char.IsUpper(character) ? $"{(index == 0 ? "" : "-")}{char.ToLowerInvariant(character)}" : character.ToString()));
}
