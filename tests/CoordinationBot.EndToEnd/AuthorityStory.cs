using CoordinationBot.EndToEnd.Client;
using CoordinationBot.Playground.People;

namespace CoordinationBot.EndToEnd;

/// <summary>Bounds, approvals, handing on and choosing, as people do it in the real client; every picture is kept in artifacts/screenshots.</summary>
public sealed class AuthorityStory(RealOffice fixture) : Story(fixture), IClassFixture<RealOffice>
{
    [Fact]
    public async Task Two_leaders_who_want_one_person_on_one_day_both_see_it_before_and_after_it_is_sent()
    {
        await OfferAsync("Count the chairs", Cast.Alex, "count them");
        await Adele.SayAsync("delegate \"Paint the hall\" to Alex by 2030-03-15 12:00, exactly: paint it");
        var form = await Adele.WaitForCardAsync("This is what I understood");
        await Adele.FillAsync(form, [KeyValuePair.Create("type", "Deterministic")]);
        await Adele.ClickAsync(form, "Continue");
        await Adele.WaitForCardAsync("A clash: “Count the chairs” for Maria Santos is due on the same day.");
        await Adele.ScreenshotAsync("90 good to know before sending");
        await Adele.UsePhoneSizeAsync();
        await Adele.ScreenshotAsync("91 good to know on a phone", form);
        await Adele.UseDeskSizeAsync();
        await Adele.ClickAsync(form, "Send to Alex Weber");
        await Adele.WaitForCardAsync("Offered to Alex Weber, no answer yet.");
        await Maria.FindCardAsync("A clash: Adele Novak asked Alex Weber for “Paint the hall”, which is due on the same day.");
        await Maria.ScreenshotAsync("92 the other leader is told");
    }

    [Fact]
    public async Task What_lies_beyond_a_mandate_is_asked_for_and_offered_when_it_is_given()
    {
        await Maria.SayAsync("mandate Adele");
        var mandate = await Maria.WaitForCardAsync("What may they decide in their own right?");
        await Maria.FillAsync(mandate, new Dictionary<string, string> { ["money"] = "500 EUR", ["reach"] = "Anybody", ["next"] = "Maria Santos" });
        await Maria.ScreenshotAsync("93 a mandate");
        await Maria.ClickAsync(mandate, "Continue");
        await Maria.WaitForCardAsync("Set this mandate");
        await Maria.ClickAsync(mandate, "Set this mandate");
        // What a mandate says is remembered for some seconds.
        await Task.Delay(TimeSpan.FromSeconds(6), Cancel);

        await Adele.SayAsync("delegate \"Spring party\" to Alex by 2030-05-10 17:00");
        var form = await Adele.WaitForCardAsync("This is what I understood");
        await Adele.FillAsync(form, [KeyValuePair.Create("type", "Flexible")]);
        await Adele.ClickAsync(form, "Continue");
        await Adele.WaitForCardAsync("Levels it may be handed on");
        await Adele.FillAsync(form, new Dictionary<string, string> { ["outcome"] = "Everybody had a good time.", ["budget"] = "2,000 EUR", ["involve"] = "Anyone" });
        await Adele.ClickAsync(form, "Continue");
        await Adele.WaitForCardAsync("Maria Santos can give it and is asked");
        await Adele.ScreenshotAsync("94 beyond the mandate, before it is asked for");
        await Adele.ClickAsync(form, "Ask Maria Santos");
        await Adele.WaitForCardAsync("Withdraw");
        await Adele.ScreenshotAsync("95 it waits to be given");
        var asked = await Maria.FindCardAsync("Adele Novak asks to give this to Alex Weber.");
        await Maria.ScreenshotAsync("96 whoever can give it is asked");
        await Maria.UsePhoneSizeAsync();
        await Maria.ScreenshotAsync("97 asked on a phone", asked);
        await Maria.UseDeskSizeAsync();
        await KillAndRestartAsync();
        await Maria.ClickAsync(asked, "Approve");
        await Alex.FindCardAsync("Spring party");
        await Alex.ScreenshotAsync("98 offered when it was given");
        await Adele.FindCardAsync("it is offered to Alex Weber now.");
        await Adele.ScreenshotAsync("99 the leader is told");
    }

