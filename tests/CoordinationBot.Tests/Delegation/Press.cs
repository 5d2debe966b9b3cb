using System.Collections.Concurrent;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Delegations;

/// <summary>Chances drawn from one number: a step that is shrunk away takes nothing from the others.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public int Next(int sides)
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)(((mixed >> 32) * (ulong)sides) >> 32);
    }

    public bool Once(int of) => Next(of) == 0;

    public T Of<T>(IReadOnlyList<T> items) => items[Next(items.Count)];
}

internal enum PressKind
{
    Accept,
    Decline,
    Revoke,
    Expire,
    Complete,
    HandIn,
    AcceptResult,
    Return,
    RequestChange,
    ApproveChange,
    RefuseChange,
    WithdrawChange,
    Declare,
    Approve,
    Refuse,
    Withdraw,
    PassOn,
}

/// <summary>What somebody presses, with everything chosen.</summary>
internal sealed record Press(PressKind Kind, string Target, Act By, Func<Delegation, Chain, Outcome> Do)
{
    public DeclaredAct? Declared { get; init; }

    public string? Request { get; init; }

    public int Step { get; init; }

    public Party? To { get; init; }
}

/// <summary>Who is in the office, and what its administrators have set so far.</summary>
internal sealed class Office
{
    public static readonly IReadOnlyList<Party> People = [.. "Ann Bob Cid Dan Eve Flo Gus Hal Ida Jon".Split(' ').Select(name => new Party(name.ToLowerInvariant(), name))];

    /// <summary>Approves for policies.</summary>
    public static readonly Party Fin = new("fin", "Fin");

    public static readonly Party Law = new("law", "Law");

    /// <summary>Decides beyond mandates.</summary>
    public static readonly Party Top = new("top", "Top");

    public static readonly Party Next = new("next", "Next");

    public static readonly Party Stranger = new("stranger", "Stranger");

    public static readonly IReadOnlyList<Party> Everybody = [.. People, Fin, Law, Top, Next, Stranger];

    private static readonly Mandate Unlimited = new() { IsUnlimited = true, Origin = "Mandate of everybody" };

    public DateTimeOffset Now { get; set; } = Samples.Now;

    public Dictionary<string, Mandate> Mandates { get; } = [];

    /// <summary>What was declared in a delegation under a key; a delegation remembers only the words.</summary>
    public ConcurrentDictionary<(string Id, string Key), DeclaredAct> Declared { get; } = [];

    public List<Policy> Policies { get; } = [];

    public Mandate MandateOf(string leader) => Mandates.GetValueOrDefault(leader) ?? Unlimited;

    public Authorities Authorities => new()
    {
        Default = Set(Unlimited),
        Mandates = Mandates.ToDictionary(pair => pair.Key, pair => Set(pair.Value)),
        InForce = [.. Policies.Select(policy => new PolicyEntry(policy, Top, Samples.Now))],
        Named = [Top],
    };

    private static MandateEntry Set(Mandate mandate) => new(null, mandate, 1, Top, Samples.Now);

    public void ChangeMandate(Dice dice)
    {
        var leader = dice.Once(8) ? Next : dice.Of(People);
        Mandates[leader.ObjectId] = new Mandate
        {
            IsUnlimited = dice.Once(3),
            Money = dice.Once(6) ? null : new Money(dice.Of([200m, 1500m, 5000m, 20_000m, 50_000m]), dice.Once(12) ? "USD" : "EUR"),
            OutsideCommitments = !dice.Once(4),
            Excluded = dice.Once(4) ? ["personnel"] : [],
            // The next one up may stand in the same chain, and may decide little.
            NextUp = dice.Next(5) switch { 0 => Next, 1 => dice.Of(People) is var up && up != leader ? up : Next, _ => null },
            Origin = $"Mandate of {leader.Name}",
        };
    }

