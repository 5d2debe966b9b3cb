using System.Globalization;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Mail;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>What a meeting is asked for with, declared once for the card and for typing. The same form changes one that is there.</summary>
internal static class MeetForm
{
    /// <summary>Ends the key of what a draft is about when its time is no matter of this form any more.</summary>
    private const string Timed = "|timed";

    /// <summary>Where a time of day was typed and no length.</summary>
    private const int DefaultMinutes = 60;

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
        Check = (draft, context) => MomentOf(draft, Ends!) <= (MomentOf(draft, From) ?? context.Now) ? "That is before it takes place for the first time. Please choose a later day, or leave it empty." : null,
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

    /// <summary>What was understood of a typed sentence; the names are still to be looked up.</summary>
    public static Reading Prefill(Draft draft, MeetSentence sentence, DialogContext context)
    {
        // What does not fit is said, like everything else that was typed and is not taken.
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        Take(Subject, sentence.Subject);
        Take(Outside, sentence.Outside);
        Take(Place, sentence.Place);
        if (sentence.Minutes is { } minutes)
        {
            var (number, unfit) = TypedNumber.Parse(minutes.ToString(CultureInfo.InvariantCulture), Minutes.Smallest, Minutes.Largest);
            Set(Minutes, unfit is null ? number.ToString(CultureInfo.InvariantCulture) : null, unfit);
        }
        if (sentence.Repeats is { } repeats)
        {
            draft = draft.With(Repeats, repeats.ToString());
            if (sentence.Ends is { } ends)
            {
                Set(Ends, ValueOf(ends.ToDateTimeOffset()), null);
            }
            if (sentence.Times is { } times)
            {
                var (number, unfit) = TypedNumber.Parse(times.ToString(CultureInfo.InvariantCulture), Times.Smallest, Times.Largest);
                Set(Times, unfit is null ? number.ToString(CultureInfo.InvariantCulture) : null, unfit);
            }
        }
        if (sentence.From is { } from)
        {
            draft = draft.With(From, ValueOf(from.ToDateTimeOffset()));
        }
        // At a time of day it ends as its length says.
        var until = sentence.Until ?? sentence.From?.PlusMinutes(sentence.Minutes ?? DefaultMinutes);
        if (sentence.WindowProblem is { } problem)
        {
            problems[Until.Id] = problem;
        }
        else if (until is { } end)
        {
            Set(Until, ValueOf(end.ToDateTimeOffset()), null);
        }
        return new Reading(
            sentence.Rest.Count == 0 ? draft : draft with { Suggested = draft.Suggested.SetItem(draft.Has(Subject.Id) ? Minutes.Id : Subject.Id, $"You also wrote “{CardParts.Shorten(string.Join(", ", sentence.Rest), MeetingLimits.Subject)}”. I did not use it.") },
            problems);

        void Take(Field field, string? text)
        {
            if (text is not null)
            {
                Set(field, text.Length <= field.LongestText ? text : null, $"That is too long for “{field.Label}”: at most {field.LongestText} characters fit.");
            }
        }

        void Set(Field field, string? value, string? unfit)
        {
            var next = value is null ? draft : draft.With(field, value);
            var wrong = value is null ? unfit : field.Check(next, context);
            if (wrong is null)
            {
                draft = next;
            }
            else
            {
                problems[field.Id] = wrong;
            }
        }
    }

    /// <summary>A draft with everything that a meeting has, to be changed.</summary>
    public static Draft Of(Draft draft, Meeting meeting, DateTimeOffset now)
    {
        draft = draft with
        {
            // So that a draft that is gone still says what it was about.
            Id = $"{draft.Id}.{meeting.Id}",
            About = new DraftSubject(meeting.State == MeetingState.Finding ? meeting.Id : $"{meeting.Id}{Timed}", $"{meeting.Id}: {meeting.Subject}", meeting.Revision),
        };
        draft = With(draft, Subject, meeting.Subject);
        draft = WithPeople(draft, People, meeting, isRequired: true);
        draft = WithPeople(draft, Optional, meeting, isRequired: false);
        draft = With(draft, Outside, string.Join(", ", meeting.Invitees.Where(invitee => invitee.IsOutside).Select(invitee => invitee.Name == invitee.Key ? invitee.Key : $"{invitee.Name} <{invitee.Key}>")));
        draft = With(draft, Minutes, meeting.Minutes.ToString(CultureInfo.InvariantCulture));
        draft = With(draft, Place, meeting.Place);
        draft = With(draft, Purpose, meeting.Purpose);
        draft = With(draft, Objective, meeting.Objective);
        draft = With(draft, Confidential, meeting.IsConfidential ? "true" : "false");
        if (meeting.State != MeetingState.Finding)
        {
            return draft;
        }
        if (meeting.Repeats is { } wanted)
        {
            draft = draft.With(Repeats, wanted.Repeats.ToString());
            draft = wanted.Until is { } ends ? draft.With(Ends, ValueOf(ends.AddDays(1).ToLocalDate().AtStartOfDayInZone(Zones.Find(meeting.Window.Zone)).ToInstant().ToDateTimeOffset().AddMinutes(-1))) : draft.Skip(Ends);
            draft = With(draft, Times, wanted.Times?.ToString(CultureInfo.InvariantCulture));
        }
        // What has passed is no first or last day any more.
        draft = meeting.Window.From > now ? draft.With(From, ValueOf(meeting.Window.From)) : draft.Skip(From);
        return meeting.Window.Until > now ? draft.With(Until, ValueOf(meeting.Window.Until)) : draft;
    }

