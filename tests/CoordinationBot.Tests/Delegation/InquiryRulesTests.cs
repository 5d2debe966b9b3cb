using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using static CoordinationBot.Tests.Delegations.Inquiries;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

public class InquiryRulesTests
{
    [Fact]
    public void Those_who_must_be_consulted_hear_of_it_when_it_is_accepted_and_not_before()
    {
        Assert.Equal([Role.Leader, Role.Assignee], Offered().Everybody().Select(one => one.Role));
        Assert.Null(Inquiries.In(DelegationState.Declined).RoleOf(Carol));
        Assert.Null(Done(OfferRules.Revoke(Offered(), By(Ann), "Not needed")).RoleOf(Carol));

        var accepted = Assert.IsType<Outcome.Changed>(OfferRules.Accept(Offered(), By(Bob), "I compare three places."));
        Assert.Contains(new Tell(Role.Consulted, "Bob Berg looks into a question for Ann Abel, and you are consulted. What do you think?"), accepted.Tells);
        Assert.Equal([Ann, Bob, Carol, Dan], accepted.State.Everybody().Select(one => one.Person.ObjectId));
    }

    [Fact]
    public void Who_was_consulted_once_stays_consulted_while_new_terms_are_offered_and_after_the_choice()
    {
        var waiting = Inquiries.In(DelegationState.WaitingForApproval);
        var again = Done(ChangeRules.Approve(waiting, Inquiries.Alone, By(Ann), waiting.Request!.Id, null));
        Assert.Equal((DelegationState.Offered, Role.Consulted), (again.State, again.RoleOf(Carol)));
        Assert.Equal(DelegationState.InProgress, Done(OfferRules.Accept(again, By(Bob, 2), "I take a week longer.")).State);

        var chosen = Done(ChoiceRules.Choose(Proposed(), Alone, By(Ann), "draft-2", "O1", Flexible));
        Assert.Equal(Role.Consulted, chosen.RoleOf(Carol));
        Assert.Equal("Which place is best for 80 people?", chosen.Inquiry!.Question);
        Assert.Equal([Ann, Bob, Carol, Dan], chosen.Everybody().Select(one => one.Person.ObjectId));
    }

    [Fact]
    public void Whoever_is_asked_to_approve_besides_can_still_comment()
    {
        var asked = DelegationRules.Asking(Accepted(), [new Party(Carol, "Carol Cole")]);
        Assert.Equal(Role.Approver, asked.RoleOf(Carol));
        Assert.Equal([Dan], InquiryRules.Missing(Done(InquiryRules.Comment(asked, By(Carol), null, "Fine."))).Select(person => person.ObjectId));
    }

    [Fact]
    public void Must_be_consulted_means_that_nothing_is_proposed_before()
    {
        var one = Done(InquiryRules.AddOption(Accepted(), By(Bob), Hall));
        var refused = Assert.IsType<Outcome.Refused>(InquiryRules.Propose(one, By(Bob)));
        Assert.Equal(
            "The options were not proposed: Carol Cole, Dan Dorn must be consulted and did not comment yet. Ann Abel can say that it goes on without. (D-7K3F9Q, version 1: Carol Cole, Dan Dorn must be consulted)",
            refused.Full);
        Assert.Equal("Not permitted: proposing options before Carol Cole, Dan Dorn commented", refused.Entry!.What);

        var two = Done(InquiryRules.Comment(one, By(Carol), null, "Fine."));
        Assert.Contains("Dan Dorn must be consulted", Assert.IsType<Outcome.Refused>(InquiryRules.Propose(two, By(Bob))).Full, StringComparison.Ordinal);
        var three = Assert.IsType<Outcome.Changed>(ChoiceRules.GoOnWithout(two, By(Ann), Dan));
        Assert.Equal(("Goes on without Dan Dorn's comment", "D-7K3F9Q, version 1: Ann Abel leads it and decides this."), (three.Entry.What, three.Entry.Clause));
        Assert.Equal([new Tell(Role.Assignee, "Ann Abel says that it goes on without Dan Dorn's comment.")], three.Tells);
        Assert.Equal(DelegationState.HandedIn, Done(InquiryRules.Propose(three.State, By(Bob))).State);
    }

