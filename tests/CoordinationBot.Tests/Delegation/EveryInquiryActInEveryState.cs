using System.Reflection;
using CoordinationBot.Delegations;
using static CoordinationBot.Tests.Delegations.Inquiries;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

/// <summary>The whole table of an uncertain delegation: its own acts, and those of the other types, in each state.</summary>
public class EveryInquiryActInEveryState
{
    /// <param name="Who">Who may do it.</param>
    /// <param name="OnVersion">Whether a card of another version is stale for it.</param>
    /// <param name="States">As in <see cref="EveryActInEveryState"/>; <c>x</c> refused without a record.</param>
    /// <param name="Do">The act, with inputs that are right.</param>
    private sealed record Line(string Who, bool OnVersion, string States, Func<Delegation, Act, Outcome> Do);

    private static readonly Dictionary<string, Line> Table = new()
    {
        //                                                         ODAIWHRFVE
        ["InquiryRules.AddOption"] = new(Bob, true, /*          */ "--II--R---", (d, act) => InquiryRules.AddOption(d, act, Garden with { Title = "The lake" })),
        ["InquiryRules.ReworkOption"] = new(Bob, true, /*       */ "--xI--R---", (d, act) => InquiryRules.ReworkOption(d, act, "O1", Hall with { Risk = "None." })),
        ["InquiryRules.RemoveOption"] = new(Bob, true, /*       */ "--xI--R---", (d, act) => InquiryRules.RemoveOption(d, act, "O1")),
        ["InquiryRules.Report"] = new(Bob, true, /*             */ "--IIWHR---", (d, act) => InquiryRules.Report(d, act, "Half way.")),
        ["InquiryRules.Propose"] = new(Bob, true, /*            */ "--xH-=H---", InquiryRules.Propose),
        ["InquiryRules.Comment"] = new(Carol, false, /*         */ "nnAIWHR---", (d, act) => InquiryRules.Comment(d, act, null, "Another comment")),
        ["ChoiceRules.Choose"] = new(Ann, true, /*              */ "-----O----", (d, act) => ChoiceRules.Choose(d, Alone, act, "draft-2", "O1", Deterministic)),
        ["ChoiceRules.AskForMore"] = new(Ann, true, /*          */ "-----R----", (d, act) => ChoiceRules.AskForMore(d, act, "Something else")),
        ["ChoiceRules.Close"] = new(Ann, true, /*               */ "--FFFFF---", (d, act) => ChoiceRules.Close(d, act, "Another reason")),
        ["ChoiceRules.GoOnWithout"] = new(Ann, true, /*         */ "--A~~~~---", (d, act) => ChoiceRules.GoOnWithout(d, act, Carol)),
        ["StepRules.Complete"] = new(Bob, true, /*              */ "--!!--!---", (d, act) => StepRules.Complete(d, act, 1, null)),
        ["StepRules.HandIn"] = new(Bob, true, /*                */ "--!!--!---", (d, act) => StepRules.HandIn(d, act, null)),
        ["StepRules.AcceptResult"] = new(Ann, true, /*          */ "-----!-=--", StepRules.AcceptResult),
        ["StepRules.Return"] = new(Ann, true, /*                */ "-----!----", (d, act) => StepRules.Return(d, act, "Another reason", null)),
        ["ChangeRules.Request"] = new(Bob, true, /*             */ "--xx--x---", (d, act) => ChangeRules.Request(d, Inquiries.Alone, act, new TermsChange(ChangeKind.Add, 0, Text: "A step"), "Because")),
        ["OfferRules.Accept"] = new(Bob, true, /*               */ "A---------", (d, act) => OfferRules.Accept(d, act, "Another back-brief")),
        ["OfferRules.Decline"] = new(Bob, true, /*              */ "D---------", (d, act) => OfferRules.Decline(d, act, "Another reason")),
        ["OfferRules.Revoke"] = new(Ann, false, /*              */ "V-VVVVV-=-", (d, act) => OfferRules.Revoke(d, act, "Another reason")),
    };

    public static TheoryData<string, string> Cells => [.. from act in Table.Keys from state in States select (act, state.ToString())];

