using CoordinationBot.People;
using CsCheck;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Tests.People;

/// <summary>Offices of a few people, each perhaps away, each with deputies drawn at random: chains, circles and dead ends.</summary>
public sealed class DeputyProperties
{
    private const int Most = 12;

    private static readonly Instant Now = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero).ToInstant();

    /// <summary>Somebody: away or not; the standing deputy; the one for this absence. -1 is nobody, and a number beyond the office somebody unknown.</summary>
    private static readonly Gen<(bool IsAway, int Standing, int ForThis)[]> Office =
        Gen.Select(Gen.Int[0, 3].Select(chance => chance > 0), Gen.Int[-1, Most], Gen.Frequency((3, Gen.Const(-1)), (1, Gen.Int[0, Most]))).Array[1, Most];

    [Fact]
    public void Whoever_answers_is_there_and_was_reached_from_deputy_to_deputy() =>
        Office.Sample(
            office =>
            {
                var people = People(office);
                var answerer = DeputyRules.AnswererFor(people["0"], Now, people.GetValueOrDefault);
                Assert.Equal(Oracle(office), answerer is null ? -1 : int.Parse(answerer.ObjectId, System.Globalization.CultureInfo.InvariantCulture));
                Assert.True(answerer is null || AbsenceRules.At(answerer, Now) is null, "the answerer is away");
            },
            iter: 50_000);

    [Fact]
    public void The_chain_has_everybody_once_and_all_of_them_are_away() =>
        Office.Sample(
            office =>
            {
                var people = People(office);
                var chain = DeputyRules.Follow(people["0"], Now, people.GetValueOrDefault);
                Assert.Distinct(chain.Away.Select(person => person.ObjectId));
                Assert.All(chain.Away, person => Assert.NotNull(AbsenceRules.At(person, Now)));
                Assert.InRange(chain.Away.Count, 0, DeputyRules.MostSteps + 1);
                Assert.False(chain.IsCycle && chain.Answerer is not null);
            },
            iter: 20_000);

    [Fact]
    public void A_deputy_who_is_accepted_never_makes_a_circle() =>
        Gen.Select(Office, Gen.Int[0, Most], Gen.Int[-3, 5], Gen.Int[0, 5]).Sample(
            (office, chosen, from, days) =>
            {
                var people = People(office);
                if (!people.TryGetValue($"{chosen}", out var deputy))
                {
                    return;
                }
                var today = new DateOnly(2026, 11, 23);
                var absence = new Absence(today.AddDays(Math.Max(0, from)), today.AddDays(Math.Max(0, from) + days), "UTC", new Deputy(deputy.ObjectId, deputy.Name));
                if (DeputyRules.Refuse(people["0"], deputy, absence, Now, people.GetValueOrDefault) is not null)
                {
                    return;
                }
                people["0"] = people["0"] with { Absences = [absence] };
                var begin = Instant.Max(Now, absence.Time().Start);
                Assert.False(DeputyRules.Follow(people["0"], begin, people.GetValueOrDefault).IsCycle);
            },
            iter: 20_000);

    /// <summary>The number of the one who answers for number 0, or -1: one step after the other, no further than allowed.</summary>
    private static int Oracle((bool IsAway, int Standing, int ForThis)[] office)
    {
        var at = 0;
        for (var steps = 0; steps <= DeputyRules.MostSteps; steps++)
        {
            if (!office[at].IsAway)
            {
                return at;
            }
            at = office[at].ForThis >= 0 ? office[at].ForThis : office[at].Standing;
            if (at < 0 || at >= office.Length)
            {
                return -1;
            }
        }
        return -1;
    }

    private static Dictionary<string, Person> People((bool IsAway, int Standing, int ForThis)[] office) =>
        office.Select((known, number) => Person(number) with
        {
            Deputy = known.Standing < 0 ? null : new Deputy($"{known.Standing}", $"Person {known.Standing}"),
            Absences = known.IsAway ? [new Absence(new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 30), "UTC", known.ForThis < 0 ? null : new Deputy($"{known.ForThis}", $"Person {known.ForThis}"))] : null,
        }).ToDictionary(person => person.ObjectId);

    private static Person Person(int number) => new() { Tenant = "tenant", ObjectId = $"{number}", TeamsId = $"29:{number}", Name = $"Person {number}", ServiceUrl = "http://localhost:9/", BotId = "28:bot" };
}
