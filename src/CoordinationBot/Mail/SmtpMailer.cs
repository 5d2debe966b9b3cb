using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Mail;

/// <summary>Sends mail by SMTP, one connection a mail.</summary>
internal sealed partial class SmtpMailer(IOptions<MailOptions> options, TimeProvider clock, ILogger<SmtpMailer> logger) : IMailer
{
    private readonly MailOptions _options = options.Value;

    public string? Address => _options.OwnAddress;

    public async ValueTask<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        if (Address is not { } own || _options.Host is not { } host)
        {
            throw new InvalidOperationException("Mail was to be sent without a server to send it.");
        }
        if (MailMessage.Of(mail, own, _options.FromName, clock.GetUtcNow()) is not { } message)
        {
            return MailOutcome.AddressRefused;
        }
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(_options.Timeout), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        using var client = new SmtpClient { LocalDomain = own[(own.LastIndexOf('@') + 1)..] };
        try
        {
            await client.ConnectAsync(host, _options.Port, SocketOptions(_options.Security), either.Token);
            if (_options is { User: { Length: > 0 } user, Password: { } password })
            {
                await client.AuthenticateAsync(user, password, either.Token);
            }
            // Then the server has the mail. There is no farewell: one that failed would send it again.
            await client.SendAsync(message, either.Token);
            return MailOutcome.Sent;
        }
        catch (Exception e) when (OutcomeOf(e, cancel) is { } outcome)
        {
            LogNotSent(logger, outcome, e.GetType().Name, (int?)(e as SmtpCommandException)?.StatusCode);
            return outcome;
        }
    }

    public static SecureSocketOptions SocketOptions(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.DangerouslyAllowPlainText => SecureSocketOptions.None,
    };

    /// <summary>What a failure means for the mail; null when it is none of the server's. That we are not let in is no fault of the mail's: somebody has to see to the settings.</summary>
    private static MailOutcome? OutcomeOf(Exception failure, CancellationToken cancel) => failure switch
    {
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } refused when IsForGood(refused) => MailOutcome.AddressRefused,
        SmtpCommandException { ErrorCode: SmtpErrorCode.MessageNotAccepted or SmtpErrorCode.SenderNotAccepted } refused when IsForGood(refused) => MailOutcome.MailRefused,
        ProtocolException or CommandException or ServiceNotConnectedException or AuthenticationException or SslHandshakeException or IOException or SocketException or TimeoutException or NotSupportedException => MailOutcome.Later,
        OperationCanceledException when !cancel.IsCancellationRequested => MailOutcome.Later,
        _ => null,
    };

    private static bool IsForGood(SmtpCommandException failure) => (int)failure.StatusCode >= 500;

    [LoggerMessage(502, LogLevel.Warning, "A mail was not sent ({Outcome}): {Failure}, the server said {Status}")]
    private static partial void LogNotSent(ILogger logger, MailOutcome outcome, string failure, int? status);
}
