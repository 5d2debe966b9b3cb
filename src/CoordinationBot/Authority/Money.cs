using CoordinationBot.Dialogs;

namespace CoordinationBot.Authority;

/// <summary>An amount of one currency, exact to the smallest coin. Amounts of two currencies are never added or compared.</summary>
/// <param name="Amount">Zero or more, at most <see cref="Most"/>.</param>
/// <param name="Currency">ISO 4217 code, for example EUR.</param>
internal sealed record Money(decimal Amount, string Currency)
{
    /// <summary>The largest amount anybody may write: sums of thousands of them still fit.</summary>
    public const decimal Most = TypedMoney.Most;

    /// <summary>As a draft holds it: <c>1200.50 EUR</c>.</summary>
    public string Canonical => TypedMoney.Canonical(Amount, Currency);

    /// <summary>From what a draft holds.</summary>
    public static Money FromCanonical(string stored)
    {
        var (amount, currency) = TypedMoney.FromCanonical(stored);
        return new(amount, currency);
    }

    /// <summary>For people: <c>1,200.50 EUR</c>.</summary>
    public override string ToString() => TypedMoney.ReadBack(Amount, Currency);
}
