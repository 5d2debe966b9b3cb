using System.Net;
using System.Text.Json.Nodes;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>What those who run the host see and do from the chat, and what others do not.</summary>
public sealed class OperationsScenarios
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<TestOffice> OpenedAsync()
    {
        var office = new TestOffice(administrators: "ann");
        await office.InstallAsync("ann", "bob");
        return office;
    }

    private static async Task<DueWork> GivenUpAsync(TestOffice office, string kind)
    {
        var work = new DueWork(new WakeUp(kind, $"{TestOffice.Tenant}|P|{office.Teams.People["bob"].ObjectId}"), WorkLoop.MaxAttempts, "");
        await office.Services.GetRequiredService<PoisonRows>().WriteAsync(work, nameof(InvalidDataException), Cancel);
        return work;
    }

    [Fact]
    public async Task An_administrator_sees_how_the_host_is_doing_and_others_the_version()
    {
        await using var office = await OpenedAsync();
        await office.PassAsync(TimeSpan.FromMinutes(61));
        await GivenUpAsync(office, "made up");
        var seen = (await office.SaysAsync("ann", "about")).Words;
        Assert.Contains("for 1 h 1 min, since Mon 23 Nov 2026, 10:00 (Europe/Berlin)", seen);
        Assert.Contains("embedded, one file on this host", seen);
        Assert.Contains("none waits", seen);
        Assert.Contains("Given up: 1", seen);
        Assert.Contains("not compared with another one yet", seen);
        Assert.Contains("IANA tz database", seen);
        Assert.Matches(@"^CoordinationBot [0-9.]+, with the time zones of the IANA tz database 20[0-9]{2}[a-z], as it comes with NodaTime [0-9.]+\.$", (await office.SaysAsync("bob", "about")).Words);
    }

    [Fact]
    public async Task In_a_group_nobody_sees_more_than_the_version()
    {
        await using var office = await OpenedAsync();
        await office.SaysInGroupAsync("ann", "about");
        Assert.StartsWith("CoordinationBot ", Assert.Single(office.Group()).Words, StringComparison.Ordinal);
        await office.SaysInGroupAsync("ann", "poison");
        Assert.DoesNotContain("given up", office.Group()[^1].Words);
    }

    [Fact]
    public async Task When_the_store_is_down_about_says_the_version()
    {
        await using var office = await OpenedAsync();
        office.Store.Fails = (_, _) => true;
        Assert.StartsWith("CoordinationBot ", (await office.SaysAsync("ann", "about")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_administrators_are_told_of_these_commands_and_may_use_them()
    {
        await using var office = await OpenedAsync();
        foreach (var command in (string[])["about", "poison"])
        {
            Assert.DoesNotContain($"\n{command} –", (await office.SaysAsync("ann", "help")).Words);
            Assert.Contains($"{command} –", (await office.SaysAsync("ann", "administer")).Words);
            Assert.DoesNotContain($"{command} –", (await office.SaysAsync("bob", "administer")).Words);
        }
        var work = await GivenUpAsync(office, "made up");
        Assert.Contains("Please ask Ann Abel.", (await office.SaysAsync("bob", "poison")).Words);
        await office.SaysAsync("ann", "poison");
        var id = Assert.Single(await office.Services.GetRequiredService<PoisonRows>().ListAsync(Cancel)).Id;
        Assert.Contains("Please ask Ann Abel.", (await office.InvokesAsync("bob", "operations.run-again", new JsonObject { ["work"] = id })).Words);
        Assert.Equal(work.WakeUp.Kind, Assert.Single(await office.Services.GetRequiredService<PoisonRows>().ListAsync(Cancel)).Kind);
    }

    [Fact]
    public async Task What_was_given_up_is_listed_without_a_person_and_runs_again_once_however_often_it_is_pressed()
    {
        var runs = 0;
        await using var office = await OpenedAsync();
        office.Services.GetRequiredService<WorkHandlers>().Add("test", (_, _) =>
        {
            Interlocked.Increment(ref runs);
            return ValueTask.CompletedTask;
        });
        await GivenUpAsync(office, "test");
        var list = (await office.SaysAsync("ann", "poison")).Copy();
        Assert.Contains("test: InvalidDataException", list.Words);
        Assert.Contains($"Mon 23 Nov 2026, 10:00 (Europe/Berlin), at attempt 5, {Assert.Single(await office.Services.GetRequiredService<PoisonRows>().ListAsync(Cancel)).Id} in the log", list.Words);
        Assert.DoesNotContain(office.Teams.People["bob"].ObjectId, list.Card!.ToJsonString());

        Assert.Contains("“test” runs again.", (await office.ClicksAsync("ann", list, "Run again")).Words);
        var again = await office.ClicksAsync("ann", list, "Run again");
        Assert.Contains("it runs again already", again.Words);
        Assert.Contains("Nothing was given up.", again.Words);
        for (var second = 0; second < 5; second++)
        {
            await office.PassAsync(TimeSpan.FromSeconds(1));
        }
        await office.RestsAsync();
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Work_that_is_given_up_again_while_it_is_let_run_stays_on_the_list()
    {
        await using var office = await OpenedAsync();
        var work = await GivenUpAsync(office, "made up");
        var poison = office.Services.GetRequiredService<PoisonRows>();
        // Between its wake-up and the removal of its row it fails for good once more.
        office.Store.Fails = (call, partition) =>
        {
            if (call == "enqueue" && partition == work.WakeUp.Partition)
            {
                office.Store.Fails = (_, _) => false;
                poison.WriteAsync(work, "Again", Cancel).AsTask().Wait(Cancel);
            }
            return false;
        };
        await office.SaysAsync("ann", "poison");
        Assert.Contains("made up: Again", (await office.ClicksAsync("ann", "Run again")).Words);
    }

    [Fact]
    public async Task When_it_is_told_to_stop_readiness_ends_first_and_the_host_still_serves()
    {
        await using var office = new TestOffice(services => services.Configure<HealthOptions>(options => options.Drain = 10));
        await office.InstallAsync("ann");
        Assert.Equal(HttpStatusCode.OK, (await office.GetAsync("/health/ready")).StatusCode);

        var stop = office.Services.GetRequiredService<IHost>().StopAsync(Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await office.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await office.GetAsync("/health/live")).StatusCode);
        Assert.Contains("What you can do now", (await office.SaysAsync("ann", "help")).Words);
        Assert.False(stop.IsCompleted);
        office.Clock.Advance(TimeSpan.FromSeconds(10));
        await stop.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }
}
