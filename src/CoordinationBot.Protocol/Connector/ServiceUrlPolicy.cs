using System.Collections.Frozen;
using System.Net;

namespace CoordinationBot.Protocol.Connector;

/// <summary>
/// Which places a connector may be at. The bot's token lets its holder speak as the bot, so it is only ever sent to exactly these hosts:
/// anybody can register a name under <c>trafficmanager.net</c>, so no suffix is trusted. Checked when an activity comes in and again
/// whenever a stored service URL is used.
/// </summary>
public sealed class ServiceUrlPolicy
{
    private readonly FrozenSet<string> _hosts;
    private readonly bool _loopback;
    private string? _lastAllowed;

    private ServiceUrlPolicy(FrozenSet<string> hosts, bool loopback)
    {
        _hosts = hosts;
        _loopback = loopback;
    }

    /// <summary>Loopback only, any port, <c>http</c> or <c>https</c>: the place of a local trial, where nothing is authenticated.</summary>
    public static ServiceUrlPolicy LoopbackOnly { get; } = new(FrozenSet<string>.Empty, loopback: true);

    /// <summary>Exactly these hosts, with <c>https</c> on its default port.</summary>
    /// <param name="hosts">Bare host names such as <c>smba.trafficmanager.net</c>; compared ignoring case.</param>
    /// <exception cref="ArgumentException">One of them is not a bare host name.</exception>
    public static ServiceUrlPolicy ForHosts(IEnumerable<string> hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        var set = hosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        foreach (var host in set)
        {
            if (!IsBareHost(host))
            {
                throw new ArgumentException($"'{host}' is not a bare host name.", nameof(hosts));
            }
        }
        return new(set, loopback: false);
    }

    /// <summary>
    /// Whether a request may go to this address: an allowed host, <c>https</c>, default port, no user info. Path and query do not matter.
    /// </summary>
    public bool IsAllowed(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || uri.UserInfo.Length > 0)
        {
            return false;
        }
        // IdnHost is what a connection is made to; Host may still hold letters that only look like the ones expected.
        return _loopback
            ? (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && IsLoopbackHost(uri.IdnHost)
            : uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && _hosts.Contains(uri.IdnHost);
    }

    /// <summary>
    /// Whether this is a service URL at an allowed host: <see cref="IsAllowed"/>, and neither query nor fragment, which would swallow the
    /// paths appended to it.
    /// </summary>
    public bool IsAllowedServiceUrl(string? serviceUrl)
    {
        // Nearly every activity comes from the place of the one before, and taking an address apart costs over half a kilobyte.
        if (serviceUrl is not null && serviceUrl == _lastAllowed)
        {
            return true;
        }
        var isAllowed = Uri.TryCreate(serviceUrl, UriKind.Absolute, out var uri) && uri.Query.Length == 0 && uri.Fragment.Length == 0 && IsAllowed(uri);
        if (isAllowed)
        {
            _lastAllowed = serviceUrl;
        }
        return isAllowed;
    }

    /// <summary>
    /// Whether two service URLs are the same place: equal but for one trailing slash and the case of scheme and host. The path is compared
    /// exactly. Nothing equals an empty one.
    /// </summary>
    public static bool SameServiceUrl(string? a, string? b)
    {
        var left = WithoutTrailingSlash(a);
        var right = WithoutTrailingSlash(b);
        if (left.IsEmpty || left.Length != right.Length)
        {
            return false;
        }
        var path = PathStart(left);
        return left[..path].Equals(right[..path], StringComparison.OrdinalIgnoreCase) && left[path..].SequenceEqual(right[path..]);
    }

    internal static bool IsBareHost(string host) => Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;

    /// <summary>An address that only this machine can reach. Of names only <c>localhost</c> counts: any other could resolve to anything.</summary>
    internal static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IsLoopbackAddress(address));

    internal static bool IsLoopbackAddress(IPAddress address) =>
        IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static ReadOnlySpan<char> WithoutTrailingSlash(ReadOnlySpan<char> url) => url is [.., '/'] ? url[..^1] : url;

    private static int PathStart(ReadOnlySpan<char> url)
    {
        var host = url.IndexOf("://", StringComparison.Ordinal);
        if (host < 0)
        {
            return 0;
        }
        var path = url[(host + 3)..].IndexOf('/');
        return path < 0 ? url.Length : host + 3 + path;
    }
}
