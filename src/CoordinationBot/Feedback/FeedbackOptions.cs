using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;

namespace CoordinationBot.Feedbacks;

/// <summary>Section <c>Feedback</c>.</summary>
internal sealed class FeedbackOptions
{
    public const string Section = "Feedback";

    /// <summary>When anonymous letters are handed over, on each working day of the office by its clock, <c>HH:mm</c>.</summary>
    public string HandOver { get; set; } = "09:00";

    /// <summary>How many working days an owner has to answer a suggestion or a problem.</summary>
    public int AnswerDays { get; set; } = 10;

    public LocalTime HandOverTime => TimeOnly.ParseExact(HandOver, "HH:mm", CultureInfo.InvariantCulture).ToLocalTime();
}

internal sealed class FeedbackOptionsValidation : IValidateOptions<FeedbackOptions>
{
    private const int MostDays = 200;

    public ValidateOptionsResult Validate(string? name, FeedbackOptions options)
    {
        string[] problems =
        [
            .. TimeOnly.TryParseExact(options.HandOver, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? (string[])[] : ["Feedback:HandOver is not a time of day such as 09:00."],
            .. options.AnswerDays is >= 1 and <= MostDays ? (string[])[] : [$"Feedback:AnswerDays is not a number from 1 to {MostDays}."],
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}

/// <summary>When letters are handed over.</summary>
internal sealed class HandOverTimes(OfficeOptions office, IOptions<FeedbackOptions> options)
{
    private const int DaysAhead = 400;

    /// <summary>The first working day's hour that is still ahead.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset now)
    {
        var zone = Zones.Find(office.Zone);
        var date = now.ToInstant().InZone(zone).Date;
        for (var day = 0; ; day++)
        {
            var due = date.PlusDays(day).At(options.Value.HandOverTime).InZone(zone, Resolvers.LenientResolver).ToInstant();
            // An office that never works hands over every day all the same.
            if (due > now.ToInstant() && (office.Times.IsWorkingDay(date.PlusDays(day)) || day >= DaysAhead))
            {
                return due.ToDateTimeOffset();
            }
        }
    }

    /// <summary>The day it is in the office.</summary>
    public DateOnly Today(DateTimeOffset now) => now.ToInstant().InZone(Zones.Find(office.Zone)).Date.ToDateOnly();

    /// <summary>Until when an owner answers what came in on this day: at the end of a working day of theirs.</summary>
    public DateTimeOffset AnswerDue(Person owner, DateOnly day) =>
        WorkCalendar.Of(owner, office).AddWorkingDays(LocalDate.FromDateOnly(day).At(office.DayEnds).InZone(Zones.Find(owner.Zone ?? office.Zone), Resolvers.LenientResolver).ToInstant(), options.Value.AnswerDays).ToDateTimeOffset();
}
