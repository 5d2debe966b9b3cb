using CoordinationBot.Calendars;
using CoordinationBot.Mail;
using CoordinationBot.Meetings;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Calendars;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static CoordinationBot.Tests.Scenarios.Arranging;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Ann's meetings are put into her calendar in Microsoft 365, which invites people: nobody is invited twice, and if it cannot be, people get mail after all.</summary>
public sealed class OutsideScenarios
{
    private const string Everybody = $"invitation bob@contoso.example, invitation eve@contoso.example, invitation {Kim}";

    [Fact]
    public async Task The_calendar_invites_and_is_told_only_what_concerns_its_guests()
    {
        var (graph, mail) = (await FakeGraph.StartAsync(), new FakeMail());
        await using var office = Office(graph, mail);
        await using var __ = graph;
        office.Add("lee", "Lee Lin");
        await office.InstallAsync("lee");
        var id = await office.ArrangesAsync();
        var made = Assert.Single(graph.Events);
        Assert.Equal(
            (office.Teams.People["ann"].ObjectId, "the budget", "2026-11-24T09:00:00", "W. Europe Standard Time", $"{(await office.MeetingAsync(id)).Uid}#1"),
            (made["mailbox"]!.ToString(), made["subject"]!.ToString(), made["start"]!["dateTime"]!.ToString(), made["start"]!["timeZone"]!.ToString(), made["transactionId"]!.ToString()));
        Assert.Equal(Everybody, Told(graph));
        // An answer is nobody else's business.
        await office.ClicksAsync("bob", "Accept");
        await office.RestsAsync();
        Assert.Equal(["POST"], graph.Asked);
        await office.ClicksAsync("ann", "Change…");
        await office.ClicksAsync("ann", "Continue", ("optional.known", ""), ("optional", "29:lee"));
        await office.ClicksAsync("ann", "Change it");
        await office.RestsAsync();
        Assert.Equal(["invitation lee@contoso.example", "cancellation eve@contoso.example"], graph.Told.Skip(3));
        await office.SaysAsync("ann", $"move {id} to wed 11:00");
        await office.ClicksAsync("ann", "Take this time");
        await office.RestsAsync();
        Assert.Equal("2026-11-25T11:00:00", graph.Events[0]["start"]!["dateTime"]!.ToString());
        await office.SaysAsync("ann", $"cancel {id} no budget");
        await office.ClicksAsync("ann", "Cancel it now");
        await office.RestsAsync();
        Assert.Equal(["POST", "PATCH attendees", "PATCH start end"], graph.Asked.Take(3));
        Assert.Equal((0, 4, 3), (graph.Events.Count, graph.Asked.Count, graph.Told.Count(told => told.StartsWith("cancellation", StringComparison.Ordinal) && !told.Contains("eve", StringComparison.Ordinal))));
        Assert.Empty(mail.Sent);
        Assert.Empty(graph.Wrong);
        // In Teams everybody heard everything as ever.
        await office.SeesAsync("lee", "Ann Abel cancelled this meeting.");
    }

    [Theory]
    [InlineData(403, "ErrorAccessDenied", "Microsoft 365 does not let me write there")]
    [InlineData(404, "ErrorInvalidUser", "Microsoft 365 knows no mailbox there")]
    [InlineData(400, "ErrorInvalidRecipients", "Microsoft 365 does not take it")]
    public async Task Where_it_may_not_write_people_get_mail_and_the_organiser_hears_why(int status, string code, string words)
    {
        var (graph, mail) = (await FakeGraph.StartAsync(), new FakeMail());
        await using var office = Office(graph, mail);
        await using var __ = graph;
        graph.Fault = _ => (status, code, null);
        var id = await office.ArrangesAsync();
        await office.SeesAsync("ann", $"This meeting is not in the Outlook calendar: {words}");
        await office.SeesAsync("ann", "I invite people by mail instead.");
        Assert.Equal("REQUEST 0", mail.To(Kim));
        // It stays so, though it would take it now: nobody is invited from two sides.
        graph.Fault = _ => null;
        await office.SaysAsync("ann", $"move {id} to wed 11:00");
        await office.ClicksAsync("ann", "Take this time");
        await office.RestsAsync();
        Assert.Equal(("REQUEST 0, REQUEST 1", 0), (mail.To(Kim), graph.Told.Count));
    }

