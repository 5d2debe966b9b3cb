using CoordinationBot.Dialogs;

namespace CoordinationBot.Authority;

/// <summary>What a mandate is made of. Whose it is, the draft says: the form is opened for it, with what holds now.</summary>
internal static class MandateForm
{
    /// <summary>Stands for everybody where an object id stands for a person.</summary>
    public const string Everybody = AuthorityChange.Everybody;

    private const string Anybody = "Anybody";
    private const string Named = "Named";

    public static readonly Field Money = new("money", FieldKind.Money, "Money", "How much may they spend in one delegation? For example 5,000 EUR, or none.")
    {
        Needed = "Please write the amount, or leave it empty for no money.",
        Optional = true,
        WhenEmpty = "none",
        Hint = "5,000 EUR",
    };

    public static readonly Field Outside = new("outside", FieldKind.Toggle, "Outside commitments", "May they promise something to people outside, and let others do so? Yes or no.")
    {
        Needed = "Please say whether they may promise something to people outside.",
        Hint = "May promise something to people outside, and let others do so",
    };

    public static readonly Field Reach = new("reach", FieldKind.Choice, "May delegate to", "Whom may they delegate to: anybody, or named people only?")
    {
        Needed = "Please choose whom they may delegate to.",
        Choices = [new(Anybody, "Anybody", ""), new(Named, "Named people only", "")],
    };

    public static readonly Field People = new("people", FieldKind.Persons, "Named people", "Who are they? Separate the names with commas.")
    {
        Needed = "Please pick the people they may delegate to.",
        MostPersons = 30,
        Applies = draft => draft.Values.GetValueOrDefault(Reach.Id) == Named,
        Check = (draft, context) => draft.Persons("people").Any(person => person.ObjectId == context.BotObjectId) ? "Nobody can delegate to me: I am only the secretary." : null,
    };

    public static readonly Field Excluded = new("excluded", FieldKind.Text, "Matters excluded", "Which matters do they not decide? Separate them with commas, or type none.")
    {
        Needed = "",
        Optional = true,
        WhenEmpty = "none",
        LongestText = 500,
        Hint = "personnel, contracts",
        Check = (draft, _) => AuthorityRules.CheckMatters(AuthorityRules.Matters(draft.Values["excluded"])),
    };

    public static readonly Field NextUp = new("next", FieldKind.People, "Decides beyond it", "Who decides what lies beyond this mandate? Type none for an administrator.")
    {
        Needed = "",
        Optional = true,
        WhenEmpty = "an administrator",
        Hint = "Type a name",
        Check = (draft, context) => draft.Values["next"] == context.BotObjectId ? "I decide nothing: I am only the secretary. Please choose a person."
            : draft.Values["next"] == draft.About?.Key ? AuthorityRules.OwnNextUp
            : null,
    };

    public static readonly Form Form = new("mandate", "What may they decide in their own right?", [Money, Outside, Reach, People, Excluded, NextUp]) { ReviewHeading = "Please check before it holds" };

    /// <summary>The form with what holds now in it.</summary>
    public static Draft Filled(Draft draft, Party? whose, Authorities authorities)
    {
        var entry = authorities.EntryOf(whose?.ObjectId);
        var mandate = entry?.Mandate ?? (whose is null ? Mandate.BuiltIn : authorities.MandateOf(whose.ObjectId));
        draft = draft with { About = new(whose?.ObjectId ?? Everybody, AuthorityRules.Title(whose), entry?.Revision ?? 0) };
        draft = mandate.Money is null ? draft.Skip(Money) : draft.With(Money, mandate.Money.Canonical);
        draft = draft.With(Outside, mandate.OutsideCommitments ? "true" : "false").With(Reach, mandate.Reach is null ? Anybody : Named);
        draft = mandate.Reach is null ? draft : draft.With(People, [.. mandate.Reach.Select(party => new PersonOption(party.ObjectId, party.Name))]);
        draft = mandate.Excluded.Count == 0 ? draft.Skip(Excluded) : draft.With(Excluded, string.Join(", ", mandate.Excluded));
        return mandate.NextUp is { } next ? draft.With(NextUp, next.ObjectId, next.Name) : draft.Skip(NextUp);
    }

    /// <summary>Only fields that apply have values: see <see cref="Form.Relevant"/>.</summary>
    public static Mandate MandateOf(Draft draft, Party? whose) => new()
    {
        Money = draft.Values.TryGetValue(Money.Id, out var money) ? CoordinationBot.Authority.Money.FromCanonical(money) : null,
        OutsideCommitments = draft.Values[Outside.Id] == "true",
        Reach = draft.Values[Reach.Id] == Anybody ? null : [.. draft.Persons(People.Id).Select(person => new Party(person.ObjectId, person.Title))],
        Excluded = AuthorityRules.Matters(draft.Values.GetValueOrDefault(Excluded.Id)),
        NextUp = draft.Values.TryGetValue(NextUp.Id, out var next) ? new Party(next, draft.Shown.GetValueOrDefault(NextUp.Id, next)) : null,
        Origin = AuthorityRules.Title(whose),
    };
}
