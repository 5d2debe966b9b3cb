using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CoordinationBot.Playground.People;

namespace CoordinationBot.Playground.Processes;

/// <summary>One person's Playground: a process of its own, since a Playground has exactly one current user.</summary>
public sealed partial class PlaygroundProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _child;

    private PlaygroundProcess(Person person, int port, ChildProcess child)
    {
        Person = person;
        Port = port;
        _child = child;
    }

    public Person Person { get; }

    public int Port { get; }

    public int ProcessId => _child.Id;

    /// <summary>The window of this person.</summary>
    public Uri Url => new($"http://localhost:{Port}");

    /// <summary>Its mocked Bot Connector; only the hub calls it.</summary>
    public Uri ConnectorUrl => new($"http://127.0.0.1:{Port}/_connector");

    public Task Exited => _child.Exited;

    public string LastLines => _child.LastLines;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="person">Whose window it is.</param>
    /// <param name="script">What <see cref="ClientPackage.EnsureAsync"/> returned.</param>
    /// <param name="messagesUrl">Where it sends activities: the hub's address for this person.</param>
    /// <param name="serviceUrl">What it writes into them: the hub's one service address.</param>
    /// <param name="folder">For its configuration and logs; created.</param>
    /// <param name="port">Preferred port; another is taken when it is not free.</param>
    /// <param name="clock">For waiting.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="LauncherException">It ended or did not answer in time.</exception>
    public static async Task<PlaygroundProcess> StartAsync(
        Person person, string script, Uri messagesUrl, Uri serviceUrl, string folder, int port, TimeProvider clock, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var configuration = Path.Combine(folder, ".m365agentsplayground.yml");
        await File.WriteAllTextAsync(configuration, Cast.ConfigurationFor(person).ToJsonString(), cancel);

        // Never a client secret among these: with one the Playground ignores the telemetry switch and sends the secret there.
        string[] arguments =
        [
            "--require", Path.Combine(ClientPackage.Scripts, "loopback-only.cjs"),
            "--require", Path.Combine(ClientPackage.Scripts, "end-with-parent.cjs"),
            script, "start", "-e", messagesUrl.ToString(), "-c", "msteams",
            "-p", port.ToString(CultureInfo.InvariantCulture), "--service-url", serviceUrl.ToString(), "--disable-telemetry",
        ];
        var start = new ProcessStartInfo("node", arguments) { WorkingDirectory = folder };
        ChildProcess.ClearProxies(start); // it would send even loopback calls through one
        start.Environment["TEAMSAPPTESTER_BROWSER"] = "none";
        start.Environment["M365_AGENTS_PLAYGROUND_CONFIG_PATH"] = configuration;
        start.Environment["M365_AGENTS_PLAYGROUND_LOGFILE"] = Path.Combine(folder, "playground.log");
        start.Environment["APPLICATION_INSIGHTS_NO_STATSBEAT"] = "1";
        start.Environment["TMPDIR"] = folder; // unsent telemetry is kept on disk for a later try: here, where it is thrown away
        var child = ChildProcess.Start($"{person.Name}'s Playground", start);

        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
            var listening = 0;
            await child.WaitUntilAsync(
                async stop =>
                {
                    // A taken port is silently replaced by another: only this line tells.
                    if (child.Find(ListeningLine()) is not { } match) return false;
                    listening = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
                    return await AnswersAsync(http, listening, stop);
                },
                StartTimeout,
                clock,
                cancel);
            return new PlaygroundProcess(person, listening, child);
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static async Task<bool> AnswersAsync(HttpClient http, int port, CancellationToken cancel)
    {
        try
        {
            return await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/_debug/ping"), cancel) == "pong";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    [GeneratedRegex(@"Listening on (\d+)")]
    private static partial Regex ListeningLine();
}
