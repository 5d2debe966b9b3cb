using CoordinationBot.Playground.Hubs;
using CoordinationBot.Playground.People;
using CoordinationBot.Playground.Processes;
using Spectre.Console;

namespace CoordinationBot.Playground;

/// <summary>Starts the host, the hub and a Playground a person; ends them all when it ends.</summary>
internal sealed class Launcher(LauncherOptions options, IAnsiConsole console, TimeProvider clock)
{
    // Fixed, so that addresses which the bot keeps in its data and the user in a browser still hold in the next run.
    private const int HubPort = 3980;
    private const int FirstWindowPort = 3981;

    private readonly IReadOnlyList<Person> _people = [.. Cast.Everyone.Take(options.People)];

    public async Task RunAsync(CancellationToken stop)
    {
        var home = FindHome();
        var data = options.Data ?? Path.Combine(home, "data");
        if (options.Fresh) Forget(data);
        Directory.CreateDirectory(data);

        var script = await ClientPackage.EnsureAsync(Path.Combine(home, "client"), Say, stop);
        var hostPort = ChildProcess.FreePort();
        await using var host = new HostProcess(hostPort, HostSettings(data), Path.Combine(data, "host.log"), clock: clock);
        await using var hub = await Hub.StartAsync(new HubOptions { BotUrl = host.MessagesUrl, Port = HubPort, Clock = clock }, stop);
        Say("Starting the bot…");
        await host.StartAsync(stop);

        Say($"Starting {_people.Count} Playgrounds…");
        var windows = new List<PlaygroundProcess>();
        try
        {
            for (var i = 0; i < _people.Count; i++)
            {
                var person = _people[i];
                var window = await PlaygroundProcess.StartAsync(
                    person, script, hub.MessagesUrlFor(person), hub.ServiceUrl, Path.Combine(data, "windows", person.Key), FirstWindowPort + i, clock, stop);
                windows.Add(window);
                hub.Attach(person, window.ConnectorUrl);
            }

            if (options.Demo) await DemoOffice.SeedAsync(hub, _people, stop);
            Show(windows, hub, data);
            await WatchAsync(host, windows, stop);
        }
        finally
        {
            Say("Ending…");
            await Task.WhenAll(windows.Select(w => w.DisposeAsync().AsTask()));
        }
    }

    private static Dictionary<string, string> HostSettings(string data) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["Bot__DangerouslyAllowUnauthenticated"] = "true",
        ["Bot__AppId"] = Cast.BotAppId,
        ["Bot__TenantId"] = Cast.TenantId,
        ["Office__Administrators__0"] = Cast.Maria.EntraId,
        ["Storage__Provider"] = "Sqlite",
        ["Storage__Path"] = Path.Combine(data, "coordination.db"),
        // Somebody who tries it in the evening would otherwise wait until the morning.
        ["Office__QuietHours"] = "none",
        ["Office__WorkingWeek"] = "Mon-Sun",
    };

    /// <summary>The repository's artifacts folder, which git ignores; the user's own data folder when run from elsewhere.</summary>
    private static string FindHome()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CoordinationBot.sln"))) return Path.Combine(folder.FullName, "artifacts", "playground");
        }

        return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "CoordinationBot.Playground");
    }

    /// <summary>Removes what the launcher itself has put there, and nothing else: the folder may be the user's own.</summary>
    private static void Forget(string data)
    {
        if (!Directory.Exists(data)) return;
        foreach (var file in Directory.EnumerateFiles(data, "coordination.db*")) File.Delete(file);
        File.Delete(Path.Combine(data, "host.log"));
        var windows = Path.Combine(data, "windows");
        if (Directory.Exists(windows)) Directory.Delete(windows, recursive: true);
    }

    private async Task WatchAsync(HostProcess host, List<PlaygroundProcess> windows, CancellationToken stop)
    {
        var first = await Task.WhenAny([host.Exited, .. windows.Select(w => w.Exited), Task.Delay(Timeout.InfiniteTimeSpan, clock, stop)]);
        if (stop.IsCancellationRequested) return;
        // Ctrl-C reaches the children too: whoever ends first, it is no failure if we are being ended as well.
        if (await IsCancelledWithinAsync(TimeSpan.FromMilliseconds(500), stop)) return;
        if (first == host.Exited || host.Exited.IsCompleted) throw new LauncherException($"The bot has ended. Its last lines:{Environment.NewLine}{host.LastLines}");
        var gone = windows.First(w => w.Exited.IsCompleted);
        throw new LauncherException($"{gone.Person.Name}'s Playground has ended. Its last lines:{Environment.NewLine}{gone.LastLines}");
    }

    private async Task<bool> IsCancelledWithinAsync(TimeSpan time, CancellationToken stop)
    {
        await Task.Delay(time, clock, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return stop.IsCancellationRequested;
    }

    private void Say(string line) => console.MarkupLineInterpolated($"[grey]{line}[/]");

    private void Show(List<PlaygroundProcess> windows, Hub hub, string data)
    {
        // Plain lines rather than a table: what is to be typed must be easy to copy.
        foreach (var window in windows)
        {
            var person = window.Person;
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{person.Name}[/] ({(person.IsLeader ? "leader" : "employee")})  [link]{window.Url}[/]");
            console.MarkupLineInterpolated(person.IsLeader
                ? options.Demo ? (FormattableString)$"  Open the window: your first delegation to Alex waits there for your word." : $"  Open the window and type [bold]help[/], then, once the others have opened theirs:"
                : $"  Open the window once, so that the bot knows you; then wait for the offer.");
            // Not through the console, which would break the line that is to be copied.
            if (person.IsLeader && !options.Demo) console.Profile.Out.Writer.WriteLine(DemoOffice.Delegation);
        }

        console.WriteLine();
        if (hub.Url.Port != HubPort)
            console.MarkupLine($"[yellow]Port {HubPort} is taken: what the bot kept from earlier runs reaches a person only after that person's window was opened again.[/]");
        console.MarkupLineInterpolated($"[grey]Open each window once: that installs the bot for its person. One window a person. Data and host.log: {data}[/]");
        console.MarkupLine("Ctrl-C ends everything.");
    }
}
