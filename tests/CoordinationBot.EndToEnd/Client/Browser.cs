using Microsoft.Playwright;

namespace CoordinationBot.EndToEnd.Client;

/// <summary>The machine's own Chromium, without a way to anywhere but this machine.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Browser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        // message=<id> and input=<id>: elements which only window.js can tell apart
        await playwright.Selectors.RegisterAsync("message", new() { Script = Engine("window.__view.message(selector)") });
        await playwright.Selectors.RegisterAsync("input", new() { Script = Engine("window.__view.input(root, selector)") });
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = Arguments,
        });
        return new Browser(playwright, browser);
    }

    public async Task<IPage> NewPageAsync(string timeZone)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = Window.Desk,
            Locale = "en-US",
            TimezoneId = timeZone,
            ReducedMotion = ReducedMotion.Reduce,
        });
        using var script = new StreamReader(typeof(Browser).Assembly.GetManifestResourceStream("window.js")!);
        await context.AddInitScriptAsync(await script.ReadToEndAsync());
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    private static string Engine(string find) =>
        $$"""({ query: (root, selector) => {{find}}, queryAll: (root, selector) => [{{find}}].filter(Boolean) })""";
}
