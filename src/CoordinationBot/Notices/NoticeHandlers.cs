using System.Collections.Immutable;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Notices;

/// <summary>Turning notices down and up.</summary>
internal sealed class NoticeHandlers(PeopleDirectory directory)
{
    private const string Usage = "Type notices, a kind and how, for example: notices answers off, notices questions once a day, or notices results at once.";

    /// <summary>Without more the card; with a kind and how, it is done.</summary>
    public async ValueTask<TurnResult> NoticesAsync(Turn turn, CancellationToken cancel)
    {
        if (turn.Argument.Length == 0)
        {
            return new TurnResult.Open(NoticeCards.Settings(await directory.StoredSpeakerAsync(turn, cancel)));
        }
        var words = turn.Argument.ToLowerInvariant().Trim('.', ' ').Split([' ', ',', ':'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length < 2 || KindOf(words[0]) is not { } kind || TellingOf(words[1]) is not { } telling)
        {
            return new TurnResult.Say(Usage);
        }
        if (telling == Telling.Off && !GovernorRules.CanBeOff(kind))
        {
            return new TurnResult.Say($"I cannot be silent about {NoticeCards.Name(kind)}: somebody waits for you, or relies on your knowing. They can come once a day: type notices {NoticeCards.Name(kind)} once a day.");
        }
        await directory.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, person => With(person!, [(kind, telling)]), cancel);
        return new TurnResult.Say(telling switch
        {
            Telling.AtOnce => $"I tell you of {NoticeCards.Name(kind)} at once, in your working hours.",
            Telling.Digest => $"I tell you of {NoticeCards.Name(kind)} once a day, when your working day begins.",
            Telling.Off => $"I tell you of {NoticeCards.Name(kind)} no more. Your cards still show them.",
        });
    }

    public async ValueTask<TurnResult> SaveAsync(Turn turn, CancellationToken cancel)
    {
        var chosen = Enum.GetValues<NoticeKind>()
            .Select(kind => (Kind: kind, Typed: turn.Inputs.Text(NoticeCards.Name(kind))))
            .Where(entry => Enum.TryParse<Telling>(entry.Typed, out var telling) && Enum.IsDefined(telling))
            .Select(entry => (entry.Kind, Enum.Parse<Telling>(entry.Typed!)))
            .ToList();
        var person = await directory.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, person => With(person!, chosen), cancel);
        return new TurnResult.Show(NoticeCards.Settings(person, "Saved."));
    }

    private static Person With(Person person, IReadOnlyList<(NoticeKind Kind, Telling Telling)> chosen)
    {
        var turnedDown = person.TurnedDown ?? ImmutableSortedDictionary<NoticeKind, Telling>.Empty;
        foreach (var (kind, telling) in chosen)
        {
            turnedDown = telling == Telling.AtOnce ? turnedDown.Remove(kind) : turnedDown.SetItem(kind, telling == Telling.Off && !GovernorRules.CanBeOff(kind) ? Telling.Digest : telling);
        }
        return person with { TurnedDown = turnedDown.IsEmpty ? null : turnedDown };
    }

    private static NoticeKind? KindOf(string word) =>
        Enum.GetValues<NoticeKind>().Where(kind => NoticeCards.Name(kind).TrimEnd('s') == word.TrimEnd('s')).Cast<NoticeKind?>().FirstOrDefault();

    private static Telling? TellingOf(string words) => words switch
    {
        "at once" or "now" or "on" => Telling.AtOnce,
        "once a day" or "digest" or "daily" => Telling.Digest,
        "off" or "not at all" or "never" => Telling.Off,
        _ => null,
    };
}
