using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;

namespace CoordinationBot.Delegations;

/// <summary>Instants in words, always with their zone.</summary>
internal static class DueText
{
    private static readonly ZonedDateTimePattern Pattern =
        ZonedDateTimePattern.CreateWithInvariantCulture("ddd d MMM uuuu, HH:mm '('z')'", null);

    public static string In(DateTimeOffset at, string zone) =>
        Pattern.Format(at.ToInstant().InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc));
}