    [Fact]
    public void Only_those_who_have_not_commented_hear_of_a_new_option()
    {
        var commented = Done(InquiryRules.Comment(Accepted(), By(Carol), null, "Think of the neighbours."));
        var added = Assert.IsType<Outcome.Changed>(InquiryRules.AddOption(commented, By(Bob), Hall));
        Assert.Equal([new Tell(Role.Consulted, "Bob Berg added option 1. What do you think?", new Party(Dan, "Dan Dorn"))], added.Tells);
        Assert.Equal("Added option 1 “Rent a hall”. Benefits: Room for all. Drawbacks: Far away. Risk: It may be taken. Cost: 3,000 EUR", added.Entry.What);
    }

    [Fact]
    public void A_number_is_never_given_twice_and_what_was_said_stays()
    {
        var removed = Done(InquiryRules.RemoveOption(Consulted(), By(Bob), "O1"));
        var added = Done(InquiryRules.AddOption(removed, By(Bob), Hall));
        Assert.Equal(["O2", "O3"], added.Inquiry!.Options.Select(option => option.Id));
        Assert.Contains(added.Inquiry.Comments, comment => comment.OptionId == "O1");
        Assert.IsType<Outcome.Unchanged>(InquiryRules.RemoveOption(added, By(Bob), "O1"));
        Assert.IsType<Outcome.Stale>(InquiryRules.ReworkOption(added, By(Bob), "O1", Garden));
        Assert.IsType<Outcome.Stale>(InquiryRules.Comment(added, By(Carol), "O1", "Too late"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("O9")]
    [InlineData("O0")]
    [InlineData("O-1")]
    [InlineData("O 1")]
    [InlineData("o1")]
    [InlineData("1")]
    [InlineData("O99999999999999999999")]
    public void An_option_that_never_was_is_refused(string? id)
    {
        Assert.Equal("There is no such option here.", Assert.IsType<Outcome.Refused>(InquiryRules.ReworkOption(Consulted(), By(Bob), id, Hall)).Full);
        Assert.Equal("There is no such option here.", Assert.IsType<Outcome.Refused>(InquiryRules.RemoveOption(Consulted(), By(Bob), id)).Full);
        Assert.Equal("There is no such option here.", Assert.IsType<Outcome.Refused>(ChoiceRules.Choose(Proposed(), Alone, By(Ann), "draft-2", id, Deterministic)).Full);
        if (id is not null)
        {
            Assert.Equal("There is no such option here.", Assert.IsType<Outcome.Refused>(InquiryRules.Comment(Consulted(), By(Carol), id, "Yes")).Full);
        }
    }

    [Fact]
    public void An_option_says_all_four_and_counts_in_the_one_currency()
    {
        string Refused(Option option) => Assert.IsType<Outcome.Refused>(InquiryRules.AddOption(Accepted(), By(Bob), option)).Full;
        Assert.Equal("Please write the option in a line.", Refused(Hall with { Title = " " }));
        Assert.Equal("Please write its benefits.", Refused(Hall with { Benefits = "" }));
        Assert.Equal("Please write its drawbacks.", Refused(Hall with { Drawbacks = "" }));
        Assert.Equal("Please write its risk.", Refused(Hall with { Risk = "" }));
        Assert.Equal("That is too long for its risk: 501 characters, at most 500 fit. Please shorten it.", Refused(Hall with { Risk = Long(501) }));
        Assert.Equal("A cost is from zero up to what a budget can be. Please check the amount.", Refused(Hall with { Cost = new(-1, "EUR") }));
        Assert.Equal($"This delegation counts in EUR. A cost in USD cannot be compared with it. ({Sentence})", Refused(Hall with { Cost = new(1, "USD") }));
        Assert.IsType<Outcome.Changed>(InquiryRules.AddOption(Accepted(Uncertain with { Bounds = Uncertain.Limits with { Budget = null } }), By(Bob), Hall with { Cost = new(0, "USD") }));
    }

    [Fact]
    public void As_many_options_and_comments_fit_as_fit_and_room_is_kept_for_those_who_must_be_heard()
    {
        var full = Accepted();
        for (var number = 1; number <= DelegationLimits.Options; number++)
        {
            full = Done(InquiryRules.AddOption(full, By(Bob), Hall with { Title = $"Hall {number}" }));
        }
        Assert.IsType<Outcome.Refused>(InquiryRules.AddOption(full, By(Bob), Garden));
        for (var number = 1; number < DelegationLimits.Comments; number++)
        {
            full = Done(InquiryRules.Comment(full, By(Carol), null, $"Comment {number}"));
        }
        Assert.StartsWith("50 comments are here already.", Assert.IsType<Outcome.Refused>(InquiryRules.Comment(full, By(Carol), null, "One more")).Full, StringComparison.Ordinal);
        full = Done(InquiryRules.Comment(full, By(Dan), null, "Mine"));
        Assert.Equal((DelegationLimits.Comments, 0), (full.Inquiry!.Comments.Count, InquiryRules.Missing(full).Count));
        Assert.IsType<Outcome.Refused>(InquiryRules.Comment(full, By(Dan), null, "One more"));
    }

    [Fact]
    public void The_end_of_the_time_box_ends_it_unless_something_was_proposed()
    {
        var late = Friday.At.AddMinutes(1);
        foreach (var state in States)
        {
            var before = Inquiries.In(state);
            Assert.IsType<Outcome.Unchanged>(OfferRules.Expire(before, Friday.At));
            var outcome = OfferRules.Expire(before, late);
            if (state is DelegationState.Offered or DelegationState.Accepted or DelegationState.InProgress or DelegationState.WaitingForApproval)
            {
                var expired = Assert.IsType<Outcome.Changed>(outcome);
                Assert.Equal((DelegationState.Expired, null, Ann), (expired.State.State, expired.State.Request, expired.Entry.Who.ObjectId));
                Assert.Equal(state == DelegationState.Offered ? "Expired: it was not accepted before it was due" : "Expired: the time box ended and no option was proposed", expired.Entry.What);
                Assert.Equal("D-7K3F9Q, version 1: by Fri 27 Nov 2026, 10:00 (Europe/Berlin)", expired.Entry.Clause);
            }
            else
            {
                Assert.IsType<Outcome.Unchanged>(outcome);
            }
        }
        Assert.IsType<Outcome.Unchanged>(OfferRules.Expire(Completed(1), late));
        // Nobody needs to have looked: it is not proposed late either.
        Assert.Contains("the time box has ended. Ask Ann Abel for more time.", Assert.IsType<Outcome.Refused>(InquiryRules.Propose(Consulted(), From(Bob, hours: 200))).Full, StringComparison.Ordinal);
        Assert.IsType<Outcome.Changed>(InquiryRules.Propose(Inquiries.In(DelegationState.Returned), From(Bob, hours: 200)));
    }

    [Fact]
    public void Nobody_is_consulted_by_more_cards_than_one_commit_changes()
    {
        Terms With(int people) => Uncertain with { Bounds = Uncertain.Limits with { People = [.. Enumerable.Range(1, people).Select(number => new Party($"p{number}", $"Person {number}"))] } };
        Assert.Null(OfferRules.CheckTerms(With(20), Ann, Bob, "bot", Now));
        Assert.Equal("21 people are too many to consult; at most 20 fit.", OfferRules.CheckTerms(With(21), Ann, Bob, "bot", Now));
    }

    [Fact]
    public void A_change_of_steps_is_asked_for_only_where_there_are_steps()
    {
        foreach (var kind in (ChangeKind[])[ChangeKind.Skip, ChangeKind.Swap, ChangeKind.Add, ChangeKind.Reword])
        {
            Assert.Equal("Only a deterministic delegation has steps.", Assert.IsType<Outcome.Refused>(ChangeRules.Request(Consulted(), Inquiries.Alone, By(Bob), new TermsChange(kind, 0, 1, "A step"), "Because")).Full);
        }
    }
}
