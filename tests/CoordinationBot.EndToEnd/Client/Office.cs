using System.Globalization;
using CoordinationBot.Playground.Hubs;
using CoordinationBot.Playground.People;
using CoordinationBot.Playground.Processes;

namespace CoordinationBot.EndToEnd.Client;

/// <summary>What an office is made of.</summary>
public sealed record OfficeOptions
{
    /// <summary>Who has a window; the others exist, but the bot cannot reach them.</summary>
    public IReadOnlyList<Person> People { get; init; } = [Cast.Maria, Cast.Alex];

    /// <summary>Host to start; null for the real one.</summary>
    public string? HostAssembly { get; init; }

    /// <summary>More settings for the host, by environment variable.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Activities are signed and the bot needs tokens, as in Teams.</summary>
    public bool Authentication { get; init; } = true;

    /// <summary>IANA name of the zone of the people's browsers.</summary>
    public string TimeZone { get; init; } = "UTC";
}

/// <summary>The bot's host, the hub, and a real window for each person. Everything ends with it.</summary>
public sealed class Office : IAsyncDisposable
{
    private readonly OfficeOptions _options;
    private readonly string _folder;
    private readonly Dictionary<Person, PlaygroundProcess> _playgrounds = [];
    private readonly Dictionary<Person, Window> _windows = [];
    private Browser? _browser;

    private Office(OfficeOptions options, string folder)
    {
        _options = options;
        _folder = folder;
    }

    public HostProcess Host { get; private set; } = null!;

    /// <summary>The file of the embedded store.</summary>
    public string StorePath => Path.Combine(_folder, "coordination.db");

    public Hub Hub { get; private set; } = null!;

    /// <summary>The window of a person.</summary>
    public Window this[Person person] => _windows[person];

    /// <summary>The process of a person's Playground.</summary>
    public int ProcessIdOf(Person person) => _playgrounds[person].ProcessId;

    public static async Task<Office> StartAsync(OfficeOptions options, CancellationToken cancel)
    {
        var artifacts = FindArtifacts();
        var office = new Office(options, Path.Combine(artifacts, "end-to-end", string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Environment.TickCount64}")));
        try
        {
            Directory.CreateDirectory(office._folder);
            var script = await ClientPackage.EnsureAsync(Path.Combine(artifacts, "playground", "client"), _ => { }, cancel);
            var port = ChildProcess.FreePort();
            office.Hub = await Hub.StartAsync(
                new HubOptions { BotUrl = new Uri($"http://127.0.0.1:{port}/api/messages"), RecordTraffic = true, Authentication = options.Authentication, Secure = options.Authentication },
                cancel);
            office.Host = new HostProcess(port, office.Settings(port), Path.Combine(office._folder, "host.log"), options.HostAssembly);
            var browser = Browser.StartAsync();
            await office.Host.StartAsync(cancel);
            await Task.WhenAll(options.People.Select(p => office.StartPlaygroundAsync(p, script, cancel)));
            office._browser = await browser;
            foreach (var person in options.People) await office.OpenWindowAsync(person, Path.Combine(artifacts, "screenshots"));
            return office;
        }
        catch
        {
            await office.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        await Task.WhenAll(_playgrounds.Values.Select(p => p.DisposeAsync().AsTask()));
        if (Host is not null) await Host.DisposeAsync();
        if (Hub is not null) await Hub.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private static string FindArtifacts()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CoordinationBot.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        return Path.Combine(folder.FullName, "artifacts");
    }

    private Dictionary<string, string> Settings(int port)
    {
        var settings = new Dictionary<string, string>
        {
            ["Bot__AppId"] = Cast.BotAppId,
            ["Bot__TenantId"] = Cast.TenantId,
            ["Storage__Provider"] = "Sqlite",
            ["Storage__Path"] = StorePath,
            // The tests run at night and on Sundays too.
            ["Office__QuietHours"] = "none",
            ["Office__WorkingWeek"] = "Mon-Sun",
            ["Office__PublicAddress"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
        };
        if (Hub is { Authentication: { } authentication, Secure: { } secure })
        {
            var certificate = Path.Combine(_folder, "hub.pem");
            File.WriteAllText(certificate, secure.CertificatePem);
            settings["SSL_CERT_FILE"] = certificate;
            settings["ASPNETCORE_ENVIRONMENT"] = "Production";
            settings["Bot__OpenIdMetadata"] = authentication.Metadata.ToString();
            settings["Bot__ServiceHosts__0"] = secure.Host;
            settings["Bot__Credential"] = "ManagedIdentity";
            settings["IDENTITY_ENDPOINT"] = authentication.ManagedIdentity.ToString();
            settings["IDENTITY_HEADER"] = "end-to-end";
        }
        else
        {
            settings["ASPNETCORE_ENVIRONMENT"] = "Development";
            settings["Bot__DangerouslyAllowUnauthenticated"] = "true";
        }

        foreach (var (name, value) in _options.Settings) settings[name] = value;
        return settings;
    }

    private async Task StartPlaygroundAsync(Person person, string script, CancellationToken cancel)
    {
        var playground = await PlaygroundProcess.StartAsync(
            person, script, Hub.MessagesUrlFor(person), Hub.ServiceUrl, Path.Combine(_folder, person.Key), port: 0, TimeProvider.System, cancel);
        lock (_playgrounds) _playgrounds[person] = playground;
        Hub.Attach(person, playground.ConnectorUrl);
    }

    private async Task OpenWindowAsync(Person person, string screenshots) =>
        _windows[person] = await Window.OpenAsync(person, await _browser!.NewPageAsync(_options.TimeZone), _playgrounds[person].Url, screenshots);
}