    [Fact]
    public async Task What_recurs_is_read_back_listed_left_out_once_and_ended()
    {
        await Maria.SayAsync("delegate \"Weekly figures\" to Alex every Monday 5pm, exactly: collect; send");
        var form = await Maria.WaitForCardAsync("This is what I understood");
        await Maria.FillAsync(form, [KeyValuePair.Create("type", "Deterministic")]);
        await Maria.ClickAsync(form, "Continue");
        await Maria.WaitForCardAsync("It comes every Monday at 17:00");
        await Maria.ScreenshotAsync("100 what recurs, before it is sent");
        await Maria.ClickAsync(form, "Send to Alex Weber");
        await Maria.WaitForCardAsync("I offer the next ones by myself");
        await Maria.ScreenshotAsync("101 the first one is offered");
        await Alex.FindCardAsync("Weekly figures");
        await Alex.ScreenshotAsync("102 an occurrence");
        await KillAndRestartAsync();

        await Maria.SayAsync("recurring");
        var list = await Maria.WaitForCardAsync("next: ");
        await Maria.ScreenshotAsync("103 recurring");
        await Maria.ClickAsync(list, "Open");
        var series = await Maria.WaitForCardAsync("Leave out the next one");
        await Maria.ClickAsync(series, "Leave out the next one");
        await Maria.WaitForCardAsync("Left out");
        await Maria.ScreenshotAsync("104 one is left out");
        await Maria.UsePhoneSizeAsync();
        await Maria.ScreenshotAsync("105 a series on a phone", series);
        await Maria.UseDeskSizeAsync();
        await Maria.ClickAsync(series, "End it…");
        await Maria.ScreenshotAsync("106 ending it");
        await Maria.ClickAsync(series, "Yes, end it");
        await Alex.FindCardAsync("Maria Santos ended this");
        await Alex.ScreenshotAsync("107 the assignee is told");
    }

