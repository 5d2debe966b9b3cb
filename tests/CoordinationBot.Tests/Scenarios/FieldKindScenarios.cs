using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Turns;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Every kind of field, by card and by typing, in a form made for it.</summary>
public sealed class FieldKindScenarios
{
    private static readonly Field Way = new("way", FieldKind.Choice, "Way", "Which way?") { Needed = "Please choose a way.", Choices = [new("Plain", "Plain", "nothing more"), new("Full", "Full", "everything")] };
    private static readonly Field Budget = Only(new("budget", FieldKind.Money, "Budget", "How much?") { Needed = "Please write how much.", LargestAmount = 10_000 });
    private static readonly Field Depth = Only(new("depth", FieldKind.Number, "Depth", "How deep?") { Needed = "Please write how deep.", Smallest = 0, Largest = 5 });
    private static readonly Field Outside = Only(new("outside", FieldKind.Toggle, "Outside", "Outside too?") { Needed = "Please say whether outside too." });

    private static readonly Field Circle = Only(new("circle", FieldKind.Persons, "Circle", "Who takes part?")
    {
        Needed = "Please pick who takes part.",
        MostPersons = 3,
        Check = (draft, context) => draft.Persons("circle").Any(person => person.ObjectId == context.ObjectId) ? "You take part anyway. Please leave yourself out." : null,
    });

    private static readonly Field Words = Only(new("words", FieldKind.Text, "Words", "Anything else?") { Needed = "", Optional = true, IsLong = true, WhenEmpty = "none", LongestText = 100 });
    private static readonly Field NextUp = Only(new("next", FieldKind.People, "Next up", "Who is next up?") { Needed = "", Optional = true, WhenEmpty = "an administrator" });

    private static readonly (string, string)[] Full =
        [("budget", "1.200,50 €"), ("depth", "2"), ("outside", "true"), ("circle", ""), ("words", ""), ("next", "")];

    private static Field Only(Field field) => field with { Applies = draft => draft.Values.GetValueOrDefault("way") == "Full" };

    /// <summary>Ann opens the form; what is sent is answered with its values.</summary>
    private static async Task<TestOffice> OpenedAsync()
    {
        var form = new Form("sample", "Sample", [Way, Budget, Depth, Outside, Circle, Words, NextUp]);
        var office = new TestOffice(services => services.AddSingleton(new Dialog(
            form,
            _ => "Send it",
            (_, _) => "This will be sent.",
            (_, draft, _) => ValueTask.FromResult<TurnResult>(new TurnResult.Say(string.Join(" | ", draft.Values.Select(value => $"{value.Key}={value.Value}")))),
            (_, _, _) => ValueTask.FromResult<TurnResult?>(null))));
        office.Services.GetRequiredService<RouteTable>().Command(new("sample", CommandArgument.None, "", (turn, cancel) => office.Services.GetRequiredService<DialogHandlers>().OpenAsync(turn, "sample", cancel)));
        office.Add("bob2", "Bob Bach");
        await office.InstallAsync("ann", "bob", "eve", "bob2");
        await office.SaysAsync("ann", "sample");
        return office;
    }

    /// <summary>Everything of the full way, typed up to the field.</summary>
    private static async Task<TestOffice> TypedUpToAsync(string field)
    {
        var office = await OpenedAsync();
        foreach (var (name, answer) in ((string, string)[])[("way", "Full"), ("budget", "5k EUR"), ("depth", "1"), ("outside", "no"), ("circle", "Eve"), ("words", "none"), ("next", "none")])
        {
            if (name == field)
            {
                break;
            }
            await office.SaysAsync("ann", answer);
        }
        return office;
    }

    private static (string, string)[] With(params (string Id, string Value)[] changed) => [.. Full.Where(input => changed.All(change => change.Id != input.Item1)), .. changed];

    private static string Id(TestOffice office, string who) => office.Teams.People[who].ObjectId;

    private static Dictionary<string, string> Inputs(TestOffice office) => CardReading.Buttons(office.Shown("ann")[^1].Card!).First().Inputs;

    [Fact]
    public async Task What_depends_on_a_choice_comes_with_the_choice_and_is_no_mistake()
    {
        await using var office = await OpenedAsync();
        Assert.Equal(["way"], Inputs(office).Keys);
        Assert.Contains("Please choose a way.", (await office.ClicksAsync("ann", "Continue")).Words);

        var more = await office.ClicksAsync("ann", "Continue", ("way", "Full"));
        Assert.Equal(["budget", "circle", "next", "outside", "way", "words"], Inputs(office).Keys.Order(StringComparer.Ordinal));
        Assert.Contains("Depth", more.Words); // A number nobody touched is on the card, and not among what comes from it.
        Assert.DoesNotContain("Please", more.Words);
        Assert.Contains("Please write how much.", (await office.ClicksAsync("ann", "Continue")).Words);

        Assert.Contains("This will be sent.", (await office.ClicksAsync("ann", "Continue", ("way", "Plain"))).Words);
    }

