using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Protocol.Tests.Turns;

public sealed class RoutingTests
{
    private readonly Stage _stage = new();
    private readonly List<string> _ran = [];

    public RoutingTests()
    {
        Command("help", CommandArgument.None);
        Command("my", CommandArgument.Text);
        Command("my tasks", CommandArgument.None);
        Command("delegate", CommandArgument.Text);
        Command("delegate again", CommandArgument.Id);
        Command("history", CommandArgument.Id);
        Command("history", "all", CommandArgument.None);
        _stage.Routes.Text(Notes("text"));
        foreach (var verb in new[] { "delegation.accept", "delegation.view", "survey.answer" })
        {
            _stage.Routes.Action(verb, Notes($"action:{verb}"));
        }
        foreach (var name in new[] { "install", "uninstall", "membersAdded", "membersRemoved" })
        {
            _stage.Routes.Event(name, Notes($"event:{name}"));
        }
    }

    [Theory]
    [InlineData("help", "help|")]
    [InlineData("  HELP\n", "help|")]
    [InlineData("help?", "help|")]
    [InlineData("help me", "text|help me")]
    [InlineData("helpless", "text|helpless")]
    [InlineData("my tasks", "my tasks|")]
    [InlineData("My   Tasks", "my tasks|")]
    [InlineData("my tasks today", "my|tasks today")]
    [InlineData("my", "my|")]
    [InlineData("delegate the budget to Ann", "delegate|the budget to Ann")]
    [InlineData("Delegate: the budget", "delegate|the budget")]
    [InlineData("delegate again D-7K3F9Q", "delegate again|D-7K3F9Q")]
    [InlineData("delegate again soon", "delegate|again soon")]
    [InlineData("history d-7k3f9q", "history|d-7k3f9q")]
    [InlineData("history D-7K3F9Q.", "history|D-7K3F9Q")]
    [InlineData("history D-7K3F9Q with all  notes", "history|D-7K3F9Q with all  notes")]
    [InlineData("history all", "history all|")]
    [InlineData("history", "text|history")]
    [InlineData("history DEL-7K3F9Q", "text|history DEL-7K3F9Q")]
    [InlineData("history D-7K3F/9", "text|history D-7K3F/9")]
    [InlineData("history -7K3F9Q", "text|history -7K3F9Q")]
    [InlineData("please help", "text|please help")]
    [InlineData("?", "text|?")]
    public async Task Text_calls_the_command_with_the_most_words_that_fits(string text, string expected)
    {
        await _stage.Say(text);
        Assert.Equal([expected], _ran);
    }

    [Theory]
    [InlineData("<at>Coordination</at> help", "help|")]
    [InlineData("help <at>Coordination</at>", "help|")]
    [InlineData("delegate <at>Coordination</at> the budget", "delegate|the budget")]
    [InlineData("<at>Coordination</at>", "text|")]
    [InlineData("delegate Coordination the budget", "delegate|Coordination the budget")]
    [InlineData("<at>Bob</at> help", "text|<at>Bob</at> help")]
    [InlineData("<at>Coordination</at> delegate <at>Bob</at> the budget", "delegate|<at>Bob</at> the budget")]
    [InlineData("<at>Coordination</at> delegate <at>Coordination</at> it", "delegate|<at>Coordination</at> it")]
    [InlineData("<AT>Coordination</AT> help", "text|<AT>Coordination</AT> help")]
    public async Task Only_what_the_channel_marked_as_a_mention_of_the_bot_is_taken_out(string text, string expected)
    {
        await _stage.Run(_stage.Message(text) with
        {
            Entities =
            [
                new Entity { Type = "clientInfo" },
                new Entity { Type = "mention", Text = "<at>Bob</at>", Mentioned = new ChannelAccount { Id = "29:bob" } },
                new Entity { Type = "mention", Text = "<at>Coordination</at>", Mentioned = new ChannelAccount { Id = Stage.Bot } },
            ],
        });
        Assert.Equal([expected], _ran);
    }

    [Fact]
    public async Task Each_mention_takes_out_one_and_a_mention_without_an_entity_stays()
    {
        var mention = new Entity { Type = "mention", Text = "<at>B</at>", Mentioned = new ChannelAccount { Id = Stage.Bot } };
        await _stage.Run(_stage.Message("<at>B</at> delegate <at>B</at> to <at>B</at>") with { Entities = [mention, mention] });
        await _stage.Run(_stage.Message("<at>B</at> help"));
        Assert.Equal(["delegate|to <at>B</at>", "text|<at>B</at> help"], _ran);
    }