    [Fact]
    public async Task Within_bounds_acts_are_declared_one_beyond_them_is_approved_and_a_part_is_handed_on()
    {
        await Maria.SayAsync("delegate \"Arrange the summer event\" to Alex by 2030-06-14 17:00");
        var form = await Maria.WaitForCardAsync("This is what I understood");
        await Maria.FillAsync(form, [KeyValuePair.Create("type", "Flexible")]);
        await Maria.ClickAsync(form, "Continue");
        await Maria.WaitForCardAsync("Levels it may be handed on");
        await Maria.ScreenshotAsync("71 bounds");
        await Maria.UsePhoneSizeAsync();
        await Maria.ScreenshotAsync("72 bounds on a phone", form);
        await Maria.UseDeskSizeAsync();
        await Maria.FillAsync(form, new Dictionary<string, string>
        {
            ["outcome"] = "Everybody has been invited and fed.",
            ["budget"] = "5,000 EUR",
            ["involve"] = "Anyone",
            ["depth"] = "1",
            ["must-not"] = "No fireworks",
        });
        await Maria.ClickAsync(form, "Continue");
        await Maria.WaitForCardAsync("Your choice, within these bounds: up to 5,000 EUR");
        await Maria.ScreenshotAsync("73 review");
        await Maria.ClickAsync(form, "Send to Alex Weber");
        await Maria.WaitForCardAsync("Offered to Alex Weber, no answer yet.");

        // With two open tasks it is asked to which a typed act belongs.
        await OfferAsync("Water the plants", Cast.Alex, "water them");
        var plants = await Alex.FindCardAsync("Water the plants");
        await Alex.FillAsync(plants, [KeyValuePair.Create("brief", "I water the plants.")]);
        await Alex.ClickAsync(plants, "Accept");

        var work = await Alex.FindCardAsync("Arrange the summer event");
        await Alex.ScreenshotAsync("74 offer with bounds");
        await Alex.FillAsync(work, [KeyValuePair.Create("brief", "I invite everybody and order food within the budget.")]);
        await Alex.ClickAsync(work, "Accept");
        await Alex.WaitForCardAsync("How you do it is your choice");
        await Alex.ClickAsync(work, "Declare…");
        await Alex.FillAsync(work, [KeyValuePair.Create("change", "Spend")]);
        await Alex.ScreenshotAsync("75 what is declared");
        await Alex.ClickAsync(work, "Go on");
        await Alex.WaitForCardAsync("On what?");
        await Alex.FillAsync(work, new Dictionary<string, string> { ["amount"] = "1,200 EUR", ["what"] = "printing" });
        await Alex.ClickAsync(work, "Declare");
        await Alex.WaitForCardAsync("Spent 1,200 EUR on printing. 3,800 EUR left.");
        await Alex.ScreenshotAsync("76 recorded, with what is left");

        await Alex.SayAsync("spent 4,500 EUR on a tent because it may rain");
        var which = await Alex.WaitForCardAsync("Which task does this belong to?");
        await Alex.ScreenshotAsync("77 which task");
        await Alex.FillAsync(which, [KeyValuePair.Create("id", Id(await Alex.TextAsync(work)))]);
        await Alex.ClickAsync(which, "This one");
        await Alex.WaitForCardAsync("Needs approval by Maria Santos");
        await Alex.ScreenshotAsync("77 held with its clause");
        await KillAndRestartAsync();
        await Maria.SayAsync("approvals");
        var list = await Maria.WaitForCardAsync("Approvals that wait for you");
        await Maria.ScreenshotAsync("78 approvals");
        await Maria.ClickAsync(list, "Open");
        var asked = await Maria.WaitForCardAsync("Approve less…");
        await Maria.ClickAsync(asked, "Approve less…");
        await Maria.FillAsync(asked, [KeyValuePair.Create("amount", "4,000 EUR")]);
        await Maria.ScreenshotAsync("79 approving less");
        await Maria.ClickAsync(asked, "Approve this much");
        var told = await Alex.FindCardAsync("Maria Santos approved, with narrower terms than you asked for: spend 4,000 EUR on a tent.");
        await Alex.ScreenshotAsync("80 approved with less");

        await Alex.ClickAsync(told, "Hand on…");
        var part = await Alex.WaitForCardAsync("As part of D-");
        await Alex.FillAsync(part, new Dictionary<string, string> { ["title"] = "Order the food", ["assignee"] = "Adele Novak", ["type"] = "Flexible", ["due.date"] = "2030-06-01" });
        await Alex.ScreenshotAsync("81 handing on");
        await Alex.ClickAsync(part, "Continue");
        await Alex.WaitForCardAsync("which is left");
        await Alex.FillAsync(part, new Dictionary<string, string> { ["outcome"] = "There is enough for everybody.", ["budget"] = "9,000 EUR", ["involve"] = "Nobody", ["depth"] = "0" });
        await Alex.ScreenshotAsync("82 what can be passed on");
        await Alex.ClickAsync(part, "Continue");
        await Alex.WaitForCardAsync("It cannot be handed on like that.");
        await Alex.ScreenshotAsync("83 refused with its clause");
        await Alex.ClickAsync(part, "Change something");
        await Alex.WaitForCardAsync("Budget");
        await Alex.FillAsync(part, [KeyValuePair.Create("budget", "1,500 EUR")]);
        await Alex.ClickAsync(part, "Continue");
        await Alex.WaitForCardAsync("up to 1,500 EUR");
        await Alex.ClickAsync(part, "Send to Adele Novak");
        await Alex.WaitForTextAsync("is offered to Adele Novak, as part of D-");
        await Adele.FindCardAsync("Order the food");
        await Maria.SayAsync("overview");
        await Maria.WaitForCardAsync("Overview");
        await Maria.ScreenshotAsync("84 overview");
        await Maria.SayAsync($"tree {Id(await Alex.TextAsync(work))}");
        await Maria.WaitForCardAsync("Order the food");
        await Maria.ScreenshotAsync("85 tree");
        await Maria.SayAsync("export");
        var export = await Maria.WaitForCardAsync("Your file");
        await Maria.ScreenshotAsync("86 export");
        using var browser = new HttpClient();
        var file = await browser.GetStringAsync(new Uri((await Maria.ClickAsync(export, "Download CSV")).Answer!.GetValue<string>()), Cancel);
        Assert.Contains("Arrange the summer event", file);
        Assert.Empty(Maria.Errors);
        Assert.Empty(Alex.Errors);
    }

