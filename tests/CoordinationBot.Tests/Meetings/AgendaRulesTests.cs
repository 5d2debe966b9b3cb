using CoordinationBot.Meetings;
using static CoordinationBot.Tests.Meetings.MinutesWorld;

namespace CoordinationBot.Tests.Meetings;

public sealed class AgendaRulesTests
{
    [Fact]
    public void Anybody_who_takes_part_adds_and_leads_what_they_add()
    {
        var meeting = Changed(AgendaRules.Add(Meeting(), "bob", " Budget\nreview ", null, 15, Before));
        Assert.Equal(new AgendaItem("I1", "Budget review", Bob, 15), Assert.Single(meeting.Agenda.Items));
        Assert.Equal("Kim", Changed(AgendaRules.Add(meeting, "bob", "Prices", "kim@contoso.example", 5, Before)).Agenda.Items[1].Owner.Name);
    }

    [Theory]
    [InlineData("Budget", null, 0, "from 1 to 480 minutes")]
    [InlineData("Budget", null, -1, "from 1 to 480 minutes")]
    [InlineData("Budget", null, 481, "from 1 to 480 minutes")]
    [InlineData("Budget", null, 10_000, "from 1 to 480 minutes")]
    [InlineData("Budget", null, null, "please say how long it takes")]
    [InlineData("", null, 10, "Please write what the item is about.")]
    [InlineData(null, null, 10, "Please write what the item is about.")]
    [InlineData("Budget", "zoe", 10, "must take part in the meeting")]
    public void What_does_not_fit_gets_a_sentence(string? title, string? owner, int? minutes, string words) =>
        Assert.Contains(words, Refusal(AgendaRules.Add(Meeting(), "bob", title, owner, minutes, Before)), StringComparison.Ordinal);

    [Fact]
    public void A_title_of_ten_thousand_characters_is_refused_with_its_length() =>
        Assert.Contains("10,000 characters", Refusal(AgendaRules.Add(Meeting(), "bob", new string('x', 10_000), null, 10, Before)), StringComparison.Ordinal);

    [Fact]
    public void The_same_twice_is_added_once()
    {
        var meeting = Changed(AgendaRules.Add(Meeting(), "bob", "Prices", null, 10, Before));
        Assert.Equal("", Refusal(AgendaRules.Add(meeting, "bob", "Prices", null, 10, Before)));
        Assert.Equal(2, Changed(AgendaRules.Add(meeting, "eve", "Prices", null, 10, Before)).Agenda.Items.Count);
    }

