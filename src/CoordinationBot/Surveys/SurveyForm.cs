using System.Globalization;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;

namespace CoordinationBot.Surveys;

/// <summary>What a survey is made of, declared once for the card and for typing.</summary>
internal static class SurveyForm
{
    private const string Named = "named";
    private const string Group = "group";

    /// <summary>Where the partitions of the groups stand that are offered, in the same order.</summary>
    private const string Partitions = "group-partitions";
    private const string Everyone = "everyone";

    public static readonly Field Title = new("title", FieldKind.Text, "Title", "What is the survey about? One line is enough.")
    {
        Needed = "Please write what it is about.",
        LongestText = SurveyLimits.Title,
        Hint = "How we work together",
    };

    public static readonly Field Questions = new("questions", FieldKind.Text, "Questions", "What do you ask? One question a line, each with how it is answered: How was the week? (1-5)")
    {
        Needed = "Please write at least one question.",
        IsLong = true,
        LongestText = 12_000,
        Hint = "How was the week? (1-5)\nWhat should change? (text)\nWhich day? (Mon / Tue / Wed)\nWhich of these? (several: A / B / C)\nWould you recommend us? (0-10)",
        Check = (draft, _) => QuestionRules.Parse(draft.Values["questions"]).Problem,
    };

    public static readonly Field Who = new("who", FieldKind.Choice, "Who is asked", "Who is asked: named people, a team or chat, or everybody I know?")
    {
        Needed = "Please choose who is asked.",
        Choices = [new(Named, "Named people", ""), new(Group, "A team or chat", "") { Applies = draft => draft.Offered.ContainsKey("team") }, new(Everyone, "Everybody I know", "")],
    };

    public static readonly Field People = new("people", FieldKind.Persons, "People", "Who? Names with commas between them.")
    {
        Needed = "Please name who is asked.",
        MostPersons = SurveyLimits.Named,
        Applies = draft => draft.Values.GetValueOrDefault("who") == Named,
    };

    public static readonly Field Team = new("team", FieldKind.Choice, "Team or chat", "Which team or chat? Everybody in it is asked.")
    {
        Needed = "Please choose the team or chat.",
        Applies = draft => draft.Values.GetValueOrDefault("who") == Group,
    };

    public static readonly Field Names = new("names", FieldKind.Choice, "Answers are", "Are the answers anonymous or named?")
    {
        Needed = "Please choose one.",
        Choices = [new("anonymous", "Anonymous", "Nobody can tell who answered what"), new(Named, "Named", "You see who answered what")],
    };

    public static readonly Field Opens = new("opens", FieldKind.Date, "Opens", "When does it open? Or none, for at once.")
    {
        Needed = "Please choose a time, or leave it empty.",
        Optional = true,
        IsExtra = true,
        BeginsDay = true,
    };

    public static readonly Field Closes = new("closes", FieldKind.Date, "Closes", "Until when can people answer? For example: fri 5pm, in 3 days.")
    {
        Needed = "Please choose until when people can answer.",
        Check = (draft, context) => Moment(draft, "closes") is var closes && closes <= context.Now ? "It would close in the past. Please choose a later time."
            : closes <= Moment(draft, "opens") ? "It would close before it opens. Please choose a later closing time."
            : null,
    };

    public static readonly Field Minimum = new("minimum", FieldKind.Number, "Fewest answers", "How many answers must be there before anybody sees anything?")
    {
        Needed = "Please write a number, or leave it empty.",
        Optional = true,
        IsExtra = true,
        Smallest = SurveyLimits.SmallestMinimum,
        Largest = SurveyLimits.Asked,
        Hint = "5",
    };

    public static readonly Field Repeats = new("repeats", FieldKind.Choice, "Comes", "Does it come again?")
    {
        Needed = "Please choose one.",
        IsExtra = true,
        Preselected = nameof(Delegations.Repeats.Never),
        Choices =
        [
            new(nameof(Delegations.Repeats.Never), "Once", ""),
            new(nameof(Delegations.Repeats.Weekly), "Every week", ""),
            new(nameof(Delegations.Repeats.Fortnightly), "Every two weeks", ""),
            new(nameof(Delegations.Repeats.Monthly), "Every month", ""),
        ],
    };

    public static readonly Form Form = new("survey", "Ask people", [Title, Questions, Who, People, Team, Names, Opens, Closes, Minimum, Repeats]) { ReviewHeading = "Please check" };

    public static bool IsForEveryone(Draft draft) => draft.Values[Who.Id] == Everyone;

    /// <summary>The group that is asked; null: no group is.</summary>
    public static GroupEntry? GroupOf(Draft draft) =>
        draft.Values[Who.Id] == Group && int.Parse(draft.Values[Team.Id], CultureInfo.InvariantCulture) - 1 is var index ? new GroupEntry(draft.Offered[Partitions][index], draft.Offered[Team.Id][index]) : null;

    /// <summary>The groups that can be asked.</summary>
    public static Draft WithGroups(Draft draft, IReadOnlyList<GroupEntry> groups) => groups.Count == 0 ? draft : draft with
    {
        Offered = draft.Offered.SetItem(Team.Id, [.. groups.Select(group => group.Name)]).SetItem(Partitions, [.. groups.Select(group => group.Partition)]),
    };

    /// <summary>What a complete draft asks, of so many people.</summary>
    public static SurveyTerms TermsOf(Draft draft, DialogContext context, int asked)
    {
        var opens = Moment(draft, Opens.Id) is { } at && at > context.Now ? at : context.Now;
        return new SurveyTerms
        {
            Title = draft.Values[Title.Id],
            Questions = QuestionRules.Parse(draft.Values[Questions.Id]).Questions,
            IsAnonymous = draft.Values[Names.Id] != Named,
            Minimum = draft.Values.GetValueOrDefault(Minimum.Id) is { } minimum ? int.Parse(minimum, CultureInfo.InvariantCulture) : SurveyLimits.DefaultMinimum,
            Asked = asked,
            OpensAt = opens,
            FirstOpensAt = opens,
            ClosesAt = Moment(draft, Closes.Id)!.Value,
            Zone = context.Zone,
            Repeats = draft.Values.GetValueOrDefault(Repeats.Id) is { } repeats ? Enum.Parse<Repeats>(repeats) : Delegations.Repeats.Never,
            IsForEveryone = IsForEveryone(draft),
            Group = GroupOf(draft),
        };
    }

    private static DateTimeOffset? Moment(Draft draft, string field) =>
        draft.Values.GetValueOrDefault(field) is { } value ? DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;
}
