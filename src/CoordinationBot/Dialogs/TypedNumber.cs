using System.Globalization;
using System.Text.RegularExpressions;

namespace CoordinationBot.Dialogs;

/// <summary>Reads a whole number as people type it: "12", "1,200", "1 200". What may be a fraction ("1.200") is none.</summary>
internal static partial class TypedNumber
{
    /// <summary>The number, or why it is none that fits.</summary>
    public static (int Number, string? Problem) Parse(string typed, int smallest, int largest)
    {
        var match = Shape().Match(typed.Trim());
        if (!match.Success)
        {
            return (0, $"Please type a whole number{Range(smallest, largest)}.");
        }
        // What does not even fit a decimal is too large or too small like any other.
        return decimal.TryParse(string.Concat(match.Groups["number"].Value.Where(letter => letter is '-' || char.IsAsciiDigit(letter))), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= smallest && number <= largest
            ? ((int)number, null)
            : (0, $"That is {(match.Value[0] == '-' || number < smallest ? "too small" : "too large")}. Please type a whole number{Range(smallest, largest)}.");
    }

    public static string Range(int smallest, int largest) => largest == int.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $", {smallest:N0} or more")
        : string.Create(CultureInfo.InvariantCulture, $" from {smallest:N0} to {largest:N0}");

    // Some clients send "3.0" for 3.
    [GeneratedRegex("^(?<number>-?(?:[0-9]{1,40}|[0-9]{1,3}(?:[, ][0-9]{3}){1,9}))(?:\\.0)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
