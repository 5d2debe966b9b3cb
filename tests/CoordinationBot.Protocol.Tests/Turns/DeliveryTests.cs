using System.Net;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Protocol.Tests.Turns;

public sealed class DeliveryTests
{
    private const string Here = "/v3/conversations/a%3Aann/activities";
    private const string InGroup = "/v3/conversations/19%3Agroup%40thread.v2/activities";
    private const string OwnChat = "/v3/conversations/a%3Aown/activities";
    private static readonly AdaptiveCard Card = new() { Body = [new TextBlock("Hello")], FallbackText = "Hello in short" };
    private readonly Stage _stage = new();

    public DeliveryTests()
    {
        foreach (var (name, result) in Results)
        {
            _stage.Routes.Action($"do.{name}", (_, _) => new(result));
            _stage.Routes.Command(new CommandRoute(name, CommandArgument.Text, "", (_, _) => new(result)));
            _stage.Routes.Command(new CommandRoute($"public {name}", CommandArgument.None, "", (_, _) => new(result)) { IsPublic = true });
        }
        _stage.Routes.Text((turn, _) => new(new TurnResult.Say($"You said {turn.Text}")));
        _stage.PersonalChats = (_, _) => new(new ConversationReference("http://channel/own", "a:own", Stage.Tenant, Stage.Bot));
    }

    private static Dictionary<string, TurnResult> Results { get; } = new()
    {
        ["show"] = new TurnResult.Show(Card),
        ["open"] = new TurnResult.Open(Card),
        ["say"] = new TurnResult.Say("Done."),
        ["refuse"] = new TurnResult.Refused("Not yours."),
        ["refusecard"] = new TurnResult.Refused("Not yours.", Card),
        ["refusehuge"] = new TurnResult.Refused("Too much.", new AdaptiveCard { Body = [new TextBlock(new string('x', 50_000))] }),
        ["nothing"] = TurnResult.Nothing.Instance,
    };

    [Theory]
    [InlineData("show", "card", "")]
    [InlineData("refusecard", "card", "")]
    [InlineData("say", "Done.", "")]
    [InlineData("refuse", "Not yours.", "")]
    [InlineData("refusehuge", "Too much.", "")]
    [InlineData("nothing", "", "")]
    [InlineData("open", "Sent below.", "POST card")]
    public async Task An_invoke_is_answered_in_its_body(string result, string expected, string sent)
    {
        var response = await _stage.Run(_stage.Invoke($"do.{result}"));
        Assert.Equal(200, response.Status);
        Assert.Equal(200, response.Body!.StatusCode);
        Assert.Equal(expected == "card" ? CardActionResponse.CardType : CardActionResponse.MessageType, response.Body.Type);
        Assert.Equal(expected, expected == "card" ? CardIn(response.Body.Value) : response.Body.Value as string);
        Assert.Equal(sent.Length == 0 ? [] : [$"{sent} {Here}"], Seen());
    }

    [Theory]
    [InlineData("show", "PUT card " + Here + "/card-1")]
    [InlineData("refusecard", "PUT card " + Here + "/card-1")]
    [InlineData("say", "POST Done. " + Here + "/m1")]
    [InlineData("refuse", "POST Not yours. " + Here + "/m1")]
    [InlineData("refusehuge", "POST Too much. " + Here + "/m1")]
    [InlineData("open", "POST card " + Here + "/m1")]
    [InlineData("nothing", null)]
    public async Task A_submit_updates_the_pressed_card_or_says_a_sentence(string result, string? expected)
    {
        Assert.Equal(new TurnResponse(200), await _stage.Run(_stage.Submit($"do.{result}")));
        Assert.Equal(expected is null ? [] : [expected], Seen());
    }

    [Fact]
    public async Task A_card_that_is_gone_is_sent_anew()
    {
        _stage.Sent.Answer = request => Task.FromResult(request.Method == HttpMethod.Put ? Stage.Channel.Error(HttpStatusCode.NotFound, "ActivityNotFoundInConversation") : null);
        await _stage.Run(_stage.Submit("do.show"));
        Assert.Equal([$"PUT card {Here}/card-1", $"POST card {Here}/m1"], Seen());
    }