    public void ChangePolicies(Dice dice)
    {
        if (Policies.Count > 0 && dice.Once(2))
        {
            Policies.RemoveAt(dice.Next(Policies.Count));
            return;
        }
        var id = $"P-{dice.Next(4)}";
        Policies.RemoveAll(policy => policy.Id == id);
        var subject = dice.Of(Enum.GetValues<PolicySubject>());
        Policies.Add(new Policy(
            id,
            subject,
            $"What {id} says",
            subject == PolicySubject.Spending && !dice.Once(5) ? new Money(dice.Of([50m, 300m, 900m]), dice.Once(10) ? "USD" : "EUR") : null,
            dice.Once(2) ? dice.Of(["personnel", "vehicles"]) : null,
            dice.Next(7) switch { 0 => null, 1 or 2 => Law, 3 => dice.Of(People), _ => Fin }));
    }

    /// <summary>What stands above a delegation.</summary>
    public Chain Chain(IReadOnlyDictionary<string, Delegation> states, Delegation delegation)
    {
        Delegation[] ancestors = [.. (delegation.Ancestors ?? []).Select(id => states[id])];
        var mandate = MandateOf((ancestors is [.., var root] ? root : delegation).Leader.ObjectId);
        return new Chain(ancestors, mandate, Policies, MandateRules.Above(Authorities, (ancestors is [.., var first] ? first : delegation).Leader.ObjectId));
    }
}

/// <summary>Chooses what is pressed next: mostly what a sensible person would, and now and then what nobody should.</summary>
internal static class Presses
{
    private static readonly (int Weight, PressKind Kind)[] Weights =
    [
        (30, PressKind.Accept), (1, PressKind.Decline), (3, PressKind.Revoke), (3, PressKind.Expire), (6, PressKind.Complete), (4, PressKind.HandIn),
        (3, PressKind.AcceptResult), (3, PressKind.Return), (4, PressKind.RequestChange), (8, PressKind.ApproveChange), (2, PressKind.RefuseChange),
        (1, PressKind.WithdrawChange), (70, PressKind.Declare), (36, PressKind.Approve), (3, PressKind.Refuse), (1, PressKind.Withdraw), (3, PressKind.PassOn),
    ];

    private static readonly PressKind[] Bag = [.. Weights.SelectMany(pair => Enumerable.Repeat(pair.Kind, pair.Weight))];

    public static Press Choose(Dice dice, Office office, IReadOnlyDictionary<string, Delegation> states, IReadOnlyList<string> ids)
    {
        var kind = dice.Of(Bag);
        var seen = Meet(dice, office, kind, states, ids);
        var (leads, works) = (seen.Leader.ObjectId, seen.Assignee.ObjectId);
        var held = seen.Dealings.Held.Count > 0 ? dice.Of(seen.Dealings.Held) : null;
        var who = kind switch
        {
            PressKind.Revoke or PressKind.Expire or PressKind.AcceptResult or PressKind.Return or PressKind.ApproveChange or PressKind.RefuseChange => leads,
            PressKind.Approve or PressKind.Refuse or PressKind.PassOn => held?.Needs.FirstOrDefault(need => need.ApprovedBy is null)?.Approver.ObjectId ?? leads,
            _ => works,
        };
        IReadOnlyList<string> absent = [];
        switch (dice.Next(40))
        {
            case < 3 when kind is PressKind.Approve or PressKind.Refuse or PressKind.PassOn:
                // A deputy answers; now and then it is the assignee who is the deputy.
                absent = [who];
                who = dice.Once(3) ? works : dice.Of(Office.Everybody).ObjectId;
                break;
            case 3:
                who = dice.Of(Office.Everybody).ObjectId;
                break;
            case 4:
                who = who == works ? leads : works;
                break;
        }
        var version = dice.Next(30) switch { 0 => seen.Terms.Version - 1, 1 => seen.Terms.Version + 1, _ => seen.Terms.Version };
        int? round = dice.Next(8) switch { 0 => seen.Round, 1 when dice.Once(5) => seen.Round - 1, _ => null };
        var by = new Act(who, version, office.Now, round) { Who = Office.Everybody.First(person => person.ObjectId == who), Absent = absent };
        return Of(dice, office, states, kind, seen, by, held);
    }

