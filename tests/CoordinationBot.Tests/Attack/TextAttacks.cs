using System.Text.Json.Nodes;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Attack;

/// <summary>Text as long as the host takes it in, behind every command: it is refused before anything reads it, and what is not longer than a message can be is read in good time.</summary>
public sealed class TextAttacks
{
    private static readonly string[] Units = ["a", " ", "9-11 ", ", ", "; ", ": ", "(", "to ", "from ", "by ", "@", "\n", "中", "and ", "\"", "1. ", "5 EUR ", "D-7K3F9Q "];

    [Theory]
    [InlineData(900_000), InlineData(50_000)]
    public async Task However_long_it_is_each_is_answered(int length)
    {
        await using var attacked = await AttackedOffice.StartAsync();
        var office = attacked.Office;
        await office.InstallAsync("ann");
        string[] commands = [.. office.Services.GetRequiredService<RouteTable>().Commands.Select(command => command.Words).Append("").Distinct()];
        // Each unit behind some of the commands, each command before some of the units.
        await Parallel.ForEachAsync(commands.SelectMany((command, index) => Units.Where((_, number) => (index + number) % 6 == 0).Select(unit => $"{command} {string.Concat(Enumerable.Repeat(unit, length / unit.Length))}")), async (text, _) =>
            await attacked.PostAsync(attacked.Message(text: text), attacked.Token()));
        await office.RestsAsync();
        Assert.Empty(attacked.Log.Errors);
        Assert.Equal(length > 100_000 ? commands.Length : 0, Math.Min(commands.Length, office.Shown("ann").Count(message => message.Words.Contains("longer than I can read at once", StringComparison.Ordinal))));
        Assert.DoesNotContain(office.Shown("ann"), message => message.Words.Contains("longer than usual", StringComparison.Ordinal));
        await attacked.ServesAsync();
    }

    [Fact]
    public async Task A_press_that_carries_a_book_is_refused_and_nothing_is_lost()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        var office = attacked.Office;
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate \"Book the room\" to Bob");
        var draft = office.Shown("ann")[^1];
        Assert.Contains("longer than I can read at once", (await office.InvokesAsync("ann", "hours.save", new JsonObject { ["hours"] = new string('9', 300_000) })).Sentence);
        Assert.Contains("Book the room", draft.Words);
        await attacked.ServesAsync();
    }
}
