using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace CoordinationBot.Calendars;

/// <summary>A STANDARD or DAYLIGHT part of a VTIMEZONE.</summary>
internal sealed class IcalObservance
{
    public LocalDateTime? Start { get; private set; }

    public Offset? Before { get; private set; }

    public Offset? After { get; private set; }

    public string? Rule { get; private set; }

    public List<LocalDateTime> Extras { get; } = [];

    public void Add(IcalLine line)
    {
        switch (line.Name)
        {
            case "DTSTART":
                Start = IcalTime.Parse(line.Value, null)?.Local;
                break;
            case "TZOFFSETFROM":
                Before = OffsetOf(line.Value);
                break;
            case "TZOFFSETTO":
                After = OffsetOf(line.Value);
                break;
            case "RRULE":
                Rule = line.Value;
                break;
            case "RDATE":
                Extras.AddRange(line.Value.Split(',').Select(value => IcalTime.Parse(value.Trim(), null)?.Local).OfType<LocalDateTime>());
                break;
        }
    }

    private static Offset? OffsetOf(string value)
    {
        var isNegative = value.StartsWith('-');
        var digits = value.TrimStart('+', '-');
        if (digits.Length is not (4 or 6) || !int.TryParse(digits.PadRight(6, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }
        var seconds = (number / 10_000 * 3600) + (number / 100 % 100 * 60) + (number % 100);
        return seconds > 18 * 3600 ? null : Offset.FromSeconds(isNegative ? -seconds : seconds);
    }
}

/// <summary>The zones that a file names: by IANA, by Windows, or as the file itself defines them.</summary>
/// <param name="defined">VTIMEZONE parts by TZID.</param>
/// <param name="own">Where times without a zone are meant.</param>
/// <param name="horizon">A defined zone is worked out for this time.</param>
internal sealed class IcalZones(IReadOnlyDictionary<string, List<IcalObservance>> defined, DateTimeZone own, Interval horizon)
{
    private readonly Dictionary<string, DateTimeZone?> _known = new(StringComparer.Ordinal);

    public DateTimeZone Own => own;

    /// <summary>Null when nobody knows it.</summary>
    public DateTimeZone? Of(IcalTime time) => time.IsUtc ? DateTimeZone.Utc : time.TzId is { } name ? Find(name) : own;

    private DateTimeZone? Find(string name)
    {
        if (!_known.TryGetValue(name, out var zone))
        {
            zone = _known[name] = Named(name) ?? (defined.TryGetValue(name, out var parts) ? Defined(name, parts) : null);
        }
        return zone;
    }

    /// <summary>A name that everybody knows means more than what a file says of it: Outlook writes the rules of this year for all years.</summary>
    public static DateTimeZone? Named(string name)
    {
        var tzdb = DateTimeZoneProviders.Tzdb;
        if (tzdb.GetZoneOrNull(name) is { } zone)
        {
            return zone;
        }
        if (TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(name, out var mapped))
        {
            return tzdb.GetZoneOrNull(mapped);
        }
        // "/freeassociation.sourceforge.net/Europe/Berlin", "/mozilla.org/20050126_1/America/Argentina/Salta".
        var parts = name.Split('/');
        for (var from = 1; name.StartsWith('/') && from < parts.Length; from++)
        {
            if (tzdb.GetZoneOrNull(string.Join('/', parts[from..])) is { } inside)
            {
                return inside;
            }
        }
        return null;
    }

    private DefinedZone? Defined(string name, List<IcalObservance> parts)
    {
        List<(Instant At, Offset Before, Offset After)> changes = [];
        foreach (var part in parts)
        {
            if (part is not { Start: { } start, Before: { } before, After: { } after })
            {
                return null;
            }
            var end = horizon.End.InUtc().LocalDateTime.PlusDays(2);
            foreach (var onset in part.Extras.Concat(part.Rule is { } rule ? IcalRules.Starts(rule, start, false, DateTimeZone.Utc, start).TakeWhile(onset => onset < end) : [start]))
            {
                changes.Add((onset.WithOffset(before).ToInstant(), before, after));
            }
        }
        return changes.Count == 0 ? null : new DefinedZone(name, [.. changes.OrderBy(change => change.At)]);
    }

    /// <summary>As a file defines it.</summary>
    private sealed class DefinedZone(string name, (Instant At, Offset Before, Offset After)[] changes)
        : DateTimeZone(name, false, changes.Min(change => Offset.Min(change.Before, change.After)), changes.Max(change => Offset.Max(change.Before, change.After)))
    {
        public override ZoneInterval GetZoneInterval(Instant instant)
        {
            var next = Array.FindIndex(changes, change => change.At > instant);
            var last = next < 0 ? changes.Length - 1 : next - 1;
            return new ZoneInterval(Id, last < 0 ? null : changes[last].At, next < 0 ? null : changes[next].At, last < 0 ? changes[0].Before : changes[last].After, Offset.Zero);
        }
    }
}
