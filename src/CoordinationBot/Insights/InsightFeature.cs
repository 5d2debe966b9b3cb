using CoordinationBot.Files;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Insights;

/// <summary>Insights: what came up to somebody, in numbers and themes.</summary>
internal static class InsightFeature
{
    public static IServiceCollection AddInsights(this IServiceCollection services) => services
        .AddSingleton<InsightStore>()
        .AddSingleton<InsightHandlers>()
        .AddSingleton<InsightFile>()
        .AddSingleton<InsightWork>()
        .AddSingleton(provider => new FileKind(InsightFile.Kind, provider.GetRequiredService<InsightFile>().OpenAsync));

    public static void MapInsights(this RouteTable routes, IServiceProvider services)
    {
        var insights = services.GetRequiredService<InsightHandlers>();
        routes
            .Command(new("insights", CommandArgument.Text, "what came up to you: numbers, response rates, themes", insights.CommandAsync) { Usage = "insights, or insights year" })
            .Action("insights.ask", insights.AskedAsync)
            .Action("insights.numbers", insights.NumbersAsync)
            .Action("insights.themes", insights.ThemesAsync)
            .Action("insights.export", insights.ExportAsync);
        services.GetRequiredService<WorkHandlers>().Add(InsightStore.Kind, services.GetRequiredService<InsightWork>().RunAsync);
    }
}