    /// <summary>Presses come where there is something to press.</summary>
    private static Delegation Meet(Dice dice, Office office, PressKind kind, IReadOnlyDictionary<string, Delegation> states, IReadOnlyList<string> ids)
    {
        // The newest stand deepest, and what stands deep is rare.
        var first = dice.Once(2) ? 0 : ids.Count * 2 / 3;
        var seen = states[ids[first + dice.Next(ids.Count - first)]];
        for (var tries = 0; tries < 8 && !Suits(seen); tries++)
        {
            seen = states[dice.Of(ids)];
        }
        return seen;

        bool Suits(Delegation delegation) => kind switch
        {
            PressKind.Accept or PressKind.Decline => delegation.State == DelegationState.Offered,
            PressKind.Expire => delegation.State == DelegationState.Offered && office.Now > delegation.Terms.Due.At,
            PressKind.Approve or PressKind.Refuse or PressKind.Withdraw or PressKind.PassOn => delegation.Dealings.Held.Count > 0,
            PressKind.ApproveChange or PressKind.RefuseChange or PressKind.WithdrawChange => delegation.Request is not null,
            PressKind.AcceptResult or PressKind.Return => delegation.State == DelegationState.HandedIn,
            PressKind.Complete => delegation.IsOpen && delegation.Terms.Steps.Count > 0,
            PressKind.Declare or PressKind.HandIn or PressKind.RequestChange => delegation.State is DelegationState.Accepted or DelegationState.InProgress or DelegationState.Returned,
            PressKind.Revoke => delegation.IsOpen,
        };
    }

    private static Press Of(Dice dice, Office office, IReadOnlyDictionary<string, Delegation> states, PressKind kind, Delegation seen, Act by, HeldAct? held)
    {
        var text = dice.Once(25) ? null : dice.Of(["Because it helps the work.", "Another way to say it."]);
        switch (kind)
        {
            case PressKind.Accept:
                return new(kind, seen.Id, by, (d, _) => OfferRules.Accept(d, by, text));
            case PressKind.Decline:
                return new(kind, seen.Id, by, (d, _) => OfferRules.Decline(d, by, text));
            case PressKind.Revoke:
                return new(kind, seen.Id, by, (d, _) => OfferRules.Revoke(d, by, text));
            case PressKind.Expire:
                // The clock does it, in the leader's name.
                var now = office.Now;
                return new(kind, seen.Id, by with { ActorId = seen.Leader.ObjectId, Who = seen.Leader }, (d, _) => OfferRules.Expire(d, now));
            case PressKind.Complete:
                var step = dice.Next(12) switch { 0 => seen.NextStep + 1, 1 => seen.NextStep - 1, 2 => dice.Of([0, -1, int.MinValue, int.MaxValue]), _ => seen.NextStep };
                return new(kind, seen.Id, by, (d, _) => StepRules.Complete(d, by, step, Samples.Link)) { Step = step };
            case PressKind.HandIn:
                return new(kind, seen.Id, by, (d, _) => StepRules.HandIn(d, by, text));
            case PressKind.AcceptResult:
                return new(kind, seen.Id, by, (d, _) => StepRules.AcceptResult(d, by));
            case PressKind.Return:
                int? reopen = seen.Terms.Steps.Count > 0 && dice.Once(2) ? 1 + dice.Next(seen.Terms.Steps.Count) : null;
                return new(kind, seen.Id, by, (d, _) => StepRules.Return(d, by, text, reopen));
            case PressKind.RequestChange:
                var change = Change(dice, office, seen);
                return new(kind, seen.Id, by, (d, chain) => ChangeRules.Request(d, chain, by, change, text));
            case PressKind.ApproveChange:
                var (asked, edit) = (seen.Request?.Id, dice.Once(3) ? Change(dice, office, seen) : null);
                return new(kind, seen.Id, by, (d, chain) => ChangeRules.Approve(d, chain, by, asked, edit));
            case PressKind.RefuseChange:
                var refused = seen.Request?.Id;
                return new(kind, seen.Id, by, (d, _) => ChangeRules.Refuse(d, by, refused, text));
            case PressKind.WithdrawChange:
                var withdrawn = seen.Request?.Id;
                return new(kind, seen.Id, by, (d, _) => ChangeRules.Withdraw(d, by, withdrawn));
            case PressKind.Declare:
                var (key, declared) = seen.Dealings.Newest.Count > 0 && dice.Once(20) ? Again(dice, office, seen) : ($"K{dice.Next(1_000_000)}", Declared(dice, office, seen));
                office.Declared[(seen.Id, key)] = declared;
                return new(kind, seen.Id, by, (d, chain) => DeclareRules.Declare(d, chain, by, key, declared, text)) { Declared = declared };
            case PressKind.Approve:
                var request = dice.Once(25) ? "R2" : held?.Id;
                var narrower = held is not null && dice.Once(4) ? Narrower(dice, held.Act) : null;
                return new(kind, seen.Id, by, (d, chain) => ApprovalRules.Approve(d, chain, by, request, narrower)) { Request = request, Declared = narrower };
            case PressKind.Refuse:
                return new(kind, seen.Id, by, (d, _) => ApprovalRules.Refuse(d, by, held?.Id, text)) { Request = held?.Id };
            case PressKind.Withdraw:
                return new(kind, seen.Id, by, (d, _) => ApprovalRules.Withdraw(d, by, held?.Id)) { Request = held?.Id };
            case PressKind.PassOn:
                var chain = office.Chain(states, seen);
                Party[] able = [.. chain.Ancestors.Select(ancestor => ancestor.Leader), .. chain.Above.Select(superior => superior.Who)];
                var to = dice.Once(6) ? dice.Of(Office.Everybody) : dice.Of(able);
                return new(kind, seen.Id, by, (d, above) => ApprovalRules.PassOn(d, above, by, held?.Id, to.ObjectId)) { Request = held?.Id, To = to };
            default:
                throw new InvalidOperationException(kind.ToString());
        }
    }

