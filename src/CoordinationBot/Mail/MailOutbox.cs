using System.Globalization;
using System.Text.Json.Serialization;
using CoordinationBot.Storage;

namespace CoordinationBot.Mail;

internal enum MailState
{
    Waiting,

    /// <summary>Somebody is sending it, until <see cref="PostedMail.Until"/>; after that it is sent again, since nobody knows.</summary>
    Sending,

    /// <summary>It will not be sent any more; the feature has still to hear of it.</summary>
    Failed,
}

/// <summary>Why somebody gets no mail.</summary>
internal enum MailFailure
{
    AddressRefused,
    MailRefused,

    /// <summary>The server took it at none of several tries.</summary>
    NoAnswer,

    /// <summary>The settings name no server.</summary>
    NotSetUp,
}

/// <summary>
/// A mail that is owed to an address: a row beside the aggregate's state, committed with the change that caused it. What it says is made from the
/// present state when it is sent.
/// </summary>
/// <param name="State">Where it stands.</param>
/// <param name="Until">Sending: until when somebody has it in hand. Waiting: before this time it is not tried again.</param>
/// <param name="Attempts">Tries that did not succeed.</param>
/// <param name="Failure">Why it failed.</param>
internal sealed record PostedMail(MailState State = MailState.Waiting, DateTimeOffset? Until = null, int Attempts = 0, MailFailure? Failure = null);

/// <summary>The rows of the mails that wait in an aggregate's partition.</summary>
internal static class MailOutbox
{
    public const string Prefix = "mail|";

    private static readonly ReadOnlyMemory<byte> Fresh = Bytes(new PostedMail());

    /// <summary>Owes a mail to an address. What is older for the same address, and was not sent yet, is overtaken by it.</summary>
    /// <param name="address">As <see cref="MailAddresses"/> reads it.</param>
    /// <param name="number">Grows with each mail of this aggregate to this address, for example its revision.</param>
    public static Change Post(string address, int number) =>
        new Change.Upsert(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{address}|{number:D6}"), Fresh);

    public static ReadOnlyMemory<byte> Bytes(PostedMail mail) => JsonRows.Bytes(mail, MailJson.Default.PostedMail);

    /// <summary>To whom a row is owed, and its number.</summary>
    public static (string Address, int Number) Read(Row row)
    {
        var parts = row.Key.Split('|');
        return (parts[1], int.Parse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture));
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PostedMail))]
internal sealed partial class MailJson : JsonSerializerContext;
