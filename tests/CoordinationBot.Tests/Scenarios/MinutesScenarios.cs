using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Delegations;
using CoordinationBot.Files;
using CoordinationBot.Meetings;
using DocumentFormat.OpenXml.Packaging;

namespace CoordinationBot.Tests.Scenarios;

public sealed class MinutesScenarios
{
    [Fact]
    public async Task They_begin_when_the_meeting_does_and_are_filled_by_card_and_by_typing()
    {
        await using var office = new TestOffice();
        var id = await office.ConvenesAsync();
        await office.SaysAsync("bob", $"agenda {id}: Budget review, 15 min, Ann");
        Assert.Contains("Minutes begin when the meeting does, Thu 26 Nov 2026, 14:00 (Europe/Berlin)", (await office.SaysAsync("ann", $"minutes {id}")).Words);
        await office.PassesUntilAsync(Convening.Start);
        Assert.Contains("Ann Abel, who organises the meeting, begins them", (await office.SaysAsync("bob", $"minutes {id}")).Words);
        await BeginsAsync(office, id);
        await office.ClicksAsync("ann", "Write it down", ("kind", "Decision"), ("text", "We take the second offer"));
        await TypesAsync(office, "ann", $"minutes {id}: 1 question Who pays?");
        var card = await office.SeesAsync("ann", "Who pays?");
        Assert.Contains("Decision: We take the second offer", card.Words);
        Assert.Equal(["I1", "I1"], (await office.MinutesAsync(id)).Entries.Select(entry => entry.Section));
        // One living card, wherever it was typed.
        Assert.Single(office.Shown("ann"), message => message.Words.Contains("We take the second offer", StringComparison.Ordinal));
        // Nobody else sees a draft.
        Assert.DoesNotContain(office.Shown("bob"), message => message.Words.Contains("We take the second offer", StringComparison.Ordinal));
        Assert.Contains("I did not understand that, so nothing was written.", (await office.SaysAsync("ann", $"minutes {id}: We take the third")).Words);
        Assert.Contains("the agenda has no such item", (await office.SaysAsync("ann", $"minutes {id}: 7 note x")).Words);
    }

    [Fact]
    public async Task A_cancelled_meeting_has_none()
    {
        await using var office = new TestOffice();
        var id = await office.ConvenesAsync();
        await office.DoesAsync(id, meeting => MeetingRules.Cancel(meeting, office.Party("ann").ObjectId, "No need", office.Clock.GetUtcNow()));
        await office.PassesUntilAsync(Convening.Start);
        Assert.Equal("There are no minutes: the meeting was cancelled.", (await office.SaysAsync("ann", $"minutes {id}")).Words);
    }

    [Fact]
    public async Task Whom_the_organiser_names_writes_them()
    {
        await using var office = new TestOffice();
        var id = await office.HoldsAsync();
        await TypesAsync(office, "ann", $"minutes {id}: taker Bob");
        await office.SeesAsync("bob", "Ann Abel asks you to write the minutes.");
        await TypesAsync(office, "bob", $"minutes {id}: note Hello");
        Assert.Equal("Bob Berg", Assert.Single((await office.MinutesAsync(id)).Entries).By.Name);
        Assert.Contains("only Ann Abel", (await office.SaysAsync("bob", $"minutes {id}: taker Ann")).Words);
    }

    [Theory]
    [InlineData("Bob: send the figures by fri 5pm", "To do: send the figures · Bob Berg · until Fri 27 Nov 2026, 17:00 (Europe/Berlin)")]
    [InlineData("Bob sends the figures by fri 5pm", "To do: Bob sends the figures · Bob Berg · until Fri 27 Nov 2026, 17:00 (Europe/Berlin)")]
    [InlineData("bob has a look", "To do: bob has a look · not given yet")]
    [InlineData("Figures: send them, sorted by size", "To do: Figures: send them, sorted by size · not given yet")]
    public async Task Who_does_it_and_until_when_are_taken_from_what_was_typed(string typed, string read)
    {
        await using var office = new TestOffice();
        var id = await office.HoldsAsync();
        await BeginsAsync(office, id);
        await TypesAsync(office, "ann", $"minutes {id}: action {typed}");
        await office.SeesAsync("ann", read);
    }

