using Microsoft.Playwright;

namespace CoordinationBot.Tests.Cards;

/// <summary>The official renderer in the machine's own Chromium, without a way to anywhere but this machine's files.</summary>
public sealed class Renderer : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal IPage Page { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var folder = await NpmFolder.InstallAsync("renderer", ["stage.html"], CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = Arguments,
        });
        Page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = 640, Height = 900 }, Locale = "en-GB", TimezoneId = "Europe/Berlin" });
        // Before the page's own script, which sets it up.
        await Page.AddInitScriptAsync(scriptPath: Path.Combine(folder, "node_modules", "adaptivecards", "dist", "adaptivecards.min.js"));
        await Page.GotoAsync(new Uri(Path.Combine(folder, "stage.html")).AbsoluteUri);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
    }
}
