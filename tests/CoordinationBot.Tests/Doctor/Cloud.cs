using System.Globalization;
using System.Security.Cryptography;
using Azure.Core;
using Azure.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace CoordinationBot.Tests.Doctor;

/// <summary>The login service of the channel, on loopback, with a clock of its own.</summary>
internal sealed class Cloud : IAsyncDisposable
{
    /// <summary>What its clock shows where it is right by a clock that stands still.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;

    private Cloud(WebApplication app) => _app = app;

    public string Metadata => $"{_app.Urls.Single()}/metadata";

    /// <param name="hasKeys">Otherwise something else answers in its place.</param>
    /// <param name="ahead">How far its clock is ahead of <see cref="Now"/>; null for the machine's.</param>
    public static async Task<Cloud> StartAsync(bool hasKeys = true, TimeSpan? ahead = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var cloud = new Cloud(builder.Build());
        using var rsa = RSA.Create(2048);
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)));
        cloud._app.Run(context =>
        {
            if (ahead is { } time) context.Response.Headers.Date = (Now + time).ToString("R", CultureInfo.InvariantCulture);
            return context.Response.WriteAsync(
                !hasKeys ? "<html>Please sign in to the network.</html>"
                : context.Request.Path == "/metadata" ? $$"""{"issuer":"x","jwks_uri":"{{cloud._app.Urls.Single()}}/keys"}"""
                : $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"1","n":"{{key.N}}","e":"{{key.E}}"}]}""",
                context.RequestAborted);
        });
        await cloud._app.StartAsync();
        return cloud;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>Gets a token, or fails as it was told to.</summary>
internal sealed class Credential(string? failure = null) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        failure is null ? new("token", DateTimeOffset.MaxValue) : throw new AuthenticationFailedException(failure);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
}
