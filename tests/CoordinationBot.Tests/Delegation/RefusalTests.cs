using CoordinationBot.Delegations;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

/// <summary>Every refusal of input, word by word. None of them writes anything.</summary>
public class RefusalTests
{
    private const string Steps3 = " (D-7K3F9Q, version 1: Do exactly these 3 steps, in this order.)";
    private const string PickOpen = "Please choose a step that is still open; completed steps stay as they are.";
    private const string NoStep = "There is no such step." + Steps3;
    private const string NoLink = "That is not a link. Please paste one that begins with https://.";

    private static readonly Dictionary<string, (Func<Outcome> Do, string Sentence)> Cases = new()
    {
        ["accept nothing"] = (() => OfferRules.Accept(Offered(), By(Bob), null), "Please write in your own words what you will do."),
        ["accept empty"] = (() => OfferRules.Accept(Offered(), By(Bob), ""), "Please write in your own words what you will do."),
        ["accept blank"] = (() => OfferRules.Accept(Offered(), By(Bob), " \t\r\n \u00A0 \u2003"), "Please write in your own words what you will do."),
        ["accept a word"] = (() => OfferRules.Accept(Offered(), By(Bob), "ok ok"), "Please say in a sentence of your own what you will do, so that you both know you mean the same."),
        ["accept a novel"] = (() => OfferRules.Accept(Offered(), By(Bob), Long(1001)), "That is too long for in your own words what you will do: 1,001 characters, at most 1,000 fit. Please shorten it."),
        ["decline nothing"] = (() => OfferRules.Decline(Offered(), By(Bob), null), "Please write why you decline, so that the leader can arrange it otherwise."),
        ["decline a novel"] = (() => OfferRules.Decline(Offered(), By(Bob), Long(1001)), "That is too long for why you decline, so that the leader can arrange it otherwise: 1,001 characters, at most 1,000 fit. Please shorten it."),
        ["revoke nothing"] = (() => OfferRules.Revoke(Accepted(), By(Ann), ""), "Please write why, so that Bob Berg knows."),
        ["revoke a novel"] = (() => OfferRules.Revoke(Accepted(), By(Ann), Long(5000)), "That is too long for why, so that Bob Berg knows: 5,000 characters, at most 1,000 fit. Please shorten it."),
        ["complete 0"] = (() => StepRules.Complete(Accepted(), By(Bob), 0, null), NoStep),
        ["complete -1"] = (() => StepRules.Complete(Accepted(), By(Bob), -1, null), NoStep),
        ["complete 4 of 3"] = (() => StepRules.Complete(Accepted(), By(Bob), 4, null), NoStep),
        ["complete 51"] = (() => StepRules.Complete(Accepted(), By(Bob), 51, null), NoStep),
        ["complete least"] = (() => StepRules.Complete(Accepted(), By(Bob), int.MinValue, null), NoStep),
        ["complete most"] = (() => StepRules.Complete(Accepted(), By(Bob), int.MaxValue, null), NoStep),
        ["complete without note"] = (() => StepRules.Complete(Accepted(Evidence.Note), By(Bob), 1, null), "Please write a note on what you did: this step asks for one."),
        ["complete blank note"] = (() => StepRules.Complete(Accepted(Evidence.Note), By(Bob), 1, "   "), "Please write a note on what you did: this step asks for one."),
        ["complete long note"] = (() => StepRules.Complete(Accepted(Evidence.Note), By(Bob), 1, Long(1001)), "That is too long for a note on what you did: this step asks for one: 1,001 characters, at most 1,000 fit. Please shorten it."),
        ["complete long free note"] = (() => StepRules.Complete(Accepted(), By(Bob), 1, Long(1001)), "That is too long for the note: 1,001 characters, at most 1,000 fit. Please shorten it."),
        ["complete without link"] = (() => StepRules.Complete(Accepted(Evidence.Link), By(Bob), 1, null), "Please write a link to the result: this step asks for one."),
        ["complete long link"] = (() => StepRules.Complete(Accepted(Evidence.Link), By(Bob), 1, "https://x/" + Long(991)), "That is too long for a link to the result: this step asks for one: 1,001 characters, at most 1,000 fit. Please shorten it."),
        ["hand in a novel"] = (() => StepRules.HandIn(Completed(3), By(Bob), Long(1001)), "That is too long for the note on the result: 1,001 characters, at most 1,000 fit. Please shorten it."),
        ["return nothing"] = (() => StepRules.Return(In(DelegationState.HandedIn), By(Ann), null, null), "Please write what is missing."),
        ["return blank"] = (() => StepRules.Return(In(DelegationState.HandedIn), By(Ann), "  ", null), "Please write what is missing."),
        ["return a novel"] = (() => StepRules.Return(In(DelegationState.HandedIn), By(Ann), Long(1001), null), "That is too long for what is missing: 1,001 characters, at most 1,000 fit. Please shorten it."),
        ["return from 0"] = (() => StepRules.Return(In(DelegationState.HandedIn), By(Ann), "why", 0), NoStep),
        ["return from 4"] = (() => StepRules.Return(In(DelegationState.HandedIn), By(Ann), "why", 4), NoStep),
        ["return from least"] = (() => StepRules.Return(In(DelegationState.HandedIn), By(Ann), "why", int.MinValue), NoStep),
        ["ask nothing"] = (() => QuestionRules.Ask(Accepted(), By(Bob), null), "Please write your question."),
        ["ask a novel"] = (() => QuestionRules.Ask(Accepted(), By(Bob), Long(1001)), "That is too long for your question: 1,001 characters, at most 1,000 fit. Please shorten it."),
        ["ask a 21st time"] = (() => QuestionRules.Ask(Asked(20), By(Bob), "One more?"), "20 questions were asked here already. Please talk to Ann Abel directly."),
        ["answer no question"] = (() => QuestionRules.Answer(Asked(1), By(Ann), "Q2", "yes"), "There is no such question here."),
        ["answer null"] = (() => QuestionRules.Answer(Asked(1), By(Ann), null, "yes"), "There is no such question here."),
        ["answer nothing"] = (() => QuestionRules.Answer(Asked(1), By(Ann), "Q1", ""), "Please write an answer."),
        ["answer a novel"] = (() => QuestionRules.Answer(Asked(1), By(Ann), "Q1", Long(1001)), "That is too long for an answer: 1,001 characters, at most 1,000 fit. Please shorten it."),
        ["request without reason"] = (() => ChangeRules.Request(Accepted(), Inquiries.Alone, By(Bob), new(ChangeKind.Skip, 2), null), "Please write why the change is needed."),
        ["skip 0"] = (() => Request(ChangeKind.Skip, 0), PickOpen),
        ["skip -1"] = (() => Request(ChangeKind.Skip, -1), PickOpen),
        ["skip 4 of 3"] = (() => Request(ChangeKind.Skip, 4), PickOpen),
        ["skip 51"] = (() => Request(ChangeKind.Skip, 51), PickOpen),
        ["skip least"] = (() => Request(ChangeKind.Skip, int.MinValue), PickOpen),
        ["skip a completed one"] = (() => Request(ChangeKind.Skip, 1), PickOpen),
        ["skip the only one"] = (() => ChangeRules.Request(Accepted(Evidence.None), Inquiries.Alone, By(Bob), new(ChangeKind.Skip, 1), "why"), "It is the only step. Without it nothing is left to do; ask a question instead."),
        ["swap with a completed one"] = (() => Request(ChangeKind.Swap, 2, 1), PickOpen),
        ["swap a completed one"] = (() => Request(ChangeKind.Swap, 1, 2), PickOpen),
        ["swap with least"] = (() => Request(ChangeKind.Swap, 2, int.MinValue), PickOpen),
        ["swap with itself"] = (() => Request(ChangeKind.Swap, 2, 2), "Please choose two different steps."),
        ["add before a completed one"] = (() => Request(ChangeKind.Add, 0, 0, "new"), "Please choose a place after the completed steps."),
        ["add after 4 of 3"] = (() => Request(ChangeKind.Add, 4, 0, "new"), "Please choose a place after the completed steps."),
        ["add after least"] = (() => Request(ChangeKind.Add, int.MinValue, 0, "new"), "Please choose a place after the completed steps."),
        ["add nothing"] = (() => Request(ChangeKind.Add, 2), "Please write the new step."),
        ["add a novel"] = (() => Request(ChangeKind.Add, 2, 0, Long(301)), "That is too long for the new step: 301 characters, at most 300 fit. Please shorten it."),
        ["add a 51st"] = (() => ChangeRules.Request(Accepted(new Evidence[50]), Inquiries.Alone, By(Bob), new(ChangeKind.Add, 50, Text: "new"), "why"), "There are 50 steps already; no more fit."),
        ["reword a completed one"] = (() => Request(ChangeKind.Reword, 1, 0, "new"), PickOpen),
        ["reword to nothing"] = (() => Request(ChangeKind.Reword, 2, 0, ""), "Please write the new wording."),
        ["reword to a novel"] = (() => Request(ChangeKind.Reword, 2, 0, Long(301)), "That is too long for the new wording: 301 characters, at most 300 fit. Please shorten it."),
        ["move to nowhere"] = (() => Request(ChangeKind.MoveDeadline, 0), "Please choose the new deadline."),
        ["move to where it is"] = (() => Request(ChangeKind.MoveDeadline, 0, due: Friday with { Zone = "UTC" }), "That is the deadline already."),
        ["move to the past"] = (() => Request(ChangeKind.MoveDeadline, 0, due: new(Now, "UTC")), "That deadline has passed. Please choose a later one."),
        ["move to this moment"] = (() => Request(ChangeKind.MoveDeadline, 0, due: new(By(Bob).Now, "UTC")), "That deadline has passed. Please choose a later one."),
        ["approve another kind"] = (() => ChangeRules.Approve(Waiting, Inquiries.Alone, By(Ann), "R5", new(ChangeKind.Swap, 2, 3)), "An edit keeps the kind of change that was asked for. To decide otherwise, refuse with a reason."),
        ["approve an impossible edit"] = (() => ChangeRules.Approve(Waiting, Inquiries.Alone, By(Ann), "R5", new(ChangeKind.Skip, 1)), PickOpen),
        ["approve a deadline that passed meanwhile"] = (() => ChangeRules.Approve(
            Done(ChangeRules.Request(Accepted(), Inquiries.Alone, By(Bob), new(ChangeKind.MoveDeadline, Due: new(Now.AddHours(2), "UTC")), "why")), Inquiries.Alone, By(Ann) with { Now = Now.AddHours(2) }, "R3", null), "That deadline has passed. Please choose a later one."),
        ["refuse nothing"] = (() => ChangeRules.Refuse(Waiting, By(Ann), "R5", null), "Please write why not."),
        ["refuse a novel"] = (() => ChangeRules.Refuse(Waiting, By(Ann), "R5", Long(1001)), "That is too long for why not: 1,001 characters, at most 1,000 fit. Please shorten it."),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public void It_is_refused_with_this_sentence(string name)
    {
        var (act, sentence) = Cases[name];

        var refused = Assert.IsType<Outcome.Refused>(act());

        Assert.Equal(sentence, refused.Full);
        Assert.Null(refused.State);
        Assert.Null(refused.Entry);
    }

    [Theory]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("ftp://files.example.org/a", false)]
    [InlineData("file:///etc/hosts", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("mailto:ann@example.org", false)]
    [InlineData("/relative/path", false)]
    [InlineData("report.docx", false)]
    [InlineData("www.example.org", false)]
    [InlineData("//example.org/x", false)]
    [InlineData("https://", false)]
    [InlineData("https:", false)]
    [InlineData("\\\\server\\share", false)]
    [InlineData("see https://example.org", false)]
    [InlineData("https://example.org", true)]
    [InlineData("http://intranet/x?y=1#z", true)]
    [InlineData("HTTPS://EXAMPLE.ORG/Ä", true)]
    public void A_link_is_a_web_address(string given, bool fits)
    {
        var outcome = StepRules.Complete(Accepted(Evidence.Link), By(Bob), 1, given);

        if (fits)
        {
            Assert.Equal(given, Done(outcome).Completions[0].Evidence);
        }
        else
        {
            Assert.Equal(NoLink, Assert.IsType<Outcome.Refused>(outcome).Full);
        }
    }

    [Fact]
    public void The_longest_that_fits_fits()
    {
        Assert.IsType<Outcome.Changed>(OfferRules.Accept(Offered(), By(Bob), "sixsix"));
        Assert.IsType<Outcome.Changed>(OfferRules.Accept(Offered(), By(Bob), Long(1000)));
        Assert.IsType<Outcome.Changed>(StepRules.Complete(Accepted(Evidence.Note), By(Bob), 1, Long(1000)));
        Assert.IsType<Outcome.Changed>(StepRules.Complete(Accepted(Evidence.Link), By(Bob), 1, "https://x/" + Long(990)));
        Assert.IsType<Outcome.Changed>(Request(ChangeKind.Add, 1, 0, Long(300)));
        Assert.IsType<Outcome.Changed>(Request(ChangeKind.Add, 3, 0, "last"));
        Assert.IsType<Outcome.Changed>(ChangeRules.Request(Accepted(), Inquiries.Alone, By(Bob), new(ChangeKind.Add, 0, Text: "first"), "why"));
        Assert.IsType<Outcome.Changed>(ChangeRules.Request(Accepted(new Evidence[49]), Inquiries.Alone, By(Bob), new(ChangeKind.Add, 49, Text: "fiftieth"), "why"));
        Assert.IsType<Outcome.Changed>(QuestionRules.Ask(Asked(19), By(Bob), Long(1000)));
    }

    [Theory]
    [InlineData(2, "Step 2 was not completed: step 1 comes first.", "Not permitted: completing step 2 before step 1")]
    [InlineData(3, "Step 3 was not completed: step 1 comes first.", "Not permitted: completing step 3 before step 1")]
    public void Completing_out_of_order_is_refused_by_the_clause_and_recorded(int step, string sentence, string recorded)
    {
        var refused = Assert.IsType<Outcome.Refused>(StepRules.Complete(Accepted(), By(Bob), step, null));

        Assert.Equal(sentence + Steps3, refused.Full);
        Assert.Equal(recorded, refused.Entry!.What);
        Assert.Empty(refused.State!.Completions);
    }

    [Fact]
    public void Handing_in_too_early_is_refused_by_the_clause_and_recorded()
    {
        var refused = Assert.IsType<Outcome.Refused>(StepRules.HandIn(Completed(2), By(Bob), "done"));

        Assert.Equal("It was not handed in: step 3 is still open." + Steps3, refused.Full);
        Assert.Equal("Not permitted: handing in before step 3", refused.Entry!.What);
    }

    [Fact]
    public void Terms_that_cannot_be_offered_are_named()
    {
        var good = Terms(Evidence.None);
        string? Check(Terms terms, string assignee = Bob) => OfferRules.CheckTerms(terms, Ann, assignee, "bot", Now);

        Assert.Null(Check(good));
        Assert.Equal("Please write what is to be done.", Check(good with { Title = "" }));
        Assert.Equal("Please write what is to be done.", Check(good with { Title = "\u00A0 " }));
        Assert.Equal("That is too long for what is to be done: 201 characters, at most 200 fit. Please shorten it.", Check(good with { Title = Long(201) }));
        Assert.Equal("That is you. A delegation needs somebody else; please choose another person.", Check(good, Ann));
        Assert.Equal("That is me, and I never do the work or decide for anybody. Please choose a person.", Check(good, "bot"));
        Assert.Equal("Please write the outcome you want.", Check(good with { Type = AuthorizationType.Flexible }));
        Assert.Equal("Please write the question.", Check(good with { Type = AuthorizationType.Uncertain }));
        Assert.Equal("Please list at least one step: deterministic means doing exactly these steps, in this order.", Check(good with { Steps = [] }));
        Assert.Null(Check(Terms(new Evidence[50])));
        Assert.Equal("51 steps are too many for one delegation; at most 50 fit. Please split it.", Check(Terms(new Evidence[51])));
        Assert.Equal("Please write step 2.", Check(good with { Steps = [new("a", Evidence.None), new("", Evidence.None)] }));
        Assert.Equal("That is too long for step 1: 301 characters, at most 300 fit. Please shorten it.", Check(good with { Steps = [new(Long(301), Evidence.None)] }));
        Assert.Equal("That deadline has passed. Please choose a later one.", Check(good with { Due = new(Now, "UTC") }));
    }

    [Fact]
    public void A_completed_step_is_the_same_again_or_stale_with_other_evidence()
    {
        var delegation = Completed(2);

        Assert.Same(delegation, Assert.IsType<Outcome.Unchanged>(StepRules.Complete(delegation, By(Bob), 1, Link)).State);
        Assert.Equal(new Outcome.Stale("Step 1 is already complete."), StepRules.Complete(delegation, By(Bob), 1, "other"));
        Assert.Equal(new Outcome.Stale("Step 2 is already complete."), StepRules.Complete(delegation, By(Bob), 2, null));
    }

    [Fact]
    public void A_repeated_click_finds_what_the_first_one_did()
    {
        var declined = In(DelegationState.Declined);
        var asked = Asked(1);
        var answered = Done(QuestionRules.Answer(asked, By(Ann), "Q1", "yes"));
        var waiting = Waiting;
        var handedIn = In(DelegationState.HandedIn);
        var returned = In(DelegationState.Returned);

        Assert.IsType<Outcome.Unchanged>(OfferRules.Accept(In(DelegationState.Done), By(Bob), Brief));
        Assert.IsType<Outcome.Unchanged>(OfferRules.Decline(declined, By(Bob), "No time"));
        Assert.IsType<Outcome.Unchanged>(OfferRules.Revoke(In(DelegationState.Revoked), By(Ann), null));
        Assert.IsType<Outcome.Unchanged>(QuestionRules.Ask(asked, By(Bob), "Question 1?"));
        Assert.IsType<Outcome.Unchanged>(QuestionRules.Answer(answered, By(Ann), "Q1", "yes"));
        Assert.Equal(new Outcome.Stale("That question was answered already."), QuestionRules.Answer(answered, By(Ann), "Q1", "no"));
        Assert.IsType<Outcome.Unchanged>(ChangeRules.Request(waiting, Inquiries.Alone, By(Bob), new(ChangeKind.Skip, 3), "Not needed"));
        Assert.IsType<Outcome.Unchanged>(StepRules.HandIn(handedIn, By(Bob), "All done"));
        Assert.IsType<Outcome.Unchanged>(StepRules.Return(returned, By(Ann), "The figures are old", 2));
        Assert.IsType<Outcome.Unchanged>(StepRules.AcceptResult(In(DelegationState.Done), By(Ann)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("R1")]
    [InlineData("R6")]
    public void Only_the_request_that_waits_is_answered(string? id)
    {
        const string Stale = "That request no longer waits: a change waits for Ann Abel's answer.";

        Assert.Equal(new Outcome.Stale(Stale), ChangeRules.Approve(Waiting, Inquiries.Alone, By(Ann), id, null));
        Assert.Equal(new Outcome.Stale(Stale), ChangeRules.Refuse(Waiting, By(Ann), id, "no"));
        Assert.Equal(new Outcome.Stale(Stale), ChangeRules.Withdraw(Waiting, By(Bob), id));
        Assert.IsType<Outcome.Stale>(ChangeRules.Approve(Accepted(), Inquiries.Alone, By(Ann), id, null));
    }

    private static Delegation Waiting => In(DelegationState.WaitingForApproval);

    private static Delegation Asked(int questions) => Enumerable.Range(1, questions)
        .Aggregate(Accepted(), (delegation, number) => Done(QuestionRules.Ask(delegation, By(Bob), $"Question {number}?")));

    /// <summary>Asked with one of three steps complete.</summary>
    private static Outcome Request(ChangeKind kind, int step, int other = 0, string? text = null, Due? due = null) =>
        ChangeRules.Request(Completed(1), Inquiries.Alone, By(Bob), new TermsChange(kind, step, other, text, due), "why");
}
