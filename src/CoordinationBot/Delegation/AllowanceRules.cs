using CoordinationBot.Authority;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>Money that was approved before it is spent.</summary>
internal static class AllowanceRules
{
    /// <summary>An approval that covers the amount and in which the approvers of all these policies took part; the one that ends first.</summary>
    public static Allowance? Covering(Delegation delegation, DeclaredAct.Spend spend, IReadOnlyList<Policy> policies, DateTimeOffset now) =>
        delegation.Dealings.Allowances
            .Where(allowance => allowance.UpTo.Currency == spend.Amount.Currency
                && allowance.Left >= spend.Amount.Amount
                && now <= allowance.Until
                && (allowance.IsOnTop || RulingRules.HasLeft(delegation, spend.Amount))
                && policies.All(policy => allowance.Policies.Contains(policy.Id)))
            .MinBy(allowance => allowance.Until);

    public static Clause Clause(Delegation delegation, Allowance allowance) =>
        new($"{delegation.Id}, approval {allowance.Id}", $"up to {allowance.UpTo} for {allowance.For}, until {Zones.Read(allowance.Until, delegation.Terms.Due.Zone)}");

    /// <summary>The books after money was spent, out of the budget or under an approval.</summary>
    public static Ledger Spend(Ledger ledger, decimal amount, Allowance? under) => ledger with
    {
        Spent = under is { IsOnTop: true } ? ledger.Spent : ledger.Spent + amount,
        Allowances = under is null ? ledger.Allowances : [.. ledger.Allowances.Select(allowance => allowance.Id == under.Id ? allowance with { Used = allowance.Used + amount } : allowance)],
    };
}
