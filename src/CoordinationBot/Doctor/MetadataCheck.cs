using CoordinationBot.Protocol.Hosting;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Doctor;

/// <summary>Whether the keys can be had with which the channel signs what it sends.</summary>
internal static class MetadataCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static async Task<Finding> RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var options = services.GetRequiredService<IOptions<BotOptions>>().Value;
        if (options.AppId is null || options.DangerouslyAllowUnauthenticated)
        {
            return Finding.NotSetUp(options.AppId is null ? "Without Bot:AppId no keys are needed." : "In a local trial no keys are needed.");
        }
        var metadata = new Uri(options.OpenIdMetadata!);
        var toDo = $"Let this host out to {metadata.Host} on port {metadata.Port}, or correct Bot:OpenIdMetadata.";
        try
        {
            // First by itself: the keys come or do not, but do not say why.
            using var http = new HttpClient { Timeout = Timeout };
            await services.GetRequiredService<ClockWatch>().CompareAsync(http, metadata, cancel);
        }
        catch (HttpRequestException failure)
        {
            return Finding.Wrong($"{metadata.Host} cannot be reached: {failure.HttpRequestError}.", toDo);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Finding.Wrong($"{metadata.Host} did not answer for {Timeout.TotalSeconds} seconds.", toDo);
        }
        return await services.GetRequiredService<BotAuthentication>().GetKeysAsync(cancel)
            ? Finding.Ok($"The signing keys were had from {metadata.Host}.")
            : Finding.Wrong($"{metadata.Host} answers, but not with signing keys.", "Check Bot:OpenIdMetadata, and whether a proxy answers in its place.");
    }
}
