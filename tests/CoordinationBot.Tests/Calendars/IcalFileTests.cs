using System.Runtime.CompilerServices;
using System.Text;
using CoordinationBot.Calendars;
using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.Tests.Calendars;

/// <summary>Files as Outlook, Google and Apple publish them. The reader is in Berlin; it is Monday 23 November 2026.</summary>
public sealed class IcalFileTests
{
    private const string Tentative = "Tentative";
    private const string Away = "Away";

    [Fact]
    public void A_file_of_outlook() => Assert.Equal(
        [
            Line("2026-11-23T08:00Z", "2026-11-23T09:00Z"),
            // Not 30 November: left out. Not 7 December: moved.
            Line("2026-12-08T13:00Z", "2026-12-08T14:00Z", Tentative),
            Line("2026-12-14T08:00Z", "2026-12-14T09:00Z"),
            Line("2026-12-21T08:00Z", "2026-12-21T09:00Z"),
            Line("2026-12-23T23:00Z", "2026-12-27T23:00Z", Away),
            // The zone that the file defines has gone forward to +04:00 that morning.
            Line("2027-03-28T06:00Z", "2027-03-28T06:30Z"),
        ],
        Lines(Read("outlook.ics")));

    [Fact]
    public void A_file_of_google()
    {
        var read = Read("google.ics");
        Assert.Equal(
            [
                Line("2026-11-25T13:00Z", "2026-11-25T13:30Z"),
                Line("2026-12-01T23:00Z", "2026-12-02T23:00Z", Tentative),
                // In winter time, and a fortnight later in summer time; the one between was cancelled.
                Line("2027-03-10T14:00Z", "2027-03-10T14:30Z"),
                Line("2027-03-24T13:00Z", "2027-03-24T13:30Z"),
            ],
            Lines(read));
        Assert.Equal(new MeetingBusy("M-7K3F9Q", new BusyTime(At("2026-12-03T08:00Z"), At("2026-12-03T09:00Z"), BusyKind.Busy)), Assert.Single(read.Meetings));
    }

    [Fact]
    public void A_file_of_apple() => Assert.Equal(
        [
            Line("2026-11-26T14:30Z", "2026-11-26T16:00Z"),
            Line("2026-11-27T10:00Z", "2026-11-27T11:00Z"),
            Line("2026-11-28T12:00Z", "2026-11-28T13:00Z"),
            Line("2026-11-29T10:00Z", "2026-11-29T12:00Z"),
            Line("2026-11-30T10:00Z", "2026-11-30T10:30Z"),
            Line("2026-12-09T23:00Z", "2026-12-10T23:00Z"),
            Line("2027-02-09T23:00Z", "2027-02-10T23:00Z"),
            // 01:30 comes twice there; the first is meant.
            Line("2027-04-03T14:00Z", "2027-04-03T14:30Z"),
        ],
        Lines(Read("apple.ics")));

