using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Recurrences;

namespace CoordinationBot.Tests.Cards;

/// <summary>What comes again and again.</summary>
internal static class RecurrenceGallery
{
    private const string Zone = "Europe/Berlin";
    private const int Name = 60;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Next = new(2026, 12, 11);

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("series-leader", office => RecurrenceCards.For(View(office, Role.Leader)));
        yield return ("series-assignee", office => RecurrenceCards.For(View(office, Role.Assignee)));
        yield return ("series-left-out", office => RecurrenceCards.For(View(office, Role.Leader) with
        {
            Series = Series(office) with { LeftOut = [.. Enumerable.Range(0, office.ManySteps ? 50 : 2).Select(week => Next.AddDays(7 * week))] },
            Next = Next.AddDays(14),
        }));
        yield return ("series-ending", office => RecurrenceCards.For(View(office, Role.Leader) with { Ending = true }));
        yield return ("series-ended", office => RecurrenceCards.For(View(office, Role.Assignee) with { Series = Series(office) with { IsEnded = true }, Next = null, News = [$"{office.Typed("Ann Abel", Name)} ended this: nothing more of it comes. What you have already stays."] }));
        yield return ("series-refused", office => RecurrenceCards.For(View(office, Role.Leader) with { Refusal = "Nothing was changed: another one is next now." }));
        yield return ("series-missed", office => RecurrenceCards.For(View(office, Role.Leader) with { News = ["2 were left out: their time had passed before I could send them."] }));
        yield return ("series-moved", office => RecurrenceCards.Moved(Series(office)));
        yield return ("recurring-nothing", _ => RecurrenceCards.List([], Zone, null));
        yield return ("recurring", office => RecurrenceCards.List(
            [
                .. Enumerable.Range(0, office.ManySteps ? RecurrenceCards.PageLength : 1).Select(_ => (Series(office), Role.Leader, (DateOnly?)Next)),
                (Series(office) with { Repeats = Repeats.LastWorkingDay, OnHoliday = OnHoliday.Move, Until = new DateOnly(2027, 6, 30) }, Role.Assignee, null),
            ],
            Zone,
            "given|S-7K3F9Q"));
        yield return ("form-repeats", office => FormCards.Ask(DelegationForm.Form, Draft(office), DelegationForm.Form.Applying(Draft(office)), new DialogContext("ann", "bot", Now, Zone)));
        yield return ("delegation-occurrence-assignee", office => DelegationCards.For(new DelegationView(
            OfferRules.Offer("D-7K3F9Q", "tenant", "draft-1", Series(office).Leader, Series(office).Assignee, Series(office).Terms, Now, occurrence: new Occurrence("S-7K3F9Q", Series(office).Start)).State, Role.Assignee, Zone, Now)));
    }

    private static SeriesView View(Gallery office, Role role) => new(Series(office), role, Next, Zone,
    [
        new HistoryEntry(2, Now.AddDays(5), Series(office).Leader, 1, "Sent for Fri 4 Dec 2026", null),
        new HistoryEntry(1, Now, Series(office).Leader, 1, $"Asked {office.Typed("Bob Berg", Name)} for it every Friday at 17:00 (Europe/Berlin)", null),
    ]);

    private static Series Series(Gallery office) => new()
    {
        Id = "S-7K3F9Q",
        Tenant = "tenant",
        Leader = new Party("ann", office.Typed("Ann Abel", Name)),
        Assignee = new Party("bob", office.Typed("Bob Berg", Name)),
        Terms = new Terms(1, office.Typed("Weekly figures", DelegationLimits.Title), AuthorizationType.Deterministic, new Due(new DateTimeOffset(2026, 11, 27, 16, 0, 0, TimeSpan.Zero), Zone), [new Step(office.Typed("Collect", DelegationLimits.StepText), Evidence.None)]),
        Repeats = Repeats.Weekly,
        Rule = "FREQ=WEEKLY",
        Start = new DateOnly(2026, 11, 27),
        Time = new TimeOnly(17, 0),
        OnHoliday = OnHoliday.LeaveOut,
        Last = new DateOnly(2026, 12, 4),
        Revision = 2,
        Origin = "draft-1",
        CreatedAt = Now,
    };

    private static Draft Draft(Gallery office) =>
        new Draft { Id = "draft-1", Form = DelegationForm.Form.Name, ExpiresAt = Now.AddDays(1) }
            .With(DelegationForm.Title, office.Typed("Weekly figures", DelegationLimits.Title))
            .With(DelegationForm.Type, nameof(AuthorizationType.Deterministic))
            .With(RepeatFields.Repeats, nameof(Repeats.Weekly));
}