    [Fact]
    public async Task What_stayed_open_among_some_is_not_written_down_for_others()
    {
        await using var office = new TestOffice();
        var among = await office.HoldsAsync(subject: "Planning");
        await BeginsAsync(office, among);
        await TypesAsync(office, "ann", $"minutes {among}: question Whom do we let go?");
        await office.RestsAsync();
        var others = await office.ConvenesAsync(start: Convening.Start.AddHours(3), subject: "Planning", with: ["bob", "eve"]);
        // The organiser sees it for herself, and it goes nowhere.
        var agenda = await office.SaysAsync("ann", $"agenda {others}");
        Assert.Contains("Open question: Whom do we let go?", agenda.Words);
        Assert.DoesNotContain("Put that first", agenda.Words, StringComparison.Ordinal);
        await office.InvokesAsync("ann", "agenda.carry-over", new JsonObject { ["id"] = others });
        Assert.Empty((await office.MeetingAsync(others)).Agenda.Items);

        await office.PassesUntilAsync(Convening.Start.AddHours(3).AddMinutes(1));
        Assert.Contains("not everybody who comes was asked to that meeting", (await office.SaysAsync("ann", $"minutes {others}")).Words);
        await office.SendsAsync("ann", $"minutes {others}: taker Eve");
        await office.RestsAsync();
        Assert.Empty((await office.MinutesAsync(others)).Entries);
        Assert.DoesNotContain(office.Shown("eve"), message => message.Words.Contains("let go", StringComparison.Ordinal) || message.Words.Contains(among, StringComparison.Ordinal));
    }

