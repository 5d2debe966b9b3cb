using System.Globalization;

namespace CoordinationBot.Meetings;

/// <summary>Instants as they travel in a card.</summary>
internal static class SlotInputs
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture);

    /// <summary>Null: none of ours.</summary>
    public static DateTimeOffset? Read(string? written) =>
        DateTimeOffset.TryParseExact(written, Instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
