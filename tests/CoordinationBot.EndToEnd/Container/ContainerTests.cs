using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CoordinationBot.Playground.Processes;
using CoordinationBot.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.EndToEnd.Container;

/// <summary>The host as it is deployed: the image that the SDK makes of it, run with nothing but a data folder to write to.</summary>
public sealed class ContainerTests(PublishedImage image) : IClassFixture<PublishedImage>
{
    private const string AppId = "6f1b8c5e-7a43-4c5d-9b7c-0c3f8a1d2e4b";
    private const string Tenant = "0d9c2a6f-3b1e-4f7a-8c5d-1e2f3a4b5c6d";

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_image_says_how_it_is_run()
    {
        Assert.Equal("1654", image.Config["User"]!.ToString());
        Assert.Equal("8080/tcp", Assert.Single(image.Config["ExposedPorts"]!.AsObject()).Key);
        Assert.Equal(["dotnet", "/app/CoordinationBot.dll"], image.Config["Entrypoint"]!.AsArray().Select(word => word!.ToString()));
        Assert.Contains("ASPNETCORE_HTTP_PORTS=8080", image.Config["Env"]!.AsArray().Select(variable => variable!.ToString()));
    }

    [Fact]
    public async Task It_serves_turns_with_one_folder_to_write_to_and_stops_when_asked()
    {
        await using var channel = await Listener.StartAsync();
        using var data = await DataFolder.CreateAsync();
        for (var run = 1; run <= 2; run++)
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ChildProcess.FreePort()}");
            await using var container = new RunningContainer(image, data.Path, [("ASPNETCORE_URLS", address), .. Trial]);
            await UntilAsync(address, "/health/ready", HttpStatusCode.OK, container);
            await SayAsync(address, channel.Address, "help", $"message-{run}");
            Assert.Contains("delegate", await channel.HeardAsync(Cancel), StringComparison.Ordinal);

