using System.IO.Compression;
using System.Net;
using System.Text;
using CoordinationBot.Calendars;
using Microsoft.AspNetCore.Http;

namespace CoordinationBot.Tests.Calendars;

/// <summary>Links that lead to where they should not, to nothing, or to too much.</summary>
public sealed class CalendarFetchTests
{
    private const string Private = "inside a private network";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_comes_with_its_stamp_and_is_not_sent_twice()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.Headers.ETag = "\"one\"";
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "\"one\"" ? 304 : 200;
            return context.Response.StatusCode == 304 ? Task.CompletedTask : context.Response.WriteAsync("BEGIN");
        });
        using var fetch = Trial();
        var file = Assert.IsType<Fetched.File>(await fetch.ReadAsync(server.At("/x.ics"), null, Cancel));
        Assert.Equal("BEGIN", Encoding.UTF8.GetString(file.Content.ToArray()));
        Assert.Equal("\"one\"", file.Stamp.Tag);
        Assert.IsType<Fetched.Unchanged>(await fetch.ReadAsync(server.At("/x.ics"), file.Stamp, Cancel));
    }

    [Fact]
    public async Task Three_redirects_are_followed_and_a_fourth_is_not()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            var left = int.Parse(context.Request.Path.Value!.TrimStart('/'), System.Globalization.CultureInfo.InvariantCulture);
            if (left == 0)
            {
                return context.Response.WriteAsync("BEGIN");
            }
            context.Response.Redirect($"/{left - 1}");
            return Task.CompletedTask;
        });
        using var fetch = Trial();
        Assert.IsType<Fetched.File>(await fetch.ReadAsync(server.At("/3"), null, Cancel));
        Assert.Contains("from one address to the next", Failed(await fetch.ReadAsync(server.At("/4"), null, Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_leads_to_itself_ends()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.Redirect("/x.ics");
            return Task.CompletedTask;
        });
        using var fetch = Trial();
        Assert.Contains("from one address to the next", Failed(await fetch.ReadAsync(server.At("/x.ics"), null, Cancel)), StringComparison.Ordinal);
        Assert.Equal(4, server.Asked);
    }

    [Theory]
    [InlineData("https://127.0.0.1/x.ics")]
    [InlineData("https://2130706433/x.ics")]
    [InlineData("https://0x7f.1/x.ics")]
    [InlineData("https://0177.0.0.1/x.ics")]
    [InlineData("https://127.1/x.ics")]
    [InlineData("https://0/x.ics")]
    [InlineData("https://0.0.0.0/x.ics")]
    [InlineData("https://[::]/x.ics")]
    [InlineData("https://[::1]/x.ics")]
    [InlineData("https://[fe80::1]/x.ics")]
    [InlineData("https://[fd00::1]/x.ics")]
    [InlineData("https://[64:ff9b::7f00:1]/x.ics")]
    [InlineData("https://[64:ff9b::a9fe:a9fe]/x.ics")]
    [InlineData("https://[::ffff:10.0.0.1]/x.ics")]
    [InlineData("https://169.254.169.254/metadata/instance")]
    [InlineData("https://calendar.example.com/x.ics")]
    public async Task A_private_address_is_not_even_connected_to(string link)
    {
        var asked = 0;
        using var fetch = new CalendarFetch(new CalendarOptions(), (host, _) =>
        {
            asked++;
            Assert.Equal("calendar.example.com", host);
            return Task.FromResult<IPAddress[]>([IPAddress.Parse("10.1.2.3"), IPAddress.IPv6Loopback]);
        });
        Assert.Contains(Private, Failed(await fetch.ReadAsync(new Uri(link), null, Cancel)), StringComparison.Ordinal);
        Assert.Equal(link.Contains("example", StringComparison.Ordinal) ? 1 : 0, asked);
    }

    /// <summary>What was looked at is what is connected to: the name is asked once, and another answer a moment later is nobody's. The public address is one where nobody answers.</summary>
    [Fact]
    public async Task A_name_that_turns_private_gains_nothing()
    {
        List<IPAddress> given = [];
        using var fetch = new CalendarFetch(new CalendarOptions(), (_, _) =>
        {
            given.Add(given.Count == 0 ? IPAddress.Parse("198.41.0.4") : IPAddress.Loopback);
            return Task.FromResult<IPAddress[]>([given[^1]]);
        });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            Assert.IsType<Fetched.Failed>(await fetch.ReadAsync(new Uri("https://calendar.example.com/x.ics"), null, patience.Token));
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            // The public address let us wait, which is as good.
        }
        Assert.Single(given);
        Assert.Contains(Private, Failed(await fetch.ReadAsync(new Uri("https://calendar.example.com/x.ics"), null, Cancel)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://calendar.example.com/x.ics")]
    [InlineData("ftp://calendar.example.com/x.ics")]
    [InlineData("file:///etc/passwd")]
    public async Task Nothing_but_https_is_spoken(string link)
    {
        using var fetch = new CalendarFetch(new CalendarOptions(), (_, _) => throw new InvalidOperationException("Nobody should be looked for."));
        Assert.Contains("https", Failed(await fetch.ReadAsync(new Uri(link), null, Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_looked_at_like_a_link()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.Redirect(context.Request.Path == "/file" ? "file:///etc/passwd" : "http://name:secret@127.0.0.1/");
            return Task.CompletedTask;
        });
        using var fetch = Trial();
        Assert.Contains("https", Failed(await fetch.ReadAsync(server.At("/file"), null, Cancel)), StringComparison.Ordinal);
        Assert.Contains("before the @", Failed(await fetch.ReadAsync(server.At("/user"), null, Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gigabyte_is_not_read()
    {
        var sent = 0L;
        await using var server = await WebServer.StartAsync(async context =>
        {
            var block = new byte[64 * 1024];
            // To a connection that is gone it writes on and on, and says that it is complete.
            while (sent < 1024L * 1024 * 1024 && !(await context.Response.BodyWriter.WriteAsync(block, context.RequestAborted)).IsCompleted)
            {
                sent += block.Length;
            }
        });
        using var fetch = Trial();
        Assert.Contains("larger than 5 MB", Failed(await fetch.ReadAsync(server.At("/x.ics"), null, Cancel)), StringComparison.Ordinal);
        // What the server wrote before it noticed that nobody reads any more is on the way, and not in memory here.
        Assert.InRange(sent, 0, 512L * 1024 * 1024);
    }

    [Fact]
    public async Task A_bomb_is_counted_as_it_unfolds()
    {
        var bomb = new MemoryStream();
        await using (var zip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var block = new byte[1024 * 1024];
            for (var count = 0; count < 100; count++)
            {
                await zip.WriteAsync(block, Cancel);
            }
        }
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync(bomb.ToArray()).AsTask();
        });
        using var fetch = Trial();
        Assert.InRange(bomb.Length, 0, 200 * 1024);
        Assert.Contains("larger than 5 MB", Failed(await fetch.ReadAsync(server.At("/x.ics"), null, Cancel)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "does not let me read it")]
    [InlineData(404, "no calendar at that link any more")]
    [InlineData(304, "answered with a fault (304)")]
    [InlineData(500, "answered with a fault (500)")]
    public async Task A_server_that_refuses_is_told_apart(int status, string sentence)
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var fetch = Trial();
        Assert.Contains(sentence, Failed(await fetch.ReadAsync(server.At("/x.ics"), null, Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_home_is_a_sentence()
    {
        await using var server = await WebServer.StartAsync(_ => Task.CompletedTask);
        var link = server.At("/x.ics");
        await server.DisposeAsync();
        using var fetch = Trial();
        Assert.Contains("I cannot reach", Failed(await fetch.ReadAsync(link, null, Cancel)), StringComparison.Ordinal);
        using var nobody = new CalendarFetch(new CalendarOptions(), (_, _) => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));
        Assert.Contains("I cannot find that server", Failed(await nobody.ReadAsync(new Uri("https://nowhere.example.com/"), null, Cancel)), StringComparison.Ordinal);
    }

    private static string Failed(Fetched fetched) => Assert.IsType<Fetched.Failed>(fetched).Sentence;

    private static CalendarFetch Trial() => new(new CalendarOptions { DangerouslyAllowPrivateAddresses = true }, Dns.GetHostAddressesAsync);
}
