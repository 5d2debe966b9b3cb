using System.Net;
using System.Text;
using CoordinationBot.Delegations;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Whatever is typed, picked or posted: one clear sentence, and nothing lost.</summary>
public sealed class BadInputScenarios
{
    [Theory]
    [InlineData("yesterday", "is in the past")]
    [InlineData("2020-01-01", "is in the past")]
    [InlineData("2099-01-01", "That is more than five years ahead.")]
    [InlineData("31 feb", "31 Feb does not exist.")]
    [InlineData("3/4", "can be")]
    [InlineData("when you find the time", "I could not read that as a date. Type it like")]
    [InlineData("🎉", "I could not read that as a date.")]
    public async Task A_typed_date_that_cannot_be_is_explained_and_asked_again(string typed, string sentence)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate \"Book the room\" to Bob, exactly: call; confirm");
        await office.SaysAsync("ann", "1");
        Assert.Contains(sentence, (await office.SaysAsync("ann", typed)).Words);
        Assert.Contains("Due: Fri 27 Nov 2026, 17:00", (await office.SaysAsync("ann", "friday")).Words);
    }

    [Fact]
    public async Task A_zone_that_does_not_exist_takes_the_place_of_none()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        async Task FromMarsAsync(string text)
        {
            var before = office.Shown("ann").Count;
            await office.PostAsync(office.Activity("ann", "message", activity =>
            {
                activity["text"] = text;
                activity["entities"]![0]!["timezone"] = "Mars/Phobos";
            }));
            await office.UntilAsync(() => office.Shown("ann").Count > before ? office.Shown("ann")[^1] : null, () => "an answer", "ann");
        }
        await FromMarsAsync("delegate \"Book the room\" to Bob by fri 5pm, exactly: call; confirm");
        await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
        await office.SeesAsync("ann", "Due: Fri 27 Nov 2026, 17:00 (Europe/Berlin)");
        await office.ClicksAsync("ann", "Discard");
        await FromMarsAsync("away until fri");
        Assert.DoesNotContain("Mars", office.Shown("ann")[^1].Words);
        Assert.Contains("(Europe/Berlin)", office.Shown("ann")[^1].Words);
    }

    [Theory]
    [InlineData("2026-11-01", "", "is in the past")]
    [InlineData("2026-13-45", "", "Choose the date again: what arrived is not a date like 2026-12-01.")]
    [InlineData("soon", "", "Choose the date again")]
    [InlineData("2026-12-01", "25:99", "Choose the time again: what arrived is not a time like 14:30.")]
    [InlineData("", "14:30", "Choose a date.")]
    [InlineData("9999-12-31", "", "more than five years ahead")]
    [InlineData("-0001-01-01", "", "Choose a date that is ahead.")]
    public async Task A_picked_date_that_cannot_be_is_explained_and_asked_again(string date, string time, string sentence)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate \"Book the room\" to Bob, exactly: call; confirm");
        var answer = await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"), ("due.date", date), ("due.time", time));
        Assert.Contains(sentence, answer.Words);
        Assert.Contains("Book the room", (await office.ClicksAsync("ann", "Continue", ("due.date", "2026-12-01"), ("due.time", "14:30"))).Words);
        await office.SeesAsync("ann", "Tue 1 Dec 2026, 14:30 (Europe/Berlin)");
    }

    [Fact]
    public async Task A_title_that_is_far_too_long_is_said_so_however_it_comes()
    {
        const string TooLong = "10,000 characters, at most 200 fit. Please shorten it.";
        var title = new string('x', 10_000);
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        Assert.Contains(TooLong, (await office.SaysAsync("ann", $"delegate \"{title}\" to Bob")).Words);
        Assert.Contains(TooLong, (await office.SaysAsync("ann", title)).Words);
        var byCard = await office.ClicksAsync("ann", "Continue", ("title", title), ("steps.1", "call"));
        Assert.Contains(TooLong, byCard.Words);
        var inputs = CardReading.Buttons(byCard.Card!).First().Inputs;
        Assert.Equal((title[..200], "call"), (inputs["title"], inputs["steps.1"]));
        Assert.Contains("What is to be done: Book the room", (await office.SaysAsync("ann", "Book the room")).Words);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\n\t ")]
    public async Task A_message_without_words_is_no_title(string typed)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate");
        Assert.DoesNotContain("What is to be done: ", (await office.SaysAsync("ann", typed)).Words);
        Assert.Contains("What is to be done: Book the room", (await office.SaysAsync("ann", "Book the room")).Words);
    }

    [Fact]
    public async Task A_delegation_without_steps_is_not_offered()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", "delegate \"Book the room\" to Bob by fri 5pm");
        Assert.Contains("Please write at least one step.", (await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"))).Words);
        Assert.DoesNotContain("Please check", (await office.SaysAsync("ann", ";;; ;")).Words);
        Assert.Contains("Please check", (await office.SaysAsync("ann", "call")).Words);
    }

    [Fact]
    public async Task Fifty_steps_fit_and_one_more_is_said_to_be_too_many_however_it_comes()
    {
        const string TooMany = "at most 50 fit";
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        Assert.Contains(TooMany, (await office.SaysAsync("ann", $"delegate \"Book the room\" to Bob by fri 5pm, exactly: {Steps(51)}")).Words);
        await office.SaysAsync("ann", "1");
        Assert.Contains(TooMany, (await office.SaysAsync("ann", Steps(51))).Words);
        var byCard = await office.ClicksAsync("ann", "Continue", [.. Enumerable.Range(1, 51).Select(number => ($"steps.{number}", $"do {number}"))]);
        Assert.Contains(TooMany, byCard.Words);
        Assert.Contains("Do exactly these 50 steps, in this order.", (await office.SaysAsync("ann", Steps(50))).Words);
        await office.ClicksAsync("ann", "Send to Bob Berg");
        await office.SeesAsync("bob", "50. do 50");
    }

    // Its card with a request to swap steps is longer than the channel takes, so the leader is never asked.
    [Fact]
    public async Task The_longest_delegation_reaches_both_sides_through_all_its_life()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        await office.SaysAsync("ann", $"delegate \"{new string('t', 200)}\" to Bob by fri 5pm");
        await office.SaysAsync("ann", "1");
        await office.SaysAsync("ann", string.Join("; ", Enumerable.Range(1, 50).Select(number => $"{number}{new string('s', 298)}")));
        await office.ClicksAsync("ann", "Send to Bob Berg");
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        await office.ClicksAsync("bob", "Accept", ("brief", new string('b', 1000)));
        await office.SeesAsync("ann", "Bob Berg accepted.");
        foreach (var kind in (string[])["Swap", "Reword"])
        {
            await office.RequestsAsync(kind, new string('w', 1000), ("step", "1"), ("other-step", "50"), ("text", new string('n', 300)));
            await office.SeesAsync("ann", $"Asked for: {kind.ToLowerInvariant()}");
            await office.ClicksAsync("ann", "Refuse", ("refusal", new string('r', 1000)));
        }
        for (var step = 1; step <= 50; step++)
        {
            await office.ClicksAsync("bob", $"Complete step {step}", ("evidence", ""));
        }
        await office.ClicksAsync("bob", "Hand in", ("result", new string('h', 1000)));
        await office.SeesAsync("ann", "Bob Berg handed in the result.");
        await office.ClicksAsync("ann", "Accept as done");
        await office.SeesAsync("bob", "Ann Abel accepted the result.");
    }

    [Fact]
    public async Task A_step_that_is_too_long_is_named()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        var words = $"“step 2”: 301 characters, at most 300 fit.";
        await office.SaysAsync("ann", "delegate \"Book the room\" to Bob by fri 5pm");
        await office.SaysAsync("ann", "1");
        Assert.Contains(words, (await office.SaysAsync("ann", $"call; {new string('x', 301)}")).Words);
        Assert.Contains(words, (await office.ClicksAsync("ann", "Continue", ("steps.1", "call"), ("steps.2", new string('x', 301)))).Words);
    }

    [Fact]
    public async Task What_a_sentence_holds_beyond_its_parts_is_not_lost_silently()
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann", "bob");
        Assert.Contains("You also wrote “please hurry”", (await office.SaysAsync("ann", "delegate \"Book the room\" to Bob by fri 5pm, please hurry")).Words);
        Assert.DoesNotContain("You also wrote", (await office.SaysAsync("ann", Handing.Sentence())).Words);
    }

    [Theory]
    [InlineData("brief", "Accept")]
    [InlineData("reason", "Decline")]
    [InlineData("question", "Send question")]
    public async Task A_text_that_is_far_too_long_is_said_so_and_comes_back_as_far_as_it_fits(string input, string button)
    {
        await using var office = new TestOffice();
        var id = await office.OffersAsync();
        var refused = await office.ClicksAsync("bob", button, (input, new string('x', 10_000)));
        Assert.Contains("10,000 characters, at most 1,000 fit. Please shorten it.", refused.Words);
        Assert.Equal(new string('x', 1000), CardReading.Buttons(refused.Card!).First(known => known.Title == button).Inputs[input]);
        Assert.Equal(DelegationState.Offered, (await office.StoredAsync(id)).State);
    }

    [Fact]
    public async Task A_tenant_that_is_not_ours_is_refused_and_nothing_is_learned_of_it()
    {
        await using var office = new TestOffice();
        var response = await office.PostAsync(office.Activity("ann", "message", activity =>
        {
            activity["text"] = "help";
            activity["conversation"]!["tenantId"] = "33333333-3333-3333-3333-333333333333";
            activity["channelData"]!["tenant"]!["id"] = "33333333-3333-3333-3333-333333333333";
        }));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(office.Store.Taken());
        Assert.Empty(office.Shown("ann"));
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("{\"type\":5}", HttpStatusCode.BadRequest)]
    [InlineData("{\"type\":\"message\",\"text\":\"\\ud800\"}", HttpStatusCode.BadRequest)]
    public async Task What_is_no_activity_is_refused(string body, HttpStatusCode status)
    {
        await using var office = new TestOffice();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        Assert.Equal(status, (await office.PostRawAsync(content)).StatusCode);
        Assert.Empty(office.Store.Taken());
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var office = new TestOffice();
        using var content = new StringContent($"{{\"type\":\"message\",\"text\":\"{new string('x', (1024 * 1024) + 1)}\"}}", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await office.PostRawAsync(content)).StatusCode);
    }

    private static string Steps(int count) => string.Join("; ", Enumerable.Range(1, count).Select(number => $"do {number}"));
}
