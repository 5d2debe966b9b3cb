using System.Text.RegularExpressions;
using CoordinationBot.Calendars;
using CoordinationBot.Meetings;
using CoordinationBot.Tests.Calendars;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using static CoordinationBot.Tests.Scenarios.Arranging;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>A meeting that comes again and again. It is Monday, 23 November 2026, 10:00 in Berlin.</summary>
public sealed class MeetingSeriesScenarios
{
    private const string Weekly = $"meet Bob 45 min every Tuesday 14:00 about the budget, optional Eve, outside: {Kim}";

    [Fact]
    public async Task People_are_invited_once_and_see_each_date()
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        var id = await office.ArrangesAsync(Weekly);
        Assert.Equal(1, office.Times("bob", "invites you"));
        var card = await office.SeesAsync("bob", "Comes: every Tuesday at 14:00 (Europe/Berlin)");
        Assert.Contains("Next: Tue 24 Nov 2026; Tue 1 Dec 2026; Tue 8 Dec 2026", card.Words, StringComparison.Ordinal);
        Assert.Equal("REQUEST 0", mail.To(Kim));
        Assert.Contains("RRULE:FREQ=WEEKLY", mail.Sent[0].Calendar!.Text, StringComparison.Ordinal);
        var mine = (await office.SaysAsync("bob", "my meetings")).Words;
        Assert.Contains("Tue 24 Nov 2026, 14:00 to 14:45", mine, StringComparison.Ordinal);
        Assert.Contains("Tue 26 Jan 2027, 14:00 to 14:45", mine, StringComparison.Ordinal);
        Assert.Equal(10, (await HeldAsync(office, "bob")).Count);
        await office.PassAsync(TimeSpan.FromDays(1));
        await office.RestsAsync();
        Assert.Contains("the budget", (await office.SaysAsync("bob", "today")).Words, StringComparison.Ordinal);
        Assert.StartsWith("M-", id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_the_series_is_one_to_all_its_dates()
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        var id = await office.ArrangesAsync(Weekly);
        await office.ClicksAsync("bob", await office.SeesAsync("bob", "Comes: every Tuesday"), "Accept");
        await office.RestsAsync();
        Assert.All(await HeldAsync(office, "bob"), held => Assert.Equal(BusyKind.Busy, held.Kind));
        var replies = office.Services.GetRequiredService<MeetingReplies>();
        var uid = (await office.MeetingAsync(id)).Uid;
        var on = Instant.FromUtc(2026, 12, 8, 13, 0);
        await replies.ReceiveAsync(new InvitationReply(uid, 0, on, "bob@contoso.example", Participation.Declined, null), CancellationToken.None);
        await replies.ReceiveAsync(new InvitationReply(uid, 0, on.Plus(Duration.FromHours(1)), "bob@contoso.example", Participation.Declined, null), CancellationToken.None);
        await office.RestsAsync();
        Assert.Equal(9, (await HeldAsync(office, "bob")).Count);
        Assert.DoesNotContain(await HeldAsync(office, "bob"), held => held.Start == on);
        Assert.Equal(Reply.Accepted, (await office.MeetingAsync(id)).Find(office.Party("bob").ObjectId)!.Reply);
    }

