using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
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
        .AddSingleton<ActInputs>()
        .AddSingleton<ActCommands>()
        .AddSingleton<DeclareHandlers>()
        .AddSingleton<StandIns>()
        .AddSingleton<SilenceStore>()
        .AddSingleton<SilenceWork>()
        .AddSingleton<OverdueLines>()
        .AddSingleton<DigestLines>(provider => provider.GetRequiredService<OverdueLines>().ForAsync)
        .AddSingleton<ApprovalIndex>()
        .AddSingleton<ApprovalList>()
        .AddSingleton<ApprovalHandlers>()
        .AddSingleton<InquiryHandlers>()
        .AddSingleton<DelegationEffects>()
        .AddSingleton<ChainReader>()
        .AddSingleton<BeforeSending>()
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
            NotesAsync = async (turn, draft, context, cancel) =>
                (await provider.GetRequiredService<Repeating>().NotesAsync(turn, draft, context, cancel)).And(await provider.GetRequiredService<BeforeSending>().NotesAsync(turn, draft, context, cancel)),
            PrepareAsync = async (turn, draft, cancel) => DelegationForm.With(draft, await provider.GetRequiredService<AuthorityStore>().MattersAsync(turn.Tenant, cancel)),
        })
        .AddSingleton(provider => new Dialog(
            InquiryForm.Form,
            _ => "Choose it",
            InquiryForm.Sentence,
            (turn, draft, cancel) => provider.GetRequiredService<InquiryHandlers>().SendAsync(turn, draft, cancel),
            (turn, draftId, cancel) => provider.GetRequiredService<InquiryHandlers>().FindSentAsync(turn, draftId, cancel)))
        .AddSingleton<WaitingLines>(provider => provider.GetRequiredService<DelegationHandlers>().WaitingAsync);

    public static void MapDelegations(this RouteTable routes, IServiceProvider services)
    {
        var handlers = services.GetRequiredService<DelegationHandlers>();
        var changes = services.GetRequiredService<ChangeHandlers>();
        var declare = services.GetRequiredService<DeclareHandlers>();
        var typed = services.GetRequiredService<ActCommands>();
        var approvals = services.GetRequiredService<ApprovalHandlers>();
        var inquiries = services.GetRequiredService<InquiryHandlers>();
        routes
            .Command(new("delegate", CommandArgument.Text, "hand out work with the authority that goes with it", handlers.DelegateAsync) { Usage = "delegate, or delegate \"…\" to Alex by fri 5pm, exactly: …; …" })
            .Command(new("my tasks", CommandArgument.None, "what is assigned to you", handlers.MyTasksAsync))
            .Command(new("tasks", CommandArgument.None, "", handlers.MyTasksAsync) { IsAlias = true })
            .Command(new("delegations", CommandArgument.None, "what you gave to others, and how it stands", handlers.GivenAsync))
            .Command(new("given", CommandArgument.None, "", handlers.GivenAsync) { IsAlias = true })
            .Command(new("approvals", CommandArgument.None, "what waits for your approval", approvals.ApprovalsAsync))
            .Command(new("spent", CommandArgument.Text, "declares money you spend", typed.SpendAsync) { Usage = "spent 1,200 EUR on printing", MayFollowId = true })
            .Command(new("spend", CommandArgument.Text, "", typed.SpendAsync) { IsAlias = true, MayFollowId = true })
            .Command(new("i spent", CommandArgument.Text, "", typed.SpendAsync) { IsAlias = true, MayFollowId = true })
            .Command(new("plan", CommandArgument.Text, "declares spending in several steps", typed.PlanAsync) { Usage = "plan up to 3,000 EUR for the event until 12 Dec", MayFollowId = true })
            .Command(new("involve", CommandArgument.Text, "declares whom you involve", typed.InvolveAsync) { Usage = "involve Alex", MayFollowId = true })
            .Command(new("promise", CommandArgument.Text, "declares what you promise to somebody outside", typed.PromiseAsync) { Usage = "promise Contoso: delivery on 3 Dec", MayFollowId = true })
            .Command(new("move the deadline", CommandArgument.Text, "asks for another deadline", typed.MoveDeadlineAsync) { Usage = "move the deadline to Monday because …", MayFollowId = true })
            .Command(new("show", CommandArgument.Id, "brings the card of a delegation or a meeting again", handlers.ShowCommandAsync) { Usage = "show D-… or M-…" })
            .Command(new("history", CommandArgument.Id, "who did what when, under which clause", handlers.HistoryCommandAsync) { Usage = "history D-…" })
            .Command(new("revoke", CommandArgument.Id, "ends a delegation you gave", handlers.RevokeCommandAsync) { Usage = "revoke D-…" })
            .Command(new("options", CommandArgument.Id, "compares the options of an uncertain delegation", inquiries.OptionsCommandAsync) { Usage = "options D-…" })
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
            .Action("delegation.books", handlers.BooksAsync)
            .Action("delegation.change-ask", declare.AskAsync)
            .Action("delegation.declare-ask", declare.AskAsync)
            .Action("delegation.declare", declare.DeclareAsync)
            .Action("delegation.declare-here", typed.HereAsync)
            .Action("delegation.approvals", approvals.PageAsync)
            .Action("delegation.approval-bring", approvals.BringAsync)
            .Action("delegation.approval-approve", approvals.ApproveAsync)
            .Action("delegation.approval-less", approvals.ApproveLessAsync)
            .Action("delegation.approval-refuse", approvals.RefuseAsync)
            .Action("delegation.approval-withdraw", declare.WithdrawAsync)
            .Action("delegation.approval-pass-ask", approvals.PassAskAsync)
            .Action("delegation.approval-pass", approvals.PassAsync)
            .Action("delegation.change-request", changes.RequestAsync)
            .Action("delegation.change-withdraw", changes.WithdrawAsync)
            .Action("delegation.change-approve", changes.ApproveAsync)
            .Action("delegation.change-refuse", changes.RefuseAsync)
            .Action("delegation.option-add", inquiries.AddAsync)
            .Action("delegation.option-rework-ask", inquiries.ReworkAskAsync)
            .Action("delegation.option-rework", inquiries.ReworkAsync)
            .Action("delegation.option-remove", inquiries.RemoveAsync)
            .Action("delegation.options", inquiries.ReadAsync)
            .Action("delegation.report", inquiries.ReportAsync)
            .Action("delegation.propose", inquiries.ProposeAsync)
            .Action("delegation.comment", inquiries.CommentAsync)
            .Action("delegation.option-choose", inquiries.ChooseAsync)
            .Action("delegation.ask-more", inquiries.AskForMoreAsync)
            .Action("delegation.close", inquiries.CloseAsync)
            .Action("delegation.go-on-without", inquiries.GoOnWithoutAsync)
            .Action("delegation.hand-on", services.GetRequiredService<HandOnHandlers>().AskAsync)
            .Action("delegation.revoke-ask", handlers.RevokeAskAsync)
            .Action("delegation.revoke", handlers.RevokeAsync);

        var work = services.GetRequiredService<DelegationWork>();
        var due = services.GetRequiredService<WorkHandlers>();
        due.Add(DelegationStore.Kind, work.RunAsync);
    }
}
