using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

/// <summary>
/// Each act in each type, inside and outside each limit, with the exact clause and approver. Ann leads the first delegation, to Bob, who handed it
/// on to Cid. Top decides beyond Ann's mandate, Fin for the policies.
/// </summary>
public class RulingTests
{
    private const string Root = "D-ROOT";
    private const string Child = "D-CHILD";
    private static readonly Party Cid = new("cid", "Cid Cole");
    private static readonly Party Dan = new("dan", "Dan Dorn");
    private static readonly Party Fin = new("fin", "Fin Falk");
    private static readonly Party Top = new("top", "Top Thor");

    private static readonly Bounds Wide = new() { Budget = Eur(1000), Involvement = Involvement.Anyone, OutsideCommitments = true, Depth = 3 };

    private static readonly Dictionary<string, DeclaredAct> Acts = new()
    {
        ["spend"] = new DeclaredAct.Spend(Eur(400), "paper"),
        ["plan"] = new DeclaredAct.Plan(Eur(400), "a fair", Friday.At),
        ["involve"] = new DeclaredAct.Involve(Dan),
        ["commit"] = new DeclaredAct.Commit("Miller Ltd", "delivery in May"),
        ["hand on"] = new DeclaredAct.HandOn("D-NEXT00", "draft-9", Dan, TermsOf(AuthorizationType.Flexible, new Bounds { Involvement = Involvement.Nobody })),
        ["hand on as uncertain"] = new DeclaredAct.HandOn("D-NEXT00", "draft-9", Dan, TermsOf(AuthorizationType.Uncertain, new Bounds { Involvement = Involvement.Nobody })),
    };

    private const string WideText = "Your choice, within these bounds: up to 1,000 EUR, by Fri 27 Nov 2026, 10:00 (Europe/Berlin), anybody may be involved, promises to people outside are yours to make, it may be handed on 3 levels deep.";
    private const string ExactText = "Do exactly these 2 steps, in this order.";
    private const string OpenText = "Look into this and come back with options. Do not commit to anything yet.";

    /// <summary>What Bob wants to do in the first delegation: type, its bounds, act, and the ruling.</summary>
    public static TheoryData<string, string, string, string> Inside => new()
    {
        { "Deterministic", "wide", "spend", $"Ann Abel: {Root}, version 1: {ExactText}" },
        { "Deterministic", "wide", "plan", $"Ann Abel: {Root}, version 1: {ExactText}" },
        { "Deterministic", "wide", "involve", $"Ann Abel: {Root}, version 1: {ExactText}" },
        { "Deterministic", "wide", "commit", $"Ann Abel: {Root}, version 1: {ExactText}" },
        { "Deterministic", "wide", "hand on", $"Ann Abel: {Root}, version 1: {ExactText}" },
        { "Flexible", "wide", "spend", $"permitted: {Root}, version 1: {WideText}" },
        { "Flexible", "wide", "plan", $"permitted: {Root}, version 1: {WideText}" },
        { "Flexible", "wide", "involve", $"permitted: {Root}, version 1: {WideText}" },
        { "Flexible", "wide", "commit", $"permitted: {Root}, version 1: {WideText}" },
        { "Flexible", "wide", "hand on", $"permitted: {Root}, version 1: {WideText}" },
        { "Flexible", "wide", "hand on as uncertain", $"permitted: {Root}, version 1: {WideText}" },
        { "Uncertain", "wide", "spend", $"permitted: {Root}, version 1: {OpenText}" },
        { "Uncertain", "wide", "plan", $"permitted: {Root}, version 1: {OpenText}" },
        { "Uncertain", "wide", "involve", $"permitted: {Root}, version 1: {OpenText}" },
        { "Uncertain", "wide", "commit", $"forbidden: {Root}, version 1: {OpenText}" },
        { "Uncertain", "wide", "hand on", $"forbidden: {Root}, version 1: what is uncertain is handed on as uncertain only" },
        { "Uncertain", "wide", "hand on as uncertain", $"permitted: {Root}, version 1: {OpenText}" },
        { "Flexible", "none", "spend", $"Ann Abel: {Root}, version 1: no budget" },
        { "Flexible", "none", "plan", $"Ann Abel: {Root}, version 1: no budget" },
        { "Flexible", "none", "involve", $"Ann Abel: {Root}, version 1: nobody else is involved" },
        { "Flexible", "none", "commit", $"Ann Abel: {Root}, version 1: nothing is promised to anybody outside" },
        { "Flexible", "none", "hand on", $"Ann Abel: {Root}, version 1: it is not handed on" },
        { "Uncertain", "none", "spend", $"Ann Abel: {Root}, version 1: no budget" },
        { "Uncertain", "none", "plan", $"Ann Abel: {Root}, version 1: no budget" },
        { "Uncertain", "none", "involve", $"Ann Abel: {Root}, version 1: nobody else is involved" },
        { "Uncertain", "none", "commit", $"forbidden: {Root}, version 1: {OpenText}" },
        { "Uncertain", "none", "hand on as uncertain", $"Ann Abel: {Root}, version 1: it is not handed on" },
        { "Flexible", "little", "spend", $"Ann Abel: {Root}, version 1: up to 399.99 EUR, of which 399.99 EUR is left" },
        { "Flexible", "little", "plan", $"Ann Abel: {Root}, version 1: up to 399.99 EUR, of which 399.99 EUR is left" },
        { "Flexible", "just enough", "spend", "permitted" },
        { "Flexible", "another currency", "spend", $"Ann Abel: {Root}, version 1: up to 1,000 USD, of which 1,000 USD is left" },
        { "Flexible", "Dan", "involve", "permitted" },
        { "Flexible", "Dan", "hand on", "permitted" },
        { "Flexible", "Eve", "involve", $"Ann Abel: {Root}, version 1: only Eve may be involved" },
        { "Flexible", "Eve", "hand on", $"Ann Abel: {Root}, version 1: only Eve may be involved" },
    };

