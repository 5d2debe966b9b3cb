namespace CoordinationBot.Authority;

/// <summary>What administrators of a tenant have set: who may decide what, and what no delegation can widen.</summary>
internal sealed record Authorities
{
    /// <summary>An office where nobody has set anything yet.</summary>
    public static readonly Authorities None = new();

    /// <summary>Of whoever has none of their own.</summary>
    public Mandate Default { get; init; } = new() { IsUnlimited = true, Origin = "Mandate of everybody" };

    public IReadOnlyDictionary<string, Mandate> Mandates { get; init; } = new Dictionary<string, Mandate>();

    public IReadOnlyList<Policy> Policies { get; init; } = [];

    /// <summary>Those who decide what nobody else may.</summary>
    public IReadOnlyList<Party> Administrators { get; init; } = [];

    public Mandate MandateOf(string objectId) => Mandates.GetValueOrDefault(objectId) ?? Default;
}
