using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace CoordinationBot.Tests.Cards;

/// <summary>Every card as the official renderer draws it, on a phone and on a desk; a picture of each is left in artifacts/cards.</summary>
public sealed class DrawingTests(GalleryFixture bot, Renderer renderer) : IClassFixture<GalleryFixture>, IClassFixture<Renderer>
{
    private const int Phone = 340;
    private const int Desk = 600;

    public static TheoryData<string> Names => CardTests.Names;

    [Theory, MemberData(nameof(Names))]
    public async Task A_card_is_drawn_whole(string name)
    {
        var card = CardTexts.Wire(Gallery.Cards[name](Gallery.Ordinary(bot.Commands)));
        foreach (var width in (int[])[Phone, Desk])
        {
            await DrawAsync(name, card, width);
        }
    }

    /// <summary>One word without a place to break it, and long names.</summary>
    [Theory, MemberData(nameof(Names))]
    public async Task A_card_full_of_long_words_is_drawn_whole(string name)
    {
        var card = Gallery.Cards[name](new Gallery((sensible, longest) => sensible + new string('W', Math.Max(0, Math.Min(longest, 80) - sensible.Length)), bot.Commands));
        var drawn = await DrawAsync(CardTexts.Wire(card), Phone);
        Assert.DoesNotContain(drawn.Events, IsFault);
        // A button shows what it can of a long name.
        Assert.DoesNotContain(await FaultsAsync(), fault => !(fault.StartsWith("cut off: ", StringComparison.Ordinal) && (fault.Contains("'Send to ", StringComparison.Ordinal) || fault.Contains("'Propose to ", StringComparison.Ordinal))));
    }

    private async Task DrawAsync(string name, string card, int width)
    {
        var drawn = await DrawAsync(card, width);
        Assert.DoesNotContain(drawn.Events, IsFault);
        var all = CardTexts.All(JsonNode.Parse(card)!.AsObject()).ToList();
        Assert.Equal(all.Count(entry => entry.Card.Parent is null && CardTexts.TypeOf(entry.Element).StartsWith("Action.", StringComparison.Ordinal) && entry.Element.Parent is JsonArray), drawn.Buttons);
        Assert.Equal(all.Count(entry => entry.Card.Parent is null && CardTexts.TypeOf(entry.Element).StartsWith("Input.", StringComparison.Ordinal)), drawn.Inputs);
        Assert.Empty(await FaultsAsync());
        await PictureAsync($"{name}.{width}");

        // Panels open one at a time.
        var panels = all.Where(entry => CardTexts.TypeOf(entry.Element) == "Action.ShowCard").Select(entry => entry.Element["title"]!.GetValue<string>()).ToList();
        for (var number = 0; number < panels.Count; number++)
        {
            await renderer.Page.GetByRole(AriaRole.Button, new() { Name = panels[number], Exact = true }).ClickAsync();
            Assert.Empty(await FaultsAsync());
            if (width == Phone) await PictureAsync(string.Create(CultureInfo.InvariantCulture, $"{name}.{width}.panel-{number + 1}"));
        }
    }

    // The people picker is a property of Teams' own in 1.5, and charts are its elements: here what they fall back on is drawn.
    private static bool IsFault(string said) => !said.StartsWith("Property \"choices.data\"", StringComparison.Ordinal) && !said.StartsWith("Unknown element type \"Chart.", StringComparison.Ordinal);

    private Task<string[]> FaultsAsync() => renderer.Page.EvaluateAsync<string[]>("() => faults()");

    private Task<byte[]> PictureAsync(string name) => renderer.Page.Locator("#card").ScreenshotAsync(new() { Path = Path.Combine(NpmFolder.Artifacts, "cards", $"{name}.png") });

    private async Task<Drawn> DrawAsync(string card, int width) =>
        (await renderer.Page.EvaluateAsync("([card, width]) => draw(JSON.parse(card), width)", new object[] { card, width })).GetValueOrDefault().Deserialize<Drawn>(JsonSerializerOptions.Web)!;

    private sealed record Drawn(string[] Events, int Buttons, int Inputs);
}
