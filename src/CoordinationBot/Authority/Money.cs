using System.Globalization;

namespace CoordinationBot.Authority;

/// <summary>An amount of one currency, exact to the smallest coin. Amounts of two currencies are never added or compared.</summary>
/// <param name="Amount">Zero or more, at most <see cref="Most"/>.</param>
/// <param name="Currency">ISO 4217 code, for example EUR.</param>
internal sealed record Money(decimal Amount, string Currency)
{
    /// <summary>The largest amount anybody may write: sums of thousands of them still fit.</summary>
    public const decimal Most = 999_999_999_999.99m;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount:#,##0.##} {Currency}");
}
