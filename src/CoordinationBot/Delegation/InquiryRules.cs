using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>Looking into a question and coming back with options. What the leader decides on them is in <see cref="ChoiceRules"/>.</summary>
internal static class InquiryRules
{
    private static readonly DelegationState[] AtWork = [DelegationState.Accepted, DelegationState.InProgress, DelegationState.Returned];

    /// <summary>Accepted, and neither ended nor chosen.</summary>
    public static readonly DelegationState[] Running = [.. AtWork, DelegationState.WaitingForApproval, DelegationState.HandedIn];

    /// <summary>Adds an option; its id is given here.</summary>
    public static Outcome AddOption(Delegation delegation, Act act, Option option)
    {
        if (Bar(delegation, act, Role.Assignee, AtWork) is { } bar)
        {
            return bar;
        }
        var inquiry = Of(delegation);
        if (inquiry.Options.Any(known => known with { Id = option.Id } == option))
        {
            return new Outcome.Unchanged(delegation);
        }
        if (inquiry.Options.Count >= DelegationLimits.Options)
        {
            return new Outcome.Refused($"{DelegationLimits.Options} options are as many as anybody can compare. Please rework or remove one.");
        }
        if (Check(delegation, option) is var (sentence, clause))
        {
            return new Outcome.Refused(sentence, clause);
        }
        var added = option with { Id = string.Create(CultureInfo.InvariantCulture, $"O{inquiry.Added + 1}") };
        return DelegationRules.Change(
            delegation,
            act,
            Begun(delegation, inquiry with { Options = [.. inquiry.Options, added], Added = inquiry.Added + 1 }),
            $"Added {InquiryText.Whole(added)}",
            DelegationRules.TermsClause(delegation),
            [.. Missing(delegation).Select(person => new Tell(Role.Consulted, $"{delegation.Assignee.Name} added {added.Name}. What do you think?", person))]);
    }

    public static Outcome ReworkOption(Delegation delegation, Act act, string? optionId, Option reworked)
    {
        if (Bar(delegation, act, Role.Assignee, AtWork) is { } bar)
        {
            return bar;
        }
        var inquiry = Of(delegation);
        if (inquiry.Find(optionId) is not { } option)
        {
            return Gone(delegation, optionId);
        }
        if (option == reworked with { Id = option.Id })
        {
            return new Outcome.Unchanged(delegation);
        }
        return Check(delegation, reworked) is var (sentence, clause)
            ? new Outcome.Refused(sentence, clause)
            : DelegationRules.Change(
                delegation,
                act,
                Begun(delegation, inquiry with { Options = [.. inquiry.Options.Select(known => known == option ? reworked with { Id = option.Id } : known)] }),
                $"Reworked {InquiryText.Whole(reworked with { Id = option.Id })}",
                DelegationRules.TermsClause(delegation));
    }

    /// <summary>Takes an option out. What was said about it stays.</summary>
    public static Outcome RemoveOption(Delegation delegation, Act act, string? optionId)
    {
        if (Bar(delegation, act, Role.Assignee, AtWork) is { } bar)
        {
            return bar;
        }
        var inquiry = Of(delegation);
        if (inquiry.Find(optionId) is not { } option)
        {
            return WasThere(inquiry, optionId) ? new Outcome.Unchanged(delegation) : Gone(delegation, optionId);
        }
        return DelegationRules.Change(
            delegation,
            act,
            Begun(delegation, inquiry with { Options = [.. inquiry.Options.Where(known => known != option)] }),
            $"Removed {option.Name} “{option.Title}”",
            DelegationRules.TermsClause(delegation));
    }

    /// <summary>A word on how it goes.</summary>
    public static Outcome Report(Delegation delegation, Act act, string? text)
    {
        if (Bar(delegation, act, Role.Assignee, Running) is { } bar)
        {
            return bar;
        }
        if (Of(delegation).Report == text && text is not null)
        {
            return new Outcome.Unchanged(delegation);
        }
        return DelegationLimits.Check(text, "how it goes", DelegationLimits.Words) is { } refusal
            ? new Outcome.Refused(refusal)
            : DelegationRules.Change(
                delegation,
                act,
                Begun(delegation, Of(delegation) with { Report = text }),
                $"Reported: {text}",
                DelegationRules.TermsClause(delegation),
                new Tell(Role.Leader, $"{delegation.Assignee.Name} reports how it goes."));
    }

