namespace CoordinationBot.Calendars;

/// <summary>A start that a rule does not make: RDATE, with an end of its own when it is a period.</summary>
internal readonly record struct IcalExtra(IcalTime Start, IcalTime? End, string? Length);

/// <summary>What an event of a file says about when somebody is busy.</summary>
internal sealed class IcalEvent
{
    public string Uid { get; private set; } = "";

    public IcalTime? Start { get; private set; }

    public IcalTime? End { get; private set; }

    /// <summary>DURATION as it stands.</summary>
    public string? Length { get; private set; }

    /// <summary>RRULE as it stands.</summary>
    public string? Rule { get; private set; }

    public List<IcalTime> LeftOut { get; } = [];

    public List<IcalExtra> Extras { get; } = [];

    /// <summary>RECURRENCE-ID: it takes the place of this occurrence.</summary>
    public IcalTime? Replaces { get; private set; }

    /// <summary>Something that matters could not be read, so nobody knows when it is.</summary>
    public bool IsUnreadable { get; private set; }

    private bool _isTransparent;
    private string? _status;
    private string? _busyStatus;

    /// <summary>As what it counts; null: not at all.</summary>
    public BusyKind? Kind => _isTransparent || _status == "CANCELLED" ? null : _busyStatus switch
    {
        // Somebody who works elsewhere works.
        "FREE" or "WORKINGELSEWHERE" => null,
        "BUSY" => BusyKind.Busy,
        "TENTATIVE" => BusyKind.Tentative,
        "OOF" => BusyKind.Away,
        _ => _status == "TENTATIVE" ? BusyKind.Tentative : BusyKind.Busy,
    };

    /// <summary>Takes in one of its lines.</summary>
    public void Add(IcalLine line)
    {
        switch (line.Name)
        {
            case "UID":
                Uid = line.Value;
                break;
            case "DTSTART":
                Start = Time(line);
                break;
            case "DTEND":
                End = Time(line);
                break;
            case "DURATION":
                Length = line.Value;
                break;
            case "RRULE":
                // RFC 5545 knows one rule; the old standard knew several, and what they make together is not guessed.
                IsUnreadable |= Rule is not null;
                Rule = line.Value;
                break;
            case "EXRULE":
                IsUnreadable = true;
                break;
            case "EXDATE":
                LeftOut.AddRange(Values(line).Select(value => Time(line with { Value = value })).OfType<IcalTime>());
                break;
            case "RDATE":
                Extras.AddRange(Values(line).Select(value => Extra(line, value)).OfType<IcalExtra>());
                break;
            case "RECURRENCE-ID":
                // What takes the place of all that follow is written by no calendar that was seen.
                IsUnreadable |= line.IsRange;
                Replaces = Time(line);
                break;
            case "TRANSP":
                _isTransparent = line.Value.Equals("TRANSPARENT", StringComparison.OrdinalIgnoreCase);
                break;
            case "STATUS":
                _status = line.Value.ToUpperInvariant();
                break;
            case "X-MICROSOFT-CDO-BUSYSTATUS":
                _busyStatus = line.Value.ToUpperInvariant();
                break;
        }
    }

    private static string[] Values(IcalLine line) => line.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private IcalTime? Time(IcalLine line)
    {
        var time = IcalTime.Parse(line.Value, line.TzId);
        IsUnreadable |= time is null;
        return time;
    }

    private IcalExtra? Extra(IcalLine line, string value)
    {
        var parts = value.Split('/');
        return Time(line with { Value = parts[0] }) is not { } start ? null
            : parts.Length == 1 ? new IcalExtra(start, null, null)
            : parts[1].StartsWith('P') ? new IcalExtra(start, null, parts[1])
            : new IcalExtra(start, Time(line with { Value = parts[1] }), null);
    }
}