    [Theory]
    // Of a day without an hour: the skipped time is as much later.
    [InlineData("DTSTART;TZID=Europe/Berlin:20270328T023000\nDURATION:PT1H", "2027-03-28T01:30Z", "2027-03-28T02:30Z")]
    // Of a day with one more: the first.
    [InlineData("DTSTART;TZID=Europe/Berlin:20261025T023000\nDTEND;TZID=Europe/Berlin:20261025T033000", "2026-10-25T00:30Z", "2026-10-25T02:30Z")]
    // All of a day of 23 hours.
    [InlineData("DTSTART;VALUE=DATE:20270328", "2027-03-27T23:00Z", "2027-03-28T22:00Z")]
    // Days of the clock, then hours.
    [InlineData("DTSTART;TZID=Europe/Berlin:20270327T120000\nDURATION:P1DT1H", "2027-03-27T11:00Z", "2027-03-28T11:00Z")]
    [InlineData("DTSTART;VALUE=DATE:20261201\nDURATION:P1W", "2026-11-30T23:00Z", "2026-12-07T23:00Z")]
    [InlineData("DTSTART;TZID=\"Europe/Berlin\":20261201T090000\nDTEND:20261201T090000Z", "2026-12-01T08:00Z", "2026-12-01T09:00Z")]
    [InlineData("DTSTART;TZID=Pacific Standard Time:20261201T090000\nDURATION:PT15M", "2026-12-01T17:00Z", "2026-12-01T17:15Z")]
    [InlineData("DTSTART;TZID=Nepal Standard Time:20261201T090000\nDURATION:PT15M", "2026-12-01T03:15Z", "2026-12-01T03:30Z")]
    // It began long before the horizon and reaches into it.
    [InlineData("DTSTART:20260101T000000Z\nDTEND:20261124T000000Z", "2026-10-19T09:00Z", "2026-11-24T00:00Z")]
    [InlineData("DTSTART:20261201T090000Z\nDURATION:PT1H\nSTATUS:TENTATIVE\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY", "2026-12-01T09:00Z", "2026-12-01T10:00Z")]
    public void When_an_event_is(string lines, string start, string end) => Assert.Equal([Line(start, end)], Lines(ReadEvents(lines)));

    [Theory]
    [InlineData("DTSTART:20261201T090000Z")]
    [InlineData("DTSTART:20261201T090000Z\nDTEND:20261201T090000Z")]
    [InlineData("DTSTART:20261201T090000Z\nDURATION:PT1H\nSTATUS:CANCELLED")]
    [InlineData("DTSTART:20261201T090000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY")]
    [InlineData("DTSTART:20200101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20200201T000000Z")]
    public void What_takes_no_time_is_not_there(string lines) => Assert.Equal((0, 0), (ReadEvents(lines).Busy.Count, ReadEvents(lines).Unread));

    /// <summary>Nobody knows when it is, so nobody is free by this file.</summary>
    [Theory]
    [InlineData("DTSTART:garbage")]
    [InlineData("SUMMARY:Without a start")]
    [InlineData("DTSTART;TZID=Mars/Olympus:20261201T090000\nDURATION:PT1H")]
    [InlineData("DTSTART:20261201T090000Z\nDTEND:20261201T080000Z")]
    [InlineData("DTSTART:20261201T090000Z\nDURATION:soon")]
    [InlineData("DTSTART:20261201T090000Z\nDURATION:PT1H\nRRULE:FREQ=SOMETIMES")]
    [InlineData("DTSTART:20261201T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0")]
    [InlineData("DTSTART:20261201T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY")]
    [InlineData("DTSTART:20261201T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY")]
    [InlineData("DTSTART:20261201T090000Z\nDURATION:PT1H\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261201T090000Z")]
    public void What_cannot_be_read_is_counted(string lines)
    {
        var read = ReadEvents(lines, "DTSTART:20261202T090000Z\nDURATION:PT1H");
        Assert.Equal(1, read.Unread);
        Assert.Equal([Line("2026-12-02T09:00Z", "2026-12-02T10:00Z")], Lines(read));
    }

    private static IcalResult.Read Read(string name) =>
        Assert.IsType<IcalResult.Read>(IcalText.Read(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(Here())!, "files", name)))) is var read && read.Unread == 0 ? read : throw new InvalidOperationException("Something was not read.");

    private static IcalResult.Read ReadEvents(params string[] events) => Assert.IsType<IcalResult.Read>(IcalText.Read(Encoding.UTF8.GetBytes(IcalText.File(events))));

    private static IEnumerable<string> Lines(IcalResult.Read read) => read.Busy.Select(time => $"{time.Start} {time.End} {time.Kind}");

    private static string Line(string start, string end, string kind = "Busy") => $"{At(start)} {At(end)} {kind}";

    private static Instant At(string text) => InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'").Parse(text).Value;

    private static string Here([CallerFilePath] string path = "") => path;
}
