using System.Text.Json.Nodes;
using CoordinationBot.Feedbacks;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Whatever is typed, pressed or made up: one clear sentence, nothing lost, and nothing stored before it is sent.</summary>
public sealed class FeedbackBadInputScenarios
{
    private static readonly string[] Buttons = ["Send with my name", "Send anonymously"];

    [Fact]
    public async Task What_is_far_too_long_is_said_so_and_stays_where_it_was_typed()
    {
        await using var office = await Voicing.OfficeAsync();
        var card = (await office.SaysAsync("bob", "problem x")).Copy();
        foreach (var button in Buttons)
        {
            var huge = await office.ClicksAsync("bob", card, button, null, ("text", new string('x', 100_000)));
            // Without a card in the answer the client leaves the pressed one as it is.
            Assert.Null(huge.Card);
            Assert.Contains("That text has 100,000 characters, and at most 4,000 fit. Please shorten it; what you typed is still here.", huge.Sentence);

            var large = await office.ClicksAsync("bob", card, button, null, ("text", new string('x', 4_001)));
            Assert.Contains("That text has 4,001 characters", large.Words);
            Assert.Equal(new string('x', 4_001), CardReading.Buttons(large.Card!).First(known => known.Title == button).Inputs["text"]);
        }
        Assert.Contains("That has 40,000 characters, and at most 4,000 fit.", (await office.SaysAsync("bob", $"problem {new string('x', 40_000)}")).Words);
        Assert.Empty(await office.LettersAsync());
        Assert.Empty(await office.RegisterAsync("eve"));
    }

    [Theory]
    [InlineData("🎉🎉🎉")]
    [InlineData("<b>bold</b> **bold** [link](https://x) {{DATE(2026-11-23T09:00:00Z)}} <at>Eve</at>")]
    [InlineData("\u202Eesrever שלום \"}]}")]
    public async Task Whatever_is_written_is_shown_as_it_was_written(string text)
    {
        await using var office = await Voicing.OfficeAsync();
        var card = await office.SaysAsync("bob", "problem");
        await office.ClicksAsync("bob", card, "Send with my name", null, ("text", text), ("about", "<b>**x**</b>"));
        await office.RestsAsync();
        Assert.Equal(text, (await office.FeedbackAsync((await office.RegisterAsync("eve")).Single().Id)).Text);
        var anonymous = await office.SaysAsync("ann", "problem");
        await office.ClicksAsync("ann", anonymous, "Send anonymously", null, ("text", text));
        await office.MorningAsync();
        Assert.Equal(text, (await office.FeedbackAsync((await office.RegisterAsync("eve")).Single(entry => entry.IsAnonymous).Id)).Text);
    }

    [Theory]
    [InlineData("kind", "", "Please choose what it is")]
    [InlineData("kind", "17", "Please choose what it is")]
    [InlineData("text", "", "Please write what you want to say. One sentence is enough.")]
    [InlineData("text", " \n\t ", "Please write what you want to say.")]
    [InlineData("about", "D-7K3F9Q", "There is no such delegation that you are part of.")]
    [InlineData("about", "m-7k3f9q", "There is no such meeting that you are part of.")]
    [InlineData("about", "D-ILOU!/", "")]
    public async Task What_does_not_fit_is_said_and_what_was_typed_stays(string input, string value, string sentence)
    {
        await using var office = await Voicing.OfficeAsync();
        foreach (var button in Buttons)
        {
            var card = await office.SaysAsync("bob", $"problem {Voicing.Printer}");
            var answer = await office.ClicksAsync("bob", card, button, null, ("quote", "true"), (input, value));
            Assert.Contains(sentence, answer.Words);
            if (sentence.Length > 0)
            {
                Assert.Equal(input == "text" ? "" : Voicing.Printer, CardReading.Buttons(answer.Card!).First(known => known.Title == button).Inputs["text"]);
                Assert.Equal("true", CardReading.Buttons(answer.Card!).First(known => known.Title == button).Inputs["quote"]);
                Assert.Empty(await office.LettersAsync());
            }
        }
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"secret":"","kind":"Problem","text":"x"}""")]
    [InlineData("""{"secret":"../../x","kind":"Problem","text":"x"}""")]
    [InlineData("""{"secret":5,"kind":["Problem"],"text":{"a":1}}""")]
    public async Task A_card_that_is_made_up_does_nothing(string data)
    {
        await using var office = await Voicing.OfficeAsync();
        foreach (var verb in (string[])["send-named", "send-anonymous", "reply-anonymous", "talk-end-anonymous", "reply", "talk-end", "ask", "take", "answer", "move", "hand-on", "join", "give", "agenda", "bring", "text", "view"])
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, (await office.InvokesAsync("bob", $"feedback.{verb}", JsonNode.Parse(data))).Status);
        }
        Assert.Empty(await office.LettersAsync());
        Assert.Empty(await office.RegisterAsync("eve"));
    }

    [Fact]
    public async Task Without_anybody_who_answers_nothing_is_taken()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("bob");
        foreach (var button in Buttons)
        {
            var card = await office.SaysAsync("bob", $"problem {Voicing.Printer}");
            Assert.Contains("Nothing was sent: nobody here answers that.", (await office.ClicksAsync("bob", card, button)).Words);
        }
        Assert.Empty(await office.LettersAsync());
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_stays_on_the_card()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.TellsAsync();
        var long_ = new string('x', FeedbackLimits.Answer + 1);
        var refused = await office.ClicksAsync("eve", "Send answer", ("answer", long_));
        Assert.Contains("That answer has 1,001 characters, and at most 1,000 fit.", refused.Words);
        Assert.Equal(long_, CardReading.Buttons(refused.Card!).First(button => button.Title == "Send answer").Inputs["answer"]);
        Assert.Contains("Please choose how it stands", (await office.ClicksAsync("eve", "Tell the author", ("state", "New"))).Words);
    }

    [Theory]
    [InlineData("feedback F-000000")]
    [InlineData("feedback F-000000: planned")]
    [InlineData("show F-000000")]
    public async Task What_is_not_theirs_is_the_same_as_what_is_not_there(string command)
    {
        await using var office = await Voicing.OfficeAsync();
        var id = await office.TellsAsync();
        Assert.Equal(FeedbackDesk.NoSuch, (await office.SaysAsync("ann", command)).Words);
        Assert.Equal(FeedbackDesk.NoSuch, (await office.SaysAsync("ann", command.Replace("F-000000", id, StringComparison.Ordinal))).Words);
    }
}
