using System.Text;
using CoordinationBot.Storage;
using CoordinationBot.Surveys;
using Microsoft.Extensions.DependencyInjection;
using static CoordinationBot.Tests.Scenarios.Surveying;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>It is Monday; answers are taken until Friday, 17:00 in Berlin.</summary>
public sealed class SurveyScenarios
{
    [Fact]
    public async Task A_survey_is_previewed_opened_answered_closed_and_its_results_are_shown()
    {
        await using var office = new TestOffice();
        await office.GatherAsync();
        var id = await office.PreviewsAsync();
        var preview = await office.SeesAsync("ann", "This is what people will see.");
        Assert.Contains("1. How was the week?", preview.Card!.ToJsonString());
        Assert.Contains("Fewest answers: 5", preview.Words);
        Assert.DoesNotContain(Everybody, person => office.Times(person, "asks for your opinion") > 0);
        await office.ClicksAsync("ann", "Open it");
        var asked = await office.SeesAsync("bob", "Ann Abel asks for your opinion.");
        Assert.Contains("Anonymous: I store that you have answered until the survey closes, and your answer apart from it", asked.Words);
        await office.EverybodyAnswersAsync();
        var open = await office.SaysAsync("ann", "surveys");
        Assert.Contains("5 of 5 answered", open.Words);
        var results = await office.ClosesAsync(id);
        Assert.Contains("Answers: 5 of 5 (100 %)", results);
        Assert.Contains("Mean 3.0 of 5 answers", results);
        Assert.Contains("5 (100 %)", results);
        var texts = await office.ClicksAsync("ann", "Read what was written to 2");
        Assert.All(Enumerable.Range(1, 5), number => Assert.Contains($"words {number}", texts.Words));
        Assert.DoesNotContain("Berg", texts.Words, StringComparison.Ordinal);
        Assert.Equal(1, office.Times("ann", "This is what came of it."));
    }