    [Fact]
    public async Task An_answer_to_a_message_that_was_deleted_is_sent_on_its_own()
    {
        _stage.Sent.Answer = request => Task.FromResult(request.Path.EndsWith("/m1", StringComparison.Ordinal) ? Stage.Channel.Error(HttpStatusCode.NotFound, "ActivityNotFoundInConversation") : null);
        await _stage.Say("say");
        Assert.Equal([$"POST Done. {Here}/m1", $"POST Done. {Here}"], Seen());
    }

    [Theory]
    [InlineData("show", "POST card " + Here + "/m1")]
    [InlineData("open", "POST card " + Here + "/m1")]
    [InlineData("refusecard", "POST card " + Here + "/m1")]
    [InlineData("refuse", "POST Not yours. " + Here + "/m1")]
    [InlineData("refusehuge", "POST Too much. " + Here + "/m1")]
    [InlineData("say", "POST Done. " + Here + "/m1")]
    [InlineData("nothing", null)]
    [InlineData("anything else", "POST You said anything else " + Here + "/m1")]
    public async Task Text_is_answered_by_one_message(string text, string? expected)
    {
        Assert.Equal(new TurnResponse(200), await _stage.Say(text));
        Assert.Equal(expected is null ? [] : [expected], Seen());
    }

    [Fact]
    public async Task Text_is_plain_and_a_card_carries_its_notification_line()
    {
        await _stage.Say("say");
        await _stage.Say("show");
        var (text, card) = (_stage.Sent.Requests.First().Activity!, _stage.Sent.Requests.Last().Activity!);
        Assert.Equal(("plain", null, null), (text.TextFormat, text.Attachments, text.Summary));
        Assert.Equal((null, "Hello in short"), (card.Text, card.Summary));
        Assert.Equal((Stage.Bot, "29:ann"), (text.From?.Id, text.Recipient?.Id));
    }

    [Theory]
    [InlineData("show")]
    [InlineData("open")]
    [InlineData("refusecard")]
    [InlineData("refuse")]
    [InlineData("say")]
    public async Task What_is_asked_in_a_group_is_answered_in_the_own_chat(string command)
    {
        await _stage.Run(_stage.Message(command, Stage.Group));
        Assert.Equal(2, _stage.Sent.Requests.Count);
        Assert.StartsWith("/own" + OwnChat, _stage.Sent.Requests.First().Path, StringComparison.Ordinal);
        Assert.Equal($"POST Ann, I have answered in your own chat. {InGroup}/m1", Seen()[1]);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("say")]
    [InlineData("open")]
    public async Task A_button_of_an_old_client_in_a_group_is_answered_in_the_own_chat(string verb)
    {
        await _stage.Run(_stage.Submit($"do.{verb}", Stage.Group));
        Assert.StartsWith("/own" + OwnChat, _stage.Sent.Requests.First().Path, StringComparison.Ordinal);
        Assert.Equal($"POST Ann, I have answered in your own chat. {InGroup}/m1", Seen()[1]);
    }

    [Fact]
    public async Task A_public_command_is_answered_in_the_group_and_one_that_brings_its_answer_itself_leaves_the_line()
    {
        await _stage.Run(_stage.Message("public say", Stage.Group));
        await _stage.Run(_stage.Message("nothing", Stage.Group));
        Assert.Equal([$"POST Done. {InGroup}/m1", $"POST Ann, I have answered in your own chat. {InGroup}/m2"], Seen());
    }

    [Fact]
    public async Task A_card_opened_from_a_group_goes_to_the_own_chat()
    {
        var response = await _stage.Run(_stage.Invoke("do.open", chat: Stage.Group));
        Assert.Equal("I have answered in your own chat.", response.Body!.Value as string);
        Assert.Equal([$"POST card /own{OwnChat}"], Seen());
    }

