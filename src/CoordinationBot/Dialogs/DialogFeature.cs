using CoordinationBot.Protocol.Turns;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Dialogs;

/// <summary>Forms by card and by typing, the help, and the answer to what was not understood.</summary>
internal static class DialogFeature
{
    public static IServiceCollection AddDialogs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OfficeOptions>().Bind(configuration.GetSection("Office")).ValidateDataAnnotations()
            .Validate(office => office.Problem() is null, "Office:Zone is not an IANA time zone; write it like Europe/Berlin.")
            .Validate(office => office.Administrators.All(entry => Guid.TryParse(entry, out _) || entry.Trim().IndexOf('@', StringComparison.Ordinal) > 0), "Office:Administrators holds something that is neither an Entra object id nor a mail address.")
            .ValidateOnStart();
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
