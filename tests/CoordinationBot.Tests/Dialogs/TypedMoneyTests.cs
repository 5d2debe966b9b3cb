using CoordinationBot.Dialogs;

namespace CoordinationBot.Tests.Dialogs;

public class TypedMoneyTests
{
    [Theory]
    [InlineData("1,200 EUR", "1200.00 EUR")]
    [InlineData("EUR 1200.50", "1200.50 EUR")]
    [InlineData("1.200,50 €", "1200.50 EUR")]
    [InlineData("1.200 €", "1200.00 EUR")]
    [InlineData("€1,200.50", "1200.50 EUR")]
    [InlineData("5k EUR", "5000.00 EUR")]
    [InlineData("1.5k eur", "1500.00 EUR")]
    [InlineData("2 thousand euros", "2000.00 EUR")]
    [InlineData("1.5 million USD", "1500000.00 USD")]
    [InlineData("usd5", "5.00 USD")]
    [InlineData("US$ 5", "5.00 USD")]
    [InlineData("CHF 1'200.-", "1200.00 CHF")]
    [InlineData("CHF 1’200,50", "1200.50 CHF")]
    [InlineData("1 200 300,5 PLN", "1200300.50 PLN")]
    [InlineData("1\u00a0200\u202f300 EUR", "1200300.00 EUR")]
    [InlineData("12,00,000 INR", "1200000.00 INR")]
    [InlineData("1,200,300 JPY", "1200300 JPY")]
    [InlineData("1.200 JPY", "1200 JPY")]
    [InlineData("0,5 EUR", "0.50 EUR")]
    [InlineData(".50 EUR", "0.50 EUR")]
    [InlineData("1200.500 KWD", "1200.500 KWD")]
    [InlineData("1.2 KWD", "1.200 KWD")]
    [InlineData("500 EUR.", "500.00 EUR")]
    [InlineData("5,- EUR", "5.00 EUR")]
    [InlineData("999,999,999,999.99 EUR", "999999999999.99 EUR")]
    [InlineData("+5 EUR", "5.00 EUR")]
    [InlineData("0005 EUR", "5.00 EUR")]
    public void An_amount_is_read_as_people_type_it(string typed, string canonical)
    {
        var understood = Assert.IsType<TypedMoneyResult.Understood>(TypedMoney.Parse(typed));
        Assert.Equal(canonical, TypedMoney.Canonical(understood.Amount, understood.Currency));
    }

    [Theory]
    [InlineData("", TypedMoneySentences.NotMoney)]
    [InlineData("   ", TypedMoneySentences.NotMoney)]
    [InlineData("a lot", TypedMoneySentences.NotMoney)]
    [InlineData("EUR", TypedMoneySentences.NotMoney)]
    [InlineData("twelve euros", TypedMoneySentences.NotMoney)]
    [InlineData("5 EUR 6 USD", TypedMoneySentences.NotMoney)]
    [InlineData("EUR 5 USD", TypedMoneySentences.NotMoney)]
    [InlineData("1,20,0 EUR", TypedMoneySentences.NotMoney)]
    [InlineData("1.200,300.50 EUR", TypedMoneySentences.NotMoney)]
    [InlineData("1,200.300,50 EUR", TypedMoneySentences.NotMoney)]
    [InlineData("1 200,300 400 EUR", TypedMoneySentences.NotMoney)]
    [InlineData("12,,5 EUR", TypedMoneySentences.NotMoney)]
    [InlineData("1e9 EUR", TypedMoneySentences.NotMoney)]
    [InlineData("٥ EUR", TypedMoneySentences.NotMoney)]
    [InlineData("1,200", "Please add the currency, for example 1,200 EUR.")]
    [InlineData("5k", "Please add the currency, for example 5k EUR.")]
    [InlineData("5 XYZ", "I do not know the currency “XYZ”. Use a code like EUR, USD or CNY.")]
    [InlineData("5 bananas", "I do not know the currency “bananas”. Use a code like EUR, USD or CNY.")]
    [InlineData("$5", "“$” is used for several currencies. Type the code, for example 5 USD.")]
    [InlineData("¥500", "“¥” is used for several currencies. Type the code, for example 500 CNY.")]
    [InlineData("100 kr", "“kr” is used for several currencies. Type the code, for example 100 SEK.")]
    [InlineData("-5 EUR", TypedMoneySentences.Negative)]
    [InlineData("−5 EUR", TypedMoneySentences.Negative)]
    [InlineData("EUR -5", TypedMoneySentences.Negative)]
    [InlineData("-€5", TypedMoneySentences.Negative)]
    [InlineData("0 EUR", "The amount must be more than zero. Type it like 1,200 EUR.")]
    [InlineData("1,000,000,000,000 EUR", "That is too much to write here: the largest amount is 999,999,999,999.99 EUR.")]
    [InlineData("999999999999999999999999999999999999 EUR", "That is too much to write here: the largest amount is 999,999,999,999.99 EUR.")]
    [InlineData("999999999999999999 million EUR", "That is too much to write here: the largest amount is 999,999,999,999.99 EUR.")]
    [InlineData("1.234,567 EUR", "EUR has 2 decimals at most. Type it like 1,200.50 EUR.")]
    [InlineData("0.005 EUR", "EUR has 2 decimals at most. Type it like 1,200.50 EUR.")]
    [InlineData("1.50 JPY", "JPY has no smaller coins. Type a whole amount, like 1,200 JPY.")]
    [InlineData("1.200 KWD", "“1.200” can be 1,200 KWD or 1.2 KWD. Type 1200 KWD or 1.2 KWD.")]
    [InlineData("1,500k EUR", "“1,500” can be 1,500,000 EUR or 1500 EUR. Type 1500000 EUR or 1500 EUR.")]
    public void What_is_no_amount_is_answered_with_what_to_type(string typed, string sentence) =>
        Assert.Equal(sentence, Assert.IsType<TypedMoneyResult.NotUnderstood>(TypedMoney.Parse(typed)).Sentence);

    [Fact]
    public void Zero_and_a_smaller_largest_amount_are_the_fields_own()
    {
        Assert.Equal(new TypedMoneyResult.Understood(0, "EUR"), TypedMoney.Parse("0 EUR", allowsZero: true));
        Assert.Equal("That is too much to write here: the largest amount is 500 EUR.", Assert.IsType<TypedMoneyResult.NotUnderstood>(TypedMoney.Parse("500.01 EUR", largest: 500)).Sentence);
    }
}
