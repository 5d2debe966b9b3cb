namespace CoordinationBot.Notices;

/// <summary>Telling people what they did not just ask for.</summary>
internal static class NoticeFeature
{
    public static IServiceCollection AddNotices(this IServiceCollection services) => services.AddSingleton<NoticeDelivery>();
}