    [Fact]
    public async Task Who_says_when_to_come_back_is_asked_then_and_nobody_gets_mail_meanwhile()
    {
        var (graph, mail) = (await FakeGraph.StartAsync(), new FakeMail());
        await using var office = Office(graph, mail);
        await using var __ = graph;
        graph.Fault = _ => (429, "TooManyRequests", "120");
        await office.ArrangesAsync();
        Assert.Equal((1, 0), (graph.Asked.Count, mail.Sent.Count));
        graph.Fault = _ => null;
        await office.WaitsAsync(TimeSpan.FromSeconds(60));
        Assert.Empty(graph.Told);
        await office.WaitsAsync(TimeSpan.FromSeconds(90));
        Assert.Equal((Everybody, 0), (Told(graph), mail.Sent.Count));
    }

    [Fact]
    public async Task An_outage_of_hours_is_said_and_then_made_good()
    {
        var (graph, mail) = (await FakeGraph.StartAsync(), new FakeMail());
        await using var office = Office(graph, mail);
        await using var __ = graph;
        graph.Fault = _ => (500, null, null);
        await office.ArrangesAsync();
        for (var look = 0; look < 6; look++)
        {
            await office.WaitsAsync(TimeSpan.FromHours(2));
        }
        await office.SeesAsync("ann", "Microsoft 365 has not answered for hours. I go on trying");
        graph.Fault = _ => null;
        await office.WaitsAsync(TimeSpan.FromHours(2.1));
        Assert.Equal((Everybody, 0), (Told(graph), mail.Sent.Count));
        Assert.DoesNotContain("has not answered for hours", (await office.SaysAsync("ann", "my meetings")).Words, StringComparison.Ordinal);
        await office.WaitsAsync(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain("has not answered for hours", (await office.SeesAsync("ann", "the budget")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_done_and_not_said_is_found()
    {
        var (graph, mail) = (await FakeGraph.StartAsync(), new FakeMail());
        await using var office = Office(graph, mail);
        await using var __ = graph;
        graph.Loses = method => method == "POST";
        var id = await office.ArrangesAsync();
        graph.Loses = _ => false;
        // Meanwhile it has become another one.
        await office.ClicksAsync("ann", "Change…");
        await office.ClicksAsync("ann", "Continue", ("place", "Room 5"));
        await office.ClicksAsync("ann", "Change it");
        await office.WaitsAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(["POST", "GET", "PATCH location"], graph.Asked);
        Assert.Equal(("Room 5", 0), (Assert.Single(graph.Events)["location"]!["displayName"]!.ToString(), mail.Sent.Count));
        // Somebody deletes it in Outlook; when it is moved it is there again.
        graph.Delete();
        await office.SaysAsync("ann", $"move {id} to wed 11:00");
        await office.ClicksAsync("ann", "Take this time");
        await office.RestsAsync();
        Assert.EndsWith("#2", Assert.Single(graph.Events)["transactionId"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_changed_any_more_is_said_to_the_organiser()
    {
        var (graph, mail) = (await FakeGraph.StartAsync(), new FakeMail());
        await using var office = Office(graph, mail);
        await using var __ = graph;
        var id = await office.ArrangesAsync();
        graph.Fault = _ => (403, "ErrorAccessDenied", null);
        await office.SaysAsync("ann", $"move {id} to wed 11:00");
        await office.ClicksAsync("ann", "Take this time");
        await office.SeesAsync("ann", "The event in the Outlook calendar is not as it is here: Microsoft 365 does not let me write there, which whoever runs me can change. Please change it there yourself");
        await office.SaysAsync("ann", $"cancel {id}");
        await office.ClicksAsync("ann", "Cancel it now");
        await office.SeesAsync("ann", "Please cancel it there yourself");
        Assert.Equal((0, 3), (mail.Sent.Count, graph.Told.Count));
    }

    [Fact]
    public async Task A_common_mailbox_has_the_organiser_among_its_guests()
    {
        var (graph, mail) = (await FakeGraph.StartAsync(), new FakeMail());
        await using var office = Office(graph, mail, "office@contoso.example");
        await using var __ = graph;
        await office.ArrangesAsync();
        Assert.Equal(("office@contoso.example", $"invitation ann@contoso.example, {Everybody}"), (graph.Events[0]["mailbox"]!.ToString(), Told(graph)));
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(8), InlineData(10), InlineData(12)]
    public async Task A_host_that_ends_at_any_point_leaves_one_event(int calls)
    {
        var (graph, mail) = (await FakeGraph.StartAsync(), new FakeMail());
        await using var office = Office(graph, mail);
        await using var __ = graph;
        var id = MeetingIn((await office.FindsAsync()).Words);
        await office.RestsAsync();
        var slots = (await office.SeesAsync("ann", "1. Tue 24 Nov 2026")).Copy();
        EndsAfter(office, calls);
        await office.ClicksAsync("ann", slots, "Take it");
        await office.RestsAsync();
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        await office.ClicksAsync("ann", slots, "Take it");
        await ComesBackAsync(office);
        Assert.Equal((Everybody, 1), (Told(graph), graph.Events.Count));
        await office.SaysAsync("ann", $"cancel {id}");
        var cancelling = (await office.SeesAsync("ann", "Why do you cancel it?")).Copy();
        EndsAfter(office, calls);
        await office.ClicksAsync("ann", cancelling, "Cancel it now");
        await office.RestsAsync();
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        await office.ClicksAsync("ann", cancelling, "Cancel it now");
        await ComesBackAsync(office);
        Assert.Equal((6, 0, 0), (graph.Told.Count, graph.Events.Count, mail.Sent.Count));
    }

    [Fact]
    public async Task Eight_hosts_at_once_make_one_event()
    {
        var (graph, mail) = (await FakeGraph.StartAsync(), new FakeMail());
        await using var office = Office(graph, mail);
        await using var __ = graph;
        var id = MeetingIn((await office.FindsAsync()).Words);
        await office.RestsAsync();
        var slots = (await office.SeesAsync("ann", "1. Tue 24 Nov 2026")).Copy();
        office.Store.Fails = (call, partition) => call == "query" && partition.Contains("|M|", StringComparison.Ordinal);
        await office.ClicksAsync("ann", slots, "Take it");
        await office.RestsAsync();
        office.Store.Fails = (_, _) => false;
        var (work, wakeUp) = (office.Services.GetRequiredService<MeetingWork>(), new WakeUp(MeetingStore.Kind, MeetingStore.Partition(TestOffice.Tenant, id)));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await work.RunAsync(wakeUp, CancellationToken.None))));
        await office.QuietAsync();
        Assert.Equal(("POST", Everybody, 0), (string.Join(", ", graph.Asked), Told(graph), mail.Sent.Count));
    }

    private static string Told(FakeGraph graph) => string.Join(", ", graph.Told);

    private static TestOffice Office(FakeGraph graph, FakeMail mail, string? mailbox = null) => new(services => services
        .AddSingleton<ICalendarWriter>(graph.Writer(TestOffice.Tenant, mailbox))
        .Replace(ServiceDescriptor.Singleton<IMailer>(mail)));

    private static async Task ComesBackAsync(TestOffice office)
    {
        for (var round = 0; round < 8; round++)
        {
            await office.PassAsync(TimeSpan.FromSeconds(30));
            await office.RestsAsync();
        }
    }

    /// <summary>Of what it writes about meetings, so many calls succeed.</summary>
    private static void EndsAfter(TestOffice office, int calls)
    {
        var left = calls;
        office.Store.Fails = (call, partition) => call is "commit" or "enqueue" && partition.Contains("|M|", StringComparison.Ordinal) && Interlocked.Decrement(ref left) < 0;
    }
}