    private static (string Key, DeclaredAct Declared) Again(Dice dice, Office office, Delegation seen)
    {
        var old = dice.Of(seen.Dealings.Newest);
        // The same draft may also be sent again from another card.
        return (dice.Once(3) ? "another card" : old.Key, office.Declared[(seen.Id, old.Key)]);
    }

    private static TermsChange Change(Dice dice, Office office, Delegation seen)
    {
        var kind = seen.Terms.Type != AuthorizationType.Deterministic && !dice.Once(4) ? dice.Of([ChangeKind.Budget, ChangeKind.MoveDeadline, ChangeKind.Budget]) : dice.Of(Enum.GetValues<ChangeKind>());
        return new TermsChange(
            kind,
            seen.NextStep + dice.Of([0, 0, 0, 1, -1]),
            seen.NextStep + dice.Of([1, 1, 0]),
            "Another step",
            new Due(dice.Once(6) ? office.Now.AddDays(-1) : office.Now.AddHours(1 + dice.Next(24 * 30)), "Europe/Berlin"),
            // Just what is spent or set aside, a cent less, or something else.
            dice.Next(4) switch
            {
                0 => new Money(seen.Dealings.Taken, Currency(dice, seen)),
                1 => new Money(seen.Dealings.Taken - 0.01m, Currency(dice, seen)),
                _ => new Money(Amount(dice), Currency(dice, seen)),
            });
    }

    private static DeclaredAct Declared(Dice dice, Office office, Delegation seen) => dice.Next(seen.Terms.Limits.Depth > 0 ? 24 : 18) switch
    {
        < 8 => new DeclaredAct.Spend(Price(dice, seen), "paper"),
        < 10 => new DeclaredAct.Plan(Price(dice, seen), "a fair", office.Now.AddHours(dice.Of([-1, 30, 300, 5000]))),
        < 12 => new DeclaredAct.Involve(seen.Terms.Limits.People.Count > 0 && dice.Once(2) ? dice.Of(seen.Terms.Limits.People) : dice.Of(Office.Everybody)),
        < 14 => new DeclaredAct.Commit("Miller Ltd", $"delivery {dice.Next(50)}"),
        _ => HandOn(dice, office, seen),
    };

