using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Files;

/// <summary>Offers a file.</summary>
internal static class FileCards
{
    /// <param name="content">What is in it.</param>
    /// <param name="link">To it.</param>
    /// <param name="until">Until when it works.</param>
    /// <param name="zone">Of whoever gets it.</param>
    public static AdaptiveCard Csv(string content, Uri link, DateTimeOffset until, string zone) => For("CSV", content, link, until, zone);

    /// <inheritdoc cref="Csv"/>
    public static AdaptiveCard Json(string content, Uri link, DateTimeOffset until, string zone) => For("JSON", content, link, until, zone);

    private static AdaptiveCard For(string format, string content, Uri link, DateTimeOffset until, string zone) => new()
    {
        Body =
        [
            CardParts.Heading("Your file"),
            CardParts.Line("In it", content),
            CardParts.Faint($"The link works until {Zones.Read(until, zone)}, for whoever has it. Please keep it to yourself."),
            new ActionSet { Actions = [new OpenUrlAction(link.AbsoluteUri) { Title = $"Download {format}" }] },
        ],
        FallbackText = "Your file",
    };
}
