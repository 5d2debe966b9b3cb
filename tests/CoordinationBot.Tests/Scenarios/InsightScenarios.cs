using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Feedbacks;
using CoordinationBot.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>What came up to somebody. It is Monday, 23 November 2026.</summary>
public sealed class InsightScenarios
{
    private const string Title = "What came up to you";

    [Fact]
    public async Task The_owner_of_a_register_sees_numbers_ages_and_what_is_overdue()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.TellsAsync("the lift is broken");
        await office.PassAsync(TimeSpan.FromDays(20));
        var done = await office.TellsAsync("the printer is empty");
        await office.TellsAsync("the printer is loud");
        await office.SaysAsync("eve", $"feedback {done}: done, there is a new one");
        await office.RestsAsync();

        Assert.Contains("I am counting", (await office.SaysAsync("eve", "insights")).Words);
        var card = await office.SeesAsync("eve", Title);
        Assert.Contains("The last 13 weeks, counted Sun 13 Dec 2026", card.Words);
        Assert.Contains("16 Nov: 0, 23 Nov: 1, 30 Nov: 0, 7 Dec: 2.", card.Words);
        Assert.Contains("problem 3", card.Words);
        Assert.Contains("Open problems by age. under a week: 1, 1 to 4 weeks: 1, 1 to 3 months: 0, older: 0.", card.Words);
        Assert.Contains("Answered: 1 of 3 that ask for an answer", card.Words);
        Assert.Contains("1 answer is overdue.", card.Words);
    }

    [Fact]
    public async Task Themes_quote_only_those_who_allowed_it_and_come_back_to_the_numbers()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.TellsAsync("The printer has no paper");
        await office.TellsAsync("Again the printers!", who: "ann");
        await office.SaysAsync("bob", "problem A printer for everyone");
        await office.ClicksAsync("bob", "Send with my name", (FeedbackForm.QuoteInput, "true"));
        await office.RestsAsync();

        await office.SaysAsync("eve", "insights");
        var card = await office.SeesAsync("eve", Title);
        var themes = await office.ClicksAsync("eve", "Themes");
        Assert.Contains("Comments with the word. printer: 3.", themes.Words);
        Assert.Contains("“A printer for everyone”", themes.Words);
        Assert.DoesNotContain("no paper", themes.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Again", themes.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Berg", themes.Words, StringComparison.Ordinal);
        Assert.Contains("problem 3", (await office.ClicksAsync("eve", "Numbers")).Words);
        Assert.Equal(card.Id, office.Shown("eve").Last(message => message.Words.Contains(Title, StringComparison.Ordinal)).Id);
    }

    [Fact]
    public async Task A_year_goes_by_months_and_the_card_before_gives_way()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.TellsAsync();
        await office.SaysAsync("eve", "insights");
        await office.SeesAsync("eve", "The last 13 weeks");
        await office.QuietAsync();
        await office.ClicksAsync("eve", "12 months");
        Assert.Contains("Oct 26: 0, Nov 26: 1.", (await office.SeesAsync("eve", "The last 12 months")).Words);
        await office.QuietAsync();
        Assert.DoesNotContain(office.Shown("eve"), message => message.Words.Contains("The last 13 weeks", StringComparison.Ordinal));
        await office.SaysAsync("eve", "insights 3 months");
        await office.SeesAsync("eve", "The last 13 weeks");
        Assert.Contains("Type insights for the last 13 weeks", (await office.SaysAsync("eve", "insights tomorrow")).Words);
    }

    [Fact]
    public async Task Response_rates_and_what_was_written_come_from_surveys_that_enough_answered()
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync();
        foreach (var person in Surveying.Everybody)
        {
            await office.FillsInAsync(person, "3", "The meetings are too long", "1");
        }
        await office.SaysAsync("ann", "insights");
        Assert.Contains("Nothing has come up to you in this time.", (await office.SeesAsync("ann", Title)).Words);
        await office.ClosesAsync(id);
        await office.QuietAsync();
        await office.SaysAsync("ann", "insights");
        var card = await office.SeesAsync("ann", "Who answered your surveys");
        Assert.Contains("How we work: 100 %", card.Words);
        var themes = await office.ClicksAsync("ann", "Themes");
        Assert.Contains("meetings: 5", themes.Words);
        Assert.DoesNotContain("“", themes.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("named")]
    public async Task A_survey_that_too_few_answered_gives_no_number_no_theme_and_no_line_in_the_file(string names)
    {
        await using var office = new TestOffice();
        var id = await office.AsksPeopleAsync(names);
        foreach (var person in Surveying.Everybody.Take(4))
        {
            await office.FillsInAsync(person, "3", "The meetings are too long", "1");
        }
        await office.ClosesAsync(id);
        await office.QuietAsync();
        await office.SaysAsync("ann", "insights");
        var card = await office.SeesAsync("ann", "Too few answered 1 survey.");
        Assert.False(card.Card!.HasButton("Themes"));
        await office.ClicksAsync("ann", "Download CSV");
        var file = await FileAsync(office);
        Assert.Contains("survey,How we work,2026-11-", file, StringComparison.Ordinal);
        Assert.Contains(",too few,5", file, StringComparison.Ordinal);
        Assert.DoesNotContain("meetings", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_presses_a_button_of_somebody_elses_card_sees_only_their_own()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.TellsAsync();
        await office.SaysAsync("eve", "insights");
        await office.SeesAsync("eve", Title);
        Assert.Contains("There is nothing to show here yet.", (await office.InvokesAsync("bob", "insights.themes", new JsonObject())).Words);
        await office.SaysAsync("bob", "insights");
        Assert.Contains("Nothing has come up to you", (await office.SeesAsync("bob", Title)).Words);
    }

    [Fact]
    public async Task A_host_that_ends_before_it_has_counted_leaves_it_to_the_next()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.TellsAsync();
        office.Store.Fails = (call, partition) => call == "query" && partition.Contains("|P|", StringComparison.Ordinal);
        await office.SaysAsync("eve", "insights");
        await office.RestartAsync();
        office.Store.Fails = (_, _) => false;
        await office.WaitsAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(1, office.Times("eve", Title));
    }

    [Fact]
    public async Task Asking_costs_a_read_and_a_commit_and_a_view_one_read()
    {
        await using var office = await Voicing.OfficeAsync();
        await office.TellsAsync();
        await office.SaysAsync("eve", "insights");
        await office.SeesAsync("eve", Title);
        await office.QuietAsync();
        office.Store.Taken();
        await office.SaysAsync("eve", "insights");
        Assert.Equal(["get", "enqueue", "commit"], office.Store.Taken());
        await office.QuietAsync();
        await office.InvokesAsync("eve", "insights.numbers", new JsonObject());
        Assert.Equal(["get"], office.Store.Taken());
    }

    [Fact]
    public async Task Ten_thousand_of_a_register_are_counted()
    {
        await using var office = await Voicing.OfficeAsync();
        var index = office.Services.GetRequiredService<FeedbackIndex>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), CancellationToken.None, (number, cancel) => index.WriteAsync(
            new Feedback
            {
                Id = ReadableIds.From('F', TestOffice.Tenant, $"{number}", 0),
                Tenant = TestOffice.Tenant,
                Origin = $"{number}",
                Kind = (FeedbackKind)(number % 4),
                Subject = Subject.None,
                Text = number % 2 == 0 ? "The printer has no paper" : "打印机总是没有纸",
                Owner = office.Party("eve"),
                State = number % 5 == 0 ? FeedbackState.Done : FeedbackState.New,
                Day = new DateOnly(2026, 11, 23).AddDays(-(number % 80)),
                Revision = 1,
            },
            cancel));
        await office.SaysAsync("eve", "insights");
        var card = await office.SeesAsync("eve", Title);
        Assert.Contains("suggestion 2500, problem 2500, opinion 2500, thanks 2500", card.Words);
        Assert.Contains("printer: 5000", (await office.ClicksAsync("eve", "Themes")).Words);
    }

    private static async Task<string> FileAsync(TestOffice office)
    {
        var card = office.Shown("ann").Last(message => message.Words.Contains("Your file", StringComparison.Ordinal)).Card!;
        var response = await office.GetAsync(CardReading.Buttons(card).First(button => button.Title == "Download CSV").Action["url"]!.GetValue<string>());
        return Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
    }
}
