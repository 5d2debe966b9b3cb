using System.Text;
using CoordinationBot.Calendars;

namespace CoordinationBot.Tests.Calendars;

/// <summary>Files that are meant to harm. Each ends soon, and with a sentence.</summary>
public sealed class IcalHostileTests
{
    // A quiet machine takes less than a second for each; the tests run beside others.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string AllHours = "BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23";

    public static TheoryData<string, string> Files => new()
    {
        { "every second for ever", One("RRULE:FREQ=SECONDLY") },
        { "every minute for ever", One("RRULE:FREQ=MINUTELY;INTERVAL=59") },
        { "every hour since the year one", One("RRULE:FREQ=HOURLY", "00010101T000000Z") },
        { "two billion times since the year one", One("RRULE:FREQ=DAILY;COUNT=2000000000", "00010101T000000Z") },
        { "every second of the year, once a year", One($"RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;{AllHours};BYMINUTE={All(60)};BYSECOND={All(60)}") },
        { "100,000 events", IcalText.File(Enumerable.Range(0, 100_000).Select(number => $"UID:{number}\nDTSTART:20261201T000000Z\nDURATION:PT1H")) },
        { "as many rules as fit that never come", IcalText.File(Enumerable.Range(0, 19_000).Select(number => $"UID:{number}\nDTSTART:20000101T000000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;{AllHours};BYMONTH=2;BYMONTHDAY=31")) },
        { "as many hourly events as fit", IcalText.File(Enumerable.Range(0, 19_000).Select(number => $"UID:{number}\nDTSTART:20200101T000000Z\nDURATION:PT1M\nRRULE:FREQ=HOURLY")) },
        { "calendars in calendars", string.Concat(Enumerable.Repeat("BEGIN:VCALENDAR\r\n", 200_000)) },
        { "as many zones as fit", "BEGIN:VCALENDAR\r\n" + string.Concat(Enumerable.Range(0, 10_000).Select(number => $"BEGIN:VTIMEZONE\r\nTZID:{number}\r\nEND:VTIMEZONE\r\n")) + "END:VCALENDAR\r\n" },
        { "a zone that changes every second", "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:x\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nDTSTART;TZID=x:20261201T090000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n" },
        { "a web page", "<!DOCTYPE html>\n<html><head><title>Sign in: now</title></head></html>" },
        { "garbage", new string('\u0007', 100_000) },
        { "a calendar inside something else", "BEGIN:VCARD\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VCARD\r\n" },
        { "nothing", "" },
        { "a file that breaks off", IcalText.File("DTSTART:20261201T000000Z\nDURATION:PT1H")[..^"END:VCALENDAR\r\n".Length] },
    };

    [Theory, MemberData(nameof(Files))]
    public void A_hostile_file_is_refused_in_time(string what, string file)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(2));
        var (bytes, since) = (Encoding.UTF8.GetBytes(file), TimeProvider.System.GetTimestamp());
        var refused = Assert.IsType<IcalResult.Refused>(IcalText.Read(bytes, deadline: deadline.Token));
        Assert.Contains("Please", refused.Sentence, StringComparison.Ordinal);
        Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, what);
    }

    [Fact]
    public void What_a_busy_person_has_in_ten_years_is_read()
    {
        var file = IcalText.File(Enumerable.Range(0, 300).Select(number => $"UID:s{number}\nDTSTART;TZID=Europe/Berlin:20170102T{8 + (number % 10):D2}0000\nDURATION:PT30M\nRRULE:FREQ=WEEKLY")
            .Concat(Enumerable.Range(0, 10_000).Select(number => $"UID:{number}\nDTSTART;TZID=Europe/Berlin:{2017 + (number % 10)}{1 + (number % 12):D2}{1 + (number % 28):D2}T{8 + (number % 10):D2}0000\nDURATION:PT30M")));
        Assert.Equal(10_300, Assert.IsType<IcalResult.Read>(IcalText.Read(Encoding.UTF8.GetBytes(file), deadline: TestContext.Current.CancellationToken)).Events);
    }

    private static string One(string rule, string start = "20000101T000000Z") => IcalText.File($"UID:1\nDTSTART:{start}\nDURATION:PT1S\n{rule}");

    private static string All(int count) => string.Join(',', Enumerable.Range(0, count));
}
