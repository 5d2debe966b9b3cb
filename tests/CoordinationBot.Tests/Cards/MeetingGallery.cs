using CoordinationBot.Authority;
using CoordinationBot.Calendars;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Meetings;
using CoordinationBot.Protocol.Cards;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Tests.Cards;

/// <summary>Meetings, from the form to the day.</summary>
internal static class MeetingGallery
{
    private const string Zone = "Europe/Berlin";
    private const int Name = 60;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 13, 0, 0, TimeSpan.Zero);

    private static readonly string[] Places =
        ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Sydney", "America/Los_Angeles", "Europe/London", "Pacific/Auckland"];

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("meet-form", office => FormCards.Ask(MeetForm.Form, NewDraft, MeetForm.Form.Applying(NewDraft), Context));
        yield return ("meet-review", office => Review(office, ReviewNotes.None));
        yield return ("meet-review-notes", office => Review(office, new ReviewNotes([$"{office.Typed("Bob Berg", Name)} stands in both lists and counts as required.", "You need not name yourself: you are part of it."])));
        yield return ("meet-review-barrier", office => Review(office, new ReviewNotes([], "Nobody must be there: all are optional. Please name at least one person who must.")));
        yield return ("meet-change", office => FormCards.Ask(MeetForm.Form, Changing(office), MeetForm.Form.Applying(Changing(office)), Context));

        yield return ("slots", office => MeetingCards.For(View(Finding(office)) with { Offer = Offer(office, 4, 1) }));
        yield return ("slots-unknown", office => MeetingCards.For(View(Finding(office)) with { Offer = Offer(office, 4, 1, isKnown: false) }));
        yield return ("slots-20-people-8-zones", office => MeetingCards.For(View(Finding(office, 19)) with { Offer = Offer(office, 20, 8) }));
        yield return ("slots-nothing-works", office => MeetingCards.For(View(Finding(office)) with { Offer = Blocked(office) }));
        yield return ("slots-too-late", office => MeetingCards.For(View(Finding(office)) with { Now = Now.AddDays(9), Offer = new SlotOffer(new SlotsFound([], [], []), Now.AddDays(7)) }));
        yield return ("slots-doubted", office => MeetingCards.For(View(Finding(office)) with { Refusal = $"It was not taken: {office.Typed("Bob Berg", Name)} cannot at Wed 25 Nov 2026, 14:00 (Europe/Berlin) any more. These are the times now.", Offer = Offer(office, 4, 1) with { Doubted = Start } }));
        yield return ("meeting-series-organiser", office => MeetingCards.For(View(Series(office))));
        yield return ("meeting-series-invited", office => MeetingCards.For(View(Series(office), "bob")));
        yield return ("meeting-series-ending", office => MeetingCards.For(View(Series(office)) with { IsCancelling = true }));
        yield return ("meeting-series-slots", office => MeetingCards.For(View(Finding(office) with { Repeats = Weekly }) with { Offer = Offer(office, 4, 1) }));
        yield return ("meeting-series-one-moving", office => MeetingCards.For(View(One(office)) with { MovingTo = Start.AddDays(8) }));
        yield return ("meeting-series-one-cancelling", office => MeetingCards.For(View(One(office)) with { IsCancelling = true }));
        yield return ("slots-move", office => MeetingCards.For(View(Scheduled(office)) with { Offer = Offer(office, 4, 1) with { IsMove = true } }));
        yield return ("slots-move-nothing-works", office => MeetingCards.For(View(Scheduled(office)) with { Offer = Blocked(office) with { IsMove = true } }));

        yield return ("meeting-organiser", office => MeetingCards.For(View(Answered(office))));
        yield return ("meeting-organiser-many", office => MeetingCards.For(View(MeetingRules.Schedule(Finding(office, 100), "ann", Start, Now).State)));
        yield return ("meeting-organiser-unreached", office => MeetingCards.For(View(Scheduled(office).WithUnreached("kim@fabrikam.example", "kim@fabrikam.example could not be reached: the mail server refuses the address. Please check it with them."))));
        yield return ("meeting-invited", office => MeetingCards.For(View(Scheduled(office), "bob") with { News = [$"{office.Typed("Ann Abel", Name)} invites you to this meeting."] }));
        yield return ("meeting-invited-optional", office => MeetingCards.For(View(Scheduled(office), "eve")));
        yield return ("meeting-invited-answered", office => MeetingCards.For(View(Answered(office), "bob")));
        yield return ("meeting-invited-moved", office => MeetingCards.For(View(MeetingRules.Move(Answered(office), "ann", Start.AddDays(1), Now).State, "bob") with { News = [$"{office.Typed("Ann Abel", Name)} moved this meeting, please answer again. Before, it was at Wed 25 Nov 2026, 14:00 (Europe/Berlin)."] }));
        yield return ("meeting-invited-stale", office => MeetingCards.For(View(Scheduled(office), "bob") with { Refusal = "The time has changed since. Please look at the new one and answer again.", Typed = office.Typed("I may be late", MeetingLimits.Comment) }));
        yield return ("meeting-begun", office => MeetingCards.For(View(Scheduled(office), "bob") with { Now = Start.AddMinutes(5) }));
        yield return ("meeting-over", office => MeetingCards.For(View(Scheduled(office)) with { Now = Start.AddDays(1) }));
        yield return ("meeting-moving", office => MeetingCards.For(View(Scheduled(office)) with { MovingTo = Start.AddDays(1) }));
        yield return ("meeting-cancelling", office => MeetingCards.For(View(Scheduled(office)) with { IsCancelling = true, Typed = office.Typed("No budget", MeetingLimits.Comment) }));
        yield return ("meeting-cancelled", office => MeetingCards.For(View(Cancelled(office), "bob") with { News = [$"{office.Typed("Ann Abel", Name)} cancelled this meeting."] }));
        yield return ("meeting-cancelled-organiser", office => MeetingCards.For(View(MeetingRules.Cancel(Finding(office), "ann", null, Now).State)));
        yield return ("meeting-taken-out", office => MeetingCards.For(View(Scheduled(office), "max") with { News = [$"{office.Typed("Ann Abel", Name)} no longer asks you to come to this meeting."] }));
        yield return ("meeting-continued", office => MeetingCards.Moved(Scheduled(office)));

        yield return ("my-meetings-none", _ => MeetingListCards.For([], "ann", Zone, null));
        yield return ("my-meetings", office => MeetingListCards.For(
            [Scheduled(office), Answered(office), Finding(office), Finding(office) with { State = MeetingState.Polling }, .. Enumerable.Repeat(Scheduled(office), office.ManySteps ? 6 : 0)],
            office.ManySteps ? "bob" : "ann",
            Zone,
            "202612011200|M-7K3F9Q"));
        yield return ("my-meetings-invited", office => MeetingListCards.For([Scheduled(office), Answered(office)], "bob", Zone, null));
        yield return ("today-nothing", _ => DayCards.For(new LocalDate(2026, 11, 25), DateTimeZoneProviders.Tzdb[Zone], [], [], false));
        yield return ("today", office => DayCards.For(
            new LocalDate(2026, 11, 25),
            DateTimeZoneProviders.Tzdb[Zone],
            [
                new DayEntry(At(8, 9), null),
                new DayEntry(At(9, 10), BusyKind.Busy, office.Typed("The budget", MeetingLimits.Subject), "M-7K3F9Q"),
                new DayEntry(At(10, 11), BusyKind.Busy),
                new DayEntry(At(11, 12), BusyKind.Focus),
                new DayEntry(At(12, 13), BusyKind.Tentative, office.Typed("Plans of the year", MeetingLimits.Subject), "M-8K3F9Q"),
                new DayEntry(At(13, 15), null),
                new DayEntry(At(15, 23), BusyKind.Away),
                .. Enumerable.Repeat(new DayEntry(At(9, 10), BusyKind.Busy, office.Typed("The budget", MeetingLimits.Subject), "M-7K3F9Q"), office.ManySteps ? 50 : 0),
            ],
            [.. Enumerable.Range(23, 5).Select(day => new DayLoad(new LocalDate(2026, 11, day), Duration.FromMinutes(day % 5 * 75)))],
            true));
    }

    private static DialogContext Context => new("ann", "bot", Now, Zone);

    private static Draft NewDraft => new() { Id = "draft-1", Form = MeetForm.Form.Name, ExpiresAt = Now.AddDays(1) };

    private static Draft Changing(Gallery office) => MeetDraft.Of(NewDraft, Scheduled(office), Now);

    private static AdaptiveCard Review(Gallery office, ReviewNotes notes) =>
        FormCards.Review(MeetForm.Form, MeetDraft.Of(NewDraft, Finding(office), Now) with { About = null }, Context, "I look for times that suit everybody. Nobody is told yet: you choose.", "Find times", notes);

    private static MeetingView View(Meeting meeting, string viewer = "ann") => new(meeting, viewer, Zone, Now);

    private static Meeting Scheduled(Gallery office) => MeetingRules.Schedule(Finding(office), "ann", Start, Now).State;

    private static readonly WantedRepeat Weekly = new(Repeats.Weekly, new DateOnly(2027, 3, 1), 10, "Monday,Tuesday,Wednesday,Thursday,Friday");

    /// <summary>One of its dates is cancelled, and one moved.</summary>
    private static Meeting Series(Gallery office)
    {
        var series = MeetingRules.Schedule(Finding(office) with { Repeats = Weekly }, "ann", Start, Now).State;
        return series with { Series = series.Series! with { Exceptions = [new SeriesException(new DateOnly(2026, 12, 2), null, 45, 1), new SeriesException(new DateOnly(2026, 12, 9), Start.AddDays(15), 45, 1)] } };
    }

    private static Meeting One(Gallery office) => OccurrenceRules.Begin(Series(office), "M-7K3F9R", new DateOnly(2026, 12, 16), Now).State;

    private static Meeting Answered(Gallery office)
    {
        var accepted = ReplyRules.Answer(Scheduled(office), "bob", Reply.Accepted, office.Typed("Five minutes late", MeetingLimits.Comment), 0, Now).State;
        return ReplyRules.Answer(accepted, "eve", Reply.Declined, office.Typed("On leave", MeetingLimits.Comment), 0, Now).State;
    }

    private static Meeting Cancelled(Gallery office) => MeetingRules.Cancel(Answered(office), "ann", office.Typed("No budget this year", MeetingLimits.Comment), Now).State;

    private static Meeting Finding(Gallery office, int more = 0) => new()
    {
        Id = "M-7K3F9Q",
        Tenant = "tenant",
        Organiser = new Party("ann", office.Typed("Ann Abel", Name)),
        Subject = office.Typed("The budget", MeetingLimits.Subject),
        Purpose = office.Typed("We know what may be spent", MeetingLimits.Words),
        Invitees =
        [
            new Invitee { Key = "bob", Name = office.Typed("Bob Berg", Name), IsRequired = true },
            new Invitee { Key = "eve", Name = office.Typed("Eve Ek", Name), IsRequired = false },
            new Invitee { Key = "kim@fabrikam.example", Name = office.Typed("kim@fabrikam.example", Name), IsOutside = true, IsRequired = true },
            .. Enumerable.Range(1, more).Select(number => new Invitee { Key = $"guest-{number}", Name = office.Typed($"Guest {number}", Name), IsRequired = number % 2 == 0 }),
        ],
        Minutes = 45,
        Window = new MeetingWindow(Now, Now.AddDays(7), Zone),
        Place = office.Typed("Room 5", MeetingLimits.Place),
        Objective = office.Typed("Spend less", MeetingLimits.Objective),
        State = MeetingState.Finding,
        Revision = 1,
        Origin = "draft-1",
        CreatedAt = Now,
    };

    private static SlotOffer Offer(Gallery office, int people, int zones, bool isKnown = true)
    {
        var attendees = Enumerable.Range(0, people).Select(number => Attendee(office, number, zones)).ToList();
        var best = Enumerable.Range(0, 5).Select(slot => new Slot(
            new Interval(Start.AddHours(slot).ToInstant(), Start.AddHours(slot).AddMinutes(45).ToInstant()),
            [.. attendees.Select((attendee, index) => new Seat(attendee, !isKnown ? Standing.Unknown : (slot, index % 4) switch
            {
                (1, 2) => Standing.Focus,
                (2, 3) => Standing.Unknown,
                (3, 1) => Standing.Tentative,
                (4, 2) => Standing.Busy,
                _ => Standing.Free,
            }, slot < 3 || index % 2 == 0, slot == 1 && index % 4 == 2 ? 1 : 0))])).ToList();
        return new SlotOffer(new SlotsFound(best, [], []), Now.AddDays(7));
    }

    private static SlotOffer Blocked(Gallery office)
    {
        var (bob, slot) = (Attendee(office, 1, 1), Offer(office, 4, 1).Found.Best[0]);
        return new SlotOffer(
            new SlotsFound(
                [],
                [new Blocker(bob, 40, 12, 40), new Blocker(Attendee(office, 3, 1), 3, 0, 40)],
                [
                    new SlotChange(SlotChangeKind.Shorten, slot) { Length = Duration.FromMinutes(30) },
                    new SlotChange(SlotChangeKind.MakeOptional, slot) { Without = bob },
                    new SlotChange(SlotChangeKind.Widen, slot) { Until = Now.AddDays(9).ToInstant() },
                ]),
            Now.AddDays(7));
    }

    private static Attendee Attendee(Gallery office, int number, int zones) => new(
        $"person-{number}",
        office.Typed(number switch { 0 => "Ann Abel", 1 => "Bob Berg", 2 => "Eve Ek", 3 => "kim@fabrikam.example", _ => $"Guest {number}" }, Name),
        number != 2,
        DateTimeZoneProviders.Tzdb[Places[number % zones]],
        new OfficeOptions().Times,
        Availability.Unknown);

    private static Interval At(int from, int until) => new(Instant.FromUtc(2026, 11, 25, from - 1, 0), Instant.FromUtc(2026, 11, 25, until - 1, 0));
}