    /// <summary>Hands the options to the leader. Whoever must be consulted has commented before, or the leader has said that it goes without.</summary>
    public static Outcome Propose(Delegation delegation, Act act)
    {
        var inquiry = Of(delegation);
        if (delegation is { State: DelegationState.HandedIn, Terms.Type: AuthorizationType.Uncertain } && delegation.RoleOf(act.ActorId) == Role.Assignee && act.Version == delegation.Terms.Version)
        {
            return new Outcome.Unchanged(delegation);
        }
        if (Bar(delegation, act, Role.Assignee, AtWork) is { } bar)
        {
            return bar;
        }
        if (inquiry.Options.Count == 0)
        {
            return new Outcome.Refused("There is no option yet. Please add at least one.");
        }
        if (!inquiry.WasProposed && act.Now > delegation.Terms.Due.At)
        {
            return DelegationRules.Forbid(delegation, act, "proposing options after the time box", $"The options were not proposed: the time box has ended. Ask {delegation.Leader.Name} for more time.", TimeBox(delegation));
        }
        if (Missing(delegation) is { Count: > 0 } missing)
        {
            var names = string.Join(", ", missing.Select(person => person.Name));
            return DelegationRules.Forbid(
                delegation,
                act,
                $"proposing options before {names} commented",
                $"The options were not proposed: {names} must be consulted and did not comment yet. {delegation.Leader.Name} can say that it goes on without.",
                new Clause(DelegationRules.Origin(delegation), $"{names} must be consulted"));
        }
        var count = inquiry.Options.Count == 1 ? "1 option" : $"{inquiry.Options.Count} options";
        return DelegationRules.Change(
            delegation,
            act,
            delegation with { State = DelegationState.HandedIn, Round = delegation.Round + 1, Reason = null, Inquiry = inquiry with { WasProposed = true } },
            $"Proposed {count}: {string.Join(", ", inquiry.Options.Select(option => $"“{option.Title}”"))}",
            DelegationRules.TermsClause(delegation),
            new Tell(Role.Leader, $"{delegation.Assignee.Name} proposes {count}. Please choose one, or ask for more."),
            new Tell(Role.Consulted, $"{delegation.Assignee.Name} proposed the options to {delegation.Leader.Name}. You can still comment."));
    }

    /// <summary>What somebody who is consulted says; about all when no option is named. It is about no version: whoever is asked may say it as long as nothing is chosen.</summary>
    public static Outcome Comment(Delegation delegation, Act act, string? optionId, string? text)
    {
        // Not by the role: whoever is asked to approve something, too, is consulted all the same.
        if (delegation.Consulted.FirstOrDefault(person => person.ObjectId == act.ActorId) is not { } by)
        {
            return delegation.RoleOf(act.ActorId) is null ? new Outcome.NotInvolved() : new Outcome.Refused("That was not done.", DelegationRules.RoleClause(delegation, Role.Consulted));
        }
        var inquiry = Of(delegation);
        if (!delegation.IsOpen || delegation.Terms.Type != AuthorizationType.Uncertain)
        {
            return new Outcome.Stale($"Nothing was sent: {(inquiry.Chosen is null ? DelegationRules.Standing(delegation) : $"{delegation.Leader.Name} has chosen.")}");
        }
        if (optionId is not null && inquiry.Find(optionId) is null)
        {
            return Gone(delegation, optionId);
        }
        if (inquiry.Comments.Any(known => known.By.ObjectId == by.ObjectId && known.OptionId == optionId && known.Text == text))
        {
            return new Outcome.Unchanged(delegation);
        }
        // Room is kept for those who must still be heard.
        var missing = Missing(delegation);
        if (inquiry.Comments.Count + missing.Count >= DelegationLimits.Comments && !missing.Contains(by))
        {
            return new Outcome.Refused($"{DelegationLimits.Comments} comments are here already. Please talk to {delegation.Assignee.Name} directly.");
        }
        return DelegationLimits.Check(text, "what you think", DelegationLimits.CommentText) is { } refusal
            ? new Outcome.Refused(refusal)
            : DelegationRules.Change(
                delegation,
                act,
                delegation with { Inquiry = inquiry with { Comments = [.. inquiry.Comments, new Comment(by, optionId, text!, act.Now)] } },
                $"Commented{(inquiry.Find(optionId) is { } option ? $" on {option.Name} “{option.Title}”" : "")}: {text}",
                new Clause(DelegationRules.Origin(delegation), $"{by.Name} must be consulted"),
                [new Tell(Role.Assignee, $"{by.Name} commented."), .. delegation.State == DelegationState.HandedIn ? (Tell[])[new Tell(Role.Leader, $"{by.Name} commented on what {delegation.Assignee.Name} proposed.")] : []]);
    }

