using System.Globalization;

namespace CoordinationBot.Dialogs;

/// <summary>Why an amount was not taken, each with what to type instead.</summary>
internal static class TypedMoneySentences
{
    public const string NotMoney = "I could not read that as an amount of money. Type it like 1,200 EUR or 1200.50 EUR.";

    public const string Negative = "An amount cannot be less than zero. Type it like 1,200 EUR.";

    public static string NoCurrency(string number) => $"Please add the currency, for example {number} EUR.";

    public static string Unknown(string typed) => $"I do not know the currency “{typed}”. Use a code like EUR, USD or CNY.";

    public static string Shared(string sign, string number, string example) => $"“{sign}” is used for several currencies. Type the code, for example {number} {example}.";

    public static string Zero(string currency) => $"The amount must be more than zero. Type it like 1,200 {currency}.";

    public static string TooMuch(decimal largest, string currency) => $"That is too much to write here: the largest amount is {TypedMoney.ReadBack(largest, currency)}.";

    public static string TooExact(string currency, int decimals) => decimals == 0
        ? $"{currency} has no smaller coins. Type a whole amount, like 1,200 {currency}."
        : string.Create(CultureInfo.InvariantCulture, $"{currency} has {decimals} decimals at most. Type it like {TypedMoney.ReadBack(1200.5m, currency)}.");

    public static string TwoReadings(string typed, decimal thousands, decimal fraction, string currency) =>
        $"“{typed}” can be {TypedMoney.ReadBack(thousands, currency)} or {Plain(fraction)} {currency}. Type {Plain(thousands)} {currency} or {Plain(fraction)} {currency}.";

    // Without zeros at the end and without thousands separators, so that it has one reading.
    private static string Plain(decimal amount) => amount.ToString("0.####", CultureInfo.InvariantCulture);
}
