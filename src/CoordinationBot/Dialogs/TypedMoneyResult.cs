namespace CoordinationBot.Dialogs;

/// <summary>What became of a typed amount: an amount of one currency, or one sentence that says what to type instead.</summary>
internal abstract record TypedMoneyResult
{
    private TypedMoneyResult()
    {
    }

    /// <param name="Amount">With no more decimals than the currency has.</param>
    /// <param name="Currency">ISO 4217 code.</param>
    internal sealed record Understood(decimal Amount, string Currency) : TypedMoneyResult;

    internal sealed record NotUnderstood(string Sentence) : TypedMoneyResult;
}