    /// <summary>Mostly what fits, now and then to the cent, a cent too much, far too much, nothing or less.</summary>
    private static Money Price(Dice dice, Delegation seen) => new(
        dice.Next(16) switch
        {
            0 => seen.Left?.Amount ?? 10,
            1 => (seen.Left?.Amount ?? 10) + 0.01m,
            2 => dice.Of([0m, -5m, -1_000_000m, Money.Most, Money.Most + 1, decimal.MaxValue]),
            3 or 4 => seen.Dealings.Allowances is [.., var newest] ? newest.Left : 3.33m,
            5 or 6 => Amount(dice),
            _ => decimal.Round(((seen.Left?.Amount ?? 400) * (1 + dice.Next(50)) / 100m) + 0.01m, 2),
        },
        Currency(dice, seen));

    private static decimal Amount(Dice dice) => (1 + dice.Next(900_000)) / 100m;

    private static string Currency(Dice dice, Delegation seen) => dice.Once(20) ? "USD" : seen.Terms.Limits.Budget?.Currency ?? "EUR";

    private static DeclaredAct? Narrower(Dice dice, DeclaredAct asked) => asked switch
    {
        DeclaredAct.Spend spend => spend with { Amount = spend.Amount with { Amount = decimal.Round(spend.Amount.Amount * dice.Of([0.1m, 0.5m, 0.9m, 1m, 1.1m, -1m]), 2) } },
        DeclaredAct.Plan plan => plan with { UpTo = plan.UpTo with { Amount = decimal.Round(plan.UpTo.Amount * dice.Of([0.1m, 0.5m, 1m, 1.5m]), 2) }, Until = plan.Until.AddHours(dice.Of([0, -1, 1])) },
        _ => dice.Once(2) ? asked : new DeclaredAct.Involve(Office.Stranger),
    };

    private static Party Fresh(Dice dice, Delegation seen, IReadOnlyList<Party> people)
    {
        var one = dice.Of(people);
        return seen.RoleOf(one.ObjectId) is null ? one : dice.Of(people);
    }

    private static DeclaredAct.HandOn HandOn(Dice dice, Office office, Delegation seen)
    {
        var again = seen.Dealings.Children.Count > 0 && dice.Once(15) ? dice.Of(seen.Dealings.Children).Id : null;
        var own = seen.Terms.Limits;
        var assignee = Fresh(dice, seen, own is { Involvement: Involvement.Named, People.Count: > 0 } && !dice.Once(6) ? own.People : Office.People);
        var type = seen.Terms.Type == AuthorizationType.Uncertain && !dice.Once(8) ? AuthorizationType.Uncertain : dice.Of([AuthorizationType.Flexible, AuthorizationType.Flexible, AuthorizationType.Flexible, AuthorizationType.Deterministic, AuthorizationType.Uncertain]);
        Due due = new(dice.Once(15) ? seen.Terms.Due.At.AddMinutes(1) : seen.Terms.Due.At.AddHours(-dice.Next(40)), "Europe/Berlin");
        // What fits inside, and then one thing changed at random now and then.
        var bounds = own with
        {
            Budget = seen.Left is { Amount: > 0 } left && !dice.Once(5) ? left with { Amount = decimal.Max(0.01m, decimal.Round(left.Amount * dice.Of([0.2m, 0.5m, 0.7m, 1m]), 2)) } : null,
            Depth = Math.Max(0, own.Depth - 1),
            People = [.. own.People.Where(person => person != assignee && person != seen.Assignee)],
        };
        if (bounds is { Involvement: Involvement.Named, People.Count: 0 })
        {
            bounds = bounds with { Involvement = Involvement.Nobody };
        }
        bounds = dice.Next(40) switch
        {
            0 => bounds with { Depth = own.Depth },
            1 => bounds with { OutsideCommitments = true },
            2 => bounds with { Involvement = Involvement.Anyone },
            3 => bounds with { MustNot = [] },
            4 => bounds with { Matter = dice.Of(["personnel", "vehicles"]) },
            5 => bounds with { IsConfidential = false },
            6 => bounds with { Budget = new Money((seen.Left?.Amount ?? 0) + 0.01m, "EUR") },
            7 => bounds with { Budget = new Money(-100, "EUR") },
            8 => bounds with { Involvement = Involvement.Named, People = [Office.Stranger] },
            9 => bounds with { OutsideCommitments = false, MustNot = [.. bounds.MustNot, "fly"] },
            10 => bounds with { Involvement = Involvement.Nobody, People = [] },
            11 => bounds with { Budget = new Money(1, "USD") },
            _ => bounds,
        };
        var draft = $"draft-{dice.Next(1_000_000)}";
        return new DeclaredAct.HandOn(again ?? NewId(dice, $"{seen.Id} {seen.Revision}"), draft, assignee, Terms(dice, type, due, bounds));
    }

