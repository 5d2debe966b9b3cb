using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;

namespace CoordinationBot.Calendars;

/// <summary>Which addresses a stranger's link may lead to: those that everybody on the internet can reach, and no others (IANA's registries of special-purpose addresses).</summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    /// <summary>All of today's internet in the new protocol.</summary>
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>Leads to an address of the old protocol, its last four bytes.</summary>
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Public by its number, but a service of the machine's own cloud (Azure).</summary>
    private static readonly FrozenSet<IPAddress> Inner = new[] { IPAddress.Parse("168.63.129.16") }.ToFrozenSet();

    public static bool Holds(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(Special, network => network.Contains(address)) && !Inner.Contains(address),
        AddressFamily.InterNetworkV6 when !address.IsIPv4MappedToIPv6 && Translated.Contains(address) => Holds(new IPAddress(address.GetAddressBytes()[12..])),
        // What stands for an address of the old protocol in another way (::ffff:10.0.0.1) is never in the DNS of anybody honest.
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6 && Global.Contains(address) && !Array.Exists(Special, network => network.Contains(address)),
        _ => false,
    };
}
