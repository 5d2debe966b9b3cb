using System.Globalization;
using CoordinationBot.EndToEnd.Client;
using CoordinationBot.Playground.People;

namespace CoordinationBot.EndToEnd;

/// <summary>What people think, as they say it and hear of it in the real client; every picture is kept in artifacts/screenshots.</summary>
public sealed class FeedbackStory(LargerOffice fixture) : Story(fixture), IClassFixture<LargerOffice>
{
    private Window Lee => fixture.Office[Cast.Lee];

    [Fact]
    public async Task A_problem_with_a_name_is_answered_and_a_suggestion_without_one_waits_to_be_handed_over()
    {
        await Adele.SayAsync("problem the printer on floor 3 is always empty");
        var said = await Adele.WaitForCardAsync("What do you think?");
        await Adele.ScreenshotAsync("170 what do you think");
        await Adele.UsePhoneSizeAsync();
        await Adele.ScreenshotAsync("171 what do you think, on a phone", said);
        await Adele.UseDeskSizeAsync();
        await Adele.ClickAsync(said, "Send with my name");
        await Adele.WaitForCardAsync("Answered by");
        await Adele.ScreenshotAsync("172 a receipt");

        var owned = await Maria.FindCardAsync("Adele Novak tells you what they think.");
        await Maria.ScreenshotAsync("173 somebody tells what they think");
        await Maria.ClickAsync(owned, "Take it");
        await Adele.FindCardAsync("Maria Santos is looking into what you wrote.");
        await KillAndRestartAsync();
        await Maria.ClickAsync(owned, "Answer…");
        await Maria.FillAsync(owned, [KeyValuePair.Create("answer", "A second printer comes in January.")]);
        await Maria.ClickAsync(owned, "Send answer");
        await Adele.FindCardAsync("A second printer comes in January.");
        await Adele.ScreenshotAsync("174 it is answered");

        await Alex.SayAsync("feedback");
        var form = await Alex.WaitForCardAsync("What do you think?");
        await Alex.ClickAsync(form, "Send anonymously");
        await Alex.WaitForCardAsync("Please choose what it is");
        await Alex.ScreenshotAsync("175 something is missing");
        await Alex.FillAsync(form, [KeyValuePair.Create("kind", "Suggestion"), KeyValuePair.Create("text", "Let us have one day a week without meetings.")]);
        await Alex.ClickAsync(form, "Send anonymously");
        await Alex.WaitForCardAsync("Nothing about you is stored.");
        await Alex.ScreenshotAsync("176 an anonymous receipt");
        await Alex.ClickAsync(form, "What is new");

        await Maria.SayAsync("register");
        var register = await Maria.WaitForCardAsync("the oldest first");
        Assert.DoesNotContain("without meetings", await Maria.TextAsync(register), StringComparison.Ordinal);
        await Maria.ScreenshotAsync("177 a register");

        await Maria.SayAsync("insights");
        var insights = await Maria.FindCardAsync("What came up to you");
        await Maria.ScreenshotAsync("178 what came up");
        await Maria.ClickAsync(insights, "12 months");
        var year = await Maria.FindCardAsync("The last 12 months");
        await Maria.UsePhoneSizeAsync();
        await Maria.ScreenshotAsync("179 what came up in a year, on a phone", year);
        await Maria.UseDeskSizeAsync();
    }

    [Fact]
    public async Task Three_people_answer_a_survey_and_its_results_come_once()
    {
        // The bot learns who is in a chat when it hears of it.
        await Maria.OpenChatAsync(Chat.Group);
        await Maria.OpenChatAsync(Chat.Personal);
        await Maria.SayAsync("survey");
        var form = await Maria.WaitForCardAsync("Ask people");
        await Maria.ScreenshotAsync("180 a survey is built");
        await Maria.FillAsync(form, new Dictionary<string, string>
        {
            ["title"] = "How we work together",
            ["questions"] = "How was the week? (1-5)\nWhat should change? (text)\nWhich day suits you? (Mon / Tue / Wed)",
            ["who"] = "group",
            ["names"] = "anonymous",
            ["closes.date"] = TimeProvider.System.GetUtcNow().AddDays(10).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["closes.time"] = "17:00",
            ["minimum"] = "3",
        });
        await Maria.ClickAsync(form, "Continue");
        await Maria.WaitForCardAsync("Team or chat");
        await Maria.ScreenshotAsync("180 a survey asks which team");
        await Maria.FillAsync(form, [KeyValuePair.Create("team", "1")]);
        await Maria.ClickAsync(form, "Continue");
        await Maria.WaitForCardAsync("Nobody is asked yet.");
        await Maria.ScreenshotAsync("181 a survey, read back");
        await Maria.ClickAsync(form, "Preview");
        var survey = await Maria.FindCardAsync("This is what people will see.");
        await Maria.ScreenshotAsync("182 a preview");
        await Maria.ClickAsync(survey, "Open it");

        (Window Window, string Scale)[] everybody = [(Lee, "2"), (Alex, "4"), (Adele, "3")];
        foreach (var (window, scale) in everybody)
        {
            var asked = await window.FindCardAsync("Answer by");
            if (window == Alex)
            {
                await window.ScreenshotAsync("183 a survey to answer");
                await window.UsePhoneSizeAsync();
                await window.ScreenshotAsync("184 a survey on a phone", asked);
                await window.UseDeskSizeAsync();
            }
            await window.FillAsync(asked, [KeyValuePair.Create("q1", scale), KeyValuePair.Create("q2", $"Fewer meetings, says number {scale}"), KeyValuePair.Create("q3", "2")]);
            await window.ClickAsync(asked, "Answer");
            await window.WaitForCardAsync("Your answer is in.");
            if (window == Alex)
            {
                await window.ScreenshotAsync("185 answered");
                await KillAndRestartAsync();
            }
        }

        var open = await Maria.FindCardAsync("Close now");
        await Maria.ScreenshotAsync("186 how many have answered");
        await Maria.ClickAsync(open, "Close now");
        var results = await Maria.FindCardAsync("Mean 3.0 of 3 answers");
        await Maria.ScreenshotAsync("187 what came of it");
        await Maria.UsePhoneSizeAsync();
        await Maria.ScreenshotAsync("188 what came of it, on a phone", results);
        await Maria.UseDeskSizeAsync();
        await Maria.ClickAsync(results, "Read what was written to 2");
        await Maria.FindCardAsync("Fewer meetings, says number 4");
        await Maria.ScreenshotAsync("189 what was written");

        await Maria.SayAsync("insights");
        var insights = await Maria.FindCardAsync("Who answered your surveys");
        await Maria.ClickAsync(insights, "Themes");
        await Maria.FindCardAsync("What people write about");
        await Maria.ScreenshotAsync("190 themes");
        await Maria.UsePhoneSizeAsync();
        await Maria.ScreenshotAsync("191 themes, on a phone", insights);
        await Maria.UseDeskSizeAsync();
    }
}
