using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Files;

/// <summary>Where a browser reaches this host: what the settings say; in a local trial, where it listens. A request's own word for it is not believed.</summary>
internal sealed class PublicAddress(OfficeOptions office, IOptions<BotOptions> bot, IServer server)
{
    /// <summary>Null: nobody has said.</summary>
    public Uri? Find() =>
        office.PublicAddress is { } address ? new Uri(address)
        : bot.Value.DangerouslyAllowUnauthenticated && server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } local ? new Uri(local)
        : null;
}
