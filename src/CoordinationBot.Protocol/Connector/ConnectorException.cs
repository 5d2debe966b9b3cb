using System.Net;

namespace CoordinationBot.Protocol.Connector;

/// <summary>What a failed connector call means for whoever is on the other side.</summary>
public enum ConnectorFailure
{
    /// <summary>Try again later: throttled, unavailable, timed out, no connection. The call may or may not have taken effect.</summary>
    Transient,

    /// <summary>403 ConversationBlockedByUser or BotDisabledByAdmin: until the person speaks again.</summary>
    Blocked,

    /// <summary>403 BotNotInConversationRoster: not installed for this person or chat.</summary>
    NotInstalled,

    /// <summary>404: the conversation or activity is gone.</summary>
    NotFound,

    /// <summary>413: the message is too large.</summary>
    TooLarge,

    /// <summary>The service URL is not an allowed host; nothing was sent.</summary>
    ForbiddenHost,

    /// <summary>Everything else (400, 401, other 403, 500): a defect or a setting; not repeated.</summary>
    Rejected,
}

/// <summary>A connector call that did not succeed after the retries of its kind.</summary>
public sealed class ConnectorException : Exception
{
    /// <summary>Describes the failure.</summary>
    public ConnectorException(ConnectorFailure failure, HttpStatusCode? status, string? code, Exception? inner = null)
        : base($"Connector call failed: {failure}, status {(int?)status}, code {code}", inner)
    {
        Failure = failure;
        Status = status;
        Code = code;
    }

    /// <summary>What it means.</summary>
    public ConnectorFailure Failure { get; }

    /// <summary>HTTP status, when there was an answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>Error code of the channel, when it gave one.</summary>
    public string? Code { get; }

    /// <summary>How long the channel wants to be left alone, when it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
