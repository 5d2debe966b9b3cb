using System.Globalization;

namespace CoordinationBot.Dialogs;

/// <summary>
/// Which answer of somebody's their card showed. The channel may deliver a press again half a minute later, under a new id: without this an answer that was changed meanwhile would
/// be undone.
/// </summary>
internal static class LastAnswer
{
    /// <summary>What a button has it under.</summary>
    public const string Name = "answered";

    public const string Overtaken = "Nothing was changed: you have answered since this card came. It shows now how your answer stands; please press again to change it.";

    /// <summary>As a button has it.</summary>
    public static string Of(DateTimeOffset? at) => (at?.ToUnixTimeMilliseconds() ?? 0).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether there is a later answer than the card showed. What does not say, a mail or an old card, is taken as it comes.</summary>
    public static bool IsOvertaken(string? shown, DateTimeOffset? at) => shown is not null && shown != Of(at);
}
