using CoordinationBot.Mail;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Tests.Mail;

public sealed class MailFeatureTests : IDisposable
{
    private readonly SqliteFixture _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Without_settings_no_mail_is_sent_and_no_inbox_is_read()
    {
        await using var services = Services([]);
        Assert.Null(services.GetRequiredService<IMailer>().Address);
        Assert.DoesNotContain(services.GetServices<IHostedService>(), service => service is InboxWatch);
        Assert.NotNull(services.GetRequiredService<MailDelivery>());
    }

    [Fact]
    public async Task With_settings_mail_is_sent_and_the_inbox_is_read()
    {
        await using var services = Services(new() { ["Mail:Host"] = "mail.contoso.example", ["Mail:From"] = "office@contoso.example", ["Mail:User"] = "office", ["Mail:Password"] = "secret", ["Mail:ImapHost"] = "mail.contoso.example" });
        Assert.Equal("office@contoso.example", services.GetRequiredService<IMailer>().Address);
        Assert.Contains(services.GetServices<IHostedService>(), service => service is InboxWatch);
    }

    [Fact]
    public async Task A_wrong_setting_is_named_when_the_host_starts()
    {
        await using var services = Services(new() { ["Mail:Host"] = "mail.contoso.example" });
        Assert.Contains("Mail:From", Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_wanted_a_mail_is_told_why_it_did_not_arrive() =>
        Assert.All(Enum.GetValues<MailFailure>(), failure => Assert.StartsWith("kim@contoso.example could not be reached: ", MailSentences.Read("kim@contoso.example", failure), StringComparison.Ordinal));

    private ServiceProvider Services(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<ITables>(new SqliteTables(_file.File))
        .AddMail(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .BuildServiceProvider();
}
