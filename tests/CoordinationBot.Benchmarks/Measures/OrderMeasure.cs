using System.Diagnostics;
using CoordinationBot.Benchmarks.Channel;
using CoordinationBot.Benchmarks.Hosts;
using CoordinationBot.Benchmarks.Report;

namespace CoordinationBot.Benchmarks.Measures;

/// <summary>
/// Five presses of an old client (messages) 20 ms apart in one conversation, on steps that must come in order, while the connector takes
/// 200 ms for each answer; the third is delivered twice.
/// </summary>
internal static class OrderMeasure
{
    private const int Messages = 5;

    public static async Task RunAsync(FigureTable table, TemporaryFolder folder)
    {
        var store = folder.File("order.db");
        await Office.SeedAsync(store, 1, completed: 0);
        await using var channel = await TeamsChannel.StartAsync();
        TimeSpan took;
        await using (var host = Child.StartRole(HostChild.Name, [], channel.Settings(store)))
        {
            await channel.UntilReadyAsync(host.Address);
            await channel.PostAsync(host.Address, Office.Help(0, "warm"));
            channel.Delay = TimeSpan.FromMilliseconds(200);
            var from = Stopwatch.GetTimestamp();
            List<Task> posting = [];
            for (var step = 1; step <= Messages; step++)
            {
                posting.Add(channel.PostAsync(host.Address, Office.SubmitStep(0, step, $"step-{step}")));
                if (step == 3)
                {
                    posting.Add(channel.PostAsync(host.Address, Office.SubmitStep(0, step, $"step-{step}")));
                }
                await Task.Delay(20);
            }
            await Task.WhenAll(posting);
            took = Stopwatch.GetElapsedTime(from);
        }
        var (state, history) = await Office.ReadAsync(store, 0);
        var inOrder = history.Select(entry => entry.What).SequenceEqual(Enumerable.Range(1, Messages).Select(step => $"Completed step {step}"));
        table.Holds(
            $"Order: {Messages} messages 20 ms apart, the connector taking 200 ms",
            inOrder && state.Completions.Count == Messages,
            $"{state.Completions.Count} took effect, {(inOrder ? "in order" : "out of order")}, {took.TotalSeconds:0.00} s",
            $"{Messages}, in order, none twice");
    }
}
