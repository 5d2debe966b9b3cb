using CoordinationBot.Recurrences;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using static CoordinationBot.Tests.Scenarios.Recurring;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>The host ends at any point of it, or several do the same: there is one of each date all the same.</summary>
public sealed class RecurrenceFaultScenarios
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(7)]
    public async Task A_host_that_ends_while_it_is_sent_leaves_nothing_half(int calls)
    {
        await using var office = Office();
        await office.ReviewsAsync();
        var review = (await office.SeesAsync("ann", "Please check before it is sent")).Copy();
        EndsAfter(office, calls);
        await office.ClicksAsync("ann", review, "Send to Bob Berg");
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        var again = await office.ClicksAsync("ann", review, "Send to Bob Berg");
        await office.QuietAsync();
        var id = SeriesIn(again.Words);
        Assert.Equal(Days("11-27"), await office.OccurrencesAsync(id));
        Assert.Equal(1, office.Times("bob", "Ann Abel asks you to take this on."));
        await office.ComesAsync(11, 28, 9);
        Assert.Equal(Days("11-27", "12-04"), await office.OccurrencesAsync(id));
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public async Task A_host_that_ends_while_the_next_one_is_made_makes_it_later(int calls)
    {
        await using var office = Office();
        var id = await office.RepeatsAsync();
        // By then the first one has expired, and nothing else is written on that morning.
        await office.ComesAsync(11, 27, 20);
        EndsAfter(office, calls);
        await office.ComesAsync(11, 28, 9);
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        await office.ComesAsync(11, 28, 11);
        await office.ComesAsync(11, 28, 13);
        Assert.Equal(Days("11-27", "12-04"), await office.OccurrencesAsync(id));
        Assert.Equal(2, office.Times("bob", "Ann Abel asks you to take this on."));
        Assert.Null((await office.SeriesAsync(id)).Offering);
    }

    [Fact]
    public async Task What_was_begun_and_not_made_before_it_was_due_is_said_and_not_sent()
    {
        await using var office = Office();
        var id = await office.RepeatsAsync();
        office.Store.Fails = (call, partition) => call == "commit" && partition.Contains("|D|", StringComparison.Ordinal);
        await office.ComesAsync(11, 28, 9);
        Assert.Equal(new DateOnly(2026, 12, 4), (await office.SeriesAsync(id)).Offering);
        await office.PassAsync(TimeSpan.FromDays(8));
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        await office.ComesAsync(12, 6, 12);
        await office.SeesInTimeAsync("ann", "One was left out: its time had passed before I could send it.");
        Assert.Equal(Days("11-27", "12-11"), await office.OccurrencesAsync(id));
    }

    [Fact]
    public async Task Eight_hosts_at_once_make_one()
    {
        await using var office = Office();
        var id = await office.RepeatsAsync();
        office.Store.Fails = (call, partition) => partition.Contains("|S|", StringComparison.Ordinal) && call == "get";
        await office.ComesAsync(11, 28, 9);
        office.Store.Fails = (_, _) => false;
        var work = office.Services.GetRequiredService<RecurrenceWork>();
        var wakeUp = new WakeUp(RecurrenceStore.Kind, RecurrenceStore.Partition(TestOffice.Tenant, id));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await work.RunAsync(wakeUp, CancellationToken.None))));
        await office.RestsAsync();
        Assert.Equal(Days("11-27", "12-04"), await office.OccurrencesAsync(id));
        Assert.Equal(2, office.Times("bob", "Ann Abel asks you to take this on."));
        Assert.Equal(2, (await office.SeriesAsync(id)).Revision);
    }

    /// <summary>Of what it writes about the series and its delegations, so many calls succeed.</summary>
    private static void EndsAfter(TestOffice office, int calls)
    {
        var left = calls;
        office.Store.Fails = (call, partition) => call is "commit" or "enqueue" && (partition.Contains("|S|", StringComparison.Ordinal) || partition.Contains("|D|", StringComparison.Ordinal)) && Interlocked.Decrement(ref left) < 0;
    }
}
