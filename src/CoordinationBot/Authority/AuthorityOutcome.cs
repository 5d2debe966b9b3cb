namespace CoordinationBot.Authority;

/// <summary>What is to be different.</summary>
/// <param name="About">An object id, <c>everybody</c>, or the id of a policy.</param>
internal abstract record AuthorityChange(string About)
{
    /// <summary>Stands for everybody where an object id stands for a person.</summary>
    public const string Everybody = "everybody";

    internal sealed record AddAdministrator(Party Who) : AuthorityChange(Who.ObjectId);

    internal sealed record RemoveAdministrator(Party Who) : AuthorityChange(Who.ObjectId);

    /// <param name="Whose">Null: everybody.</param>
    /// <param name="Mandate">Null: none of their own any more.</param>
    internal sealed record SetMandate(Party? Whose, Mandate? Mandate) : AuthorityChange(Whose?.ObjectId ?? Everybody);

    internal sealed record AddPolicy(Policy Policy) : AuthorityChange(Policy.Id);

    internal sealed record WithdrawPolicy(Policy Policy) : AuthorityChange(Policy.Id);
}

/// <summary>What a rule answers.</summary>
internal abstract record AuthorityOutcome
{
    private AuthorityOutcome()
    {
    }

    /// <param name="Change">What to store.</param>
    /// <param name="What">For the history: a sentence without its subject.</param>
    internal sealed record Changed(AuthorityChange Change, string What) : AuthorityOutcome;

    /// <summary>It was already so, or somebody else was faster: the present state is the answer.</summary>
    internal sealed record Unchanged(string Sentence) : AuthorityOutcome;

    internal sealed record Refused(string Sentence) : AuthorityOutcome;
}
