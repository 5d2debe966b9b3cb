namespace CoordinationBot.Protocol.Hosting;

/// <summary>Which Microsoft cloud the bot lives in.</summary>
public enum BotCloud
{
    /// <summary>The public cloud, GCC included.</summary>
    Public,

    /// <summary>US Government: GCC High and DoD.</summary>
    UsGov,

    /// <summary>China, operated by 21Vianet. Its service hosts are not published: <see cref="BotOptions.ServiceHosts"/> must be set.</summary>
    China,
}

/// <summary>How the bot proves who it is when it asks for a token of the connector.</summary>
public enum BotCredential
{
    /// <summary>The user-assigned managed identity is the bot itself (<c>msaAppType</c> UserAssignedMSI): no secret anywhere.</summary>
    ManagedIdentity,

    /// <summary>An app registration that trusts the managed identity through a federated credential (<c>msaAppType</c> SingleTenant): no secret either.</summary>
    FederatedManagedIdentity,

    /// <summary>An app registration with a client secret.</summary>
    ClientSecret,
}

/// <summary>
/// Section <c>Bot</c> of the settings. Checked at start-up: a wrong or missing setting stops the host with an error that names it. What is
/// left unset is filled in from the cloud's constants, so after start-up every address here is the one in use.
/// </summary>
public sealed class BotOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Bot";

    /// <summary>Client id (a GUID) of the bot's Entra application. Unset: the host starts, and every activity is refused with 401.</summary>
    public string? AppId { get; set; }

    /// <summary>Home tenant (a GUID) of the bot's Entra application. Required with <see cref="AppId"/>.</summary>
    public string? TenantId { get; set; }

    /// <summary>Tenants (GUIDs) whose people may talk to the bot. Unset: <see cref="TenantId"/> alone.</summary>
    public IList<string>? AllowedTenants { get; set; }

    /// <summary>Channels whose activities are taken. Unset: <c>msteams</c> alone.</summary>
    public IList<string>? AllowedChannels { get; set; }

    /// <summary>Whose constants fill in what is unset below.</summary>
    public BotCloud Cloud { get; set; }

    /// <summary>Where Entra gives out tokens, without the tenant: <c>https://login.microsoftonline.com/</c> in the public cloud.</summary>
    public string? Authority { get; set; }

    /// <summary>Issuer of the tokens on incoming activities: <c>https://api.botframework.com</c> in the public cloud.</summary>
    public string? Issuer { get; set; }

    /// <summary>Address of the metadata that names the signing keys of incoming activities. <c>https</c>, or loopback.</summary>
    public string? OpenIdMetadata { get; set; }

    /// <summary>Scope of the token that outgoing calls carry: <c>https://api.botframework.com/.default</c> in the public cloud.</summary>
    public string? TokenScope { get; set; }

    /// <summary>Exact hosts a connector may be at, which are those the bot's token may go to. Bare names, no ports, no wildcards.</summary>
    public IList<string>? ServiceHosts { get; set; }

    /// <summary>How the bot proves who it is.</summary>
    public BotCredential Credential { get; set; }

    /// <summary>The secret, for <see cref="BotCredential.ClientSecret"/> only. Never logged.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>
    /// Client id of the managed identity. Required for <see cref="BotCredential.FederatedManagedIdentity"/>; for
    /// <see cref="BotCredential.ManagedIdentity"/> it is the <see cref="AppId"/> when unset.
    /// </summary>
    public string? ManagedIdentityClientId { get; set; }

    /// <summary>Largest accepted body of an activity, in bytes; a larger one is answered 413. 1 KiB to 16 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// How many activities are worked on at a time. More wait for a moment, unread, and are then answered 429: the channel delivers them again. So a burst costs
    /// this host no more than these, and no person anything but time.
    /// </summary>
    public int MaxTurns { get; set; } = 256;

    /// <summary>
    /// Takes activities from anybody who can connect. For a local trial only: the host refuses to start unless the environment is
    /// Development and every listening address is loopback, and answers go to loopback only.
    /// </summary>
    public bool DangerouslyAllowUnauthenticated { get; set; }
}
