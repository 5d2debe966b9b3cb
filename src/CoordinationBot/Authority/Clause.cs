namespace CoordinationBot.Authority;

/// <summary>A person, as far as authority is concerned. The name is a copy for showing; the key is the object id.</summary>
internal sealed record Party(string ObjectId, string Name);

/// <summary>One limit with its origin: a delegation, a mandate or a policy. Every ruling names one.</summary>
internal sealed record Clause(string Origin, string Text)
{
    public override string ToString() => $"{Origin}: {Text}";
}
