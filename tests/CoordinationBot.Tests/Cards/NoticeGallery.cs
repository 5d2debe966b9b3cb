using System.Collections.Immutable;
using CoordinationBot.Delegations;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Tests.Cards;

/// <summary>What is told in one message, and how to turn it down.</summary>
internal static class NoticeGallery
{
    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("digest-one", office => DigestCards.For([Entry(office, 1)]));
        yield return ("digest-overdue", office => DigestCards.For([Entry(office, 1)], [$"{office.Typed("Budget table", 200)} (D-7K3F9Q) is overdue since Fri 27 Nov 2026, 17:00 (Europe/Berlin).", "And 3 more. Type my tasks or delegations to see them."]));
        yield return ("digest-several", office => DigestCards.For([Entry(office, 1), Entry(office, 1) with { Key = "2", Sentence = "Alex Able has a question." }, Entry(office, 2), Entry(office, 3)]));
        yield return ("digest-many", office => DigestCards.For([.. Enumerable.Range(1, 60).Select(number => Entry(office, number))]));
        yield return ("notices", _ => NoticeCards.Settings(Person));
        yield return ("notices-turned-down", _ => NoticeCards.Settings(
            Person with { TurnedDown = ImmutableSortedDictionary<NoticeKind, Telling>.Empty.Add(NoticeKind.Answer, Telling.Off).Add(NoticeKind.Question, Telling.Digest) }, "Saved."));
    }

    private static DigestEntry Entry(Gallery office, int number) => new(
        DelegationStore.Kind,
        $"t|D|D-00000{number}",
        "1",
        office.Typed("Prepare the budget table", DelegationLimits.Title),
        $"{office.Typed("Maria Mayer", 60)} asks you to take this on.",
        new Dictionary<string, string> { ["id"] = "D-7K3F9Q", ["verb"] = "delegation.bring" },
        new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    private static readonly Person Person = new() { Tenant = "t", ObjectId = "o", TeamsId = "29:o", Name = "Maria Mayer", ServiceUrl = "http://localhost:9/", BotId = "28:bot" };
}
