using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.Calendars;

/// <summary>A date or a time as it stands in a file: in UTC, in a zone, or floating.</summary>
/// <param name="Local">For a date its midnight.</param>
/// <param name="IsDate">A whole day.</param>
/// <param name="IsUtc">Ends with Z.</param>
/// <param name="TzId">Zone by the name that the file uses; null: floating, if not UTC.</param>
internal readonly record struct IcalTime(LocalDateTime Local, bool IsDate, bool IsUtc, string? TzId)
{
    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");
    private static readonly LocalDateTimePattern DateTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    /// <summary>Null when it is none.</summary>
    public static IcalTime? Parse(string value, string? tzId)
    {
        var isUtc = value.EndsWith('Z');
        return value.Length == 8 && Date.Parse(value) is { Success: true } date ? new IcalTime(date.Value.AtMidnight(), true, false, null)
            : DateTime.Parse(isUtc ? value[..^1] : value) is { Success: true } time ? new IcalTime(time.Value, false, isUtc, isUtc ? null : tzId)
            : null;
    }
}
