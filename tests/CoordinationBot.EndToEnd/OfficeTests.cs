using System.Diagnostics;
using CoordinationBot.EndToEnd.Client;
using CoordinationBot.EndToEnd.EchoBots;
using CoordinationBot.Playground.People;
using CoordinationBot.Playground.Processes;

namespace CoordinationBot.EndToEnd;

/// <summary>Proves what becomes of the processes: killed, started again, left behind.</summary>
public sealed class OfficeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_host_comes_back_at_the_same_place_and_nothing_is_left_running_in_the_end()
    {
        var office = await Office.StartAsync(EchoBot.InOffice(new OfficeOptions { People = [Cast.Maria] }), Cancel);
        int first, second, playground;
        await using (office)
        {
            var maria = office[Cast.Maria];
            await maria.SayAsync("before");
            await maria.WaitForTextAsync("echo: before");
            first = office.Host.ProcessId;
            await office.Host.KillAsync();
            await maria.SayAsync("meanwhile");
            await office.Hub.Traffic.WaitForAsync(e => e is { Text: "meanwhile", Status: 502 }, cancel: Cancel);
            await office.Host.RestartAsync(Cancel);
            second = office.Host.ProcessId;
            await maria.SayAsync("after");
            await maria.WaitForTextAsync("echo: after");
            playground = office.ProcessIdOf(Cast.Maria);
        }

        Assert.All((int[])[first, second, playground], id => Assert.False(IsRunning(id)));
    }

    [Fact]
    public async Task The_host_ends_in_order_when_its_parent_lets_go_of_it()
    {
        await using var host = NewHost();
        await host.StartAsync(Cancel);
        var clock = Stopwatch.StartNew();
        await host.StopAsync();
        Assert.Equal(0, host.ExitCode); // not killed: that would be 137
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_host_that_cannot_start_says_why_in_its_last_lines()
    {
        await using var host = new HostProcess(ChildProcess.FreePort(), [], assembly: Path.Combine(AppContext.BaseDirectory, "missing.dll"));
        var e = await Assert.ThrowsAsync<LauncherException>(() => host.StartAsync(Cancel));
        Assert.Contains("ended with exit code", e.Message, StringComparison.Ordinal);
        Assert.Contains("missing.dll", e.Message, StringComparison.Ordinal);
    }

    private static HostProcess NewHost()
    {
        var options = EchoBot.InOffice(new OfficeOptions());
        return new HostProcess(ChildProcess.FreePort(), options.Settings, assembly: options.HostAssembly);
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
