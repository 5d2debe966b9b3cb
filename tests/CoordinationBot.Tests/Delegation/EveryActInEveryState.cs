using System.Reflection;
using CoordinationBot.Delegations;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

/// <summary>The whole table: what each act does in each state. A new state or a new act fails here until it has its column or line.</summary>
public class EveryActInEveryState
{
    /// <param name="Role">Who may do it.</param>
    /// <param name="OnVersion">Whether a card of another version is stale for it.</param>
    /// <param name="Otherwise">What the answer begins with in a state that has no such act.</param>
    /// <param name="States">A letter for each state in the order of the enum: the state after it; <c>-</c> stale, <c>=</c> unchanged, <c>!</c> forbidden and recorded.</param>
    /// <param name="Do">The act, with inputs that are right.</param>
    private sealed record Line(Role Role, bool OnVersion, string Otherwise, string States, Func<Delegation, Act, Outcome> Do);

    private const string NotChanged = "Nothing was changed: ";
    private const string NotSent = "Nothing was sent: ";
    private const string NotWaiting = "That request no longer waits: ";

    private static readonly Dictionary<string, Line> Table = new()
    {
        //                                                                          ODAIWHRFVE
        ["OfferRules.Accept"] = new(Role.Assignee, true, NotChanged, /*          */ "A---------", (d, act) => OfferRules.Accept(d, act, "Another back-brief")),
        ["OfferRules.Decline"] = new(Role.Assignee, true, NotChanged, /*         */ "D---------", (d, act) => OfferRules.Decline(d, act, "Another reason")),
        ["OfferRules.Revoke"] = new(Role.Leader, false, NotChanged, /*           */ "V-VVVVV-=-", (d, act) => OfferRules.Revoke(d, act, "Another reason")),
        ["StepRules.Complete"] = new(Role.Assignee, true, NotChanged, /*         */ "--II--I---", (d, act) => StepRules.Complete(d, act, d.NextStep, "note")),
        ["StepRules.HandIn"] = new(Role.Assignee, true, NotChanged, /*           */ "--!!--!---", (d, act) => StepRules.HandIn(d, act, null)),
        ["StepRules.AcceptResult"] = new(Role.Leader, true, NotChanged, /*       */ "-----F-=--", StepRules.AcceptResult),
        ["StepRules.Return"] = new(Role.Leader, true, NotChanged, /*             */ "-----R----", (d, act) => StepRules.Return(d, act, "Another reason", null)),
        ["ChangeRules.Request"] = new(Role.Assignee, true, NotChanged, /*        */ "--WW--W---", (d, act) => ChangeRules.Request(d, Inquiries.Alone, act, new TermsChange(ChangeKind.Skip, 3), "Another reason")),
        ["ChangeRules.Withdraw"] = new(Role.Assignee, false, NotWaiting, /*      */ "----I-----", (d, act) => ChangeRules.Withdraw(d, act, d.Request?.Id ?? "R4")),
        ["ChangeRules.Approve"] = new(Role.Leader, false, NotWaiting, /*         */ "----O-----", (d, act) => ChangeRules.Approve(d, Inquiries.Alone, act, d.Request?.Id ?? "R4", null)),
        ["ChangeRules.Refuse"] = new(Role.Leader, false, NotWaiting, /*          */ "----I-----", (d, act) => ChangeRules.Refuse(d, act, d.Request?.Id ?? "R4", "Another reason")),
        ["QuestionRules.Ask"] = new(Role.Assignee, false, NotSent, /*            */ "O-AIWHR---", (d, act) => QuestionRules.Ask(d, act, "Another question?")),
        ["QuestionRules.Answer"] = new(Role.Leader, false, NotSent, /*           */ "O-AIWHR---", (d, act) => QuestionRules.Answer(d, act, "Q1", "The blue one")),
    };

    public static TheoryData<string, string> Cells => [.. from act in Table.Keys from state in States select (act, state.ToString())];

