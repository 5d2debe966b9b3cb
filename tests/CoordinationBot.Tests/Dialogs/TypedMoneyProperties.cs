using CoordinationBot.Dialogs;
using CsCheck;

namespace CoordinationBot.Tests.Dialogs;

public class TypedMoneyProperties
{
    private static readonly string[] Codes = [.. Currencies.Codes.Order(StringComparer.Ordinal)];

    private static readonly Gen<(decimal Amount, string Currency)> Any =
        Gen.Select(Gen.Int[0, Codes.Length - 1], Gen.OneOf(Gen.Long[1, 5_000], Gen.Long[1, 99_999_999_999_999]), (code, coins) => (coins / Unit(Codes[code]), Codes[code]))
            .Where(money => money.Item1 <= TypedMoney.Most);

    private static readonly string[] Parts = ["1", "200", "1,200", ".5", ",", "'", " ", "-", "k", "EUR", "€", "KWD", "JPY", "kr", "XYZ", "million", "\u00a0", "00"];
    private static readonly Gen<string> Part = Gen.Int[0, Parts.Length - 1].Select(index => Parts[index]);

    private static readonly Gen<string> Typed = Gen.OneOf(
        Part.Array[0, 6].Select(string.Concat),
        Gen.String,
        Gen.Char["0123456789.,' -+kEURSD€$\u0661🎉"].Array[0, 40].Select(letters => new string(letters)));

    [Fact]
    public void What_is_written_is_read_back() =>
        Any.Sample(money =>
        {
            var canonical = TypedMoney.Canonical(money.Amount, money.Currency);
            return TypedMoney.FromCanonical(canonical) == money
                && TypedMoney.Parse(TypedMoney.ForInput(money.Amount, money.Currency)) is TypedMoneyResult.Understood read
                && (read.Amount, read.Currency) == money
                && TypedMoney.Canonical(read.Amount, read.Currency) == canonical;
        });

    [Fact]
    public void Whatever_is_typed_gives_an_amount_that_can_be_paid_or_a_sentence() =>
        Typed.Sample(typed => TypedMoney.Parse(typed) switch
        {
            TypedMoneyResult.Understood { Amount: var amount, Currency: var currency } => amount is > 0 and <= TypedMoney.Most && amount == decimal.Round(amount, Currencies.DecimalsOf(currency)),
            TypedMoneyResult.NotUnderstood not => not.Sentence.Length is > 10 and < 400,
            _ => false,
        });

    /// <summary>Thousands by commas and a point, or by points and a comma: the same amount.</summary>
    [Fact]
    public void Both_ways_to_write_thousands_mean_the_same() =>
        Any.Where(money => Currencies.DecimalsOf(money.Currency) == 2).Sample(money =>
        {
            var english = TypedMoney.ReadBack(money.Amount, money.Currency);
            var german = string.Concat(english.Select(letter => letter switch { ',' => '.', '.' => ',', _ => letter }));
            return TypedMoney.Parse(english) == TypedMoney.Parse(german);
        });

    private static decimal Unit(string code) => Currencies.DecimalsOf(code) switch { 0 => 1, 3 => 1000, _ => 100 };
}
