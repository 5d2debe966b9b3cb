using System.Collections.Frozen;
using NodaTime.TimeZones;

namespace CoordinationBot.Dialogs;

/// <summary>Reads a time zone as people type it: by its IANA name, or by a city or a country that has only one.</summary>
internal static class TypedZone
{
    private const int Most = 4;
    private const int LongestTyped = 60;
    private const int LettersPerMistake = 4;

    /// <summary>The names that mean one place each, without those kept for old programs.</summary>
    private static readonly FrozenSet<string> Names = TzdbDateTimeZoneSource.Default.ZoneLocations!.Select(location => location.ZoneId).Append("UTC").ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly ILookup<string, string> ByCity = Names.ToLookup(City, StringComparer.OrdinalIgnoreCase);

    private static readonly ILookup<string, string> ByCountry = TzdbDateTimeZoneSource.Default.ZoneLocations!.ToLookup(location => location.CountryName, location => location.ZoneId, StringComparer.OrdinalIgnoreCase);

    /// <summary>The IANA name, or what to type instead.</summary>
    public static (string? Zone, string? Problem) Parse(string typed)
    {
        var text = typed.Trim().Trim('.', '"').Trim();
        var name = text.Replace(' ', '_');
        if (Names.TryGetValue(name, out var exact))
        {
            return (exact, null);
        }
        string[] meant = [.. ByCity[text].Concat(ByCountry[text]).Distinct()];
        return meant.Length == 1 ? (meant[0], null)
            : meant.Length == 0 && TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(name, out var old) ? (old, null)
            : (null, Problem(text, meant));
    }

    private static string Problem(string typed, string[] meant)
    {
        if (typed.Length is 0 or > LongestTyped)
        {
            return "Type zone with a place, for example zone Asia/Tokyo, or zone auto to take the zone of your Teams.";
        }
        string[] near = meant.Length > 0 ? meant :
        [
            .. Names.Select(name => (Name: name, Edits: Math.Min(Suggestions.Edits(typed.ToLowerInvariant(), City(name).ToLowerInvariant()), Suggestions.Edits(typed.ToLowerInvariant(), name.ToLowerInvariant()))))
                .Where(entry => entry.Edits <= Math.Max(1, typed.Length / LettersPerMistake) || City(entry.Name).StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .OrderBy(entry => entry.Edits).ThenBy(entry => entry.Name, StringComparer.Ordinal)
                .Select(entry => entry.Name),
        ];
        return near.Length == 0
            ? $"I know no zone called “{typed}”. Type zone with a city near you, for example zone Asia/Tokyo."
            : $"I know no single zone called “{typed}”. Did you mean {string.Join(" or ", near.Take(Most))}?";
    }

    private static string City(string name) => name[(name.LastIndexOf('/') + 1)..].Replace('_', ' ');
}
