using CoordinationBot.Notices;
using CoordinationBot.Storage;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Tests.Notices;

public sealed class NoticePaceTests
{
    [Fact]
    public void A_second_s_worth_goes_at_once_and_then_each_in_its_turn()
    {
        var clock = new FakeTimeProvider();
        var pace = new NoticePace(Options.Create(new NoticeOptions { PerSecond = 10 }), new HostCount(), clock);
        var sent = Enumerable.Range(0, 35).Select(_ => pace.WaitAsync(CancellationToken.None).AsTask()).ToList();

        Assert.Equal(10, Sent());
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(11, Sent());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(21, Sent());
        clock.Advance(TimeSpan.FromSeconds(1.4));
        Assert.Equal(35, Sent());
        // A quiet hour is worth a second, not an hour.
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(10, Enumerable.Range(0, 30).Count(_ => pace.WaitAsync(CancellationToken.None).AsTask().IsCompleted));

        int Sent() => sent.Count(each => each.IsCompleted);
    }

    [Theory]
    [InlineData(2, 5), InlineData(4, 2), InlineData(10, 1), InlineData(20, 1)]
    public async Task Hosts_share_what_the_platform_takes(int hosts, int atOnce)
    {
        var (clock, count) = (new FakeTimeProvider(), new HostCount { Hosts = hosts });
        var pace = new NoticePace(Options.Create(new NoticeOptions { PerSecond = 10 }), count, clock);
        var sent = Enumerable.Range(0, 30).Select(_ => pace.WaitAsync(CancellationToken.None).AsTask()).ToList();
        Assert.Equal(atOnce, sent.Count(each => each.IsCompleted));
        for (var second = 0; second < 6; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(Math.Min(30, atOnce + (60 / hosts)), sent.Count(each => each.IsCompleted));

        // One that comes to be alone sends all of it.
        count.Hosts = 1;
        clock.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(sent);
        Assert.Equal(10, Enumerable.Range(0, 30).Count(_ => pace.WaitAsync(CancellationToken.None).AsTask().IsCompleted));
    }
}
