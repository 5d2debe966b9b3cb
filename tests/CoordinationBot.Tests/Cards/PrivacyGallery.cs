using CoordinationBot.People;
using CoordinationBot.Privacy;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Tests.Cards;

/// <summary>Before somebody is forgotten, and after.</summary>
internal static class PrivacyGallery
{
    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("forget-me", office => ForgetCards.Ask(Person(office), isSelf: true, null));
        yield return ("forget-unsure", office => ForgetCards.Ask(Person(office), isSelf: true, $"Nothing was erased. To go on, please type {ForgetCards.Word} into the field."));
        yield return ("forget-them", office => ForgetCards.Ask(Person(office), isSelf: false, null));
        yield return ("forget-begun-me", office => ForgetCards.Begun(office.Typed("Maria Mayer", 60), isSelf: true));
        yield return ("forget-begun-them", office => ForgetCards.Begun(office.Typed("Maria Mayer", 60), isSelf: false));
    }

    private static Person Person(Gallery office) => new() { Tenant = "t", ObjectId = "00000000-0000-0000-0000-000000000002", TeamsId = "29:o", Name = office.Typed("Maria Mayer", 60), ServiceUrl = "http://localhost:9/", BotId = "28:bot" };
}
