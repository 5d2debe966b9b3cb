using System.Diagnostics;
using System.Net;
using CoordinationBot.EndToEnd.Chaos;
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
            await using var host = new HostProcess(ChildProcess.FreePort(), Settings(first), assembly: typeof(SlowHost).Assembly.Location);
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
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, host, "live"));
            await first.DisposeAsync();
            await using var second = await Azurite.StartAsync(Cancel, place);
            await UntilAsync(http, host, HttpStatusCode.OK);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string> Settings(Azurite azurite) => new()
    {
        [SlowHost.Wanted] = "true",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Bot__AppId"] = ChaosOffice.AppId,
        ["Bot__TenantId"] = ChaosOffice.Tenant,
        ["Bot__DangerouslyAllowUnauthenticated"] = "true",
        ["Storage__Provider"] = "Azure",
        ["Storage__ConnectionString"] = azurite.ConnectionString,
    };

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, HostProcess host, string what) =>
        (await http.GetAsync(new Uri(host.Url, $"/health/{what}"), Cancel)).StatusCode;

    private static async Task UntilAsync(HttpClient http, HostProcess host, HttpStatusCode expected)
    {
        var clock = Stopwatch.StartNew();
        while (await StatusAsync(http, host, "ready") is var status && status != expected)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"It still said {status}.");
            await Task.Delay(100, Cancel);
        }
    }
}
