using CoordinationBot.Dialogs;
using CoordinationBot.Mail;

namespace CoordinationBot.Meetings;

/// <summary>What a meeting is asked for with, declared once for the card and for typing. The same form changes one that is there.</summary>
internal static class MeetForm
{
    /// <summary>Ends the key of what a draft is about when its time is no matter of this form any more.</summary>
    public const string Timed = "|timed";

    public static readonly Field Subject = new("subject", FieldKind.Text, "Subject", "What is it about? One line is enough.")
    {
        Needed = "Please write what it is about.",
        LongestText = MeetingLimits.Subject,
        Hint = "The budget of next year",
    };

    public static readonly Field People = new("people", FieldKind.Persons, "Who must be there", "Who must be there? Names with commas between them; none, if only people outside must.")
    {
        Needed = "Please name who must be there.",
        Optional = true,
        WhenEmpty = "nobody inside",
        MostPersons = MeetingLimits.People,
    };

    public static readonly Field Optional = new("optional", FieldKind.Persons, "Optional", "Who may come, and need not? Names with commas between them, or none.")
    {
        Needed = "Please name them, or leave it empty.",
        Optional = true,
        IsExtra = true,
        MostPersons = MeetingLimits.People,
    };

    public static readonly Field Outside = new("outside", FieldKind.Text, "Outside", "Who from outside must be there? Mail addresses with commas between them, or none.")
    {
        Needed = "Please write their mail addresses, or leave it empty.",
        Optional = true,
        IsExtra = true,
        IsLong = true,
        LongestText = MeetingLimits.Outside * 100,
        Hint = "kim@contoso.example, lee@fabrikam.example",
        Check = (draft, _) => CheckOutside(draft.Values["outside"]),
    };

    public static readonly Field Minutes = new("minutes", FieldKind.Number, "Length in minutes", "How many minutes does it take?")
    {
        Needed = "Please write how many minutes it takes.",
        Smallest = MeetingLimits.ShortestMinutes,
        Largest = MeetingLimits.LongestMinutes,
        Hint = "45",
    };

    public static readonly Field From = new("from", FieldKind.Date, "Not before", "Not before when? A day, or none.")
    {
        Needed = "Please choose a day, or leave it empty.",
        Optional = true,
        IsExtra = true,
        BeginsDay = true,
        Applies = IsOpen,
    };

    public static readonly Field Until = new("until", FieldKind.Date, "Not after", "By when should it take place? For example: fri, end of next week, 2026-12-18.")
    {
        Needed = "Please choose the last day.",
        Applies = IsOpen,
        Check = CheckWindow,
    };

    public static readonly Field Repeats = new("repeats", FieldKind.Choice, "Repeats", "How often does it come again?")
    {
        Needed = "Please choose one.",
        IsExtra = true,
        Preselected = nameof(Delegations.Repeats.Never),
        Choices =
        [
            new(nameof(Delegations.Repeats.Never), "Never", ""),
            new(nameof(Delegations.Repeats.WorkingDays), "Every working day", ""),
            new(nameof(Delegations.Repeats.Weekly), "Every week", ""),
            new(nameof(Delegations.Repeats.Fortnightly), "Every two weeks", ""),
            new(nameof(Delegations.Repeats.Monthly), "Every month on that date", ""),
            new(nameof(Delegations.Repeats.NthWeekday), "Every month on that weekday, like the first Monday", ""),
            new(nameof(Delegations.Repeats.LastWeekday), "Every month on the last such weekday", ""),
            new(nameof(Delegations.Repeats.FirstWorkingDay), "First working day of the month", ""),
            new(nameof(Delegations.Repeats.LastWorkingDay), "Last working day of the month", ""),
        ],
        Applies = IsOpen,
    };