    [Fact]
    public async Task That_an_action_item_was_given_in_confidence_names_nothing_to_the_others()
    {
        await using var office = new TestOffice();
        var id = await office.HoldsAsync(with: ["bob", "eve"]);
        await BeginsAsync(office, id);
        await TypesAsync(office, "ann", $"minutes {id}: action Send the figures, Bob, fri 5pm");
        await office.ClicksAsync("ann", "Give it as a delegation", ("entry", "E1"));
        await office.ClicksAsync("ann", "Continue", ("type", "Flexible"));
        await office.ClicksAsync("ann", "Continue", ("outcome", "The figures are sent"), ("budget", ""), ("involve", "Nobody"), ("outside", "false"), ("depth", ""), ("must-not", ""), ("confidential", "true"));
        var given = Handing.IdIn((await office.ClicksAsync("ann", "Send to Bob Berg")).Words);
        await office.RestsAsync();
        await office.SaysAsync("ann", $"minutes {id}");
        await office.ClicksAsync("ann", "Circulate");
        await office.RestsAsync();

        Assert.EndsWith("· given", (await office.SeesAsync("eve", "To do: Send the figures")).Words.Split('\n').First(line => line.Contains("Bob Berg · until", StringComparison.Ordinal)).TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain(office.Shown("eve"), message => message.Words.Contains(given, StringComparison.Ordinal));
        Assert.DoesNotContain(given, Encoding.UTF8.GetString(MarkdownFile.Write(MinutesDocument.Of(await office.MinutesAsync(id), [], "Europe/Berlin", office.Clock.GetUtcNow()))), StringComparison.Ordinal);
        await office.SaysAsync("ann", $"minutes {id}");
        Assert.Contains("It stays: it was given.", (await office.InvokesAsync("ann", "minutes.remove", new JsonObject { ["id"] = id, ["entry"] = "E1", ["edition"] = "1" })).Words);
    }

    [Fact]
    public async Task An_action_item_becomes_a_delegation_by_its_own_form_and_only_one()
    {
        await using var office = new TestOffice();
        var id = await office.HoldsAsync();
        await BeginsAsync(office, id);
        await TypesAsync(office, "ann", $"minutes {id}: action Send the figures, Bob, fri 5pm");
        var before = (await office.SeesAsync("ann", "To do: Send the figures · Bob Berg · until Fri 27 Nov 2026, 17:00 (Europe/Berlin) · not given yet")).Copy();
        await office.ClicksAsync("ann", "Give it as a delegation", ("entry", "E1"));
        // The form is filled but for the authorization, which is always asked.
        await office.ClicksAsync("ann", "Continue", ("type", "Flexible"));
        await office.ClicksAsync("ann", "Continue", ("outcome", "The figures are sent"), ("budget", ""), ("involve", "Nobody"), ("outside", "false"), ("depth", ""), ("must-not", ""), ("confidential", "false"));
        var review = office.Shown("ann")[^1];
        Assert.Contains("Send the figures", review.Words);
        var given = Handing.IdIn((await office.ClicksAsync("ann", "Send to Bob Berg")).Words);
        Assert.Equal(AuthorizationType.Flexible, (await office.StoredAsync(given)).Terms.Type);
        await office.RestsAsync();
        // The old card offers it again.
        Assert.Contains($"It was given already: {given}.", (await office.ClicksAsync("ann", before, "Give it as a delegation", null, ("entry", "E1"))).Words);
        Assert.Equal(given, (await office.MinutesAsync(id)).Entries[0].Delegation);
        await office.RestsAsync();
        await office.SeesAsync("ann", $"given: {given}");
        Assert.Single(office.Store.Delegations, partition => partition.Contains("|D|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_that_is_opened_twice_and_sent_twice_gives_once()
    {
        await using var office = new TestOffice();
        var id = await office.HoldsAsync();
        await BeginsAsync(office, id);
        await TypesAsync(office, "ann", $"minutes {id}: action Send the figures, Bob, fri 5pm");
        var card = (await office.SeesAsync("ann", "Give it as a delegation")).Copy();
        await office.ClicksAsync("ann", card, "Give it as a delegation", null, ("entry", "E1"));
        await office.ClicksAsync("ann", card, "Give it as a delegation", null, ("entry", "E1"));
        await office.ClicksAsync("ann", "Continue", ("type", "Flexible"));
        await office.ClicksAsync("ann", "Continue", ("outcome", "The figures are sent"), ("budget", ""), ("involve", "Nobody"), ("outside", "false"), ("depth", ""), ("must-not", ""), ("confidential", "false"));
        var review = (await office.SeesAsync("ann", "Send to Bob Berg")).Copy();
        await office.ClicksAsync("ann", review, "Send to Bob Berg");
        await office.ClicksAsync("ann", review, "Send to Bob Berg");
        Assert.Single(office.Store.Delegations, partition => partition.Contains("|D|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task They_are_circulated_corrected_and_final_and_a_change_makes_the_next_version()
    {
        await using var office = new TestOffice();
        var id = await office.HoldsAsync(with: ["bob", "eve"]);
        await BeginsAsync(office, id);
        await TypesAsync(office, "ann", $"minutes {id}: decision We take the second offer");
        await office.ClicksAsync("ann", "Circulate");
        await office.SeesAsync("eve", "Ann Abel sends you the minutes.");
        var old = (await office.SeesAsync("bob", "Ann Abel sends you the minutes.")).Copy();
        await office.ClicksAsync("bob", "Send the correction", ("entry", "E1"), ("text", "We take the third offer"));
        await office.SeesAsync("ann", "Bob Berg proposes a correction of the minutes.");
        await office.ClicksAsync("ann", "Take it over");
        await office.SeesAsync("bob", "Ann Abel took over your correction of the minutes.");
        await office.ClicksAsync("eve", "Send the correction", ("entry", "-"), ("text", "Eve was there"));
        await office.SeesAsync("ann", "Eve Ek proposes a correction of the minutes.");
        Assert.Contains("Please write a short word why", (await office.ClicksAsync("ann", "Do not take it over")).Words);
        await office.ClicksAsync("ann", "Do not take it over", ("word", "It is said above"));
        await office.SeesAsync("eve", "It is said above");
        await office.RestsAsync();
        await office.ClicksAsync("ann", "Make it final");
        await office.SeesAsync("eve", "The minutes are final.");
        await office.RestsAsync();
        Assert.Contains("version 1 is final", (await office.ClicksAsync("bob", old, "Send the correction", null, ("entry", "E1"), ("text", "No"))).Words);

        await TypesAsync(office, "ann", $"minutes {id}: decision We pay at once");
        Assert.Equal(MinutesState.Draft, (await office.MinutesAsync(id)).State);
        // Until the next version is circulated, the others read the last.
        await TypesAsync(office, "bob", $"minutes {id}");
        Assert.Contains("final, version 1", office.Shown("bob")[^1].Words);
        Assert.DoesNotContain("We pay at once", office.Shown("bob")[^1].Words);
        await office.ClicksAsync("ann", "Circulate");
        await office.RestsAsync();
        await office.ClicksAsync("ann", "Make it final");
        await office.SeesAsync("bob", "version 2 is final");
        await TypesAsync(office, "bob", $"minutes {id}: version 1");
        Assert.DoesNotContain("We pay at once", Text(await office.GetAsync(Link(office, "bob", "Download Markdown"))));
        await TypesAsync(office, "bob", $"minutes {id}: markdown");
        var markdown = Text(await office.GetAsync(Link(office, "bob", "Download Markdown")));
        Assert.Contains("**Decision:** We pay at once", markdown);
        Assert.Contains("- Added a decision\\: We pay at once", markdown);
    }

    [Fact]
    public async Task Of_two_who_change_one_entry_the_second_sees_what_the_first_wrote()
    {
        await using var office = new TestOffice();
        var id = await office.HoldsAsync();
        await TypesAsync(office, "ann", $"minutes {id}: taker Bob");
        await TypesAsync(office, "ann", $"minutes {id}: decision We take the second offer");
        await office.ClicksAsync("ann", "Reword or take out", ("entry", "E1"));
        await office.SeesAsync("bob", "We take the second offer");
        await office.ClicksAsync("bob", "Reword or take out", ("entry", "E1"));
        var (anns, bobs) = ((await office.SeesAsync("ann", "Save")).Copy(), (await office.SeesAsync("bob", "Save")).Copy());
        await office.ClicksAsync("ann", anns, "Save", null, ("text", "We take the third offer"));
        var refused = await office.ClicksAsync("bob", bobs, "Save", null, ("text", "We take none"));
        Assert.Contains("Ann Abel reworded it meanwhile", refused.Words);
        Assert.Contains("We take the third offer", refused.Words);
        Assert.Equal("We take none", CardReading.Buttons(refused.Card!).First(button => button.Title == "Save").Inputs["text"]);
        Assert.Equal("We take the third offer", (await office.MinutesAsync(id)).Entries[0].Text);
    }

    [Fact]
    public async Task The_files_are_for_those_who_take_part_and_say_what_was_typed()
    {
        await using var office = new TestOffice();
        var id = await office.HoldsAsync();
        await BeginsAsync(office, id);
        const string Typed = "**not bold** <b>x</b> | שלום 👩‍👩‍👧 \u202Eevil";
        await TypesAsync(office, "ann", $"minutes {id}: decision {Typed}");
        // Bob has nothing to read yet.
        Assert.Contains("Ann Abel is writing them.", (await office.SaysAsync("bob", $"minutes {id}: word")).Words);
        await office.ClicksAsync("ann", "As a file");
        var (word, markdown) = (Link(office, "ann", "Download Word"), Link(office, "ann", "Download Markdown"));
        var file = await office.GetAsync(word);
        Assert.Equal("application/vnd.openxmlformats-officedocument.wordprocessingml.document", file.Content.Headers.ContentType!.ToString());
        Assert.Equal($"attachment; filename=\"minutes-{id}.docx\"", file.Content.Headers.ContentDisposition!.ToString());
        using (var stream = new MemoryStream(await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)))
        using (var document = WordprocessingDocument.Open(stream, isEditable: false))
        {
            Assert.Contains("Decision: **not bold** <b>x</b> | שלום 👩‍👩‍👧 evil", document.MainDocumentPart!.Document!.Body!.InnerText, StringComparison.Ordinal);
        }
        Assert.Contains(@"**Decision:** \*\*not bold\*\* \<b\>x\</b\> \| שלום", Text(await office.GetAsync(markdown)), StringComparison.Ordinal);
        await office.PassAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.NotFound, (await office.GetAsync(word)).StatusCode);
        Assert.Equal("There is no such meeting that you are part of. Type my meetings to see yours.", (await office.SaysAsync("eve", $"minutes {id}: word")).Words);
    }

    [Fact]
    public async Task The_same_press_twice_writes_once_and_a_press_that_comes_again_too()
    {
        await using var office = new TestOffice();
        var id = await office.HoldsAsync();
        await BeginsAsync(office, id);
        var card = (await office.SeesAsync("ann", "Write it down")).Copy();
        await office.ClicksAsync("ann", card, "Write it down", "again", ("kind", "Note"), ("text", "Agreed"));
        await office.ClicksAsync("ann", card, "Write it down", "again", ("kind", "Note"), ("text", "Agreed"));
        await office.ClicksAsync("ann", card, "Write it down", null, ("kind", "Note"), ("text", "Agreed"));
        Assert.Single((await office.MinutesAsync(id)).Entries);
        await office.ClicksAsync("ann", card, "Write it down", null, ("kind", "Action"), ("text", "x"), ("due", "yesterday-ish"));
        Assert.Single((await office.MinutesAsync(id)).Entries);
    }

    private static async Task BeginsAsync(TestOffice office, string id)
    {
        await office.SaysAsync("ann", $"minutes {id}");
        await office.ClicksAsync("ann", "Begin the minutes");
        await office.RestsAsync();
    }

    private static async Task TypesAsync(TestOffice office, string who, string text)
    {
        await office.SendsAsync(who, text);
        await office.RestsAsync();
    }

    private static string Link(TestOffice office, string who, string title) =>
        CardReading.Buttons(office.Shown(who).Last(message => message.Card is { } card && card.HasButton(title)).Card!).First(button => button.Title == title).Action["url"]!.GetValue<string>();

    private static string Text(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var stream = response.Content.ReadAsStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
