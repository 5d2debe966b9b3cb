using System.Text.Json.Nodes;
using CoordinationBot.Tests.Rights;
using CoordinationBot.Tests.Scenarios;

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
}
