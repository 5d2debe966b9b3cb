using System.Globalization;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Dialogs;

/// <summary>Zones by their IANA names.</summary>
internal static class Zones
{
    /// <summary>A client may name one that does not exist.</summary>
    public static bool Exists(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is not null;

    /// <summary>UTC where there is none of that name, and what is shown says so.</summary>
    public static DateTimeZone Find(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? DateTimeZone.Utc;

    /// <summary>A day in words.</summary>
    public static string Read(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>An instant in words, with its zone.</summary>
    public static string Read(DateTimeOffset at, string zone) => TypedDate.ReadBack(at.ToInstant().InZone(Find(zone)));
}
