using CoordinationBot.Protocol.Connector;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace CoordinationBot.Protocol.Hosting;

/// <summary>
/// Keeps a host that authenticates nobody on loopback. The configured addresses are looked at before anything listens; but code and
/// configuration can make the server listen in more ways than can be foreseen, so nothing is served until the server itself has said where
/// it listens, and every connection is asked where it came in.
/// </summary>
internal sealed class LocalTrial(IServer server, IConfiguration configuration)
{
    private volatile bool _verified;
    private volatile bool _inMemory;

    /// <summary>Before the server listens.</summary>
    /// <exception cref="InvalidOperationException">A configured address is not loopback.</exception>
    public void CheckConfigured()
    {
        var urls = configuration[WebHostDefaults.ServerUrlsKey];
        foreach (var url in urls?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            Check(url);
        }
    }

    /// <summary>Once the server listens, before anything is served.</summary>
    /// <exception cref="InvalidOperationException">It listens on an address that is not loopback.</exception>
    public void CheckListening()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        foreach (var address in addresses)
        {
            Check(address);
        }
        _inMemory = addresses.Count == 0;
        _verified = true;
    }

    /// <summary>Whether a request of this connection may be served.</summary>
    public bool MayServe(ConnectionInfo connection) =>
        _verified
        && (connection.LocalIpAddress is { } local ? ServiceUrlPolicy.IsLoopbackAddress(local) : _inMemory)
        && (connection.RemoteIpAddress is not { } remote || ServiceUrlPolicy.IsLoopbackAddress(remote));

    private static void Check(string address)
    {
        if (!IsLoopback(address))
        {
            throw new InvalidOperationException(
                $"Bot:DangerouslyAllowUnauthenticated is set, so every listening address must be loopback, and {address} is not. Unset it, or listen on 127.0.0.1.");
        }
    }

    internal static bool IsLoopback(string address)
    {
        try
        {
            var binding = BindingAddress.Parse(address);
            return !binding.IsUnixPipe && !binding.IsNamedPipe && ServiceUrlPolicy.IsLoopbackHost(binding.Host);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
