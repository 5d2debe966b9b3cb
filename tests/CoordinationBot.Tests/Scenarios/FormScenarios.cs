using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Scenarios;

public sealed class FormScenarios
{
    private static (string, string)[] Filled(TestOffice office) =>
    [
        ("title", "Book the room"), ("assignee", office.Teams.People["bob"].ObjectId), ("type", "Deterministic"), ("due.date", "2026-11-27"), ("due.time", "17:00"),
        ("steps.1", "call the hotel"), ("steps.2", "confirm"), ("steps.2.choice", "Note"),
    ];

    [Fact]
    public async Task Delegate_alone_brings_one_form_card_with_nothing_chosen_for_the_type()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        var shown = office.Shown("ann").Count;
        var form = await office.SaysAsync("ann", "delegate");

        Assert.Equal(shown + 1, office.Shown("ann").Count);
        Assert.Equal("", Values(form)["type"]);
        Assert.Equal(["assignee", "due.date", "due.time", "objective", "repeats", "silence", "steps.1", "steps.1.choice", "steps.2", "steps.2.choice", "steps.3", "steps.3.choice", "title", "type"], Values(form).Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Escalate", Values(form)["silence"]);
    }

    [Fact]
    public async Task An_untouched_form_says_what_is_missing_and_keeps_what_was_typed()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        var form = await office.SaysAsync("ann", "delegate");
        var answer = await office.ClicksAsync("ann", "Continue", ("title", "Book the room"), ("steps.1", "call the hotel"));

