using System.Globalization;
using System.Text.Json.Serialization;
using CoordinationBot.People;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Storage;

namespace CoordinationBot.Notices;

internal enum NoticeState
{
    Waiting,

    /// <summary>Somebody is sending it, until <see cref="Notice.SendingUntil"/>; after that it is sent again, since nobody knows.</summary>
    Sending,

    /// <summary>The person cannot be reached; it waits until they can.</summary>
    Unreachable,

    /// <summary>It waits for the next moment that suits the person, <see cref="Notice.HeldUntil"/>; a wake-up comes then.</summary>
    Held,

    /// <summary>It is in the person's next digest, at <see cref="Notice.HeldUntil"/>, and told by it.</summary>
    Bundled,
}

/// <summary>
/// Something a person is to be told about an aggregate: a row beside the aggregate's state, committed with the change that caused it.
/// What is shown is made from the present state when it is sent, so a late notice is never an old one.
/// </summary>
/// <param name="Sentence">Stands on top of the card, which then comes as a new message; without one the person asked to see the card again.</param>
/// <param name="State">Where it stands.</param>
/// <param name="SendingUntil">Until when somebody has it in hand, or until when a try of which nobody knows the outcome rests.</param>
/// <param name="Attempts">Tries of which nobody knows the outcome.</param>
internal sealed record Notice(string? Sentence, NoticeState State = NoticeState.Waiting, DateTimeOffset? SendingUntil = null, int Attempts = 0)
{
    public NoticeKind Kind { get; init; }

    /// <summary>It cannot wait for a better moment.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>After this it would be no use: what would be told later than that is told at once.</summary>
    public DateTimeOffset? TooLate { get; init; }

    /// <summary>When its cause was.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Before this time it is nothing yet: a reminder.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? HeldUntil { get; init; }
}

/// <summary>Where a person's living card of an aggregate is.</summary>
internal sealed record CardPlace(ConversationReference Conversation, string ActivityId);

/// <summary>The rows of the outbox in an aggregate's partition.</summary>
internal static class Outbox
{
    public const string Prefix = "outbox|";

    private static readonly ReadOnlyMemory<byte> Silent = Bytes(new Notice(null));

    /// <summary>Tells a person, at a moment that suits them: their card comes again as a new message. One row a cause, so that none is lost when several wait.</summary>
    public static Change Tell(string objectId, int revision, string sentence, NoticeKind kind, DateTimeOffset at, DateTimeOffset? tooLate = null, bool isUrgent = false) =>
        new Change.Upsert($"{Of(objectId)}tell|{Number(revision)}", Bytes(new Notice(sentence) { Kind = kind, At = at, TooLate = tooLate, IsUrgent = isUrgent }));

    /// <summary>
    /// Tells a person later, unless it is withdrawn before: a reminder. Whoever commits it has prepared a wake-up of the aggregate for that time.
    /// </summary>
    /// <param name="objectId">Whom.</param>
    /// <param name="name">Names it among those of this person here; letters and dashes.</param>
    /// <param name="sentence">What stands on top of the card.</param>
    /// <param name="kind">As what they may have turned it down.</param>
    /// <param name="notBefore">When it is due.</param>
    /// <param name="isUrgent">It cannot wait for a better moment then.</param>
    public static Change TellLater(string objectId, string name, string sentence, NoticeKind kind, DateTimeOffset notBefore, bool isUrgent = false) =>
        new Change.Upsert($"{Of(objectId)}tell|{name}", Bytes(new Notice(sentence) { Kind = kind, NotBefore = notBefore, IsUrgent = isUrgent }));

    /// <summary>Takes back what <see cref="TellLater"/> said, since it is no longer owed.</summary>
    public static Change Withdraw(string objectId, string name) => new Change.Delete($"{Of(objectId)}tell|{name}", null);

    /// <summary>Brings a person their card again because they asked.</summary>
    public static Change Bring(string objectId) => new Change.Upsert($"{Of(objectId)}tell|asked", Silent);

    /// <summary>Renews a person's living card in place. Many renewals that wait are one.</summary>
    public static Change Renew(string objectId) => new Change.Upsert($"{Prefix}{objectId}|renew", Silent);

    /// <summary>Renews the living card of whoever made this revision: they have seen what it said, so nothing older need be told.</summary>
    /// <param name="objectId">Who.</param>
    /// <param name="revision">What they made.</param>
    /// <param name="said">What was read back to them, which the card goes on saying.</param>
    public static Change Acted(string objectId, int revision, string? said = null) => new Change.Upsert(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{objectId}|acted|{revision:D6}"), said is null ? Silent : Bytes(new Notice(said)));

    /// <summary>Remembers where the living card is.</summary>
    public static Change Place(string objectId, CardPlace place) => new Change.Upsert(PlaceKey(objectId), JsonRows.Bytes(place, NoticeJson.Default.CardPlace));

    public static string PlaceKey(string objectId) => $"card|{objectId}";

    /// <summary>The prefix of one person's rows.</summary>
    public static string Of(string objectId) => $"{Prefix}{objectId}|";

    public static ReadOnlyMemory<byte> Bytes(Notice notice) => JsonRows.Bytes(notice, NoticeJson.Default.Notice);

    /// <summary>When the aggregate must be looked at because of a row that waits for a later time.</summary>
    public static IEnumerable<DateTimeOffset> LooksOf(Row row) =>
        row.Key.StartsWith(Prefix, StringComparison.Ordinal) && row.Read(NoticeJson.Default.Notice) is var notice && LaterOf(notice) is { } later ? [later] : [];

    /// <summary>Until when a notice waits by itself.</summary>
    public static DateTimeOffset? LaterOf(Notice notice) => notice.State == NoticeState.Held ? notice.HeldUntil : notice.NotBefore;

    /// <summary>Whose a row is, and whether it makes a new message.</summary>
    public static (string ObjectId, bool IsTell) Read(Row row)
    {
        var parts = row.Key.Split('|');
        return (parts[1], parts[2] == "tell");
    }

    /// <summary>The revision that a person made, or null when the row says nothing of the kind.</summary>
    public static int? ActedAt(Row row) => row.Key.Split('|') is [_, _, "acted", var revision] ? Revision(revision) : null;

    /// <summary>The revision that a person is told of, or null when it is not about one.</summary>
    public static int? TellsOf(Row row) => row.Key.Split('|') is [_, _, "tell", var revision] ? Revision(revision) : null;

    private static int? Revision(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    private static string Number(int revision) => string.Create(CultureInfo.InvariantCulture, $"{revision:D6}");
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(CardPlace))]
[JsonSerializable(typeof(DigestEntry))]
[JsonSerializable(typeof(DigestHead))]
internal sealed partial class NoticeJson : JsonSerializerContext;
