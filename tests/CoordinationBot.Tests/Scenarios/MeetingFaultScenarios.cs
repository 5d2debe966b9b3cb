using CoordinationBot.Meetings;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using static CoordinationBot.Tests.Scenarios.Arranging;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>The host ends at any point of it: either nobody is invited, or everybody, and each exactly once with each sequence.</summary>
public sealed class MeetingFaultScenarios
{
    public static TheoryData<int> Calls => [.. Enumerable.Range(0, 26)];

    [Theory, MemberData(nameof(Calls))]
    public async Task A_host_that_ends_while_it_is_scheduled(int calls)
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        var id = MeetingIn((await office.FindsAsync()).Words);
        await office.RestsAsync();
        var slots = (await office.SeesAsync("ann", "1. Tue 24 Nov 2026")).Copy();
        EndsAfter(office, calls);
        await office.ClicksAsync("ann", slots, "Take it");
        await office.RestsAsync();
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        await ComesBackAsync(office);
        var isScheduled = (await office.MeetingAsync(id)).State == MeetingState.Scheduled;
        Heard(office, isScheduled, "invites you");
        Assert.Equal(isScheduled ? "REQUEST 0" : "", mail.To(Kim));
        // Whatever it was, pressing again makes it whole and nothing twice.
        await office.ClicksAsync("ann", slots, "Take it");
        await ComesBackAsync(office);
        Assert.Equal((MeetingState.Scheduled, 0), ((await office.MeetingAsync(id)).State, (await office.MeetingAsync(id)).Sequence));
        Heard(office, true, "invites you");
        Assert.Equal(("REQUEST 0", "REQUEST 0"), (mail.To(Kim), mail.To("bob@contoso.example")));
        Assert.Contains("the budget", (await office.SaysAsync("bob", "my meetings")).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(6), InlineData(8), InlineData(10), InlineData(13), InlineData(16), InlineData(20)]
    public async Task A_host_that_ends_while_it_is_moved_and_cancelled(int calls)
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        var id = await office.ArrangesAsync();
        await office.SaysAsync("ann", $"move {id} to thu 2pm");
        var moving = (await office.SeesAsync("ann", "Then at: Thu 26 Nov 2026")).Copy();
        EndsAfter(office, calls);
        await office.ClicksAsync("ann", moving, "Take this time");
        await office.RestsAsync();
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        await ComesBackAsync(office);
        await office.ClicksAsync("ann", moving, "Take this time");
        await ComesBackAsync(office);
        Heard(office, true, "moved this meeting");
        Assert.Equal("REQUEST 0, REQUEST 1", mail.To(Kim));
        await office.SaysAsync("ann", $"cancel {id}");
        var cancelling = (await office.SeesAsync("ann", "Why do you cancel it?")).Copy();
        EndsAfter(office, calls);
        await office.ClicksAsync("ann", cancelling, "Cancel it now");
        await office.RestsAsync();
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        await ComesBackAsync(office);
        await office.ClicksAsync("ann", cancelling, "Cancel it now");
        await ComesBackAsync(office);
        Heard(office, true, "cancelled this meeting");
        Assert.Equal("REQUEST 0, REQUEST 1, CANCEL 2", mail.To(Kim));
        Assert.Contains("You have no meetings ahead.", (await office.SaysAsync("bob", "my meetings")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eight_hosts_at_once_invite_once()
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        var id = MeetingIn((await office.FindsAsync()).Words);
        await office.RestsAsync();
        var slots = (await office.SeesAsync("ann", "1. Tue 24 Nov 2026")).Copy();
        office.Store.Fails = (call, partition) => call == "query" && partition.Contains("|M|", StringComparison.Ordinal);
        await office.ClicksAsync("ann", slots, "Take it");
        await office.RestsAsync();
        office.Store.Fails = (_, _) => false;
        var (work, wakeUp) = (office.Services.GetRequiredService<MeetingWork>(), new WakeUp(MeetingStore.Kind, MeetingStore.Partition(TestOffice.Tenant, id)));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await work.RunAsync(wakeUp, CancellationToken.None))));
        await office.QuietAsync();
        await office.SeesAsync("eve", "invites you");
        Assert.Equal((1, 1, "REQUEST 0"), (office.Times("bob", "invites you"), office.Times("eve", "invites you"), mail.To(Kim)));
    }

    /// <summary>Everybody once; or somebody twice, whose message was out and not yet noted when the host ended: of that nobody knows.</summary>
    private static void Heard(TestOffice office, bool isTold, string words)
    {
        var (bob, eve) = (office.Times("bob", words), office.Times("eve", words));
        Assert.True(isTold ? bob > 0 && eve > 0 && bob + eve <= 3 : bob + eve == 0, $"Bob heard it {bob} times, Eve {eve} times");
    }

    /// <summary>What was prepared before the commit comes, and what a dead host had in hand is taken up.</summary>
    private static async Task ComesBackAsync(TestOffice office)
    {
        for (var round = 0; round < 8; round++)
        {
            await office.PassAsync(TimeSpan.FromSeconds(30));
            await office.RestsAsync();
        }
    }

    /// <summary>Of what it writes about meetings and in people's lists, so many calls succeed.</summary>
    private static void EndsAfter(TestOffice office, int calls)
    {
        var left = calls;
        office.Store.Fails = (call, partition) => call is "commit" or "enqueue" && (partition.Contains("|M|", StringComparison.Ordinal) || partition.Contains("|P|", StringComparison.Ordinal)) && Interlocked.Decrement(ref left) < 0;
    }
}
