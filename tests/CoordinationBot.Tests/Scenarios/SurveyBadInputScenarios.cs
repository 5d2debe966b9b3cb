using static CoordinationBot.Tests.Scenarios.Surveying;

namespace CoordinationBot.Tests.Scenarios;

public sealed class SurveyBadInputScenarios
{
    [Theory]
    [InlineData("How was it?", "Question 1 does not say how it is answered.")]
    [InlineData("(1-5)", "Question 1 has no words.")]
    [InlineData("How? (1-5)\nAnd? (yes)", "Question 2 ends with “(yes)”, which is no way to answer.")]
    [InlineData("Which? (A / a)", "Question 1 has the same choice twice.")]
    [InlineData("Which? (A / B / C / D / E / F / G / H / I / J / K)", "Question 1 has 11 choices; at most 10 fit.")]
    public async Task A_question_that_cannot_be_read_is_said_and_what_was_typed_stays(string questions, string sentence) => await RefusedAsync(questions, sentence);

    [Fact]
    public async Task A_survey_without_questions_is_not_made() => await RefusedAsync("", "Please write at least one question.");

    [Fact]
    public async Task Twenty_one_questions_are_too_many() => await RefusedAsync(string.Join('\n', Enumerable.Range(1, 21).Select(number => $"How is {number}? (1-5)")), "Those are 21 questions; at most 20 fit.");

    [Theory]
    [InlineData("closes.date", "2026-11-20", "Fri 20 Nov 2026, 17:00 (Europe/Berlin)")]
    [InlineData("opens.date", "2026-11-28", "It would close before it opens.")]
    public async Task A_time_that_cannot_be_is_refused(string input, string day, string sentence)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        await office.SaysAsync("ann", "survey");
        var refused = await office.ClicksAsync("ann", "Continue", [("title", "A"), ("questions", Questions), ("who", "everyone"), ("names", "anonymous"), ("closes.date", "2026-11-27"), (input, day)]);
        Assert.Contains(sentence, refused.Words);
    }

    [Fact]
    public async Task Fewer_people_than_the_minimum_are_not_asked()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "survey");
        var review = await office.ClicksAsync("ann", "Continue", ("title", "A"), ("questions", Questions), ("who", "everyone"), ("names", "anonymous"), ("closes.date", "2026-11-27"));
        Assert.Contains("2 people would be asked, and nothing is shown below 5 answers: nobody could ever see a result. Please ask more people, or set a smaller minimum.", review.Words);
        Assert.False(review.Card!.HasButton("Preview"));
    }

    [Fact]
    public async Task What_does_not_fit_a_question_is_refused_and_what_was_filled_in_stays()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync();
        foreach (var (inputs, sentence) in new ((string, string)[] Inputs, string Sentence)[]
        {
            ([], "no question is answered yet"),
            ([("q1", "6"), ("q2", "kept")], "question 1 is answered with 1 to 5."),
            ([("q1", "nine"), ("q2", "kept")], "question 1 is answered with 1 to 5."),
            ([("q3", "4"), ("q2", "kept")], "question 3 is answered with one of these: Mon, Tue, Wed."),
            ([("q3", "1,2"), ("q2", "kept")], "question 3 is answered with one of these"),
            ([("q99", "1"), ("q2", "kept")], "that card has a question that this survey does not ask"),
            ([("q1", "1"), ("q2", new string('a', 100_000))], "the answer to question 2 has 100000 characters; at most 2000 fit."),
        })
        {
            var refused = await office.InvokesAsync("bob", "survey.answer", Filled(id, inputs));
            Assert.Contains("Nothing was stored", refused.Words);
            Assert.Contains(sentence, refused.Words);
            Assert.True(inputs.All(input => input.Item2 != "kept") || refused.Card!.ToJsonString().Contains("\"value\":\"kept\"", StringComparison.Ordinal));
        }
        await office.InvokesAsync("bob", "survey.answer", Filled(id, ("q2", "🎉🎉")));
        await office.InvokesAsync("eve", "survey.answer", Filled(id, ("q2", "<b>bold</b> [link](https://evil.example) {{DATE(2026-01-01)}} ${x}")));
        foreach (var person in Everybody.Skip(2))
        {
            await office.InvokesAsync(person, "survey.answer", Filled(id, ("q1", "1"), ("q2", "plain")));
        }
        await office.ClosesAsync(id);
        var texts = await office.ClicksAsync("ann", "Read what was written to 2");
        Assert.Contains("🎉🎉", texts.Words);
        Assert.Contains("<b>bold</b> [link](https://evil.example)", texts.Words);
        Assert.DoesNotContain("{{DATE", texts.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_not_asked_comes_too_late_or_has_an_old_card_is_told_so()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync();
        office.Add("max", "Max Moll");
        await office.InstallAsync("max");
        foreach (var verb in (string[])["survey.answer", "survey.view", "survey.results", "survey.close", "survey.open"])
        {
            Assert.Contains("There is no such survey that concerns you.", (await office.InvokesAsync("max", verb, Filled(id, ("q1", "1")))).Words);
        }
        Assert.Contains("There is no such survey", (await office.SaysAsync("max", $"survey {id}")).Words);
        Assert.Contains("There is no such survey", (await office.InvokesAsync("bob", "survey.answer", Filled("V-ZZZZZZ", ("q1", "1")))).Words);
        Assert.Contains("There is no such survey", (await office.InvokesAsync("bob", "survey.answer", null)).Words);
        var old = (await office.SeesAsync("fay", "asks for your opinion")).Copy();
        await office.EverybodyAnswersAsync(4);
        await office.ClosesAsync(id);
        Assert.Contains("Nothing was stored: this survey is closed.", (await office.ClicksAsync("fay", old, "Answer", null, ("q1", "1"))).Words);
        Assert.Equal(4, (await office.SurveyAsync(id)).Tally!.Answers);
    }

    private static async Task RefusedAsync(string questions, string sentence)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        await office.SaysAsync("ann", "survey");
        var refused = await office.ClicksAsync("ann", "Continue", ("title", "A"), ("questions", questions), ("who", "everyone"), ("names", "anonymous"), ("closes.date", "2026-11-27"));
        Assert.Contains(sentence, refused.Words);
        Assert.True(questions.Length == 0 || refused.Card!.ToJsonString().Contains(System.Text.Json.JsonEncodedText.Encode(questions.Split('\n')[0], System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), StringComparison.Ordinal));
    }
}
