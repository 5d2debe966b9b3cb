namespace CoordinationBot.Protocol.Hosting;

/// <summary>Why an activity was not taken. Goes to the log; whoever sent it sees the status alone.</summary>
internal enum Refusal
{
    None,

    /// <summary>No app id, so no token could ever be for us.</summary>
    NotConfigured,

    /// <summary>No Authorization header, or not the Bearer scheme with one token.</summary>
    NoToken,

    /// <summary>Not a signed JWT.</summary>
    MalformedToken,

    /// <summary>Signed by a key the metadata does not name.</summary>
    UnknownKey,

    /// <summary>Algorithm, signature, issuer, audience or lifetime is wrong.</summary>
    InvalidToken,

    /// <summary>The metadata has not been reached yet: the fault is ours or the cloud's, and the sender may try again.</summary>
    KeysUnavailable,

    /// <summary>A local trial, but the connection did not come in on loopback.</summary>
    NotLoopback,

    /// <summary>So many others came at once that there was no place in time: the sender may try again.</summary>
    Busy,

    /// <summary>The body is larger than allowed.</summary>
    TooLarge,

    /// <summary>Not JSON, not UTF-8, nested too deep, no type, or a known field of another type.</summary>
    NotAnActivity,

    /// <summary>A channel the bot does not serve.</summary>
    ForeignChannel,

    /// <summary>The key that signed the token does not speak for the activity's channel.</summary>
    NotEndorsed,

    /// <summary>The token was made for another service URL, or for none.</summary>
    OtherServiceUrl,

    /// <summary>The service URL is not at an allowed host.</summary>
    ForeignServiceHost,

    /// <summary>The activity names no tenant.</summary>
    NoTenant,

    /// <summary>Conversation and channel data name different tenants.</summary>
    TenantsDisagree,

    /// <summary>A tenant the bot does not serve.</summary>
    ForeignTenant,
}

/// <summary>HTTP statuses of refusals.</summary>
internal static class RefusalStatus
{
    /// <summary>401: the token does not prove who you are. 403: it does, but this activity is not for you to send.</summary>
    public static int Of(Refusal refusal) => refusal switch
    {
        Refusal.None => 200,
        Refusal.NotConfigured or Refusal.NoToken or Refusal.MalformedToken or Refusal.UnknownKey or Refusal.InvalidToken => 401,
        Refusal.KeysUnavailable => 503,
        Refusal.Busy => 429,
        Refusal.TooLarge => 413,
        Refusal.NotAnActivity => 400,
        Refusal.NotLoopback or Refusal.ForeignChannel or Refusal.NotEndorsed or Refusal.OtherServiceUrl or Refusal.ForeignServiceHost
            or Refusal.NoTenant or Refusal.TenantsDisagree or Refusal.ForeignTenant => 403,
    };
}
