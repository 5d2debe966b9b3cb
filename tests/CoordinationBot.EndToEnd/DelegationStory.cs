using CoordinationBot.EndToEnd.Client;
using CoordinationBot.Playground.People;

namespace CoordinationBot.EndToEnd;

/// <summary>
/// What people do with delegations, as they do it: in the real client, with clicks and keys, the host killed in between. Every picture is kept
/// in artifacts/screenshots.
/// </summary>
public sealed class DelegationStory(RealOffice fixture) : Story(fixture), IClassFixture<RealOffice>
{
    [Fact]
    public async Task A_typed_task_is_offered_questioned_accepted_done_step_by_step_returned_and_accepted()
    {
        var welcome = await Maria.FindCardAsync("office secretary");
        await Maria.ScreenshotAsync("01 welcome");
        await Maria.ClickAsync(welcome, "What can I do?");
        await Maria.WaitForCardAsync("What you can do now");
        await Maria.ScreenshotAsync("02 help");

        await Maria.SayAsync("delegate \"Prepare the budget table\" to Alex by fri 5pm, exactly: collect figures; fill template (a note); send to finance (a link)");
        var ask = await Maria.WaitForCardAsync("This is what I understood");
        await Maria.ScreenshotAsync("03 understood, type missing");
        await Maria.FillAsync(ask, [KeyValuePair.Create("type", "Deterministic")]);
        await Maria.ClickAsync(ask, "Continue");
        var review = await Maria.WaitForCardAsync("Please check before it is sent");
        await Maria.ScreenshotAsync("04 review");
        await Maria.ClickAsync(review, "Send to Alex Weber");
        await Maria.WaitForCardAsync("Offered to Alex Weber, no answer yet.");
        await Maria.ScreenshotAsync("05 sent");

        var offer = await Alex.FindCardAsync("Maria Santos asks you to take this on.");
        await Alex.ScreenshotAsync("06 offer");
        await Alex.UsePhoneSizeAsync();
        await Alex.ScreenshotAsync("06 offer on a phone", offer);
        await Alex.UseDeskSizeAsync();
        await Alex.ClickAsync(offer, "Ask a question…");
        await Alex.FillAsync(offer, [KeyValuePair.Create("question", "Which template, the one of last year?")]);
        await Alex.ScreenshotAsync("07 asking");
        await Alex.ClickAsync(offer, "Send question");

        var question = await Maria.FindCardAsync("Alex Weber has a question.");
        await Maria.ScreenshotAsync("08 question");
        await KillAndRestartAsync();
        await Maria.FillAsync(question, [KeyValuePair.Create("answer", "The new one, from the wiki.")]);
        await Maria.ClickAsync(question, "Send answer");

        offer = await Alex.FindCardAsync("Maria Santos answered your question.");
        await Alex.ScreenshotAsync("09 answered");
        await Alex.ClickAsync(offer, "Accept");
        await Alex.WaitForCardAsync("Please write in your own words what you will do.");
        await Alex.ScreenshotAsync("10 no back-brief");
        await Alex.FillAsync(offer, [KeyValuePair.Create("brief", "I collect the figures, fill the new template and send it to finance by Friday.")]);
        await Alex.ClickAsync(offer, "Accept");
        var work = await Alex.WaitForCardAsync("Complete step 1");
        await Alex.ScreenshotAsync("11 accepted");
        await Maria.FindCardAsync("Please read the back-brief.");
        await Maria.ScreenshotAsync("12 back-brief");

        await Alex.ClickAsync(work, "Complete step 1");
        await Alex.WaitForCardAsync("1 of 3 complete");
        await KillAndRestartAsync();
        await Alex.ClickAsync(work, "Complete step 2");
        await Alex.WaitForCardAsync("this step asks for one");
        await Alex.ScreenshotAsync("13 evidence missing");
        // The README's picture: both at one moment.
        await Alex.ScreenshotAsync("13 evidence missing, the card", work);
        await Maria.ScreenshotAsync("13 meanwhile, the leader's card", await Maria.FindCardAsync("1 of 3 complete"));
        await Alex.FillAsync(work, [KeyValuePair.Create("evidence", "Template 2027, all departments")]);
        await Alex.ClickAsync(work, "Complete step 2");
        await Alex.WaitForCardAsync("2 of 3 complete");
        await Maria.FindCardAsync("2 of 3 complete");
        await Maria.ScreenshotAsync("14 progress");
        await Alex.FillAsync(work, [KeyValuePair.Create("evidence", "https://contoso.example/budget")]);
        await Alex.ClickAsync(work, "Complete step 3");
        await Alex.WaitForCardAsync("3 of 3 complete");
        await Alex.ScreenshotAsync("15 all complete");
        await Alex.FillAsync(work, [KeyValuePair.Create("result", "Finance has it.")]);
        await Alex.ClickAsync(work, "Hand in");

        var result = await Maria.FindCardAsync("Alex Weber handed in the result.");
        await Maria.ScreenshotAsync("16 handed in");
        await Maria.ClickAsync(result, "Return…");
        await Maria.FillAsync(result, new Dictionary<string, string> { ["reason"] = "The sales figures are missing.", ["reopen"] = "2" });
        await Maria.ScreenshotAsync("17 returning");
        await Maria.ClickAsync(result, "Return");
        work = await Alex.FindCardAsync("Maria Santos returned this to you.");
        await Alex.ScreenshotAsync("18 returned");
        await Alex.FillAsync(work, [KeyValuePair.Create("evidence", "With sales now")]);
        await Alex.ClickAsync(work, "Complete step 2");
        await Alex.WaitForCardAsync("2 of 3 complete");
        await Alex.FillAsync(work, [KeyValuePair.Create("evidence", "https://contoso.example/budget2")]);
        await Alex.ClickAsync(work, "Complete step 3");
        await Alex.WaitForCardAsync("3 of 3 complete");
        await Alex.ClickAsync(work, "Hand in");
        result = await Maria.FindCardAsync("Alex Weber handed in the result.");
        await Maria.ClickAsync(result, "Accept as done");
        await Maria.WaitForCardAsync("It is done.");
        await Maria.ScreenshotAsync("19 done for the leader");
        await Alex.FindCardAsync("accepted the result. Thank you.");
        await Alex.ScreenshotAsync("20 done for the assignee");
        await Maria.ClickAsync(result, "History");
        await Maria.WaitForCardAsync("History of D-");
        await Maria.ScreenshotAsync("21 history");
        Assert.Empty(Maria.Errors);
        Assert.Empty(Alex.Errors);
    }

