using System.Text;
using System.Text.RegularExpressions;
using CoordinationBot.Calendars;
using CsCheck;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;

namespace CoordinationBot.Tests.Calendars;

public sealed partial class InvitationWriterTests
{
    private static readonly ZonedDateTimePattern Pattern = ZonedDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm z", DateTimeZoneProviders.Tzdb);

    [Fact]
    public void An_invitation_as_it_stands_in_a_mail()
    {
        var text = InvitationWriter.Write(Invite("2026-10-24 09:30 Europe/Berlin") with
        {
            Sequence = 3,
            Summary = "Budget, part 2",
            Location = "Room 4; ground floor",
            Description = "Bring:\r\n- the list",
            Rule = "FREQ=WEEKLY",
            LeftOut = [new LocalDateTime(2026, 11, 7, 9, 30)],
            IsConfidential = true,
        });

        Assert.Equal(
            """
            BEGIN:VCALENDAR
            METHOD:REQUEST
            PRODID:-//CoordinationBot//Meetings//EN
            VERSION:2.0
            BEGIN:VTIMEZONE
            TZID:Europe/Berlin
            X-LIC-LOCATION:Europe/Berlin
            BEGIN:STANDARD
            DTSTART:20251026T030000
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
            TZNAME:CET
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:20260329T020000
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
            TZNAME:CEST
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            END:DAYLIGHT
            END:VTIMEZONE
            BEGIN:VEVENT
            ATTENDEE;CN=Kim Lee;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:ma
             ilto:kim@contoso.example
            CLASS:PRIVATE
            DESCRIPTION:Bring:\n- the list
            DTEND;TZID=Europe/Berlin:20261024T103000
            DTSTAMP:20261001T080000Z
            DTSTART;TZID=Europe/Berlin:20261024T093000
            EXDATE;TZID=Europe/Berlin:20261107T093000
            LOCATION:Room 4\; ground floor
            ORGANIZER;CN=Ann Abel:mailto:office@contoso.example
            RRULE:FREQ=WEEKLY
            SEQUENCE:3
            STATUS:CONFIRMED
            SUMMARY:Budget\, part 2
            TRANSP:OPAQUE
            UID:tenant.M-7K3F9Q@coordination-bot
            END:VEVENT
            END:VCALENDAR

            """.ReplaceLineEndings("\r\n"),
            text);
    }

    [Fact]
    public async Task A_cancellation_says_so_and_asks_for_no_reply()
    {
        var cancelled = Invite("2026-11-24 09:30 Europe/Berlin") with { Method = InvitationMethod.Cancel, Sequence = 4 };
        var read = Assert.Single(await CalendarReading.ReadAsync([InvitationWriter.Write(cancelled)]));

        Assert.Equal("CANCEL", read.Method);
        var cancelledEvent = Assert.Single(read.Events);
        Assert.Equal(("CANCELLED", 4, cancelled.Uid), (cancelledEvent.Status, cancelledEvent.Sequence, cancelledEvent.Uid));
        Assert.Equal(["mailto:kim@contoso.example"], cancelledEvent.Attendees.Select(attendee => attendee.Address));
        Assert.All(cancelledEvent.Attendees, attendee => Assert.NotEqual("TRUE", attendee.Rsvp));
    }

