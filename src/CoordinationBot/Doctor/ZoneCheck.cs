using CoordinationBot.Dialogs;
using CoordinationBot.Operations;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;
using NodaTime.Utility;

namespace CoordinationBot.Doctor;

/// <summary>Whether the rules of the time zones are there, and the office's own among them.</summary>
internal static class ZoneCheck
{
    public static Task<Finding> RunAsync(IServiceProvider services, CancellationToken cancel) => Task.FromResult(Find(services));

    private static Finding Find(IServiceProvider services)
    {
        try
        {
            TzdbDateTimeZoneSource.Default.Validate();
        }
        catch (InvalidNodaDataException failure)
        {
            return Finding.Wrong(failure.Message, "Publish the bot again: its NodaTime is damaged.");
        }
        var office = services.GetRequiredService<OfficeOptions>().Zone;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(office) is not { } zone)
        {
            return Finding.Wrong($"Office:Zone is {office}, which the {HostFacts.TimeZones}, does not have.", "Set it to an IANA name such as Europe/Berlin.");
        }
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().ToInstant();
        return Finding.Ok($"{HostFacts.TimeZones}; in {office} it is {now.InZone(zone).ToDateTimeOffset():yyyy-MM-dd HH:mm zzz}.");
    }
}
