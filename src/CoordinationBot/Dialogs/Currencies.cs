using System.Collections.Frozen;

namespace CoordinationBot.Dialogs;

/// <summary>The currencies of ISO 4217 that people pay with, and the signs and words by which they type them.</summary>
/// <remarks>A table, because under InvariantGlobalization the platform knows none, and the packages that do cannot be restored from the package source.</remarks>
internal static class Currencies
{
    private const int Usual = 2;

    private static readonly FrozenDictionary<string, int> Decimals = Table(
        (Usual, """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN
            ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD
            MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
            SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
            """),
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"),
        (3, "BHD IQD JOD KWD LYD OMR TND"));

    // Only what means one currency and no other.
    private static readonly FrozenDictionary<string, string> Signs = Named("""
        €=EUR EURO=EUR EUROS=EUR £=GBP US$=USD A$=AUD AU$=AUD C$=CAD CA$=CAD HK$=HKD NZ$=NZD S$=SGD NT$=TWD R$=BRL MX$=MXN RMB=CNY YUAN=CNY CN¥=CNY YEN=JPY
        JP¥=JPY ₹=INR ₩=KRW ₺=TRY ₴=UAH ₪=ILS ₫=VND ₽=RUB ₱=PHP ฿=THB ₦=NGN ₸=KZT ZŁ=PLN KČ=CZK FT=HUF
        """);

    private static readonly FrozenDictionary<string, string> Shared = Named("""
        $=USD DOLLAR=USD DOLLARS=USD ¥=CNY KR=SEK KR.=DKK POUND=GBP POUNDS=GBP FRANC=CHF FRANCS=CHF FR=CHF FR.=CHF RS=INR RS.=INR PESO=MXN PESOS=MXN
        """);

    /// <summary>The code of what was typed: a code, a sign or a word. Null when no currency is called so, or more than one.</summary>
    public static string? Find(string typed) =>
        typed.ToUpperInvariant() is var code && Decimals.ContainsKey(code) ? code : Signs.GetValueOrDefault(typed);

    /// <summary>One of the currencies that share this sign, as an example; null when none does.</summary>
    public static string? ExampleFor(string sign) => Shared.GetValueOrDefault(sign);

    /// <summary>How many decimals an amount of it may have.</summary>
    public static int DecimalsOf(string code) => Decimals.GetValueOrDefault(code, Usual);

    /// <summary>All codes.</summary>
    public static IEnumerable<string> Codes => Decimals.Keys;

    private static FrozenDictionary<string, string> Named(string pairs) =>
        pairs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);

    private static FrozenDictionary<string, int> Table(params (int Decimals, string Codes)[] rows) =>
        rows.SelectMany(row => row.Codes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(code => KeyValuePair.Create(code, row.Decimals))).ToFrozenDictionary(StringComparer.Ordinal);
}
