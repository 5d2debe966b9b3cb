using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Calendars;

/// <summary>The card about where somebody's busy times come from. The link itself is on none.</summary>
internal static class CalendarCards
{
    private const int LongestLink = 2_000;

    public static AdaptiveCard Status(CalendarView view) => new()
    {
        Body =
        [
            .. view.Refusal is { } refusal ? (CardElement[])[CardParts.Attention(refusal)] : [],
            .. view.News.Count > 0 ? (CardElement[])[CardParts.News(view.News)] : [],
            CardParts.Heading("Your calendar"),
            CardParts.Paragraph(Standing(view)),
            CardParts.Line("Kept here", view.Person.CalendarIsHere ? "what is arranged through me, and you said that this is all there is" : "what is arranged through me"),
            .. view.HasGraph ? (CardElement[])[CardParts.Line("Microsoft 365", "I ask it when you are busy, and for nothing else")] : [],
            .. Connected(view),
            new ActionSet { Separator = true, Actions = [.. Buttons(view)] },
            CardParts.Faint("Or type: calendar and the link, calendar here, or calendar off. Your hours and the time that you protect: hours, zone, focus."),
        ],
        FallbackText = CardText.Literal(view.News.Count > 0 ? view.News[0] : "Your calendar"),
    };

    /// <summary>What remains of a card that came again further down.</summary>
    public static AdaptiveCard Moved() => new() { Body = [CardParts.Faint("Your calendar · continued further down")], FallbackText = "Your calendar continues further down" };

    /// <summary>What others get to see when they look for a time.</summary>
    private static string Standing(CalendarView view) =>
        view.Subscription is not null && view.Barrier is not null ? "Where I know of nothing I say that you are unknown, not free: I cannot rely on what you connected."
        : view.Subscription is not null || view.HasGraph || view.Person.CalendarIsHere ? "Who looks for a time with you sees when you are free and when you are not. Nobody sees what you do."
        : "I know nothing of your time but what is arranged through me, so I say that you are unknown, never free. Connect your calendar, or tell me that it is all here.";

    private static IEnumerable<CardElement> Connected(CalendarView view)
    {
        if (view.Subscription is not { } subscription)
        {
            yield break;
        }
        yield return CardParts.Line("Connected", CalendarLink.Shown(subscription.Link));
        yield return CardParts.Faint($"Read {Zones.Read(subscription.ReadAt, view.Zone)}: {(subscription.Events == 1 ? "one event" : $"{subscription.Events} events")}. I read it again when somebody looks for a time, every {SubscriptionRules.Fresh.TotalMinutes:N0} minutes at most.");
        if (view.Barrier is { } barrier)
        {
            yield return CardParts.Problem(barrier);
        }
        else if (subscription.Problem is { } problem)
        {
            yield return CardParts.Problem($"{problem} Until then I go by what I read before, for a day at most.");
        }
    }

    private static IEnumerable<CardButton> Buttons(CalendarView view)
    {
        yield return new ShowCardAction(new AdaptiveCard
        {
            Body =
            [
                new TextInput { Id = "link", Label = "Secret link to your calendar (iCal, .ics)", Placeholder = "https://…", MaxLength = LongestLink },
                CardParts.Faint("Outlook: Settings, Shared calendars, Publish a calendar, ICS. Google: Settings of the calendar, Secret address in iCal format. Apple: Public calendar. Whoever has the link can read the calendar; I show it to nobody."),
                new ActionSet { Actions = [Button("connect", "Connect") with { Style = "positive" }] },
            ],
        })
        { Title = view.Subscription is null ? "Connect a calendar" : "Connect another one instead" };
        if (view.Subscription is not null)
        {
            yield return Button("disconnect", "Disconnect");
        }
        yield return view.Person.CalendarIsHere ? Button("elsewhere", "It is not all here") : Button("here", "It is all here");
    }

    private static ExecuteAction Button(string what, string title) => new($"calendar.{what}", new Dictionary<string, string>()) { Title = title };
}
