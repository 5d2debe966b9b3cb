using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;

namespace CoordinationBot.Calendars;

/// <summary>Finds the addresses of a host: the DNS.</summary>
internal delegate Task<IPAddress[]> HostLookup(string host, CancellationToken cancel);

/// <summary>What tells a server that its file is known already.</summary>
internal sealed record CalendarStamp(string? Tag, DateTimeOffset? ChangedAt);

/// <summary>What came of reading a link.</summary>
internal abstract record Fetched
{
    private Fetched()
    {
    }

    /// <param name="Content">At most <see cref="CalendarFetch.MostBytes"/>.</param>
    /// <param name="Stamp">For the next time.</param>
    internal sealed record File(MemoryStream Content, CalendarStamp Stamp) : Fetched;

    internal sealed record Unchanged : Fetched;

    /// <param name="Sentence">Why, and what to do.</param>
    internal sealed record Failed(string Sentence) : Fetched;
}

/// <summary>
/// Reads a link that a person typed, which may lead anywhere. What it resolves to is looked at when the connection is made, and that very address is connected
/// to: a name that resolves to another one a moment later gains nothing.
/// </summary>
internal sealed class CalendarFetch : IDisposable
{
    public const int MostBytes = 5 * 1024 * 1024;

    /// <summary>From the question to the last byte, redirects included.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private const int MostRedirects = 3;

    public const string Slow = "The calendar's server did not answer in time. Please try again later, or look whether the link still works in a browser.";

    private readonly CalendarOptions _options;
    private readonly HostLookup _lookup;
    private readonly HttpMessageInvoker _http;

    public CalendarFetch(CalendarOptions options, HostLookup lookup)
    {
        (_options, _lookup) = (options, lookup);
        // Not from the factory, whose loggers and traces would write the link.
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        });
    }

    /// <param name="link">Parsed by <see cref="CalendarLink"/>.</param>
    /// <param name="known">What is known already; null: all is wanted.</param>
    /// <param name="cancel">Ends it sooner than <see cref="Longest"/>.</param>
    public async ValueTask<Fetched> ReadAsync(Uri link, CalendarStamp? known, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Longest);
        try
        {
            return await FollowAsync(link, known, patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Fetched.Failed(Slow);
        }
        catch (HttpRequestException failure)
        {
            return new Fetched.Failed(Sentence(failure));
        }
        // It broke off on the way, or was compressed in a way that nobody can read.
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            return new Fetched.Failed("The calendar's server broke off in the middle. Please try again later.");
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<Fetched> FollowAsync(Uri link, CalendarStamp? known, CancellationToken cancel)
    {
        for (var (address, redirects) = (link, 0); ; redirects++)
        {
            if (CalendarLink.Refuse(address, _options) is { } refusal)
            {
                return new Fetched.Failed(refusal);
            }
            using var request = Ask(address, known);
            using var response = await _http.SendAsync(request, cancel);
            if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
                && response.Headers.Location is { } next)
            {
                if (redirects == MostRedirects)
                {
                    return new Fetched.Failed("That link leads from one address to the next and never to a calendar. Please copy it again from your calendar.");
                }
                if (!Uri.TryCreate(address, next, out var followed))
                {
                    return new Fetched.Failed("That link leads to an address that is none. Please copy it again from your calendar.");
                }
                address = followed;
                continue;
            }
            return response.StatusCode switch
            {
                HttpStatusCode.NotModified when known is not null => new Fetched.Unchanged(),
                HttpStatusCode.OK => await ReadAsync(response, cancel),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new Fetched.Failed("The calendar's server does not let me read it. Please use the secret link that your calendar offers, or publish it."),
                HttpStatusCode.NotFound or HttpStatusCode.Gone => new Fetched.Failed("There is no calendar at that link any more. Please copy it again from your calendar."),
                _ => new Fetched.Failed($"The calendar's server answered with a fault ({(int)response.StatusCode}). Please try again later."),
            };
        }
    }

    private static HttpRequestMessage Ask(Uri address, CalendarStamp? known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/calendar"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CoordinationBot", null));
        if (known?.Tag is { } tag && EntityTagHeaderValue.TryParse(tag, out var parsed))
        {
            request.Headers.IfNoneMatch.Add(parsed);
        }
        request.Headers.IfModifiedSince = known?.ChangedAt;
        return request;
    }

    /// <summary>Counts what comes out, not what the server says or what it was compressed to.</summary>
    private static async ValueTask<Fetched> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        const string TooLarge = "That calendar is larger than 5 MB, which is more than I read. Please connect one with fewer events, or publish fewer details of it.";
        if (response.Content.Headers.ContentLength > MostBytes)
        {
            return new Fetched.Failed(TooLarge);
        }
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            if (content.Length + count > MostBytes)
            {
                return new Fetched.Failed(TooLarge);
            }
            content.Write(buffer, 0, count);
        }
        content.Position = 0;
        return new Fetched.File(content, new CalendarStamp(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified));
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var host = context.DnsEndPoint.Host;
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await _lookup(host, cancel);
        var allowed = Array.FindAll(found, address => _options.DangerouslyAllowPrivateAddresses || PublicAddresses.Holds(address));
        if (allowed.Length == 0)
        {
            throw new NotPublicException();
        }
        for (var index = 0; ; index++)
        {
            var socket = new Socket(allowed[index].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(allowed[index], context.DnsEndPoint.Port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (index < allowed.Length - 1)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static string Sentence(HttpRequestException failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case NotPublicException:
                    return "That link leads to an address inside a private network, which I do not read. Please use a link that works from anywhere.";
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return "I cannot find that server. Please check the link.";
                case AuthenticationException:
                    return "I cannot make a safe connection to the calendar's server: its certificate is not valid, or it speaks no https. Please check the link.";
            }
        }
        return "I cannot reach the calendar's server. Please try again later, or look whether the link still works in a browser.";
    }

    /// <summary>None of a host's addresses is public.</summary>
    private sealed class NotPublicException() : IOException("Not a public address.");
}
