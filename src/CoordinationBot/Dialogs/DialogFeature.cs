using CoordinationBot.Protocol.Turns;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Dialogs;

/// <summary>Forms by card and by typing, the help, and the answer to what was not understood.</summary>
internal static class DialogFeature
{
    public static IServiceCollection AddDialogs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OfficeOptions>().Bind(configuration.GetSection(OfficeOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OfficeOptions>, OfficeOptionsValidation>();
        return services
            .AddSingleton(provider => provider.GetRequiredService<IOptions<OfficeOptions>>().Value)
            .AddSingleton<DraftStore>()
            .AddSingleton<PersonsReader>()
            .AddSingleton<FormReader>()
            .AddSingleton<DialogHandlers>()
            .AddSingleton<HelpHandlers>();
    }

    public static void MapDialogs(this RouteTable routes, IServiceProvider services)
    {
        services.GetRequiredService<HelpHandlers>().Map();
        services.GetRequiredService<DialogHandlers>().Map(routes);
    }
}
