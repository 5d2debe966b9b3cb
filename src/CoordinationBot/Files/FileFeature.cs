namespace CoordinationBot.Files;

/// <summary>Files that people download by a link that ends soon.</summary>
internal static class FileFeature
{
    public static IServiceCollection AddFiles(this IServiceCollection services) => services
        .AddSingleton<PublicAddress>()
        .AddSingleton<FileStore>()
        .AddSingleton<FileLinks>()
        .AddSingleton<FileEndpoint>();

    /// <summary>Where the files are.</summary>
    public static void MapFiles(this IEndpointRouteBuilder routes) => FileEndpoint.Map(routes);
}
