using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Authority;

/// <summary>Mandates and policies: where all authority comes from.</summary>
internal static class AuthorityFeature
{
    public static IServiceCollection AddAuthority(this IServiceCollection services) => services
        .AddSingleton<AdministratorSettings>()
        .AddSingleton<AuthorityStore>()
        .AddSingleton<AuthorityDesk>()
        .AddSingleton<AdministratorHandlers>()
        .AddSingleton<MandateHandlers>()
        .AddSingleton<PolicyHandlers>()
        .AddSingleton(provider => new Dialog(
            MandateForm.Form,
            _ => "Set this mandate",
            (draft, _) => draft.About?.Key == MandateForm.Everybody ? "This holds for everybody who has no mandate of their own." : "This holds from now on, also for delegations that are under way.",
            (turn, draft, cancel) => provider.GetRequiredService<MandateHandlers>().SendAsync(turn, draft, cancel),
            (turn, draftId, cancel) => provider.GetRequiredService<MandateHandlers>().FindSentAsync(turn, draftId, cancel)))
        .AddSingleton(provider => new Dialog(
            PolicyForm.Form,
            _ => "Add this policy",
            (draft, _) => $"{PolicyForm.PolicyOf(draft).Rule} No delegation can widen it.",
            (turn, draft, cancel) => provider.GetRequiredService<PolicyHandlers>().SendAsync(turn, draft, cancel),
            (turn, draftId, cancel) => provider.GetRequiredService<PolicyHandlers>().FindSentAsync(turn, draftId, cancel)));

    public static void MapAuthority(this RouteTable routes, IServiceProvider services)
    {
        var administrators = services.GetRequiredService<AdministratorHandlers>();
        var mandates = services.GetRequiredService<MandateHandlers>();
        var policies = services.GetRequiredService<PolicyHandlers>();
        routes
            .Command(new("my mandate", CommandArgument.None, "what you may decide in your own right", mandates.MineAsync))
            .Command(new("policies", CommandArgument.None, "what holds for everybody", policies.ListAsync))
            .Command(new("administer", CommandArgument.None, "for administrators: mandates, policies, administrators", administrators.AdministerAsync))
            .Command(Administrative(new("mandates", CommandArgument.None, "all mandates", mandates.ListAsync)))
            .Command(Administrative(new("mandate", CommandArgument.Text, "sets what somebody may decide", mandates.CommandAsync) { Usage = "mandate, mandate Alex, or mandate everybody" }))
            .Command(Administrative(new("policy", CommandArgument.None, "adds a policy that holds for everybody", policies.AddAsync)))
            .Command(Administrative(new("administrators", CommandArgument.Text, "lists, adds and removes administrators", administrators.CommandAsync) { Usage = "administrators, administrators add Alex, or administrators remove Alex" }))
            .Action("authority.administrator-add", administrators.AddAsync)
            .Action("authority.administrator-remove", administrators.RemoveAsync)
            .Action("authority.history", administrators.HistoryAsync)
            .Action("authority.mandates", mandates.ListAsync)
            .Action("authority.mandate-open", mandates.OpenAsync)
            .Action("authority.mandate-everybody", mandates.OpenEverybodysAsync)
            .Action("authority.mandate-show", mandates.ShowAsync)
            .Action("authority.mandate-keep", mandates.KeepAsync)
            .Action("authority.mandate-reset-ask", mandates.ResetAskAsync)
            .Action("authority.mandate-reset", mandates.ResetAsync)
            .Action("authority.policies", policies.ListAsync)
            .Action("authority.policies-withdrawn", policies.WithdrawnAsync)
            .Action("authority.policy-withdraw-ask", policies.WithdrawAskAsync)
            .Action("authority.policy-withdraw", policies.WithdrawAsync);
    }

    private static CommandRoute Administrative(CommandRoute command) => command with { ListedBy = AdministratorHandlers.Command };
}
