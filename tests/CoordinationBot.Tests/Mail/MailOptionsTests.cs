using CoordinationBot.Mail;

namespace CoordinationBot.Tests.Mail;

public sealed class MailOptionsTests
{
    [Fact]
    public void Without_a_server_nothing_else_is_asked()
    {
        var options = new MailOptions { From = "nobody", Timeout = -1 };
        Assert.True(new MailOptionsValidation().Validate(null, options).Succeeded);
        Assert.Equal((null, false), (options.OwnAddress, options.ReadsReplies));
    }

    [Fact]
    public void A_server_and_an_address_are_enough()
    {
        var options = new MailOptions { Host = "mail.contoso.example", From = "Office@Contoso.example" };
        Assert.True(new MailOptionsValidation().Validate(null, options).Succeeded);
        Assert.Equal(("office@contoso.example", MailSecurity.StartTls), (options.OwnAddress, options.Security));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "Mail:From", "" },
        { "Mail:From", "office" },
        { "Mail:From", "Office\r\nBcc: eve@evil.example" },
        { "Mail:Host", "mail.contoso.example:25" },
        { "Mail:Host", "https://mail.contoso.example" },
        { "Mail:Port", "70000" },
        { "Mail:Security", "mail.contoso.example" },
        { "Mail:Security", "127.0.0.1.contoso.example" },
        { "Mail:Password", "" },
        { "Mail:Timeout", "0" },
        { "Mail:Timeout", "45" },
        { "Mail:ImapHost", "a host" },
        { "Mail:ImapPort", "-1" },
        { "Mail:ImapSecurity", "mail.contoso.example" },
        { "Mail:ImapUser", "" },
        { "Mail:ImapInterval", "1" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named(string setting, string value)
    {
        var options = new MailOptions { Host = "mail.contoso.example", From = "office@contoso.example", User = "office", Password = "secret", ImapHost = "mail.contoso.example" };
        switch (setting)
        {
            case "Mail:From": options.From = value; break;
            case "Mail:Host": options.Host = value; break;
            case "Mail:Port": options.Port = int.Parse(value); break;
            case "Mail:Security": (options.Host, options.Security) = (value, MailSecurity.DangerouslyAllowPlainText); break;
            case "Mail:Password": options.Password = value; break;
            case "Mail:Timeout": options.Timeout = int.Parse(value); break;
            case "Mail:ImapHost": options.ImapHost = value; break;
            case "Mail:ImapPort": options.ImapPort = int.Parse(value); break;
            case "Mail:ImapSecurity": (options.ImapHost, options.ImapSecurity) = (value, MailSecurity.DangerouslyAllowPlainText); break;
            case "Mail:ImapUser": options.ImapUser = value; break;
            case "Mail:ImapInterval": options.ImapInterval = int.Parse(value); break;
        }
        Assert.Contains(new MailOptionsValidation().Validate(null, options).Failures ?? [], failure => failure.Contains(setting, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Plain_text_stays_on_this_machine(string host) =>
        Assert.True(new MailOptionsValidation().Validate(null, new MailOptions { Host = host, From = "office@contoso.example", Security = MailSecurity.DangerouslyAllowPlainText }).Succeeded);
}
