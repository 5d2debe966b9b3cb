using System.Globalization;

namespace CoordinationBot.EndToEnd.Chaos;

/// <summary>The same seed meets the same faults, at whatever time it runs.</summary>
public sealed class ChaosFaultsTests
{
    [Fact]
    public void A_seed_replays_its_faults_whatever_the_clock_and_the_ids()
    {
        var once = Run(7, new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), "D-AAAAAA");
        Assert.Equal(once, Run(7, new DateTimeOffset(2027, 11, 30, 17, 45, 0, TimeSpan.Zero), "D-0Z9Y8X"));
        Assert.NotEqual(once, Run(8, new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), "D-AAAAAA"));
        Assert.Equal(6, once.Select(send => send.Fault).OfType<string>().Distinct().Count());
    }

    [Fact]
    public void The_order_in_which_chats_and_works_come_changes_nothing()
    {
        var (faults, backwards) = (new ChaosFaults(new Seeded(7)), new ChaosFaults(new Seeded(7)));
        var works = Enumerable.Range(1, 200).ToList();
        var there = works.ConvertAll(work => faults.Next("a:1", true, $"Ann asks you to take this on. Work {Tag(work)}", true));
        Assert.Equal(there, Enumerable.Reverse(works).Select(work => backwards.Next("a:1", true, $"Ann asks you to take this on. Work {Tag(work)}", true)).Reverse());
    }

    private static List<(string? Fault, int Time)> Run(int seed, DateTimeOffset now, string id)
    {
        var faults = new ChaosFaults(new Seeded(seed));
        var due = now.ToString("ddd d MMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture);
        return
        [
            .. Enumerable.Range(1, 200).SelectMany(work => new[] { $"This is overdue since {due}. Work {Tag(work)}", $"{id} Work {Tag(work)}", $"Ann has a question. Work {Tag(work)}" })
                .SelectMany(summary => Enumerable.Repeat(summary, 3)).Select(summary => faults.Next("a:1", true, summary, true)),
        ];
    }

    private static string Tag(int work) => string.Create(CultureInfo.InvariantCulture, $"W{work:D5}");
}
