using CoordinationBot.Mail;
using CoordinationBot.Meetings;
using static CoordinationBot.Tests.Meetings.MeetingSamples;

namespace CoordinationBot.Tests.Meetings;

public sealed class MeetingMailsTests
{
    private static readonly MailWaiting ToKim = new("kim@fabrikam.example", 2, "message@office", "office@contoso.example");

    [Fact]
    public void An_invitation_says_what_stands_now()
    {
        var mail = MeetingMails.Compose(Scheduled() with { Place = "Room 5", OrganiserMail = "ann@contoso.example" }, ToKim, Now)!;
        Assert.Equal(("Invitation: The budget", "REQUEST", "ann@contoso.example"), (mail.Subject, mail.Calendar!.Method, mail.ReplyTo));
        var lines = Unfolded(mail.Calendar.Text);
        Assert.Contains("METHOD:REQUEST", lines);
        Assert.Contains("SEQUENCE:0", lines);
        Assert.Contains($"UID:{Tenant}.M-7K3F9Q@coordination-bot", lines);
        Assert.Contains("DTSTART;TZID=Europe/Berlin:20261125T140000", lines);
        Assert.Contains("LOCATION:Room 5", lines);
        Assert.Contains(lines, line => line.StartsWith("ATTENDEE", StringComparison.Ordinal) && line.EndsWith("mailto:kim@fabrikam.example", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("ATTENDEE", StringComparison.Ordinal) && line.EndsWith("mailto:bob@contoso.example", StringComparison.Ordinal));
        Assert.Contains("Where: Room 5", mail.Text, StringComparison.Ordinal);
        Assert.Contains("When: Wed 25 Nov 2026, 14:00 to 14:45 (Europe/Berlin)", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_late_one_says_what_stands_now_and_whoever_was_taken_out_need_not_come()
    {
        var moved = MeetingRules.Move(Scheduled(), "ann", Start.AddDays(1), Now).State;
        Assert.Contains("SEQUENCE:1", Unfolded(MeetingMails.Compose(moved, ToKim, Now)!.Calendar!.Text));
        var without = MeetingChangeRules.Change(moved, "ann", MeetingDetails.Of(moved) with { Invitees = [Bob] }, Now).State;
        var gone = MeetingMails.Compose(without, ToKim, Now)!;
        Assert.Equal("CANCEL", gone.Calendar!.Method);
        Assert.Contains("SEQUENCE:2", Unfolded(gone.Calendar.Text));
        Assert.DoesNotContain("bob@contoso.example", gone.Calendar.Text, StringComparison.Ordinal);
        var cancelled = MeetingRules.Cancel(moved, "ann", "No budget", Now).State;
        Assert.Contains("Reason: No budget", MeetingMails.Compose(cancelled, ToKim, Now)!.Text, StringComparison.Ordinal);
        Assert.Null(MeetingMails.Compose(Finding(), ToKim, Now));
    }

    [Fact]
    public void Who_has_answered_is_not_asked_again()
    {
        var answered = Scheduled(Bob with { Reply = Reply.Accepted }, Kim);
        answered = answered with { Invitees = [answered.Invitees[0] with { Reply = Reply.Accepted }, answered.Invitees[1]] };
        var toBob = MeetingMails.Compose(answered, ToKim with { Address = "bob@contoso.example" }, Now)!;
        Assert.Contains(Unfolded(toBob.Calendar!.Text), line => line.Contains("PARTSTAT=ACCEPTED", StringComparison.Ordinal) && !line.Contains("RSVP=TRUE", StringComparison.Ordinal) && line.EndsWith("bob@contoso.example", StringComparison.Ordinal));
        Assert.Contains(Unfolded(toBob.Calendar.Text), line => line.Contains("PARTSTAT=NEEDS-ACTION;RSVP=TRUE", StringComparison.Ordinal) && line.EndsWith("kim@fabrikam.example", StringComparison.Ordinal));
        Assert.Contains("You are counted as coming.", toBob.Text, StringComparison.Ordinal);
        Assert.Contains("Please answer with your calendar", MeetingMails.Compose(answered, ToKim, Now)!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_uid_leads_back_to_its_meeting_and_nothing_else_does()
    {
        Assert.Equal((Tenant, "M-7K3F9Q"), Meeting.FromUid(Scheduled().Uid));
        Assert.All((string[])["", "@coordination-bot", "x.M-7K3F9Q@coordination-bot", $"{Tenant}.M-7K3F9Q@elsewhere", $"{Tenant}.a.b@coordination-bot"], uid => Assert.Null(Meeting.FromUid(uid)));
    }

    [Fact]
    public void What_was_typed_adds_no_line_to_it()
    {
        var hostile = Scheduled() with { Subject = "The budget\r\nATTENDEE:mailto:eve@evil.example", Place = "Room\nX-EVIL:1", Purpose = "a\r\nBEGIN:VEVENT" };
        var lines = Unfolded(MeetingMails.Compose(hostile, ToKim, Now)!.Calendar!.Text);
        Assert.DoesNotContain(lines, line => line.StartsWith("X-EVIL", StringComparison.Ordinal) || line == "ATTENDEE:mailto:eve@evil.example");
        Assert.Single(lines, line => line == "BEGIN:VEVENT");
    }

    private static string[] Unfolded(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
