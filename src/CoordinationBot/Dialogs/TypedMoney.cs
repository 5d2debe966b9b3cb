using System.Globalization;
using System.Text.RegularExpressions;

namespace CoordinationBot.Dialogs;

/// <summary>
/// Reads an amount of money as people type it: "1,200 EUR", "EUR 1200.50", "1.200,50 €", "5k USD". What has two readings is asked, never guessed.
/// Whoever uses one shows <see cref="ReadBack"/> first.
/// </summary>
/// <remarks>Our own, as no package for it can be restored from the package source (NodaMoney).</remarks>
internal static partial class TypedMoney
{
    /// <summary>The largest amount anybody may write: sums of thousands of them still fit.</summary>
    public const decimal Most = 999_999_999_999.99m;

    private const int LongestTyped = 60;
    private const int MostDigits = 18;
    private const int Group = 3;

    /// <param name="typed">As typed.</param>
    /// <param name="largest">More than this is refused.</param>
    /// <param name="allowsZero">Whether nothing at all is an amount here.</param>
    public static TypedMoneyResult Parse(string typed, decimal largest = Most, bool allowsZero = false)
    {
        var text = Cleaned(typed);
        if (text.Length is 0 or > LongestTyped || Shape().Match(text) is not { Success: true } match)
        {
            return No(TypedMoneySentences.NotMoney);
        }
        var (before, number, times, after) = (match.Groups["before"].Value.Trim(), match.Groups["number"].Value.Trim(), match.Groups["times"].Value, match.Groups["after"].Value.Trim());
        if (before.Length > 0 && after.Length > 0)
        {
            return No(TypedMoneySentences.NotMoney);
        }
        var sign = before.Length > 0 ? before : after;
        if (sign.Length == 0)
        {
            return No(TypedMoneySentences.NoCurrency(number + times));
        }
        if (Currencies.Find(sign) is not { } currency)
        {
            return No(Currencies.ExampleFor(sign) is { } example ? TypedMoneySentences.Shared(sign, number + times, example) : TypedMoneySentences.Unknown(sign));
        }
        return match.Groups["minus"].Length > 0 ? No(TypedMoneySentences.Negative) : Amount(number, Factor(times), currency, largest, allowsZero);
    }

    /// <summary>The one form in which it is stored: <c>1200.50 EUR</c>.</summary>
    public static string Canonical(decimal amount, string currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount.ToString($"F{Currencies.DecimalsOf(currency)}", CultureInfo.InvariantCulture)} {currency}");