    [Fact]
    public async Task An_action_is_found_by_its_verb_with_its_inputs()
    {
        _stage.Routes.Action("x.do", (turn, _) =>
        {
            _ran.Add($"{turn.Inputs.Text("id")}{turn.Inputs.Text("choice")} {turn.IsRefresh}");
            return new(TurnResult.Nothing.Instance);
        });
        await _stage.Run(_stage.Invoke("x.do"));
        await _stage.Run(_stage.Submit("x.do"));
        Assert.Equal(["D-123456 False", "yes False"], _ran);
    }

    [Theory]
    [InlineData("delegation.accept", "action:delegation.view|")]
    [InlineData("delegation.view", "action:delegation.view|")]
    [InlineData("delegation.more.accept", "action:delegation.view|")]
    [InlineData("survey.answer", null)]
    [InlineData("survey", null)]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData("..accept", null)]
    public async Task A_refresh_runs_only_what_shows(string verb, string? expected)
    {
        var response = await _stage.Run(_stage.Invoke(verb, "automatic"));
        Assert.Equal(expected is null ? [] : [expected], _ran);
        Assert.Equal(200, response.Status);
        if (expected is null)
        {
            Assert.Equal(CardActionResponse.MessageType, response.Body!.Type);
            Assert.Equal("", response.Body.Value as string);
        }
    }

    [Fact]
    public async Task An_unknown_button_is_explained()
    {
        var response = await _stage.Run(_stage.Invoke("old.verb"));
        await _stage.Run(_stage.Submit("old.verb"));
        const string Explained = "That button belongs to an older version of this card. Type help to go on.";
        Assert.Equal(Explained, response.Body!.Value as string);
        Assert.Equal([Explained], _stage.Sent.Texts);
        Assert.Empty(_ran);
    }

    [Theory]
    [InlineData("""{"action":"x"}""")]
    [InlineData("""{"action":{"verb":7}}""")]
    [InlineData("""{"trigger":{}}""")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    public async Task A_malformed_action_is_an_old_button_and_no_exception(string value)
    {
        var response = await _stage.Run(_stage.Invoke("x") with { Value = Stage.Json(value) });
        Assert.Equal(200, response.Status);
        Assert.StartsWith("That button belongs", response.Body!.Value as string, StringComparison.Ordinal);
        Assert.Equal(200, (await _stage.Run(_stage.Message(null) with { Value = Stage.Json(value) })).Status);
    }

    [Fact]
    public async Task Invokes_of_other_names_are_not_implemented()
    {
        var response = await _stage.Run(_stage.Invoke("x") with { Name = "task/fetch\nforged" });
        Assert.Equal(501, response.Status);
        Assert.Null(response.Body);
        Assert.Equal("Warning 1100 Invoke task/fetch?forged is unknown ", Assert.Single(_stage.Log.Lines));
    }

    [Theory]
    [InlineData("28:bot", null, "event:install|")]
    [InlineData("29:bob", null, "event:membersAdded|")]
    [InlineData(null, "28:bot", "event:uninstall|")]
    [InlineData(null, "29:bob", "event:membersRemoved|")]
    [InlineData(null, null, null)]
    public async Task Who_comes_and_goes_is_an_event(string? added, string? removed, string? expected)
    {
        await _stage.Run(_stage.Message(null) with
        {
            Type = "conversationUpdate",
            MembersAdded = added is null ? null : [new ChannelAccount { Id = added }],
            MembersRemoved = removed is null ? [] : [new ChannelAccount { Id = removed }],
        });
        Assert.Equal(expected is null ? [] : [expected], _ran);
    }

    [Theory]
    [InlineData("add", "event:install|")]
    [InlineData("add-upgrade", null)]
    [InlineData("remove", "event:uninstall|")]
    [InlineData("remove-upgrade", null)]
    [InlineData("other", null)]
    public async Task Installation_is_an_event(string action, string? expected)
    {
        await _stage.Run(_stage.Message(null) with { Type = "installationUpdate", Action = action });
        Assert.Equal(expected is null ? [] : [expected], _ran);
    }

    [Theory]
    [InlineData("messageReaction")]
    [InlineData("messageUpdate")]
    [InlineData("messageDelete")]
    [InlineData("typing")]
    [InlineData("event")]
    [InlineData("somethingNew")]
    [InlineData("")]
    public async Task Other_activities_are_accepted_and_ignored(string type)
    {
        Assert.Equal(200, (await _stage.Run(_stage.Message("help") with { Type = type })).Status);
        Assert.Empty(_ran);
        Assert.Empty(_stage.Sent.Requests);
    }

    [Fact]
    public async Task Who_has_no_object_id_is_politely_ignored()
    {
        var message = _stage.Message("help") with { From = new ChannelAccount { Id = "29:guest" } };
        Assert.Equal(200, (await _stage.Run(message)).Status);
        Assert.Equal(200, (await _stage.Run(message with { From = null })).Status);
        Assert.Equal(200, (await _stage.Run(message with { Conversation = null })).Status);
        Assert.Equal(200, (await _stage.Run(message with { Recipient = null })).Status);
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task A_turn_knows_who_where_and_when()
    {
        var turns = new List<Turn>();
        _stage.Routes.Before((turn, _) =>
        {
            turns.Add(turn);
            return new(TurnResult.Nothing.Instance);
        });
        var message = _stage.Message("delegate it") with
        {
            Locale = "de-DE",
            LocalTimezone = "Europe/Paris",
            Entities = [new Entity { Type = "clientInfo", Timezone = "Europe/Berlin", Locale = "de-AT" }],
        };
        await _stage.Run(message);
        await _stage.Run(message with { Id = "other", Entities = null, Locale = null });
        var turn = turns[0];
        Assert.Equal(new Actor("ann", "29:ann", "Ann Smith"), turn.Actor);
        Assert.Equal(Stage.Tenant, turn.Tenant);
        Assert.Equal(ConversationScope.Personal, turn.Scope);
        Assert.Equal(new("http://channel/", Stage.Chat, Stage.Tenant, Stage.Bot), turn.Conversation);
        Assert.Equal("de-DE", turn.Locale);
        Assert.Equal("Europe/Berlin", turn.Zone);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), turn.Now);
        Assert.Equal("delegate it", turn.Text);
        Assert.Equal("it", turn.Argument);
        Assert.Equal("Europe/Paris", turns[1].Zone);
        Assert.Equal("en-US", turns[1].Locale);
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{26}$", turn.OperationId);
        Assert.NotEqual(turn.OperationId, turns[1].OperationId);
    }

    [Fact]
    public async Task An_operation_is_named_by_what_caused_it()
    {
        var ids = new List<string>();
        _stage.Routes.Before((turn, _) =>
        {
            ids.Add(turn.OperationId);
            return new(TurnResult.Nothing.Instance);
        });
        var first = _stage.Invoke("delegation.accept");
        await _stage.Run(first);
        await _stage.Run(first);
        await _stage.Run(first with { Value = _stage.Invoke("survey.answer").Value });
        await _stage.Run(first with { Conversation = first.Conversation! with { Id = "a:other" } });
        await _stage.Run(first with { Conversation = first.Conversation! with { TenantId = "other" } });
        var nameless = _stage.Message("delegate") with { Id = null };
        await _stage.Run(nameless);
        await _stage.Run(nameless);
        await _stage.Run(nameless with { Text = "delegate it" });
        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(ids[5], ids[6]);
        Assert.Equal(6, ids.Distinct().Count());
    }

    [Fact]
    public void A_route_registered_twice_is_a_start_up_error()
    {
        var routes = new RouteTable().Action("a.b", Notes("x")).Event("install", Notes("x")).Text(Notes("x"))
            .Command(new CommandRoute("help", CommandArgument.None, "", Notes("x")));
        Assert.Throws<InvalidOperationException>(() => routes.Action("a.b", Notes("y")));
        Assert.Throws<InvalidOperationException>(() => routes.Event("install", Notes("y")));
        Assert.Throws<InvalidOperationException>(() => routes.Text(Notes("y")));
        Assert.Throws<InvalidOperationException>(() => routes.Command(new CommandRoute("HELP", CommandArgument.Text, "", Notes("y"))));
    }

    private void Command(string words, CommandArgument takes) =>
        _stage.Routes.Command(new CommandRoute(words, takes, "", Notes(words)));

    private void Command(string words, string more, CommandArgument takes) => Command($"{words} {more}", takes);

    private TurnHandler Notes(string route) => (turn, _) =>
    {
        lock (_ran)
        {
            _ran.Add($"{route}|{(route == "text" ? turn.Text : turn.Argument)}");
        }
        return new(TurnResult.Nothing.Instance);
    };
}
