using System.Text.Json.Nodes;
using CoordinationBot.Calendars;
using CoordinationBot.Protocol.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Calendars;

/// <summary>Against mailboxes on loopback that check the questions (documentation: event, Create event, Update event, event: cancel).</summary>
public sealed class GraphWriterTests
{
    private const string Tenant = "t";

    private static readonly CalendarEntry Entry = new()
    {
        Subject = "The budget",
        Text = "We decide.",
        Place = "",
        Start = new DateTimeOffset(2026, 12, 3, 13, 0, 0, TimeSpan.Zero),
        Minutes = 45,
        Zone = "Europe/Berlin",
        IsConfidential = false,
        Guests = [new("bob@contoso.example", "Bob Berg", true), new("kim@fabrikam.example", "Kim", false)],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_made_as_documented()
    {
        await using var graph = await FakeGraph.StartAsync();
        var made = Assert.IsType<CalendarAct.Done>(await graph.Writer(Tenant).MakeAsync("ann", "key#1", Entry, Cancel));
        Assert.Equal(("AAMk/0=", true), (made.Id, made.IsAsAsked));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {
              "transactionId": "key#1", "subject": "The budget", "body": { "contentType": "text", "content": "We decide." },
              "start": { "dateTime": "2026-12-03T14:00:00", "timeZone": "W. Europe Standard Time" }, "end": { "dateTime": "2026-12-03T14:45:00", "timeZone": "W. Europe Standard Time" },
              "location": { "displayName": "" }, "sensitivity": "normal",
              "attendees": [ { "emailAddress": { "address": "bob@contoso.example", "name": "Bob Berg" }, "type": "required" }, { "emailAddress": { "address": "kim@fabrikam.example", "name": "Kim" }, "type": "optional" } ],
              "singleValueExtendedProperties": [ { "id": "String {00020329-0000-0000-C000-000000000046} Name coordination-bot", "value": "key#1" } ],
              "id": "AAMk/0=", "mailbox": "ann"
            }
            """), graph.Events[0]), graph.Events[0].ToJsonString());
        Assert.Empty(graph.Wrong);
    }

    [Theory]
    [InlineData("2026-10-25T00:30:00Z", "Europe/Berlin", "2026-10-25T00:30:00 UTC")] // There are two half past two.
    [InlineData("2026-10-25T03:30:00Z", "Europe/Berlin", "2026-10-25T04:30:00 W. Europe Standard Time")]
    [InlineData("2026-12-03T13:00:00Z", "Asia/Kolkata", "2026-12-03T18:30:00 India Standard Time")]
    [InlineData("2026-12-03T13:00:00Z", "America/New_York", "2026-12-03T08:00:00 Eastern Standard Time")]
    [InlineData("2026-12-03T13:00:00Z", "UTC", "2026-12-03T13:00:00 UTC")]
    [InlineData("2026-12-03T13:00:00Z", "Antarctica/Troll", "2026-12-03T13:00:00 UTC")] // Windows has none.
    [InlineData("2026-12-03T13:00:00Z", "Nowhere/There", "2026-12-03T13:00:00 UTC")]
    public void Times_are_told_in_zones_that_mailboxes_know(string start, string zone, string told)
    {
        var made = GraphEventRules.Make("key", Entry with { Start = DateTimeOffset.Parse(start), Zone = zone });
        Assert.Equal(told, $"{made.Start!.DateTime} {made.Start.TimeZone}");
    }

    [Fact]
    public async Task Only_what_differs_is_changed_so_that_nobody_else_is_disturbed()
    {
        await using var graph = await FakeGraph.StartAsync();
        var writer = graph.Writer(Tenant);
        var id = Assert.IsType<CalendarAct.Done>(await writer.MakeAsync("ann", "key#1", Entry, Cancel)).Id;
        var (lee, moved) = (Entry with { Guests = [Entry.Guests[0], new("lee@contoso.example", "Lee Lin", true)] }, Entry with { Start = Entry.Start.AddHours(1) });
        await writer.ChangeAsync("ann", id, Entry, lee, Cancel);
        await writer.ChangeAsync("ann", id, lee, moved with { Guests = lee.Guests }, Cancel);
        await writer.ChangeAsync("ann", id, moved, moved with { Place = "Room 5", IsConfidential = true }, Cancel);
        await writer.ChangeAsync("ann", id, null, Entry, Cancel);
        Assert.Equal(["POST", "PATCH attendees", "PATCH start end", "PATCH location sensitivity", "PATCH subject body start end location sensitivity attendees"], graph.Asked);
        Assert.Equal(["invitation bob@contoso.example", "invitation kim@fabrikam.example", "invitation lee@contoso.example", "cancellation kim@fabrikam.example"], graph.Told.Take(4));
    }

    [Fact]
    public async Task The_same_key_makes_one_event_whatever_stands_in_it()
    {
        await using var graph = await FakeGraph.StartAsync();
        var writer = graph.Writer(Tenant);
        Assert.Equal(CalendarAct.Gone.Instance, await writer.FindAsync("ann", "it's#1", Cancel));
        var made = Assert.IsType<CalendarAct.Done>(await writer.MakeAsync("ann", "key#1", Entry, Cancel));
        Assert.Equal(made, await writer.MakeAsync("ann", "key#1", Entry, Cancel));
        Assert.Equal(made with { IsAsAsked = false }, await writer.MakeAsync("ann", "key#1", Entry with { Subject = "Other" }, Cancel));
        Assert.Equal(made, await writer.FindAsync("ann", "key#1", Cancel));
        Assert.Equal(CalendarAct.Gone.Instance, await writer.FindAsync("ann", "key#2", Cancel));
        Assert.Equal((1, 2), (graph.Events.Count, graph.Told.Count));
    }

    [Fact]
    public async Task Cancelling_tells_the_guests_and_what_has_none_is_taken_out()
    {
        await using var graph = await FakeGraph.StartAsync();
        var writer = graph.Writer(Tenant);
        var first = Assert.IsType<CalendarAct.Done>(await writer.MakeAsync("ann", "key#1", Entry, Cancel)).Id;
        await writer.CancelAsync("ann", first, "no budget", true, Cancel);
        Assert.Equal(CalendarAct.Gone.Instance, await writer.CancelAsync("ann", first, "no budget", true, Cancel));
        var second = Assert.IsType<CalendarAct.Done>(await writer.MakeAsync("ann", "key#2", Entry with { Guests = [] }, Cancel)).Id;
        await writer.CancelAsync("ann", second, null, false, Cancel);
        Assert.Empty(graph.Events);
        Assert.Equal(["cancel", "cancel", "", "DELETE"], graph.Asked.Select(asked => asked.StartsWith("DELETE", StringComparison.Ordinal) ? "DELETE" : asked.EndsWith("/cancel", StringComparison.Ordinal) ? "cancel" : "").Where((_, index) => index > 0));
        Assert.Equal(["invitation", "invitation", "cancellation", "cancellation"], graph.Told.Select(told => told.Split(' ')[0]));
    }

    [Theory]
    [InlineData(429, null, "90", "Later 90")]
    [InlineData(503, null, "0", "Later 0")]
    [InlineData(503, null, null, "Later")]
    [InlineData(500, null, "90", "Later")]
    [InlineData(401, null, null, "Later")]
    [InlineData(409, "ConcurrentItemSave", null, "Later")]
    [InlineData(403, "ErrorAccessDenied", null, "Refused NotAllowed")]
    [InlineData(404, "ErrorInvalidUser", null, "Refused NoMailbox")]
    [InlineData(404, "ErrorItemNotFound", null, "Gone")]
    [InlineData(400, "ErrorInvalidRecipients", null, "Refused NotTaken")]
    [InlineData(413, null, null, "Refused NotTaken")]
    public async Task What_it_does_not_do_says_what_comes_of_it(int status, string? code, string? retryAfter, string expected)
    {
        await using var graph = await FakeGraph.StartAsync();
        graph.Fault = _ => (status, code, retryAfter);
        var act = await graph.Writer(Tenant).ChangeAsync("ann", "id", Entry, Entry with { Place = "Room 5" }, Cancel);
        Assert.Equal(expected, act switch
        {
            CalendarAct.Later { After: { } after } => $"Later {after.TotalSeconds}",
            CalendarAct.Refused refused => $"Refused {refused.Why}",
            _ => act.GetType().Name,
        });
    }

    [Theory]
    [InlineData(""), InlineData("<html>"), InlineData("{}"), InlineData("""{"value":null}""")]
    public async Task An_answer_that_is_none_is_no_event(string body)
    {
        await using var server = await WebServer.StartAsync(async context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (context.Request.Method == "POST" ? 201 : 200, "application/json");
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, body);
        });
        var client = new GraphClient(new HttpClient(), server.Address.AbsoluteUri.TrimEnd('/'), new Protocol.Connector.BotToken((Protocol.Connector.CredentialMaker?)null, "scope", TimeProvider.System), TimeProvider.System);
        var writer = new GraphWriter(client, Tenant, null, Microsoft.Extensions.Logging.Abstractions.NullLogger<GraphWriter>.Instance);
        Assert.IsType<CalendarAct.Later>(await writer.MakeAsync("ann", "key#1", Entry, Cancel));
        Assert.IsType<CalendarAct.Later>(await writer.FindAsync("ann", "key#1", Cancel));
    }

    [Theory]
    [InlineData(null, null, false, null)]
    [InlineData("false", "office@contoso.example", false, null)]
    [InlineData("true", null, true, "ann")]
    [InlineData("true", "", true, "ann")]
    [InlineData("true", "office@contoso.example", true, "office@contoso.example")]
    public void It_writes_where_the_settings_say(string? events, string? mailbox, bool writes, string? where)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Graph:Events"] = events, ["Graph:EventsMailbox"] = mailbox }).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddCalendars(settings);
        services.Configure<BotOptions>(bot => (bot.TenantId, bot.AppId) = (Tenant, "app"));
        using var provider = services.BuildServiceProvider();
        var writer = provider.GetService<ICalendarWriter>();
        Assert.Equal((writes, where), (writer is not null, writer?.MailboxOf(Tenant, "ann")));
        // To read is another setting.
        Assert.DoesNotContain(services, service => service.ServiceType == typeof(ICalendarSource) && service.ImplementationFactory is not null);
    }

    [Fact]
    public async Task Nobody_is_there()
    {
        await using var graph = await FakeGraph.StartAsync();
        var writer = graph.Writer(Tenant);
        await graph.DisposeAsync();
        Assert.Equal(new CalendarAct.Later(), await writer.MakeAsync("ann", "key#1", Entry, Cancel));
        Assert.Equal(("ann", null), (writer.MailboxOf(Tenant, "ann"), writer.MailboxOf("other", "ann")));
    }
}