    [Fact]
    public async Task One_date_is_cancelled_one_is_moved_and_then_it_ends()
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        var id = await office.ArrangesAsync(Weekly);
        await office.SaysAsync("ann", $"cancel {id} 2026-12-08");
        await office.ClicksAsync("ann", await office.SeesAsync("ann", "Why do you cancel it?"), "Only this one");
        await office.SeesAsync("bob", "cancelled this meeting");
        await office.RestsAsync();
        Assert.Contains("Left out: Tue 8 Dec 2026", (await office.SeesAsync("bob", "Comes: every Tuesday")).Words, StringComparison.Ordinal);
        Assert.Contains("was cancelled already", (await office.SaysAsync("ann", $"cancel {id} 2026-12-08")).Words, StringComparison.Ordinal);
        await office.SaysAsync("ann", $"move {id} 2026-12-15 to 2026-12-16 10:00");
        await office.ClicksAsync("ann", await office.SeesAsync("ann", "Then at: Wed 16 Dec 2026"), "Only this one");
        await office.SeesAsync("bob", "moved this meeting");
        await office.RestsAsync();
        Assert.Contains("moved from Tue 15 Dec 2026", (await office.SeesAsync("bob", "Comes: every Tuesday")).Words, StringComparison.Ordinal);
        Assert.Equal(["REQUEST 0", "CANCEL 1 20261208T140000", "REQUEST 1 20261215T140000"], Sent(mail));
        Assert.Contains(await HeldAsync(office, "bob"), held => held.Start == Instant.FromUtc(2026, 12, 16, 9, 0));
        Assert.Equal(9, (await HeldAsync(office, "bob")).Count);
        await office.PassAsync(TimeSpan.FromDays(2));
        await office.RestsAsync();
        await office.SaysAsync("ann", $"end {id}");
        await office.ClicksAsync("ann", await office.SeesAsync("ann", "Why do you cancel it?"), "End it now");
        await office.SeesAsync("bob", "Ann Abel ended this series. The last one was on Tue 24 Nov 2026");
        await office.RestsAsync();
        Assert.Single(await HeldAsync(office, "bob"));
        Assert.Contains("You have no meetings ahead.", (await office.SaysAsync("bob", "my meetings")).Words, StringComparison.Ordinal);
        Assert.Equal(["REQUEST 0", "CANCEL 1 20261208T140000", "REQUEST 1 20261215T140000", "REQUEST 1"], Sent(mail));
        var last = Assert.Single((await CalendarReading.ReadAsync([mail.Sent.Last(sent => sent.ToAddress == Kim).Calendar!.Text], 50))[0].Events);
        Assert.Equal([new DateTimeOffset(2026, 11, 24, 13, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()], last.Occurrences);
        Assert.Contains("has ended already", (await office.SaysAsync("ann", $"end {id}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_a_date_on_it_comes_at_another_time_as_a_series_of_its_own()
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        var id = await office.ArrangesAsync(Weekly);
        await office.SaysAsync("ann", $"agenda {id} Figures, 10 min");
        await office.SaysAsync("ann", $"move {id} 2026-12-08 to 2026-12-09 11:00");
        await office.ClicksAsync("ann", await office.SeesAsync("ann", "Then at: Wed 9 Dec 2026"), "This and all after it");
        var card = await office.SeesAsync("bob", "moved this meeting from Tue 8 Dec 2026 on");
        await office.RestsAsync();
        var next = MeetingIn(card.Words);
        Assert.NotEqual(id, next);
        Assert.Contains("Next: Wed 9 Dec 2026; Wed 16 Dec 2026", card.Words, StringComparison.Ordinal);
        Assert.Contains("Next: Tue 24 Nov 2026; Tue 1 Dec 2026\n", (await office.SeesAsync("bob", "Comes: every Tuesday")).Words, StringComparison.Ordinal);
        Assert.Equal(["REQUEST 0", "REQUEST 0", "REQUEST 1"], Sent(mail).Order(StringComparer.Ordinal));
        Assert.Equal(1, office.Times("bob", "moved this meeting"));
        Assert.Equal([24, 1, 9, 16], (await HeldAsync(office, "bob")).Take(4).Select(held => held.Start.InUtc().Day));
    }

    [Fact]
    public async Task Each_date_has_its_own_agenda_and_minutes_and_what_stayed_open_goes_on()
    {
        await using var office = Office();
        var id = await office.ArrangesAsync(Weekly);
        await office.SaysAsync("ann", $"agenda {id} Figures, 10 min");
        await office.SaysAsync("ann", $"agenda {id} Holidays, 10 min");
        await office.RestsAsync();
        await office.PassAsync(TimeSpan.FromHours(28).Add(TimeSpan.FromMinutes(10)));
        await office.RestsAsync();
        await office.SaysAsync("ann", $"minutes {id}");
        await office.ClicksAsync("ann", "Begin the minutes");
        await office.SaysAsync("ann", $"minutes {id}: 1 question Who checks the figures?");
        await office.RestsAsync();
        await office.PassAsync(TimeSpan.FromHours(1));
        var agenda = (await office.SaysAsync("ann", $"agenda {id}")).Words;
        Assert.Contains("Open question: Who checks the figures?", agenda, StringComparison.Ordinal);
        Assert.Contains("Nothing was written about: Holidays", agenda, StringComparison.Ordinal);
        Assert.Contains("Nothing is on it yet.", agenda, StringComparison.Ordinal);
        Assert.Contains("Tue 1 Dec 2026", agenda, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_are_held_further_ahead_as_time_passes()
    {
        await using var office = Office();
        await office.ArrangesAsync(Weekly);
        for (var week = 0; week < 3; week++)
        {
            await office.PassAsync(TimeSpan.FromDays(7));
            await office.RestsAsync();
        }
        var held = await HeldAsync(office, "bob");
        Assert.True(held[^1].Start > Instant.FromDateTimeOffset(office.Clock.GetUtcNow().AddDays(55)));
        Assert.Equal(held.Count, held.Select(time => time.Start).Distinct().Count());
        Assert.Equal(1, office.Times("bob", "invites you"));
    }

    [Theory]
    [InlineData("cancel {0} 2026-12-09", "it does not come on Wed 9 Dec 2026. The next dates are Tue 24 Nov 2026, Tue 1 Dec 2026, Tue 8 Dec 2026.")]
    [InlineData("move {0} 2026-12-10 to fri 2pm", "it does not come on Thu 10 Dec 2026.")]
    [InlineData("cancel {0} 2026-11-17", "Nothing was changed. ")]
    public async Task What_is_no_date_of_it_is_said(string typed, string said)
    {
        await using var office = Office();
        var id = await office.ArrangesAsync(Weekly);
        Assert.Contains(said, (await office.SaysAsync("ann", string.Format(null, typed, id))).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_does_not_move_onto_another()
    {
        await using var office = Office();
        var id = await office.ArrangesAsync(Weekly);
        await office.SaysAsync("ann", $"move {id} 2026-12-15 to 2026-12-08 9:00");
        var pressed = await office.ClicksAsync("ann", await office.SeesAsync("ann", "Then at: Tue 8 Dec 2026"), "Only this one");
        Assert.Contains("another one of this series is on Tue 8 Dec 2026 already", pressed.Words, StringComparison.Ordinal);
    }

    public static TheoryData<int> Calls => [.. Enumerable.Range(0, 40).Where(call => call % 2 == 0)];

    [Theory, MemberData(nameof(Calls))]
    public async Task A_host_that_ends_while_its_dates_are_made_makes_each_once(int calls)
    {
        await using var office = Office();
        await office.FindsAsync(Weekly);
        await office.RestsAsync();
        var slots = (await office.SeesAsync("ann", "1. Tue 24 Nov 2026")).Copy();
        var left = calls;
        office.Store.Fails = (_, partition) => partition.Contains("|M|", StringComparison.Ordinal) && Interlocked.Decrement(ref left) < 0;
        await office.ClicksAsync("ann", slots, "Take it");
        await office.RestsAsync();
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        await office.ClicksAsync("ann", slots, "Take it");
        for (var round = 0; round < 6; round++)
        {
            await office.PassAsync(TimeSpan.FromMinutes(4));
            await office.RestsAsync();
        }
        var held = await HeldAsync(office, "bob");
        Assert.Equal((10, 10), (held.Count, held.Select(time => time.Start).Distinct().Count()));
    }

    private static async Task<IReadOnlyList<HeldTime>> HeldAsync(TestOffice office, string who) =>
        await office.Services.GetRequiredService<OwnCalendar>().ListAsync(TestOffice.Tenant, office.Teams.People[who].ObjectId, new Interval(Instant.FromUtc(2026, 11, 20, 0, 0), Instant.FromUtc(2027, 12, 1, 0, 0)), CancellationToken.None);

    private static IReadOnlyList<string> Sent(FakeMail mail) =>
    [
        .. from sent in mail.Sent
           where sent.ToAddress == Kim
           let text = sent.Calendar!.Text!
           let date = Regex.Match(text, "RECURRENCE-ID[^:]*:(\\S+)")
           select $"{sent.Calendar!.Method} {Regex.Match(text, "SEQUENCE:(\\d+)").Groups[1].Value}{(date.Success ? $" {date.Groups[1].Value}" : "")}",
    ];

    [Fact]
    public async Task Only_its_dates_stand_in_lists()
    {
        await using var office = Office();
        var id = await office.ArrangesAsync(Weekly);
        foreach (var who in (string[])["ann", "bob", "eve"])
        {
            var rows = await office.Services.GetRequiredService<CoordinationBot.Storage.ITables>().QueryAsync(CoordinationBot.People.PeopleStore.Partition(TestOffice.Tenant, office.Party(who).ObjectId), "meeting|", 100, null, CancellationToken.None);
            Assert.Equal(10, rows.Count);
            Assert.DoesNotContain(rows, row => row.Key.EndsWith(id, StringComparison.Ordinal));
        }
    }
}
