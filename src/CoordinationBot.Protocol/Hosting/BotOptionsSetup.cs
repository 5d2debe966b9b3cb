using CoordinationBot.Protocol.Connector;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Protocol.Hosting;

/// <summary>Fills in what is unset, then says what is wrong: every error names the setting to change.</summary>
internal sealed class BotOptionsSetup(IConfiguration section, IHostEnvironment environment) : IPostConfigureOptions<BotOptions>, IValidateOptions<BotOptions>
{
    public void PostConfigure(string? name, BotOptions options)
    {
        // Ids come spelled in many ways but are compared with tokens and kept in keys: one spelling from here on.
        options.AppId = CanonicalId(options.AppId);
        options.TenantId = CanonicalId(options.TenantId);
        options.ManagedIdentityClientId = CanonicalId(options.ManagedIdentityClientId);
        options.ClientSecret = string.IsNullOrEmpty(options.ClientSecret) ? null : options.ClientSecret;
        options.AllowedTenants = options.AllowedTenants is { Count: > 0 } tenants
            ? [.. tenants.Select(tenant => CanonicalId(tenant) ?? "")]
            : options.TenantId is { } home ? [home] : [];
        options.AllowedChannels = options.AllowedChannels is { Count: > 0 } channels ? channels : ["msteams"];
        if (!Enum.IsDefined(options.Cloud))
        {
            return;
        }
        var cloud = BotCloudConstants.For(options.Cloud);
        options.Authority = OrDefault(options.Authority, cloud.Authority);
        options.Issuer = OrDefault(options.Issuer, cloud.Issuer);
        options.OpenIdMetadata = OrDefault(options.OpenIdMetadata, cloud.OpenIdMetadata);
        options.TokenScope = OrDefault(options.TokenScope, cloud.TokenScope);
        options.ServiceHosts = options.ServiceHosts is { Count: > 0 } hosts ? hosts : cloud.ServiceHosts;
        if (options.Credential == BotCredential.ManagedIdentity)
        {
            options.ManagedIdentityClientId ??= options.AppId;
        }
    }

    public ValidateOptionsResult Validate(string? name, BotOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        foreach (var list in (string[])[nameof(options.AllowedTenants), nameof(options.AllowedChannels), nameof(options.ServiceHosts)])
        {
            // The binder passes over a plain value here without a word, and the default would silently take its place.
            if (!string.IsNullOrEmpty(section[list]))
            {
                errors.AddError($"Bot:{list} is a list: set Bot:{list}:0, Bot:{list}:1 and so on (as environment variables Bot__{list}__0, ...).");
            }
        }
        Check(Enum.IsDefined(options.Cloud), $"Bot:Cloud must be one of {string.Join(", ", Enum.GetNames<BotCloud>())}.");
        Check(Enum.IsDefined(options.Credential), $"Bot:Credential must be one of {string.Join(", ", Enum.GetNames<BotCredential>())}.");
        Check(options.MaxBodyBytes is >= 1024 and <= 16 * 1024 * 1024, "Bot:MaxBodyBytes must lie between 1024 and 16777216.");
        Check(options.MaxTurns is >= 1 and <= 10_000, "Bot:MaxTurns must lie between 1 and 10000.");
        Check(options.AllowedChannels!.All(channel => !string.IsNullOrWhiteSpace(channel)), "Bot:AllowedChannels holds an empty entry.");
        Check(options.AllowedTenants!.All(tenant => tenant.Length > 0), "Bot:AllowedTenants holds an empty entry.");
        Check(
            !options.DangerouslyAllowUnauthenticated || environment.IsDevelopment(),
            $"Bot:DangerouslyAllowUnauthenticated is for a local trial only and the environment is {environment.EnvironmentName}, not Development.");
        if (options.AppId is not null)
        {
            CheckIdentity(options, Check);
        }
        return errors.Build();

        void Check(bool holds, string error)
        {
            if (!holds)
            {
                errors.AddError(error);
            }
        }
    }

    private static void CheckIdentity(BotOptions options, Action<bool, string> check)
    {
        check(IsGuid(options.AppId), "Bot:AppId must be a GUID: the client id of the bot's Entra application.");
        check(options.TenantId is not null, "Bot:TenantId is missing: the home tenant of the bot's Entra application.");
        check(options.TenantId is null || IsGuid(options.TenantId), "Bot:TenantId must be a GUID.");
        // A local trial may use whatever tenant its client makes up.
        check(
            options.DangerouslyAllowUnauthenticated || options.AllowedTenants!.All(tenant => tenant.Length == 0 || IsGuid(tenant)),
            "Bot:AllowedTenants must hold GUIDs.");
        check(IsAddress(options.Authority), "Bot:Authority must be an https address.");
        check(!string.IsNullOrWhiteSpace(options.Issuer), "Bot:Issuer must not be blank.");
        check(IsAddress(options.OpenIdMetadata), "Bot:OpenIdMetadata must be an https address.");
        check(!string.IsNullOrWhiteSpace(options.TokenScope), "Bot:TokenScope must not be blank.");
        check(
            options.DangerouslyAllowUnauthenticated || options.ServiceHosts is { Count: > 0 },
            "Bot:ServiceHosts is missing: this cloud has no hosts of its own to take.");
        check(
            options.ServiceHosts?.All(ServiceUrlPolicy.IsBareHost) is not false,
            "Bot:ServiceHosts must hold bare host names such as smba.trafficmanager.net: no scheme, port, path or wildcard.");
        check(
            options.Credential != BotCredential.ClientSecret || options.ClientSecret is not null,
            "Bot:ClientSecret is missing and Bot:Credential is ClientSecret.");
        check(
            options.Credential != BotCredential.FederatedManagedIdentity || options.ManagedIdentityClientId is not null,
            "Bot:ManagedIdentityClientId is missing and Bot:Credential is FederatedManagedIdentity.");
        check(
            options.ManagedIdentityClientId is null || IsGuid(options.ManagedIdentityClientId),
            "Bot:ManagedIdentityClientId must be a GUID.");
    }

    private static string? CanonicalId(string? id) =>
        string.IsNullOrWhiteSpace(id) ? null : Guid.TryParseExact(id.Trim(), "D", out var guid) ? guid.ToString("D") : id.Trim();

    private static bool IsGuid(string? id) => Guid.TryParseExact(id, "D", out _);

    private static string OrDefault(string? value, string preset) => string.IsNullOrWhiteSpace(value) ? preset : value.Trim();

    /// <summary>Plain http would let anybody on the way put keys or tokens of their own in; on loopback nobody is on the way.</summary>
    private static bool IsAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && ServiceUrlPolicy.IsLoopbackHost(uri.IdnHost)));
}