    [Fact]
    public async Task Every_kind_by_card_is_read_back_and_stored_in_one_form()
    {
        await using var office = await OpenedAsync();
        await office.ClicksAsync("ann", "Continue", ("way", "Full"));
        var review = await office.ClicksAsync("ann", "Continue", With(("circle", $"{Id(office, "bob")},{Id(office, "eve")}"), ("words", "first line\n\nsecond line"), ("next", Id(office, "bob2"))));
        foreach (var line in (string[])["Budget: 1,200.50 EUR", "Depth: 2", "Outside: yes", "Circle: Bob Berg, Eve Ek", "first line", "second line", "Next up: Bob Bach"])
        {
            Assert.Contains(line, review.Words.Split('\n'));
        }
        Assert.Equal(
            $"budget=1200.50 EUR | circle={Id(office, "bob")},{Id(office, "eve")} | depth=2 | next={Id(office, "bob2")} | outside=true | way=Full | words=first line\n\nsecond line",
            (await office.ClicksAsync("ann", "Send it")).Words);
    }

    [Fact]
    public async Task Every_kind_by_typing_gives_the_same()
    {
        await using var office = await OpenedAsync();
        await office.SaysAsync("ann", "full");
        Assert.Contains("Budget: 1,200.50 EUR", (await office.SaysAsync("ann", "EUR 1200.50")).Words);
        Assert.Contains("Depth: 2", (await office.SaysAsync("ann", "2")).Words);
        Assert.Contains("Outside: yes", (await office.SaysAsync("ann", "Yes!")).Words);
        Assert.Contains("Circle: Bob Berg, Eve Ek", (await office.SaysAsync("ann", "Bob Berg and eve")).Words);
        await office.SaysAsync("ann", "first line\nsecond line");
        Assert.Contains("Next up: Bob Bach", (await office.SaysAsync("ann", "Bob Bach")).Words);
        Assert.Equal(
            $"budget=1200.50 EUR | circle={Id(office, "bob")},{Id(office, "eve")} | depth=2 | next={Id(office, "bob2")} | outside=true | way=Full | words=first line\nsecond line",
            (await office.SaysAsync("ann", "send")).Words);
    }

    [Fact]
    public async Task What_may_be_left_empty_is_asked_once_and_read_back_as_empty()
    {
        await using var office = await TypedUpToAsync("words");
        Assert.DoesNotContain("This will be sent.", (await office.SaysAsync("ann", "none")).Words);
        var review = await office.SaysAsync("ann", "skip");
        Assert.Contains("Words: none", review.Words);
        Assert.Contains("Next up: an administrator", review.Words);
        Assert.DoesNotContain("Next up: an administrator", (await office.SaysAsync("ann", "back")).Words);
        await office.SaysAsync("ann", "nobody");
        Assert.Equal($"budget=5000.00 EUR | circle={Id(office, "eve")} | depth=1 | outside=false | way=Full", (await office.SaysAsync("ann", "send")).Words);
    }

    [Fact]
    public async Task What_a_choice_leaves_behind_does_not_count_and_comes_back_with_it()
    {
        await using var office = await TypedUpToAsync("");
        await office.ClicksAsync("ann", "Change something");
        var review = await office.ClicksAsync("ann", "Continue", ("way", "Plain"));
        Assert.DoesNotContain("5,000 EUR", review.Words);
        await office.ClicksAsync("ann", "Change something");
        Assert.Equal(["way"], Inputs(office).Keys);
        Assert.Contains("5,000 EUR", (await office.ClicksAsync("ann", "Continue", ("way", "Full"))).Words);
        await office.ClicksAsync("ann", "Change something");
        await office.ClicksAsync("ann", "Continue", ("way", "Plain"));
        Assert.Equal("way=Plain", (await office.ClicksAsync("ann", "Send it")).Words);
    }

