using System.Text;
using CoordinationBot.Afterwards;
using CoordinationBot.Meetings;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using static CoordinationBot.Tests.Scenarios.Finishing;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>It is Monday, 10:00 in Berlin. What is over by then is asked about on Tuesday at nine.</summary>
public sealed class AfterwardsScenarios
{
    [Fact]
    public async Task Both_sides_are_asked_the_morning_after_a_delegation_is_done()
    {
        await using var office = new TestOffice();
        await office.FinishesAsync();
        await office.PassesUntilAsync(Morning.AddMinutes(-2));
        Assert.Equal((0, 0), (office.Times("ann", Asked), office.Times("bob", Asked)));
        await office.PassesUntilAsync(Morning);
        var bob = await office.SeesAsync("bob", Asked);
        Assert.Contains("Count the chairs", bob.Words);
        Assert.Contains("in the numbers of Ann Abel, without your name; until five people have answered nobody sees anything.", bob.Words);
        Assert.Contains("in the numbers of all who lead here", (await office.SeesAsync("ann", Asked)).Words);
        office.Store.Taken();
        Assert.Contains("Thank you. Your answer is counted when the week is over", (await office.ClicksAsync("bob", bob, "So-so")).Words);
        Assert.Equal(["get", "commit"], office.Store.Taken());
        Assert.Contains("Thank you.", office.Shown("bob")[^1].Words);
        await office.ClicksAsync("ann", "Well");
        await office.PassesUntilAsync(Morning.AddDays(3));
        Assert.Equal((1, 1), (office.Times("ann", Asked), office.Times("bob", Asked)));
    }

    [Fact]
    public async Task A_person_with_three_done_in_a_week_is_asked_once_and_again_a_week_later()
    {
        await using var office = new TestOffice();
        await office.FinishesAsync("One");
        await office.FinishesAsync("Two");
        await office.PassesUntilAsync(Morning);
        await office.FinishesAsync("Three");
        await office.PassesUntilAsync(Morning.AddDays(2));
        Assert.Equal((1, 1), (office.Times("ann", Asked), office.Times("bob", Asked)));
        await office.PassesUntilAsync(Morning.AddDays(7));
        await office.FinishesAsync("Four");
        await office.PassesUntilAsync(Morning.AddDays(8));
        Assert.Contains("Four", (await office.SeesAsync("bob", "Four")).Words);
        Assert.Equal(2, office.Times("bob", Asked));
        // The older one cannot be answered any more.
        Assert.Contains("This question is over.", string.Join('\n', office.Shown("bob").Select(message => message.Words)));
    }

