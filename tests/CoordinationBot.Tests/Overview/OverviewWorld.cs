using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.People;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Delegations;

namespace CoordinationBot.Tests.Overviews;

/// <summary>Delegations as they might stand, whatever led there; and what a recount of them says.</summary>
internal static class OverviewWorld
{
    public const string Tenant = "tenant";

    public static readonly Party Leader = new(Samples.Ann, "Ann Abel");

    private static readonly DelegationState[] Ended = [DelegationState.Done, DelegationState.Declined, DelegationState.Revoked, DelegationState.Expired];

    private static readonly DelegationState[] Open =
        [DelegationState.Offered, DelegationState.Accepted, DelegationState.InProgress, DelegationState.WaitingForApproval, DelegationState.HandedIn, DelegationState.Returned];

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"D-{number:D6}");

    /// <summary>One revision of a delegation. What is random comes out of one number, so that the same revision is always the same.</summary>
    public static Delegation Make(int number, int revision, int random, bool open)
    {
        var states = open ? Open : Ended;
        var type = (AuthorizationType)(random % 3);
        string[] currencies = ["EUR", "USD"];
        return new Delegation
        {
            Id = Id(number),
            Tenant = Tenant,
            Leader = Leader,
            Assignee = new Party($"o{number % 7}", $"Person {number % 7}"),
            State = states[random / 3 % states.Length],
            Revision = revision,
            Origin = $"draft-{number}",
            CreatedAt = Samples.Now.AddDays(-30),
            Terms = new Terms(1, $"Work {number}", type, new Due(Samples.Now.AddMinutes(((random % 41) - 20) * 333), "UTC"), [])
            {
                Objective = random % 4 == 0 ? null : $"Objective {random % 4}",
                Bounds = random % 5 == 0 ? null : new Bounds { Budget = new Money(1000 + (random % 100), currencies[random % 2]), Matter = random % 6 == 0 ? "personnel" : null },
            },
            Questions = random % 9 == 0 ? [new Question("Q1", "Which?", null)] : [],
            Ledger = random % 5 == 0 ? null : new Ledger
            {
                Spent = random % 50,
                Children = random % 10 == 1 ? [new Child("D-ZZZZZZ", Leader, random % 30, random % 20 == 1, [])] : [],
            },
        };
    }

    /// <summary>The sums as somebody counts them who has all delegations before them.</summary>
    public static string Recount(IEnumerable<Delegation> all)
    {
        var list = all.ToList();
        var open = list.Where(one => one.IsOpen).ToList();
        return string.Join('\n',
        [
            .. list.GroupBy(one => one.State).OrderBy(group => group.Key).Select(group => $"{group.Key} {group.Count()}"),
            .. open.Where(one => one.State != DelegationState.HandedIn).GroupBy(one => one.Terms.Due.At.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture)).OrderBy(day => day.Key).Select(day => $"{day.Key} {day.Count()}"),
            $"awaited {open.Count(one => one.State is DelegationState.HandedIn or DelegationState.WaitingForApproval || one.Questions.Any(question => question.Answer is null))}",
            .. list.Where(one => one.Terms.Limits.Budget is not null).GroupBy(one => one.Terms.Limits.Budget!.Currency).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, Open: group.Where(one => one.IsOpen).ToList(), Past: group.Where(one => !one.IsOpen).ToList()))
                .Select(group => $"{group.Key} {group.Open.Sum(one => one.Terms.Limits.Budget!.Amount)} {group.Open.Sum(one => one.Dealings.SpentInAll)} {group.Open.Sum(SetAside)} {group.Past.Sum(one => one.Dealings.SpentInAll)}")
                .Where(line => !line.EndsWith(" 0 0 0 0", StringComparison.Ordinal)),
        ]);
    }

    public static string Text(IndexSummary summary) => string.Join('\n',
    [
        .. summary.States.Select(state => $"{state.Key} {state.Value}"),
        .. summary.Days.Select(day => $"{day.Key} {day.Value}"),
        $"awaited {summary.Awaited}",
        .. summary.Money.OrderBy(money => money.Key, StringComparer.Ordinal).Select(money => $"{money.Key} {money.Value.Given} {money.Value.Used} {money.Value.SetAside} {money.Value.UsedBefore}"),
    ]);

    /// <summary>Every key of a person's lists.</summary>
    public static async Task<IReadOnlyList<string>> PlacesAsync(ITables tables, string tenant, string objectId, CancellationToken cancel)
    {
        List<string> keys = [];
        while (await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), "list|", 1000, keys.LastOrDefault(), cancel) is { Count: > 0 } rows)
        {
            keys.AddRange(rows.Select(row => row.Key));
        }
        return keys;
    }

    private static decimal SetAside(Delegation delegation) => delegation.Dealings.Children.Where(child => !child.IsSettled).Sum(child => child.Reserved);
}
