using System.Globalization;
using System.Text.Json.Serialization;
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
}

/// <summary>
/// Something a person is to be told about an aggregate: a row beside the aggregate's state, committed with the change that caused it.
/// What is shown is made from the present state when it is sent, so a late notice is never an old one.
/// </summary>
/// <param name="Sentence">Stands on top of the card, which then comes as a new message; without one the person asked to see the card again.</param>
/// <param name="State">Where it stands.</param>
/// <param name="SendingUntil">Until when somebody has it in hand, or until when a try of which nobody knows the outcome rests.</param>
/// <param name="Attempts">Tries of which nobody knows the outcome.</param>
internal sealed record Notice(string? Sentence, NoticeState State = NoticeState.Waiting, DateTimeOffset? SendingUntil = null, int Attempts = 0);

/// <summary>Where a person's living card of an aggregate is.</summary>
internal sealed record CardPlace(ConversationReference Conversation, string ActivityId);

/// <summary>The rows of the outbox in an aggregate's partition.</summary>
internal static class Outbox
{
    public const string Prefix = "outbox|";

    /// <summary>Tells a person: their card comes again as a new message. One row a cause, so that none is lost when several wait.</summary>
    public static Change Tell(string objectId, int revision, string sentence) =>
        new Change.Upsert(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{objectId}|tell|{revision:D6}"), Bytes(new Notice(sentence)));

    /// <summary>Brings a person their card again because they asked.</summary>
    public static Change Bring(string objectId) => new Change.Upsert($"{Prefix}{objectId}|tell|asked", Bytes(new Notice(null)));

    /// <summary>Renews a person's living card in place. Many renewals that wait are one.</summary>
    public static Change Renew(string objectId) => new Change.Upsert($"{Prefix}{objectId}|renew", Bytes(new Notice(null)));

    /// <summary>Remembers where the living card is.</summary>
    public static Change Place(string objectId, CardPlace place) => new Change.Upsert(PlaceKey(objectId), JsonRows.Bytes(place, NoticeJson.Default.CardPlace));

    public static string PlaceKey(string objectId) => $"card|{objectId}";

    public static ReadOnlyMemory<byte> Bytes(Notice notice) => JsonRows.Bytes(notice, NoticeJson.Default.Notice);

    /// <summary>Whose a row is, and whether it makes a new message.</summary>
    public static (string ObjectId, bool IsTell) Read(Row row)
    {
        var parts = row.Key.Split('|');
        return (parts[1], parts[2] == "tell");
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(CardPlace))]
internal sealed partial class NoticeJson : JsonSerializerContext;
