using System.Text.Json.Nodes;
using CoordinationBot.Calendars;
using CoordinationBot.Mail;
using CoordinationBot.Meetings;
using Microsoft.Extensions.DependencyInjection;
using static CoordinationBot.Tests.Scenarios.Arranging;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>What becomes of a meeting that has a time: Tuesday, 9:00 to 9:45 in Berlin.</summary>
public sealed class InvitationScenarios
{
    [Fact]
    public async Task Answers_show_on_the_organisers_card_and_disturb_nobody()
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        var id = await office.ArrangesAsync();
        var mails = mail.Sent.Count;
        Assert.Contains("you accepted", (await office.ClicksAsync("bob", "Accept", ("comment", "five minutes late"))).Words, StringComparison.Ordinal);
        Assert.Contains("you come perhaps", (await office.ClicksAsync("eve", "Perhaps")).Words, StringComparison.Ordinal);
        await office.SeesAsync("ann", "Bob Berg: five minutes late");
        var card = await office.SeesAsync("ann", "Perhaps: Eve Ek (optional)");
        Assert.Contains("Coming: Bob Berg", card.Words, StringComparison.Ordinal);
        await office.RestsAsync();
        Assert.Equal((1, 1, 0), (office.Times("bob", "invites you"), office.Times("eve", "invites you"), office.Times("ann", "cannot come")));
        Assert.Equal((mails, 0), (mail.Sent.Count, (await office.MeetingAsync(id)).Sequence));
        // Taken back: the organiser hears that somebody who must come does not.
        await office.ClicksAsync("bob", "Decline", ("comment", "on leave"));
        await office.SeesAsync("ann", "Bob Berg, who is required, cannot come: on leave");
        await office.ClicksAsync("eve", "Decline");
        await office.RestsAsync();
        Assert.Equal((1, mails), (office.Times("ann", "cannot come"), mail.Sent.Count));
    }

    [Fact]
    public async Task A_calendar_answers_too_and_a_late_one_counts_for_nothing()
    {
        await using var office = Office();
        var id = await office.ArrangesAsync();
        var replies = office.Services.GetRequiredService<MeetingReplies>();
        var uid = (await office.MeetingAsync(id)).Uid;
        await replies.ReceiveAsync(new InvitationReply(uid, 0, null, Kim, Participation.Accepted, "see you"), CancellationToken.None);
        Assert.Equal((Reply.Accepted, "see you"), await ReplyAsync(office, id, Kim));
        await replies.ReceiveAsync(new InvitationReply(uid, 0, null, "stranger@fabrikam.example", Participation.Declined, null), CancellationToken.None);
        await replies.ReceiveAsync(new InvitationReply("other", 0, null, Kim, Participation.Declined, null), CancellationToken.None);
        await replies.ReceiveAsync(new InvitationReply(uid, 0, null, "BOB@contoso.example", Participation.Declined, null), CancellationToken.None);
        Assert.Equal((Reply.Declined, null), await ReplyAsync(office, id, office.Teams.People["bob"].ObjectId));
        await office.SaysAsync("ann", $"move {id} to wed 11:00");
        await office.ClicksAsync("ann", "Take this time");
        await replies.ReceiveAsync(new InvitationReply(uid, 0, null, Kim, Participation.Declined, null), CancellationToken.None);
        Assert.Equal((Reply.Owed, null), await ReplyAsync(office, id, Kim));
    }

    [Fact]
    public async Task Moving_is_read_back_and_asks_everybody_anew()
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        var id = await office.ArrangesAsync();
        await office.ClicksAsync("bob", "Accept");
        var old = (await office.SeesAsync("bob", "you accepted")).Copy();
        var back = await office.SaysAsync("ann", $"move {id} to thu 2pm");
        Assert.Contains("Then at: Thu 26 Nov 2026, 14:00 to 14:45 (Europe/Berlin)", back.Words, StringComparison.Ordinal);
        Assert.Equal(0, office.Times("bob", "moved"));
        await office.ClicksAsync("ann", "Take this time");
        await office.SeesAsync("bob", "Ann Abel moved this meeting, please answer again. Before, it was at Tue 24 Nov 2026, 09:00 (Europe/Berlin).");
        await office.RestsAsync();
        Assert.Equal(("REQUEST 0, REQUEST 1", 1, 1), (mail.To(Kim), office.Times("eve", "moved this meeting"), (await office.MeetingAsync(id)).Sequence));
        // An old card answers with how it stands.
        var stale = await office.ClicksAsync("bob", old, "Accept");
        Assert.Contains("The time has changed since. Please look at the new one and answer again.", stale.Words, StringComparison.Ordinal);
        Assert.Contains("Thu 26 Nov 2026, 14:00", stale.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Tue 24 Nov", (await office.SaysAsync("bob", "my meetings")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_time_is_found_without_its_own_in_the_way()
    {
        await using var office = Office();
        var id = await office.ArrangesAsync();
        await office.ClicksAsync("bob", "Accept");
        await office.RestsAsync();
        var offer = await office.SaysAsync("ann", $"move {id}");
        Assert.Contains("Now at: Tue 24 Nov 2026, 09:00 to 09:45 (Europe/Berlin)", offer.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Without", offer.Words, StringComparison.Ordinal);
        var again = offer.Copy();
        await office.ClicksAsync("ann", offer, "Take it");
        await office.SeesAsync("bob", "Ann Abel moved this meeting");
        // The same press again finds it there.
        Assert.Contains("No answer yet: Bob Berg", (await office.ClicksAsync("ann", again, "Take it")).Words, StringComparison.Ordinal);
        Assert.Equal(1, (await office.MeetingAsync(id)).Sequence);
    }

    [Fact]
    public async Task Cancelling_asks_for_the_reason_and_everybody_hears_it_once()
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        var id = await office.ArrangesAsync();
        var asked = await office.SaysAsync("ann", $"cancel {id} no budget");
        Assert.Contains("no budget", asked.Words, StringComparison.Ordinal);
        Assert.Equal(MeetingState.Scheduled, (await office.MeetingAsync(id)).State);
        await office.ClicksAsync("ann", "Cancel it now");
        var heard = await office.SeesAsync("bob", "Ann Abel cancelled this meeting.");
        Assert.Contains("Cancelled: no budget", heard.Words, StringComparison.Ordinal);
        await office.RestsAsync();
        Assert.Equal(("REQUEST 0, CANCEL 1", 1, 1), (mail.To(Kim), office.Times("bob", "cancelled"), office.Times("eve", "cancelled")));
        Assert.Contains("You have no meetings ahead.", (await office.SaysAsync("bob", "my meetings")).Words, StringComparison.Ordinal);
        Assert.Contains("was cancelled already", (await office.SaysAsync("ann", $"cancel {id}")).Words, StringComparison.Ordinal);
        // Alone it still drops what is being filled in.
        Assert.Contains("There is nothing to drop.", (await office.SaysAsync("ann", "cancel")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_reaches_those_it_concerns()
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        office.Add("lee", "Lee Lin");
        await office.InstallAsync("lee");
        var id = await office.ArrangesAsync();
        await office.ClicksAsync("ann", "Change…");
        await office.ClicksAsync("ann", "Continue", ("place", "Room 5"));
        await office.ClicksAsync("ann", "Change it");
        await office.SeesAsync("bob", "Ann Abel changed this meeting: the place is Room 5.");
        Assert.Equal("REQUEST 0, REQUEST 1", mail.To(Kim));
        // Eve goes, Lee comes: nobody else hears of it.
        await office.ClicksAsync("ann", "Change…");
        await office.ClicksAsync("ann", "Continue", ("optional.known", ""), ("optional", "29:lee"));
        await office.ClicksAsync("ann", "Change it");
        await office.SeesAsync("eve", "Ann Abel no longer asks you to come to this meeting.");
        await office.SeesAsync("lee", "Ann Abel invites you to this meeting.");
        await office.RestsAsync();
        Assert.Equal((1, 1, 1), (office.Times("bob", "invites you"), office.Times("bob", "changed this meeting"), office.Times("eve", "no longer asks you")));
        Assert.Equal(("REQUEST 0, REQUEST 1", "REQUEST 2"), (mail.To(Kim), mail.To("lee@contoso.example")));
        Assert.EndsWith("CANCEL 2", mail.To("eve@contoso.example"), StringComparison.Ordinal);
        Assert.Equal(MeetingDesk.NoSuch, (await office.SaysAsync("eve", $"meeting {id}")).Words);
    }

    [Fact]
    public async Task Whoever_is_not_part_of_it_learns_nothing()
    {
        await using var office = Office();
        var id = await office.ArrangesAsync("meet Bob 45 min tomorrow about the budget");
        foreach (var asked in (string[])[id, "M-ZZZZZZ"])
        {
            foreach (var command in (string[])["meeting", "show", "move", "cancel"])
            {
                Assert.Equal(MeetingDesk.NoSuch, (await office.SaysAsync("eve", $"{command} {asked}")).Words);
            }
            foreach (var verb in (string[])["view", "take", "further", "shorten", "optional", "move", "change", "accept", "decline", "cancel", "cancel-ask"])
            {
                var pressed = await office.InvokesAsync("eve", $"meeting.{verb}", new JsonObject { ["id"] = asked, ["start"] = "2026-11-26T09:00:00Z", ["sequence"] = 0 });
                Assert.Equal(MeetingDesk.NoSuch, pressed.Words);
            }
        }
        Assert.Equal((0, 2), ((await office.MeetingAsync(id)).Sequence, (await office.MeetingAsync(id)).Revision));
        // Bob is part of it, and does not arrange it.
        Assert.Contains("only Ann Abel, who arranges this meeting, can do that", (await office.SaysAsync("bob", $"cancel {id}")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_mail_the_organiser_hears_who_was_not_told()
    {
        await using var office = Office(new FakeMail { Address = null });
        await office.ArrangesAsync();
        var card = await office.SeesAsync("ann", $"{Kim} could not be reached: I have no mail server to send with.");
        Assert.DoesNotContain("bob@contoso.example could not", card.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_refused_is_said_on_the_organisers_card()
    {
        await using var office = Office(new FakeMail { Outcome = MailOutcome.AddressRefused });
        await office.ArrangesAsync();
        await office.SeesAsync("ann", $"{Kim} could not be reached: the mail server refuses the address.");
    }

    [Fact]
    public async Task A_quarter_of_an_hour_before_it_begins_whoever_comes_is_reminded()
    {
        await using var office = Office();
        var id = await office.ArrangesAsync("meet Bob and Eve 45 min tomorrow about the budget");
        await office.ClicksAsync("eve", "Decline");
        await office.RestsAsync();
        var start = (await office.MeetingAsync(id)).Time!.Start;
        await office.PassAsync(start - TimeSpan.FromMinutes(14) - office.Clock.GetUtcNow());
        await office.SeesAsync("bob", "This meeting is about to begin.");
        await office.SeesAsync("ann", "This meeting is about to begin.");
        await office.PassAsync(TimeSpan.FromMinutes(5));
        await office.RestsAsync();
        Assert.Equal((1, 0), (office.Times("bob", "about to begin"), office.Times("eve", "about to begin")));
    }

    [Fact]
    public async Task The_same_press_twice_is_one_answer_and_the_same_message_again_too()
    {
        var mail = new FakeMail();
        await using var office = Office(mail);
        await office.FindsAsync();
        var slots = (await office.SeesAsync("ann", "1. Tue 24 Nov 2026")).Copy();
        var first = await office.ClicksAsync("ann", slots, "Take it", "press-1");
        await office.ClicksAsync("ann", slots, "Take it", "press-1");
        await office.ClicksAsync("ann", slots, "Take it", "press-2");
        await office.QuietAsync();
        Assert.Equal((2, 1, "REQUEST 0"), ((await office.MeetingAsync(MeetingIn(first.Words))).Revision, office.Times("bob", "invites you"), mail.To(Kim)));
    }

    private static async Task<(Reply Reply, string? Comment)> ReplyAsync(TestOffice office, string id, string key) =>
        (await office.MeetingAsync(id)).Find(key) is { } invitee ? (invitee.Reply, invitee.Comment) : throw new ArgumentException(key);
}
