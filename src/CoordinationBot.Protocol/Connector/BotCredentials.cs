using Azure.Core;
using Azure.Identity;
using CoordinationBot.Protocol.Hosting;

namespace CoordinationBot.Protocol.Connector;

/// <summary>Makes the credential that the settings ask for. The settings were checked at start-up, so what a kind needs is there.</summary>
public static class BotCredentials
{
    // What Entra wants of a token that a managed identity gives in place of a secret (workload identity federation).
    private const string Exchange = "api://AzureADTokenExchange/.default";

    /// <summary>Null when nobody needs a token: in a local trial, and in a host that refuses everything because it has no application.</summary>
    public static CredentialMaker? For(BotOptions options) =>
        options.DangerouslyAllowUnauthenticated || options is not { AppId: { Length: > 0 } appId, TenantId: { Length: > 0 } tenantId }
            ? null
            : () => Make(options, appId, tenantId);

    private static TokenCredential Make(BotOptions options, string appId, string tenantId)
    {
        var identity = ManagedIdentityId.FromUserAssignedClientId(options.ManagedIdentityClientId ?? appId);
        return options.Credential switch
        {
            BotCredential.ManagedIdentity => new ManagedIdentityCredential(identity),
            BotCredential.FederatedManagedIdentity => Federated(tenantId, appId, new ManagedIdentityCredential(identity), Authority(options)),
            BotCredential.ClientSecret => new ClientSecretCredential(tenantId, appId, options.ClientSecret, new ClientSecretCredentialOptions { AuthorityHost = Authority(options) }),
        };
    }

    private static ClientAssertionCredential Federated(string tenantId, string appId, ManagedIdentityCredential identity, Uri authority) => new(
        tenantId,
        appId,
        async cancel => (await identity.GetTokenAsync(new TokenRequestContext([Exchange]), cancel)).Token,
        new ClientAssertionCredentialOptions { AuthorityHost = authority });

    private static Uri Authority(BotOptions options) => new(options.Authority!);
}
