namespace CoordinationBot.Authority;

/// <summary>What a person may decide in their own right: the root of every chain. Set by an administrator.</summary>
internal sealed record Mandate
{
    /// <summary>Nobody has said what this person may decide.</summary>
    public bool IsUnlimited { get; init; }

    /// <summary>The largest budget of one delegation they start, with all that is approved for it; null: they may not spend.</summary>
    public Money? Money { get; init; }

    /// <summary>Whether they may promise something to somebody outside, and let others do so.</summary>
    public bool OutsideCommitments { get; init; }

    /// <summary>Whom they may delegate to; null: anybody.</summary>
    public IReadOnlyList<Party>? Reach { get; init; }

    /// <summary>Matters they do not decide, for example "personnel".</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>Who decides what lies beyond this mandate; null: an administrator.</summary>
    public Party? NextUp { get; init; }

    /// <summary>Where the limits come from: the words of the clause, for example "Mandate of Ann".</summary>
    public required string Origin { get; init; }

    /// <summary>Of everybody, as long as no administrator has set the mandate for everybody: an office begins without limits.</summary>
    public static Mandate BuiltIn { get; } = new() { IsUnlimited = true, OutsideCommitments = true, Origin = "Mandate, as long as none is set" };
}

/// <summary>What a policy is about.</summary>
internal enum PolicySubject
{
    /// <summary>Spending more than an amount in one act.</summary>
    Spending,

    /// <summary>Promising something to somebody outside.</summary>
    OutsideCommitment,

    /// <summary>Handing on what concerns a matter.</summary>
    SubDelegation,
}

/// <summary>A tenant-wide clause that no delegation can widen.</summary>
/// <param name="Id">For example <c>P-3</c>.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">As the administrator wrote it: the words of the clause.</param>
/// <param name="Over">For spending: acts of more than this.</param>
/// <param name="Matter">Only delegations about this matter; null: all.</param>
/// <param name="Approver">Who must approve; null: it is forbidden.</param>
internal sealed record Policy(string Id, PolicySubject Subject, string Text, Money? Over = null, string? Matter = null, Party? Approver = null)
{
    public Clause Clause => new($"Policy {Id}", Text);

    /// <summary>The policy in the bot's own words, beside those of the administrator.</summary>
    public string Rule
    {
        get
        {
            var act = Subject switch
            {
                PolicySubject.Spending => $"Spending more than {Over} in one act",
                PolicySubject.OutsideCommitment => "Promising something to somebody outside",
                PolicySubject.SubDelegation => "Handing work on",
            };
            return $"{act}{(Matter is null ? "" : $" in the matter “{Matter}”")} {(Approver is null ? "is forbidden" : $"needs the approval of {Approver.Name}")}.";
        }
    }
}