    [Fact]
    public async Task A_form_is_filled_a_change_is_asked_for_edited_and_accepted_anew_and_it_is_revoked()
    {
        await Maria.SayAsync("delegate");
        var form = await Maria.WaitForCardAsync("Delegate something");
        await Maria.ScreenshotAsync("31 form");
        await Maria.ClickAsync(form, "Continue");
        await Maria.WaitForCardAsync("Almost there.");
        await Maria.ScreenshotAsync("32 form with nothing");
        // Before anything is typed: the client forgets it when the window changes.
        await Maria.UsePhoneSizeAsync();
        await Maria.ScreenshotAsync("34 form on a phone", form);
        await Maria.UseDeskSizeAsync();
        await Maria.FillAsync(form, new Dictionary<string, string>
        {
            ["title"] = "Clean up the *shared* drive",
            ["assignee"] = "Adele Novak",
            ["type"] = "Deterministic",
            ["due.date"] = "2030-03-15",
            ["due.time"] = "14:30",
            ["steps.1"] = "List the folders",
            ["steps.2"] = "Delete the old ones",
            ["steps.2.choice"] = "Note",
        });
        await Maria.ScreenshotAsync("33 form filled");
        await Maria.ClickAsync(form, "Continue");
        await Maria.WaitForCardAsync("Please check before it is sent");
        await Maria.ScreenshotAsync("35 review");
        await Maria.ClickAsync(form, "Send to Adele Novak");
        await Maria.WaitForCardAsync("Offered to Adele Novak, no answer yet.");

        var offer = await Adele.FindCardAsync("Clean up the *shared* drive");
        await Adele.FillAsync(offer, [KeyValuePair.Create("brief", "I list the folders and delete what is old.")]);
        await Adele.ClickAsync(offer, "Accept");
        var work = await Adele.WaitForCardAsync("Complete step 1");
        await Adele.ClickAsync(work, "Request a change…");
        await Adele.FillAsync(work, [KeyValuePair.Create("change", "Spend")]);
        await Adele.ScreenshotAsync("36 what should change");
        await Adele.ClickAsync(work, "Go on");
        await Adele.WaitForCardAsync("On what?");
        await Adele.FillAsync(work, new Dictionary<string, string> { ["amount"] = "40 EUR", ["what"] = "Boxes", ["because"] = "For the old papers." });
        await Adele.ScreenshotAsync("37 declaring");
        await Adele.ClickAsync(work, "Declare");
        await Adele.WaitForCardAsync("Needs approval by Maria Santos: spend 40 EUR on Boxes.");
        await Adele.ScreenshotAsync("37 held with its clause");
        await Adele.ClickAsync(work, "Withdraw");
        await Adele.ClickAsync(work, "Request a change…");
        await Adele.FillAsync(work, [KeyValuePair.Create("change", "Reword")]);
        await Adele.ClickAsync(work, "Go on");
        await Adele.WaitForCardAsync("Ask to reword a step");
        await Adele.FillAsync(work, new Dictionary<string, string> { ["step"] = "2", ["text"] = "Archive the old ones", ["because"] = "Some may be needed again." });
        await Adele.ScreenshotAsync("38 request");
        await KillAndRestartAsync();
        await Adele.ClickAsync(work, "Send the request");
        await Adele.WaitForCardAsync("Withdraw the request");
        await Adele.ScreenshotAsync("39 waiting");

        var approval = await Maria.FindCardAsync("Adele Novak asks for a change.");
        await Maria.ScreenshotAsync("40 approval");
        await Maria.ClickAsync(approval, "Approve with an edit…");
        await Maria.FillAsync(approval, [KeyValuePair.Create("text", "Archive the old ones, keep a list")]);
        await Maria.ScreenshotAsync("41 approving with an edit");
        await Maria.ClickAsync(approval, "Approve the edit");
        var anew = await Adele.FindCardAsync("Please accept version 2.");
        await Adele.ScreenshotAsync("42 version 2");
        await Adele.FillAsync(anew, [KeyValuePair.Create("brief", "I archive and keep a list.")]);
        await Adele.ClickAsync(anew, "Accept version 2");
        await Adele.WaitForCardAsync("Complete step 1");

        await Adele.SayAsync("my tasks");
        await Adele.WaitForCardAsync("My tasks");
        await Adele.ScreenshotAsync("43 my tasks");
        await Maria.SayAsync("delegations");
        var list = await Maria.WaitForCardAsync("Delegations I gave");
        await Maria.ScreenshotAsync("44 delegations");
        var id = Id(await Maria.TextAsync(list), "Clean up");
        await Maria.SayAsync($"revoke {id}");
        var revoke = await Maria.WaitForCardAsync("Why do you revoke it?");
        await Maria.ScreenshotAsync("45 revoking");
        await Maria.FillAsync(revoke, [KeyValuePair.Create("reason", "The drive moves to the cloud.")]);
        await Maria.ClickAsync(revoke, "Revoke now");
        await Maria.WaitForCardAsync("You revoked it.");
        await Adele.FindCardAsync("revoked this. Please stop");
        await Adele.ScreenshotAsync("46 revoked");
        await Adele.SayAsync($"history {id}");
        await Adele.WaitForCardAsync("History of");
        await Adele.ScreenshotAsync("47 history");
        await Maria.SayAsync("my taks");
        await Maria.WaitForCardAsync("Did you mean one of these?");
        await Maria.ScreenshotAsync("48 suggestion");
        await Maria.SayAsync("cancel");
        await Maria.WaitForTextAsync("There is nothing to drop.");
    }