    [Fact]
    public async Task Free_text_in_a_group_gets_a_hint_that_holds_nothing_personal()
    {
        await _stage.Run(_stage.Message("my salary", Stage.Group));
        var hint = Assert.Single(_stage.Sent.Texts)!;
        Assert.DoesNotContain("salary", hint, StringComparison.Ordinal);
        Assert.All(new[] { "help", "delegate", "my tasks" }, word => Assert.Contains(word, hint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scope_the_bot_does_not_know_counts_as_a_group()
    {
        var message = _stage.Message("say");
        await _stage.Run(message with { Conversation = message.Conversation! with { ConversationType = "somethingNew" } });
        Assert.StartsWith("/own", _stage.Sent.Requests.First().Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("none")]
    [InlineData("Blocked")]
    [InlineData("NotInstalled")]
    public async Task Without_an_own_chat_nothing_is_done_and_the_group_hears_what_to_do(string why)
    {
        var ran = false;
        _stage.Routes.Command(new CommandRoute("change", CommandArgument.None, "", (_, _) =>
        {
            ran = true;
            return new(new TurnResult.Say("Changed."));
        }));
        _stage.PersonalChats = why switch
        {
            "null" => null,
            "none" => (_, _) => new((ConversationReference?)null),
            _ => (_, _) => throw new ConnectorException(Enum.Parse<ConnectorFailure>(why), null, null),
        };
        await _stage.Run(_stage.Message("change", Stage.Group));
        Assert.Equal(["I cannot write to you in private yet. Open a chat with me first, then ask again."], _stage.Sent.Texts);
        Assert.False(ran);
    }

    [Theory]
    [InlineData("ConversationBlockedByUser")]
    [InlineData("BotNotInConversationRoster")]
    public async Task An_own_chat_that_refuses_is_told_to_the_group(string code)
    {
        _stage.Sent.Answer = request => Task.FromResult(request.Path.StartsWith("/own", StringComparison.Ordinal) ? Stage.Channel.Error(HttpStatusCode.Forbidden, code) : null);
        await _stage.Run(_stage.Message("say", Stage.Group));
        Assert.Equal("I cannot write to you in private yet. Open a chat with me first, then ask again.", _stage.Sent.Texts.Last());
        var response = await _stage.Run(_stage.Invoke("do.open", chat: Stage.Group));
        Assert.StartsWith("I cannot write to you in private yet.", (string?)response.Body!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Hello,")]
    [InlineData("", "Hello,")]
    [InlineData("Ann", "Ann,")]
    [InlineData("Smith, Ann Mary", "Ann,")]
    [InlineData("\u202EAnn Smith", "Ann,")]
    public async Task The_group_line_uses_the_first_name(string? name, string expected)
    {
        var message = _stage.Message("say", Stage.Group);
        await _stage.Run(message with { From = message.From! with { Name = name } });
        Assert.Equal($"{expected} I have answered in your own chat.", _stage.Sent.Texts.Last());
    }

    [Fact]
    public async Task A_channel_that_refuses_the_answer_does_not_fail_the_turn()
    {
        _stage.Sent.Answer = _ => Task.FromResult<HttpResponseMessage?>(Stage.Channel.Error(HttpStatusCode.InternalServerError, "ServiceError"));
        Assert.Equal(200, (await _stage.Say("say")).Status);
        Assert.Equal(200, (await _stage.Run(_stage.Submit("do.show"))).Status);
        var response = await _stage.Run(_stage.Invoke("do.open"));
        Assert.StartsWith("I could not send it just now.", response.Body!.Value as string, StringComparison.Ordinal);
        Assert.Equal(3, _stage.Log.Lines.Count(line => line.StartsWith("Warning 1120", StringComparison.Ordinal)));
    }

    private static string CardIn(object? content) =>
        content is AdaptiveCard || (content is System.Text.Json.JsonElement json && json.GetProperty("type").GetString() == "AdaptiveCard") ? "card" : "other";

    private string[] Seen() => [.. _stage.Sent.Requests.Select(request => $"{request.Method} {request.Activity!.Text ?? CardIn(request.Activity.Attachments![0].Content)} {request.Path}")];
}
