using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Storage;
using CsCheck;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

/// <summary>Whatever hangs on to a delegation, it can be ended in one commit.</summary>
public class DelegationRoomProperties
{
    private const int Itself = 4;

    private static readonly Party[] Finance = [.. Enumerable.Range(1, 6).Select(number => new Party($"finance-{number}", $"Finance {number}"))];

    private static readonly Bounds Wide = new() { Budget = new Money(5000, "EUR"), Involvement = Involvement.Anyone, Depth = 1 };

    [Fact]
    public void Whatever_hangs_on_to_it_and_in_whatever_order_it_can_be_ended_at_any_time()
    {
        var (full, largest) = (0, 0);
        Gen.Select(Gen.Bool, Gen.Int[0, DelegationLimits.Consulted], Gen.Int[0, 3 * 6].Array[20, 140]).Sample(
            (isUncertain, consulted, steps) =>
            {
                var delegation = Begun(isUncertain, consulted);
                foreach (var (step, number) in steps.Select((step, number) => (step, number)))
                {
                    var outcome = (step % 3) switch
                    {
                        0 => DeclareRules.Declare(delegation, Alone([]), By(Bob), $"h{number}", HandOn(number), null),
                        1 => DeclareRules.Declare(delegation, Alone(Finance.Take((step / 3) + 1)), By(Bob), $"s{number}", new DeclaredAct.Spend(new Money(1, "EUR"), $"thing {number}"), "It is needed."),
                        _ => QuestionRules.Ask(delegation, By(Bob), $"Question {number}?"),
                    };
                    if (outcome is Outcome.Changed changed)
                    {
                        if (DelegationRoom.IsExceeded(delegation, changed.State))
                        {
                            Interlocked.Increment(ref full);
                            continue;
                        }
                        delegation = changed.State;
                    }
                }
                var now = Friday.At.AddDays(3);
                var ended = Assert.IsType<Outcome.Changed>(OfferRules.Revoke(delegation, By(Ann) with { Now = now }, "It is over."));
                var rows = Itself + ended.State.Everybody().Count() + SilenceRules.Withdrawn(delegation, ended.State, now).Count() + ended.Effects.Count;
                InterlockedMax(ref largest, rows);
                return rows <= DelegationRoom.Most;
            },
            iter: 2000);
        Assert.True(full > 1000, $"it was full only {full} times");
        Assert.True(largest > 90, $"the most it took was {largest}: there is room that nobody may use");
    }

    private static Delegation Begun(bool isUncertain, int consulted)
    {
        var terms = Terms() with
        {
            Type = isUncertain ? AuthorizationType.Uncertain : AuthorizationType.Flexible,
            Aim = "What is best?",
            Bounds = isUncertain ? Wide with { Involvement = Involvement.Named, People = [.. Enumerable.Range(1, consulted).Select(number => new Party($"adviser-{number}", $"Adviser {number}"))] } : Wide,
        };
        // Below another, so that there is a parent to hear how it ended.
        return Done(OfferRules.Accept(Offered(terms) with { Ancestors = ["D-PAREN0"] }, By(Bob), Brief));
    }

    private static Chain Alone(IEnumerable<Party> finance) => new(
        [Offered(Terms() with { Type = AuthorizationType.Flexible, Aim = "All", Bounds = Wide with { Depth = 5 } }) with { Id = "D-PAREN0", Leader = new Party("top", "Top") }],
        Mandate.BuiltIn,
        [.. finance.Select((party, index) => new Policy(string.Create(CultureInfo.InvariantCulture, $"P-{index}"), PolicySubject.Spending, "ask", null, null, party))],
        []);

    private static DeclaredAct.HandOn HandOn(int number) => new(
        ReadableIds.From('D', "child", number.ToString(CultureInfo.InvariantCulture), 0), $"draft-{number}", new Party($"adviser-{(number % 20) + 1}", "Adviser"),
        Terms() with { Type = AuthorizationType.Uncertain, Aim = "What is best?", Bounds = Bounds.None with { Involvement = Involvement.Named } });

    private static void InterlockedMax(ref int most, int value)
    {
        for (var known = Volatile.Read(ref most); known < value; known = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, known);
        }
    }
}
