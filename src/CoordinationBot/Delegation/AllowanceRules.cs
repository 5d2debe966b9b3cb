using CoordinationBot.Authority;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>Money that was approved before it is spent.</summary>
internal static class AllowanceRules
{
    /// <summary>Approvals that have the money for it, the one that ends first before the others.</summary>
    public static IEnumerable<Allowance> Usable(Delegation delegation, DeclaredAct.Spend spend, DateTimeOffset now) =>
        delegation.Dealings.Allowances
            .Where(allowance => allowance.UpTo.Currency == spend.Amount.Currency
                && allowance.Left >= spend.Amount.Amount
                && now <= allowance.Until
                && (allowance.IsOnTop || RulingRules.HasLeft(delegation, spend.Amount)))
            .OrderBy(allowance => allowance.Until);

    public static Clause Clause(Delegation delegation, Allowance allowance) =>
        new($"{delegation.Id}, approval {allowance.Id}", $"up to {allowance.UpTo} for {allowance.For}, until {Zones.Read(allowance.Until, delegation.Terms.Due.Zone)}");

    /// <summary>The books after money was spent, out of the budget or under an approval.</summary>
    public static Ledger Spend(Ledger ledger, decimal amount, Allowance? under) => ledger with
    {
        Spent = under is { IsOnTop: true } ? ledger.Spent : ledger.Spent + amount,
        Allowances = under is null ? ledger.Allowances : [.. ledger.Allowances.Select(allowance => allowance.Id == under.Id ? allowance with { Used = allowance.Used + amount } : allowance)],
    };
}