    public static Terms Terms(Dice dice, AuthorizationType type, Due due, Bounds bounds) =>
        new(1, "Spring fair", type, due, type == AuthorizationType.Deterministic ? [.. Enumerable.Range(1, 1 + dice.Next(3)).Select(step => new Step($"Step {step}", (Evidence)dice.Of([0, 0, 2])))] : [])
        {
            Aim = type == AuthorizationType.Deterministic ? null : "A fair that pays for itself",
            Bounds = type == AuthorizationType.Deterministic && !dice.Once(4) ? bounds with { Budget = null } : bounds,
        };

    /// <summary>Terms with which something begins.</summary>
    public static (Party Leader, Party Assignee, Terms Terms) Root(Dice dice, Office office)
    {
        var leader = dice.Of(Office.People);
        var assignee = dice.Of(Office.People);
        if (assignee == leader)
        {
            assignee = Office.People[(Office.People.ToList().IndexOf(leader) + 1) % Office.People.Count];
        }
        var type = dice.Of([AuthorizationType.Flexible, AuthorizationType.Flexible, AuthorizationType.Flexible, AuthorizationType.Flexible, AuthorizationType.Deterministic, AuthorizationType.Uncertain]);
        var isWide = dice.Once(2); // Or nothing would ever stand deep.
        var involvement = isWide ? Involvement.Anyone : dice.Of([Involvement.Anyone, Involvement.Anyone, Involvement.Named, Involvement.Named, Involvement.Nobody]);
        var bounds = type == AuthorizationType.Deterministic ? Bounds.None : new Bounds
        {
            Budget = dice.Once(5) ? null : new Money(Amount(dice), dice.Once(10) ? "USD" : "EUR"),
            Involvement = involvement,
            People = involvement == Involvement.Named ? [.. Office.People.Where(person => person != leader && person != assignee && dice.Next(5) > 0), Office.Stranger] : [],
            OutsideCommitments = dice.Once(2),
            Depth = isWide ? DelegationLimits.Depth : dice.Next(DelegationLimits.Depth + 1),
            MustNot = dice.Once(3) ? ["sign contracts"] : [],
            Matter = dice.Once(3) ? dice.Of(["personnel", "vehicles"]) : null,
            IsConfidential = !isWide && dice.Once(4),
        };
        return (leader, assignee, Terms(dice, type, new Due(office.Now.AddHours(20 + dice.Next(1500)), "Europe/Berlin"), bounds));
    }

    /// <summary>Two steps of one number would make two delegations of one id: what it comes from tells them apart.</summary>
    public static string NewId(Dice dice, string from)
    {
        const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var salted = new Dice(from.Aggregate((ulong)dice.Next(int.MaxValue), (hash, letter) => (hash * 31) + letter));
        return "D-" + string.Create(6, salted, static (id, letters) =>
        {
            for (var index = 0; index < id.Length; index++)
            {
                id[index] = Alphabet[letters.Next(Alphabet.Length)];
            }
        });
    }
}
