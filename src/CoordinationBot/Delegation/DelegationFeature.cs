using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Delegations;

/// <summary>Delegations: leaders hand out work together with the authority that goes with it.</summary>
internal static class DelegationFeature
{
    public static IServiceCollection AddDelegations(this IServiceCollection services) => services
        .AddSingleton<DelegationStore>()
        .AddSingleton<DelegationIndex>()
        .AddSingleton<DelegationDesk>()
        .AddSingleton<HandOnHandlers>()
        .AddSingleton<DelegationHandlers>()
        .AddSingleton<ChangeHandlers>()
        .AddSingleton<DelegationEffects>()
        .AddSingleton<ChainReader>()
        .AddSingleton<DelegationWork>()
        .AddSingleton<TreeReader>()
        .AddSingleton<TreeHandlers>()
        .AddSingleton(provider => new Dialog(
            DelegationForm.Form,
            draft => $"Send to {draft.Shown.GetValueOrDefault(DelegationForm.Assignee.Id, "them")}",
            (draft, context) => BoundsText.Sentence(DelegationForm.TermsOf(draft, context)),
            (turn, draft, cancel) => provider.GetRequiredService<DelegationHandlers>().SendAsync(turn, draft, cancel),
            (turn, draftId, cancel) => provider.GetRequiredService<DelegationHandlers>().FindSentAsync(turn, draftId, cancel))
        {
            PrepareAsync = async (turn, draft, cancel) => DelegationForm.With(draft, await provider.GetRequiredService<AuthorityStore>().MattersAsync(turn.Tenant, cancel)),
        })
        .AddSingleton<HelpLines>(provider => provider.GetRequiredService<DelegationHandlers>().HelpAsync);

    public static void MapDelegations(this RouteTable routes, IServiceProvider services)
    {
        var handlers = services.GetRequiredService<DelegationHandlers>();
        var changes = services.GetRequiredService<ChangeHandlers>();
        routes
            .Command(new("delegate", CommandArgument.Text, "hand out work with the authority that goes with it", handlers.DelegateAsync) { Usage = "delegate, or delegate \"…\" to Alex by fri 5pm, exactly: …; …" })
            .Command(new("my tasks", CommandArgument.None, "what is assigned to you", handlers.MyTasksAsync))
            .Command(new("tasks", CommandArgument.None, "", handlers.MyTasksAsync) { IsAlias = true })
            .Command(new("delegations", CommandArgument.None, "what you gave to others, and how it stands", handlers.GivenAsync))
            .Command(new("given", CommandArgument.None, "", handlers.GivenAsync) { IsAlias = true })
            .Command(new("show", CommandArgument.Id, "brings a delegation's card again", handlers.ShowCommandAsync) { Usage = "show D-…" })
            .Command(new("history", CommandArgument.Id, "who did what when, under which clause", handlers.HistoryCommandAsync) { Usage = "history D-…" })
            .Command(new("revoke", CommandArgument.Id, "ends a delegation you gave", handlers.RevokeCommandAsync) { Usage = "revoke D-…" })
            .Command(new("tree", CommandArgument.Id, "what a delegation is part of, and what was handed on from it", services.GetRequiredService<TreeHandlers>().CommandAsync) { Usage = "tree D-…" })
            .Action("delegation.tree", services.GetRequiredService<TreeHandlers>().OpenAsync)
            .Action("delegation.tasks", handlers.TasksPageAsync)
            .Action("delegation.given", handlers.GivenPageAsync)
            .Action("delegation.view", handlers.ViewAsync)
            .Action("delegation.bring", handlers.BringAsync)
            .Action("delegation.history", handlers.HistoryAsync)
            .Action("delegation.steps", handlers.StepsAsync)
            .Action("delegation.accept", handlers.AcceptAsync)
            .Action("delegation.decline", handlers.DeclineAsync)
            .Action("delegation.ask", handlers.AskAsync)
            .Action("delegation.answer", handlers.AnswerAsync)
            .Action("delegation.complete", handlers.CompleteAsync)
            .Action("delegation.hand-in", handlers.HandInAsync)
            .Action("delegation.result-accept", handlers.AcceptResultAsync)
            .Action("delegation.result-return", handlers.ReturnAsync)
            .Action("delegation.change-ask", changes.AskAsync)
            .Action("delegation.change-request", changes.RequestAsync)
            .Action("delegation.change-withdraw", changes.WithdrawAsync)
            .Action("delegation.change-approve", changes.ApproveAsync)
            .Action("delegation.change-refuse", changes.RefuseAsync)
            .Action("delegation.hand-on", services.GetRequiredService<HandOnHandlers>().AskAsync)
            .Action("delegation.revoke-ask", handlers.RevokeAskAsync)
            .Action("delegation.revoke", handlers.RevokeAsync);

        var work = services.GetRequiredService<DelegationWork>();
        var due = services.GetRequiredService<WorkHandlers>();
        due.Add(DelegationStore.Kind, work.RunAsync);
        due.Add(PeopleHandlers.ReachableAgain, work.RetryForAsync);
    }
}
