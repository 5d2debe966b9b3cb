using System.Globalization;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Attack;

/// <summary>Text as long as the host takes it, behind every command: what reads it needs neither the memory nor the time of more than it says.</summary>
[Collection(nameof(Fuzz.FuzzTests))]
public sealed class TextAttacks(ITestOutputHelper output)
{
    private const int Length = 900_000;

    private static readonly string[] Units = ["a", " ", "a ", "9", "9-", "9-11 ", ", ", "; ", ": ", "(", "to ", "from ", "until ", "by ", "@", "\n", "中", "every ", "and ", "\"", "a:\n", "1. ", "5 EUR ", "D-7K3F9Q "];

    [Fact]
    public async Task Each_is_answered_and_leaves_nothing_behind()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        var office = attacked.Office;
        await office.InstallAsync("ann");
        office.Teams.IsKeeping = false;
        List<string> faults = [];
        foreach (var command in office.Services.GetRequiredService<RouteTable>().Commands.Select(command => command.Words).Append("").Distinct())
        {
            foreach (var unit in Units)
            {
                var text = $"{command} {string.Concat(Enumerable.Repeat(unit, Length / unit.Length))}";
                var (before, begun) = (GC.GetTotalMemory(forceFullCollection: true), System.Diagnostics.Stopwatch.StartNew());
                await attacked.PostAsync(attacked.Message(text: text), attacked.Token());
                await office.RestsAsync();
                var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
                if (grown > 30 << 20 || begun.Elapsed.TotalSeconds > 3)
                {
                    faults.Add(string.Create(CultureInfo.InvariantCulture, $"{command} {unit.Trim()}: {grown >> 20} MB, {begun.Elapsed.TotalSeconds:0.0} s"));
                }
            }
        }
        output.WriteLine(string.Join('\n', faults));
        Assert.Empty(faults);
    }
}
