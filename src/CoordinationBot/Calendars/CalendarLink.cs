namespace CoordinationBot.Calendars;

/// <summary>A link to a calendar. Whoever has it reads the calendar, so it is a secret: it is never shown whole, and never logged.</summary>
internal static class CalendarLink
{
    private const int Longest = 2_000;

    /// <summary>The address, or why it is none.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="options">Whether plain http is taken.</param>
    public static (Uri? Address, string? Problem) Parse(string typed, CalendarOptions options)
    {
        var text = typed.Trim().Trim('<', '>', '"');
        if (text.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("webcals://", StringComparison.OrdinalIgnoreCase))
        {
            text = $"https{text[text.IndexOf(':', StringComparison.Ordinal)..]}";
        }
        return text.Length > Longest || text.Any(char.IsWhiteSpace) || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Host.Length == 0
            ? (null, "I need the link to a calendar, like calendar https://calendar.example.com/mine.ics. Type calendar to see how it stands.")
            : Refuse(address, options) is { } problem ? (null, problem) : (address, null);
    }

    /// <summary>Why an address is not even tried, or null. Asked again at every redirect.</summary>
    public static string? Refuse(Uri address, CalendarOptions options) =>
        address.Scheme != Uri.UriSchemeHttps && !(options.DangerouslyAllowPrivateAddresses && address.Scheme == Uri.UriSchemeHttp) ? "A calendar is read over https alone. Please use a link that begins with https or webcal."
        : !address.IsDefaultPort && !options.DangerouslyAllowPrivateAddresses ? "A calendar is read at the usual port of https alone. Please use a link without a number after the name of the host."
        : address.UserInfo.Length > 0 ? "That link holds a name or a password before the @. Please use a link without."
        : null;

    /// <summary>What of it may be shown.</summary>
    public static string Shown(string link) => $"{new Uri(link).IdnHost}/…";
}
