using System.Text.Json;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Delegations;

/// <summary>
/// An office in memory: several first delegations, chains below them, and what one causes in another on its way, in any order between
/// delegations, twice and late. Every act goes through the rules; beside them it keeps books of its own, and whatever the rules let through is
/// held against <see cref="Oracle"/>.
/// </summary>
internal sealed class World
{
    private const int MostRoots = 4;

    private readonly Office _office = new();
    private readonly Dictionary<string, Delegation> _states = [];
    private readonly List<string> _ids = [];
    private readonly Dictionary<string, Queue<Effect>> _waiting = [];
    private readonly List<string> _sources = [];
    private readonly List<(string Source, Effect Effect)> _delivered = [];
    private readonly HashSet<string> _effects = [];
    private readonly HashSet<(string Target, string Effect)> _happened = [];
    private readonly Dictionary<string, decimal> _spent = [];
    private readonly Dictionary<string, decimal> _spentInTree = [];
    private readonly Dictionary<(string Id, string Request), Consent> _consents = [];
    private readonly HashSet<(string Id, int Version)> _accepted = [];
    private int _steps;

    /// <summary>How often each thing came about.</summary>
    public Dictionary<string, int> Seen { get; } = [];

    /// <summary>Who agreed to a request so far.</summary>
    private sealed class Consent
    {
        public required DeclaredAct Act { get; set; }

        public HashSet<string> By { get; } = [];

        /// <summary>Who passed the question on, by whom it was passed to.</summary>
        public Dictionary<string, HashSet<string>> Passed { get; } = [];

        public bool IsGranted { get; set; }

        public decimal Used { get; set; }
    }

    public void Step(ulong random)
    {
        _steps++;
        var dice = new Dice(random);
        _office.Now += dice.Once(60) ? TimeSpan.FromHours(dice.Next(120)) : TimeSpan.FromMinutes(dice.Next(12));
        switch (dice.Next(100))
        {
            case var _ when _ids.Count == 0:
            case 0 or 1 when _ids.Count(id => _states[id].Parent is null) < MostRoots:
                Begin(dice);
                break;
            case 2 or 3:
                _office.ChangeMandate(dice);
                break;
            case 4 or 5:
                _office.ChangePolicies(dice);
                break;
            // For a while little comes about: more is done before others hear of it.
            case var chance when chance < (_steps / 50 % 2 == 0 ? 35 : 12) && _sources.Count > 0:
                var source = dice.Of(_sources);
                Happen(source, _waiting[source].Peek());
                // Somebody else does it again: whoever did it died before saying so.
                if (!dice.Once(8))
                {
                    Remove(source);
                }
                break;
            case 36 or 37 when _delivered.Count > 0:
                var (from, late) = dice.Of(_delivered);
                Happen(from, late);
                break;
            default:
                Do(Presses.Choose(dice, _office, _states, _ids), dice);
                break;
        }
    }

    /// <summary>Everything that waits happens, everything is closed, and the books are compared.</summary>
    public void End()
    {
        HappenAll();
        Funded();
        foreach (var root in _ids.Where(id => _states[id] is { Parent: null, IsOpen: true }).ToList())
        {
            Count("revoked at the end");
            Changed(_states[root], OfferRules.Revoke(_states[root], new Act(_states[root].Leader.ObjectId, 0, _office.Now), "It is over."), null);
        }
        HappenAll();
        foreach (var delegation in _states.Values)
        {
            True(!delegation.IsOpen, "something below an ended one is still open");
            True(delegation.Dealings.Held.Count == 0, "something still waits in an ended one");
            True(delegation.Dealings.SpentInAll == _spentInTree[delegation.Id], "the books are not exact");
            True(delegation.Parent is null || delegation.Dealings.IsSettled, "the parent never heard how it ended");
            foreach (var child in delegation.Dealings.Children)
            {
                True(child.IsSettled && child.Reserved == _spentInTree[child.Id], $"what came back from {child.Id} is not what was not spent: {child.IsSettled}, {child.Reserved} of {_spentInTree[child.Id]}");
            }
        }
        True(_states.Values.Where(delegation => delegation.Parent is null).Sum(root => root.Dealings.SpentInAll) == _spent.Values.Sum(), "the roots do not add up to what was spent");
    }

