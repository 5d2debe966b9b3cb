using CoordinationBot.Calendars;
using CsCheck;
using NodaTime;

namespace CoordinationBot.Tests.Calendars;

public sealed class InvitationReaderTests
{
    [Fact]
    public void What_Outlook_answers() => Assert.Equal(
        new InvitationReply("tenant.M-7K3F9Q@coordination-bot", 3, Instant.FromUtc(2026, 11, 24, 8, 30), "Kim.Lee@contoso.example", Participation.Accepted, "Gladly.\nI bring the list, too."),
        InvitationReader.ReadReply(Replies.Outlook));

    [Fact]
    public void What_Google_answers() => Assert.Equal(
        new InvitationReply("tenant.M-7K3F9Q@coordination-bot", 3, null, "kim.lee@contoso.example", Participation.Tentative, null),
        InvitationReader.ReadReply(Replies.Google));

    [Fact]
    public void What_Apple_answers() => Assert.Equal(
        new InvitationReply("tenant.M-7K3F9Q@coordination-bot", 3, Instant.FromUtc(2026, 11, 24, 8, 30), "kim.lee@contoso.example", Participation.Declined, null),
        InvitationReader.ReadReply(Replies.Apple));

    [Theory]
    [InlineData("METHOD:REPLY", "METHOD:REQUEST")]
    [InlineData("METHOD:REPLY\r\n", "")]
    [InlineData("PARTSTAT=TENTATIVE", "PARTSTAT=NEEDS-ACTION")]
    [InlineData("PARTSTAT=TENTATIVE", "PARTSTAT=DELEGATED")]
    [InlineData("PARTSTAT=TENTATIVE;", "")]
    [InlineData("mailto:kim.lee@contoso.example", "https://contoso.example/kim")]
    [InlineData("SEQUENCE:3", "SEQUENCE:-3")]
    [InlineData("SEQUENCE:3", "SEQUENCE:3\r\nRECURRENCE-ID;TZID=Nowhere/Land:20261124T093000")]
    [InlineData("SEQUENCE:3", "SEQUENCE:3\r\nRECURRENCE-ID;VALUE=DATE:20261124")]
    [InlineData("SEQUENCE:3", "SEQUENCE:3\r\nRECURRENCE-ID:20261124T093000")]
    [InlineData("SEQUENCE:3", "SEQUENCE:3\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@evil.example")]
    [InlineData("END:VEVENT", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nEND:VEVENT")]
    [InlineData("BEGIN:VEVENT", "BEGIN:VTODO")]
    public void What_it_is_not_sure_of_is_no_reply(string part, string instead)
    {
        Assert.Contains(part, Replies.Google, StringComparison.Ordinal);
        Assert.Null(InvitationReader.ReadReply(Replies.Google.Replace(part, instead, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("tzone://Microsoft/Utc", false)]
    [InlineData("W. Europe Standard Time", true)]
    [InlineData("Europe/Berlin", true)]
    [InlineData("/freeassociation.sourceforge.net/Europe/Berlin", true)]
    public void The_zone_of_an_occurrence_is_known_by_the_names_that_calendars_give_it(string name, bool isKnown)
    {
        var reply = InvitationReader.ReadReply(Replies.Google.Replace("SEQUENCE:3", $"SEQUENCE:3\r\nRECURRENCE-ID;TZID=\"{name}\":20261124T093000", StringComparison.Ordinal));
        Assert.Equal(isKnown ? Instant.FromUtc(2026, 11, 24, 8, 30) : null, reply?.Occurrence);
        Assert.Equal(isKnown, reply is not null);
    }

    [Fact]
    public void A_long_comment_is_cut_and_a_large_object_is_not_read()
    {
        var commented = (int length) => Replies.Google.Replace("SEQUENCE:3", $"SEQUENCE:3\r\nCOMMENT:{new string('x', length)}", StringComparison.Ordinal);
        Assert.Equal(500, InvitationReader.ReadReply(commented(5_000))!.Comment!.Length);
        Assert.Null(InvitationReader.ReadReply(commented(InvitationReader.MostCharacters)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("<!DOCTYPE html><html></html>")]
    [InlineData("BEGIN:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR")]
    public void Garbage_is_no_reply(string text) => Assert.Null(InvitationReader.ReadReply(text));

    [Fact]
    public void Whatever_is_done_to_a_reply_it_is_read_or_not_and_never_fails() =>
        Gen.Select(Gen.Int[0, 2], Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 40], Pieces).Array[1, 6]).Sample(
            (which, cuts) =>
            {
                var text = cuts.Aggregate(Replies.All[which], (known, cut) =>
                {
                    var at = cut.Item1 % (known.Length + 1);
                    return string.Concat(known.AsSpan(0, at), cut.Item3, known.AsSpan(Math.Min(known.Length, at + cut.Item2)));
                });
                if (InvitationReader.ReadReply(text) is { } reply)
                {
                    Assert.True(reply.Sequence >= 0 && reply.Uid.Length > 0 && reply.Address.Contains('@', StringComparison.Ordinal) && reply.Comment is not { Length: 0 or > 500 }, text);
                }
            },
            iter: 20_000);

    private static readonly string[] Broken =
        ["", "\r\n", ";", ":", "=", "\"", ",", "\0", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "BEGIN:VCALENDAR\r\n", "-1", "99999999999999999999", "TZID=", "VALUE=DATE", "P1D", "é", "RRULE:FREQ=SECONDLY\r\n", "mailto:", "\r\n ", "EXDATE:x\r\n", "DURATION:P\r\n"];

    private static readonly Gen<string> Pieces = Gen.Int[0, Broken.Length - 1].Select(index => Broken[index]);
}

/// <summary>Replies as the calendars of this world write them, shortened.</summary>
internal static class Replies
{
    public static string Outlook { get; } = Wire(
        """
        BEGIN:VCALENDAR
        METHOD:REPLY
        PRODID:Microsoft Exchange Server 2010
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:W. Europe Standard Time
        BEGIN:STANDARD
        DTSTART:16010101T030000
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010101T020000
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        ATTENDEE;PARTSTAT=ACCEPTED;CN=Kim Lee:MAILTO:Kim.Lee@contoso.example
        COMMENT;LANGUAGE=en-US:Gladly.\nI bring the list\, too.\n
        UID:tenant.M-7K3F9Q@coordination-bot
        RECURRENCE-ID;TZID=W. Europe Standard Time:20261124T093000
        SUMMARY;LANGUAGE=en-US:Accepted: Budget\, part 2
        DTSTART;TZID=W. Europe Standard Time:20261124T093000
        DTEND;TZID=W. Europe Standard Time:20261124T103000
        CLASS:PUBLIC
        PRIORITY:5
        DTSTAMP:20261120T100000Z
        TRANSP:OPAQUE
        STATUS:CONFIRMED
        SEQUENCE:3
        X-MICROSOFT-CDO-APPT-SEQUENCE:3
        X-MICROSOFT-CDO-BUSYSTATUS:BUSY
        END:VEVENT
        END:VCALENDAR

        """);

    public static string Google { get; } = Wire(
        """
        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:REPLY
        BEGIN:VEVENT
        DTSTART:20261124T083000Z
        DTEND:20261124T093000Z
        DTSTAMP:20261120T100000Z
        ORGANIZER;CN=Ann Abel:mailto:office@contoso.example
        UID:tenant.M-7K3F9Q@coordination-bot
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=TENTATIVE;CN=Kim L
         ee;X-NUM-GUESTS=0:mailto:kim.lee@contoso.example
        CREATED:20261101T080000Z
        DESCRIPTION:
        LAST-MODIFIED:20261120T100000Z
        LOCATION:Room 4\; ground floor
        SEQUENCE:3
        STATUS:CONFIRMED
        SUMMARY:Budget\, part 2
        TRANSP:OPAQUE
        END:VEVENT
        END:VCALENDAR

        """);

    public static string Apple { get; } = Wire(
        """
        BEGIN:VCALENDAR
        CALSCALE:GREGORIAN
        METHOD:REPLY
        PRODID:-//Apple Inc.//macOS 15.1//EN
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        BEGIN:DAYLIGHT
        DTSTART:19810329T020000
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        TZNAME:CEST
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:19961027T030000
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        TZNAME:CET
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        ATTENDEE;CN="Lee, Kim";CUTYPE=INDIVIDUAL;EMAIL="kim.lee@contoso.example";PA
         RTSTAT=DECLINED:mailto:kim.lee@contoso.example
        CREATED:20261101T080000Z
        DTEND;TZID=Europe/Berlin:20261124T103000
        DTSTAMP:20261120T100000Z
        DTSTART;TZID=Europe/Berlin:20261124T093000
        LAST-MODIFIED:20261120T100000Z
        ORGANIZER;CN="Ann Abel":mailto:office@contoso.example
        RECURRENCE-ID;TZID=Europe/Berlin:20261124T093000
        SEQUENCE:3
        SUMMARY:Budget\, part 2
        UID:tenant.M-7K3F9Q@coordination-bot
        URL;VALUE=URI:
        END:VEVENT
        END:VCALENDAR

        """);

    public static string[] All { get; } = [Outlook, Google, Apple];

    private static string Wire(string text) => text.ReplaceLineEndings("\r\n");
}
