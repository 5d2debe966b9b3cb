using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Connector;

namespace CoordinationBot.Tests.Cards;

public sealed class CardTests(GalleryFixture bot) : IClassFixture<GalleryFixture>
{
    private const int OrdinaryLength = 40_000;
    private const int Envelope = 1_500;
    private const string Mark = "TYPED";
    private const string Hostile = $"{Mark} **bold** [link](https://x) {{{{DATE(2026-11-23T09:00:00Z)}}}} <b> \u202Eesrever שלום 👩‍👩‍👧";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What people can type, by how much room it takes: letters, other scripts, and what JSON writes with a mark before it.</summary>
    private static readonly string[] Scripts = ["x", "漢", "ש", "👋", "👩‍👩‍👧", "\"", "\\", "\n", "{", "\u2028", "\uE000", "\uFFFF", "\u0001", "\uD800"];

    public static TheoryData<string> Names => [.. Gallery.Cards.Keys];

    /// <summary>Run with APPROVE=1 to take what was received for approved; then read the difference.</summary>
    [Theory, MemberData(nameof(Names))]
    public void A_card_looks_as_approved(string name)
    {
        var folder = Path.GetDirectoryName(Here())!;
        var (approved, received) = (Path.Combine(folder, "approved", $"{name}.approved.json"), Path.Combine(folder, "approved", $"{name}.received.json"));
        var card = JsonSerializer.Serialize(Card(name), Indented) + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(approved)!);
            File.WriteAllText(approved, card);
        }
        else if (!File.Exists(approved) || File.ReadAllText(approved) != card)
        {
            File.WriteAllText(received, card);
            Assert.Fail($"The card '{name}' differs from what was approved. See: git diff --no-index Cards/approved/{name}.approved.json Cards/approved/{name}.received.json. If it is meant so, run the test with APPROVE=1.");
        }
        else
        {
            File.Delete(received);
        }
    }

    [Fact]
    public void Nothing_is_approved_that_no_longer_exists() =>
        Assert.Equal(Gallery.Cards.Keys, Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Here())!, "approved"), "*.approved.json").Select(file => Path.GetFileName(file).Replace(".approved.json", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Names))]
    public void A_card_has_only_what_the_schema_knows(string name) => Assert.Empty(Schema.Faults(Card(name)));

    [Theory, MemberData(nameof(Names))]
    public void Every_input_has_a_label_and_a_name_of_its_own(string name)
    {
        var inputs = CardTexts.All(Card(name)).Where(entry => CardTexts.TypeOf(entry.Element).StartsWith("Input.", StringComparison.Ordinal)).ToList();
        Assert.All(inputs, input => Assert.False(string.IsNullOrWhiteSpace(input.Element["label"]?.GetValue<string>())));
        // A client sends the inputs of a panel together with those of the card around it.
        var root = inputs.Where(input => input.Card.Parent is null).Select(input => input.Element["id"]!.GetValue<string>()).ToList();
        Assert.Distinct(root);
        Assert.All(inputs.Where(input => input.Card.Parent is not null).GroupBy(input => input.Card), panel => Assert.Distinct(panel.Select(input => input.Element["id"]!.GetValue<string>()).Concat(root)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Buttons_are_few_and_work_in_old_clients(string name)
    {
        foreach (var (element, _) in CardTexts.All(Card(name)))
        {
            if (CardTexts.TypeOf(element) == "ActionSet")
            {
                Assert.InRange(element["actions"]!.AsArray().Count(action => action!["mode"]?.GetValue<string>() != "secondary"), 1, 6);
            }
            if (element["refresh"]?["action"] is { } refresh)
            {
                // What a client asks by itself only looks.
                Assert.EndsWith(".view", refresh["verb"]!.GetValue<string>(), StringComparison.Ordinal);
                Assert.NotNull(bot.Routes.FindAction(refresh["verb"]!.GetValue<string>()));
                Assert.InRange(element["refresh"]!["userIds"]!.AsArray().Count, 1, 60);
            }
            if (CardTexts.TypeOf(element) == "Action.Execute" && element.ContainsKey("title"))
            {
                var data = element["data"]!.DeepClone().AsObject();
                data["verb"] = element["verb"]!.GetValue<string>();
                Assert.Equal("Action.Submit", element["fallback"]!["type"]!.GetValue<string>());
                Assert.Equal(element["title"]!.GetValue<string>(), element["fallback"]!["title"]!.GetValue<string>());
                Assert.True(JsonNode.DeepEquals(data, element["fallback"]!["data"]));
                // The client's own card library writes to a property of this name, and then sends nothing at all.
                Assert.False(data.ContainsKey("key"));
                Assert.NotNull(bot.Routes.FindAction(element["verb"]!.GetValue<string>()));
            }
            if (CardTexts.TypeOf(element) == "AdaptiveCard")
            {
                // Older clients ignore the fallback of a button at the root.
                Assert.False(element.ContainsKey("actions"));
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void An_ordinary_card_is_small(string name) =>
        Assert.InRange(CardTexts.Wire(Gallery.Cards[name](Gallery.Ordinary(bot.Commands))).Length, 1, OrdinaryLength);

    /// <summary>Everything as long as it may be, in every script: a card that does not arrive takes the work with it.</summary>
    [Theory, MemberData(nameof(Names))]
    public void The_fullest_card_still_arrives(string name)
    {
        foreach (var script in Scripts)
        {
            var card = Gallery.Cards[name](new Gallery((_, longest) => string.Concat(Enumerable.Repeat(script, (longest - 1) / script.Length).Prepend("x")), bot.Commands, ManySteps: true));
            var length = CardTexts.Wire(card).Length;
            Assert.True(length + Envelope < ConnectorClient.LongestCard, string.Create(CultureInfo.InvariantCulture, $"{name}: {length:N0} characters when full of U+{(int)script[0]:X4}"));
            Assert.InRange(length, 1, CardLength.AtMost(card));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void What_people_typed_stays_what_they_typed(string name)
    {
        var drawn = Gallery.Cards[name](new Gallery((sensible, longest) => Hostile.Length + sensible.Length < longest ? $"{Hostile} {sensible}" : Hostile, bot.Commands));
        Assert.InRange(CardTexts.Wire(drawn).Length, 1, CardLength.AtMost(drawn));
        var card = Node(drawn);
        foreach (var (element, _) in CardTexts.All(card))
        {
            var type = CardTexts.TypeOf(element);
            foreach (var (key, value) in element)
            {
                if (value is not JsonValue text || !text.TryGetValue<string>(out var words) || !words.Contains(Mark, StringComparison.Ordinal) || (key == "value" && type.StartsWith("Input.", StringComparison.Ordinal)))
                {
                    continue;
                }
                Assert.False(type is "TextBlock" || (type.Length == 0 && element.ContainsKey("title") && !element.ContainsKey("value")), $"Markdown is interpreted here: {words}");
                Assert.DoesNotContain("{{", words, StringComparison.Ordinal);
                Assert.DoesNotContain('\u202E', words);
                Assert.Equal(words.Count(character => character == '\u2068'), words.Count(character => character == '\u2069'));
                Assert.Equal(words.Contains('ש', StringComparison.Ordinal), words.Contains('\u2068', StringComparison.Ordinal));
            }
        }
        Assert.Empty(Schema.Faults(card));
        Assert.DoesNotContain(CardTexts.All(card), entry => CardTexts.TypeOf(entry.Element) == "FactSet" && entry.Element.ToJsonString().Contains(Mark, StringComparison.Ordinal));
    }

    private JsonObject Card(string name) => Node(Gallery.Cards[name](Gallery.Ordinary(bot.Commands)));

    private static JsonObject Node(AdaptiveCard card) => JsonNode.Parse(CardTexts.Wire(card))!.AsObject();

    private static string Here([CallerFilePath] string path = "") => path;
}
