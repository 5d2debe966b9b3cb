using System.Text;

namespace CoordinationBot.Calendars;

/// <summary>A content line of iCalendar (RFC 5545, 3.1), with the parameters that matter to when somebody is busy.</summary>
/// <param name="Name">Upper case.</param>
/// <param name="Value">As it stands.</param>
internal readonly record struct IcalLine(string Name, string Value)
{
    public string? TzId { get; init; }

    /// <summary><c>VALUE=DATE</c>.</summary>
    public bool IsDate { get; init; }

    /// <summary><c>RANGE=THISANDFUTURE</c>.</summary>
    public bool IsRange { get; init; }

    /// <summary>
    /// The lines of a file, one by one: it may be the largest that is taken, and most of it (descriptions, alarms, attachments) matters to nobody here. That, and that one
    /// rule it does not know makes it throw the whole file away, is why the file is not given to Ical.Net at once.
    /// </summary>
    public static IEnumerable<IcalLine> Read(TextReader text)
    {
        StringBuilder? folded = null;
        var line = "";
        while (text.ReadLine() is { } next)
        {
            if (next.Length > 0 && next[0] is ' ' or '\t')
            {
                (folded ??= new StringBuilder(line)).Append(next, 1, next.Length - 1);
                continue;
            }
            if (Parse(folded?.ToString() ?? line) is { } whole)
            {
                yield return whole;
            }
            (folded, line) = (null, next);
        }
        if (Parse(folded?.ToString() ?? line) is { } last)
        {
            yield return last;
        }
    }

    /// <summary>Null when it is none.</summary>
    private static IcalLine? Parse(string line)
    {
        var end = line.AsSpan().IndexOfAny(';', ':');
        if (end <= 0)
        {
            return null;
        }
        var name = line[..end].Trim().ToUpperInvariant();
        var (tzId, isDate, isRange) = ((string?)null, false, false);
        while (end < line.Length && line[end] == ';')
        {
            var begin = end + 1;
            end = EndOfParameter(line, begin);
            var parameter = line.AsSpan(begin, end - begin);
            var equals = parameter.IndexOf('=');
            if (equals <= 0)
            {
                continue;
            }
            var key = parameter[..equals];
            var value = parameter[(equals + 1)..].Trim('"');
            tzId = key.Equals("TZID", StringComparison.OrdinalIgnoreCase) ? value.ToString() : tzId;
            isDate |= key.Equals("VALUE", StringComparison.OrdinalIgnoreCase) && value.Equals("DATE", StringComparison.OrdinalIgnoreCase);
            isRange |= key.Equals("RANGE", StringComparison.OrdinalIgnoreCase);
        }
        return end < line.Length ? new IcalLine(name, line[(end + 1)..].Trim()) { TzId = tzId, IsDate = isDate, IsRange = isRange } : null;
    }

    // A colon or a semicolon inside quotes belongs to the value: TZID="(UTC+01:00) Berlin".
    private static int EndOfParameter(string line, int at)
    {
        for (var quoted = false; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && line[at] is ';' or ':')
            {
                break;
            }
        }
        return at;
    }
}
