namespace CoordinationBot.Protocol.Hosting;

/// <summary>
/// The constants of a cloud. Issuers, metadata and scopes: AuthenticationConstants of the Bot Framework and Agents SDKs; service hosts: the
/// hosts that Teams documents for each cloud.
/// </summary>
internal sealed record BotCloudConstants(string Authority, string Issuer, string OpenIdMetadata, string TokenScope, string[] ServiceHosts)
{
    public static BotCloudConstants For(BotCloud cloud) => cloud switch
    {
        BotCloud.Public => new(
            "https://login.microsoftonline.com/",
            "https://api.botframework.com",
            "https://login.botframework.com/v1/.well-known/openidconfiguration",
            "https://api.botframework.com/.default",
            ["smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com"]),
        BotCloud.UsGov => new(
            "https://login.microsoftonline.us/",
            "https://api.botframework.us",
            "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
            "https://api.botframework.us/.default",
            ["smba.infra.gov.teams.microsoft.us", "smba.infra.dod.teams.microsoft.us"]),
        BotCloud.China => new(
            "https://login.chinacloudapi.cn/",
            "https://api.botframework.azure.cn",
            "https://login.botframework.azure.cn/v1/.well-known/openidconfiguration",
            "https://api.botframework.azure.cn/.default",
            []),
    };
}
