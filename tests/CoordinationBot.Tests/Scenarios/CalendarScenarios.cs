using CoordinationBot.Calendars;
using CoordinationBot.People;
using CoordinationBot.Tests.Calendars;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>It is Monday 23 November 2026, ten in the morning in Berlin, where everybody is.</summary>
public sealed class CalendarScenarios
{
    private const string Secret = "s3cret-part";
    private static readonly string Tuesday = IcalText.File("UID:1\nDTSTART;TZID=Europe/Berlin:20261124T090000\nDTEND;TZID=Europe/Berlin:20261124T100000");

    [Fact]
    public async Task A_link_is_connected_read_and_forgotten()
    {
        await using var server = await WebServer.StartAsync(context => context.Response.WriteAsync(Tuesday));
        await using var office = await OfficeAsync();
        Assert.Contains("so I say that you are unknown, never free", (await office.SaysAsync("ann", "calendar")).Words);
        Assert.False((await ReadAsync(office, "ann")).IsKnown);

        var card = await office.SaysAsync("ann", $"calendar {server.At($"/{Secret}/x.ics")}");
        Assert.Contains("Connected: 127.0.0.1/…", card.Words);
        Assert.Contains("Read Mon 23 Nov 2026, 10:00 (Europe/Berlin): one event.", card.Words);
        var known = await ReadAsync(office, "ann");
        Assert.True(known.IsKnown);
        Assert.Equal([new BusyTime(At(24, 8), At(24, 9), BusyKind.Busy)], known.Busy);
        Assert.DoesNotContain(office.Shown("ann"), message => (message.Card?.ToJsonString() ?? message.Text)!.Contains(Secret, StringComparison.Ordinal));

        Assert.Contains("I have forgotten the link", (await office.ClicksAsync("ann", "Disconnect")).Words);
        Assert.False((await ReadAsync(office, "ann")).IsKnown);
        Assert.Contains("No calendar was connected.", (await office.SaysAsync("ann", "calendar off")).Words);
    }

    [Fact]
    public async Task By_card_as_well_and_webcal_means_https()
    {
        await using var server = await WebServer.StartAsync(context => context.Response.WriteAsync(Tuesday));
        await using var office = await OfficeAsync();
        await office.SaysAsync("ann", "calendar");
        Assert.Contains("I need the link to a calendar", (await office.ClicksAsync("ann", "Connect", ("link", "my calendar"))).Words);
        // There is no https on that port.
        Assert.Contains("it speaks no https", (await office.ClicksAsync("ann", "Connect", ("link", server.At("/x.ics").AbsoluteUri.Replace("http://", "webcal://", StringComparison.Ordinal)))).Words);
        Assert.Contains("Connected: 127.0.0.1/…", (await office.ClicksAsync("ann", "Connect", ("link", server.At("/x.ics").AbsoluteUri))).Words);
    }