    /// <summary>Reads what <see cref="Canonical"/> wrote.</summary>
    public static (decimal Amount, string Currency) FromCanonical(string stored) =>
        (decimal.Parse(stored.AsSpan(0, stored.IndexOf(' ', StringComparison.Ordinal)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), stored[(stored.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

    /// <summary>In words for people: <c>1,200.50 EUR</c>, and <c>1,200 EUR</c> where there are no cents.</summary>
    public static string ReadBack(decimal amount, string currency) =>
        $"{amount.ToString(amount == decimal.Truncate(amount) ? "N0" : $"N{Currencies.DecimalsOf(currency)}", CultureInfo.InvariantCulture)} {currency}";

    /// <summary>As it stands in an input: has one reading only, and that is this amount.</summary>
    public static string ForInput(decimal amount, string currency) =>
        Currencies.DecimalsOf(currency) < Group ? ReadBack(amount, currency)
            : $"{amount.ToString(amount == decimal.Truncate(amount) ? "F0" : "F4", CultureInfo.InvariantCulture)} {currency}";

    private static TypedMoneyResult Amount(string number, decimal factor, string currency, decimal largest, bool allowsZero)
    {
        var decimals = Currencies.DecimalsOf(currency);
        if (Split(number) is not var (whole, fraction, isSure) || whole.TrimStart('0').Length > MostDigits)
        {
            return No(number.Count(char.IsAsciiDigit) > MostDigits ? TypedMoneySentences.TooMuch(largest, currency) : TypedMoneySentences.NotMoney);
        }
        // A single separator before three digits: thousands, unless three decimals make sense here.
        if (!isSure && factor == 1 && decimals < Group)
        {
            (whole, fraction) = (whole + fraction, "");
        }
        else if (!isSure)
        {
            return No(TypedMoneySentences.TwoReadings(number, Value(whole + fraction, "") * factor, Value(whole, fraction) * factor, currency));
        }
        // A zero too many is no mistake where it says that the sign before it is not the one for thousands: "1.2340 KWD".
        if (factor == 1 && fraction.Length > (decimals == Group ? Group + 1 : decimals))
        {
            return No(TypedMoneySentences.TooExact(currency, decimals));
        }
        var amount = Value(whole, fraction) * factor;
        return amount > largest ? No(TypedMoneySentences.TooMuch(largest, currency))
            : amount != decimal.Round(amount, decimals) ? No(TypedMoneySentences.TooExact(currency, decimals))
            : amount == 0 && !allowsZero ? No(TypedMoneySentences.Zero(currency))
            : new TypedMoneyResult.Understood(decimal.Round(amount, decimals), currency);
    }

    /// <summary>Digits before and after the decimal sign, and whether the sign can be nothing else; null when the separators make no sense.</summary>
    private static (string Whole, string Fraction, bool IsSure)? Split(string number)
    {
        var last = number.LastIndexOfAny(['.', ',']);
        var isRepeated = last >= 0 && number.IndexOf(number[last], StringComparison.Ordinal) != last;
        if (last < 0 || isRepeated)
        {
            return IsGrouped(number) ? (Digits(number), "", true) : null;
        }
        var (before, after) = (number[..last], number[(last + 1)..]);
        // "1,200.50": the other separators stand for thousands, all of one kind and none like the decimal sign.
        if (!after.All(char.IsAsciiDigit) || (before.Length > 0 && !IsGrouped(before)))
        {
            return null;
        }
        var hasOthers = before.Any(letter => !char.IsAsciiDigit(letter));
        var canBeThousands = after.Length == Group && before.Length is >= 1 and <= Group && before[0] != '0' && !hasOthers;
        return after.Length == 0 ? null : (Digits(before), after, !canBeThousands);
    }

    /// <summary>Digits alone, or parted by one kind of separator: in threes, or as in India (12,00,000).</summary>
    private static bool IsGrouped(string number)
    {
        var parts = number.Split('.', ',', '\'', ' ');
        var kinds = number.Where(letter => !char.IsAsciiDigit(letter)).Distinct().Count();
        if (parts.Length == 1)
        {
            return parts[0].Length > 0;
        }
        var inner = parts[1..^1];
        return kinds == 1
            && parts[0].Length is >= 1 and <= Group && parts[0][0] != '0'
            && parts[^1].Length == Group
            && (inner.All(part => part.Length == Group) || (number.Contains(',', StringComparison.Ordinal) && parts[0].Length <= 2 && inner.All(part => part.Length == 2)));
    }

    private static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit));

    private static decimal Value(string whole, string fraction) =>
        decimal.Parse($"{(whole.Length == 0 ? "0" : whole)}.{(fraction.Length == 0 ? "0" : fraction)}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static decimal Factor(string times) => times.ToUpperInvariant().Trim() switch
    {
        "" => 1,
        "K" or "THOUSAND" => 1_000,
        _ => 1_000_000,
    };

    /// <summary>One space where there is any, one apostrophe, one minus; without the full stop of a sentence and the dash that stands for no cents ("5,-").</summary>
    private static string Cleaned(string typed)
    {
        var text = string.Concat(typed.Trim().Select(letter => letter switch
        {
            '’' or 'ʼ' or '`' => '\'',
            '−' or '–' or '—' => '-',
            _ when char.IsWhiteSpace(letter) => ' ',
            _ => letter,
        }));
        return NoCents().Replace(text, "${digit}").TrimEnd('.', '!', ',', ' ');
    }

    private static TypedMoneyResult.NotUnderstood No(string sentence) => new(sentence);

    [GeneratedRegex(@"^(?<minus>-)?(?<before>[^0-9\s.,'+-][^0-9\s'+-]{0,11})?\s*\+?(?<minus>-)?\s*(?<number>[.,]?[0-9][0-9.,' ]*?)\s?(?<times>(?:k|thousand|million|mio\.?)(?![a-z]))?\s*(?<after>[^0-9\s.,'+-][^0-9\s'+-]{0,11})?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    [GeneratedRegex(@"(?<digit>[0-9])[.,]-{1,2}(?=\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex NoCents();
}