    /// <summary>Nothing was ever proposed.</summary>
    public static bool CanExpire(Delegation delegation) => delegation.Terms.Type == AuthorizationType.Uncertain && Running.Contains(delegation.State) && !Of(delegation).WasProposed;

    /// <summary>The time box ended and nothing was ever proposed. The date is the leader's, so their name stands in the history.</summary>
    public static Outcome Expire(Delegation delegation, DateTimeOffset now) =>
        DelegationRules.Change(
            delegation,
            Act.Of(delegation.Leader, delegation.Terms.Version, now),
            delegation with { State = DelegationState.Expired, Request = null },
            "Expired: the time box ended and no option was proposed",
            TimeBox(delegation),
            new Tell(Role.Leader, $"It expired: the time box ended and {delegation.Assignee.Name} proposed no option."),
            new Tell(Role.Assignee, "It expired: the time box ended. Nothing more is to be done."));

    public static Inquiry Of(Delegation delegation) => delegation.Inquiry ?? Inquiry.Empty;

    /// <summary>Those who must be consulted and have not commented, and without whom the leader does not let it go on.</summary>
    public static IReadOnlyList<Party> Missing(Delegation delegation)
    {
        var inquiry = Of(delegation);
        return [.. delegation.Consulted.Where(person => !inquiry.Without.Contains(person.ObjectId) && !inquiry.Comments.Any(comment => comment.By.ObjectId == person.ObjectId))];
    }

    /// <summary>As for any act, and a delegation of another type has none of these acts.</summary>
    public static Outcome? Bar(Delegation delegation, Act act, Role role, params ReadOnlySpan<DelegationState> states) =>
        DelegationRules.Bar(delegation, act, role, delegation.Terms.Type == AuthorizationType.Uncertain ? states : []);

    /// <summary>An option that is not there: taken out meanwhile, or made up.</summary>
    public static Outcome Gone(Delegation delegation, string? optionId) =>
        WasThere(Of(delegation), optionId) ? new Outcome.Stale("Nothing was changed: that option was removed meanwhile.") : new Outcome.Refused("There is no such option here.");

    private static bool WasThere(Inquiry inquiry, string? optionId) =>
        optionId is ['O', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= inquiry.Added;

    private static Delegation Begun(Delegation delegation, Inquiry inquiry) =>
        delegation with { State = delegation.State == DelegationState.Accepted ? DelegationState.InProgress : delegation.State, Inquiry = inquiry };

    private static (string Sentence, Clause? Clause)? Check(Delegation delegation, Option option)
    {
        var words = DelegationLimits.Check(option.Title, "the option in a line", DelegationLimits.Title)
            ?? DelegationLimits.Check(option.Benefits, "its benefits", DelegationLimits.OptionText)
            ?? DelegationLimits.Check(option.Drawbacks, "its drawbacks", DelegationLimits.OptionText)
            ?? DelegationLimits.Check(option.Risk, "its risk", DelegationLimits.OptionText)
            ?? (option.Cost is { Amount: < 0 or > Money.Most } ? "A cost is from zero up to what a budget can be. Please check the amount." : null);
        return words is not null ? (words, null)
            : option.Cost is { } cost && delegation.Currency is { } currency && currency != cost.Currency
                ? ($"This delegation counts in {currency}. A cost in {cost.Currency} cannot be compared with it.", DelegationRules.TermsClause(delegation))
            : null;
    }

    private static Clause TimeBox(Delegation delegation) => new(DelegationRules.Origin(delegation), $"by {Zones.Read(delegation.Terms.Due.At, delegation.Terms.Due.Zone)}");
}
