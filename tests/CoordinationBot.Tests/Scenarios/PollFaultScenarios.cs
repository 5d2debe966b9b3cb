using CoordinationBot.Meetings;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Meetings;
using Microsoft.Extensions.DependencyInjection;
using static CoordinationBot.Tests.Scenarios.Polling;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>The host ends at any point of it, or several do the same: everybody is asked, counted and invited once all the same.</summary>
public sealed class PollFaultScenarios
{
    /// <summary>Twice where it ended in the moment of sending: nobody knows then whether it arrived.</summary>
    private const int MostTold = 2;

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task A_host_that_ends_while_people_are_asked_asks_each_of_them(int calls)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob", "eve");
        var id = await office.MeetsAsync("bob", "eve");
        EndsAfter(office, calls);
        await office.InvokesAsync("ann", "meeting.poll", Question(id));
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        await office.InvokesAsync("ann", "meeting.poll", Question(id));
        await office.WaitsAsync(TimeSpan.FromMinutes(1));
        await office.SeesAsync("bob", Asked);
        await office.SeesAsync("eve", Asked);
        Assert.Equal((1, 2), ((await office.MeetingAsync(id)).Poll!.Number, (await office.MeetingAsync(id)).Revision));
        Assert.All((string[])["bob", "eve"], who => Assert.InRange(office.Times(who, Asked), 1, MostTold));
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public async Task A_host_that_ends_while_somebody_answers_counts_them_once(int calls)
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob", "eve");
        EndsAfter(office, calls);
        await office.InvokesAsync("bob", "meeting.vote", Answer(id, "yin"), "the-press");
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        Assert.Contains("You have answered.", (await office.InvokesAsync("bob", "meeting.vote", Answer(id, "yin"), "the-press")).Words);
        Assert.Contains("You have answered.", (await office.InvokesAsync("bob", "meeting.vote", Answer(id, "yin"), "a-new-id")).Words);
        await office.WaitsAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((1, 3), ((await office.MeetingAsync(id)).Poll!.Cast, (await office.MeetingAsync(id)).Revision));
        await office.SeesAsync("ann", "Yes: Bob Berg");
        await office.SeesAsync("eve", "1 yes · 0 if need be · 0 no · 1 not yet");
    }

    [Fact]
    public async Task An_answer_that_is_delivered_again_under_a_new_id_undoes_no_newer_one()
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob", "eve");
        var first = (await office.SeesAsync("bob", Asked)).Copy();
        await office.AnswersAsync("bob", "yyy");
        await office.AnswersAsync("bob", "nnn", "Change my answer");
        Assert.Contains("you have answered since this card came", (await office.ClicksAsync("bob", first, "Answer", "a-new-id", [.. Polling.Chosen("yyy")])).Words);
        Assert.All((await office.MeetingAsync(id)).Poll!.Ballots.Single().Votes, vote => Assert.Equal(Vote.No, vote));
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(7), InlineData(9)]
    public async Task A_host_that_ends_while_it_closes_decides_once_and_invites_everybody(int calls)
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob", "eve?");
        await office.AnswersAsync("bob", "nyi");
        await office.ComesAsync(11, 26, 20);
        EndsAfter(office, calls);
        await office.ComesAsync(11, 27, 9);
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        for (var look = 0; look < 3; look++)
        {
            await office.WaitsAsync(TimeSpan.FromMinutes(10));
        }
        foreach (var who in (string[])["bob", "eve"])
        {
            await office.SeesAsync(who, "Ann Abel invites you to this meeting.");
            Assert.InRange(office.Times(who, "Ann Abel invites you to this meeting."), 1, MostTold);
        }
        Assert.InRange(office.Times("ann", "The poll decided for Tue 1 Dec 2026"), 1, MostTold);
        var meeting = await office.MeetingAsync(id);
        Assert.Equal((MeetingState.Scheduled, Polls.Morning(1).Start, 0), (meeting.State, meeting.Time!.Start, meeting.Sequence));
    }

    [Fact]
    public async Task Eight_hosts_that_close_at_once_close_once()
    {
        await using var office = new TestOffice();
        var id = await office.AsksAsync("bob", "eve?");
        await office.AnswersAsync("bob", "nyi");
        await office.RestsAsync();
        office.Store.Fails = (call, partition) => call == "get" && partition.Contains("|M|", StringComparison.Ordinal);
        await office.ComesAsync(11, 27, 9);
        office.Store.Fails = (_, _) => false;
        var work = office.Services.GetRequiredService<MeetingWork>();
        var wakeUp = new WakeUp(MeetingStore.Kind, MeetingStore.Partition(TestOffice.Tenant, id));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await work.RunAsync(wakeUp, CancellationToken.None))));
        await office.WaitsAsync(TimeSpan.FromMinutes(1));
        await office.SeesAsync("eve", "Ann Abel invites you to this meeting.");
        Assert.Equal((1, 1), (office.Times("eve", "invites you"), office.Times("ann", "The poll decided")));
        // Asked about, answered, and decided: the reminder that was due a day before came too late to be one.
        Assert.Equal(4, (await office.MeetingAsync(id)).Revision);
    }

    /// <summary>Of what it writes about the meeting, so many calls succeed.</summary>
    private static void EndsAfter(TestOffice office, int calls)
    {
        var left = calls;
        office.Store.Fails = (call, partition) => call is "commit" or "enqueue" && partition.Contains("|M|", StringComparison.Ordinal) && Interlocked.Decrement(ref left) < 0;
    }
}
