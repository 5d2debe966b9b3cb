namespace CoordinationBot.Authority;

/// <summary>A person, as far as authority is concerned. The name is a copy for showing; the key is the object id.</summary>
internal sealed record Party(string ObjectId, string Name);

/// <summary>One limit with its origin: a delegation, a mandate or a policy. Every ruling names one.</summary>
internal sealed record Clause(string Origin, string Text)
{
    public override string ToString() => $"{Origin}: {Text}";

    /// <summary>Several that count together, as one: whoever reads the ruling reads all of them.</summary>
    public static Clause Of(IEnumerable<Clause> together)
    {
        var (first, others) = together.Distinct().ToList() switch { [var one, .. var rest] => (one, rest), [] => throw new ArgumentException("A ruling names a clause.", nameof(together)) };
        return others.Count == 0 ? first : first with { Text = string.Join("; ", others.Select(clause => clause.ToString()).Prepend(first.Text)) };
    }
}
