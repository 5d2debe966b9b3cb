using System.Diagnostics;
using System.Net;
using CoordinationBot.Playground.Processes;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;

namespace CoordinationBot.EndToEnd.Load;

/// <summary>A real host whose storage goes away, all of it or the queue alone.</summary>
public sealed class ReadyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_ready_while_tables_and_queue_are_there_and_lives_on_without_them()
    {
        var folder = Directory.CreateTempSubdirectory("ready");
        try
        {
            var place = new AzuritePlace(folder.FullName, ChildProcess.FreePort(), ChildProcess.FreePort());
            await using var first = await Azurite.StartAsync(Cancel, place);
            await using var host = SlowHost.On(first);
            await host.StartAsync(Cancel);
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            await UntilAsync(http, host, HttpStatusCode.OK);

            // State-changing turns queue a wake-up first, so without the queue this host can do none of them.
            var queue = AzureAccount.Queue(new StorageOptions { Provider = StorageProvider.Azure, ConnectionString = first.ConnectionString }, null);
            await queue.DeleteAsync(Cancel);
            await UntilAsync(http, host, HttpStatusCode.ServiceUnavailable);
            await queue.CreateIfNotExistsAsync(cancellationToken: Cancel);
            await UntilAsync(http, host, HttpStatusCode.OK);

            using (var end = Process.Start("kill", ["-TERM", $"{first.ProcessId}"])) await end.WaitForExitAsync(Cancel);
            await UntilAsync(http, host, HttpStatusCode.ServiceUnavailable);
            Assert.Equal(HttpStatusCode.OK, await http.HealthAsync(host, "live", Cancel));
            await first.DisposeAsync();
            await using var second = await Azurite.StartAsync(Cancel, place);
            await UntilAsync(http, host, HttpStatusCode.OK);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task UntilAsync(HttpClient http, HostProcess host, HttpStatusCode expected)
    {
        var clock = Stopwatch.StartNew();
        while (await http.HealthAsync(host, "ready", Cancel) is var status && status != expected)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"It still said {status}.");
            await Task.Delay(100, Cancel);
        }
    }
}
