using CoordinationBot.Delegations;
using CoordinationBot.Surveys;
using CsCheck;

namespace CoordinationBot.Tests.Surveys;

/// <summary>Nobody can be told apart by taking rounds of a pulse from each other, however people come and go.</summary>
public sealed class PulseProperties
{
    [Fact]
    public void Whatever_is_made_of_the_rounds_is_empty_or_holds_the_minimum() => Gen.Select(Gen.Int[3, 6], Gen.Bool.Array[24].Array[1, 6], Gen.Int[6, 24]).Sample((minimum, known, most) =>
    {
        var rounds = new List<IReadOnlyList<int>> { Enumerable.Range(0, minimum).ToList() };
        foreach (var today in known)
        {
            rounds.Add(PulseRules.Next(rounds[^1], [.. Enumerable.Range(0, 24).Where(person => today[person])], minimum, Math.Max(most, minimum)));
        }
        Assert.All(rounds, round => Assert.True(round.Distinct().Count() == round.Count && round.Count <= Math.Max(most, minimum)));
        // Whoever was in exactly the same rounds cannot be taken apart by them: everything else that can be made is a union of such groups.
        Assert.All(Enumerable.Range(0, 24).GroupBy(person => string.Concat(rounds.Select(round => round.Contains(person) ? '1' : '0'))).Where(group => group.Key.Contains('1', StringComparison.Ordinal)), group => Assert.True(group.Count() >= minimum));
    });

    [Theory]
    [InlineData("Weekly", "2026-12-07")]
    [InlineData("Fortnightly", "2026-12-14")]
    [InlineData("Monthly", "2026-12-30")]
    public void The_next_round_opens_at_the_same_time_of_day(string often, string day)
    {
        var opens = new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);
        var terms = SurveySamples.Terms(10) with { OpensAt = opens, FirstOpensAt = opens, ClosesAt = opens.AddDays(4), Repeats = Enum.Parse<Repeats>(often) };
        Assert.Equal($"{day} 09:00", PulseRules.NextOpening(terms, terms.ClosesAt).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Null(PulseRules.Check(terms));
        Assert.Contains("before this one closes", PulseRules.Check(terms with { ClosesAt = opens.AddDays(40) })!, StringComparison.Ordinal);
    }
}