    [Fact]
    public async Task An_answer_costs_one_read_and_one_commit()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync();
        await office.FillsInAsync("bob", "1", "", "1");
        await office.QuietAsync();
        office.Store.Taken();
        await office.FillsInAsync("eve", "1", "", "1");
        Assert.Equal(["get", "commit"], office.Store.Taken());
    }

    [Fact]
    public async Task While_it_is_open_nobody_sees_more_than_how_many_have_answered()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync();
        await office.EverybodyAnswersAsync();
        foreach (var verb in (string[])["survey.results", "survey.texts", "survey.export", "survey.view"])
        {
            var shown = await office.InvokesAsync("ann", verb, Filled(id, ("question", "1")));
            Assert.DoesNotContain("Mean", shown.Words, StringComparison.Ordinal);
            Assert.DoesNotContain("words 1", shown.Words, StringComparison.Ordinal);
        }
        Assert.Contains("Answers so far: 5 of 5", (await office.InvokesAsync("ann", "survey.view", Filled(id))).Words);
    }

    [Fact]
    public async Task Below_the_minimum_only_how_many_are_missing_is_shown_and_nothing_is_kept()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync();
        await office.EverybodyAnswersAsync(4);
        var results = await office.ClosesAsync(id);
        Assert.Contains("Nothing is shown: 1 answer is missing to the 5 that must be there.", results);
        Assert.DoesNotContain("Mean", results, StringComparison.Ordinal);
        Assert.Contains("There is nothing to read here.", (await office.InvokesAsync("ann", "survey.texts", Filled(id, ("question", "1")))).Words);
        Assert.Contains("There is no file", (await office.InvokesAsync("ann", "survey.export", Filled(id))).Words);
        var rows = await office.Services.GetRequiredService<ITables>().QueryAsync(SurveyRows.Partition(TestOffice.Tenant, id), "", 1000, null, CancellationToken.None);
        Assert.DoesNotContain(rows, row => Encoding.UTF8.GetString(row.Data.Span).Contains("words ", StringComparison.Ordinal));
        Assert.Equal(0, (await office.SurveyAsync(id)).Tally!.Questions[0].Counts.Sum());
    }

    [Fact]
    public async Task An_anonymous_answer_counts_once_whatever_is_pressed()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync();
        var card = (await office.SeesAsync("bob", "asks for your opinion")).Copy();
        for (var press = 0; press < 4; press++)
        {
            Assert.Contains("Your answer is in", (await office.ClicksAsync("bob", card, "Answer", press < 2 ? "the-same" : null, ("q1", "1"), ("q2", $"again {press}"))).Words);
        }
        Assert.Contains("Your answer is in", (await office.SaysAsync("bob", $"fill in {id} 5; typed; Mon")).Words);
        await office.ClosesAsync(id);
        Assert.Equal(1, (await office.SurveyAsync(id)).Tally!.Answers);
    }

    [Fact]
    public async Task A_named_answer_is_kept_half_filled_given_changed_until_the_close_and_shown_with_its_name()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync("named");
        Assert.Contains("Kept for you. It is not given yet.", (await office.FillsInAsync("bob", "2", "half", "", "Keep for later")).Words);
        Assert.Contains("half", (await office.SaysAsync("bob", $"survey {id}")).Card!.ToJsonString());
        await office.EverybodyAnswersAsync();
        Assert.Contains("Your answer is in", (await office.FillsInAsync("bob", "5", "better words", "1", "Change my answer")).Words);
        var results = await office.ClosesAsync(id);
        Assert.Contains("Mean 3.8 of 5 answers", results);
        var texts = (await office.ClicksAsync("ann", "Read what was written to 2")).Words;
        Assert.Contains("Bob Berg: better words", texts);
        Assert.DoesNotContain("words 1", texts, StringComparison.Ordinal);
        Assert.Contains("this survey is closed", (await office.InvokesAsync("bob", "survey.answer", Filled(id, ("q1", "1")))).Words);
    }

    [Fact]
    public async Task A_named_answer_that_is_delivered_again_under_a_new_id_undoes_no_newer_one()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync("named");
        var first = (await office.SaysAsync("bob", $"survey {id}")).Copy();
        await office.FillsInAsync("bob", "2", "old words", "");
        await office.FillsInAsync("bob", "5", "new words", "", "Change my answer");
        var again = await office.ClicksAsync("bob", first, "Answer", "a-new-id", ("q1", "2"), ("q2", "old words"), ("q3", ""));
        Assert.Contains("you have answered since this card came", again.Words);
        // The same words again are no question.
        Assert.Contains("Your answer is in", (await office.ClicksAsync("bob", first, "Answer", "another-id", ("q1", "5"), ("q2", "new words"), ("q3", ""))).Words);
        foreach (var other in Everybody.Skip(1))
        {
            await office.FillsInAsync(other, "3", "other words", "");
        }
        await office.ClosesAsync(id);
        var texts = (await office.ClicksAsync("ann", "Read what was written to 2")).Words;
        Assert.Contains("new words", texts);
        Assert.DoesNotContain("old words", texts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_those_who_owe_an_answer_are_reminded()
    {
        await using var office = new TestOffice();
        await office.AsksPeopleAsync();
        await office.EverybodyAnswersAsync(3);
        await office.ComesAsync(11, 26, 16);
        foreach (var person in (string[])["dee", "fay"])
        {
            await office.SeesAsync(person, "This survey waits for your answer.");
        }
        await office.QuietAsync();
        Assert.All(Everybody.Take(3), person => Assert.Equal(0, office.Times(person, "waits for your answer.")));
    }

    [Fact]
    public async Task A_pulse_comes_again_and_is_compared_with_the_round_before()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync(more: ("repeats", "Weekly"));
        await office.EverybodyAnswersAsync();
        await office.ComesAsync(11, 27, 16);
        await office.SeesAsync("ann", "This is what came of it.");
        await office.QuietAsync();
        var next = (await office.SurveyAsync(id)).Survey.Next!;
        await office.ComesAsync(11, 30, 12);
        await office.SeesAsync("bob", "round 2");
        await office.QuietAsync();
        foreach (var person in Everybody)
        {
            await office.InvokesAsync(person, "survey.answer", Filled(next, ("q1", "5")));
        }
        await office.SaysAsync("ann", $"close {next}");
        var results = (await office.SeesAsync("ann", "last round 3.0")).Words;
        Assert.Contains("Mean 5.0 of 5 answers, last round 3.0", results);
        Assert.Contains("Fewer than 5 people answered this", results);
    }

    [Fact]
    public async Task The_file_holds_what_the_card_holds_and_no_formula()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync();
        foreach (var person in Everybody)
        {
            await office.FillsInAsync(person, "4", "=HYPERLINK(\"http://evil.example\")", "3");
        }
        await office.ClosesAsync(id);
        await office.ClicksAsync("ann", "Download CSV");
        var card = office.Shown("ann").Last(message => message.Card is { } card && CardReading.Buttons(card).Any(button => button.Action["url"] is not null)).Card!;
        var link = CardReading.Buttons(card).First(button => button.Action["url"] is not null).Action["url"]!.GetValue<string>();
        var text = await (await office.GetAsync(link)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5, text.Split("'=HYPERLINK").Length - 1);
        Assert.Contains("How was the week?,4,5", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Berg", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_owner_is_away_their_deputy_closes_it_and_sees_what_came_of_it()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync();
        await office.EverybodyAnswersAsync();
        Assert.Contains("Only whoever asks may open or close it.", (await office.SaysAsync("eve", $"close {id}")).Words);
        await office.SaysAsync("ann", "away until fri, deputy Eve Ek");
        await office.SaysAsync("ann", "confirm");
        await office.QuietAsync();
        await office.SaysAsync("eve", $"close {id}");
        Assert.Contains("Mean 3.0", (await office.SeesAsync("eve", "This is what came of it.")).Words);
    }

    [Fact]
    public async Task Whoever_is_forgotten_while_it_is_open_keeps_nobody_from_being_reminded()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync();
        await office.EverybodyAnswersAsync(3);
        foreach (var who in (string[])["bob", "dee"])
        {
            await office.SaysAsync(who, "forget me");
            await office.ClicksAsync(who, "Forget me", ("sure", "forget"));
            await office.RestsAsync();
        }
        await office.ComesAsync(11, 26, 16);
        await office.SeesAsync("fay", "This survey waits for your answer.");
        await office.RestsAsync();
        Assert.All((string[])["bob", "eve", "cy", "dee"], person => Assert.Equal(0, office.Times(person, "waits for your answer.")));
        await office.ClosesAsync(id);
    }
}
