using System.Net;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Mail;

/// <summary>How a mail server is spoken to.</summary>
internal enum MailSecurity
{
    /// <summary>TLS after a greeting in plain text; a server that does not offer it is not used.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>Everything, the password included, can be read on the way: to this machine only.</summary>
    DangerouslyAllowPlainText,
}

/// <summary>Settings of section <c>Mail</c>: the server that sends, and the one whose inbox has the replies.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The server that sends; unset: no mail is sent.</summary>
    public string? Host { get; set; }

    /// <summary>0: by <see cref="Security"/>, 587 or 465.</summary>
    public int Port { get; set; }

    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>Unset: the server is not asked to let somebody in.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The office's own address.</summary>
    public string? From { get; set; }

    public string FromName { get; set; } = "CoordinationBot";

    /// <summary>Seconds for one mail from the connection to the server's last word.</summary>
    public int Timeout { get; set; } = 20;

    /// <summary>The server whose inbox has the replies of calendars; unset: they are not read.</summary>
    public string? ImapHost { get; set; }

    /// <summary>0: by <see cref="ImapSecurity"/>, 143 or 993.</summary>
    public int ImapPort { get; set; }

    public MailSecurity ImapSecurity { get; set; } = MailSecurity.Tls;

    /// <summary>Unset: <see cref="User"/>.</summary>
    public string? ImapUser { get; set; }

    /// <summary>Unset: <see cref="Password"/>.</summary>
    public string? ImapPassword { get; set; }

    /// <summary>Seconds from one look to the next.</summary>
    public int ImapInterval { get; set; } = 120;

    public string? OwnAddress => string.IsNullOrWhiteSpace(Host) ? null : MailAddresses.Parse(From ?? "").Address;

    public bool ReadsReplies => !string.IsNullOrWhiteSpace(ImapHost);
}

internal sealed class MailOptionsValidation : IValidateOptions<MailOptions>
{
    /// <summary>A mail is claimed for 45 seconds, and a wake-up has as long.</summary>
    private const int LongestTimeout = 25;

    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        List<string> wrong = [];
        if (!string.IsNullOrWhiteSpace(options.Host))
        {
            CheckServer(nameof(options.Host), options.Host, nameof(options.Port), options.Port, nameof(options.Security), options.Security, wrong);
            if (options.OwnAddress is null) wrong.Add("Mail:From is no mail address: set it to the address that the office's mail comes from, like office@contoso.example.");
            if (string.IsNullOrEmpty(options.User) != string.IsNullOrEmpty(options.Password)) wrong.Add("Mail:User and Mail:Password go together: set both or none.");
            if (options.Timeout is < 1 or > LongestTimeout) wrong.Add($"Mail:Timeout is {options.Timeout}: set it to 1 to {LongestTimeout} seconds.");
        }
        if (options.ReadsReplies)
        {
            CheckServer(nameof(options.ImapHost), options.ImapHost!, nameof(options.ImapPort), options.ImapPort, nameof(options.ImapSecurity), options.ImapSecurity, wrong);
            if (string.IsNullOrEmpty(options.ImapUser ?? options.User) || string.IsNullOrEmpty(options.ImapPassword ?? options.Password)) wrong.Add("Mail:ImapHost is set: set Mail:ImapUser and Mail:ImapPassword too, or Mail:User and Mail:Password.");
            if (options.ImapInterval is < 10 or > 86_400) wrong.Add($"Mail:ImapInterval is {options.ImapInterval}: set it to 10 to 86400 seconds.");
        }
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static void CheckServer(string hostName, string host, string portName, int port, string securityName, MailSecurity security, List<string> wrong)
    {
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) wrong.Add($"Mail:{hostName} is {host}: set it to the name of a mail server, without a port.");
        if (port is < 0 or > 65_535) wrong.Add($"Mail:{portName} is {port}: set it to a port, or leave it out.");
        if (security == MailSecurity.DangerouslyAllowPlainText && !IsLoopback(host)) wrong.Add($"Mail:{securityName} is {security}, which is for a server on this machine only: set it to {MailSecurity.StartTls} or {MailSecurity.Tls}.");
    }

    private static bool IsLoopback(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
