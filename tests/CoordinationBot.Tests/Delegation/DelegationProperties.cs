using System.Collections.Concurrent;
using System.Text.Json;
using CoordinationBot.Delegations;
using CsCheck;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

/// <summary>What holds whatever anybody does in whatever order. About 40 acts a history, with wrong persons, old cards, tampered numbers and bad texts among them.</summary>
public class DelegationProperties
{
    private const int Histories = 4000;

    [Fact]
    public void Whatever_is_done_in_whatever_order_the_promises_hold()
    {
        var steps = 0;
        var seen = new ConcurrentDictionary<string, int>();

        RandomActs.Histories.Sample(
            history =>
            {
                var walk = new Walk(history.Steps);
                foreach (var random in history.Acts)
                {
                    var (before, act) = (walk.Now, random.Against(walk.Now));
                    var outcome = walk.Do(act);
                    Promises.Hold(walk, before, act, outcome);
                    seen.AddOrUpdate($"{act.Name} {outcome.GetType().Name}", 1, (_, count) => count + 1);
                    seen.AddOrUpdate(walk.Now.State.ToString(), 1, (_, count) => count + 1);
                    Interlocked.Increment(ref steps);
                }
            },
            iter: Histories);

        Assert.True(steps > 100_000, $"only {steps} steps");
        // A walk that never comes anywhere proves nothing.
        Assert.All(States.Where(state => state != DelegationState.Expired), state => Assert.True(seen.GetValueOrDefault(state.ToString()) > 100, $"{state} was hardly seen"));
        Assert.All(RandomActs.Names, name => Assert.True(seen.GetValueOrDefault($"{name} Changed") > 20, $"{name} hardly ever succeeded"));
    }
}

/// <summary>A delegation on its way, and what is remembered beside it.</summary>
internal sealed class Walk
{
    public Walk(int steps)
    {
        var evidence = Enumerable.Range(0, steps).Select(index => (Evidence)(index % 3)).ToArray();
        Now = Offered(evidence);
        History.Add(1);
    }

    public Delegation Now { get; private set; }

    public List<int> History { get; } = [];

    public HashSet<int> AcceptedVersions { get; } = [];

    public Outcome Do(ConcreteAct act)
    {
        var outcome = act.Do(Now);
        (Now, var entry) = outcome switch
        {
            Outcome.Changed changed => (changed.State, changed.Entry),
            Outcome.Refused { State: { } state } refused => (state, refused.Entry),
            _ => (Now, null),
        };
        if (entry is not null)
        {
            History.Add(entry.Number);
        }
        if (act.Name == "Accept" && outcome is Outcome.Changed)
        {
            AcceptedVersions.Add(Now.Terms.Version);
        }
        return outcome;
    }
}

/// <summary>An act with everything chosen.</summary>
internal sealed record ConcreteAct(string Name, Act By, int Step, Func<Delegation, Outcome> Do);

/// <summary>An act whose numbers are chosen relative to what it meets, so that most cards are fresh and some are not.</summary>
internal sealed record RandomAct(string Name, int Who, int Version, int Step, int Other, int Text, int Minutes)
{
    // Acts of one history share a clock that only goes on: the revision stands for it.
    public ConcreteAct Against(Delegation now)
    {
        var mine = Name is "Revoke" or "AcceptResult" or "Return" or "Approve" or "Refuse" or "Answer" ? Ann : Bob;
        var who = Who switch { < 17 => mine, 17 or 18 => mine == Ann ? Bob : Ann, _ => Eve };
        var version = Version switch { < 18 => now.Terms.Version, 18 => now.Terms.Version - 1, _ => now.Terms.Version + 1 };
        var by = new Act(who, version, Now.AddMinutes((now.Revision * 30) + Minutes));
        var step = StepFor(now, Step);
        var text = TextFor(Text);
        var request = Other % 10 == 0 ? "R2" : now.Request?.Id;
        var question = now.Questions.Count == 0 ? "Q1" : now.Questions[Other % now.Questions.Count].Id;
        var due = new Due(by.Now.AddMinutes(Text % 2 == 0 ? (Step * 600) + 60 : -60), "Europe/Berlin");
        var change = new TermsChange((ChangeKind)(Other % 5), step, StepFor(now, Other), text, due);
        TermsChange? edit = Who % 3 == 0 ? change with { Kind = Version % 4 == 0 || now.Request is null ? change.Kind : now.Request.Change.Kind } : null;
        return new(Name, by, step, Name switch
        {
            "Accept" => d => OfferRules.Accept(d, by, text),
            "Decline" => d => OfferRules.Decline(d, by, text),
            "Revoke" => d => OfferRules.Revoke(d, by, text),
            "Complete" => d => StepRules.Complete(d, by, step, text),
            "HandIn" => d => StepRules.HandIn(d, by, Other % 2 == 0 ? null : text),
            "AcceptResult" => d => StepRules.AcceptResult(d, by),
            "Return" => d => StepRules.Return(d, by, text, Other % 3 == 0 ? null : Math.Max(step - Other, Other - 5)),
            "Request" => d => ChangeRules.Request(d, Inquiries.Alone, by, change, text),
            "Withdraw" => d => ChangeRules.Withdraw(d, by, request),
            "Approve" => d => ChangeRules.Approve(d, Inquiries.Alone, by, request, edit),
            "Refuse" => d => ChangeRules.Refuse(d, by, request, text),
            "Ask" => d => QuestionRules.Ask(d, by, text),
            "Answer" => d => QuestionRules.Answer(d, by, question, text),
            _ => throw new InvalidOperationException(Name),
        });
    }

