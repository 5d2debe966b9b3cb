using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Calendars;

/// <summary><c>calendar</c>, and the buttons of its card.</summary>
internal sealed class CalendarHandlers(PeopleDirectory directory, SubscriptionStore store, SubscriptionDesk subscriptions, CalendarDesk desk, CalendarOptions options)
{
    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel) => turn.Argument.Trim('.', ' ').ToLowerInvariant() switch
    {
        "" => await OpenAsync(turn, cancel),
        "here" => (await HereAsync(turn, cancel)).AsMessage(),
        "elsewhere" or "not here" => (await ElsewhereAsync(turn, cancel)).AsMessage(),
        "off" or "disconnect" or "remove" or "none" => (await DisconnectAsync(turn, cancel)).AsMessage(),
        _ when turn.Scope != ConversationScope.Personal => new TurnResult.Say("I did not read that link: others here have seen it, and whoever has it can read your calendar. Please make a new one, and send it to me in our own chat."),
        _ => (await ConnectAsync(turn, turn.Argument, cancel)).AsMessage(),
    };

    public async ValueTask<TurnResult> OpenAsync(Turn turn, CancellationToken cancel) =>
        new TurnResult.Open(CalendarCards.Status(await desk.ViewAsync(await directory.StoredSpeakerAsync(turn, cancel), cancel)));

    public ValueTask<TurnResult> ConnectPressedAsync(Turn turn, CancellationToken cancel) => ConnectAsync(turn, turn.Inputs.Text("link") ?? "", cancel);

    public ValueTask<TurnResult> HereAsync(Turn turn, CancellationToken cancel) =>
        SetAsync(turn, true, "Noted: all your appointments are here. Where nothing stands you are free. Take it back when that changes.", cancel);

    public ValueTask<TurnResult> ElsewhereAsync(Turn turn, CancellationToken cancel) => SetAsync(turn, false, "Noted: there are appointments that I do not know of.", cancel);

    public async ValueTask<TurnResult> DisconnectAsync(Turn turn, CancellationToken cancel)
    {
        var was = await store.DisconnectAsync(turn.Tenant, turn.Actor.ObjectId, cancel);
        return await ShowAsync(turn, was ? "Disconnected. I have forgotten the link and what I read." : "No calendar was connected.", cancel);
    }

    private async ValueTask<TurnResult> ConnectAsync(Turn turn, string typed, CancellationToken cancel)
    {
        var person = await directory.StoredSpeakerAsync(turn, cancel);
        var (link, problem) = CalendarLink.Parse(typed, options);
        if (link is not null)
        {
            (_, problem) = await subscriptions.ConnectAsync(person, link, cancel);
        }
        return problem is null
            ? await ShowAsync(turn, "Connected. Who has this link can read your calendar: nobody gets it from me.", cancel)
            : new TurnResult.Refused(problem, CalendarCards.Status(await desk.ViewAsync(person, cancel) with { Refusal = problem }));
    }

    private async ValueTask<TurnResult> SetAsync(Turn turn, bool isHere, string news, CancellationToken cancel)
    {
        await directory.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, known => known!.CalendarIsHere == isHere ? known : known with { CalendarIsHere = isHere }, cancel);
        return await ShowAsync(turn, news, cancel);
    }

    private async ValueTask<TurnResult> ShowAsync(Turn turn, string news, CancellationToken cancel) =>
        new TurnResult.Show(CalendarCards.Status(await desk.ViewAsync(await directory.StoredSpeakerAsync(turn, cancel), cancel) with { News = [news] }));
}