    [Theory, MemberData(nameof(Inside))]
    public void An_act_is_ruled_on_by_the_type_and_the_bounds(string type, string bounds, string act, string expected)
    {
        var root = Of(Root, Ann, Bob, Enum.Parse<AuthorizationType>(type), BoundsOf(bounds));

        StartsWith(expected, Rule(root, Chain(), act));
    }

    [Theory]
    [InlineData("Deterministic", "Ann Abel: D-ROOT, version 1: Do exactly these 2 steps, in this order.")]
    [InlineData("Flexible", "Ann Abel: D-ROOT, version 1: by Fri 27 Nov 2026, 10:00 (Europe/Berlin)")]
    [InlineData("Uncertain", "Ann Abel: D-ROOT, version 1: by Fri 27 Nov 2026, 10:00 (Europe/Berlin)")]
    public void After_the_deadline_every_act_waits_for_the_leader(string type, string expected)
    {
        var root = Of(Root, Ann, Bob, Enum.Parse<AuthorizationType>(type), Wide);
        foreach (var act in (string[])["spend", "plan", "involve", "hand on as uncertain"])
        {
            Assert.Equal(expected, Rule(root, Chain(), act, Friday.At.AddTicks(1)));
        }
        Assert.DoesNotContain("by Fri", Rule(root, Chain(), "spend", Friday.At).Replace(WideText, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Standings => [.. from state in States from act in Acts.Keys select (state.ToString(), act)];

    [Theory, MemberData(nameof(Standings))]
    public void Below_what_has_ended_nothing_is_permitted(string state, string act)
    {
        var root = Of(Root, Ann, Bob, AuthorizationType.Flexible, Wide) with { State = Enum.Parse<DelegationState>(state) };
        var child = Of(Child, Bob, "cid", AuthorizationType.Flexible, Wide with { Depth = 2 });

        var ruling = Rule(child, Chain(root), act);

        Assert.Equal(root.IsOpen ? "permitted" : "forbidden", ruling.Split(':')[0]);
        Assert.True(root.IsOpen || ruling == $"forbidden: {Root}: {DelegationRules.Standing(root)}", ruling);
    }

    /// <summary>What Cid wants to do in the child, under what Ann's terms for Bob leave.</summary>
    public static TheoryData<string, string, string, string> Above => new()
    {
        { "no promises", "wide", "commit", $"Ann Abel: {Root}, version 1: nothing is promised to anybody outside" },
        { "nobody", "wide", "involve", $"Ann Abel: {Root}, version 1: nobody else is involved" },
        { "nobody", "none", "involve", $"Ann Abel: {Root}, version 1: nobody else is involved" },
        { "once", "wide", "hand on", $"Ann Abel: {Root}, version 1: it may be handed on once" },
        { "once", "none", "hand on", $"Ann Abel: {Root}, version 1: it may be handed on once" },
        { "wide", "none", "hand on", $"Bob Berg: {Child}, version 1: it is not handed on" },
        { "wide", "none", "involve", $"Bob Berg: {Child}, version 1: nobody else is involved" },
        { "wide", "none", "commit", $"Bob Berg: {Child}, version 1: nothing is promised to anybody outside" },
        { "wide", "none", "spend", $"Bob Berg: {Child}, version 1: no budget" },
        { "due", "wide", "spend", $"Ann Abel: {Root}, version 1: by Mon 23 Nov 2026, 10:30 (Europe/Berlin)" },
        { "due", "wide", "involve", $"Ann Abel: {Root}, version 1: by Mon 23 Nov 2026, 10:30 (Europe/Berlin)" },
        { "spent", "wide", "spend", "permitted" },
        { "uncertain", "wide", "commit", $"forbidden: {Root}, version 1: {OpenText}" },
        { "wide", "wide", "spend", "permitted" },
    };

    [Theory, MemberData(nameof(Above))]
    public void Whoever_leads_the_highest_delegation_that_leaves_no_room_decides(string above, string own, string act, string expected)
    {
        var terms = above switch
        {
            "no promises" => Wide with { OutsideCommitments = false },
            "nobody" => Wide with { Involvement = Involvement.Nobody },
            "once" => Wide with { Depth = 1 },
            _ => Wide,
        };
        var root = Of(Root, Ann, Bob, above == "uncertain" ? AuthorizationType.Uncertain : AuthorizationType.Flexible, terms);
        root = above switch
        {
            "due" => root with { Terms = root.Terms with { Due = new Due(Now.AddMinutes(30), "Europe/Berlin") } },
            // What a child has was set aside for it: that nothing is left above does not concern it.
            "spent" => root with { Ledger = new Ledger { Spent = 1000 } },
            _ => root,
        };
        var child = Of(Child, Bob, "cid", AuthorizationType.Flexible, BoundsOf(own));

        StartsWith(expected, Rule(child, Chain(root), act));
    }

    public static TheoryData<string, string, string> Mandates => new()
    {
        { "unlimited", "spend", "permitted" },
        { "enough", "spend", "permitted" },
        { "too small", "spend", "Top Thor: Mandate of Ann: up to 999.99 EUR" },
        { "too small", "involve", "Top Thor: Mandate of Ann: up to 999.99 EUR" },
        { "too small", "hand on", "Top Thor: Mandate of Ann: up to 999.99 EUR" },
        { "other currency", "spend", "Top Thor: Mandate of Ann: up to 5,000 USD" },
        { "no money", "plan", "Top Thor: Mandate of Ann: no money" },
        { "excluded", "spend", "Top Thor: Mandate of Ann: does not decide on personnel" },
        { "excluded", "hand on", "Top Thor: Mandate of Ann: does not decide on personnel" },
        { "no promises", "commit", "Top Thor: Mandate of Ann: no promises to anybody outside" },
        { "no promises", "spend", "permitted" },
    };

    [Theory, MemberData(nameof(Mandates))]
    public void What_lies_beyond_the_mandate_of_the_first_leader_goes_to_the_next_one_up(string name, string act, string expected)
    {
        var bounds = Wide with { Matter = "personnel" };
        var root = Of(Root, Ann, Bob, AuthorizationType.Flexible, bounds);
        var child = Of(Child, Bob, "cid", AuthorizationType.Flexible, bounds with { Depth = 2 });
        var chain = Chain() with { Mandate = MandateOf(name) };
        var declared = Acts[act] is DeclaredAct.HandOn handOn ? handOn with { Terms = handOn.Terms with { Bounds = handOn.Terms.Limits with { Matter = "personnel" } } } : Acts[act];

        StartsWith(expected, Words(RulingRules.Rule(root, chain, declared, Now.AddHours(1))));
        StartsWith(expected, Words(RulingRules.Rule(child, chain with { Ancestors = [root] }, declared, Now.AddHours(1))));
    }

    [Theory]
    [InlineData(1200, 200, 0, true)]
    [InlineData(1199.99, 200, 0, false)]
    [InlineData(1500, 200, 300, true)]
    [InlineData(1499.99, 200, 300, false)]
    public void What_is_approved_on_top_counts_against_the_mandate_once(double mandate, int asked, int before, bool isWithin)
    {
        var allowances = before > 0 ? (Allowance[])[new Allowance("R3", Eur(before), 0, "a fair", Friday.At, true, [])] : [];
        var root = Of(Root, Ann, Bob, AuthorizationType.Flexible, Wide) with { Ledger = new Ledger { Spent = 1000, Allowances = allowances } };
        var chain = Chain() with { Mandate = MandateOf("enough") with { Money = Eur((decimal)mandate) } };

        var need = Assert.Single(Assert.IsType<Ruling.NeedsApproval>(RulingRules.Rule(root, chain, new DeclaredAct.Spend(Eur(asked), "paper"), Now)).Needs);

        Assert.Equal(isWithin ? Ann : "top", need.Approver.ObjectId);
    }

    public static TheoryData<string, string, string, string> Policies => new()
    {
        { "spending over 399.99 EUR", "", "spend", "Fin Falk: Policy P-1: Ask Fin" },
        { "spending over 399.99 EUR", "", "plan", "Fin Falk: Policy P-1: Ask Fin" },
        { "spending over 400 EUR", "", "spend", "permitted" },
        { "spending over 5000 USD", "", "spend", "Fin Falk: Policy P-1: Ask Fin" },
        { "spending", "", "spend", "Fin Falk: Policy P-1: Ask Fin" },
        { "spending", "personnel", "spend", "Fin Falk: Policy P-1: Ask Fin" },
        { "spending", "PERSONNEL", "spend", "Fin Falk: Policy P-1: Ask Fin" },
        { "spending", "vehicles", "spend", "permitted" },
        { "spending", "", "commit", "permitted" },
        { "outside", "", "commit", "Fin Falk: Policy P-1: Ask Fin" },
        { "outside", "", "involve", "permitted" },
        { "handing on", "", "hand on", "Fin Falk: Policy P-1: Ask Fin" },
        { "handing on", "vehicles", "hand on", "permitted" },
        { "forbidden spending", "", "spend", "forbidden: Policy P-1: Ask Fin" },
        { "forbidden outside", "personnel", "commit", "forbidden: Policy P-1: Ask Fin" },
        { "forbidden handing on", "", "hand on", "forbidden: Policy P-1: Ask Fin" },
        { "forbidden outside", "vehicles", "commit", "permitted" },
    };

    [Theory, MemberData(nameof(Policies))]
    public void A_policy_asks_its_approver_whatever_the_terms_permit(string name, string matter, string act, string expected)
    {
        var bounds = Wide with { Matter = "personnel" };
        var chain = Chain() with { Policies = [PolicyOf(name, matter)] };
        var declared = Acts[act] is DeclaredAct.HandOn handOn ? handOn with { Terms = handOn.Terms with { Bounds = handOn.Terms.Limits with { Matter = "personnel" } } } : Acts[act];

        StartsWith(expected, Words(RulingRules.Rule(Of(Root, Ann, Bob, AuthorizationType.Flexible, bounds), chain, declared, Now)));
    }

    [Fact]
    public void Handing_on_concerns_the_matter_of_what_is_handed_on()
    {
        var handOn = (DeclaredAct.HandOn)Acts["hand on"];
        var personnel = handOn with { Terms = handOn.Terms with { Bounds = handOn.Terms.Limits with { Matter = "personnel" } } };
        var root = Of(Root, Ann, Bob, AuthorizationType.Flexible, Wide);

        Assert.Equal("Fin Falk: Policy P-1: Ask Fin", Words(RulingRules.Rule(root, Chain() with { Policies = [PolicyOf("handing on", "personnel")] }, personnel, Now)));
        Assert.Equal("Top Thor: Mandate of Ann: does not decide on personnel", Words(RulingRules.Rule(root, Chain() with { Mandate = MandateOf("excluded") }, personnel, Now)));
        StartsWith("permitted", Rule(root, Chain() with { Policies = [PolicyOf("handing on", "personnel")] }, "hand on"));
    }

    [Fact]
    public void The_strictest_bound_and_every_policy_are_asked_the_bound_first()
    {
        var root = Of(Root, Ann, Bob, AuthorizationType.Flexible, Wide with { Budget = null });
        var chain = Chain() with { Policies = [PolicyOf("spending", ""), PolicyOf("spending", "") with { Id = "P-2", Approver = Dan }, PolicyOf("outside", "") with { Id = "P-3" }] };

        var needs = Assert.IsType<Ruling.NeedsApproval>(RulingRules.Rule(root, chain, Acts["spend"], Now)).Needs;

        Assert.Equal([(Ann, false), ("fin", true), ("dan", true)], needs.Select(need => (need.Approver.ObjectId, need.IsPolicy)));
    }

    [Theory]
    [InlineData(Ann, false, 400, true)]
    [InlineData(Ann, false, 400.01, false)]
    [InlineData("top", false, 400, true)] // Whoever decides higher covers what is asked lower.
    [InlineData("fin", true, 400, false)]
    [InlineData(null, false, 400, false)]
    public void A_plan_covers_what_those_who_approved_it_may_decide(string? by, bool isPolicy, double amount, bool isCovered)
    {
        Need[] given = by is null ? [] : [new Need(new Clause("Policy P-1", "Ask Fin"), new Party(by, by), isPolicy, new Party(by, by))];
        var root = Of(Root, Ann, Bob, AuthorizationType.Flexible, BoundsOf("none")) with { Ledger = new Ledger { Allowances = [new Allowance("R5", Eur(500), 100, "a fair", Friday.At, true, given)] } };

        var ruling = RulingRules.Rule(root, Chain(), new DeclaredAct.Spend(Eur((decimal)amount), "chairs"), Now);

        Assert.Equal(isCovered ? $"permitted: {Root}, approval R5: up to 500 EUR for a fair, until Fri 27 Nov 2026, 10:00 (Europe/Berlin)" : $"Ann Abel: {Root}, version 1: no budget", Words(ruling));
    }

    /// <summary>What cannot be passed on, whoever approves.</summary>
    public static TheoryData<string, string?> Barriers => new()
    {
        { "nothing", null },
        { "type", "what is uncertain is handed on as uncertain only" },
        { "due", "by Fri 27 Nov 2026, 10:00 (Europe/Berlin)" },
        { "budget", "600 EUR is left of the budget" },
        { "no budget", "no budget" },
        { "currency", "its budget counts in EUR" },
        { "outside", "nothing is promised to anybody outside" },
        { "anyone", "only Dan, Eve may be involved" },
        { "somebody else", "only Dan, Eve may be involved" },
        { "depth", "it may be handed on 2 levels deep" },
        { "depth of none", "it is not handed on" },
        { "must not", "must not: sign contracts" },
        { "matter", "it is about personnel" },
        { "no matter", "it is about personnel" },
        { "confidence", "it is confidential" },
        { "circle of those named", "it is confidential, and stays among those who are named in it" },
        { "back to the leader", "Ann Abel is in this chain already" },
        { "to oneself", "Bob Berg is in this chain already" },
        { "circle", "Zoe is in this chain already" },
    };

    [Theory, MemberData(nameof(Barriers))]
    public void What_cannot_be_passed_on_is_named(string name, string? expected)
    {
        var own = new Bounds { Budget = Eur(1000), Involvement = Involvement.Named, People = [new("dan", "Dan"), new("eve", "Eve")], Depth = 2, MustNot = ["sign contracts"], Matter = "personnel", IsConfidential = true };
        var asked = own with { Budget = Eur(600), Depth = 1, People = [new("eve", "Eve")] };
        asked = name switch
        {
            "budget" => asked with { Budget = Eur(600.01m) },
            "currency" => asked with { Budget = new Money(1, "USD") },
            "outside" => asked with { OutsideCommitments = true },
            "anyone" => asked with { Involvement = Involvement.Anyone },
            "somebody else" => asked with { People = [new("zoe", "Zoe")] },
            "depth" => asked with { Depth = 2 },
            "must not" => asked with { MustNot = ["fly"] },
            "matter" => asked with { Matter = "vehicles" },
            "no matter" => asked with { Matter = null },
            "confidence" => asked with { IsConfidential = false },
            _ => asked,
        };
        own = name switch
        {
            "no budget" => own with { Budget = null },
            "depth of none" => own with { Depth = 0 },
            _ => own,
        };
        var delegation = Of(Root, Ann, Bob, name == "type" ? AuthorizationType.Uncertain : AuthorizationType.Flexible, own) with { Ledger = new Ledger { Spent = own.Budget is null ? 0 : 400 } };
        var above = Of("D-ABOVE", "zoe", Ann, AuthorizationType.Flexible, Wide);
        var due = name == "due" ? Friday with { At = Friday.At.AddTicks(1) } : Friday;
        var to = name switch
        {
            "circle of those named" => new Party("yul", "Yul"),
            "back to the leader" => new Party(Ann, "Ann Abel"),
            "to oneself" => new Party(Bob, "Bob Berg"),
            "circle" => new Party("zoe", "Zoe"),
            _ => Dan,
        };

        var barrier = HandOnRules.Barrier(delegation, Chain(above), new DeclaredAct.HandOn("D-NEXT00", "draft-9", to, TermsOf(AuthorizationType.Flexible, asked) with { Due = due }));

        Assert.Equal(expected is null ? null : new Clause($"{Root}, version 1", expected), barrier);
    }

    private static Money Eur(decimal amount) => new(amount, "EUR");

    private static Bounds BoundsOf(string name) => name switch
    {
        "wide" => Wide,
        "none" => Bounds.None,
        "little" => Wide with { Budget = Eur(399.99m) },
        "just enough" => Wide with { Budget = Eur(400) },
        "another currency" => Wide with { Budget = new Money(1000, "USD") },
        "Dan" => Wide with { Involvement = Involvement.Named, People = [Dan] },
        "Eve" => Wide with { Involvement = Involvement.Named, People = [new Party(Eve, "Eve")] },
        _ => throw new ArgumentException(name),
    };

    private static Mandate MandateOf(string name)
    {
        var enough = new Mandate { Money = Eur(1000), OutsideCommitments = true, Origin = "Mandate of Ann" };
        return name switch
        {
            "unlimited" => new Mandate { IsUnlimited = true, Excluded = ["personnel"], Origin = "Mandate of everybody" },
            "enough" => enough,
            "too small" => enough with { Money = Eur(999.99m) },
            "other currency" => enough with { Money = new Money(5000, "USD") },
            "no money" => enough with { Money = null },
            "excluded" => enough with { Excluded = ["Personnel"] },
            "no promises" => enough with { OutsideCommitments = false },
            _ => throw new ArgumentException(name),
        };
    }

    private static Policy PolicyOf(string name, string matter)
    {
        Party? approver = name.StartsWith("forbidden", StringComparison.Ordinal) ? null : Fin;
        var about = matter.Length == 0 ? null : matter;
        return name.Replace("forbidden ", "", StringComparison.Ordinal) switch
        {
            "spending" => new Policy("P-1", PolicySubject.Spending, "Ask Fin", null, about, approver),
            "spending over 399.99 EUR" => new Policy("P-1", PolicySubject.Spending, "Ask Fin", Eur(399.99m), about, approver),
            "spending over 400 EUR" => new Policy("P-1", PolicySubject.Spending, "Ask Fin", Eur(400), about, approver),
            "spending over 5000 USD" => new Policy("P-1", PolicySubject.Spending, "Ask Fin", new Money(5000, "USD"), about, approver),
            "outside" => new Policy("P-1", PolicySubject.OutsideCommitment, "Ask Fin", null, about, approver),
            "handing on" => new Policy("P-1", PolicySubject.SubDelegation, "Ask Fin", null, about, approver),
            _ => throw new ArgumentException(name),
        };
    }

    private static Terms TermsOf(AuthorizationType type, Bounds bounds) =>
        new(1, "Spring fair", type, Friday, type == AuthorizationType.Deterministic ? [new("One", Evidence.None), new("Two", Evidence.None)] : []) { Aim = "A fair", Bounds = bounds };

    private static Delegation Of(string id, string leader, string assignee, AuthorizationType type, Bounds bounds) =>
        OfferRules.Offer(id, "tenant", id, Named(leader), Named(assignee), TermsOf(type, bounds), Now, id == Child ? [Root] : null).State with { State = DelegationState.InProgress };

    private static Party Named(string id) => id switch { Ann => new(Ann, "Ann Abel"), Bob => new(Bob, "Bob Berg"), "cid" => Cid, _ => new(id, id) };

    private static Chain Chain(params Delegation[] ancestors) => new(ancestors, MandateOf("unlimited"), [], [Superior.Administrator(Top)]);

    private static string Rule(Delegation delegation, Chain chain, string act, DateTimeOffset? now = null) => Words(RulingRules.Rule(delegation, chain, Acts[act], now ?? Now.AddHours(1)));

    private static string Words(Ruling ruling) => ruling switch
    {
        Ruling.Permitted permitted => $"permitted: {permitted.Clause}",
        Ruling.Forbidden forbidden => $"forbidden: {forbidden.Clause}",
        Ruling.NeedsApproval held => string.Join("; ", held.Needs.Select(need => $"{need.Approver.Name}: {need.Clause}")),
        _ => throw new InvalidOperationException(),
    };

    private static void StartsWith(string expected, string actual) => Assert.Equal(expected, expected == "permitted" ? actual.Split(':')[0] : actual);
}