            var process = await container.ProcessIdAsync();
            var status = (await File.ReadAllLinesAsync($"/proc/{process}/status", Cancel)).Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim());
            Assert.Equal("1654\t1654\t1654\t1654", status["Uid"]);
            Assert.Equal(0, long.Parse(status["CapEff"], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            Assert.Equal("1", status["NoNewPrivs"]);
            // id parent device root place options …
            var mounts = (await File.ReadAllLinesAsync($"/proc/{process}/mountinfo", Cancel)).Select(line => line.Split(' ')).ToDictionary(parts => parts[4], parts => parts[5].Split(','));
            Assert.Contains("ro", mounts["/"]);
            Assert.Equal(["/data", "/dev", "/proc"], mounts.Where(mount => mount.Value.Contains("rw")).Select(mount => mount.Key).Order(StringComparer.Ordinal));

            Assert.Equal(0, await container.StopAsync(Cancel));
            Assert.DoesNotContain("Read-only", container.Log, StringComparison.OrdinalIgnoreCase);
        }
        Assert.All(Directory.GetFiles(data.Path), file => Assert.StartsWith("coordination.db", Path.GetFileName(file), StringComparison.Ordinal));
        Assert.NotEmpty(Directory.GetFiles(data.Path));
    }

    // As deploy/README.md has it. There is no shell that could look for a program.
    [Fact]
    public async Task Commands_of_those_who_run_it_are_the_program_with_their_arguments()
    {
        using var data = await DataFolder.CreateAsync();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ChildProcess.FreePort()}");
        await using (var container = new RunningContainer(image, data.Path, [("ASPNETCORE_URLS", address), .. Trial]))
        {
            await UntilAsync(address, "/health/ready", HttpStatusCode.OK, container);
            var (exit, said, _) = await container.RunInsideAsync("dotnet", "/app/CoordinationBot.dll", "backup", "/data/copy.db");
            Assert.Equal(0, exit);
            Assert.StartsWith("Everything as it stood is in /data/copy.db", said, StringComparison.Ordinal);
            Assert.NotEqual(0, (await container.RunInsideAsync("CoordinationBot", "doctor")).Exit);
            Assert.Equal(0, await container.StopAsync(Cancel));
        }
        await using var doctor = new RunningContainer(image, data.Path, ["doctor"], [("ASPNETCORE_URLS", address), .. Trial]);
        var verdict = await doctor.EndAsync(Cancel);
        Assert.Matches("(?m)^ok +storage +A row and a message were written", doctor.Log);
        Assert.Matches("(?m)^not set up +manifest +No app package was named", doctor.Log);
        Assert.Equal(0, verdict);
    }

    [Fact]
    public async Task With_no_setting_at_all_it_lives_and_lets_nobody_in()
    {
        using var data = await DataFolder.CreateAsync();
        var port = ChildProcess.FreePort();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        await using var container = new RunningContainer(image, data.Path, ("ASPNETCORE_HTTP_PORTS", port.ToString(CultureInfo.InvariantCulture)));
        await UntilAsync(address, "/health/live", HttpStatusCode.OK, container);
        await UntilAsync(address, "/health/ready", HttpStatusCode.ServiceUnavailable, container);
        using var answer = await Http.PostAsync(new Uri($"{address}/api/messages"), Message("help", "http://localhost:9/teams/", "message"), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task No_secret_of_its_settings_and_no_token_is_in_its_log()
    {
        string[] secrets = ["s3cret-of-the-bot", "s3cret-of-the-mail", "s3cret-in-a-token"];
        using var data = await DataFolder.CreateAsync();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ChildProcess.FreePort()}");
        await using var container = new RunningContainer(
            image,
            data.Path,
            ("ASPNETCORE_URLS", address),
            ("Logging__LogLevel__Default", "Trace"),
            ("Bot__AppId", AppId),
            ("Bot__TenantId", Tenant),
            ("Bot__Credential", "ClientSecret"),
            ("Bot__ClientSecret", secrets[0]),
            ("Bot__OpenIdMetadata", "http://127.0.0.1:9/keys"),
            ("Mail__Host", "127.0.0.1"),
            ("Mail__From", "office@contoso.example"),
            ("Mail__User", "office"),
            ("Mail__Password", secrets[1]));
        await UntilAsync(address, "/health/live", HttpStatusCode.OK, container);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/api/messages") { Content = Message("help", "http://localhost:9/teams/", "message") };
        request.Headers.Authorization = new("Bearer", secrets[2]);
        using var answer = await Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(0, await container.StopAsync(Cancel));
        Assert.Contains("dbug:", container.Log, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, container.Log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_its_data_folder_it_says_so_and_does_not_start()
    {
        await using var container = new RunningContainer(image, null, [("ASPNETCORE_URLS", "http://127.0.0.1:0"), .. Trial]);
        Assert.NotEqual(0, await container.EndAsync(Cancel));
        Assert.Contains("The folder of the storage file /data/coordination.db cannot be written", container.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_sources_make_the_same_program_in_another_folder()
    {
        using var others = await Sources.CopyAsync();
        await others.ForContainerAsync("build", []);
        foreach (var project in new[] { "CoordinationBot", "CoordinationBot.Protocol" })
        {
            // As the compiler wrote it: what is published is that, compiled ahead.
            var file = Path.Combine("src", project, "obj", "Release", "net10.0", "linux-x64", $"{project}.dll");
            Assert.Equal(await HashAsync(Path.Combine(image.Sources.Folder, file)), await HashAsync(Path.Combine(others.Folder, file)));
        }
    }

    [Fact]
    public async Task Nothing_in_the_image_tells_where_it_was_built()
    {
        var place = image.Sources.Folder;
        foreach (var file in Directory.GetFiles(Path.Combine(image.Files, "app"), "CoordinationBot*"))
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancel);
            Assert.Equal((Path.GetFileName(file), -1, -1), (Path.GetFileName(file), bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(place)), bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(place))));
        }
    }

    private static (string, string)[] Trial =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Development"),
        ("Bot__AppId", AppId),
        ("Bot__TenantId", Tenant),
        ("Bot__DangerouslyAllowUnauthenticated", "true"),
    ];

    private static async Task<string> HashAsync(string file) => Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(file, Cancel)));

    private static async Task UntilAsync(string address, string path, HttpStatusCode status, RunningContainer container)
    {
        for (var from = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(from) < TimeSpan.FromSeconds(60); await Task.Delay(100, Cancel))
        {
            if (container.HasEnded) break;
            try
            {
                using var answer = await Http.GetAsync(new Uri(address + path), Cancel);
                if (answer.StatusCode == status) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
        throw new TimeoutException($"{path} was never {status}. The container said:\n{container.Log}");
    }

    private static async Task SayAsync(string address, string channel, string text, string id)
    {
        using var answer = await Http.PostAsync(new Uri($"{address}/api/messages"), Message(text, channel, id), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static StringContent Message(string text, string channel, string id) => new(
        $$"""
        {
          "type": "message", "id": "{{id}}", "text": "{{text}}", "channelId": "msteams", "serviceUrl": "{{channel}}/", "locale": "en-US",
          "from": { "id": "29:ann", "name": "Ann", "aadObjectId": "4f3a2b1c-0d9e-4c8b-a7f6-5e4d3c2b1a09" },
          "recipient": { "id": "28:{{AppId}}", "name": "Secretary" },
          "conversation": { "id": "a:ann", "conversationType": "personal", "tenantId": "{{Tenant}}" },
          "channelData": { "tenant": { "id": "{{Tenant}}" } }
        }
        """,
        Encoding.UTF8,
        "application/json");

    /// <summary>A folder that belongs to the user of the image.</summary>
    private sealed class DataFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("coordinationbot-data").FullName;

        public static async Task<DataFolder> CreateAsync()
        {
            var folder = new DataFolder();
            await Command.DoAsync(NpmFolder.Root, "chown", "1654:1654", folder.Path);
            return folder;
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    /// <summary>The channel, as far as one answer needs it.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly BlockingCollection<string> _heard = [];
        private readonly WebApplication _app;

        private Listener()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            _app = builder.Build();
            _app.Run(async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var body = await reader.ReadToEndAsync();
                await context.Response.WriteAsJsonAsync(new { id = "1" });
                _heard.Add(body);
            });
        }

        public string Address => _app.Urls.Single();

        public static async Task<Listener> StartAsync()
        {
            var channel = new Listener();
            await channel._app.StartAsync();
            return channel;
        }

        /// <summary>What the bot said next.</summary>
        public async Task<string> HeardAsync(CancellationToken cancel) =>
            await Task.Run(() => _heard.TryTake(out var heard, (int)TimeSpan.FromSeconds(20).TotalMilliseconds, cancel) ? heard : throw new TimeoutException("The bot said nothing."), cancel);

        public async ValueTask DisposeAsync()
        {
            await _app.DisposeAsync();
            _heard.Dispose();
        }
    }
}
