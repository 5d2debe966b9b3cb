using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.EndToEnd.Client;
using CoordinationBot.EndToEnd.EchoBots;
using CoordinationBot.Playground.Hubs;
using CoordinationBot.Playground.People;

namespace CoordinationBot.EndToEnd;

/// <summary>An office with the echo bot, authentication on, shared by the tests of the driver.</summary>
public sealed class EchoOffice : IAsyncLifetime
{
    public Office Office { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Office = await Office.StartAsync(EchoBot.InOffice(new OfficeOptions { People = [Cast.Maria, Cast.Alex] }), CancellationToken.None);

    public ValueTask DisposeAsync() => Office.DisposeAsync();
}

/// <summary>Proves the driver itself: that it says, hears, fills and presses in the real client what it is told to.</summary>
public sealed class ClientTests(EchoOffice fixture) : IClassFixture<EchoOffice>
{
    private readonly Office _office = fixture.Office;

    private Window Maria => _office[Cast.Maria];

    private Window Alex => _office[Cast.Alex];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_person_says_is_answered_in_their_own_window()
    {
        await InPersonalChatsAsync();
        await Maria.SayAsync("good morning");
        Assert.Equal("echo: good morning", (await Maria.WaitForTextAsync("good morning")).Text);
        await Alex.SayAsync("good evening");
        Assert.Equal("echo: good evening", (await Alex.WaitForTextAsync("good evening")).Text);
        Assert.DoesNotContain(await Maria.MessagesAsync(), m => m.Text.Contains("good evening", StringComparison.Ordinal));
        Assert.Empty(Maria.Errors);
    }

    [Fact]
    public async Task Every_kind_of_input_can_be_filled_and_arrives_as_filled()
    {
        await InPersonalChatsAsync();
        await Maria.SayAsync("form");
        var form = await Maria.WaitForCardAsync("A form");
        await Maria.FillAsync(form, new Dictionary<string, string>
        {
            ["title"] = "Budget",
            ["notes"] = "first\nsecond",
            ["count"] = "3",
            ["due"] = "2030-03-15",
            ["at"] = "14:30",
            ["odd"] = "09:05",
            ["notify"] = "true",
            ["compact"] = "g",
            ["expanded"] = "ask",
            ["several"] = "1,3",
            ["tags"] = "paid,urgent",
            ["who"] = "Adele Novak",
        });
        await Maria.ScreenshotAsync("driver-form-filled");
        Assert.Equal("submit", (await Maria.ClickAsync(form, "Send")).Kind);
        var answer = await Maria.WaitForTextAsync("submitted");
        var value = JsonNode.Parse(answer.Text["submitted ".Length..])!;
        Assert.Equal("Budget", value["title"]!.ToString());
        Assert.Equal("first\nsecond", value["notes"]!.ToString());
        Assert.Equal("3", value["count"]!.ToString());
        Assert.Equal("2030-03-15", value["due"]!.ToString());
        Assert.Equal("14:30", value["at"]!.ToString());
        Assert.Equal("09:05", value["odd"]!.ToString());
        Assert.Equal("yes", value["notify"]!.ToString());
        Assert.Equal("g", value["compact"]!.ToString());
        Assert.Equal("ask", value["expanded"]!.ToString());
        Assert.Equal("1,3", value["several"]!.ToString());
        Assert.Equal("paid,urgent", value["tags"]!.ToString());
        Assert.Equal(Cast.Adele.TeamsId, value["who"]!.ToString());
        Assert.Equal("send", value["action"]!.ToString());
    }

