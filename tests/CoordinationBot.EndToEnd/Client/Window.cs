using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.Playground.People;
using Microsoft.Playwright;

namespace CoordinationBot.EndToEnd.Client;

/// <summary>
/// One person's window. Waits end when the window's own store says so; nothing sleeps. A wait returns a message, or a changed one, only
/// once, and only what came after the person's last own act (said, pressed, opened a chat): so an old answer is never taken for a new one.
/// </summary>
public sealed partial class Window
{
    internal static readonly ViewportSize Desk = new() { Width = 1400, Height = 1000 };
    internal static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(15);

    private readonly string _screenshots;
    private readonly List<string> _errors = [];
    /// <summary>By card, the button whose panel stands open.</summary>
    private readonly Dictionary<string, string> _opened = new(StringComparer.Ordinal);
    private Dictionary<string, string> _seen = [];

    private Window(Person person, IPage page, string screenshots)
    {
        Person = person;
        Page = page;
        _screenshots = screenshots;
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, line) =>
        {
            // An error that the Playground swallows: usually a lost message.
            if (line.Type == "error" && line.Text.StartsWith("Saga error", StringComparison.Ordinal)) _errors.Add(line.Text.Split('\n')[0]);
        };
    }

    public Person Person { get; }

    /// <summary>For what this class does not know.</summary>
    public IPage Page { get; }

    /// <summary>Script errors of the page so far.</summary>
    public IReadOnlyList<string> Errors => _errors;

    internal static async Task<Window> OpenAsync(Person person, IPage page, Uri url, string screenshots)
    {
        var window = new Window(person, page, screenshots);
        page.SetDefaultTimeout((float)DefaultTimeout.TotalMilliseconds);
        await page.GotoAsync(url.ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await window.WaitUntilReadyAsync();
        return window;
    }

    /// <summary>Loads the window again, as a person does: the Playground installs the bot once more and shows the chats it still has.</summary>
    public async Task ReloadAsync()
    {
        await Page.ReloadAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await WaitUntilReadyAsync();
    }

    public async Task OpenChatAsync(Chat chat)
    {
        var state = await StateAsync();
        var kind = chat switch { Chat.Personal => "personal", Chat.Group => "group", Chat.Channel => "channel" };
        // The team's first channel is General, which is always there; ours is the last.
        var info = state.Chats.Last(c => c.Kind == kind);
        await Page.GetByRole(AriaRole.Treeitem, new() { Name = info.Name, Exact = true }).ClickAsync();
        await WaitAsync(s => s.Active.Id == info.Id && (info.Installed || s.WasToldOf(info.Id, state.Log.Count)) ? s : null, $"the chat {info.Name}", null);
        await MarkAsync();
    }

    /// <summary>
    /// Types and sends one line. In a group chat or channel the bot hears only what mentions it, so the mention is put before it, unless asked not to.
    /// </summary>
    public async Task SayAsync(string text, bool mention = true)
    {
        if (text.Contains('\n', StringComparison.Ordinal)) throw new ArgumentException("The compose box drops line breaks when it sends.", nameof(text));
        var state = await StateAsync();
        var channel = state.Active.Kind == "channel";
        mention = mention && state.Active.Kind != "personal";
        await MarkAsync();

        var box = channel ? Page.GetByRole(AriaRole.Textbox).First : Page.Locator("[role=textbox][contenteditable=true]").Last;
        await box.ClickAsync();
        await Page.Keyboard.PressAsync("Control+A"); // a draft may be left there
        await Page.Keyboard.PressAsync("Delete");
        if (mention)
        {
            await Page.Keyboard.TypeAsync("@");
            await Page.Locator("#typeahead-menu [role=menuitem]").Filter(new() { HasText = state.Bot }).First.ClickAsync();
            await Page.Keyboard.TypeAsync(" ");
        }

        await Page.Keyboard.InsertTextAsync(text);
        var response = await Page.RunAndWaitForResponseAsync(
            () => channel ? Page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync() : Page.Keyboard.PressAsync("Enter"),
            r => MessagesPath().IsMatch(new Uri(r.Url).AbsolutePath));
        if (!response.Ok) throw new InvalidOperationException($"The Playground refused the message: {response.Status} {await response.TextAsync()}");
        var sent = JsonNode.Parse(response.Request.PostData!)!["text"]!.ToString();
        var wanted = mention ? $"<at>{state.Bot}</at> {text}" : text;
        if (sent.Trim() != wanted.Trim()) throw new InvalidOperationException($"Asked to say '{wanted}', the window said '{sent}'.");
    }

    /// <summary>The bot's next message (or change of an older one) that has this text in its text or card.</summary>
    public async Task<ShownMessage> WaitForTextAsync(string text, TimeSpan? timeout = null)
    {
        var message = await WaitAsync(s => Unseen(s).FirstOrDefault(m => Has(m, text)), $"a message with '{text}'", timeout);
        _seen[message.Id] = message.Fingerprint;
        await Element(message.Id).WaitForAsync(new() { State = WaitForSelectorState.Attached }); // on screen too, not only in the store
        return message;
    }

    /// <summary>The bot's next card (or change of an older one) that has this text, drawn.</summary>
    public async Task<Card> WaitForCardAsync(string text, TimeSpan? timeout = null)
    {
        var message = await WaitAsync(s => Unseen(s).FirstOrDefault(m => m.IsCard && Has(m, text)), $"a card with '{text}'", timeout);
        _seen[message.Id] = message.Fingerprint;
        return await DrawnAsync(message);
    }

    /// <summary>The newest card in the open chat that has this text now, seen before or not.</summary>
    public async Task<Card> FindCardAsync(string text, TimeSpan? timeout = null) =>
        await DrawnAsync(await WaitAsync(s => s.Messages.LastOrDefault(m => m.IsCard && Has(m, text)), $"a card with '{text}'", timeout));

    /// <summary>Fails if the bot says anything in this time. The one wait that takes as long as it is told.</summary>
    public async Task HearNothingAsync(TimeSpan? time = null)
    {
        ShownMessage said;
        try
        {
            said = await WaitAsync(s => Unseen(s).FirstOrDefault(), "nothing", time ?? TimeSpan.FromMilliseconds(700), explain: false);
        }
        catch (TimeoutException)
        {
            return;
        }

        throw new InvalidOperationException($"Expected the bot to be silent; it said: {said.AllText}");
    }

    /// <summary>All messages of the open chat, oldest first.</summary>
    public async Task<IReadOnlyList<ShownMessage>> MessagesAsync() => (await StateAsync()).Messages;

    /// <summary>What a message shows, as text.</summary>
    public Task<string> TextAsync(string messageId) => Element(messageId).InnerTextAsync();

    /// <summary>What a card shows, as text.</summary>
    public async Task<string> TextAsync(Card card) => (await ReadAsync(card)).Text;

    /// <summary>A card's inputs and buttons, and its text, as they are on screen.</summary>
    public Task<CardModel> ReadAsync(Card card) => new CardHands(this, card).ReadAsync();

    /// <summary>
    /// Fills inputs by their ids, with real clicks and keys, and checks that the card took the values. Dates as <c>2026-03-15</c>, times as
    /// <c>14:30</c>, toggles as <c>true</c> or <c>false</c>, choices by value (several joined by commas), people by display name.
    /// </summary>
    public async Task FillAsync(Card card, IEnumerable<KeyValuePair<string, string>> values)
    {
        var hands = new CardHands(this, card);
        var all = values.ToList();
        try
        {
            foreach (var (id, value) in all) await hands.FillAsync(id, value);
        }
        catch (TimeoutException) when (_opened.TryGetValue(card.Id, out var title))
        {
            // The card was renewed just after its panel had been opened, which closes it: whoever sits there opens it again.
            if (await hands.IsOnScreenAsync(all[0].Key)) throw;
            await hands.ClickAsync(title, expectInvalid: false);
            foreach (var (id, value) in all) await hands.FillAsync(id, value);
        }
    }

    /// <summary>Presses a button of a card by its title, from the "..." menu if it is there, and waits for what it does.</summary>
    /// <param name="card">The card.</param>
    /// <param name="title">The button's title.</param>
    /// <param name="expectInvalid">The card is expected to refuse its inputs; otherwise that is an error.</param>
    public async Task<Pressed> ClickAsync(Card card, string title, bool expectInvalid = false)
    {
        var pressed = await new CardHands(this, card).ClickAsync(title, expectInvalid);
        if (pressed.Kind == "local") _opened[card.Id] = title;
        else _opened.Remove(card.Id);
        return pressed;
    }

    /// <summary>The line under a card after Action.Execute: the bot's message or error.</summary>
    public async Task<string> LineUnderAsync(Card card)
    {
        var button = Element(card.Id).GetByRole(AriaRole.Button, new() { Name = "Dismiss Invoke Message" }).Last;
        await button.WaitForAsync();
        return (await button.Locator("..").InnerTextAsync()).Trim();
    }

    /// <summary>Waits until the line under a card is this one.</summary>
    public async Task WaitForLineUnderAsync(Card card, string line) =>
        await Element(card.Id).GetByText(line, new() { Exact = true }).Last.WaitForAsync();

    /// <summary>
    /// As small as a phone, with cards as narrow as there: picture a card, the window around it does not get so narrow. The list of chats is
    /// out of sight, so open the chat before.
    /// </summary>
    public async Task UsePhoneSizeAsync()
    {
        await ResizeAsync(Phone.Width, Phone.Height);
        await Page.EvaluateAsync("() => window.__view.fit(true)");
    }

    public async Task UseDeskSizeAsync()
    {
        await Page.EvaluateAsync("() => window.__view.fit(false)");
        await ResizeAsync(Desk.Width, Desk.Height);
    }

    /// <summary>Takes a picture of the whole chat (or of one card) into artifacts/screenshots.</summary>
    /// <returns>The file.</returns>
    public async Task<string> ScreenshotAsync(string name, Card? card = null)
    {
        var file = Path.Combine(_screenshots, $"{UnsafeInName().Replace(name, "_")}.png");
        Directory.CreateDirectory(_screenshots);
        // The chat scrolls inside the page, so the window is made as high as all of it for the moment.
        var (width, height) = (Page.ViewportSize!.Width, Page.ViewportSize.Height);
        var hidden = await Page.EvaluateAsync<int>("() => window.__view.hidden()");
        if (hidden > 0) await ResizeAsync(width, Math.Min(height + hidden, 8000));
        if (card is null) await Page.ScreenshotAsync(new() { Path = file, FullPage = true });
        else await Element(card.Id).ScreenshotAsync(new() { Path = file });
        if (hidden > 0) await ResizeAsync(width, height);
        return file;
    }

    /// <summary>Forgets what was said so far: later waits return only what is new.</summary>
    public async Task MarkAsync() => _seen = (await StateAsync()).Messages.ToDictionary(m => m.Id, m => m.Fingerprint);

    public async Task<WindowState> StateAsync() => await PeekAsync() ?? throw new InvalidOperationException("The window is not loaded.");

    internal ILocator Element(string messageId) => Page.Locator($"message={messageId}");

    internal async Task<T> WaitAsync<T>(Func<WindowState, T?> find, string what, TimeSpan? timeout, bool explain = true)
        where T : class
    {
        var end = Environment.TickCount64 + (long)(timeout ?? DefaultTimeout).TotalMilliseconds;
        while (true)
        {
            var state = await PeekAsync();
            if (state is not null && find(state) is { } found) return found;
            var left = end - Environment.TickCount64;
            if (left <= 0)
                throw new TimeoutException($"{Person.Name} waited in vain for {what}. {(explain ? await ExplainAsync(state) : "")}");
            if (state is null) await Task.Delay(50); // not loaded yet: there is no store to tell
            else await Page.EvaluateAsync("x => window.__view.changed(x)", new { since = state.Version, milliseconds = Math.Min(left, 500) });
        }
    }

    /// <summary>
    /// A page without a screen sometimes draws no frame any more after its size has changed, and whoever clicks waits for one in vain: taking a picture makes it draw.
    /// </summary>
    private async Task ResizeAsync(int width, int height)
    {
        await Page.SetViewportSizeAsync(width, height);
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            if (await Page.EvaluateAsync<bool>("() => new Promise(drawn => { requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))); setTimeout(() => drawn(false), 500); })")) return;
            await Page.ScreenshotAsync();
        }
        throw new InvalidOperationException($"{Person.Name}'s window draws nothing any more since its size was changed.");
    }

    private static bool Has(ShownMessage message, string text) => message.AllText.Contains(text, StringComparison.Ordinal);

    private async Task WaitUntilReadyAsync()
    {
        await WaitAsync(
            s => !s.Loading && s.Chats[0].Installed && s.WasToldOf(s.Active.Id) ? s : null,
            "the window to load and the bot to be installed",
            TimeSpan.FromSeconds(40));
        await Page.GetByRole(AriaRole.Treeitem).First.WaitForAsync();
        // The log panel takes room, and shows paths of this machine that do not belong into pictures.
        var panel = Page.GetByText("Log Panel", new() { Exact = true });
        if (await panel.IsVisibleAsync()) await panel.Locator("xpath=ancestor::*[.//button][1]").GetByRole(AriaRole.Button).Last.ClickAsync();
    }

    private async Task<WindowState?> PeekAsync()
    {
        var json = await Page.EvaluateAsync<string?>("() => window.__view?.state() ?? null");
        return json is null ? null : JsonSerializer.Deserialize<WindowState>(json, WindowState.Json);
    }

    private async Task<Card> DrawnAsync(ShownMessage message)
    {
        await Element(message.Id).Locator(".ac-adaptiveCard").First.WaitForAsync();
        return new Card(message.Id, message.Cards.First(c => c is not null)!);
    }

    private IEnumerable<ShownMessage> Unseen(WindowState state) =>
        state.Messages.Where(m => m.From != state.Me && _seen.GetValueOrDefault(m.Id) != m.Fingerprint);

    private async Task<string> ExplainAsync(WindowState? state)
    {
        if (state is null) return "The window is not loaded.";
        var picture = await ScreenshotAsync(string.Create(CultureInfo.InvariantCulture, $"timeout-{Person.Key}-{Environment.TickCount64}"));
        return string.Join(
            '\n',
            [
                $"The open chat is {state.Active.Kind}. Its last messages:",
                .. state.Messages.TakeLast(5).Select(m => $"  {(m.From == state.Me ? "me " : "bot")} {m.AllText.ReplaceLineEndings(" ")}"),
                .. state.Log.Where(l => l.Warning is not null).TakeLast(5).Select(l => $"  warning: {l.Warning}"),
                .. state.Log.Where(l => l.Status >= 400).TakeLast(5).Select(l => $"  {l.Activity} was answered {l.Status}"),
                .. _errors.TakeLast(3).Select(e => $"  script error: {e}"),
                $"  picture: {picture}",
            ]);
    }

    [GeneratedRegex("/_conversation/v1/conversations/.*/messages$")]
    private static partial Regex MessagesPath();

    [GeneratedRegex(@"[^\w.-]+")]
    private static partial Regex UnsafeInName();
}
