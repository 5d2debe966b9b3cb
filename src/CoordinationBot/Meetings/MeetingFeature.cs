using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Mail;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>Meetings: a time is found, people are invited, and what becomes of it reaches everybody whom it concerns.</summary>
internal static class MeetingFeature
{
    public static IServiceCollection AddMeetings(this IServiceCollection services) => services
        .AddSingleton<MeetingStore>()
        .AddSingleton<MeetingIndex>()
        .AddSingleton<OutsideCalendar>()
        .AddSingleton<SlotFinder>()
        .AddSingleton<MeetingDesk>()
        .AddSeries()
        .AddSingleton<MeetDetails>()
        .AddSingleton<MeetHandlers>()
        .AddSingleton<SlotHandlers>()
        .AddSingleton<MeetingHandlers>()
        .AddSingleton<MeetingListHandlers>()
        .AddSingleton<MeetingReplies>()
        .AddSingleton<MeetingWork>()
        .AddSingleton(provider => new Dialog(
            MeetForm.Form,
            draft => draft.About is null ? "Find times" : "Change it",
            (draft, _) => draft.About is null ? "I look for times that suit everybody. Nobody is told yet: you choose." : "Whoever is concerned hears of it.",
            (turn, draft, cancel) => provider.GetRequiredService<MeetHandlers>().SendAsync(turn, draft, cancel),
            (turn, draftId, cancel) => provider.GetRequiredService<MeetHandlers>().FindSentAsync(turn, draftId, cancel))
        {
            NotesAsync = (_, draft, context, _) => new ValueTask<ReviewNotes>(MeetDetails.Notes(draft, context)),
        })
        .AddSingleton<ShowById>(provider => provider.GetRequiredService<MeetingHandlers>().ShowAsync)
        .AddSingleton<WaitingLines>(provider => provider.GetRequiredService<MeetingListHandlers>().WaitingAsync)
        .AddPolls()
        .AddMinutes();

    public static void MapMeetings(this RouteTable routes, IServiceProvider services)
    {
        var (meet, slots) = (services.GetRequiredService<MeetHandlers>(), services.GetRequiredService<SlotHandlers>());
        var (handlers, lists) = (services.GetRequiredService<MeetingHandlers>(), services.GetRequiredService<MeetingListHandlers>());
        routes
            .Command(new("meet", CommandArgument.Text, "arrange a meeting", meet.MeetAsync) { Usage = "meet, or meet Alex and Kim 45 min next week about …" })
            .Command(new("meeting with", CommandArgument.Text, "", meet.MeetAsync) { IsAlias = true })
            .Command(new("my meetings", CommandArgument.None, "your meetings ahead", lists.MyMeetingsAsync))
            .Command(new("meetings", CommandArgument.None, "", lists.MyMeetingsAsync) { IsAlias = true })
            .Command(new("today", CommandArgument.None, "your day, with its gaps", lists.TodayAsync))
            .Command(new("meeting", CommandArgument.Id, "", handlers.MeetingCommandAsync) { IsAlias = true })
            .Command(new("move", CommandArgument.Id, "gives a meeting another time", slots.MoveCommandAsync) { Usage = "move M-…, or move M-… to fri 2pm" })
            .Command(new("cancel", CommandArgument.Id, "cancels a meeting that you arrange", handlers.CancelCommandAsync) { Usage = "cancel M-…" })
            .Action("meeting.list", lists.ListAsync)
            .Action("meeting.bring", handlers.BringAsync)
            .Action("meeting.view", handlers.ViewAsync)
            .Action("meeting.take", slots.TakeAsync)
            .Action("meeting.further", slots.FurtherAsync)
            .Action("meeting.shorten", slots.ShortenAsync)
            .Action("meeting.optional", slots.OptionalAsync)
            .Action("meeting.move", slots.MoveAsync)
            .Action("meeting.change", meet.ChangeAsync)
            .Action("meeting.accept", handlers.AcceptAsync)
            .Action("meeting.tentative", handlers.TentativeAsync)
            .Action("meeting.decline", handlers.DeclineAsync)
            .Action("meeting.cancel-ask", handlers.CancelAskAsync)
            .Action("meeting.cancel", handlers.CancelAsync);
        routes.MapSeries(services);
        routes.MapPolls(services);
        routes.MapMinutes(services);

        var work = services.GetRequiredService<MeetingWork>();
        var due = services.GetRequiredService<WorkHandlers>();
        due.Add(MeetingStore.Kind, work.RunAsync);
        services.GetRequiredService<MailReplies>().Add(Meeting.UidSuffix, services.GetRequiredService<MeetingReplies>().ReceiveAsync);
    }
}
