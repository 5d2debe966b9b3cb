using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Notices;

/// <summary>Telling people what they did not just ask for, at a moment that suits them.</summary>
internal static class NoticeFeature
{
    public static IServiceCollection AddNotices(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NoticeOptions>().Bind(configuration.GetSection(NoticeOptions.Section))
            .Validate(options => options.PerSecond is >= 1 and <= 1000, "Notices:PerSecond must be 1 to 1000.")
            .ValidateOnStart();
        return services
            // The platform counts by its own clock, whatever the office's shows.
            .AddSingleton(provider => new NoticePace(provider.GetRequiredService<IOptions<NoticeOptions>>(), provider.GetRequiredService<HostCount>(), TimeProvider.System))
            .AddSingleton<CardSender>()
            .AddSingleton<DigestStore>()
            .AddSingleton<DigestWork>()
            .AddSingleton<MissedNotices>()
            .AddSingleton<Governor>()
            .AddSingleton<NoticeDelivery>()
            .AddSingleton<NoticeHandlers>();
    }

    public static void MapNotices(this RouteTable routes, IServiceProvider services)
    {
        var handlers = services.GetRequiredService<NoticeHandlers>();
        routes
            .Command(new("notices", CommandArgument.Text, "what I tell you, and when", handlers.NoticesAsync) { Usage = "notices, or notices answers off" })
            .Action("notices.save", handlers.SaveAsync);

        var digest = services.GetRequiredService<DigestWork>();
        var due = services.GetRequiredService<WorkHandlers>();
        due.Add(DigestStore.Kind, digest.RunAsync);
        due.Add(AbsenceHandlers.CameBack, digest.RunAsync);
        due.Add(PeopleHandlers.ReachableAgain, services.GetRequiredService<MissedNotices>().RetryAsync);
    }
}