    [Theory]
    [InlineData("2026-03-29 01:59 Europe/Berlin")]
    [InlineData("2026-03-29 03:00 Europe/Berlin")]
    [InlineData("2026-10-25 03:00 Europe/Berlin")]
    [InlineData("2026-04-05 02:00 Australia/Lord_Howe")]
    [InlineData("2026-10-04 02:30 Australia/Lord_Howe")]
    [InlineData("2026-11-24 09:30 Asia/Kathmandu")]
    [InlineData("2026-11-24 09:30 Pacific/Chatham")]
    [InlineData("2026-11-24 09:30 Pacific/Kiritimati")]
    [InlineData("2027-02-07 02:30 Africa/Casablanca")]
    [InlineData("2026-11-01 12:00 America/New_York")]
    public async Task It_is_at_the_same_instant_for_another_reader(string start)
    {
        var invitation = Invite(start);
        var read = Assert.Single(Assert.Single(await CalendarReading.ReadAsync([InvitationWriter.Write(invitation)])).Events);
        Assert.Equal(invitation.Start.ToInstant().ToUnixTimeSeconds(), read.Start);
        Assert.Equal((invitation.Start.ToInstant() + invitation.Length).ToUnixTimeSeconds(), read.End);
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;UNTIL=20270131T083000Z;BYDAY=MO,WE")]
    [InlineData("FREQ=MONTHLY;COUNT=10;BYDAY=-1FR")]
    [InlineData("FREQ=DAILY;INTERVAL=2;COUNT=3")]
    public async Task The_rule_of_a_series_stays_as_it_was_given(string rule)
    {
        var read = Assert.Single(Assert.Single(await CalendarReading.ReadAsync([InvitationWriter.Write(Invite("2026-11-23 09:30 Europe/Berlin") with { Rule = rule })], 5)).Events);
        Assert.Equal(rule.Split(';').Order(StringComparer.Ordinal), read.Rule!.Split(';').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_two_equal_hours_the_right_one_is_read()
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        List<Instant> starts = [Instant.FromUtc(2026, 10, 25, 0, 30), Instant.FromUtc(2026, 10, 25, 1, 30), Instant.FromUtc(2026, 10, 24, 23, 30)];
        var read = await CalendarReading.ReadAsync(starts.Select(start => InvitationWriter.Write(Invite("2026-11-24 09:30 Europe/Berlin") with { Start = start.InZone(zone) })));
        Assert.Equal(starts.Select(start => start.ToUnixTimeSeconds()), read.Select(calendar => calendar.Events[0].Start));
        Assert.Equal(starts.Select(start => start.ToUnixTimeSeconds() + 3600), read.Select(calendar => calendar.Events[0].End));
    }

    [Fact]
    public async Task Whatever_is_invited_to_is_read_as_it_was_meant_and_nothing_typed_adds_a_line() =>
        await Invitations.Array[200].SampleAsync(
            async invitations =>
            {
                var texts = invitations.Select(InvitationWriter.Write).ToList();
                Assert.All(texts, AssertLines);
                var read = await CalendarReading.ReadAsync(texts, 60);
                Assert.All(invitations.Zip(read), pair => AssertSame(pair.First, pair.Second));
            },
            iter: 1);

    [Fact]
    public async Task In_every_zone_a_series_keeps_its_hour_for_years()
    {
        // Every zone there is, weekly for more than a year from a day in either half of it: over all their changes.
        var invitations = DateTimeZoneProviders.Tzdb.GetAllZones().SelectMany(_ => (int[])[1, 7], (zone, month) =>
            Invite("2026-11-24 09:30 UTC") with { Start = zone.AtLeniently(new LocalDateTime(2026, month, 15, 12, 0)), Rule = "FREQ=WEEKLY" }).ToList();
        var read = await CalendarReading.ReadAsync(invitations.Select(InvitationWriter.Write), 60);
        Assert.All(invitations.Zip(read), pair => AssertOccurrences(pair.First, 7, pair.Second.Events[0].Occurrences));
    }

    [Fact]
    public async Task Where_the_clocks_follow_unusual_rules_a_series_keeps_its_hour_for_nine_years()
    {
        string[] zones = ["Africa/Cairo", "Africa/Casablanca", "America/Nuuk", "America/Santiago", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem", "Australia/Lord_Howe", "Europe/Dublin", "Pacific/Chatham"];
        var invitations = zones.Select(zone => Invite("2026-11-24 09:30 UTC") with { Start = DateTimeZoneProviders.Tzdb[zone].AtLeniently(new LocalDateTime(2026, 2, 15, 12, 0)), Rule = "FREQ=DAILY" }).ToList();
        var read = await CalendarReading.ReadAsync(invitations.Select(InvitationWriter.Write), 9 * 365);
        Assert.All(invitations.Zip(read), pair => AssertOccurrences(pair.First, 1, pair.Second.Events[0].Occurrences));
    }

    private static void AssertSame(Invitation meant, ReadCalendar read)
    {
        var isUtc = meant.Start.Zone is var zone && zone.MinOffset == Offset.Zero && zone.MaxOffset == Offset.Zero;
        Assert.Equal((meant.Method == InvitationMethod.Cancel ? "CANCEL" : "REQUEST", "2.0", "-//CoordinationBot//Meetings//EN"), (read.Method, read.Version, read.Product));
        Assert.Equal(isUtc ? ["vevent"] : ["vevent", "vtimezone"], read.Parts);
        Assert.Equal(isUtc ? [] : [meant.Start.Zone.Id], read.Zones);
        var only = Assert.Single(read.Events);
        string[] properties =
        [
            .. Enumerable.Repeat("attendee", meant.Attendees.Count), "class", "dtend", "dtstamp", "dtstart", "organizer", "sequence", "status", "summary", "transp", "uid",
            .. meant.Description is null ? (string[])[] : ["description"],
            .. meant.Location is null ? (string[])[] : ["location"],
            .. meant.Rule is null ? (string[])[] : ["rrule"],
            .. meant.LeftOut.Select(_ => "exdate"),
            .. meant.Occurrence is null ? (string[])[] : ["recurrence-id"],
        ];
        // Readers may find several dates in one property.
        Assert.Equal(properties.Order(StringComparer.Ordinal).Distinct(), only.Properties.Distinct());
        Assert.Equal(properties.Count(name => name == "attendee"), only.Properties.Count(name => name == "attendee"));
        Assert.Equal((meant.Uid, meant.Sequence, meant.Stamp.ToUnixTimeSeconds()), (only.Uid, only.Sequence, only.Stamp));
        Assert.Equal(meant.Start.ToInstant().ToUnixTimeSeconds(), only.Start);
        Assert.Equal((meant.Start.ToInstant() + meant.Length).ToUnixTimeSeconds(), only.End);
        Assert.Equal(meant.Occurrence is { } occurrence ? occurrence.InZoneLeniently(meant.Start.Zone).ToInstant().ToUnixTimeSeconds() : null, only.Occurrence);
        Assert.Equal(OneLine(meant.Summary), only.Summary);
        Assert.Equal(meant.Description is { } description ? Plain(description) : null, only.Description);
        Assert.Equal(meant.Location is { } location ? OneLine(location) : null, only.Location);
        Assert.Equal(meant.Method == InvitationMethod.Cancel ? "CANCELLED" : "CONFIRMED", only.Status);
        Assert.Equal((meant.IsConfidential ? "PRIVATE" : "PUBLIC", "OPAQUE"), (only.Class, only.Transparency));
        AssertPerson(meant.OrganiserAddress, meant.OrganiserName, only.Organiser);
        Assert.Equal(meant.Attendees.Count, only.Attendees.Count);
        foreach (var (attendee, person) in meant.Attendees.Zip(only.Attendees))
        {
            AssertPerson(attendee.Address, attendee.Name, person);
            Assert.Equal(attendee.IsRequired ? "REQ-PARTICIPANT" : "OPT-PARTICIPANT", person.Role);
            Assert.Equal(attendee.Participation.ToString().ToUpperInvariant(), person.Participation!.Replace("-", "", StringComparison.Ordinal));
            Assert.Equal(meant.Method == InvitationMethod.Request && attendee.Participation == Participation.NeedsAction, person.Rsvp == "TRUE");
        }
        AssertOccurrences(meant, 1, only.Occurrences);
    }

    private static void AssertPerson(string address, string name, ReadPerson read)
    {
        Assert.Equal(address, Uri.UnescapeDataString(read.Address["mailto:".Length..]), ignoreCase: true);
        Assert.Equal(OneLine(name).Replace('"', '\'').Replace('\\', '/'), read.Name ?? "");
        Assert.Subset(new HashSet<string> { "cn", "role", "partstat", "rsvp" }, read.Parameters.ToHashSet());
    }

    /// <summary>Each at the local hour of the first. Of hours that do not exist, or exist twice, readers think differently.</summary>
    private static void AssertOccurrences(Invitation meant, int days, IReadOnlyList<long> read)
    {
        var zone = meant.Start.Zone;
        var expected = meant.Rule is null
            ? []
            : Enumerable.Range(0, read.Count + meant.LeftOut.Count).Select(number => meant.Start.LocalDateTime.PlusDays(days * number)).Where(local => !meant.LeftOut.Contains(local)).Take(read.Count);
        Assert.All(expected.Zip(read), pair =>
        {
            if (zone.MapLocal(pair.First) is { Count: 1 } map)
            {
                Assert.Equal((zone.Id, map.Single().ToInstant()), (zone.Id, Instant.FromUnixTimeSeconds(pair.Second)));
            }
        });
        Assert.Equal(meant.Rule is null, read.Count == 0);
    }

    private static void AssertLines(string text)
    {
        Assert.EndsWith("END:VCALENDAR\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(BareBreaks(), text);
        Assert.All(text.Split("\r\n"), line =>
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75);
            Assert.True(line.Length == 0 || !char.IsHighSurrogate(line[^1]), "A line ends in the middle of a character.");
        });
    }

    /// <summary>What remains of typed text: every line break is one, other control characters are gone, half characters are replaced.</summary>
    private static string Plain(string typed)
    {
        var broken = Breaks().Replace(typed, "\n").Replace('\t', ' ');
        return string.Concat(broken.EnumerateRunes().Where(rune => rune.Value == '\n' || !Rune.IsControl(rune)).Select(rune => rune.ToString()));
    }

    private static string OneLine(string typed) => string.Join(' ', Plain(typed).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    internal static Invitation Invite(string start) => new()
    {
        Method = InvitationMethod.Request,
        Uid = "tenant.M-7K3F9Q@coordination-bot",
        Sequence = 0,
        Stamp = Instant.FromUtc(2026, 10, 1, 8, 0),
        Start = Pattern.Parse(start).Value,
        Length = Duration.FromHours(1),
        Summary = "Budget",
        OrganiserName = "Ann Abel",
        OrganiserAddress = "office@contoso.example",
        Attendees = [new InvitationAttendee("kim@contoso.example", "Kim Lee", true, Participation.NeedsAction)],
    };

    private static Gen<string> Any(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static readonly Gen<string> Nasty = Gen.OneOf(
        Any("a", "Budget", " ", ",", ";", ":", "\\", "\\n", "\"", "'", "^", "^n", "^'", "%0D%0A", "=", "|", "<", ">", "é", "日本語", "🎉", "👩‍👩‍👧", "e\u0301", "\u202E", "\uD83D", "\uDE00"),
        Any("\r\n", "\n", "\r", "\n ", "\r\n\t", "\u0085", "\u2028", "\u2029", "\f", "\v", "\0", "\u001B", "\t", "\u007F"),
        Any("\r\nATTENDEE:mailto:eve@evil.example", "\nEND:VEVENT\nBEGIN:VEVENT", "END:VCALENDAR\r\n", "\";PARTSTAT=ACCEPTED;X=\"", ":mailto:eve@evil.example", "\\\r\n"))
        .Array[0, 30].Select(string.Concat);

    private static readonly Gen<string> Addresses = Gen.Select(Any("kim", "o'neil", "a+b", "r&d", "x_y", "k%im", "kim\r\nATTENDEE:mailto:eve", "a b", "kim?bcc=eve", "ü", "\"q\""), Any("contoso.example", "xn--bcher-kva.example"), (local, domain) => $"{local}@{domain}");

    private static readonly Gen<InvitationAttendee> Attendees = Gen.Select(Addresses, Nasty, Gen.Bool, Gen.Enum<Participation>(), (address, name, isRequired, participation) => new InvitationAttendee(address, name, isRequired, participation));

    /// <summary>Any zone, and more often than not within hours of a change of its clocks.</summary>
    private static readonly Gen<ZonedDateTime> Starts = Gen.Select(
        Gen.OneOf(Any([.. DateTimeZoneProviders.Tzdb.Ids]), Any("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham", "Africa/Casablanca", "Asia/Tehran", "UTC")),
        Gen.Int[0, 8 * 365 * 24 * 12],
        Gen.Int[-36, 36],
        Gen.Bool,
        (name, minutes, near, isNear) =>
        {
            var zone = DateTimeZoneProviders.Tzdb[name];
            var any = Instant.FromUtc(2024, 1, 1, 0, 0) + Duration.FromMinutes(5 * minutes);
            return (isNear && zone.GetZoneInterval(any) is { HasEnd: true } interval ? interval.End + Duration.FromMinutes(5 * near) : any).InZone(zone);
        });

    private static readonly Gen<Invitation> Invitations =
        from start in Starts
        from words in Gen.Select(Nasty, Nasty.Null(), Nasty.Null(), Nasty)
        from kind in Gen.Select(Gen.Bool, Gen.Int[0, 500], Gen.Bool, Gen.Int[1, 12 * 72], Gen.Int[0, 3])
        from organiser in Addresses
        from attendees in Attendees.Array[0, 8]
        from leftOut in Gen.Int[1, 40].Array[0, 3]
        let isSeries = kind.Item5 == 0
        // A series begins at an hour that there is once, and so ends.
        let regular = isSeries ? start.Date.AtStartOfDayInZone(start.Zone).Plus(Duration.FromHours(11)) : start
        select new Invitation
        {
            Method = kind.Item1 ? InvitationMethod.Request : InvitationMethod.Cancel,
            Uid = "tenant.M-7K3F9Q@coordination-bot",
            Sequence = kind.Item2,
            Stamp = Instant.FromUtc(2026, 10, 1, 8, 0),
            Start = regular,
            Length = isSeries ? Duration.FromMinutes(45) : Duration.FromMinutes(5 * kind.Item4),
            Summary = $"S{words.Item1}",
            Description = words.Item2 is { } description ? $"D{description}" : null,
            Location = words.Item3 is { } location ? $"L{location}" : null,
            OrganiserName = $"O{words.Item4}",
            OrganiserAddress = organiser,
            Attendees = attendees,
            IsConfidential = kind.Item3,
            Rule = isSeries ? "FREQ=DAILY" : null,
            LeftOut = isSeries ? [.. leftOut.Distinct().Select(day => regular.LocalDateTime.PlusDays(day))] : [],
            Occurrence = kind.Item5 == 1 && start.Zone.MapLocal(start.LocalDateTime).Count == 1 ? start.LocalDateTime : null,
        };

    [GeneratedRegex("\r\n|[\r\n\f\u0085\u2028\u2029]")]
    private static partial Regex Breaks();

    [GeneratedRegex("(?<!\r)\n|\r(?!\n)")]
    private static partial Regex BareBreaks();
}