    private static int StepFor(Delegation now, int pick) => pick switch
    {
        < 12 => now.NextStep,
        12 => now.NextStep - 1,
        13 or 14 => now.NextStep + 1,
        15 => now.Terms.Steps.Count,
        16 => 0,
        17 => -1,
        18 => 51,
        _ => int.MinValue,
    };

    private static string? TextFor(int pick) => pick switch
    {
        < 12 => Link,
        12 or 13 => "Some other words, with a “quote” and 会議 🎉",
        14 => null,
        15 => "",
        16 => "short",
        17 => Long(301),
        18 => Long(1001),
        _ => "javascript:alert(1)",
    };
}

internal static class RandomActs
{
    private static readonly (int Weight, string Name)[] Weights =
    [
        (16, "Accept"), (1, "Decline"), (1, "Revoke"), (40, "Complete"), (12, "HandIn"), (3, "AcceptResult"), (8, "Return"), (12, "Request"),
        (3, "Withdraw"), (10, "Approve"), (4, "Refuse"), (5, "Ask"), (6, "Answer"),
    ];

    public static IEnumerable<string> Names => Weights.Select(weight => weight.Name);

    private static readonly Gen<RandomAct> Act = Gen.Select(
        Gen.Frequency([.. Weights.Select(weight => (weight.Weight, Gen.Const(weight.Name)))]),
        Gen.Int[0, 19], Gen.Int[0, 19], Gen.Int[0, 19], Gen.Int[0, 19], Gen.Int[0, 19], Gen.Int[0, 29],
        (name, who, version, step, other, text, minutes) => new RandomAct(name, who, version, step, other, text, minutes));

    public static readonly Gen<(int Steps, RandomAct[] Acts)> Histories =
        Gen.Select(Gen.Frequency((8, Gen.Int[1, 4]), (1, Gen.Int[48, 50])), Act.Array[5, 80]);
}

internal static class Promises
{
    public static void Hold(Walk walk, Delegation before, ConcreteAct act, Outcome outcome)
    {
        var after = walk.Now;
        Recording(before, after, act, outcome, walk);
        Strangers(before, act, outcome);
        Closed(before, outcome, act);
        Steps(walk, before, after, act, outcome);
        Versions(before, after, act, outcome);
        Again(after, act, outcome);
        if (!ReferenceEquals(before, after))
        {
            RoundTrip(after);
        }
    }

    private static void Recording(Delegation before, Delegation after, ConcreteAct act, Outcome outcome, Walk walk)
    {
        var entry = outcome switch { Outcome.Changed changed => changed.Entry, Outcome.Refused refused => refused.Entry, _ => null };
        True(entry is null == ReferenceEquals(before, after), "an entry without a change, or a change without an entry");
        if (entry is not null)
        {
            True(after.Revision == before.Revision + 1 && entry.Number == after.Revision, "the revision did not go up by one");
            True(entry.Who.ObjectId == act.By.ActorId && entry.Version == before.Terms.Version && entry.At == act.By.Now, "the entry does not name actor, version or time");
            True(entry.What.Length > 0, "the entry says nothing");
        }
        else if (outcome is Outcome.Refused { State: not null })
        {
            True(false, "a refusal that changes but records nothing");
        }
        True(walk.History.Count == after.Revision && walk.History[^1] == after.Revision, "the history has a gap");
    }

