using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Rights;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Privacy;

public sealed class AboutMeTests
{
    [Fact]
    public async Task Everybody_gets_what_is_stored_about_them_and_nothing_of_others()
    {
        await using var rights = await RightsOffice.OpenAsync();
        var office = rights.Office;
        foreach (var person in RightsOffice.Everybody)
        {
            var known = office.Teams.People[person];
            var card = await office.SaysAsync(person, "about me");
            Assert.Contains("Download JSON", card.Words, StringComparison.Ordinal);
            var link = CardReading.Buttons(card.Card!).First(button => button.Title == "Download JSON").Action["url"]!.GetValue<string>();
            var text = await (await office.GetAsync(link)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var file = JsonNode.Parse(text)!;
            Assert.Equal(known.Name, file["stored"]!.AsArray().Single(row => row!["row"]!.GetValue<string>() == "person")!["data"]!["Name"]!.GetValue<string>());
            foreach (var thing in rights.Things)
            {
                foreach (var (part, marker) in thing.Markers)
                {
                    Assert.False(!thing.MaySee(person, part) && text.Contains(marker, StringComparison.Ordinal), $"{person} has {part} of {thing.Name} in their file.");
                    // What nobody signed is in nobody's file, not even in its author's.
                    Assert.False(part is Part.AnonymousFeedback or Part.UncountedAnswer or Part.SurveyResults && text.Contains(marker, StringComparison.Ordinal), $"{person} has {part} of {thing.Name} in their file.");
                }
            }
        }
        var bobs = await rights.ReachedAsync("bob");
        Assert.Contains("Accepted version 1: I invite and feed everybody.", bobs[bobs.IndexOf("\"done\": [", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("about me", (await office.SaysAsync("otto", "help")).Words, StringComparison.Ordinal);
        Assert.Contains("forget me", (await office.SaysAsync("otto", "help")).Words, StringComparison.Ordinal);
    }

    /// <summary>Kinds of rows that name somebody and are not in their file, as Privacy/README.md says. Every other one is.</summary>
    private static readonly (string[] Kinds, string Why)[] LeftOut =
    [
        (["D state", "D terms", "S state", "M state", "N state", "F state", "V state", "V audience", "B plan", "M seat", "D history", "S history", "M history", "F history", "A history", "A now"], "shared with others, and shown by show, history and minutes; what they did in it is in the file"),
        (["names", "teams-ids", "D listed", "F listed", "G member"], "says where they are found, by what stands in their own rows"),
        (["D outbox", "S outbox", "M outbox", "N outbox", "F outbox", "V outbox", "B outbox", "B card", "D card", "S card", "M card", "N card", "F card", "V card", "I card", "own outbox", "own card", "own came", "own missed", "D silence"], "says what is on its way to their chat, or is there"),
        (["A operation", "D operation", "S operation", "M operation", "F operation"], "knows a repeat, and says what the history says"),
        (["own feedback", "own feedback-at", "own minutes"], "what others wrote, and how they find it"),
        (["own file"], "a secret"),
        (["P", "C", "Q", "I"], "the file of somebody else"),
    ];

    [Fact]
    public async Task Whatever_names_somebody_is_in_their_file_or_of_a_kind_that_is_left_out_for_a_reason()
    {
        await using var rights = await RightsOffice.OpenAsync();
        var office = rights.Office;
        await office.PreviewsAsync("named");
        await office.ClicksAsync("ann", "Open it");
        await office.QuietAsync();
        await office.FillsInAsync("bob", "1", "more light", "2");
        await office.SaysAsync("fay", "insights");
        await office.QuietAsync();
        List<string> missing = [];
        foreach (var person in RightsOffice.Everybody.Except(["fara"]))
        {
            var known = office.Teams.People[person];
            var file = await FileAsync(office, person);
            Assert.DoesNotContain("\"Seal\"", file.ToJsonString(), StringComparison.Ordinal);
            var (stored, done) = (file["stored"]!.AsArray(), file["done"]!.AsArray());
            await foreach (var row in office.Services.GetRequiredService<IRowScan>().AllAsync($"{TestOffice.Tenant}|", TestContext.Current.CancellationToken))
            {
                var text = $"{row.Partition} {row.Key} {Encoding.UTF8.GetString(row.Data.Span)}";
                var (letter, first) = (row.Partition.Split('|')[1], row.Key.Split('|')[0]);
                var isOwn = row.Partition.EndsWith($"|{known.ObjectId}", StringComparison.Ordinal);
                var kind = isOwn ? $"own {first}" : letter is "P" or "C" or "Q" or "I" or "names" or "teams-ids" ? letter : $"{letter} {first}";
                // Shared: but what they did in it, and what holds for them, is theirs.
                var isTheirs = row.Key.EndsWith($"|{known.ObjectId}", StringComparison.Ordinal) && first is "now" || HistoryRows.IsEntry(row.Key) && (string?)JsonNode.Parse(row.Data.Span)!["Who"]!["ObjectId"] == known.ObjectId;
                var isIn = HistoryRows.IsEntry(row.Key)
                    ? done.Any(entry => (row.Partition.EndsWith($"|{entry!["in"]}", StringComparison.Ordinal) || row.Partition.EndsWith("|A", StringComparison.Ordinal)) && HistoryRows.Key(entry["entry"]!["Number"]!.GetValue<int>()) == row.Key)
                    : stored.Any(one => one!["row"]!.GetValue<string>() == row.Key && JsonNode.DeepEquals(Open(one["data"]), Open(JsonNode.Parse(row.Data.Span))));
                if ((isOwn || text.Contains(known.ObjectId, StringComparison.OrdinalIgnoreCase) || text.Contains(known.Name, StringComparison.OrdinalIgnoreCase)) && !isIn && (isTheirs || !LeftOut.Any(left => left.Kinds.Contains(kind))))
                {
                    missing.Add($"{person} {kind}{(isTheirs ? " of theirs" : "")}");
                }
            }
        }
        Assert.True(missing.Count == 0, string.Join('\n', missing.Distinct()));
    }

    private static JsonNode? Open(JsonNode? data)
    {
        var open = data?.DeepClone();
        if (open is JsonObject element)
        {
            element.Remove("Seal");
            element.Remove("Link");
        }
        return open;
    }

    private static async Task<JsonNode> FileAsync(TestOffice office, string person)
    {
        var link = CardReading.Buttons((await office.SaysAsync(person, "about me")).Card!).First(button => button.Title == "Download JSON").Action["url"]!.GetValue<string>();
        return JsonNode.Parse(await (await office.GetAsync(link)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