    [Fact]
    public void The_table_has_every_act_of_the_rules_and_every_state()
    {
        var acts = typeof(Delegation).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Delegation).Namespace && type.Name.EndsWith("Rules", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.ReturnType == typeof(Outcome) && !method.IsPrivate && method.GetParameters().Skip(1).Take(2).Any(parameter => parameter.ParameterType == typeof(Act)) && method.DeclaringType != typeof(DelegationRules) && method.DeclaringType != typeof(ApprovalRules) && method.DeclaringType != typeof(GrantRules) && method.DeclaringType != typeof(DeclareRules) && method.DeclaringType != typeof(InquiryRules) && method.DeclaringType != typeof(ChoiceRules))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.Equal(acts.Order(), Table.Keys.Order());
        Assert.All(Table.Values, line => Assert.Equal(States.Count, line.States.Length));
        Assert.All(States, state => Assert.Equal(state, In(state).State));
    }

    [Theory, MemberData(nameof(Cells))]
    public void Who_may_do_it_gets_what_the_table_says(string name, string state)
    {
        var (line, before) = Cell(name, state);

        Follows(line, before, line.Do(before, By(Actor(line.Role))));
    }

    [Theory, MemberData(nameof(Cells))]
    public void The_other_party_is_told_whose_it_is_and_nothing_is_written(string name, string state)
    {
        var (line, before) = Cell(name, state);

        var refused = Assert.IsType<Outcome.Refused>(line.Do(before, By(Actor(line.Role == Role.Leader ? Role.Assignee : Role.Leader))));

        Assert.Equal(
            line.Role == Role.Leader
                ? "That was not done. (D-7K3F9Q, version 1: Ann Abel leads it and decides this.)"
                : "That was not done. (D-7K3F9Q, version 1: It is assigned to Bob Berg, who does this.)",
            refused.Full);
        Assert.Null(refused.State);
        Assert.Null(refused.Entry);
    }

    [Theory, MemberData(nameof(Cells))]
    public void A_stranger_learns_nothing(string name, string state)
    {
        var (line, before) = Cell(name, state);

        Assert.IsType<Outcome.NotInvolved>(line.Do(before, By(Eve)));
        Assert.IsType<Outcome.NotInvolved>(line.Do(before, By(Eve, version: 7)));
        Assert.IsType<Outcome.NotInvolved>(line.Do(before, By("")));
        Assert.IsType<Outcome.NotInvolved>(line.Do(before, By("Ann Abel")));
    }

    [Theory, MemberData(nameof(Cells))]
    public void A_card_of_another_version_is_stale_unless_the_act_is_about_no_version(string name, string state)
    {
        var (line, before) = Cell(name, state);
        foreach (var version in (int[])[0, -1, 2, int.MaxValue, int.MinValue])
        {
            var outcome = line.Do(before, By(Actor(line.Role), version));

            if (line.OnVersion && Expected(line, before) != '=')
            {
                Assert.Equal(new Outcome.Stale("The terms changed since this card was sent. This is version 1."), outcome);
            }
            else
            {
                Follows(line, before, outcome);
            }
        }
    }

    [Theory, MemberData(nameof(Cells))]
    public void Pressed_again_it_does_nothing_more(string name, string state)
    {
        var (line, before) = Cell(name, state);
        var act = By(Actor(line.Role));
        // The step that was sent, not the one that the new card would send. Requests keep their id.
        var sent = before.NextStep;
        Outcome Press(Delegation now) => name == "StepRules.Complete" ? StepRules.Complete(now, act, sent, "note") : line.Do(now, act);
        if (Press(before) is not Outcome.Changed changed)
        {
            return;
        }

        var again = Press(changed.State);

        Assert.True(again is Outcome.Unchanged or Outcome.Stale, again.ToString());
        if (again is Outcome.Unchanged unchanged)
        {
            Assert.Same(changed.State, unchanged.State);
        }
    }

    [Fact]
    public void As_long_as_it_waits_to_be_given_the_assignee_can_do_and_learn_nothing_and_the_leader_can_only_revoke_it()
    {
        foreach (var (name, line) in Table)
        {
            var outcome = line.Do(Requested(), By(Actor(line.Role)));

            if (name == "OfferRules.Revoke")
            {
                Assert.Equal(DelegationState.Revoked, Done(outcome).State);
            }
            else if (line.Role == Role.Leader)
            {
                Assert.False(outcome is Outcome.Changed or Outcome.Refused { State: not null }, name);
                Assert.True(outcome is Outcome.Refused || ((Outcome.Stale)outcome).Sentence == line.Otherwise + Standing(DelegationState.Requested), name);
            }
            else
            {
                Assert.IsType<Outcome.NotInvolved>(outcome);
            }
            Assert.IsType<Outcome.NotInvolved>(line.Do(Requested(), By(Eve)));
        }
    }

    private static (Line Line, Delegation Before) Cell(string name, string state) => (Table[name], In(Enum.Parse<DelegationState>(state)));

    private static string Actor(Role role) => role == Role.Leader ? Ann : Bob;

    private static char Expected(Line line, Delegation before) => line.States[(int)before.State];

    private static void Follows(Line line, Delegation before, Outcome outcome)
    {
        switch (Expected(line, before))
        {
            case '-':
                Assert.Equal(line.Otherwise + Standing(before.State), Assert.IsType<Outcome.Stale>(outcome).Sentence);
                break;
            case '=':
                Assert.Same(before, Assert.IsType<Outcome.Unchanged>(outcome).State);
                break;
            case '!':
                var refused = Assert.IsType<Outcome.Refused>(outcome);
                Assert.Equal(before with { Revision = before.Revision + 1 }, refused.State);
                Assert.Equal("D-7K3F9Q, version 1: Do exactly these 3 steps, in this order.", refused.Entry!.Clause);
                Assert.Equal(before.Revision + 1, refused.Entry.Number);
                break;
            case var letter:
                var changed = Assert.IsType<Outcome.Changed>(outcome);
                Assert.Equal(letter, Letter(changed.State.State));
                Assert.Equal((before.Revision + 1, before.Revision + 1), (changed.State.Revision, changed.Entry.Number));
                Assert.Equal((line.Role == Role.Leader ? before.Leader : before.Assignee, before.Terms.Version), (changed.Entry.Who, changed.Entry.Version));
                Assert.All(changed.Tells, tell => Assert.NotEqual(line.Role, tell.Role));
                break;
        }
    }

    private static char Letter(DelegationState state) => state switch
    {
        DelegationState.Offered => 'O',
        DelegationState.Declined => 'D',
        DelegationState.Accepted => 'A',
        DelegationState.InProgress => 'I',
        DelegationState.WaitingForApproval => 'W',
        DelegationState.HandedIn => 'H',
        DelegationState.Returned => 'R',
        DelegationState.Done => 'F',
        DelegationState.Revoked => 'V',
        DelegationState.Expired => 'E',
        DelegationState.Requested => 'Q',
    };

    private static string Standing(DelegationState state) => state switch
    {
        DelegationState.Offered => "it is offered to Bob Berg and waits for an answer.",
        DelegationState.Declined => "Bob Berg declined it.",
        DelegationState.Accepted => "Bob Berg accepted it and has not begun.",
        DelegationState.InProgress => "Bob Berg is working on it.",
        DelegationState.WaitingForApproval => "a change waits for Ann Abel's answer.",
        DelegationState.HandedIn => "the result is handed in and waits for Ann Abel.",
        DelegationState.Returned => "Ann Abel returned it to Bob Berg.",
        DelegationState.Done => "it is done.",
        DelegationState.Revoked => "Ann Abel revoked it.",
        DelegationState.Expired => "it expired.",
        DelegationState.Requested => "it waits for Carol Cole, who can give it.",
    };
}