    [Fact]
    public async Task After_a_meeting_its_organiser_and_those_who_had_accepted_are_asked()
    {
        await using var office = new TestOffice();
        var id = await office.ConvenesAsync(new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.Zero), with: ["bob", "eve"]);
        await office.DoesAsync(id, meeting => ReplyRules.Answer(meeting, office.Party("bob").ObjectId, Reply.Accepted, null, meeting.Sequence, office.Clock.GetUtcNow()));
        await office.DoesAsync(id, meeting => ReplyRules.Answer(meeting, office.Party("eve").ObjectId, Reply.Declined, null, meeting.Sequence, office.Clock.GetUtcNow()));
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 23, 12, 46, 0, TimeSpan.Zero));
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 23, 13, 46, 0, TimeSpan.Zero));
        await office.PassesUntilAsync(Morning);
        Assert.Contains("Budget", (await office.SeesAsync("bob", Asked)).Words);
        await office.SeesAsync("ann", Asked);
        Assert.Equal(0, office.Times("eve", Asked));
    }

    [Fact]
    public async Task A_meeting_that_was_cancelled_is_asked_about_by_nobody()
    {
        await using var office = new TestOffice();
        var id = await office.ConvenesAsync(new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.Zero));
        await office.DoesAsync(id, meeting => ReplyRules.Answer(meeting, office.Party("bob").ObjectId, Reply.Accepted, null, meeting.Sequence, office.Clock.GetUtcNow()));
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 23, 12, 46, 0, TimeSpan.Zero));
        await office.DoesAsync(id, meeting => MeetingRules.Cancel(meeting, office.Party("ann").ObjectId, "No need", office.Clock.GetUtcNow()));
        await office.PassesUntilAsync(new DateTimeOffset(2026, 11, 23, 13, 46, 0, TimeSpan.Zero));
        await office.PassesUntilAsync(Morning);
        Assert.Equal((0, 0), (office.Times("ann", Asked), office.Times("bob", Asked)));
    }

    [Fact]
    public async Task A_second_tap_one_of_somebody_else_a_forged_and_a_late_one_count_nothing()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("eve");
        var id = await office.FinishesAsync();
        await office.PassesUntilAsync(Morning);
        var (card, ann) = ((await office.SeesAsync("bob", Asked)).Copy(), office.Party("ann").ObjectId);
        Assert.Contains("this question is not open for you", (await office.InvokesAsync("eve", "afterwards.answer", Tapped(ann, id))).Sentence);
        foreach (var forged in new[] { Tapped(ann, "D-000000"), Tapped("leaders", id), Tapped("a|b", id), Tapped(ann, id, "Splendid"), Tapped(ann, id, "7"), [] })
        {
            Assert.Contains("Nothing was counted", (await office.InvokesAsync("bob", "afterwards.answer", forged)).Sentence);
        }
        await office.ClicksAsync("bob", card, "Badly", "press-1");
        Assert.Contains("Nothing was counted a second time.", (await office.ClicksAsync("bob", card, "Badly", "press-1")).Words);
        Assert.Contains("Nothing was counted a second time.", (await office.ClicksAsync("bob", card, "Well")).Words);
        Assert.Equal(new Counts(0, 0, 1), (await PoolAsync(office, ann)).Counts);
        await office.PassesUntilAsync(Morning.AddDays(15));
        Assert.Contains("the 14 days in which it could be answered are over", (await office.ClicksAsync("ann", "Well")).Sentence);
        Assert.Equal(0, (await PoolAsync(office, PoolStore.Leaders)).Counts.Total);
    }

    [Fact]
    public async Task Whoever_turned_check_ins_off_is_not_asked()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        Assert.Contains("I tell you of check-ins no more.", (await office.SaysAsync("bob", "notices check-ins off")).Words);
        await office.FinishesAsync();
        await office.SaysAsync("ann", "notices check-ins off");
        await office.PassesUntilAsync(Morning);
        await office.PassesUntilAsync(Morning.AddHours(2));
        Assert.Equal((0, 0), (office.Times("ann", Asked), office.Times("bob", Asked)));
    }

    [Fact]
    public async Task Whoever_wants_one_message_a_day_opens_it_from_there()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("bob", "notices check-ins once a day");
        await office.FinishesAsync();
        await office.PassesUntilAsync(Morning);
        await office.PassesUntilAsync(Morning.AddDays(1));
        await office.SeesAsync("bob", AskRules.Sentence);
        await office.ClicksAsync("bob", "Open");
        await office.SeesAsync("bob", Asked);
        Assert.Contains("Thank you.", (await office.ClicksAsync("bob", "Well")).Words);
    }

    [Fact]
    public async Task A_restart_in_between_asks_nobody_twice_and_forgets_nobody()
    {
        await using var office = new TestOffice();
        await office.FinishesAsync();
        await office.RestartAsync();
        await office.PassesUntilAsync(Morning);
        await office.SeesInTimeAsync("bob", Asked);
        await office.RestartAsync();
        await office.PassesUntilAsync(Morning.AddHours(3));
        Assert.Contains("Thank you.", (await office.ClicksAsync("bob", "Well")).Words);
        Assert.Equal((1, 1), (office.Times("ann", Asked), office.Times("bob", Asked)));
    }

    [Fact]
    public async Task The_trend_is_hidden_below_five_people_and_shows_whole_weeks_from_then_on()
    {
        await using var office = new TestOffice();
        string[] people = ["bob", "eve", "cy", "dee", "fay"];
        foreach (var (key, name) in new[] { ("cy", "Cy Cole"), ("dee", "Dee Dorn"), ("fay", "Fay Falk") })
        {
            office.Add(key, name);
        }
        var ann = office.Party("ann").ObjectId;
        foreach (var person in people.Take(4))
        {
            await office.FinishesAsync(who: person);
        }
        await office.PassesUntilAsync(Morning);
        foreach (var person in people.Take(4))
        {
            await office.SeesAsync(person, Asked);
            await office.ClicksAsync(person, person == "eve" ? "Badly" : "Well");
        }
        await office.PassesUntilAsync(Morning.AddDays(7));
        Assert.Empty(await office.TrendAsync(ann));
        await office.FinishesAsync(who: "fay");
        await office.PassesUntilAsync(Morning.AddDays(8));
        await office.SeesAsync("fay", Asked);
        await office.ClicksAsync("fay", "So-so");
        Assert.Empty(await office.TrendAsync(ann));
        await office.PassesUntilAsync(Morning.AddDays(14));
        Assert.Equal([new Period(new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 30), new Counts(3, 1, 1))], await office.TrendAsync(ann));
        await office.SaysAsync("ann", "insights");
        var insights = await office.SeesAsync("ann", "Went well for those you led");
        Assert.Contains("30 Nov: 60 %.", insights.Words);
        Assert.Contains("well 3, so-so 1, badly 1", insights.Words);
        // Closed by the wake-up of the week: nobody who answered stands beside a number any more.
        Assert.Equal(Counts.None, (await PoolAsync(office, ann)).Counts);
        Assert.DoesNotContain(await RowsAsync(office, $"{TestOffice.Tenant}|Q|{office.Party("eve").ObjectId}"), row => row.Contains("Badly", StringComparison.Ordinal));
    }

    private static async Task<Pool> PoolAsync(TestOffice office, string pool) =>
        (await office.Services.GetRequiredService<ITables>().GetAsync(PoolStore.Partition(TestOffice.Tenant, pool), "open", CancellationToken.None))!.Read(AfterwardsJson.Default.Pool);

    private static async Task<IReadOnlyList<string>> RowsAsync(TestOffice office, string partition) =>
        [.. (await office.Services.GetRequiredService<ITables>().QueryAsync(partition, "", 100, null, CancellationToken.None)).Select(row => Encoding.UTF8.GetString(row.Data.Span))];
}
