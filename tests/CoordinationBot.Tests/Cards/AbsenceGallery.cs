using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using NodaTime.Extensions;

namespace CoordinationBot.Tests.Cards;

/// <summary>The cards about being away.</summary>
internal static class AbsenceGallery
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("away-not", office => AbsenceCards.Status(Person(office), Now.ToInstant()));
        yield return ("away-now-and-later", office => AbsenceCards.Status(Person(office) with { Deputy = Deputy(office), Absences = [Absence(office), Absence(office) with { From = new(2026, 12, 21), Until = new(2027, 1, 3), Deputy = null }] }, Now.ToInstant()));
        yield return ("away-back", office => AbsenceCards.Status(Person(office), Now.ToInstant(), "Welcome back."));
        yield return ("away-asking", office => AbsenceCards.Ask(new AbsenceInputs(Deputy: Deputy(office)), null));
        yield return ("away-which-deputy", office => AbsenceCards.Ask(
            new AbsenceInputs(new(2026, 11, 23), new(2026, 12, 5), Options: [new("o1", office.Typed("Alex Able", 60), "alex.able@example.com"), new("o2", office.Typed("Alex Baker", 60), null)]),
            $"“{office.Typed("Alex", 60)}” may be {office.Typed("Alex Able", 60)} or {office.Typed("Alex Baker", 60)}. Please choose, or type the full name."));
        yield return ("away-checking", office => AbsenceCards.Proposal(
            Person(office),
            new ProposedAbsence("p1", Absence(office), Now),
            [Absence(office)],
            $"{office.Typed("Alex Able", 60)} is away too, from Mon 30 Nov 2026 to Fri 4 Dec 2026. Then {office.Typed("Adele Vance", 60)} answers for you."));
        yield return ("away-checking-nobody", office => AbsenceCards.Proposal(Person(office), new ProposedAbsence("p1", Absence(office) with { Deputy = null }, Now), [], null));
    }

    private static Deputy Deputy(Gallery office) => new("00000000-0000-0000-0000-000000000002", office.Typed("Alex Able", 60));

    private static Absence Absence(Gallery office) => new(new(2026, 11, 23), new(2026, 12, 5), "Europe/Berlin", Deputy(office));

    private static Person Person(Gallery office) => new() { Tenant = "t", ObjectId = "o", TeamsId = "29:o", Name = office.Typed("Maria Mayer", 60), ServiceUrl = "http://localhost:9/", BotId = "28:bot" };
}
