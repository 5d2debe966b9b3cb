namespace CoordinationBot.Mail;

/// <summary>Sends mail: a real seam. Without a server in the settings it sends nothing, and says so.</summary>
internal interface IMailer
{
    /// <summary>The office's own address; null: no mail can be sent.</summary>
    string? Address { get; }

    /// <summary>Hands a mail to the server. Returns when the server has taken it, or said that it does not; an outage is an answer too.</summary>
    ValueTask<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancel);
}

/// <summary>What became of a mail.</summary>
internal enum MailOutcome
{
    Sent,

    /// <summary>The server will never take a mail to this address: it does not exist, or is refused.</summary>
    AddressRefused,

    /// <summary>The server will never take this mail, whatever the address.</summary>
    MailRefused,

    /// <summary>Not now: the server is away, or says to come back. Nobody knows whether it was taken.</summary>
    Later,
}