    [Fact]
    public void The_table_has_every_act_of_these_rules()
    {
        var acts = ((Type[])[typeof(InquiryRules), typeof(ChoiceRules)])
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.ReturnType == typeof(Outcome) && !method.IsPrivate && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Act)) && !method.Name.StartsWith("Bar", StringComparison.Ordinal))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.Subset(Table.Keys.ToHashSet(), acts.ToHashSet());
        Assert.Equal(10, acts.Count());
        Assert.All(Table.Values, line => Assert.Equal(States.Count, line.States.Length));
        Assert.All(States, state => Assert.Equal((state, AuthorizationType.Uncertain), (Inquiries.In(state).State, Inquiries.In(state).Terms.Type)));
    }

    [Theory, MemberData(nameof(Cells))]
    public void Who_may_do_it_gets_what_the_table_says(string name, string state)
    {
        var (line, before) = Cell(name, state);
        var outcome = line.Do(before, By(line.Who));
        switch (line.States[(int)before.State])
        {
            case '-' when name == "InquiryRules.Comment":
                Assert.StartsWith("Nothing was sent: ", Assert.IsType<Outcome.Stale>(outcome).Sentence, StringComparison.Ordinal);
                break;
            case '-':
                Assert.Equal($"Nothing was changed: {DelegationRules.Standing(before)}", Assert.IsType<Outcome.Stale>(outcome).Sentence);
                break;
            case '~':
                Assert.Equal("Nothing was changed: Carol Cole has commented meanwhile.", Assert.IsType<Outcome.Stale>(outcome).Sentence);
                break;
            case '=':
                Assert.Same(before, Assert.IsType<Outcome.Unchanged>(outcome).State);
                break;
            case 'n':
                Assert.IsType<Outcome.NotInvolved>(outcome);
                break;
            case 'x':
                Assert.Null(Assert.IsType<Outcome.Refused>(outcome).State);
                break;
            case '!':
                var refused = Assert.IsType<Outcome.Refused>(outcome);
                Assert.Equal(before with { Revision = before.Revision + 1 }, refused.State);
                Assert.Equal((Sentence, before.Revision + 1), (refused.Entry!.Clause, refused.Entry.Number));
                break;
            case var letter:
                var changed = Assert.IsType<Outcome.Changed>(outcome);
                Assert.Equal(letter, changed.State.State switch { DelegationState.Done => 'F', DelegationState.Revoked => 'V', var other => other.ToString()[0] });
                Assert.Equal((before.Revision + 1, before.Revision + 1, line.Who), (changed.State.Revision, changed.Entry.Number, changed.Entry.Who.ObjectId));
                Assert.True(changed.Entry.Clause?.StartsWith("D-7K3F9Q, version 1: ", StringComparison.Ordinal) == true || name == "OfferRules.Decline", changed.Entry.Clause);
                Assert.DoesNotContain(changed.Tells, tell => tell.Role == before.RoleOf(line.Who));
                break;
        }
    }

    [Theory, MemberData(nameof(Cells))]
    public void Nobody_else_can_do_it_and_nothing_is_written(string name, string state)
    {
        var (line, before) = Cell(name, state);
        foreach (var who in (string[])[Ann, Bob, Carol])
        {
            if (who == line.Who)
            {
                continue;
            }
            var outcome = line.Do(before, By(who));
            if (before.RoleOf(who) is null)
            {
                Assert.IsType<Outcome.NotInvolved>(outcome);
                continue;
            }
            var refused = Assert.IsType<Outcome.Refused>(outcome);
            Assert.Equal(("That was not done.", null, null), (refused.Sentence, refused.State, refused.Entry));
        }
        Assert.IsType<Outcome.NotInvolved>(line.Do(before, By(Eve)));
        Assert.IsType<Outcome.NotInvolved>(line.Do(before, By("Carol Cole")));
    }

    [Theory, MemberData(nameof(Cells))]
    public void A_card_of_another_version_is_stale_unless_the_act_is_about_no_version(string name, string state)
    {
        var (line, before) = Cell(name, state);
        if (line.OnVersion && line.States[(int)before.State] is not '=' || name == "InquiryRules.Propose")
        {
            Assert.Equal(new Outcome.Stale("The terms changed since this card was sent. This is version 1."), line.Do(before, By(line.Who, 2)));
        }
        else
        {
            Assert.Equal(line.Do(before, By(line.Who)).GetType(), line.Do(before, By(line.Who, 2)).GetType());
        }
    }

    [Theory, MemberData(nameof(Cells))]
    public void Pressed_again_it_does_nothing_more(string name, string state)
    {
        var (line, before) = Cell(name, state);
        if (line.Do(before, By(line.Who)) is Outcome.Changed changed)
        {
            Assert.True(line.Do(changed.State, By(line.Who)) is Outcome.Unchanged or Outcome.Stale);
        }
    }

    [Fact]
    public void None_of_its_acts_exists_in_a_delegation_of_another_type()
    {
        foreach (var (name, line) in Table.Where(line => line.Key.StartsWith("Inquiry", StringComparison.Ordinal) || line.Key.StartsWith("Choice", StringComparison.Ordinal)))
        {
            foreach (var before in States.Select(Samples.In))
            {
                var outcome = line.Do(before, By(line.Who, before.Terms.Version));
                Assert.True(name == "InquiryRules.Comment" ? outcome is Outcome.NotInvolved : outcome == new Outcome.Stale($"Nothing was changed: {DelegationRules.Standing(before)}"), $"{name} in {before.State}: {outcome}");
            }
        }
    }

    private static (Line Line, Delegation Before) Cell(string name, string state) => (Table[name], Inquiries.In(Enum.Parse<DelegationState>(state)));
}
