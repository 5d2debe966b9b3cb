using CoordinationBot.Meetings;

namespace CoordinationBot.Tests.Scenarios;

public sealed class BriefScenarios
{
    private const string News = "Your meeting is near.";

    [Fact]
    public async Task On_the_working_day_before_each_gets_one_brief_with_what_they_need()
    {
        await using var office = new TestOffice();
        await office.OffersAsync(title: "Between Ann and Bob");
        var id = await office.ConvenesAsync(with: ["bob", "eve"]);
        await office.SaysAsync("bob", $"agenda {id}: Budget review, 15 min, Ann");
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 25, 7, 59, 0, TimeSpan.Zero).AddMinutes(-2));
        Assert.DoesNotContain(office.Shown("bob"), message => message.Words.Contains(News, StringComparison.Ordinal));
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));
        foreach (var person in new[] { "ann", "bob", "eve" })
        {
            var brief = await office.SeesAsync(person, News);
            Assert.Contains("1. Budget review · 15 minutes · Ann Abel", brief.Words);
            Assert.Contains("Where: Room 2.04", brief.Words);
            Assert.Equal(person != "eve", brief.Words.Contains("Between Ann and Bob", StringComparison.Ordinal));
        }
        await office.PassesUntilAsync(Convening.Start.AddMinutes(-20));
        Assert.All(new[] { "ann", "bob", "eve" }, person => Assert.Single(office.Shown(person), message => message.Words.Contains(News, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_scheduled_late_is_briefed_an_hour_before_and_what_is_nearer_not_at_all()
    {
        await using var office = new TestOffice();
        await office.ConvenesAsync(start: new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.Zero));
        await office.ConvenesAsync(start: new DateTimeOffset(2026, 11, 23, 9, 45, 0, TimeSpan.Zero), subject: "In a moment");
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 23, 11, 57, 0, TimeSpan.Zero));
        Assert.DoesNotContain(office.Shown("bob"), message => message.Words.Contains(News, StringComparison.Ordinal));
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        Assert.Contains("Budget", (await office.SeesAsync("bob", News)).Words);
        Assert.Single(office.Shown("bob"), message => message.Words.Contains(News, StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_it_moves_the_brief_moves_and_when_it_is_cancelled_there_is_none()
    {
        await using var office = new TestOffice();
        var moved = await office.ConvenesAsync();
        var cancelled = await office.ConvenesAsync(subject: "Prices");
        await office.DoesAsync(moved, meeting => MeetingRules.Move(meeting, office.Party("ann").ObjectId, Convening.Start.AddDays(1), office.Clock.GetUtcNow()));
        await office.DoesAsync(cancelled, meeting => MeetingRules.Cancel(meeting, office.Party("ann").ObjectId, "No need", office.Clock.GetUtcNow()));
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));
        Assert.DoesNotContain(office.Shown("bob"), message => message.Words.Contains(News, StringComparison.Ordinal));
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));
        Assert.Contains("When: Fri 27 Nov 2026, 14:00", (await office.SeesAsync("bob", News)).Words);
        Assert.Single(office.Shown("bob"), message => message.Words.Contains(News, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_was_briefed_already_sees_when_it_is_cancelled_and_hears_anew_when_it_moves()
    {
        await using var office = new TestOffice();
        var moved = await office.ConvenesAsync();
        var cancelled = await office.ConvenesAsync(subject: "Prices");
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(2, office.Times("bob", News));
        await office.DoesAsync(cancelled, meeting => MeetingRules.Cancel(meeting, office.Party("ann").ObjectId, "No need", office.Clock.GetUtcNow()));
        await office.DoesAsync(moved, meeting => MeetingRules.Move(meeting, office.Party("ann").ObjectId, Convening.Start.AddDays(5), office.Clock.GetUtcNow()));
        await office.SeesAsync("bob", $"{cancelled} · this brief holds no longer");
        Assert.Contains("When: Tue 1 Dec 2026, 14:00", (await office.SeesAsync("bob", $"{moved} · brief")).Words);
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal(3, office.Times("bob", News));
    }

    [Fact]
    public async Task What_was_promised_last_time_stands_in_it_until_it_is_kept()
    {
        await using var office = new TestOffice();
        var last = await office.HoldsAsync();
        await office.SaysAsync("ann", $"minutes {last}");
        await office.ClicksAsync("ann", "Begin the minutes");
        await office.SendsAsync("ann", $"minutes {last}: question Who pays?");
        await office.SendsAsync("ann", $"minutes {last}: action Send the figures, Bob");
        await office.RestsAsync();
        await office.ClicksAsync("ann", "Circulate");
        await office.RestsAsync();

        var next = await office.ConvenesAsync(start: Convening.Start.AddDays(7));
        var agenda = await office.SaysAsync("ann", $"agenda {next}");
        Assert.Contains("Open from last time: " + last, agenda.Words);
        Assert.Contains("Open question: Who pays?", agenda.Words);
        await office.ClicksAsync("ann", "Put that first");
        Assert.Equal($"Open from last time ({last})", (await office.MeetingAsync(next)).Agenda.Items[0].Title);
        // Day by day: what is due on different days is never told at once.
        for (var day = new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero); day <= new DateTimeOffset(2026, 12, 2, 8, 0, 0, TimeSpan.Zero); day = day.AddDays(1))
        {
            await office.PassesUntilAsync(day);
        }
        Assert.Contains("To do: Send the figures · Bob Berg · not given yet", (await office.SeesAsync("bob", News)).Words);

        await office.PassesUntilAsync(Convening.Start.AddDays(7));
        await office.SaysAsync("ann", $"minutes {next}");
        await office.ClicksAsync("ann", "Begin the minutes");
        Assert.Equal(["Who pays?", "Send the figures"], (await office.MinutesAsync(next)).Entries.Select(entry => entry.Text));
    }
}
