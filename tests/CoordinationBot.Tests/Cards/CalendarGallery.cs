using CoordinationBot.Calendars;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Tests.Cards;

/// <summary>The cards about where busy times come from, when somebody works, and what they protect.</summary>
internal static class CalendarGallery
{
    private const string Zone = "Europe/Berlin";
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly Person Ann = new() { Tenant = "t", ObjectId = "o", TeamsId = "29:o", Name = "Ann", ServiceUrl = "http://localhost:9/", BotId = "28:bot", Zone = Zone };

    private static readonly Subscription Connected = new()
    {
        Tenant = "t",
        ObjectId = "o",
        Link = "https://outlook.office365.com/owa/calendar/secret/secret/calendar.ics",
        ConnectedAt = Now,
        CheckedAt = Now,
        ReadAt = Now,
        FileAt = Now,
        From = Now.AddDays(-35),
        Until = Now.AddDays(400),
        Zone = Zone,
        Events = 120,
    };

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("calendar-nothing", _ => CalendarCards.Status(View(null)));
        yield return ("calendar-here", _ => CalendarCards.Status(View(null) with { Person = Ann with { CalendarIsHere = true }, News = ["Noted: all your appointments are here. Where nothing stands you are free. Take it back when that changes."] }));
        yield return ("calendar-connected", _ => CalendarCards.Status(View(Connected) with { HasGraph = true, News = ["Connected. Who has this link can read your calendar: nobody gets it from me."] }));
        yield return ("calendar-refused", _ => CalendarCards.Status(View(null) with { Refusal = "That address does not lead to a calendar. Please copy the link that ends in .ics, or that your calendar calls iCal or ICS." }));
        yield return ("calendar-late", _ => CalendarCards.Status(View(Connected with { ReadAt = Now.AddHours(-3), Problem = "The calendar's server answered with a fault (503). Please try again later." })));
        yield return ("calendar-lost", _ => CalendarCards.Status(View(Connected with { ReadAt = Now.AddDays(-2), Problem = "There is no calendar at that link any more. Please copy it again from your calendar." })));
        yield return ("calendar-partly", _ => CalendarCards.Status(View(Connected with { Unread = 2 })));
        yield return ("calendar-moved", _ => CalendarCards.Moved());

        yield return ("hours-office", _ => Hours(Ann, null, null));
        yield return ("hours-own", _ => Hours(Ann with { Hours = new WorkHours([IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Thursday], new TimeOnly(8, 0), new TimeOnly(16, 0)), Zone = "Asia/Tokyo", ZoneIsChosen = true }, "Noted: you are in Asia/Tokyo.", null));
        yield return ("hours-refused", office => Hours(Ann, null, $"I know no zone called “{office.Typed("Tokyyyo", 60)}”. Type zone with a city near you, for example zone Asia/Tokyo."));

        yield return ("focus-none", _ => FocusCards.Status([], null, null));
        yield return ("focus-several", _ => FocusCards.Status(
            [.. Enumerable.Range(1, 18).Select(number => new FocusTime($"f{number}", null, [IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday], new TimeOnly(number, 0), new TimeOnly(number + 1, 30), Zone)), new FocusTime("f", new(2026, 12, 1), null, new TimeOnly(14, 0), new TimeOnly(16, 0), Zone)],
            "Protected: every Tue-Wed, 09:00 to 10:30 (Europe/Berlin).",
            null));
        yield return ("focus-refused", _ => FocusCards.Status([], null, "I could not read from when until when. Type the hours like 9-11 or 14:30-16:00."));
        yield return ("focus-checking", _ => FocusCards.Proposal(new FocusTime("f", new(2026, 12, 1), null, new TimeOnly(14, 0), new TimeOnly(16, 0), Zone)));
    }

    private static CalendarView View(Subscription? subscription) => new(Ann, subscription, false, Zone, Now);

    private static AdaptiveCard Hours(Person person, string? news, string? problem) =>
        HoursCards.Status(person, WorkTimes.Of(person, new OfficeOptions()), Zones.Find(person.Zone!), Now.ToInstant(), news, problem);
}
