using System.Globalization;

namespace CoordinationBot.Authority;

/// <summary>Who may change what of mandates, policies and administrators.</summary>
internal static class AuthorityRules
{
    public const int LongestMatter = 40;
    public const int MostMatters = 20;
    public const int MostPolicies = 200;
    public const int MostAdministrators = 50;

    private const int ShownAdministrators = 5;

    public static AuthorityOutcome AddAdministrator(Authorities authorities, Party by, Party who) =>
        NotAdministrator(authorities, by) is { } refusal ? refusal
        : authorities.IsAdministrator(who.ObjectId) ? new AuthorityOutcome.Unchanged($"{who.Name} is an administrator already.")
        : authorities.Appointed.Count >= MostAdministrators ? new AuthorityOutcome.Refused($"There are {MostAdministrators} administrators already, which is the most. Please remove one first.")
        : new AuthorityOutcome.Changed(new AuthorityChange.AddAdministrator(who), $"Made {who.Name} an administrator");

    public static AuthorityOutcome RemoveAdministrator(Authorities authorities, Party by, Party who) =>
        NotAdministrator(authorities, by) is { } refusal ? refusal
        : authorities.IsNamed(who.ObjectId) ? new AuthorityOutcome.Refused($"{who.Name} is named in the settings of this bot (Office:Administrators) and cannot be removed here. Whoever runs the bot can do it there.")
        : !authorities.IsAdministrator(who.ObjectId) ? new AuthorityOutcome.Unchanged($"{who.Name} is no administrator.")
        : authorities.Administrators.Count == 1 ? new AuthorityOutcome.Refused($"{who.Name} is the last administrator. Please add another one first.")
        : new AuthorityOutcome.Changed(new AuthorityChange.RemoveAdministrator(who), $"Removed {who.Name} from the administrators");

    /// <param name="authorities">As they are now.</param>
    /// <param name="by">Who sets it.</param>
    /// <param name="whose">Null: everybody who has none of their own.</param>
    /// <param name="mandate">Null: none of their own any more.</param>
    /// <param name="seen">The revision that was changed, 0 for none: what somebody else set meanwhile is not overwritten unseen.</param>
    public static AuthorityOutcome SetMandate(Authorities authorities, Party by, Party? whose, Mandate? mandate, int seen)
    {
        if (NotAdministrator(authorities, by) is { } refusal)
        {
            return refusal;
        }
        var entry = authorities.EntryOf(whose?.ObjectId);
        if ((entry?.Revision ?? 0) != seen)
        {
            return new AuthorityOutcome.Unchanged(entry is null
                ? "Somebody took this mandate back meanwhile, so nothing was changed. This is how it stands."
                : $"{entry.By.Name} changed this mandate meanwhile, so nothing of yours was stored. This is how it stands.");
        }
        if (mandate?.NextUp is { } next && next.ObjectId == whose?.ObjectId)
        {
            return new AuthorityOutcome.Refused(OwnNextUp);
        }
        var title = Title(whose);
        return mandate is null && entry is null ? new AuthorityOutcome.Unchanged("There was no mandate of their own to take back.")
            : new AuthorityOutcome.Changed(new AuthorityChange.SetMandate(whose, mandate is null ? null : mandate with { Origin = title }), mandate is null ? $"Took back the {Lower(title)}" : $"Set the {Lower(title)}: {Describe(mandate)}");
    }

    /// <param name="authorities">As they are now.</param>
    /// <param name="by">Who adds it.</param>
    /// <param name="policy">Its id is given here.</param>
    public static AuthorityOutcome AddPolicy(Authorities authorities, Party by, Policy policy)
    {
        if (NotAdministrator(authorities, by) is { } refusal)
        {
            return refusal;
        }
        if (authorities.InForce.Count >= MostPolicies)
        {
            return new AuthorityOutcome.Refused($"{MostPolicies} policies are in force, which is the most. Please withdraw one first.");
        }
        var numbered = policy with { Id = string.Create(CultureInfo.InvariantCulture, $"P-{authorities.LastPolicy + 1}") };
        return new AuthorityOutcome.Changed(new AuthorityChange.AddPolicy(numbered), $"Added policy {numbered.Id} “{numbered.Text}”: {numbered.Rule}");
    }

    public static AuthorityOutcome WithdrawPolicy(Authorities authorities, Party by, string id) =>
        NotAdministrator(authorities, by) is { } refusal ? refusal
        : authorities.InForce.FirstOrDefault(entry => entry.Policy.Id == id)?.Policy is not { } policy ? new AuthorityOutcome.Unchanged("That policy is not in force any more, or never was.")
        : new AuthorityOutcome.Changed(new AuthorityChange.WithdrawPolicy(policy), $"Withdrew policy {policy.Id} “{policy.Text}”");

    /// <summary>The refusal for everybody else, with the names of those who may.</summary>
    public static AuthorityOutcome.Refused? NotAdministrator(Authorities authorities, Party by) =>
        authorities.IsAdministrator(by.ObjectId) ? null : new AuthorityOutcome.Refused(OnlyAdministrators(authorities));

    public static string OnlyAdministrators(Authorities authorities)
    {
        IReadOnlyList<string> names = [.. authorities.Administrators.Select(party => party.Name), .. authorities.Unmet];
        return names.Count switch
        {
            0 => "Only an administrator may do that, and there is none yet. Whoever runs this bot can name one in its settings (Office:Administrators).",
            1 => $"Only the administrator may do that. Please ask {names[0]}.",
            <= ShownAdministrators => $"Only an administrator may do that. Please ask {string.Join(", ", names.SkipLast(1))} or {names[^1]}.",
            _ => $"Only an administrator may do that. Please ask {string.Join(", ", names.Take(ShownAdministrators))} or {(names.Count - ShownAdministrators is var others and > 1 ? $"one of {others} others" : "one other")}.",
        };
    }

    public const string OwnNextUp = "Nobody decides what lies beyond their own mandate. Please choose somebody else, or leave it empty: then it is an administrator.";

    /// <summary>Matters as typed, parted by commas.</summary>
    public static IReadOnlyList<string> Matters(string? typed) =>
        [.. (typed ?? "").Split([',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    public static string? CheckMatters(IReadOnlyList<string> matters) =>
        matters.FirstOrDefault(matter => matter.Length > LongestMatter) is { } tooLong ? $"“{tooLong[..LongestMatter].TrimEnd()}…” is too long for the name of a matter: {tooLong.Length} characters, at most {LongestMatter} fit. Separate several with commas."
        : matters.Count > MostMatters ? $"{matters.Count} matters are too many; at most {MostMatters} fit."
        : null;

    /// <summary>"Mandate of Ann Abel": the origin of its clauses.</summary>
    public static string Title(Party? whose) => whose is null ? "Mandate for everybody" : $"Mandate of {whose.Name}";

    /// <summary>A mandate in one sentence.</summary>
    public static string Describe(Mandate mandate) => string.Join("; ",
    [
        mandate.Money is null ? "no money" : $"up to {mandate.Money}",
        mandate.OutsideCommitments ? "may promise outside" : "no promises outside",
        mandate.Reach is null ? "may delegate to anybody" : $"may delegate to {string.Join(", ", mandate.Reach.Select(party => party.Name))}",
        mandate.Excluded.Count == 0 ? "no matters excluded" : $"not in matters of {string.Join(", ", mandate.Excluded)}",
        mandate.NextUp is null ? "an administrator decides beyond it" : $"{mandate.NextUp.Name} decides beyond it",
    ]);

    private static string Lower(string title) => string.Concat("m", title.AsSpan(1));
}
