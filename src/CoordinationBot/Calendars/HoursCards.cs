using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>The card about when and where somebody works.</summary>
internal static class HoursCards
{
    private static readonly IsoDayOfWeek[] Days = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday];

    /// <param name="person">Whose.</param>
    /// <param name="times">Their working hours.</param>
    /// <param name="zone">Where they are.</param>
    /// <param name="now">When.</param>
    /// <param name="news">What was done, or null.</param>
    /// <param name="problem">Why nothing was, or null.</param>
    public static AdaptiveCard Status(Person person, WorkTimes times, DateTimeZone zone, Instant now, string? news, string? problem) => new()
    {
        Body =
        [
            .. problem is null ? (CardElement[])[] : [CardParts.Attention(problem)],
            .. news is null ? (CardElement[])[] : [CardParts.News([news])],
            CardParts.Heading("When you work"),
            CardParts.Line("Hours", HoursSentence.Read(times)),
            CardParts.Faint(person.Hours is null ? "Those of the office." : "Your own. Holidays are those of the office."),
            CardParts.Line("Zone", $"{zone.Id}, where it is {TypedTimes.Read(now.InZone(zone).TimeOfDay)} now"),
            CardParts.Faint(person.ZoneIsChosen ? "You chose it, wherever your Teams is." : "Your Teams says so, and I follow it when you travel."),
            new ActionSet
            {
                Separator = true,
                Actions =
                [
                    Panel("Other hours",
                    [
                        new ChoiceSetInput { Id = "days", Label = "Days", Style = "expanded", IsMultiSelect = true, Value = string.Join(',', times.Week.Order()), Choices = [.. Days.Select(day => new Choice(day.ToString(), day.ToString()))] },
                        new TimeInput { Id = "from", Label = "From", Value = TypedTimes.Read(times.DayStarts) },
                        new TimeInput { Id = "until", Label = "Until", Value = TypedTimes.Read(times.DayEnds) },
                    ], "hours.save"),
                    .. person.Hours is null ? (CardButton[])[] : [Button("hours.office", "The office's hours")],
                    Panel("Another zone", [new TextInput { Id = "zone", Label = "City or zone", Placeholder = "Asia/Tokyo", MaxLength = 60 }], "zone.save"),
                    .. person.ZoneIsChosen ? (CardButton[])[Button("zone.auto", "Follow my Teams")] : [],
                ],
            },
            CardParts.Faint("Or type: hours Mon-Thu 8-16, hours office, zone Tokyo, zone auto."),
        ],
        FallbackText = "When you work",
    };

    private static ShowCardAction Panel(string title, IReadOnlyList<CardElement> inputs, string verb) =>
        new(new AdaptiveCard { Body = [.. inputs, new ActionSet { Actions = [Button(verb, "Save") with { Style = "positive" }] }] }) { Title = title };

    private static ExecuteAction Button(string verb, string title) => new(verb, new Dictionary<string, string>()) { Title = title };
}
