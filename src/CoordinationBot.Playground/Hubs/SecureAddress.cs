using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CoordinationBot.Playground.Processes;

namespace CoordinationBot.Playground.Hubs;

/// <summary>An https address on loopback, on the default port, with a certificate that is made for it and trusted by nobody else.</summary>
public sealed class SecureAddress : IDisposable
{
    private const int Port = 443;

    private SecureAddress(IPAddress address, X509Certificate2 certificate)
    {
        Address = address;
        Certificate = certificate;
    }

    public IPAddress Address { get; }

    /// <summary>For <c>Bot:ServiceHosts</c>.</summary>
    public string Host => Address.ToString();

    /// <summary>To be written into a file which <c>SSL_CERT_FILE</c> names to the bot (Linux).</summary>
    public string CertificatePem => Certificate.ExportCertificatePem();

    internal X509Certificate2 Certificate { get; }

    public void Dispose() => Certificate.Dispose();

    /// <exception cref="LauncherException">Ports below 1024 are not for this user.</exception>
    internal static SecureAddress Find(TimeProvider clock)
    {
        // Several hubs at the same time take an address each: on Linux all of 127.0.0.0/8 is this machine.
        for (byte last = 1; last < byte.MaxValue; last++)
        {
            var address = new IPAddress([127, 0, 0, last]);
            try
            {
                using var listener = new TcpListener(address, Port);
                listener.Start();
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                continue;
            }
            catch (SocketException e)
            {
                throw new LauncherException(
                    $"With authentication on, the hub needs port {Port} of {address} ({e.Message}): run as root, or allow it with `sysctl net.ipv4.ip_unprivileged_port_start={Port}`.");
            }

            return new SecureAddress(address, CertificateFor(address, clock.GetUtcNow()));
        }

        throw new LauncherException($"Port {Port} is taken on every loopback address.");
    }

    private static X509Certificate2 CertificateFor(IPAddress address, DateTimeOffset now)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={address}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(2));
    }
}
