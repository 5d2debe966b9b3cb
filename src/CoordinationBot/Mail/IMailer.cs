namespace CoordinationBot.Mail;

/// <summary>Sends mail: a real seam. Without a server in the settings it sends nothing, and says so.</summary>
internal interface IMailer
{
    /// <summary>The office's own address; null: no mail can be sent.</summary>
    string? Address { get; }

    /// <summary>Hands a mail to the server. Returns when the server has taken it.</summary>
    ValueTask<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancel);
}

/// <summary>What became of a mail.</summary>
internal enum MailOutcome
{
    Sent,

    /// <summary>The server will never take it: the address does not exist, or is refused (5xx).</summary>
    Refused,

    /// <summary>Not now: the server is away, or says to come back (4xx).</summary>
    Later,
}
