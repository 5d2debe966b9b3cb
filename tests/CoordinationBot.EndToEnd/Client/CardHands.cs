using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace CoordinationBot.EndToEnd.Client;

/// <summary>Fills and presses one card, as hands would.</summary>
internal sealed class CardHands(Window window, Card card)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly IPage _page = window.Page;

    private ILocator Panel => window.Element(card.Id).Locator(".ac-preview-panel").First;

    public Task<CardModel> ReadAsync() => UntilAsync(PeekAsync, m => m is not null, _ => "a card that is drawn and mounted")!;

    public async Task FillAsync(string id, string value)
    {
        var model = await ReadAsync();
        if (model.Inputs.All(i => i.Id != id)) throw Wrong($"has no input '{id}'; it has: {string.Join(", ", model.Inputs.Select(i => i.Id))}");
        // The Playground draws a card anew after every action: give it a moment.
        var input = await UntilAsync(() => FindAsync(id), i => i?.Visible == true, _ => $"the input '{id}' to be on screen (is it in a closed Action.ShowCard?)");
        var box = Panel.Locator($"input={id}");
        switch (input!.Type)
        {
            case "Input.Text":
                await box.FillAsync(value);
                break;
            case "Input.Number":
                await box.FillAsync(value);
                await box.PressAsync("Tab");
                break;
            case "Input.Date":
                await FillDateAsync(box, value);
                break;
            case "Input.Time":
                await FillTimeAsync(box, value);
                break;
            case "Input.Toggle":
                await box.SetCheckedAsync(value == "true", new() { Force = true });
                value = value == "true" ? input.ValueOn : input.ValueOff;
                break;
            case "Input.ChoiceSet" when input.People:
                await PickPeopleAsync(input, value);
                return;
            case "Input.ChoiceSet":
                await ChooseAsync(input, box, value);
                break;
            default:
                throw Wrong($"has an input of a kind that the driver does not know: {input.Type}");
        }

        await UntilAsync(() => FindAsync(id), i => Sorted(i?.Value, input.Multiple) == Sorted(value, input.Multiple), i => $"the input '{id}' to become '{value}'; it is '{i?.Value}'");
    }

    public async Task<Pressed> ClickAsync(string title, bool expectInvalid)
    {
        var model = await ReadAsync();
        var action = model.Actions.FirstOrDefault(a => a.Title == title)
            ?? throw Wrong($"has no button '{title}'; it has: {string.Join(", ", model.Actions.Select(a => a.Title))}");
        if (action is { Type: "Action.Submit", TeamsType: not null })
            throw Wrong($"has '{title}' as Action.Submit of the Teams kind '{action.TeamsType}', which this Playground cannot send");

        await window.MarkAsync();
        var opened = await _page.EvaluateAsync<int>("() => window.__view.opened.length");
        var remote = action.Type is "Action.Submit" or "Action.Execute";
        var response = remote ? _page.WaitForResponseAsync(r => r.Url.EndsWith("/_conversation/v1/submit", StringComparison.Ordinal) || r.Url.EndsWith("/_conversation/v1/invoke", StringComparison.Ordinal)) : null;
        await PressAsync(action);

        if (action.Type == "Action.OpenUrl")
        {
            var url = await UntilAsync(() => _page.EvaluateAsync<string?>("n => window.__view.opened[n] ?? null", opened), u => u is not null, _ => "the link to open");
            return new Pressed("open", Answer: JsonValue.Create(url));
        }

        if (response is null) return new Pressed("local");
        return await AfterAsync(title, response, expectInvalid);
    }

    private static string Sorted(string? value, bool multiple) =>
        multiple ? string.Join(',', (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)) : value ?? "";

    private static InvalidOperationException Wrong(string what) => new($"The card {what}.");

    private async Task<Pressed> AfterAsync(string title, Task<IResponse> response, bool expectInvalid)
    {
        var end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (await Task.WhenAny(response, Task.Delay(50)) != response && Environment.TickCount64 < end)
        {
            var refused = (await PeekAsync())?.Inputs.Where(i => i.Error is not null).ToArray() ?? [];
            if (refused.Length == 0) continue;
            _ = response.ContinueWith(t => t.Exception, TaskScheduler.Default); // nothing will come
            var errors = new JsonObject(refused.Select(i => KeyValuePair.Create(i.Id, (JsonNode?)i.Error)));
            return expectInvalid ? new Pressed("invalid", Answer: errors) : throw Wrong($"refused '{title}': {errors.ToJsonString()}");
        }

        var answer = await response;
        if (expectInvalid) throw Wrong($"sent '{title}', although it was expected to refuse its inputs");
        if (answer.Url.EndsWith("/submit", StringComparison.Ordinal)) return new Pressed("submit", answer.Status);
        var text = await answer.TextAsync();
        return new Pressed("execute", answer.Status, text.StartsWith('{') ? JsonNode.Parse(text) : JsonValue.Create(text));
    }

    private async Task PressAsync(CardButton action)
    {
        var button = Panel.GetByRole(action.Type == "Action.OpenUrl" ? AriaRole.Link : AriaRole.Button, new() { Name = action.Title, Exact = true });
        if (await button.CountAsync() > 0)
        {
            await button.First.ClickAsync();
            return;
        }

        // A secondary button, or one beyond the sixth.
        await Panel.GetByRole(AriaRole.Button, new() { Name = "More options", Exact = true }).First.ClickAsync();
        await _page.GetByRole(AriaRole.Menuitem, new() { Name = action.Title })
            .Or(_page.GetByRole(AriaRole.Menu).GetByText(action.Title, new() { Exact = true })).First.ClickAsync();
    }

    private static async Task FillDateAsync(ILocator box, string value)
    {
        // Typed as a local date: an ISO string would be read as UTC and shift by a day west of Greenwich.
        await box.FillAsync(value.Length == 0 ? "" : DateOnly.Parse(value, CultureInfo.InvariantCulture).ToString("MMMM d, yyyy", CultureInfo.InvariantCulture));
        await box.PressAsync("Tab");
    }

    private async Task FillTimeAsync(ILocator box, string value)
    {
        var time = TimeOnly.Parse(value, CultureInfo.InvariantCulture);
        await box.ClickAsync();
        if (time.Minute % 30 == 0)
        {
            var list = await ListOfAsync(box);
            await list.GetByRole(AriaRole.Option, new() { Name = time.ToString("h:mm tt", CultureInfo.InvariantCulture), Exact = true }).ClickAsync();
        }
        else
        {
            await box.FillAsync(value);
            await box.PressAsync("Enter");
        }

        await box.PressAsync("Escape");
    }

    private async Task PickPeopleAsync(CardInput input, string names)
    {
        var picker = Panel.GetByText(input.Label ?? "", new() { Exact = true }).Locator("xpath=ancestor::*[.//*[contains(@class,\"ms-PeoplePicker\")]][1]");
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries))
        {
            await picker.GetByRole(AriaRole.Combobox).ClickAsync();
            await _page.Keyboard.TypeAsync(name.Split(' ')[0]);
            await _page.Locator(".ms-Suggestions-item").Filter(new() { HasText = name }).First.ClickAsync();
        }

        await UntilAsync(() => FindAsync(input.Id), i => !string.IsNullOrEmpty(i?.Value), _ => $"the people picker '{input.Id}' to take {names}");
    }

    private async Task ChooseAsync(CardInput input, ILocator box, string value)
    {
        var wanted = input.Multiple ? value.Split(',', StringSplitOptions.RemoveEmptyEntries) : [value];
        foreach (var choice in wanted)
        {
            if (input.Choices.All(c => c.Value != choice)) throw Wrong($"has no choice '{choice}' in '{input.Id}'; it has: {string.Join(", ", input.Choices.Select(c => c.Value))}");
        }

        if (await box.GetAttributeAsync("role") != "combobox")
        {
            // Their accessible names are broken: go by position.
            for (var n = 0; n < input.Choices.Count; n++)
            {
                var chosen = wanted.Contains(input.Choices[n].Value);
                if (input.Multiple) await box.Locator("input[type=checkbox]").Nth(n).SetCheckedAsync(chosen, new() { Force = true });
                else if (chosen) await box.Locator("input[type=radio]").Nth(n).CheckAsync(new() { Force = true });
            }

            return;
        }

        await box.ClickAsync();
        var list = await ListOfAsync(box);
        if (!input.Multiple)
        {
            await list.GetByRole(AriaRole.Option, new() { Name = input.Choices.First(c => c.Value == value).Title, Exact = true }).ClickAsync();
            return;
        }

        var now = (input.Value ?? "").Split(',');
        foreach (var choice in input.Choices.Where(c => now.Contains(c.Value) != wanted.Contains(c.Value)))
            await list.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = choice.Title, Exact = true }).ClickAsync();
        await _page.Keyboard.PressAsync("Escape");
    }

    private async Task<ILocator> ListOfAsync(ILocator box)
    {
        var id = await UntilAsync(() => box.GetAttributeAsync("aria-controls"), i => i is not null, _ => "a list to open");
        return _page.Locator($"[id=\"{id}\"]");
    }

    public async Task<bool> IsOnScreenAsync(string id) => (await FindAsync(id))?.Visible == true;

    private async Task<CardInput?> FindAsync(string id) => (await PeekAsync())?.Inputs.FirstOrDefault(i => i.Id == id);

    private async Task<CardModel?> PeekAsync()
    {
        var json = await Panel.EvaluateAsync<string?>("panel => window.__view.read(panel)");
        return json is null ? null : JsonSerializer.Deserialize<CardModel>(json, WindowState.Json);
    }

    // Cards are drawn outside the store, so their state is asked for, at short intervals.
    private static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> good, Func<T, string> what)
    {
        var end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            var value = await read();
            if (good(value)) return value;
            if (Environment.TickCount64 >= end) throw new TimeoutException($"Waited in vain for {what(value)}.");
            await Task.Delay(40);
        }
    }
}