    [Fact]
    public void Of_two_hundred_items_forty_are_taken()
    {
        var meeting = Meeting();
        for (var number = 1; number <= 200; number++)
        {
            meeting = AgendaRules.Add(meeting, "bob", $"Item {number}", null, 1, Before).State;
        }
        Assert.Equal(40, meeting.Agenda.Items.Count);
        Assert.Contains("there are 40 items already", Refusal(AgendaRules.Add(meeting, "ann", "One more", null, 1, Before)), StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_cut_off_only_the_organiser_adds_and_nobody_once_it_has_begun()
    {
        var meeting = Changed(AgendaRules.Close(Meeting(), "ann", Before.AddHours(1), Before));
        Assert.Single(Changed(AgendaRules.Add(meeting, "bob", "In time", null, 5, Before)).Agenda.Items);
        Assert.Contains("the agenda was closed", Refusal(AgendaRules.Add(meeting, "bob", "Late", null, 5, Before.AddHours(1))), StringComparison.Ordinal);
        Assert.Single(Changed(AgendaRules.Add(meeting, "ann", "Late", null, 5, Before.AddHours(1))).Agenda.Items);
        Assert.Contains("has begun", Refusal(AgendaRules.Add(meeting, "ann", "Later", null, 5, Start)), StringComparison.Ordinal);
        Assert.Single(Changed(AgendaRules.Add(Meeting(), "bob", "Just in time", null, 5, Start.AddSeconds(-1))).Agenda.Items);
    }

    [Fact]
    public void Only_those_who_take_part_and_only_while_it_stands()
    {
        Assert.Contains("only those who take part", Refusal(AgendaRules.Add(Meeting(), "zoe", "Prices", null, 5, Before)), StringComparison.Ordinal);
        Assert.Contains("was cancelled", Refusal(AgendaRules.Add(Meeting() with { State = MeetingState.Cancelled }, "ann", "Prices", null, 5, Before)), StringComparison.Ordinal);
        Assert.Single(Changed(AgendaRules.Add(Meeting() with { State = MeetingState.Polling, Time = null }, "bob", "Prices", null, 5, Before)).Agenda.Items);
    }

    [Theory]
    [InlineData("ann", true)]
    [InlineData("bob", true)]
    [InlineData("eve", false)]
    public void The_organiser_or_whoever_leads_it_takes_an_item_off(string who, bool may)
    {
        var outcome = AgendaRules.Remove(Meeting(Item(1), Item(2, Bob)), who, "I2", Before);
        Assert.Equal(may ? 1 : 2, outcome.State.Agenda.Items.Count);
        Assert.Equal(!may, outcome is MeetingOutcome.Unchanged { Sentence: not null });
    }

    [Fact]
    public void An_item_goes_to_its_place_however_often_the_button_is_pressed()
    {
        var moved = Changed(AgendaRules.Place(Meeting(Item(1), Item(2), Item(3)), "ann", "I3", 1, Before));
        Assert.Equal(["I3", "I1", "I2"], moved.Agenda.Items.Select(item => item.Id));
        Assert.Equal("", Refusal(AgendaRules.Place(moved, "ann", "I3", 1, Before)));
        Assert.Contains("only Ann Abel", Refusal(AgendaRules.Place(moved, "bob", "I1", 3, Before)), StringComparison.Ordinal);
        Assert.Contains("from 1 to 3", Refusal(AgendaRules.Place(moved, "ann", "I1", 4, Before)), StringComparison.Ordinal);
        Assert.Contains("no longer on the agenda", Refusal(AgendaRules.Place(moved, "ann", "I9", 1, Before)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_cut_off_lies_ahead_and_not_after_the_beginning()
    {
        Assert.Contains("has passed", Refusal(AgendaRules.Close(Meeting(), "ann", Before, Before)), StringComparison.Ordinal);
        Assert.Contains("begins before that", Refusal(AgendaRules.Close(Meeting(), "ann", Start.AddMinutes(1), Before)), StringComparison.Ordinal);
        Assert.Contains("only Ann Abel", Refusal(AgendaRules.Close(Meeting(), "bob", Start, Before)), StringComparison.Ordinal);
        Assert.Null(Changed(AgendaRules.Close(Changed(AgendaRules.Close(Meeting(), "ann", Start, Before)), "ann", null, Before)).Agenda.CutOff);
    }

    [Fact]
    public void Too_much_for_the_time_is_said_by_how_much()
    {
        Assert.Equal(0, AgendaRules.Excess(Meeting(Item(1, minutes: 45))));
        Assert.Equal(16, AgendaRules.Excess(Meeting(Item(1, minutes: 60), Item(2, minutes: 1))));
    }

    [Fact]
    public void What_stayed_open_comes_first_and_once()
    {
        var carried = Changed(AgendaRules.CarryOver(Meeting(Item(1)), "ann", "M-AAAAAA", 10, Before));
        Assert.Equal(["Open from last time (M-AAAAAA)", "Item 1"], carried.Agenda.Items.Select(item => item.Title));
        Assert.Equal("", Refusal(AgendaRules.CarryOver(carried, "ann", "M-AAAAAA", 10, Before)));
        Assert.Contains("only Ann Abel", Refusal(AgendaRules.CarryOver(Meeting(), "bob", "M-AAAAAA", 10, Before)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Budget review, 15 min, Alex", "Budget review", 15, "Alex")]
    [InlineData("Budget, prices and more, 1 h, Abel, Alex", "Budget, prices and more", 60, "Abel, Alex")]
    [InlineData("Budget review 15 min", "Budget review", 15, null)]
    [InlineData("Budget review", "Budget review", null, null)]
    [InlineData("15 min", "15 min", null, null)]
    [InlineData("Budget, 15m", "Budget", 15, null)]
    [InlineData("Budget, 99999999999 min, Alex", "Budget", int.MaxValue, "Alex")]
    [InlineData("Budget, Alex", "Budget, Alex", null, null)]
    public void A_line_is_read_as_people_type_it(string typed, string title, int? minutes, string? owner) =>
        Assert.Equal(new AgendaSentence(title, minutes, owner), AgendaSentence.Parse(typed));
}
