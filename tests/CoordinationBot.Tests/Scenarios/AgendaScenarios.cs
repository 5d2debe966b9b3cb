using CoordinationBot.Meetings;

namespace CoordinationBot.Tests.Scenarios;

public sealed class AgendaScenarios
{
    [Fact]
    public async Task Everybody_who_takes_part_puts_things_on_it_by_typing_or_by_card()
    {
        await using var office = new TestOffice();
        var id = await office.ConvenesAsync();
        Assert.Contains("1. Budget review · 15 minutes · Ann Abel", (await office.SaysAsync("bob", $"agenda {id}: Budget review, 15 min, Ann")).Words);
        await office.SaysAsync("ann", $"agenda {id}");
        await office.ClicksAsync("ann", "Add it", ("title", "Prices"), ("minutes", "40"), ("owner", office.Party("bob").ObjectId));
        Assert.Equal(["Budget review", "Prices"], (await office.MeetingAsync(id)).Agenda.Items.Select(item => item.Title));
        await office.RestsAsync();
        // It stands on the card of the meeting too, and is too much.
        Assert.Contains("2. Prices · 40 minutes · Bob Berg", (await office.SeesAsync("bob", "Accept")).Words);
        Assert.Contains("Too much: the items take 55 minutes, 10 minutes more than the meeting has.", (await office.SeesAsync("bob", "Accept")).Words);
        Assert.Contains("1. Prices", (await office.SaysAsync("ann", $"agenda {id}: move 2 to 1")).Words);
        Assert.DoesNotContain("Prices", (await office.SaysAsync("ann", $"agenda {id}: remove 1")).Words);
    }

    [Fact]
    public async Task A_press_twice_adds_once_and_what_is_refused_stays_typed()
    {
        await using var office = new TestOffice();
        var id = await office.ConvenesAsync();
        var card = (await office.SaysAsync("bob", $"agenda {id}")).Copy();
        await office.ClicksAsync("bob", card, "Add it", null, ("title", "Prices"), ("minutes", "10"));
        await office.ClicksAsync("bob", card, "Add it", null, ("title", "Prices"), ("minutes", "10"));
        Assert.Single((await office.MeetingAsync(id)).Agenda.Items);
        var refused = await office.ClicksAsync("bob", card, "Add it", null, ("title", "Travel"), ("minutes", "10000"));
        Assert.Contains("from 1 to 480 minutes", refused.Words);
        Assert.Equal("Travel", CardReading.Buttons(refused.Card!).First(button => button.Title == "Add it").Inputs["title"]);
        Assert.Contains("takes part in this meeting", (await office.SaysAsync("bob", $"agenda {id}: Travel, 10 min, Zoe")).Words);
        Assert.Single((await office.MeetingAsync(id)).Agenda.Items);
    }

    [Fact]
    public async Task The_organiser_closes_it_and_others_are_told_so()
    {
        await using var office = new TestOffice();
        var id = await office.ConvenesAsync();
        await office.SaysAsync("ann", $"agenda {id}: until wed 5pm");
        Assert.Contains("until Wed 25 Nov 2026, 17:00 (Europe/Berlin)", office.Shown("ann")[^1].Words);
        var card = (await office.SaysAsync("bob", $"agenda {id}")).Copy();
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 25, 16, 0, 0, TimeSpan.Zero));
        // The card is from before.
        Assert.Contains("the agenda was closed Wed 25 Nov 2026, 17:00 (Europe/Berlin). Please ask Ann Abel", (await office.ClicksAsync("bob", card, "Add it", null, ("title", "Late"), ("minutes", "5"))).Words);
        Assert.Contains("1. Late", (await office.SaysAsync("ann", $"agenda {id}: Late, 5 min")).Words);
        await office.PassesUntilAsync(Convening.Start);
        Assert.Contains("What comes up now goes into its minutes.", (await office.SaysAsync("ann", $"agenda {id}: Later, 5 min")).Words);
    }

    [Fact]
    public async Task Whoever_does_not_take_part_hears_what_they_hear_of_a_meeting_that_does_not_exist()
    {
        await using var office = new TestOffice();
        var id = await office.ConvenesAsync();
        var card = (await office.SaysAsync("bob", $"agenda {id}")).Copy();
        foreach (var words in new[] { "", ": Prices, 5 min", ": until wed 5pm", ": remove 1" })
        {
            Assert.Equal((await office.SaysAsync("eve", $"agenda M-000000{words}")).Words, (await office.SaysAsync("eve", $"agenda {id}{words}")).Words);
            Assert.Equal((await office.SaysAsync("eve", $"minutes M-000000{words}")).Words, (await office.SaysAsync("eve", $"minutes {id}{words}")).Words);
        }
        Assert.Equal("There is no such meeting that you are part of. Type my meetings to see yours.", (await office.ClicksAsync("eve", card, "Add it", null, ("title", "Prices"), ("minutes", "5"))).Words);
        Assert.Empty((await office.MeetingAsync(id)).Agenda.Items);
    }

    [Fact]
    public async Task Two_hundred_items_leave_forty_and_a_sentence()
    {
        await using var office = new TestOffice();
        var id = await office.ConvenesAsync();
        for (var number = 1; number <= 39; number++)
        {
            await office.DoesAsync(id, meeting => AgendaRules.Add(meeting, office.Party("bob").ObjectId, $"Item {number}", null, 1, office.Clock.GetUtcNow()));
        }
        Assert.Contains("40. Item 40", (await office.SaysAsync("bob", $"agenda {id}: Item 40, 1 min")).Words);
        Assert.Contains("there are 40 items already", (await office.SaysAsync("bob", $"agenda {id}: Item 41, 1 min")).Words);
        Assert.Equal(40, (await office.MeetingAsync(id)).Agenda.Items.Count);
    }
}
