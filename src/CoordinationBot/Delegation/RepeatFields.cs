using System.Globalization;
using CoordinationBot.Dialogs;
using NodaTime.Extensions;

namespace CoordinationBot.Delegations;

/// <summary>What the form asks about coming again. None of it is asked of whoever does not look for it.</summary>
internal static class RepeatFields
{
    public static readonly Field Repeats = new("repeats", FieldKind.Choice, "Repeats", "How often does it come again?")
    {
        Needed = "Please choose one.",
        IsExtra = true,
        Preselected = nameof(Delegations.Repeats.Never),
        Choices =
        [
            new(nameof(Delegations.Repeats.Never), "Never", ""),
            new(nameof(Delegations.Repeats.WorkingDays), "Every working day", ""),
            new(nameof(Delegations.Repeats.Weekly), "Every week on the day it is due", ""),
            new(nameof(Delegations.Repeats.Fortnightly), "Every two weeks", ""),
            new(nameof(Delegations.Repeats.Monthly), "Every month on that date", ""),
            new(nameof(Delegations.Repeats.FirstWorkingDay), "First working day of the month", ""),
            new(nameof(Delegations.Repeats.LastWorkingDay), "Last working day of the month", ""),
        ],
        // What is handed on is part of one piece of work.
        Applies = draft => draft.About is null,
    };

    public static readonly Field Holiday = new("on-holiday", FieldKind.Choice, "On a holiday", "What if a date is a holiday?")
    {
        Needed = "Please choose one.",
        IsExtra = true,
        Preselected = nameof(OnHoliday.LeaveOut),
        Choices = [new(nameof(OnHoliday.LeaveOut), "Leave it out", ""), new(nameof(OnHoliday.Move), "Move to the next working day", "")],
        // The first and the last working day are never holidays.
        Applies = draft => RepeatsOf(draft) is not (Delegations.Repeats.Never or Delegations.Repeats.FirstWorkingDay or Delegations.Repeats.LastWorkingDay),
    };

    public static readonly Field Until = new("until", FieldKind.Date, "Until", "Until when? Type none when it goes on.")
    {
        Needed = "Please pick the last day, or leave it empty.",
        IsExtra = true,
        Optional = true,
        Applies = draft => RepeatsOf(draft) != Delegations.Repeats.Never,
        Check = (draft, context) => draft.Values.ContainsKey(DelegationForm.Due.Id) && DayOf(draft, "until", context) < DayOf(draft, DelegationForm.Due.Id, context)
            ? "That is before it is due for the first time. Please choose a later day, or leave it empty."
            : null,
    };

    /// <summary>What a draft with a due date says; null when it comes once.</summary>
    public static Repetition? Of(Draft draft, DialogContext context) => RepeatsOf(draft) is var repeats && repeats == Delegations.Repeats.Never
        ? null
        : new Repetition(
            repeats,
            draft.Values.GetValueOrDefault(Holiday.Id) is { } chosen ? Enum.Parse<OnHoliday>(chosen) : OnHoliday.LeaveOut,
            draft.Values.ContainsKey(Until.Id) ? DayOf(draft, Until.Id, context) : null);

    private static Repeats RepeatsOf(Draft draft) =>
        draft.About is null && draft.Values.GetValueOrDefault("repeats") is { } chosen ? Enum.Parse<Repeats>(chosen) : Delegations.Repeats.Never;

    private static DateOnly DayOf(Draft draft, string field, DialogContext context) =>
        DateTimeOffset.Parse(draft.Values[field], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToInstant().InZone(Zones.Find(context.Zone)).Date.ToDateOnly();
}
