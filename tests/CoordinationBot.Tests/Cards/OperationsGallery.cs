using CoordinationBot.Operations;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Cards;

/// <summary>The cards for those who run the host.</summary>
internal static class OperationsGallery
{
    private const string Zone = "Europe/Berlin";
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("about-well", _ => AboutCards.About(new("CoordinationBot 1.0.0.0", Now.AddHours(-75), StorageProvider.Azure, null, 0, 0, new(TimeSpan.FromMilliseconds(-300), "login.botframework.com", Now.AddHours(-2))), Now, Zone, TimeZones));
        yield return ("about-behind", _ => AboutCards.About(new("CoordinationBot 1.0.0.0", Now.AddMinutes(-4), StorageProvider.Sqlite, Now.AddSeconds(-95), 8, 3, null), Now, Zone, TimeZones));
        yield return ("about-clock-wrong", _ => AboutCards.About(new("CoordinationBot 1.0.0.0", Now.AddSeconds(-40), StorageProvider.Azure, Now.AddSeconds(-2), 1, TableLimits.MaxTake, new(TimeSpan.FromSeconds(75), "login.botframework.com", Now.AddSeconds(-39))), Now, Zone, TimeZones));
        yield return ("poison-none", _ => PoisonCards.List([], Zone, "“delegation” runs again."));
        foreach (var count in (int[])[1, PoisonCards.Shown + 5])
        {
            yield return ($"poison-{count}", office => PoisonCards.List([.. Enumerable.Range(0, count).Select(number => new PoisonedWork(office.Typed("delegation", WorkLimits.MaxKindLength), $"t|D|D-{number}", nameof(InvalidDataException), 5, Now.AddMinutes(-7 * number)))], Zone));
        }
    }

    // Those of the running bot change with each update of its rules.
    private const string TimeZones = "IANA tz database 2026a, as it comes with NodaTime 3.3.7";
}
