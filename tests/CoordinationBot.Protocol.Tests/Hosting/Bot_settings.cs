using System.Net;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Protocol.Tests.Hosting;

public sealed class Bot_settings
{
    private const string Down = "http://127.0.0.1:9/";

    private static async Task<string> ErrorOf(params (string, string?)[] settings)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => BotUnderTest.StartAsync(BotUnderTest.Settings(Down, settings)));
        return error is OptionsValidationException or InvalidOperationException ? error.Message : throw error;
    }

    [Theory]
    [InlineData("Bot:AppId", "Bot:AppId", "my-bot")]
    [InlineData("Bot:TenantId", "Bot:TenantId", null)]
    [InlineData("Bot:TenantId", "Bot:TenantId", "contoso.onmicrosoft.com")]
    [InlineData("Bot:AllowedTenants", "Bot:AllowedTenants:0", "contoso")]
    [InlineData("Bot:AllowedTenants", "Bot:AllowedTenants:0", " ")]
    [InlineData("Bot:AllowedTenants", "Bot:AllowedTenants", "aaaaaaaa-0000-0000-0000-000000000002")]
    [InlineData("Bot:AllowedChannels", "Bot:AllowedChannels", "webchat")]
    [InlineData("Bot:AllowedChannels", "Bot:AllowedChannels:0", " ")]
    [InlineData("Bot:ServiceHosts", "Bot:ServiceHosts", "smba.trafficmanager.net")]
    [InlineData("Bot:ServiceHosts", "Bot:ServiceHosts:0", "https://smba.trafficmanager.net")]
    [InlineData("Bot:ServiceHosts", "Bot:ServiceHosts:0", "*.trafficmanager.net")]
    [InlineData("Bot:ServiceHosts", "Bot:ServiceHosts:0", "smba.trafficmanager.net:443")]
    [InlineData("Bot:ServiceHosts", "Bot:Cloud", "China")]
    [InlineData("Bot:Cloud", "Bot:Cloud", "Moon")]
    [InlineData("Bot:Cloud", "Bot:Cloud", "7")]
    [InlineData("Bot:Credential", "Bot:Credential", "Password")]
    [InlineData("Bot:ClientSecret", "Bot:Credential", "ClientSecret")]
    [InlineData("Bot:ManagedIdentityClientId", "Bot:Credential", "FederatedManagedIdentity")]
    [InlineData("Bot:ManagedIdentityClientId", "Bot:ManagedIdentityClientId", "mine")]
    [InlineData("Bot:MaxBodyBytes", "Bot:MaxBodyBytes", "0")]
    [InlineData("Bot:MaxBodyBytes", "Bot:MaxBodyBytes", "a lot")]
    [InlineData("Bot:MaxTurns", "Bot:MaxTurns", "0")]
    [InlineData("Bot:OpenIdMetadata", "Bot:OpenIdMetadata", "http://login.botframework.com/v1/.well-known/openidconfiguration")]
    [InlineData("Bot:Authority", "Bot:Authority", "login.microsoftonline.com")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string named, string setting, string? value) =>
        Assert.Contains(named, await ErrorOf((setting, value)), StringComparison.Ordinal);

    [Fact]
    public async Task A_secret_is_not_in_the_error_about_another_setting() =>
        Assert.DoesNotContain("hush", await ErrorOf(("Bot:ClientSecret", "hush"), ("Bot:TenantId", "x")), StringComparison.Ordinal);

    [Theory]
    [InlineData("Public", "https://api.botframework.com", "smba.trafficmanager.net")]
    [InlineData("UsGov", "https://api.botframework.us", "smba.infra.gov.teams.microsoft.us")]
    public async Task A_cloud_s_constants_fill_in_what_is_unset(string cloud, string issuer, string host)
    {
        var settings = BotUnderTest.Settings(null, ("Bot:Cloud", cloud), ("Bot:AppId", null), ("Bot:TenantId", "AAAAAAAA-0000-0000-0000-000000000001"));
        await using var bot = await BotUnderTest.StartAsync(settings);
        var options = bot.App.Services.GetRequiredService<IOptions<BotOptions>>().Value;
        Assert.Equal(issuer, options.Issuer);
        Assert.Equal(issuer + "/.default", options.TokenScope);
        Assert.Contains(host, options.ServiceHosts!);
        Assert.Equal([BotUnderTest.Tenant], options.AllowedTenants!);
        Assert.Equal(["msteams"], options.AllowedChannels!);
        Assert.Equal(1024 * 1024, options.MaxBodyBytes);
        Assert.True(bot.App.Services.GetRequiredService<ServiceUrlPolicy>().IsAllowed(new($"https://{host}/x/v3/conversations?a=b")));
    }

    [Fact]
    public async Task What_is_set_takes_the_place_of_the_constants()
    {
        var settings = BotUnderTest.Settings(
            Down, ("Bot:ServiceHosts:0", "connector.contoso.example"), ("Bot:AllowedTenants:0", "aaaaaaaa-0000-0000-0000-000000000002"), ("Bot:Issuer", "https://issuer.example"));
        await using var bot = await BotUnderTest.StartAsync(settings);
        var options = bot.App.Services.GetRequiredService<IOptions<BotOptions>>().Value;
        Assert.Equal(["connector.contoso.example"], options.ServiceHosts!);
        Assert.Equal(["aaaaaaaa-0000-0000-0000-000000000002"], options.AllowedTenants!);
        Assert.Equal("https://issuer.example", options.Issuer);
        Assert.Equal(Tokens.AppId, options.ManagedIdentityClientId);
    }

    private static Dictionary<string, string?> Trial(string? urls, params (string, string?)[] more)
    {
        var settings = BotUnderTest.Settings(null, [("Bot:AppId", null), ("Bot:TenantId", null), ("Bot:DangerouslyAllowUnauthenticated", "true"), .. more]);
        settings["urls"] = urls;
        return settings;
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("Test")]
    public async Task Unauthenticated_is_refused_outside_Development(string environment)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => BotUnderTest.StartAsync(Trial("http://127.0.0.1:0"), environment, kestrel: true));
        Assert.Contains("DangerouslyAllowUnauthenticated", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    [InlineData("http://127.0.0.1:0;http://0.0.0.0:0")]
    [InlineData("http://localhost.example:0")]
    public async Task Unauthenticated_is_refused_on_an_address_others_can_reach(string urls)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => BotUnderTest.StartAsync(Trial(urls), "Development", kestrel: true));
        Assert.Contains("loopback", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unauthenticated_serves_nothing_when_code_makes_the_server_listen_elsewhere()
    {
        var (app, _, _, _, _) = BotUnderTest.Build(Trial(null), "Development", kestrel: true);
        await using var host = app;
        app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.ListenAnyIP(0);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("loopback", error.Message, StringComparison.Ordinal);
        // The server may listen for that instant, but the endpoint has not been let go.
        Assert.False(app.Services.GetRequiredService<LocalTrial>().MayServe(new DefaultHttpContext().Connection));
    }

    [Fact]
    public async Task Unauthenticated_asks_every_connection_where_it_came_in()
    {
        await using var bot = await BotUnderTest.StartAsync(Trial("http://127.0.0.1:0"), "Development", kestrel: true);
        var trial = bot.App.Services.GetRequiredService<LocalTrial>();
        Assert.True(MayServe("127.0.0.1", "127.0.0.1"));
        Assert.True(MayServe("::ffff:127.0.0.1", "::1"));
        Assert.False(MayServe("10.0.0.5", "127.0.0.1"));
        Assert.False(MayServe("127.0.0.1", "10.0.0.5"));
        Assert.False(MayServe(null, "127.0.0.1"));

        bool MayServe(string? local, string? remote)
        {
            var connection = new DefaultHttpContext().Connection;
            connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);
            connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
            return trial.MayServe(connection);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", true)]
    [InlineData("https://127.3.2.1:5000", true)]
    [InlineData("http://[::1]:5000", true)]
    [InlineData("http://localhost:5000", true)]
    [InlineData("http://+:5000", false)]
    [InlineData("http://192.168.1.4:5000", false)]
    [InlineData("http://127.0.0.1.example:5000", false)]
    [InlineData("http://unix:/tmp/bot.sock", false)]
    [InlineData("http://pipe:/bot", false)]
    [InlineData("nonsense", false)]
    public void Loopback_is_told_from_what_looks_like_it(string address, bool loopback) => Assert.Equal(loopback, LocalTrial.IsLoopback(address));

    [Fact]
    public async Task Unauthenticated_takes_activities_without_a_token_and_answers_to_loopback_alone()
    {
        await using var bot = await BotUnderTest.StartAsync(Trial("http://127.0.0.1:0"), "Development", kestrel: true);
        Assert.True(bot.Authentication.HasKeys);
        Assert.Equal(HttpStatusCode.OK, await Post("http://localhost:56150/_connector"));
        Assert.Equal(HttpStatusCode.OK, await Post("https://127.0.0.1:9443/"));
        Assert.Equal(HttpStatusCode.Forbidden, await Post("https://smba.trafficmanager.net/emea/"));
        Assert.Equal(HttpStatusCode.Forbidden, await Post("http://localhost.example:56150/"));
        Assert.Equal(HttpStatusCode.Forbidden, await Post(null));
        Assert.Contains(bot.Log.Lines, line => line.Text.Contains("DangerouslyAllowUnauthenticated", StringComparison.Ordinal));

        Task<HttpStatusCode> Post(string? serviceUrl)
        {
            var message = BotUnderTest.Message();
            message["serviceUrl"] = serviceUrl;
            return bot.PostAsync(message, null);
        }
    }

    [Fact]
    public async Task A_local_trial_that_names_its_tenants_takes_only_those()
    {
        await using var bot = await BotUnderTest.StartAsync(Trial("http://127.0.0.1:0", ("Bot:AllowedTenants:0", "playground")), "Development", kestrel: true);
        var message = BotUnderTest.Message();
        message["serviceUrl"] = "http://localhost:56150/";
        Assert.Equal(HttpStatusCode.Forbidden, await bot.PostAsync(message, null));
        message["conversation"]!["tenantId"] = "playground";
        message.Remove("channelData");
        Assert.Equal(HttpStatusCode.OK, await bot.PostAsync(message, null));
    }
}
