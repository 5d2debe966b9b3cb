using CoordinationBot.Dialogs;
using CoordinationBot.Files;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>Before, in and after a meeting: the agenda, the brief and the minutes.</summary>
internal static class MinutesFeature
{
    public static IServiceCollection AddMinutes(this IServiceCollection services) => services
        .AddSingleton<AgendaHandlers>()
        .AddSingleton<BriefStore>()
        .AddSingleton<BriefWork>()
        .AddSingleton<BriefHandlers>()
        .AddSingleton<MinutesStore>()
        .AddSingleton<LastMinutes>()
        .AddSingleton<MinutesDesk>()
        .AddSingleton<MinutesHandlers>()
        .AddSingleton<MinutesCommand>()
        .AddSingleton<MinutesFile>()
        .AddSingleton<MinutesWork>()
        .AddSingleton<DraftSent>(provider => (turn, draft, cancel) => provider.GetRequiredService<MinutesDesk>().SentAsync(turn, draft, cancel))
        .AddSingleton<MeetingDue>(provider => provider.GetRequiredService<BriefWork>().PlanAsync)
        .AddSingleton<FileKind>(provider => provider.GetRequiredService<MinutesFile>().Word)
        .AddSingleton<FileKind>(provider => provider.GetRequiredService<MinutesFile>().Markdown);

    public static void MapMinutes(this RouteTable routes, IServiceProvider services)
    {
        var agendas = services.GetRequiredService<AgendaHandlers>();
        var minutes = services.GetRequiredService<MinutesHandlers>();
        routes
            .Command(new("agenda", CommandArgument.Id, "what is to be talked about in a meeting, collected from all", agendas.CommandAsync) { Usage = "agenda M-…, or agenda M-…: Budget review, 15 min, Alex" })
            .Command(new("minutes", CommandArgument.Id, "what was said in a meeting, and what became of it", services.GetRequiredService<MinutesCommand>().RunAsync) { Usage = "minutes M-…, or minutes M-…: decision We take the second offer" })
            .Action("agenda.open", agendas.OpenAsync)
            .Action("agenda.view", agendas.ViewAsync)
            .Action("agenda.add", agendas.AddAsync)
            .Action("agenda.remove", agendas.RemoveAsync)
            .Action("agenda.place", agendas.PlaceAsync)
            .Action("agenda.close", agendas.CloseAsync)
            .Action("agenda.carry-over", agendas.CarryOverAsync)
            .Action("brief.bring", services.GetRequiredService<BriefHandlers>().BringAsync)
            .Action("minutes.start", minutes.StartAsync)
            .Action("minutes.open", minutes.OpenAsync)
            .Action("minutes.view", minutes.ViewAsync)
            .Action("minutes.edit", minutes.EditAsync)
            .Action("minutes.add", minutes.AddAsync)
            .Action("minutes.reword", minutes.RewordAsync)
            .Action("minutes.remove", minutes.RemoveAsync)
            .Action("minutes.settle", minutes.SettleAsync)
            .Action("minutes.give", minutes.GiveAsync)
            .Action("minutes.circulate", minutes.CirculateAsync)
            .Action("minutes.propose", minutes.ProposeAsync)
            .Action("minutes.take", minutes.TakeAsync)
            .Action("minutes.refuse", minutes.RefuseAsync)
            .Action("minutes.finish", minutes.FinishAsync)
            .Action("minutes.files", minutes.FilesAsync);
        var due = services.GetRequiredService<WorkHandlers>();
        due.Add(MinutesStore.Kind, services.GetRequiredService<MinutesWork>().RunAsync);
        due.Add(BriefStore.Kind, services.GetRequiredService<BriefWork>().RunAsync);
    }
}