    private void Begin(Dice dice)
    {
        var (leader, assignee, terms) = Presses.Root(dice, _office);
        var id = Presses.NewId(dice, $"{_ids.Count} {_office.Now}");
        if (OfferRules.CheckTerms(terms, leader.ObjectId, assignee.ObjectId, "bot", _office.Now) is null && !_states.ContainsKey(id))
        {
            Add(OfferRules.Offer(id, "tenant", id, leader, assignee, terms, _office.Now));
        }
    }

    private void Add(Outcome.Changed offered)
    {
        var state = offered.State;
        True(offered.Entry is { Number: 1, Version: 1 } && state.Revision == 1 && state.State == DelegationState.Offered, "an offer does not begin at the beginning");
        _states.Add(state.Id, state);
        _ids.Add(state.Id);
        _spent.Add(state.Id, 0);
        _spentInTree.Add(state.Id, 0);
        Count($"level {state.Ancestors?.Count ?? 0}");
    }

    // ---- acts

    private void Do(Press press, Dice dice)
    {
        var before = _states[press.Target];
        if (dice.Once(8))
        {
            // As a store gives it back: equal, but not the same objects.
            before = _states[press.Target] = JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(before, DelegationJson.Default.Delegation), DelegationJson.Default.Delegation)!;
        }
        var chain = _office.Chain(_states, before);
        var outcome = press.Do(before, chain);
        var after = Changed(before, outcome, press.By);
        Count(press.Kind, outcome);
        if (outcome is Outcome.Changed changed)
        {
            Mine(press, before);
            switch (press.Kind)
            {
                case PressKind.Declare:
                    Declared(press, before, after, chain, changed);
                    break;
                case PressKind.Approve:
                    Approved(press, before, after, chain, changed);
                    break;
                case PressKind.PassOn:
                    PassedOn(press);
                    break;
                case PressKind.ApproveChange:
                    Agreed(before, after, chain);
                    break;
                case PressKind.Refuse:
                    True(changed.Entry.Clause is not null, "a refusal without a clause");
                    break;
                case PressKind.Accept:
                    _accepted.Add((after.Id, after.Terms.Version));
                    break;
                default:
                    True(after.Dealings.Spent == before.Dealings.Spent && after.Dealings.Allowances.Count == before.Dealings.Allowances.Count, "something else than an act touched the money");
                    break;
            }
            var again = press.Do(after, chain);
            True(again is not Outcome.Changed, $"{press.Kind} changed twice");
        }
        Steps(press, before, after);
    }

    /// <summary>Whoever does something is the one who may.</summary>
    private static void Mine(Press press, Delegation before)
    {
        var actor = press.By.ActorId;
        True(
            press.Kind switch
            {
                PressKind.Revoke or PressKind.Expire or PressKind.AcceptResult or PressKind.Return or PressKind.ApproveChange or PressKind.RefuseChange => actor == before.Leader.ObjectId,
                PressKind.Approve or PressKind.Refuse or PressKind.PassOn => before.Dealings.Held.First(held => held.Id == press.Request).Needs
                    .Any(need => actor != before.Assignee.ObjectId && (need.Approver.ObjectId == actor || (actor != before.Assignee.ObjectId && press.By.Absent.Contains(need.Approver.ObjectId)))),
                _ => actor == before.Assignee.ObjectId,
            },
            $"{press.Kind} by somebody whose it is not");
    }

    private void Declared(Press press, Delegation before, Delegation after, Chain chain, Outcome.Changed changed)
    {
        var act = press.Declared!;
        True(changed.Entry.Clause is not null, "a ruling without a clause");
        Cites(changed, before, chain, act);
        AtWork(before);
        if (after.Dealings.Held.Count > before.Dealings.Held.Count)
        {
            True(!Oracle.Judge(before, chain, act, _office.Now, null).IsFree, "held though all leave room for it");
            _consents.Add((after.Id, after.Dealings.Held[^1].Id), new Consent { Act = act });
            Count($"held {Name(act)}");
            return;
        }
        var under = after.Dealings.Allowances.FirstOrDefault(allowance => before.Dealings.Allowances.FirstOrDefault(old => old.Id == allowance.Id) is { } old && old.Used != allowance.Used);
        var verdict = Oracle.Judge(before, chain, act, _office.Now, under);
        if (under is not null)
        {
            var spend = (DeclaredAct.Spend)act;
            True(_consents.TryGetValue((after.Id, under.Id), out var consent) && consent is { IsGranted: true, Act: DeclaredAct.Plan }, "spent under a plan that nobody approved");
            var plan = (DeclaredAct.Plan)consent!.Act;
            consent.Used += spend.Amount.Amount;
            True(plan.UpTo.Currency == spend.Amount.Currency && consent.Used <= plan.UpTo.Amount && _office.Now <= plan.Until, "spent beyond the plan");
            True(Oracle.Agreed(verdict, before, chain, consent.By), $"spent under a plan that not everybody approved whom it needs: {verdict}");
            Count("spent under a plan");
        }
        else
        {
            True(verdict.IsFree, $"permitted without asking: {verdict}");
            Count($"permitted {Name(act)}");
        }
        Recorded(before, after, act);
    }

    /// <summary>New terms: a child is due no later than what is above it, and a root has no more than its leader may give.</summary>
    private void Agreed(Delegation before, Delegation after, Chain chain)
    {
        True(after.Terms.Due == before.Terms.Due || chain.Ancestors.All(ancestor => after.Terms.Due.At <= ancestor.Terms.Due.At), "due later than what is above it");
        var (old, budget) = (before.Terms.Limits.Budget, after.Terms.Limits.Budget);
        if (budget is not null && budget != old)
        {
            True(chain.Mandate.IsUnlimited || (chain.Mandate.Money is { } most && most.Currency == budget.Currency && budget.Amount <= most.Amount), "a budget beyond the mandate");
            Count("another budget");
        }
        else if (after.Terms.Due != before.Terms.Due && chain.Ancestors.Count > 0)
        {
            Count("another deadline below");
        }
        True(after.Dealings.Spent == before.Dealings.Spent && after.Dealings.Allowances.Count == before.Dealings.Allowances.Count, "something else than an act touched the money");
    }

    private void Approved(Press press, Delegation before, Delegation after, Chain chain, Outcome.Changed changed)
    {
        True(changed.Entry.Clause is not null, "an approval without a clause");
        AtWork(before);
        var consent = _consents[(before.Id, press.Request!)];
        if (press.Declared is { } narrower)
        {
            True(Amount(narrower) is not { } less || (less.Amount > 0 && less.Amount <= Amount(consent.Act)!.Amount && less.Currency == Amount(consent.Act)!.Currency), "what is narrower is wider");
            consent.Act = narrower;
        }
        foreach (var person in press.By.Absent.Append(press.By.ActorId))
        {
            consent.By.Add(person);
            consent.By.UnionWith(consent.Passed.GetValueOrDefault(person) ?? []);
        }
        var held = after.Dealings.Held.FirstOrDefault(held => held.Id == press.Request);
        if (held is { Raising: false })
        {
            Count("approved by one of several");
            return;
        }
        Cites(changed, before, chain, consent.Act);
        var verdict = Oracle.Judge(before, chain, consent.Act, _office.Now, null);
        True(Oracle.Agreed(verdict, before, chain, consent.By), $"approved though not everybody agreed: {verdict}");
        Count($"approved {Name(consent.Act)}");
        if (held is null)
        {
            Granted(before, after, consent, isRaised: false);
        }
    }

    private void PassedOn(Press press)
    {
        var consent = _consents[(press.Target, press.Request!)];
        var to = consent.Passed.TryGetValue(press.To!.ObjectId, out var known) ? known : consent.Passed[press.To.ObjectId] = [];
        foreach (var person in press.By.Absent.Append(press.By.ActorId))
        {
            to.Add(person);
            to.UnionWith(consent.Passed.GetValueOrDefault(person) ?? []);
        }
    }

    private void Granted(Delegation before, Delegation after, Consent consent, bool isRaised)
    {
        consent.IsGranted = true;
        var onTop = OnTop(after) - OnTop(before);
        True(onTop == 0 || onTop == Amount(consent.Act)!.Amount, "more on top than was approved");
        True(!isRaised || onTop > 0, "what was raised is not on top");
        Recorded(before, after, consent.Act);
    }

    /// <summary>It is in the books, and the sums hold all the way up.</summary>
    private void Recorded(Delegation before, Delegation after, DeclaredAct act)
    {
        True(after.Ancestors is null || after.Ancestors.All(id => _states[id].IsOpen), "recorded below what has ended");
        switch (act)
        {
            case DeclaredAct.Spend spend:
                True(spend.Amount.Amount > 0, "spent nothing, or less");
                _spent[after.Id] += spend.Amount.Amount;
                foreach (var id in (after.Ancestors ?? []).Prepend(after.Id))
                {
                    var state = _states[id];
                    _spentInTree[id] += spend.Amount.Amount;
                    True(_spentInTree[id] <= (state.Terms.Limits.Budget?.Amount ?? 0) + OnTop(state), "more is spent than there is");
                }
                break;
            case DeclaredAct.Commit:
                True(after.Dealings.Commitments.Count == before.Dealings.Commitments.Count + 1, "a promise is not in the books");
                break;
            case DeclaredAct.Involve involve:
                True(after.Dealings.Involved.Contains(involve.Person), "who is involved is not in the books");
                break;
            case DeclaredAct.HandOn handOn:
                True(before.Dealings.Children.All(child => child.Id != handOn.ChildId) && after.Dealings.Children[^1].Id == handOn.ChildId, "the same draft was handed on twice");
                break;
        }
    }

    /// <summary>Every ruling that meets a policy cites it.</summary>
    private static void Cites(Outcome.Changed changed, Delegation before, Chain chain, DeclaredAct act) =>
        True(Oracle.Met(before, chain, act).All(policy => changed.Entry.Clause!.Contains(policy, StringComparison.Ordinal)), "a policy is met and not cited");

    private static void AtWork(Delegation before) =>
        True(before.State is DelegationState.Accepted or DelegationState.InProgress or DelegationState.Returned or DelegationState.WaitingForApproval, $"an act while it is {before.State}");

    // ---- what happens in others

    private void Happen(string source, Effect effect)
    {
        // As the store does it: an effect is an operation at its target, and a child is made once.
        if (effect is Effect.Create create)
        {
            if (!_states.ContainsKey(create.Target))
            {
                var offered = OfferRules.Offer("tenant", create);
                Add(offered);
                True(offered.State.Leader == _states[source].Assignee && offered.State.Ancestors!.SequenceEqual([source, .. _states[source].Ancestors ?? []]), "a child that does not stand below its parent");
            }
        }
        else if (_happened.Add((effect.Target, effect.Id)))
        {
            var before = _states[effect.Target];
            var outcome = EffectRules.Apply(before, Above(before), effect, _office.Now);
            var after = Changed(before, outcome, null);
            Caused(effect, before, after, outcome);
            if (effect is not Effect.Raise raise || after.Dealings.Children.Any(child => child.Id == raise.Child && child.Raises.Contains(raise.Request)))
            {
                True(EffectRules.Apply(after, Above(after), effect, _office.Now) is Outcome.Unchanged, $"{effect.GetType().Name} happened twice");
            }
        }
        _delivered.Add((source, effect));
    }

    private Delegation[] Above(Delegation delegation) => [.. (delegation.Ancestors ?? []).Select(id => _states[id])];

    private void Caused(Effect effect, Delegation before, Delegation after, Outcome outcome)
    {
        switch (effect)
        {
            case Effect.Raise raise:
                Count(after.Dealings.Taken > before.Dealings.Taken ? "raise set aside" : "raise refused");
                True(after.Dealings.Taken == before.Dealings.Taken || after.Dealings.Taken == before.Dealings.Taken + raise.Amount.Amount, "another amount was set aside");
                break;
            case Effect.Raised raised when outcome is Outcome.Changed:
                if (after.Dealings.Held.Any(held => held.Id == raised.Request))
                {
                    // Who approved must do so again: it is another question now.
                    _consents[(after.Id, raised.Request)].By.Clear();
                    Count("raised: not enough above");
                }
                else
                {
                    Count("raised: approved");
                    Granted(before, after, _consents[(after.Id, raised.Request)], isRaised: true);
                }
                break;
            case Effect.Settle settle when outcome is Outcome.Changed:
                True(settle.Spent == _spentInTree[settle.Child], "a child says it spent something else than it did");
                Count("settled");
                break;
            case Effect.Revoke when outcome is Outcome.Changed:
                Count("cascaded");
                break;
        }
    }

    private void Remove(string source)
    {
        var waiting = _waiting[source];
        waiting.Dequeue();
        if (waiting.Count == 0)
        {
            _waiting.Remove(source);
            _sources.Remove(source);
        }
    }

    private void HappenAll()
    {
        while (_sources.Count > 0)
        {
            var source = _sources[^1];
            Happen(source, _waiting[source].Peek());
            Remove(source);
        }
        foreach (var delegation in _states.Values.Where(delegation => !delegation.IsOpen))
        {
            True(delegation.Dealings.Children.All(child => !_states[child.Id].IsOpen), "something below an ended one goes on");
        }
    }

    /// <summary>When nothing is on its way, what is set aside for a child is exactly what it may spend.</summary>
    private void Funded()
    {
        foreach (var child in _states.Values.SelectMany(delegation => delegation.Dealings.Children).Where(child => !child.IsSettled))
        {
            True(child.Reserved == (_states[child.Id].Terms.Limits.Budget?.Amount ?? 0) + OnTop(_states[child.Id]), "more or less is set aside than the child may spend");
        }
    }

    // ---- what holds of every change

    private Delegation Changed(Delegation before, Outcome outcome, Act? by)
    {
        var (after, entry) = outcome switch
        {
            Outcome.Changed changed => (changed.State, changed.Entry),
            Outcome.Refused { State: { } state } refused => (state, refused.Entry),
            _ => (before, null),
        };
        if (entry is null)
        {
            True(ReferenceEquals(before, after), "a change without an entry");
            return before;
        }
        True(after.Revision == before.Revision + 1 && entry.Number == after.Revision, "the history has a gap");
        True(entry.Version == before.Terms.Version && entry.At == _office.Now && entry.What.Length > 0, "an entry without version, time or words");
        True(entry.Who is not null && (by is null || entry.Who.ObjectId == by.ActorId), "an entry without its actor");
        True(outcome is not Outcome.Refused || entry.Clause is not null, "a ruling without a clause");
        True(before.IsOpen || after.State == before.State, "an ended delegation goes on");
        True(after.Left is null or { Amount: >= 0 }, "more is taken than the budget");
        True(after.Terms.Limits.Budget is not null || after.Dealings.Taken == 0, "money is taken from no budget");
        True(after.Dealings.Allowances.Select(allowance => allowance.UpTo.Currency).Concat(after.Terms.Limits.Budget is { } budget ? [budget.Currency] : []).Distinct().Count() <= 1, "two currencies in one delegation");
        True(after.Dealings.Allowances.All(allowance => allowance.Left >= 0), "more is used than was approved");
        True(after.Dealings.Children.Select(child => child.Id).Distinct().Count() == after.Dealings.Children.Count, "a child stands twice in the books");
        if (after.Terms.Type == AuthorizationType.Uncertain)
        {
            True(after.Dealings.Commitments.Count == 0 && after.Completions.Count == 0 && after.State is not (DelegationState.HandedIn or DelegationState.Done), "uncertain, and yet something was promised or completed");
        }
        _states[after.Id] = after;
        if (outcome is Outcome.Changed { Effects: { Count: > 0 } effects })
        {
            if (!_waiting.TryGetValue(after.Id, out var waiting))
            {
                _waiting.Add(after.Id, waiting = []);
                _sources.Add(after.Id);
            }
            foreach (var effect in effects)
            {
                True(_effects.Add(effect.Id), "two effects of one name");
                waiting.Enqueue(effect);
            }
        }
        return after;
    }

    private void Steps(Press press, Delegation before, Delegation after)
    {
        if (after.Completions.Count > before.Completions.Count)
        {
            True(press.Kind == PressKind.Complete && after.Completions.Count == before.Completions.Count + 1 && press.Step == before.Completions.Count + 1, "completed out of order");
            True(_accepted.Contains((after.Id, after.Terms.Version)), "completed under terms that were not accepted");
        }
        True(after.State is not (DelegationState.HandedIn or DelegationState.Done) || after.Completions.Count == after.Terms.Steps.Count, "handed in before all is complete");
    }

    private static decimal OnTop(Delegation delegation) => delegation.Dealings.Allowances.Where(allowance => allowance.IsOnTop).Sum(allowance => allowance.UpTo.Amount);

    private static Money? Amount(DeclaredAct act) => act switch { DeclaredAct.Spend spend => spend.Amount, DeclaredAct.Plan plan => plan.UpTo, _ => null };

    private static string Name(DeclaredAct act) => act.GetType().Name;

    private void Count(PressKind kind, Outcome outcome) => Count(outcome switch
    {
        Outcome.Changed => $"{kind} changed",
        Outcome.Unchanged => $"{kind} unchanged",
        Outcome.Refused { Entry: not null } => $"{kind} forbidden",
        _ => $"{kind} refused",
    });

    private void Count(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;

    private static void True(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
