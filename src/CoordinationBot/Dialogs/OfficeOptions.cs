using System.ComponentModel.DataAnnotations;
using System.Globalization;
using NodaTime;

namespace CoordinationBot.Dialogs;

/// <summary>What holds for the whole office where a person has nothing of their own. Section <c>Office</c>.</summary>
internal sealed class OfficeOptions
{
    /// <summary>IANA zone of people whose client names none.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary>End of the working day, <c>HH:mm</c>: the time of a deadline that names none.</summary>
    [RegularExpression("^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    public string WorkdayEnd { get; set; } = "17:00";

    /// <summary>Who sets mandates and policies: Entra object ids, or mail addresses of people in the bot's own tenant.</summary>
    public IList<string> Administrators { get; } = [];

    public LocalTime DayEnds => LocalTime.FromTimeOnly(TimeOnly.ParseExact(WorkdayEnd, "HH:mm", CultureInfo.InvariantCulture));

    public string? Problem() => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is null ? $"Office:Zone '{Zone}' is not an IANA time zone, for example Europe/Berlin." : null;
}