    [Fact]
    public async Task A_task_is_declined_with_a_reason_and_a_change_is_refused_with_one()
    {
        await OfferAsync("Water the plants", Cast.Adele, "water them");
        var offer = await Adele.FindCardAsync("Water the plants");
        await Adele.ClickAsync(offer, "Decline…");
        await Adele.FillAsync(offer, [KeyValuePair.Create("reason", "I am away until Monday.")]);
        await Adele.ScreenshotAsync("61 declining");
        await Adele.ClickAsync(offer, "Decline");
        await Adele.WaitForCardAsync("You declined it.");
        await Maria.FindCardAsync("Adele Novak declined.");
        await Maria.ScreenshotAsync("62 declined");

        await OfferAsync("Order the chairs", Cast.Adele, "ask for three offers; order");
        offer = await Adele.FindCardAsync("Order the chairs");
        await Adele.FillAsync(offer, [KeyValuePair.Create("brief", "I ask three dealers and order.")]);
        await Adele.ClickAsync(offer, "Accept");
        var work = await Adele.WaitForCardAsync("Complete step 1");
        await Adele.ClickAsync(work, "Request a change…");
        await Adele.FillAsync(work, [KeyValuePair.Create("change", "MoveDeadline")]);
        await Adele.ClickAsync(work, "Go on");
        await Adele.WaitForCardAsync("Ask to move the deadline");
        await Adele.FillAsync(work, new Dictionary<string, string> { ["due.date"] = "2030-04-01", ["because"] = "The dealers are slow." });
        await Adele.ClickAsync(work, "Send the request");
        await Adele.WaitForCardAsync("Withdraw the request");
        var approval = await Maria.FindCardAsync("Adele Novak asks for a change.");
        await Maria.ClickAsync(approval, "Refuse…");
        await Maria.FillAsync(approval, [KeyValuePair.Create("refusal", "We need them for the fair.")]);
        await KillAndRestartAsync();
        await Maria.ClickAsync(approval, "Refuse");
        await Maria.WaitForCardAsync("accepted it and has not begun");
        await Adele.FindCardAsync("did not approve the change");
        await Adele.ScreenshotAsync("63 refused");
        Assert.Empty(Adele.Errors);
    }

