using CoordinationBot.Files;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Overviews;

/// <summary>A leader sees the whole: what they gave, in numbers and page by page, and how it hangs together.</summary>
internal static class OverviewFeature
{
    public static IServiceCollection AddOverviews(this IServiceCollection services) => services
        .AddSingleton<OverviewHandlers>()
        .AddSingleton<ExportHandlers>()
        .AddSingleton<ExportFile>()
        .AddSingleton(provider => new FileKind(ExportFile.Kind, provider.GetRequiredService<ExportFile>().OpenAsync));

    public static void MapOverviews(this RouteTable routes, IServiceProvider services)
    {
        var overviews = services.GetRequiredService<OverviewHandlers>();
        var exports = services.GetRequiredService<ExportHandlers>();
        routes
            .Command(new("overview", CommandArgument.Text, "all that you gave: by state, late, waiting for you, money", overviews.CommandAsync) { Usage = "overview, or overview late, overview Alex, overview flexible, overview objective …" })
            .Command(new("export", CommandArgument.Text, "the same as a file for Excel", exports.CommandAsync) { Usage = "export, or export late, export Alex" })
            .Action("overview.export", exports.PressedAsync)
            .Action("overview.page", overviews.PageAsync)
            .Action("overview.filter", overviews.FilterAsync);
    }
}
