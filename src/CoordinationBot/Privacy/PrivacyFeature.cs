using CoordinationBot.Files;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Privacy;

/// <summary>What is known of a person: they see it, and have it erased.</summary>
internal static class PrivacyFeature
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services
        .AddSingleton<ErasureStore>()
        .AddSingleton<ForgetHandlers>()
        .AddSingleton<AboutMeFile>()
        .AddSingleton(provider => new FileKind(AboutMeFile.Kind, provider.GetRequiredService<AboutMeFile>().OpenAsync));

    public static void MapPrivacy(this RouteTable routes, IServiceProvider services)
    {
        var forget = services.GetRequiredService<ForgetHandlers>();
        routes
            .Command(new("about me", CommandArgument.None, "a file with what I have stored about you", services.GetRequiredService<AboutMeFile>().CommandAsync))
            .Command(new("forget", CommandArgument.Text, "erases what I know of you, and says before what is kept", forget.CommandAsync) { Usage = "forget me; for administrators also forget Alex, who has left" })
            .Action("privacy.forget", forget.ForgetAsync);
        services.GetRequiredService<WorkHandlers>().Add(ErasureStore.Kind, services.GetRequiredService<ErasureStore>().RunAsync);
    }
}
