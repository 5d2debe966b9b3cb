using System.Collections.Frozen;

namespace CoordinationBot.Authority;

/// <summary>A mandate as it was set.</summary>
/// <param name="Whose">Null: everybody who has none of their own.</param>
/// <param name="Mandate">What they may decide.</param>
/// <param name="Revision">The change that set it.</param>
/// <param name="By">Who set it.</param>
/// <param name="At">When.</param>
internal sealed record MandateEntry(Party? Whose, Mandate Mandate, int Revision, Party By, DateTimeOffset At);

/// <summary>A policy as it was added, and as it was withdrawn if it was.</summary>
internal sealed record PolicyEntry(Policy Policy, Party By, DateTimeOffset At, Party? WithdrawnBy = null, DateTimeOffset? WithdrawnAt = null);

/// <summary>An administrator who was made one by another.</summary>
internal sealed record AdministratorEntry(Party Who, Party By, DateTimeOffset At);

/// <summary>Who may decide what in a tenant: the mandates, the policies in force and the administrators, all as of one moment.</summary>
internal sealed record Authorities
{
    /// <summary>Number of the last change.</summary>
    public int Revision { get; init; }

    /// <summary>Of the last change, to find out whether anything was changed behind our back.</summary>
    public string? Seal { get; init; }

    /// <summary>Number of the newest policy; never given again.</summary>
    public int LastPolicy { get; init; }

    public MandateEntry? Default { get; init; }

    /// <summary>By object id.</summary>
    public IReadOnlyDictionary<string, MandateEntry> Mandates { get; init; } = FrozenDictionary<string, MandateEntry>.Empty;

    /// <summary>In force, oldest first.</summary>
    public IReadOnlyList<PolicyEntry> InForce { get; init; } = [];

    /// <summary>Administrators by command.</summary>
    public IReadOnlyList<AdministratorEntry> Appointed { get; init; } = [];

    /// <summary>Administrators by the settings whom the bot has met.</summary>
    public IReadOnlyList<Party> Named { get; init; } = [];

    /// <summary>What the settings say of administrators whom the bot has not met.</summary>
    public IReadOnlyList<string> Unmet { get; init; } = [];

    public IReadOnlyList<Policy> Policies => [.. InForce.Select(entry => entry.Policy)];

    /// <summary>Those the bot has met; who is named in the settings first.</summary>
    public IReadOnlyList<Party> Administrators => [.. Named.Concat(Appointed.Select(entry => entry.Who)).DistinctBy(party => party.ObjectId, StringComparer.Ordinal)];

    public bool IsAdministrator(string objectId) => IsNamed(objectId) || Appointed.Any(entry => entry.Who.ObjectId == objectId);

    public bool IsNamed(string objectId) => Named.Any(party => party.ObjectId == objectId);

    public MandateEntry? EntryOf(string? objectId) => objectId is null ? Default : Mandates.GetValueOrDefault(objectId);

    /// <summary>Their own, or the one for everybody, or the built-in one. Nobody is next up for themselves: then it is an administrator.</summary>
    public Mandate MandateOf(string objectId)
    {
        var mandate = (EntryOf(objectId) ?? Default)?.Mandate ?? Mandate.BuiltIn;
        return mandate.NextUp?.ObjectId == objectId ? mandate with { NextUp = null } : mandate;
    }

    /// <summary>All matters that occur, for those who choose one.</summary>
    public IReadOnlyList<string> Matters =>
    [
        .. InForce.Select(entry => entry.Policy.Matter).OfType<string>()
            .Concat(Mandates.Values.Append(Default).OfType<MandateEntry>().SelectMany(entry => entry.Mandate.Excluded))
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase),
    ];
}

/// <summary>Who changed what, when.</summary>
/// <param name="Number">One more than the last.</param>
/// <param name="At">When.</param>
/// <param name="Who">Who did it.</param>
/// <param name="What">A sentence without its subject.</param>
/// <param name="About">An object id, <c>everybody</c>, or the id of a policy.</param>
internal sealed record AuthorityRecord(int Number, DateTimeOffset At, Party Who, string What, string? About = null);