    [Theory]
    [InlineData("<html><body>Please sign in</body></html>", "That address does not lead to a calendar.")]
    [InlineData("", "That address does not lead to a calendar.")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "That calendar breaks off in the middle.")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260101T000000Z\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "That calendar holds more than I can follow")]
    public async Task What_is_no_calendar_is_not_connected(string file, string sentence)
    {
        await using var server = await WebServer.StartAsync(context => context.Response.WriteAsync(file));
        await using var office = await OfficeAsync();
        var refused = await office.SaysAsync("ann", $"calendar {server.At($"/{Secret}.ics")}");
        Assert.Contains(sentence, refused.Words);
        Assert.DoesNotContain(Secret, refused.Card!.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(await StoredAsync(office, "ann"));
    }

    [Theory]
    [InlineData("calendar https://127.0.0.1/x.ics", "an address inside a private network")]
    [InlineData("calendar https://[::1]/x.ics", "an address inside a private network")]
    [InlineData("calendar https://localhost/x.ics", "an address inside a private network")]
    [InlineData("calendar http://calendar.example.com/x.ics", "over https alone")]
    [InlineData("calendar file:///etc/passwd", "I need the link to a calendar")]
    [InlineData("calendar https://ann:secret@calendar.example.com/x.ics", "before the @")]
    [InlineData("calendar https://calendar.example.com:22/x.ics", "at the usual port of https alone")]
    [InlineData("calendar webcal://calendar.example.com:8080/x.ics", "at the usual port of https alone")]
    [InlineData("calendar of mine", "I need the link to a calendar")]
    public async Task A_link_that_may_lead_anywhere_is_refused_where_no_test_allows_it(string typed, string sentence)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        Assert.Contains(sentence, (await office.SaysAsync("ann", typed)).Words);
        Assert.Null(await StoredAsync(office, "ann"));
    }

    [Fact]
    public async Task A_link_in_a_group_is_not_read()
    {
        await using var server = await WebServer.StartAsync(context => context.Response.WriteAsync(Tuesday));
        await using var office = await OfficeAsync();
        await office.SaysInGroupAsync("ann", $"calendar {server.At("/x.ics")}");
        await office.SeesAsync("ann", "I did not read that link: others here have seen it");
        Assert.Equal(0, server.Asked);
    }

    [Fact]
    public async Task It_is_asked_again_after_a_while_and_what_did_not_change_is_not_sent_again()
    {
        var (file, sent) = (Tuesday, 0);
        await using var server = await WebServer.StartAsync(context =>
        {
            var tag = $"\"{file.GetHashCode(StringComparison.Ordinal)}\"";
            context.Response.Headers.ETag = tag;
            if (context.Request.Headers.IfNoneMatch == tag)
            {
                context.Response.StatusCode = 304;
                return Task.CompletedTask;
            }
            sent++;
            return context.Response.WriteAsync(file);
        });
        await using var office = await OfficeAsync();
        await office.SaysAsync("ann", $"calendar {server.At("/x.ics")}");
        await ReadAsync(office, "ann");
        Assert.Equal((1, 1), (server.Asked, sent));

        await office.PassAsync(TimeSpan.FromMinutes(16));
        Assert.Single((await ReadAsync(office, "ann")).Busy);
        Assert.Equal((2, 1), (server.Asked, sent));

        file = IcalText.File("UID:1\nDTSTART:20261125T090000Z\nDURATION:PT1H");
        Assert.Equal(At(24, 8), (await ReadAsync(office, "ann")).Busy[0].Start);
        await office.PassAsync(TimeSpan.FromMinutes(16));
        Assert.Equal([new BusyTime(At(25, 9), At(25, 10), BusyKind.Busy)], (await ReadAsync(office, "ann")).Busy);
        Assert.Equal((3, 2), (server.Asked, sent));

        // Whole days are others where somebody else is.
        await office.SaysAsync("ann", "zone Tokyo");
        await ReadAsync(office, "ann");
        Assert.Equal((4, 3), (server.Asked, sent));
    }

    [Fact]
    public async Task A_server_that_is_away_is_trusted_for_a_day_and_its_person_hears_of_it_once()
    {
        var isAway = false;
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.StatusCode = isAway ? 503 : 200;
            return isAway ? Task.CompletedTask : context.Response.WriteAsync(Tuesday);
        });
        await using var office = await OfficeAsync();
        await office.SaysAsync("ann", $"calendar {server.At("/x.ics")}");
        isAway = true;
        await office.PassAsync(TimeSpan.FromHours(23));
        var late = await ReadAsync(office, "ann");
        Assert.Equal((true, 1), (late.IsKnown, late.Busy.Count));
        Assert.Contains("answered with a fault (503). Please try again later. Until then I go by what I read before", (await office.SaysAsync("ann", "calendar")).Words);

        await office.PassAsync(TimeSpan.FromHours(2));
        var lost = await ReadAsync(office, "ann");
        Assert.Equal((false, 1), (lost.IsKnown, lost.Busy.Count));
        await office.SeesAsync("ann", "I cannot read the calendar that you connected any more.");
        Assert.Contains("I cannot rely on what you connected.", (await office.SaysAsync("ann", "calendar")).Words);
        for (var hour = 0; hour < 3; hour++)
        {
            await office.PassAsync(TimeSpan.FromHours(1));
            Assert.False((await ReadAsync(office, "ann")).IsKnown);
        }
        await office.QuietAsync();
        Assert.Equal(1, office.Teams.Said(office.Teams.People["ann"].Chat, "I cannot read the calendar that you connected any more."));
        Assert.Equal(1, (await StoredAsync(office, "ann"))!.Told); // Nor does another one wait.

        isAway = false;
        await office.PassAsync(TimeSpan.FromHours(1));
        Assert.True((await ReadAsync(office, "ann")).IsKnown);
    }

    [Fact]
    public async Task A_server_that_is_slow_is_not_waited_for()
    {
        var (gate, isSlow) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false);
        await using var server = await WebServer.StartAsync(async context =>
        {
            if (isSlow)
            {
                await gate.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            await context.Response.WriteAsync(Tuesday);
        });
        await using var office = await OfficeAsync();
        await office.SaysAsync("ann", $"calendar {server.At("/x.ics")}");
        isSlow = true;
        await office.PassAsync(TimeSpan.FromMinutes(20));
        var since = TimeProvider.System.GetTimestamp();
        var read = await ReadAsync(office, "ann");
        Assert.Equal((true, 1), (read.IsKnown, read.Busy.Count));
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(6));
        gate.SetResult();
    }

    [Fact]
    public async Task An_event_that_nobody_can_read_makes_its_person_unknown_but_what_is_read_counts()
    {
        await using var server = await WebServer.StartAsync(context => context.Response.WriteAsync(IcalText.File("UID:1\nDTSTART:20261124T080000Z\nDURATION:PT1H", "UID:2\nDTSTART;TZID=Mars/Olympus:20261124T090000\nDURATION:PT1H")));
        await using var office = await OfficeAsync();
        Assert.Contains("One event could not be read: where nothing else stands I do not take you for free.", (await office.SaysAsync("ann", $"calendar {server.At("/x.ics")}")).Words);
        var read = await ReadAsync(office, "ann");
        Assert.Equal((false, 1), (read.IsKnown, read.Busy.Count));
    }

    [Fact]
    public async Task A_meeting_of_the_bot_does_not_stand_in_the_way_of_its_own_move()
    {
        await using var server = await WebServer.StartAsync(context => context.Response.WriteAsync(IcalText.File($"UID:{TestOffice.Tenant}.M-7K3F9Q@coordination-bot\nDTSTART:20261124T080000Z\nDURATION:PT1H")));
        await using var office = await OfficeAsync();
        await office.SaysAsync("ann", $"calendar {server.At("/x.ics")}");
        await office.Services.GetRequiredService<OwnCalendar>().HoldAsync(TestOffice.Tenant, office.Teams.People["ann"].ObjectId, new HeldTime("M-7K3F9Q", At(24, 8), At(24, 9), BusyKind.Busy, "x"), CancellationToken.None);
        Assert.Single((await ReadAsync(office, "ann")).Busy);
        Assert.Single((await ReadAsync(office, "ann", "M-2222")).Busy);
        Assert.Empty((await ReadAsync(office, "ann", "M-7K3F9Q")).Busy);
    }

    [Fact]
    public async Task Who_keeps_everything_here_is_known_and_can_take_it_back()
    {
        await using var office = await OfficeAsync();
        Assert.Contains("you said that this is all there is", (await office.SaysAsync("ann", "calendar here")).Words);
        Assert.True((await ReadAsync(office, "ann")).IsKnown);
        Assert.False((await ReadAsync(office, "bob")).IsKnown);
        await office.ClicksAsync("ann", "It is not all here");
        Assert.False((await ReadAsync(office, "ann")).IsKnown);
    }

    [Fact]
    public async Task Absences_and_protected_time_are_part_of_it()
    {
        await using var office = await OfficeAsync();
        await office.SaysAsync("ann", "calendar here");
        await office.SaysAsync("ann", "focus Tue 9-11 weekly");
        await office.SaysAsync("ann", "away 26 Nov to 26 Nov");
        await office.SaysAsync("ann", "confirm");
        Assert.Equal(
            [new BusyTime(At(24, 8), At(24, 10), BusyKind.Focus), new BusyTime(At(25, 23), At(26, 23), BusyKind.Away)],
            (await ReadAsync(office, "ann")).Busy);
    }

    private static async Task<TestOffice> OfficeAsync()
    {
        var office = new TestOffice(services => services.PostConfigure<CalendarOptions>(options => options.DangerouslyAllowPrivateAddresses = true));
        await office.InstallAsync("ann", "bob");
        return office;
    }

    private static async Task<Availability> ReadAsync(TestOffice office, string who, string? except = null)
    {
        var person = (await office.Services.GetRequiredService<PeopleStore>().FindAsync(TestOffice.Tenant, office.Teams.People[who].ObjectId, CancellationToken.None))!;
        return (await office.Services.GetRequiredService<AvailabilityReader>().ReadAsync([person], new Interval(At(23, 9), At(30, 9)), except is null ? null : new OwnTime(except, null), TestContext.Current.CancellationToken))[person.ObjectId];
    }

    private static async Task<Subscription?> StoredAsync(TestOffice office, string who) =>
        await office.Services.GetRequiredService<SubscriptionStore>().FindAsync(TestOffice.Tenant, office.Teams.People[who].ObjectId, CancellationToken.None);

    private static Instant At(int day, int hour) => Instant.FromUtc(2026, 11, day, hour, 0);
}
