using CoordinationBot.Meetings;
using CsCheck;
using static CoordinationBot.Tests.Meetings.MinutesWorld;

namespace CoordinationBot.Tests.Meetings;

public sealed class AgendaProperties
{
    private static readonly Gen<string> Who = Gen.OneOf("ann", "bob", "eve", "kim@contoso.example", "zoe");

    /// <summary>Many people at once: each act is decided on whatever state there is by then.</summary>
    private static readonly Gen<Func<Meeting, MeetingOutcome>> Act = Gen.OneOf(
        Gen.Select(Who, Gen.Int[1, 60], Gen.Int[-1, 490], Who).Select((who, title, minutes, owner) => (Func<Meeting, MeetingOutcome>)(meeting => AgendaRules.Add(meeting, who, $"Item {title}", owner, minutes, Before))),
        Gen.Select(Who, Gen.Int[1, 60]).Select((who, item) => (Func<Meeting, MeetingOutcome>)(meeting => AgendaRules.Remove(meeting, who, $"I{item}", Before))),
        Gen.Select(Who, Gen.Int[1, 60], Gen.Int[-1, 45]).Select((who, item, place) => (Func<Meeting, MeetingOutcome>)(meeting => AgendaRules.Place(meeting, who, $"I{item}", place, Before))),
        Who.Select(who => (Func<Meeting, MeetingOutcome>)(meeting => AgendaRules.CarryOver(meeting, who, "M-AAAAAA", 10, Before))));

    [Fact]
    public void No_act_loses_an_item_or_has_it_twice_whatever_comes_between() => Act.Array[0, 120].Sample(
        acts =>
        {
            var meeting = Meeting();
            var given = new HashSet<string>();
            foreach (var act in acts)
            {
                var (before, after) = (meeting.Agenda.Items, act(meeting).State);
                var (gone, come) = (before.Except(after.Agenda.Items).ToList(), after.Agenda.Items.Except(before).ToList());
                Assert.True(gone.Count + come.Count <= 1, "One act adds one, takes one off, or does neither.");
                Assert.Distinct(after.Agenda.Items.Select(item => item.Id));
                Assert.All(come, item => Assert.True(given.Add(item.Id), "An id is never given again."));
                Assert.True(after.Agenda.Items.Count <= AgendaRules.MostItems);
                Assert.All(after.Agenda.Items, item => Assert.NotNull(AgendaRules.FindParty(after, item.Owner.ObjectId)));
                meeting = after;
            }
        },
        iter: 2_000);

    [Fact]
    public void Every_act_done_twice_is_done_once() => Gen.Select(Act.Array[0, 40], Act).Sample(
        (acts, last) =>
        {
            var meeting = acts.Aggregate(Meeting(), (state, act) => act(state).State);
            var once = last(meeting).State;
            Assert.Equal(once.Agenda.Items, last(once).State.Agenda.Items);
        },
        iter: 2_000);
}
