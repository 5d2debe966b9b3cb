using CoordinationBot.Protocol.Hosting;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Calendars;

/// <summary>Whether Microsoft 365 is asked when people are busy. Section <c>Graph</c>. The bot's own identity asks (<c>Bot:Credential</c>), so it needs the application permission Calendars.ReadBasic.All.</summary>
internal sealed class GraphOptions
{
    public const string Section = "Graph";

    /// <summary>Ask it.</summary>
    public bool FreeBusy { get; set; }

    /// <summary>Where it is; unset: by <c>Bot:Cloud</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Where it is, without a slash at the end.</summary>
    public string EndpointOf(BotCloud cloud) => Endpoint?.TrimEnd('/') ?? cloud switch
    {
        BotCloud.Public => "https://graph.microsoft.com",
        BotCloud.UsGov => "https://graph.microsoft.us",
        BotCloud.China => "https://microsoftgraph.chinacloudapi.cn",
    };
}

internal sealed class GraphOptionsValidation : IValidateOptions<GraphOptions>
{
    // The token of the bot goes there.
    public ValidateOptionsResult Validate(string? name, GraphOptions options) =>
        options.Endpoint is not { } endpoint || (Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Graph:Endpoint is not an address such as https://graph.microsoft.com.");
}
