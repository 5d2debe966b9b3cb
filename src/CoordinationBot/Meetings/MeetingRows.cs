using System.Globalization;
using CoordinationBot.Mail;
using CoordinationBot.Notices;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>What a change leaves in the partition of its meeting, beside the new state and its history.</summary>
internal static class MeetingRows
{
    public const string SpreadPrefix = "spread|";

    /// <summary>How much is told in one commit: a hundred changes are the most, and the state, its history and the rest stand beside it.</summary>
    private const int Piece = 80;

    /// <summary>Notices; what does not fit is left for the wake-up.</summary>
    /// <param name="changed">What was decided.</param>
    /// <param name="holders">Who has a card of it: the others get no first one only because something changed. Null: whoever is part of it has one.</param>
    public static IEnumerable<Change> Of(MeetingOutcome.Changed changed, IReadOnlySet<string>? holders)
    {
        var (state, entry, tells) = (changed.State, changed.Entry, changed.Tells);
        var actor = entry.Who.ObjectId;
        string[] renewed = changed.Renews switch
        {
            Renewal.Nobody => [],
            Renewal.Organiser => [state.Organiser.ObjectId],
            Renewal.Everybody => [.. state.Inside],
        };
        bool HasCard(string objectId) => holders?.Contains(objectId) ?? true;
        var told = tells.Select(tell => tell.ObjectId).Append(actor).ToHashSet(StringComparer.Ordinal);
        var (changes, left) = Spread(new Spreading(entry.Number, entry.At, tells, [.. renewed.Where(objectId => !told.Contains(objectId) && HasCard(objectId))], changed.Mails));
        if (state.IsInside(actor) && HasCard(actor) && !tells.Any(tell => tell.ObjectId == actor))
        {
            yield return Outbox.Acted(actor, entry.Number);
        }
        foreach (var change in changes)
        {
            yield return change;
        }
        if (left is not null)
        {
            yield return new Change.Insert(string.Create(CultureInfo.InvariantCulture, $"{SpreadPrefix}{entry.Number:D6}"), Bytes(left));
        }
    }

    /// <summary>The next piece of what is to be told, and what is left after it; null: nothing.</summary>
    public static (IReadOnlyList<Change> Changes, Spreading? Left) Spread(Spreading whole)
    {
        var room = Piece;
        var tells = Take(whole.Tells);
        var mails = Take(whole.Mails);
        var renews = Take(whole.Renews);
        var left = whole with { Tells = [.. whole.Tells.Skip(tells.Count)], Mails = [.. whole.Mails.Skip(mails.Count)], Renews = [.. whole.Renews.Skip(renews.Count)] };
        return (
            [
                .. tells.Select(tell => Outbox.Tell(tell.ObjectId, whole.Revision, tell.Sentence, tell.Kind, whole.At, isUrgent: tell.IsUrgent)),
                .. mails.Select(mail => MailOutbox.Post(mail, whole.Revision)),
                .. renews.Select(Outbox.Renew),
            ],
            left is { Tells.Count: 0, Mails.Count: 0, Renews.Count: 0 } ? null : left);

        IReadOnlyList<T> Take<T>(IReadOnlyList<T> items)
        {
            IReadOnlyList<T> taken = [.. items.Take(room)];
            room -= taken.Count;
            return taken;
        }
    }

    public static ReadOnlyMemory<byte> Bytes(Spreading spreading) => JsonRows.Bytes(spreading, MeetingJson.Default.Spreading);
}
