using Microsoft.Extensions.Options;

namespace CoordinationBot.Mail;

/// <summary>Mail to people outside, and the replies of their calendars.</summary>
internal static class MailFeature
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidation>();
        services
            .AddSingleton<IMailer, SmtpMailer>()
            .AddSingleton<MailDelivery>()
            .AddSingleton<MailReplies>();
        // Whether there is an inbox depends on this one setting.
        return string.IsNullOrWhiteSpace(configuration[$"{MailOptions.Section}:{nameof(MailOptions.ImapHost)}"])
            ? services
            : services.AddSingleton<ImapInbox>().AddHostedService<InboxWatch>();
    }
}