    [Theory]
    [InlineData("budget", "1,200", "Please add the currency, for example 1,200 EUR.")]
    [InlineData("budget", "5 XYZ", "I do not know the currency “XYZ”.")]
    [InlineData("budget", "-5 EUR", "An amount cannot be less than zero.")]
    [InlineData("budget", "0 EUR", "The amount must be more than zero.")]
    [InlineData("budget", "10,000.01 EUR", "the largest amount is 10,000 EUR")]
    [InlineData("budget", "1.200 KWD", "can be 1,200 KWD or 1.2 KWD")]
    [InlineData("depth", "6", "That is too large. Please type a whole number from 0 to 5.")]
    [InlineData("depth", "-1", "That is too small. Please type a whole number from 0 to 5.")]
    [InlineData("depth", "99999999999999999999999999999999999999", "That is too large.")]
    [InlineData("depth", "1.5", "Please type a whole number from 0 to 5.")]
    [InlineData("depth", "two", "Please type a whole number from 0 to 5.")]
    [InlineData("outside", "perhaps", "Please answer yes or no.")]
    [InlineData("circle", "Carl", "I have not met anybody called “Carl” yet.")]
    [InlineData("circle", "Bob", "“Bob” may be Bob Bach")]
    [InlineData("circle", "Ann", "You take part anyway. Please leave yourself out.")]
    [InlineData("circle", "Ann, Bob Berg, Bob Bach, Eve", "At most 3 people fit here. Please name fewer.")]
    [InlineData("circle", "a, b, c, d, e, f, g", "At most 3 people fit here. Please name fewer.")]
    [InlineData("circle", "Secretary", "I am only the secretary; please leave me out.")]
    [InlineData("words", "0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789", "That is too long for “Words”")]
    public async Task A_bad_answer_gets_a_sentence_by_typing_and_by_card_and_nothing_is_lost(string field, string bad, string sentence)
    {
        await using var typing = await TypedUpToAsync(field);
        Assert.Contains(sentence, (await typing.SaysAsync("ann", bad)).Words);
        Assert.Contains("Way: Full", typing.Shown("ann")[^1].Words);
        if (field == "circle")
        {
            await typing.SaysAsync("ann", "Bob Berg");
        }
        else
        {
            await typing.SaysAsync("ann", field switch { "budget" => "5 EUR", "depth" => "0", "outside" => "no", _ => "short" });
        }
        Assert.DoesNotContain(sentence, typing.Shown("ann")[^1].Words);

        await using var card = await OpenedAsync();
        await card.ClicksAsync("ann", "Continue", ("way", "Full"));
        var answer = await card.ClicksAsync("ann", "Continue", With(("circle", field == "circle" ? bad : Id(card, "eve")), (field, bad), ("next", Id(card, "bob"))));
        Assert.Contains(sentence, answer.Words);
        Assert.True(field == "budget" || Inputs(card)["budget"] == "1.200,50 €");
        if (field == "budget")
        {
            Assert.Equal(bad, Inputs(card)["budget"]);
        }
        Assert.Contains("This will be sent.", (await card.ClicksAsync("ann", "Continue", [.. Full.Where(input => input.Item1 is not ("circle" or "next")), ("circle", Id(card, "eve")), ("circle.known", "")])).Words);
        Assert.Contains("Next up: Bob Berg", card.Shown("ann")[^1].Words);
    }

    [Fact]
    public async Task Whoever_was_found_stays_found_while_the_others_are_asked()
    {
        await using var office = await TypedUpToAsync("circle");
        var which = await office.SaysAsync("ann", "Eve, Bob, Carl");
        Assert.Contains("I have not met anybody called “Carl” yet.", which.Words);
        Assert.Contains("Bob Bach", which.Words);
        Assert.Equal(Id(office, "eve"), Inputs(office)["circle.known"]);
        Assert.Contains("“Bob” may be Bob Bach", (await office.SaysAsync("ann", "Bob")).Words);
        Assert.Contains("Circle: Eve Ek, Bob Berg", (await office.SaysAsync("ann", "Bob Berg")).Words);
    }

    [Fact]
    public async Task Which_of_several_can_be_chosen_on_the_card_and_taken_out_again()
    {
        await using var office = await TypedUpToAsync("circle");
        await office.SaysAsync("ann", "Eve, Bob");
        Assert.Contains("Please pick who takes part.", (await office.ClicksAsync("ann", "Continue", ("circle.known", ""))).Words);
        await office.SaysAsync("ann", "back");
        await office.SaysAsync("ann", "no");
        await office.SaysAsync("ann", "Eve, Bob");
        await office.ClicksAsync("ann", "Continue", ("circle.known", $"{Id(office, "eve")},{Id(office, "bob2")}"));
        Assert.Contains("Circle: Eve Ek, Bob Bach", office.Shown("ann")[^1].Words);
        await office.ClicksAsync("ann", "Change something");
        Assert.Equal($"{Id(office, "eve")},{Id(office, "bob2")}", Inputs(office)["circle.known"]);
        Assert.Contains("Circle: Bob Bach, Bob Berg", (await office.ClicksAsync("ann", "Continue", ("circle.known", Id(office, "bob2")), ("circle", Id(office, "bob")))).Words);
    }

    [Fact]
    public async Task An_optional_person_stays_when_the_picker_is_empty_and_goes_by_saying_nobody()
    {
        await using var office = await TypedUpToAsync("next");
        await office.SaysAsync("ann", "Bob Berg");
        await office.ClicksAsync("ann", "Change something");
        Assert.Contains("Next up: Bob Berg", (await office.ClicksAsync("ann", "Continue", ("circle.known", Id(office, "eve")))).Words);
        await office.ClicksAsync("ann", "Change something");
        Assert.Contains("Next up: an administrator", (await office.ClicksAsync("ann", "Continue", ("next.nobody", "true"))).Words);
    }

    [Fact]
    public async Task An_optional_name_that_may_mean_two_is_not_dropped_silently()
    {
        await using var office = await TypedUpToAsync("next");
        Assert.Contains("“Bob” may be Bob Bach", (await office.SaysAsync("ann", "Bob")).Words);
        Assert.DoesNotContain("This will be sent.", (await office.ClicksAsync("ann", "Continue")).Words);
        Assert.Contains("Next up: Bob Bach", (await office.ClicksAsync("ann", "Continue", ("next", Id(office, "bob2")))).Words);
    }
}