    [Fact]
    public async Task A_required_input_left_empty_stops_the_form_in_the_client()
    {
        await InPersonalChatsAsync();
        await Maria.SayAsync("form");
        var form = await Maria.WaitForCardAsync("A form");
        var pressed = await Maria.ClickAsync(form, "Send", expectInvalid: true);
        Assert.Equal("A title is needed", pressed.Answer!["title"]!.ToString());
        Assert.Contains("A title is needed", await Maria.TextAsync(form), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_within_a_card_opens_and_sends_its_own_inputs()
    {
        await InPersonalChatsAsync();
        await Maria.SayAsync("form");
        var form = await Maria.WaitForCardAsync("A form");
        Assert.Equal("local", (await Maria.ClickAsync(form, "Decline")).Kind);
        await Maria.FillAsync(form, new Dictionary<string, string> { ["title"] = "needed too", ["reason"] = "No time" });
        await Maria.ClickAsync(form, "Send reason");
        Assert.Contains("\"reason\":\"No time\"", (await Maria.WaitForTextAsync("submitted")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_button_tells_where_it_leads_and_goes_nowhere()
    {
        await InPersonalChatsAsync();
        await Maria.SayAsync("form");
        var pressed = await Maria.ClickAsync(await Maria.WaitForCardAsync("A form"), "Read more");
        Assert.Equal("https://example.com/more", pressed.Answer!.ToString());
    }

    [Fact]
    public async Task Execute_replaces_the_card_and_shows_a_message_under_it()
    {
        await InPersonalChatsAsync();
        await Maria.SayAsync("approval");
        var card = await Maria.WaitForCardAsync("State: open");
        await Maria.ClickAsync(card, "Ask");
        Assert.Equal("You pressed Ask.", await Maria.LineUnderAsync(card));
        await Maria.FillAsync(card, new Dictionary<string, string> { ["why"] = "it is right" });
        Assert.Equal(200, (await Maria.ClickAsync(card, "Approve")).Status);
        var replaced = await Maria.WaitForCardAsync("approved by Maria Santos");
        Assert.Equal(card.Id, replaced.Id);
        Assert.Contains("because it is right", await Maria.TextAsync(replaced), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buttons_beyond_the_sixth_are_pressed_in_the_menu()
    {
        await InPersonalChatsAsync();
        await Maria.SayAsync("many");
        var card = await Maria.WaitForCardAsync("Many buttons");
        foreach (var title in (string[])["Button 1", "Button 6", "Button 7", "Button 8", "Secondary"])
        {
            await Maria.ClickAsync(card, title);
            await Maria.WaitForLineUnderAsync(card, $"You pressed {title}.");
        }

        await Maria.ScreenshotAsync("driver-many-buttons", card);
    }

    [Fact]
    public async Task The_bot_writes_to_another_person_by_either_id_and_is_refused_for_who_has_no_window()
    {
        await InPersonalChatsAsync();
        await Alex.MarkAsync();
        await Maria.SayAsync($"direct {Cast.Alex.EntraId} hello Alex");
        await Maria.WaitForTextAsync("direct: 201");
        await Alex.WaitForTextAsync("hello Alex");
        await Maria.SayAsync($"direct {Cast.Alex.TeamsId} hello again");
        await Alex.WaitForTextAsync("hello again");
        await Maria.SayAsync($"direct {Cast.Sam.EntraId} nobody home");
        await Maria.WaitForTextAsync("direct: 403 BotNotInConversationRoster");
        await Maria.SayAsync("direct nonsense whoever");
        await Maria.WaitForTextAsync("direct: 403 BotNotInConversationRoster");
    }

    [Fact]
    public async Task A_member_is_found_by_either_id()
    {
        await InPersonalChatsAsync();
        await Maria.SayAsync($"member {Cast.Maria.EntraId}");
        await Maria.WaitForTextAsync("member: 200 Maria Santos");
        await Maria.SayAsync($"member {Cast.Maria.TeamsId}");
        await Maria.WaitForTextAsync("member: 200 Maria Santos");
        await Maria.SayAsync("member nobody");
        await Maria.WaitForTextAsync("member: 404");
    }

    [Fact]
    public async Task A_deleted_message_leaves_a_note_in_its_place()
    {
        await InPersonalChatsAsync();
        await Maria.SayAsync("delete");
        await Maria.WaitForTextAsync("delete: 200");
        Assert.Contains(await Maria.MessagesAsync(), m => m.Text.Contains("This message has been deleted.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_card_in_the_group_chat_is_seen_and_pressed_by_both()
    {
        await Maria.OpenChatAsync(Chat.Group);
        await Alex.OpenChatAsync(Chat.Group);
        await Maria.SayAsync("not for the bot", mention: false);
        await Maria.HearNothingAsync();
        await Maria.SayAsync("approval");
        var marias = await Maria.WaitForCardAsync("State: open");
        var alexs = await Alex.WaitForCardAsync("State: open");
        await Alex.ClickAsync(alexs, "Approve");
        await Alex.WaitForCardAsync("approved by Alex Weber");
        // the bot heard the one id that it knows, not the one in Alex's window
        Assert.Contains($"on {marias.Id}", await Alex.TextAsync(alexs), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_of_the_bot_in_the_channel_is_in_both_windows()
    {
        await Maria.OpenChatAsync(Chat.Channel);
        await Alex.OpenChatAsync(Chat.Channel);
        await Maria.SayAsync("post");
        await Maria.WaitForCardAsync("State: posted");
        var card = await Alex.WaitForCardAsync("State: posted");
        await Alex.ClickAsync(card, "Ask");
        Assert.Equal("You pressed Ask.", await Alex.LineUnderAsync(card));
    }

    [Fact]
    public async Task A_failure_of_the_connector_can_be_asked_for()
    {
        await InPersonalChatsAsync();
        _office.Hub.Fail(new HubFault { Method = "POST", Path = new Regex("/activities"), Status = 429, RetryAfter = TimeSpan.FromSeconds(1) });
        await Maria.SayAsync("fragile");
        await Maria.WaitForTextAsync("the echo was refused: 429");
        Assert.Contains(_office.Hub.Traffic.FromBot, e => e is { Faked: true, Status: 429 });
    }

    [Fact]
    public async Task An_activity_that_is_not_rightly_signed_is_refused()
    {
        await InPersonalChatsAsync();
        var authentication = _office.Hub.Authentication!;
        try
        {
            foreach (var kind in Enum.GetValues<TokenKind>().Where(k => k is not (TokenKind.Good or TokenKind.WrongServiceUrl)))
            {
                authentication.Sends = kind;
                var since = _office.Hub.Traffic.Latest;
                await Maria.SayAsync($"who am I, {kind}");
                Assert.Equal(401, (await _office.Hub.Traffic.WaitForAsync(e => e.Direction == ExchangeDirection.ToBot, since, cancel: Cancel)).Status);
            }
        }
        finally
        {
            authentication.Sends = TokenKind.Good;
        }
    }

    [Fact]
    public async Task Phone_and_desk_sizes_can_be_pictured()
    {
        await InPersonalChatsAsync();
        await Maria.SayAsync("markdown");
        await Maria.WaitForCardAsync("Markdown here");
        await Maria.ScreenshotAsync("driver-markdown-desk");
        await Maria.UsePhoneSizeAsync();
        try
        {
            Assert.True(File.Exists(await Maria.ScreenshotAsync("driver-markdown-phone")));
        }
        finally
        {
            await Maria.UseDeskSizeAsync();
        }
    }

    private async Task InPersonalChatsAsync()
    {
        await Maria.OpenChatAsync(Chat.Personal);
        await Alex.OpenChatAsync(Chat.Personal);
    }
}
