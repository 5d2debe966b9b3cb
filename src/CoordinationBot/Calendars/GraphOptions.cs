using CoordinationBot.Protocol.Hosting;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Calendars;

/// <summary>What Microsoft 365 is asked, and asked to do. Section <c>Graph</c>. The bot's own identity asks (<c>Bot:Credential</c>), so it needs application permissions: Calendars.ReadBasic.All to read, Calendars.ReadWrite to write.</summary>
internal sealed class GraphOptions
{
    public const string Section = "Graph";

    /// <summary>Ask it when people are busy.</summary>
    public bool FreeBusy { get; set; }

    /// <summary>Put meetings into calendars there, which then invite their people.</summary>
    public bool Events { get; set; }

    /// <summary>In whose calendar, by object id or address; unset: in each organiser's own.</summary>
    public string? EventsMailbox { get; set; }

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