    private static void Strangers(Delegation before, ConcreteAct act, Outcome outcome)
    {
        True(outcome is Outcome.NotInvolved == (before.RoleOf(act.By.ActorId) is null), "a stranger got an answer, or a party none");
    }

    private static void Closed(Delegation before, Outcome outcome, ConcreteAct act)
    {
        if (!before.IsOpen)
        {
            True(outcome is Outcome.Stale or Outcome.Unchanged or Outcome.NotInvolved or Outcome.Refused { State: null }, $"{act.Name} changed what was closed");
        }
    }

    private static void Steps(Walk walk, Delegation before, Delegation after, ConcreteAct act, Outcome outcome)
    {
        var (was, now) = (before.Completions, after.Completions);
        True(now.Count <= after.Terms.Steps.Count, "more completed than there are");
        True(now.Take(Math.Min(was.Count, now.Count)).SequenceEqual(was.Take(Math.Min(was.Count, now.Count))), "a completed step was changed");
        if (now.Count > was.Count)
        {
            True(act.Name == "Complete" && now.Count == was.Count + 1, "completed by something else, or several at once");
            True(act.Step == before.NextStep, "completed out of order");
            True(walk.AcceptedVersions.Contains(after.Terms.Version), "completed under a version that was not accepted");
            True(DelegationLimits.CheckEvidence(after.Terms.Steps[now.Count - 1].Evidence, now[^1].Evidence) is null, "completed without its evidence");
        }
        if (now.Count < was.Count)
        {
            True(act.Name == "Return" && outcome is Outcome.Changed, "a completed step was opened again by something else");
        }
        True(after.State is not (DelegationState.HandedIn or DelegationState.Done) || after.AllStepsComplete, "handed in before all is complete");
        True(after.State != DelegationState.Done || after.BackBrief is not null, "done without having been accepted");
        True((after.State == DelegationState.WaitingForApproval) == (after.Request is not null), "a request without waiting, or waiting without one");
    }

    private static void Versions(Delegation before, Delegation after, ConcreteAct act, Outcome outcome)
    {
        if (ReferenceEquals(before.Terms, after.Terms))
        {
            True(act.Name != "Approve" || outcome is not Outcome.Changed, "approved and nothing changed");
            return;
        }
        True(act.Name == "Approve" && act.By.ActorId == Ann, "terms changed without an approval");
        True(after.Terms.Version == before.Terms.Version + 1 && after.State == DelegationState.Offered && after.BackBrief is null, "new terms that need no acceptance");
        True(after.Terms.Steps.Count is >= 1 and <= DelegationLimits.Steps, "no steps, or too many");
        True(after.Terms.Due == before.Terms.Due || after.Terms.Due.At > act.By.Now, "a deadline in the past");
        True(after.Terms.Steps.Take(after.Completions.Count).SequenceEqual(before.Terms.Steps.Take(before.Completions.Count)), "a completed step was altered");
        True(after.Terms.Steps.All(step => DelegationLimits.Check(step.Text, "", DelegationLimits.StepText) is null), "a step without words");
    }

    private static void Again(Delegation after, ConcreteAct act, Outcome outcome)
    {
        var again = act.Do(after);
        True(again is not Outcome.Changed, $"{act.Name} changed twice");
        if (outcome is Outcome.Refused refused)
        {
            True(again is Outcome.Refused same && same.Full == refused.Full, $"{act.Name} was refused differently the second time");
        }
    }

    private static void RoundTrip(Delegation delegation)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(delegation, DelegationJson.Default.Delegation);
        var read = JsonSerializer.Deserialize(json, DelegationJson.Default.Delegation)!;
        True(json.AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(read, DelegationJson.Default.Delegation)), "the row changed on its way");
        // Lists are compared by their items, everything else by the record itself.
        var alike = read with { Terms = read.Terms with { Steps = delegation.Terms.Steps }, Completions = delegation.Completions, Questions = delegation.Questions };
        True(alike == delegation with { }, "the record changed on its way");
        True(read.Terms.Steps.SequenceEqual(delegation.Terms.Steps) && read.Completions.SequenceEqual(delegation.Completions) && read.Questions.SequenceEqual(delegation.Questions), "a list changed on its way");
    }

    private static void True(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