        Assert.Contains("Almost there.", answer.Words);
        foreach (var question in (string[])["Please pick who does it.", "Please choose one: nobody should have to guess", "Please pick the day it is due."])
        {
            Assert.Contains(question, answer.Words);
        }
        Assert.DoesNotContain("Please write what is to be done.", answer.Words);
        Assert.Equal("Book the room", Values(form)["title"]);
        Assert.Equal("call the hotel", Values(form)["steps.1"]);
    }

    [Fact]
    public async Task More_lines_adds_lines_and_keeps_what_was_typed()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        var form = await office.SaysAsync("ann", "delegate");
        await office.ClicksAsync("ann", "More lines", ("steps.3", "third"), ("title", "Book the room"));

        Assert.Equal("third", Values(form)["steps.3"]);
        Assert.Equal("Book the room", Values(form)["title"]);
        Assert.Contains("steps.8", Values(form).Keys);
        for (var press = 0; press < 9 && form.Card!.HasButton("More lines"); press++)
        {
            await office.ClicksAsync("ann", "More lines");
        }
        Assert.Contains("steps.50", Values(form).Keys);
        Assert.DoesNotContain("steps.51", Values(form).Keys);
        Assert.False(form.Card!.HasButton("More lines"));
    }

    [Fact]
    public async Task A_typed_sentence_fills_what_it_can_and_asks_only_for_what_is_missing()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        var ask = await office.SaysAsync("ann", "delegate \"Book the room\" to Bob");

        Assert.Contains("This is what I understood:", ask.Words);
        Assert.Equal(["due.date", "due.time", "steps.1", "steps.1.choice", "steps.2", "steps.2.choice", "steps.3", "steps.3.choice", "type"], Values(ask).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_whole_form_can_be_filled_by_typing_field_after_field_and_sent_by_typing()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate");
        await office.SaysAsync("ann", "Book the room");
        Assert.Contains("Assigned to: Bob Berg", (await office.SaysAsync("ann", "bob")).Words);
        Assert.Contains("Authorization: Deterministic", (await office.SaysAsync("ann", "1")).Words);
        Assert.Contains("Due: Fri 27 Nov 2026, 17:00 (Europe/Berlin)", (await office.SaysAsync("ann", "fri 5pm")).Words);
        var review = await office.SaysAsync("ann", "call the hotel; confirm (a note)");
        Assert.Contains("Please check before it is sent", review.Words);
        Assert.Contains("Do exactly these 2 steps, in this order.", review.Words);

        var sent = await office.SaysAsync("ann", "send");
        Assert.Contains("is offered to Bob Berg", sent.Words);
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        await office.SeesAsync("ann", "Assigned to: Bob Berg");
        var stored = await office.StoredAsync(Handing.IdIn(sent.Words));
        Assert.Equal([new Step("call the hotel", Evidence.None), new Step("confirm", Evidence.Note)], stored.Terms.Steps);
        Assert.Equal(AuthorizationType.Deterministic, stored.Terms.Type);
    }

    [Theory]
    [InlineData("deterministic")]
    [InlineData("Determ")]
    [InlineData("1")]
    public async Task The_type_can_be_typed_as_a_word_or_a_number(string typed)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate \"Book the room\" to Bob by fri 5pm: call; confirm");
        Assert.Contains("Authorization: Deterministic", (await office.SaysAsync("ann", typed)).Words);
    }

    [Fact]
    public async Task A_type_that_is_none_is_asked_again()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate \"Book the room\" to Bob by fri 5pm, exactly: call; confirm");
        Assert.Contains("Please choose one of these: deterministic, flexible, uncertain.", (await office.SaysAsync("ann", "whatever you like")).Words);
        Assert.Contains("Authorization: Flexible", (await office.SaysAsync("ann", "2")).Words);
    }

    [Fact]
    public async Task Back_takes_the_last_answer_back_and_cancel_drops_everything()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate");
        await office.SaysAsync("ann", "Book the room");
        await office.SaysAsync("ann", "bob");
        Assert.DoesNotContain("Bob Berg", (await office.SaysAsync("ann", "back")).Words);
        Assert.Contains("Assigned to: Bob Berg", (await office.SaysAsync("ann", "Bob Berg")).Words);

        Assert.Equal("Dropped. Nothing was sent.", (await office.SaysAsync("ann", "cancel")).Words);
        Assert.StartsWith("There is nothing to drop.", (await office.SaysAsync("ann", "cancel")).Words, StringComparison.Ordinal);
        Assert.StartsWith("You are not filling in anything.", (await office.SaysAsync("ann", "back")).Words, StringComparison.Ordinal);
        var gone = await office.ClicksAsync("ann", "Continue");
        Assert.StartsWith("That draft is no longer there", gone.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_survives_a_restart_and_moves_from_typing_to_the_card()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate");
        await office.SaysAsync("ann", "Book the room");
        await office.RestartAsync();
        await office.SaysAsync("ann", "Bob");
        await office.RestartAsync();

        var review = await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"), ("due.date", "2026-12-01"), ("steps.1", "call the hotel"));
        Assert.Contains("What is to be done: Book the room", review.Words);
        Assert.Contains("Tue 1 Dec 2026, 17:00 (Europe/Berlin)", review.Words);
        await office.RestartAsync();
        Assert.Contains("Offered to Bob Berg, no answer yet.", (await office.ClicksAsync("ann", "Send to Bob Berg")).Words);
    }

    [Fact]
    public async Task A_draft_is_gone_after_a_day()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate \"Book the room\" to Bob");
        await office.PassAsync(TimeSpan.FromHours(23));
        Assert.Contains("Book the room", (await office.SaysAsync("ann", "delegate")).Words);
        await office.PassAsync(TimeSpan.FromHours(2));
        Assert.StartsWith("That draft is no longer there", (await office.ClicksAsync("ann", "Continue")).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Book the room", (await office.SaysAsync("ann", "delegate")).Words);
    }

    [Fact]
    public async Task A_second_delegate_shows_the_form_that_is_still_open()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate \"Book the room\" to Bob");
        var second = await office.SaysAsync("ann", "delegate");
        Assert.Contains("What is to be done: Book the room", second.Words);
        Assert.Contains("Assigned to: Bob Berg", second.Words);
    }

    [Fact]
    public async Task What_was_read_back_can_still_be_changed_or_discarded()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        var form = await office.SaysAsync("ann", "delegate");
        await office.ClicksAsync("ann", "Continue", Filled(office));
        await office.ClicksAsync("ann", "Change something");
        Assert.Equal("Book the room", Values(form)["title"]);
        Assert.Equal("Deterministic", Values(form)["type"]);
        Assert.Equal("2026-11-27", Values(form)["due.date"]);
        Assert.Contains("Assigned to Bob Berg. Somebody else?", office.Shown("ann").First(message => message.Id == form.Id).Words);
        Assert.Equal("Note", Values(form)["steps.2.choice"]);
        Assert.Contains("What is to be done: Book two rooms", (await office.ClicksAsync("ann", "Continue", ("title", "Book two rooms"))).Words);
        Assert.Contains("Discarded. Nothing was sent.", (await office.ClicksAsync("ann", "Discard")).Words);
        Assert.Empty(office.Store.Delegations);
    }

    [Fact]
    public async Task A_deadline_that_passed_while_it_was_read_back_is_asked_again()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate \"Book the room\" to Bob by today 11:00, exactly: call; confirm");
        await office.SaysAsync("ann", "1");
        await office.PassAsync(TimeSpan.FromHours(3));
        var late = await office.ClicksAsync("ann", "Send to Bob Berg");
        Assert.Contains("That deadline has passed. Please choose a later one.", late.Words);
        Assert.Contains("Book the room", (await office.ClicksAsync("ann", "Continue", ("due.date", "2026-11-30"), ("due.time", "09:00"))).Words);
        Assert.Contains("Offered to Bob Berg, no answer yet.", (await office.ClicksAsync("ann", "Send to Bob Berg")).Words);
    }

    private static Dictionary<string, string> Values(ShownMessage form) => CardReading.Buttons(form.Card!).First().Inputs;

    [Fact]
    public async Task A_mistyped_command_is_not_taken_for_an_answer_and_ok_sends_nothing()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate");
        Assert.Contains("Did you mean one of these?", (await office.SaysAsync("ann", "my taks")).Words);
        await office.SaysAsync("ann", "cancel");
        await office.SaysAsync("ann", Handing.Sentence());
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        Assert.Contains("I did not understand that", (await office.SaysAsync("ann", "ok")).Words);
        Assert.Empty(office.Store.Delegations);
    }

    [Fact]
    public async Task Somebody_mentioned_in_a_group_is_exactly_who_is_meant()
    {
        await using var office = new TestOffice();
        office.Add("bob2", "Bob Bach");
        await office.InstallAsync("ann", "bob", "bob2");
        await office.PostAsync(office.Activity("ann", "message", activity =>
        {
            activity["text"] = "<at>Secretary</at> delegate \"Book the room\" to <at>Bob</at> by fri 5pm, exactly: book";
            activity["entities"] = System.Text.Json.Nodes.JsonNode.Parse($$"""[{"type":"mention","mentioned":{"id":"28:{{TestOffice.AppId}}","name":"Secretary"},"text":"<at>Secretary</at>"},{"type":"mention","mentioned":{"id":"29:bob2","name":"Bob"},"text":"<at>Bob</at>"}]""");
            activity["conversation"] = System.Text.Json.Nodes.JsonNode.Parse($$"""{"id":"19:group@thread.v2","conversationType":"groupChat","isGroup":true,"tenantId":"{{TestOffice.Tenant}}"}""");
        }));
        Assert.Contains("Bob Bach", (await office.SeesAsync("ann", "Book the room")).Words);
    }
}
