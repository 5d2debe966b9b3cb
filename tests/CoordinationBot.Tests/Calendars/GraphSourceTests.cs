using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Azure.Core;
using CoordinationBot.Calendars;
using CoordinationBot.People;
using CoordinationBot.Protocol.Connector;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace CoordinationBot.Tests.Calendars;

/// <summary>Against a server on loopback that checks the questions and answers in the shape of the documentation (schedule: getSchedule).</summary>
public sealed class GraphSourceTests
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 11, 23, 9, 0);
    private static readonly Interval Week = new(Monday, Monday + Duration.FromDays(7));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_question_is_asked_as_documented_and_the_answer_read()
    {
        JsonObject? asked = null;
        await using var server = await WebServer.StartAsync(async context =>
        {
            Assert.Equal(("POST", "/v1.0/users/person-0/calendar/getSchedule"), (context.Request.Method, context.Request.Path.Value));
            Assert.Equal("Bearer the-token", context.Request.Headers.Authorization);
            Assert.Equal("outlook.timezone=\"UTC\"", context.Request.Headers["Prefer"]);
            Assert.StartsWith("application/json", context.Request.ContentType, StringComparison.Ordinal);
            asked = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
            await AnswerAsync(context, """
                { "@odata.context": "x", "value": [
                  { "scheduleId": "PERSON0@contoso.example", "availabilityView": "0220", "scheduleItems": [
                    { "isPrivate": false, "status": "busy", "subject": "Secret", "location": "Here", "start": { "dateTime": "2026-11-23T10:00:00.0000000", "timeZone": "UTC" }, "end": { "dateTime": "2026-11-23T11:00:00.0000000", "timeZone": "UTC" } },
                    { "status": "tentative", "start": { "dateTime": "2026-11-23T13:00:00.0000000", "timeZone": "W. Europe Standard Time" }, "end": { "dateTime": "2026-11-23T14:00:00.0000000", "timeZone": "W. Europe Standard Time" } },
                    { "status": "oof", "start": { "dateTime": "2026-11-24T00:00:00", "timeZone": "Europe/Berlin" }, "end": { "dateTime": "2026-11-25T00:00:00", "timeZone": "Europe/Berlin" } },
                    { "status": "free", "start": { "dateTime": "2026-11-26T00:00:00", "timeZone": "UTC" }, "end": { "dateTime": "2026-11-27T00:00:00", "timeZone": "UTC" } },
                    { "status": "workingElsewhere", "start": { "dateTime": "2026-11-26T00:00:00", "timeZone": "UTC" }, "end": { "dateTime": "2026-11-27T00:00:00", "timeZone": "UTC" } },
                    { "status": "somethingNew", "start": { "dateTime": "2026-11-27T09:00:00", "timeZone": "UTC" }, "end": { "dateTime": "2026-11-27T10:00:00", "timeZone": "UTC" } } ],
                    "workingHours": { "daysOfWeek": ["monday"], "startTime": "08:00:00.0000000", "endTime": "17:00:00.0000000", "timeZone": { "name": "UTC" } } },
                  { "scheduleId": "person1@contoso.example", "error": { "message": "no", "responseCode": "ErrorMailRecipientNotFound" } },
                  { "scheduleId": "person2@contoso.example", "error": { "message": "no", "responseCode": "ErrorTooManyFreeBusyEntries" } },
                  { "scheduleId": "person3@contoso.example", "scheduleItems": [ { "status": "busy", "start": { "dateTime": "soon", "timeZone": "UTC" }, "end": { "dateTime": "2026-11-27T10:00:00", "timeZone": "UTC" } } ] },
                  { "scheduleId": "person4@contoso.example", "scheduleItems": [] } ] }
                """);
        });
        var answers = await ReadAsync(server, People(6), Week);

        Assert.Equal("""{"schedules":["person0@contoso.example","person1@contoso.example","person2@contoso.example","person3@contoso.example","person4@contoso.example","person5@contoso.example"],"startTime":{"dateTime":"2026-11-23T09:00:00","timeZone":"UTC"},"endTime":{"dateTime":"2026-11-30T09:00:00","timeZone":"UTC"},"availabilityViewInterval":60}""", asked!.ToJsonString());
        Assert.True(answers["person-0"].MakesKnown);
        Assert.Equal(
            [Busy("23T10:00", "23T11:00"), Busy("23T12:00", "23T13:00", BusyKind.Tentative), Busy("23T23:00", "24T23:00", BusyKind.Away), Busy("27T09:00", "27T10:00")],
            answers["person-0"].Busy);
        Assert.DoesNotContain("person-1", answers.Keys);
        // One who is not in the answer was not said to be free.
        Assert.All((string[])["person-2", "person-3", "person-5"], who => Assert.Equal((false, GraphRules.NoAnswer), (answers[who].MakesKnown, answers[who].Failed)));
        Assert.Equal((true, 0), (answers["person-4"].MakesKnown, answers["person-4"].Busy.Count));
    }

    [Fact]
    public async Task Many_people_and_a_long_time_are_asked_for_in_parts()
    {
        System.Collections.Concurrent.ConcurrentBag<(int People, double Days)> parts = [];
        await using var server = await WebServer.StartAsync(async context =>
        {
            var asked = (await JsonNode.ParseAsync(context.Request.Body))!;
            var schedules = asked["schedules"]!.AsArray();
            parts.Add((schedules.Count, (DateTime.Parse(asked["endTime"]!["dateTime"]!.GetValue<string>()) - DateTime.Parse(asked["startTime"]!["dateTime"]!.GetValue<string>())).TotalDays));
            await AnswerAsync(context, $$"""{"value":[{{string.Join(',', schedules.Select(who => $$$"""{"scheduleId":"{{{who}}}","scheduleItems":[{"status":"busy","start":{{{asked["startTime"]!.ToJsonString()}}},"end":{{{asked["endTime"]!.ToJsonString()}}}}]}"""))}}]}""");
        });
        var answers = await ReadAsync(server, People(45), new Interval(Monday, Monday + Duration.FromDays(100)));
        Assert.Equal(45, answers.Count);
        Assert.Equal([(5, 38.0), (5, 62.0), (20, 38.0), (20, 38.0), (20, 62.0), (20, 62.0)], parts.Order());
        Assert.All(answers.Values, answer => Assert.Equal(100, answer.Busy.Sum(time => (time.End - time.Start).TotalDays)));
    }

    [Fact]
    public async Task Who_says_to_come_back_in_a_moment_is_asked_again()
    {
        var times = 0;
        await using var server = await WebServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref times) < 3)
            {
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "0";
                return Task.CompletedTask;
            }
            return AnswerAsync(context, """{"value":[{"scheduleId":"person0@contoso.example","scheduleItems":[]}]}""");
        });
        Assert.True((await ReadAsync(server, People(1), Week))["person-0"].MakesKnown);
    }

    [Theory]
    [InlineData(429, "60", 1)]
    [InlineData(429, "0", 3)]
    [InlineData(401, null, 1)]
    [InlineData(500, null, 1)]
    public async Task Who_does_not_answer_makes_nobody_free(int status, string? retryAfter, int asked)
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        });
        var answer = (await ReadAsync(server, People(1), Week))["person-0"];
        Assert.Equal((false, GraphRules.NoAnswer, asked), (answer.MakesKnown, answer.Failed, server.Asked));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"value":null}""")]
    public async Task An_answer_that_is_none_makes_nobody_free(string body)
    {
        await using var server = await WebServer.StartAsync(context => AnswerAsync(context, body));
        Assert.False((await ReadAsync(server, People(1), Week))["person-0"].MakesKnown);
    }

    [Fact]
    public async Task Somebody_without_a_mailbox_does_not_stop_the_others()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            if (context.Request.Path.Value!.Contains("person-0", StringComparison.Ordinal))
            {
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
            }
            return AnswerAsync(context, """{"value":[{"scheduleId":"person0@contoso.example","error":{"responseCode":"ErrorMailRecipientNotFound"}},{"scheduleId":"person1@contoso.example","scheduleItems":[]}]}""");
        });
        var answers = await ReadAsync(server, People(2), Week);
        Assert.Equal(["person-1"], answers.Keys);
    }

    [Fact]
    public async Task People_of_another_tenant_and_without_an_address_are_not_asked_for()
    {
        await using var server = await WebServer.StartAsync(context => AnswerAsync(context, """{"value":[]}"""));
        Assert.Empty(await ReadAsync(server, [People(1)[0] with { Tenant = "other" }, People(2)[1] with { Email = null }], Week));
        Assert.Equal(0, server.Asked);
    }

    [Fact]
    public async Task A_meeting_that_is_moved_does_not_stand_in_its_own_way_and_nothing_else_is_left_out()
    {
        const string items = """
            { "status": "busy", "start": { "dateTime": "2026-11-23T10:00:00", "timeZone": "UTC" }, "end": { "dateTime": "2026-11-23T11:00:00", "timeZone": "UTC" } },
            { "status": "tentative", "start": { "dateTime": "2026-11-23T10:00:00", "timeZone": "UTC" }, "end": { "dateTime": "2026-11-23T11:00:00", "timeZone": "UTC" } },
            { "status": "busy", "start": { "dateTime": "2026-11-23T10:00:00", "timeZone": "UTC" }, "end": { "dateTime": "2026-11-23T11:30:00", "timeZone": "UTC" } }
            """;
        await using var server = await WebServer.StartAsync(context => AnswerAsync(context, $$"""{"value":[{"scheduleId":"person0@contoso.example","scheduleItems":[{{items}}]}]}"""));
        Assert.Equal([Busy("23T10:00", "23T11:00"), Busy("23T10:00", "23T11:30")], (await ReadAsync(server, People(1), Week, new Interval(At("23T10:00"), At("23T11:00"))))["person-0"].Busy);
        Assert.Equal(3, (await ReadAsync(server, People(1), Week, new Interval(At("23T10:00"), At("23T11:15"))))["person-0"].Busy.Count);
    }

    /// <summary>Only those of whom it has something.</summary>
    private static async Task<Dictionary<string, CalendarAnswer>> ReadAsync(WebServer server, IReadOnlyList<Person> people, Interval window, Interval? own = null)
    {
        var answers = new ConcurrentDictionary<string, CalendarAnswer?>();
        await Source(server).ReadAsync(people, window, own is null ? null : new OwnTime("M-7K3F9Q", own), answers, Cancel);
        Assert.Equal(people.Select(person => person.ObjectId).Order(), answers.Keys.Order());
        return answers.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value!);
    }

    private static GraphSource Source(WebServer server) => new(
        new GraphClient(new HttpClient(), server.Address.AbsoluteUri.TrimEnd('/'), new BotToken(new Credential(), "scope", TimeProvider.System), TimeProvider.System),
        "t",
        NullLogger<GraphSource>.Instance);

    private static List<Person> People(int count) => [.. Enumerable.Range(0, count).Select(number => new Person { Tenant = "t", ObjectId = $"person-{number}", TeamsId = $"29:{number}", Name = "Ann", Email = $"person{number}@contoso.example", ServiceUrl = "http://x/", BotId = "28:b" })];

    private static BusyTime Busy(string start, string end, BusyKind kind = BusyKind.Busy) => new(At(start), At(end), kind);

    private static Instant At(string text) => Instant.FromDateTimeOffset(DateTimeOffset.Parse($"2026-11-{text}Z"));

    private static Task AnswerAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    private sealed class Credential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("the-token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
