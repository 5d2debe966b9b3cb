using CoordinationBot.Meetings;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>The host ends at any point of it: either the minutes are not final, or everybody who takes part has them.</summary>
public sealed class MinutesFaultScenarios
{
    private const string Final = "The minutes are final.";

    /// <summary>Twice where it ended in the moment of sending: nobody knows then whether it arrived.</summary>
    private const int MostTold = 2;

    /// <summary>With more people than are told in one commit.</summary>
    private const int Crowd = 90;

    [Theory]
    [InlineData(0, 0), InlineData(1, 0), InlineData(2, 0), InlineData(3, 0), InlineData(4, 0), InlineData(5, 0)]
    [InlineData(2, Crowd), InlineData(3, Crowd), InlineData(4, Crowd), InlineData(40, Crowd)]
    public async Task A_host_that_ends_while_they_become_final_has_everybody_read_them(int calls, int more)
    {
        await using var office = new TestOffice();
        string[] people = ["bob", "eve", .. Enumerable.Range(0, more).Select(number => office.Add($"p{number}", $"Person {number}").Key)];
        await office.InstallAsync(people[2..]);
        var id = await office.HoldsAsync(with: people);
        await office.SaysAsync("ann", $"minutes {id}");
        await office.ClicksAsync("ann", "Begin the minutes");
        await office.RestsAsync();
        await office.SendsAsync("ann", $"minutes {id}: decision We take the second offer");
        await office.RestsAsync();
        await office.ClicksAsync("ann", "Circulate");
        await office.RestsAsync();
        var card = (await office.SeesAsync("ann", "We take the second offer")).Copy();
        var left = calls;
        office.Store.Fails = (call, partition) => call is "commit" or "enqueue" && partition.Contains("|N|", StringComparison.Ordinal) && Interlocked.Decrement(ref left) < 0;
        await office.ClicksAsync("ann", card, "Make it final", "the-press");
        await office.RestsAsync();
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        await office.WaitsAsync(TimeSpan.FromMinutes(5));
        // Nobody presses again: what is stored reaches everybody by itself, and what is not reaches nobody.
        var isFinal = (await office.MinutesAsync(id)).State == MinutesState.Final;
        Assert.Equal(calls >= 2, isFinal);
        Assert.All(people, who => Assert.InRange(office.Times(who, Final), isFinal ? 1 : 0, isFinal ? MostTold : 0));
        await office.ClicksAsync("ann", card, "Make it final", "the-press");
        await office.WaitsAsync(TimeSpan.FromMinutes(5));
        Assert.Equal((MinutesState.Final, 1), ((await office.MinutesAsync(id)).State, (await office.MinutesAsync(id)).Versions));
        Assert.All(people, who => Assert.InRange(office.Times(who, Final), 1, MostTold));
        Assert.InRange(people.Sum(who => office.Times(who, Final)), people.Length, people.Length + 1);
    }
}
