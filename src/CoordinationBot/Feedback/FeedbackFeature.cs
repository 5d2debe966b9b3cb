using System.Security.Cryptography;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Feedbacks;

/// <summary>Feedback: what people think comes up, safely, and gets an answer.</summary>
internal static class FeedbackFeature
{
    public static IServiceCollection AddFeedback(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FeedbackOptions>().Bind(configuration.GetSection(FeedbackOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FeedbackOptions>, FeedbackOptionsValidation>();
        return services
            .AddSingleton<Chance>(_ => RandomNumberGenerator.GetInt32)
            .AddSingleton<HandOverTimes>()
            .AddSingleton<FeedbackStore>()
            .AddSingleton<FeedbackIndex>()
            .AddSingleton<RegisterStore>()
            .AddSingleton<RegisterNotices>()
            .AddSingleton<LetterboxStore>()
            .AddSingleton<LetterboxWork>()
            .AddSingleton<OwnerFinder>()
            .AddSingleton<SubjectFinder>()
            .AddSingleton<FeedbackDesk>()
            .AddSingleton<FeedbackHandlers>()
            .AddSingleton<OwnerHandlers>()
            .AddSingleton<TalkHandlers>()
            .AddSingleton<RegisterHandlers>()
            .AddSingleton<FeedbackCommand>()
            .AddSingleton<FeedbackWork>()
            .AddSingleton<OverdueAnswers>()
            .AddSingleton<DigestLines>(provider => provider.GetRequiredService<OverdueAnswers>().ForAsync)
            .AddSingleton<DraftSent>(provider => (turn, draft, cancel) => provider.GetRequiredService<OwnerHandlers>().SentAsync(turn, draft, cancel))
            .AddSingleton<ShowById>(provider => (turn, id, cancel) => provider.GetRequiredService<OwnerHandlers>().ShowAsync(turn, id, cancel))
            .AddSingleton<WaitingLines>(provider => provider.GetRequiredService<RegisterHandlers>().WaitingAsync);
    }

    public static void MapFeedback(this RouteTable routes, IServiceProvider services)
    {
        var (say, talk) = (services.GetRequiredService<FeedbackHandlers>(), services.GetRequiredService<TalkHandlers>());
        var (owner, registers) = (services.GetRequiredService<OwnerHandlers>(), services.GetRequiredService<RegisterHandlers>());
        routes
            .Command(new("feedback", CommandArgument.Text, "say what you think, with your name or without", services.GetRequiredService<FeedbackCommand>().RunAsync) { Usage = "feedback, suggest …, problem … or thanks …" })
            .Command(new("suggest", CommandArgument.Text, "", say.SuggestAsync) { IsAlias = true })
            .Command(new("problem", CommandArgument.Text, "", say.ProblemAsync) { IsAlias = true })
            .Command(new("thanks", CommandArgument.Text, "", say.ThanksAsync) { IsAlias = true })
            .Command(new("my feedback", CommandArgument.None, "what you sent with your name, and what became of it", registers.MineAsync))
            .Command(new("register", CommandArgument.Text, "the feedback that you answer", registers.CommandAsync) { Usage = "register, register overdue, or register printer" })
            .Command(new("registers", CommandArgument.Text, "who answers feedback about what", registers.RegistersAsync) { Usage = "registers, registers add Facilities: Alex, or registers general: Alex", ListedBy = AdministratorHandlers.Command })
            .Action("feedback.send-named", say.SendNamedAsync)
            .Action("feedback.send-anonymous", say.SendAnonymousAsync)
            .Action("feedback.view", say.ViewAsync)
            .Action("feedback.reply", talk.ReplyAsync)
            .Action("feedback.reply-anonymous", talk.ReplyAnonymouslyAsync)
            .Action("feedback.talk-end", talk.EndAsync)
            .Action("feedback.talk-end-anonymous", talk.EndAnonymouslyAsync)
            .Action("feedback.ask", talk.AskAsync)
            .Action("feedback.bring", owner.BringAsync)
            .Action("feedback.text", owner.TextAsync)
            .Action("feedback.take", owner.TakeAsync)
            .Action("feedback.answer", owner.AnswerAsync)
            .Action("feedback.move", owner.MoveAsync)
            .Action("feedback.hand-on", owner.HandOnAsync)
            .Action("feedback.join", owner.JoinAsync)
            .Action("feedback.give", owner.GiveAsync)
            .Action("feedback.agenda", owner.AgendaAsync)
            .Action("register.open", registers.OpenAsync)
            .Action("register.page", registers.PageAsync);

        var due = services.GetRequiredService<WorkHandlers>();
        var work = services.GetRequiredService<FeedbackWork>();
        due.Add(FeedbackStore.Kind, work.RunAsync);
        due.Add(LetterboxStore.Kind, services.GetRequiredService<LetterboxWork>().RunAsync);
        due.Add(RegisterNotices.Kind, services.GetRequiredService<RegisterNotices>().RunAsync);
    }
}