    /// <summary>The meeting that a draft changes; null: it makes a new one.</summary>
    public static string? MeetingIn(Draft draft) => draft.About?.Key.Split('|')[0];

    /// <summary>The same of the id of a draft that is gone.</summary>
    public static string MeetingIn(string draftId) => draftId[(draftId.LastIndexOf('.') + 1)..];

    /// <summary>People outside as they were typed, each once.</summary>
    public static IReadOnlyList<TypedAddress> OutsideOf(Draft draft) =>
        [.. Addresses(draft.Values.GetValueOrDefault(Outside.Id) ?? "").Select(MailAddresses.Parse).DistinctBy(address => address.Address)];

    public static MeetingWindow WindowOf(Draft draft, DialogContext context) => new(MomentOf(draft, From) ?? context.Now, MomentOf(draft, Until) ?? context.Now, context.Zone);

    public static int MinutesOf(Draft draft) => int.Parse(draft.Values[Minutes.Id], CultureInfo.InvariantCulture);

    /// <summary>As a date stands in a draft.</summary>
    public static string ValueOf(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static Draft With(Draft draft, Field field, string? value) => string.IsNullOrEmpty(value) ? draft.Skip(field) : draft.With(field, value);

    private static Draft WithPeople(Draft draft, Field field, Meeting meeting, bool isRequired) =>
        meeting.Invitees.Where(invitee => !invitee.IsOutside && invitee.IsRequired == isRequired).Select(invitee => new PersonOption(invitee.Key, invitee.Name)).ToList() is { Count: > 0 } people ? draft.With(field, people) : draft.Skip(field);

    /// <summary>That it is to come again; null: it comes once.</summary>
    public static WantedRepeat? RepeatOf(Draft draft, DialogContext context, IEnumerable<IsoDayOfWeek> week) => DoesRepeat(draft)
        ? new WantedRepeat(
            Enum.Parse<Repeats>(draft.Values[Repeats.Id]),
            MomentOf(draft, Ends) is { } ends ? ends.ToInstant().InZone(Zones.Find(context.Zone)).Date.ToDateOnly() : null,
            draft.Values.GetValueOrDefault(Times.Id) is { } times ? int.Parse(times, CultureInfo.InvariantCulture) : null,
            string.Join(',', week.Order()))
        : null;

    private static bool DoesRepeat(Draft draft) => IsOpen(draft) && draft.Values.GetValueOrDefault("repeats") is { } chosen && chosen != nameof(Delegations.Repeats.Never);

    private static bool IsOpen(Draft draft) => draft.About?.Key.EndsWith(Timed, StringComparison.Ordinal) != true;

    private static string? CheckOutside(string typed)
    {
        var addresses = Addresses(typed);
        return addresses.Length > MeetingLimits.Outside
            ? $"At most {MeetingLimits.Outside} people outside fit here. Please name fewer."
            : addresses.Select(address => MailAddresses.Parse(address).Problem).FirstOrDefault(problem => problem is not null);
    }

    private static string? CheckWindow(Draft draft, DialogContext context)
    {
        var (from, until) = (MomentOf(draft, From) ?? context.Now, MomentOf(draft, Until)!.Value);
        var minutes = draft.Values.ContainsKey(Minutes.Id) ? MinutesOf(draft) : MeetingLimits.ShortestMinutes;
        return until <= context.Now ? "The last day has passed. Please choose a later one."
            : until <= from ? "The last day lies before the first one. Please choose a later one."
            : (until - from).TotalMinutes < minutes ? "It does not fit between the two: there is less time than it takes. Please choose more."
            : until - context.Now > TimeSpan.FromDays(MeetingLimits.WindowDays) ? $"I look {MeetingLimits.WindowDays} days ahead at most. Please choose an earlier last day."
            : null;
    }

    private static DateTimeOffset? MomentOf(Draft draft, Field field) =>
        draft.Values.GetValueOrDefault(field.Id) is { } value ? DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    private static string[] Addresses(string typed) => typed.Split([',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
