using CoordinationBot.Calendars;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Calendars;
using CoordinationBot.Tests.Scenarios;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Tests.Attack;

/// <summary>Whatever fails, the log holds no secret that would open something; and what watches it sees whatever is to be seen.</summary>
public sealed class LogSecrets
{
    private const string Secret = "s3cret-part";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gone")]
    [InlineData("refuses")]
    [InlineData("is no calendar")]
    [InlineData("leads elsewhere")]
    [InlineData("hangs up")]
    public async Task A_calendar_that_cannot_be_read_leaves_its_link_nowhere(string how)
    {
        var isBroken = false;
        await using var server = await WebServer.StartAsync(context =>
        {
            if (isBroken && how == "hangs up")
            {
                context.Abort();
                return Task.CompletedTask;
            }
            context.Response.StatusCode = !isBroken ? 200 : how switch { "gone" => 404, "refuses" => 403, "leads elsewhere" => 302, _ => 200 };
            context.Response.Headers.Location = $"/{Secret}/else.ics";
            return context.Response.WriteAsync(isBroken ? $"no {Secret}" : IcalText.File("UID:1\nDTSTART:20261124T090000Z\nDTEND:20261124T100000Z"));
        });
        var log = new WatchedLog { Secrets = [Secret] };
        await using var office = new TestOffice(services => services.PostConfigure<CalendarOptions>(options => options.DangerouslyAllowPrivateAddresses = true).AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        await office.InstallAsync("ann");
        Assert.Contains("Connected", (await office.SaysAsync("ann", $"calendar {server.At($"/{Secret}/x.ics")}")).Words, StringComparison.Ordinal);
        isBroken = true;
        await office.PassAsync(TimeSpan.FromHours(8));
        await office.RestsAsync();
        await office.SaysAsync("ann", $"calendar {server.At($"/{Secret}/y.ics")}");
        Assert.NotEmpty(log.Lines);
        Assert.Empty(log.Told);
    }

    [Fact]
    public async Task A_link_to_a_file_leaves_its_secret_nowhere_opened_or_not()
    {
        var log = new WatchedLog();
        await using var office = new TestOffice(services => services.AddLogging(logging => logging.AddProvider(log)));
        await office.InstallAsync("ann");
        var card = await office.SaysAsync("ann", "about me");
        var link = CardReading.Buttons(card.Card!).First(button => button.Title == "Download JSON").Action["url"]!.GetValue<string>();
        log.Secrets = [link[(link.LastIndexOf('.') + 1)..]];
        Assert.True((await office.GetAsync(link)).IsSuccessStatusCode);
        office.Store.Fails = (_, _) => true;
        Assert.False((await office.GetAsync(link)).IsSuccessStatusCode);
        office.Store.Fails = (_, _) => false;
        await office.PassAsync(TimeSpan.FromHours(1));
        Assert.False((await office.GetAsync(link)).IsSuccessStatusCode);
        Assert.NotEmpty(log.Lines);
        Assert.Empty(log.Told);
    }

    [Fact]
    public async Task A_storage_account_that_is_not_there_leaves_its_key_nowhere()
    {
        var key = Convert.ToBase64String(new byte[64]);
        var options = new StorageOptions { Provider = StorageProvider.Azure, ConnectionString = $"DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey={key};TableEndpoint=http://127.0.0.1:9/nobody;QueueEndpoint=http://127.0.0.1:9/nobody", Table = "t", Queue = "queue" };
        var log = new WatchedLog { Secrets = [key] };
        using var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        var (preparation, tables, queue) = AzureAccount.Store(options, null, TimeProvider.System, logs.CreateLogger<AzurePreparation>());
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAnyAsync<Exception>(() => preparation.StartAsync(patience.Token));
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () => await tables.GetAsync("p", "k", patience.Token));
        log.Log(LogLevel.Error, new EventId(2001), "As the host would.", failure, static (line, _) => line);
        Assert.NotNull(queue);
        Assert.NotEmpty(log.Lines);
        Assert.Empty(log.Told);
    }

    [Fact]
    public async Task What_fails_in_the_background_is_a_fault_at_once_and_an_outage_is_none()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        var (office, log) = (attacked.Office, attacked.Log);
        office.Services.GetRequiredService<WorkHandlers>().Add("test", (wakeUp, _) => throw (wakeUp.Partition == "away" ? new StorageException("away", new IOException("x")) : new InvalidDataException("A\nline.")));
        foreach (var partition in (string[])["away", "broken"])
        {
            await office.Services.GetRequiredService<IWorkQueue>().EnqueueAsync(new WakeUp("test", partition), office.Clock.GetUtcNow(), Cancel);
        }
        await office.PassAsync(TimeSpan.FromSeconds(10));
        await office.RestsAsync();
        Assert.Contains(log.Lines, line => line.StartsWith("2001 Work test", StringComparison.Ordinal) && line.Contains("of away", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Errors, error => error.Contains("of away", StringComparison.Ordinal));
        Assert.Contains(log.Errors, error => error.StartsWith("2001 Work test", StringComparison.Ordinal) && error.Contains("of broken failed at attempt 1", StringComparison.Ordinal));
        // And what an exception says is looked at like any line.
        Assert.Contains("A\nline.", log.Forged);
        log.BeginScope("a\rscope");
        Assert.Contains("a\rscope", log.Forged);
    }
}
