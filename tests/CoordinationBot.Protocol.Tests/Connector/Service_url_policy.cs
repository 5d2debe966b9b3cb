using CoordinationBot.Protocol.Connector;

namespace CoordinationBot.Protocol.Tests.Connector;

public sealed class Service_url_policy
{
    private static readonly ServiceUrlPolicy Policy = ServiceUrlPolicy.ForHosts(["smba.trafficmanager.net"]);

    [Theory]
    [InlineData("https://smba.trafficmanager.net", true)]
    [InlineData("https://SMBA.TrafficManager.net/emea/v3/conversations/a%3A1/activities?x=1", true)]
    [InlineData("https://smba.trafficmanager.net:444/", false)]
    [InlineData("http://smba.trafficmanager.net/", false)]
    [InlineData("http://smba.trafficmanager.net:443/", false)]
    [InlineData("https://a@smba.trafficmanager.net/", false)]
    [InlineData("https://smba.trafficmanager.net.evil.example/", false)]
    [InlineData("https://evil.trafficmanager.net/", false)]
    [InlineData("/relative", false)]
    public void Allows_exact_hosts(string uri, bool allowed) => Assert.Equal(allowed, Policy.IsAllowed(new(uri, UriKind.RelativeOrAbsolute)));

    [Theory]
    [InlineData("http://localhost:1/", true)]
    [InlineData("http://[::1]:1/", true)]
    [InlineData("https://127.0.0.2/", true)]
    [InlineData("http://a@127.0.0.1/", false)]
    [InlineData("http://0.0.0.0/", false)]
    [InlineData("http://10.0.0.1/", false)]
    [InlineData("file:///etc/hosts", false)]
    [InlineData("https://smba.trafficmanager.net/", false)]
    public void Of_a_local_trial_allows_loopback(string uri, bool allowed) => Assert.Equal(allowed, ServiceUrlPolicy.LoopbackOnly.IsAllowed(new(uri)));

    [Theory]
    [InlineData("https://a.example/x/", "https://a.example/x", true)]
    [InlineData("https://A.example/x", "HTTPS://a.EXAMPLE/x/", true)]
    [InlineData("https://a.example", "https://a.example/", true)]
    [InlineData("https://a.example/x", "https://a.example/X", false)]
    [InlineData("https://a.example/x//", "https://a.example/x", false)]
    [InlineData("https://a.example/x", "http://a.example/x", false)]
    [InlineData("https://a.example/x", "https://a.example/y", false)]
    [InlineData("", "", false)]
    [InlineData("/", "/", false)]
    [InlineData(null, null, false)]
    [InlineData(null, "https://a.example", false)]
    public void Knows_the_same_place(string? a, string? b, bool same)
    {
        Assert.Equal(same, ServiceUrlPolicy.SameServiceUrl(a, b));
        Assert.Equal(same, ServiceUrlPolicy.SameServiceUrl(b, a));
    }

    [Fact]
    public void Takes_no_wildcards() => Assert.Throws<ArgumentException>(() => ServiceUrlPolicy.ForHosts(["*.trafficmanager.net"]));
}
