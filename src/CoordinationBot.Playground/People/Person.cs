namespace CoordinationBot.Playground.People;

/// <summary>A made-up person who uses the bot in a window of their own.</summary>
/// <param name="Key">Short lower-case name used in ids and addresses, e.g. <c>maria</c>.</param>
/// <param name="GivenName">Given name.</param>
/// <param name="Surname">Surname.</param>
/// <param name="EntraId">Entra object id; the same in every run, so that data kept from an earlier one still fits.</param>
/// <param name="IsLeader">Whether the launcher presents this person as the leader.</param>
public sealed record Person(string Key, string GivenName, string Surname, string EntraId, bool IsLeader = false)
{
    public string Name => $"{GivenName} {Surname}";

    public string TeamsId => $"29:{Key}";

    // The address is what a mail system would make of the name: lower case throughout.
#pragma warning disable CA1308
    public string Mail => $"{GivenName}.{Surname}@contoso.example".ToLowerInvariant();
#pragma warning restore CA1308

    public string PersonalChatId => $"a:personal-{Key}";
}
