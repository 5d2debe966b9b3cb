using CoordinationBot.Calendars;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;
using CsCheck;
using NodaTime;

namespace CoordinationBot.Tests.Calendars;

/// <summary>What the bot's own calendar promises, on each store.</summary>
public abstract class OwnCalendarContract
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 11, 23, 9, 0);
    private static int _people;

    private readonly string _who = $"{Environment.ProcessId}-{Interlocked.Increment(ref _people)}";

    private protected abstract ITables Tables { get; }

    private OwnCalendar Calendar => new(Tables);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_touches_a_window_is_found_in_its_order()
    {
        await HoldAsync("later", 5, 6);
        await HoldAsync("before", -3, -1);
        await HoldAsync("into", -1, 1);
        await HoldAsync("inside", 2, 3);
        await HoldAsync("around", -2, 30);
        await HoldAsync("ends as it begins", -1, 0);
        await HoldAsync("begins as it ends", 4, 5);
        Assert.Equal(["around", "into", "inside"], await ListAsync(0, 4));
    }

    [Fact]
    public async Task What_lasts_a_month_is_found_on_its_last_day()
    {
        await HoldAsync("month", 0, 31 * 24);
        Assert.Equal(["month"], await ListAsync((31 * 24) - 1, 32 * 24));
        Assert.Empty(await ListAsync(31 * 24, 32 * 24));
        await Assert.ThrowsAsync<ArgumentException>(() => HoldAsync("longer", 0, (31 * 24) + 1));
        await Assert.ThrowsAsync<ArgumentException>(() => HoldAsync("backwards", 1, 0));
    }

    [Fact]
    public async Task To_hold_again_moves_it_and_to_release_lets_go()
    {
        await HoldAsync("M-1", 0, 1);
        await HoldAsync("M-1", 0, 1);
        await HoldAsync("M-2", 0, 1);
        Assert.Equal(["M-1", "M-2"], await ListAsync(0, 100));
        await HoldAsync("M-1", 50, 51);
        Assert.Equal(["M-2", "M-1"], await ListAsync(0, 100));
        await HoldAsync("M-1", 50, 52);
        Assert.Equal(["M-1"], await ListAsync(51, 100));
        await ReleaseAsync("M-1");
        await ReleaseAsync("M-1");
        Assert.Equal(["M-2"], await ListAsync(0, 100));
    }

    [Fact]
    public async Task All_of_many_are_found()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 450), Cancel, async (hour, _) => await HoldAsync($"M-{hour:D3}", hour, hour + 1));
        Assert.Equal(Enumerable.Range(100, 320).Select(hour => $"M-{hour:D3}"), await ListAsync(100, 420));
    }

    [Fact]
    public async Task Eight_who_move_it_at_once_leave_it_in_one_place()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(hour => Task.Run(() => HoldAsync("M-1", hour * 10, (hour * 10) + 1))));
        Assert.Equal(["M-1"], await ListAsync(-100, 200));
    }

    /// <summary>Whatever is held, moved and released: what is listed is what a dictionary would say.</summary>
    [Fact]
    public async Task It_is_like_a_dictionary() => await Gen.Select(Gen.Int[0, 5], Gen.Int[-800, 800], Gen.Int[0, 31 * 24]).List[1, 15].SampleAsync(
        async acts =>
        {
            var who = $"{_who}-{Interlocked.Increment(ref _people)}";
            Dictionary<string, HeldTime> expected = [];
            foreach (var (number, start, hours) in acts)
            {
                var time = new HeldTime($"M-{number}", At(start), At(start + hours), BusyKind.Busy, null);
                if (hours == 0 || start % 5 == 0)
                {
                    expected.Remove(time.Id);
                    await Calendar.ReleaseAsync("tenant", who, time.Id, Cancel);
                }
                else
                {
                    expected[time.Id] = time;
                    await Calendar.HoldAsync("tenant", who, time, Cancel);
                }
            }
            var window = new Interval(At(-50), At(50));
            Assert.Equal(
                expected.Values.Where(time => time.Start < window.End && time.End > window.Start).OrderBy(time => time.Start).ThenBy(time => time.Id),
                (await Calendar.ListAsync("tenant", who, window, Cancel)).OrderBy(time => time.Start).ThenBy(time => time.Id));
        },
        iter: 30,
        threads: 1);

    [Theory]
    [InlineData("M-1", "M-1", true)]
    [InlineData("M-1|2026-12-01", "M-1", true)]
    [InlineData("M-1|2026-12-01", "M-1|2026-12-01", true)]
    [InlineData("M-1", "M-1|2026-12-01", false)]
    [InlineData("M-12", "M-1", false)]
    [InlineData("M-1", null, false)]
    public void A_time_is_of_its_meeting(string id, string? meeting, bool isOf) => Assert.Equal(isOf, new HeldTime(id, Monday, Monday, BusyKind.Busy, null).IsOf(meeting));

    private Task HoldAsync(string id, int start, int end) => Calendar.HoldAsync("tenant", _who, new HeldTime(id, At(start), At(end), BusyKind.Busy, $"Title of {id}"), Cancel).AsTask();

    private Task ReleaseAsync(string id) => Calendar.ReleaseAsync("tenant", _who, id, Cancel).AsTask();

    private async Task<IEnumerable<string>> ListAsync(int start, int end) => (await Calendar.ListAsync("tenant", _who, new Interval(At(start), At(end)), Cancel)).Select(time => time.Id);

    private static Instant At(int hours) => Monday + Duration.FromHours(hours);
}

public sealed class SqliteOwnCalendar(SqliteFixture sqlite) : OwnCalendarContract, IClassFixture<SqliteFixture>
{
    private protected override ITables Tables { get; } = new SqliteTables(sqlite.File);
}

[Collection(AzuriteFixture.Name)]
public sealed class AzureOwnCalendar(AzuriteFixture azurite) : OwnCalendarContract
{
    private protected override ITables Tables { get; } = new AzureTables(azurite.Table, TimeProvider.System);
}
