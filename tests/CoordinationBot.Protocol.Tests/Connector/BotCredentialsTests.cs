using Azure.Identity;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Hosting;

namespace CoordinationBot.Protocol.Tests.Connector;

public sealed class BotCredentialsTests
{
    private static BotOptions Options => new()
    {
        AppId = "11111111-1111-1111-1111-111111111111",
        TenantId = "22222222-2222-2222-2222-222222222222",
        ManagedIdentityClientId = "33333333-3333-3333-3333-333333333333",
        ClientSecret = "secret",
        Authority = "https://login.microsoftonline.com/",
    };

    [Theory]
    [InlineData(BotCredential.ManagedIdentity, typeof(ManagedIdentityCredential))]
    [InlineData(BotCredential.FederatedManagedIdentity, typeof(ClientAssertionCredential))]
    [InlineData(BotCredential.ClientSecret, typeof(ClientSecretCredential))]
    public void Each_kind_of_identity_has_its_credential(BotCredential kind, Type expected)
    {
        var options = Options;
        options.Credential = kind;
        Assert.IsType(expected, BotCredentials.For(options)!());
    }

    [Fact]
    public void A_trial_and_a_host_without_an_application_have_none()
    {
        var trial = Options;
        trial.DangerouslyAllowUnauthenticated = true;
        var empty = Options;
        empty.AppId = null;
        Assert.Null(BotCredentials.For(trial));
        Assert.Null(BotCredentials.For(empty));
    }
}