    [Fact]
    public async Task In_a_group_and_a_channel_only_one_line_is_seen_and_the_rest_is_in_the_own_chat()
    {
        foreach (var chat in new[] { Chat.Group, Chat.Channel })
        {
            await Maria.OpenChatAsync(chat);
            await Maria.SayAsync("help");
            await Maria.WaitForCardAsync("What you can do now");
            await Maria.SayAsync("delegate \"Secret plan\" to Alex by tomorrow, exactly: whisper");
            await Maria.WaitForTextAsync("Maria, I have answered in your own chat.");
            await Maria.SayAsync("my tasks");
            await Maria.WaitForTextAsync("Maria, I have answered in your own chat.");
            Assert.DoesNotContain(await Maria.MessagesAsync(), message => message.From != Cast.Maria.TeamsId && message.AllText.Contains("Secret plan", StringComparison.Ordinal));
            await Maria.ScreenshotAsync($"51 {chat}");
            await Maria.OpenChatAsync(Chat.Personal);
            await Maria.FindCardAsync("Secret plan");
            await Maria.ScreenshotAsync($"52 own chat after {chat}");
            await Maria.SayAsync("cancel");
            await Maria.WaitForTextAsync("Dropped. Nothing was sent.");
        }
    }

    private static string Id(string list, string title)
    {
        var after = list[list.IndexOf(title, StringComparison.Ordinal)..];
        return after.Substring(after.IndexOf("D-", StringComparison.Ordinal), 8);
    }
}