    [Fact]
    public async Task A_question_is_looked_into_options_are_compared_and_one_is_chosen()
    {
        await Maria.SayAsync("delegate \"Where to hold the party\" to Alex by 2030-06-14 17:00, look into it");
        var form = await Maria.WaitForCardAsync("This is what I understood");
        await Maria.FillAsync(form, [KeyValuePair.Create("type", "Uncertain")]);
        await Maria.ClickAsync(form, "Continue");
        await Maria.WaitForCardAsync("To be consulted");
        await Maria.FillAsync(form, new Dictionary<string, string> { ["question"] = "Which place is best for 80 people?", ["consult"] = "Adele Novak", ["exploration"] = "500 EUR" });
        await Maria.ScreenshotAsync("91 a question");
        await Maria.ClickAsync(form, "Continue");
        await Maria.WaitForCardAsync("Please check before it is sent");
        await Maria.ClickAsync(form, "Send to Alex Weber");

        var work = await Alex.FindCardAsync("Where to hold the party");
        await Alex.FillAsync(work, [KeyValuePair.Create("brief", "I compare places for 80 people.")]);
        await Alex.ClickAsync(work, "Accept");
        await Alex.WaitForCardAsync("Add the options you find.");
        await Alex.ScreenshotAsync("92 looking into it");
        await AddAsync(work, "Rent a hall", "3,000 EUR");
        await AddAsync(work, "Use the garden", "");
        await Alex.ScreenshotAsync("93 two options");

        var consulted = await Adele.FindCardAsync("Alex Weber added option");
        await Adele.ScreenshotAsync("94 consulted");
        await Adele.ClickAsync(consulted, "Comment…");
        await Adele.FillAsync(consulted, [KeyValuePair.Create("comment", "The garden is lovely, but it may rain.")]);
        await Adele.ClickAsync(consulted, "Send comment");
        work = await Alex.FindCardAsync("Adele Novak commented.");
        await KillAndRestartAsync();
        await Alex.ClickAsync(work, "Propose to Maria Santos");

        var choice = await Maria.FindCardAsync("Alex Weber proposes 2 options.");
        await Maria.ScreenshotAsync("95 options side by side");
        await Maria.UsePhoneSizeAsync();
        await Maria.ScreenshotAsync("96 options on a phone", choice);
        await Maria.UseDeskSizeAsync();
        await Maria.ClickAsync(choice, "Choose 1");
        var chosen = await Maria.WaitForCardAsync("Choose an option");
        await Maria.FillAsync(chosen, new Dictionary<string, string> { ["type"] = "Deterministic", ["due.date"] = "2030-06-10", ["steps.1"] = "Book the hall", ["steps.2"] = "Tell everybody where" });
        await Maria.ScreenshotAsync("97 choosing");
        await Maria.ClickAsync(chosen, "Continue");
        await Maria.WaitForCardAsync("Please check before you choose");
        await Maria.ClickAsync(chosen, "Choose it");
        await Maria.WaitForCardAsync("It goes on as deterministic, version 2");
        work = await Alex.FindCardAsync("Please accept version 2.");
        await Alex.ScreenshotAsync("98 accept anew");
        await Alex.FillAsync(work, [KeyValuePair.Create("brief", "I book the hall and tell everybody.")]);
        await Alex.ClickAsync(work, "Accept version 2");
        await Alex.WaitForCardAsync("Complete step 1");
        Assert.Empty(Maria.Errors);
        Assert.Empty(Alex.Errors);
        Assert.Empty(Adele.Errors);
    }

    private async Task AddAsync(Card work, string title, string cost)
    {
        await Alex.ClickAsync(work, "Add an option…");
        await Alex.FillAsync(work, new Dictionary<string, string> { ["title"] = title, ["benefits"] = "Room for all.", ["drawbacks"] = "It must be prepared.", ["cost"] = cost, ["risk"] = "It may rain." });
        await Alex.ClickAsync(work, "Add it");
        await Alex.WaitForCardAsync(title);
    }

    private static string Id(string card) => card.Substring(card.IndexOf("D-", StringComparison.Ordinal), 8);
}
