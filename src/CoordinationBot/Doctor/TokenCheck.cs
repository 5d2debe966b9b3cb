using Azure.Identity;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Hosting;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Doctor;

/// <summary>Whether the bot gets the token with which it speaks.</summary>
internal static class TokenCheck
{
    public static async Task<Finding> RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var options = services.GetRequiredService<IOptions<BotOptions>>().Value;
        try
        {
            return await services.GetRequiredService<BotToken>().GetAsync(cancel) is null
                ? Finding.NotSetUp(options.AppId is null ? "Without Bot:AppId no token is needed." : "In a local trial no token is needed.")
                : Finding.Ok($"A token was had by {options.Credential}.");
        }
        catch (AuthenticationFailedException failure)
        {
            return Finding.Wrong($"No token was had by {options.Credential}: {Examination.FirstLine(failure)}", options.Credential switch
            {
                BotCredential.ManagedIdentity => "Run it where the managed identity Bot:ManagedIdentityClientId (unset: Bot:AppId) is assigned, or set another Bot:Credential.",
                BotCredential.FederatedManagedIdentity => "Run it where the managed identity Bot:ManagedIdentityClientId is assigned, and give the application a federated credential that trusts it.",
                BotCredential.ClientSecret => "Check Bot:ClientSecret (it may have expired), Bot:AppId and Bot:TenantId, and that this host may reach Bot:Authority.",
            });
        }
    }
}