    public static readonly Field Ends = new("ends", FieldKind.Date, "Repeats until", "Until when does it come again? The last day, or none when it goes on.")
    {
        Needed = "Please choose the last day, or leave it empty.",
        Optional = true,
        IsExtra = true,
        Applies = DoesRepeat,
        Check = (draft, context) => MeetDraft.MomentOf(draft, Ends!) <= (MeetDraft.MomentOf(draft, From) ?? context.Now) ? "That is before it takes place for the first time. Please choose a later day, or leave it empty." : null,
    };

    public static readonly Field Times = new("times", FieldKind.Number, "How many times", "How many times in all? Or none.")
    {
        Needed = "Please write how many times, or leave it empty.",
        Optional = true,
        IsExtra = true,
        Smallest = 2,
        Largest = MeetingSeriesRules.MostTimes,
        Hint = "10",
        Applies = DoesRepeat,
    };

    public static readonly Field Place = new("place", FieldKind.Text, "Place or link", "Where is it? A room, a link, or none.")
    {
        Needed = "Please write it, or leave it empty.",
        Optional = true,
        IsExtra = true,
        LongestText = MeetingLimits.Place,
        Hint = "Room 5, or a link",
    };

    public static readonly Field Purpose = new("purpose", FieldKind.Text, "What for", "What should have come of it in the end? Or none.")
    {
        Needed = "Please write it, or leave it empty.",
        Optional = true,
        IsExtra = true,
        IsLong = true,
        LongestText = MeetingLimits.Words,
        Hint = "What should have come of it in the end",
    };

    public static readonly Field Objective = new("objective", FieldKind.Text, "Objective", "Which larger aim does it serve? Or none.")
    {
        Needed = "Please write the aim, or leave it empty.",
        Optional = true,
        IsExtra = true,
        LongestText = MeetingLimits.Objective,
        Hint = "The larger aim that it serves",
    };

    public static readonly Field Confidential = new("confidential", FieldKind.Toggle, "Confidential", "Is it confidential? Then nobody but those in it can see that it exists.")
    {
        Needed = "Please say yes or no.",
        IsExtra = true,
        Preselected = "false",
        Hint = "Only those in it see that it exists",
    };

    public static readonly Form Form = new("meet", "Arrange a meeting", [Subject, People, Optional, Outside, Minutes, From, Until, Repeats, Ends, Times, Place, Purpose, Objective, Confidential])
    {
        ReviewHeading = "Please check",
    };

    public static bool DoesRepeat(Draft draft) => IsOpen(draft) && draft.Values.GetValueOrDefault("repeats") is { } chosen && chosen != nameof(Delegations.Repeats.Never);

    private static bool IsOpen(Draft draft) => draft.About?.Key.EndsWith(Timed, StringComparison.Ordinal) != true;

    private static string? CheckOutside(string typed)
    {
        var addresses = MeetDraft.Addresses(typed);
        return addresses.Length > MeetingLimits.Outside
            ? $"At most {MeetingLimits.Outside} people outside fit here. Please name fewer."
            : addresses.Select(address => MailAddresses.Parse(address).Problem).FirstOrDefault(problem => problem is not null);
    }

    private static string? CheckWindow(Draft draft, DialogContext context)
    {
        var (from, until) = (MeetDraft.MomentOf(draft, From) ?? context.Now, MeetDraft.MomentOf(draft, Until)!.Value);
        var minutes = draft.Values.ContainsKey(Minutes.Id) ? MeetDraft.MinutesOf(draft) : MeetingLimits.ShortestMinutes;
        return until <= context.Now ? "The last day has passed. Please choose a later one."
            : until <= from ? "The last day lies before the first one. Please choose a later one."
            : (until - from).TotalMinutes < minutes ? "It does not fit between the two: there is less time than it takes. Please choose more."
            : until - context.Now > TimeSpan.FromDays(MeetingLimits.WindowDays) ? $"I look {MeetingLimits.WindowDays} days ahead at most. Please choose an earlier last day."
            : null;
    }
}
