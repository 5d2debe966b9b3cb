using System.Net;
using CoordinationBot.Protocol.Turns;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Protocol.Tests.Turns;

public sealed class TurnOrderTests
{
    private readonly Stage _stage = new();

    [Fact]
    public async Task Five_messages_in_quick_succession_all_take_effect_in_order_and_none_twice()
    {
        var stage = new Stage { Clock = TimeProvider.System };
        var count = 0;
        stage.Routes.Text(async (turn, cancel) =>
        {
            // A read, a wait and a write: lost updates and overtaking would show.
            var before = count;
            await Task.Delay(30, cancel);
            count = before + 1;
            return new TurnResult.Say($"{turn.Text} {count}");
        });
        stage.Sent.Answer = async _ =>
        {
            await Task.Delay(200);
            return null;
        };
        var turns = new List<Task<TurnResponse>>();
        for (var index = 1; index <= 5; index++)
        {
            turns.Add(stage.Say($"message {index}:"));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        Assert.All(await Task.WhenAll(turns), response => Assert.Equal(200, response.Status));
        Assert.Equal(["message 1: 1", "message 2: 2", "message 3: 3", "message 4: 4", "message 5: 5"], stage.Sent.Texts);
        Assert.Equal(0, stage.Runner.ConversationsHeld);
    }

    [Fact]
    public async Task Conversations_do_not_wait_for_each_other()
    {
        var open = new TaskCompletionSource<TurnResult>();
        _stage.Routes.Text((turn, _) => turn.Conversation.ConversationId == Stage.Chat ? new(open.Task) : new(TurnResult.Nothing.Instance));
        var held = _stage.Say("one");
        var other = _stage.Message("two");
        Assert.Equal(200, (await _stage.Run(other with { Conversation = other.Conversation! with { Id = "a:bob" } })).Status);
        Assert.False(held.IsCompleted);
        open.SetResult(TurnResult.Nothing.Instance);
        await held;
        Assert.Equal(0, _stage.Runner.ConversationsHeld);
    }

    [Fact]
    public void A_free_conversation_is_answered_on_the_same_thread()
    {
        _stage.Routes.Text((_, _) => new(TurnResult.Nothing.Instance));
        Assert.True(_stage.Run(_stage.Message("hello")).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Too_many_waiting_turns_are_turned_away_and_the_others_run()
    {
        _stage.Options.WaitingPerConversation = 3;
        var open = new TaskCompletionSource<TurnResult>();
        var ran = 0;
        _stage.Routes.Text((_, _) =>
        {
            ran++;
            return new(open.Task);
        });
        var turns = Enumerable.Range(0, 6).Select(index => _stage.Say($"{index}")).ToArray();
        Assert.Equal([429, 429], (await Task.WhenAll(turns[4..])).Select(response => response.Status));
        open.SetResult(TurnResult.Nothing.Instance);
        Assert.All(await Task.WhenAll(turns[..4]), response => Assert.Equal(200, response.Status));
        Assert.Equal(4, ran);
        Assert.Equal(0, _stage.Runner.ConversationsHeld);
    }

    [Fact]
    public async Task One_that_gave_up_waiting_does_not_stop_the_next()
    {
        using var gaveUp = new CancellationTokenSource();
        var open = new TaskCompletionSource<TurnResult>();
        var ran = new List<string>();
        _stage.Routes.Text((turn, _) =>
        {
            ran.Add(turn.Text);
            return new(open.Task);
        });
        var first = _stage.Say("first");
        var second = _stage.Runner.RunAsync(_stage.Message("second"), gaveUp.Token).AsTask();
        var third = _stage.Say("third");
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        open.SetResult(TurnResult.Nothing.Instance);
        await Task.WhenAll(first, third);
        Assert.Equal(["first", "third"], ran);
        Assert.Equal(0, _stage.Runner.ConversationsHeld);
    }

    [Fact]
    public async Task The_gate_keeps_nothing_of_conversations_that_ended()
    {
        var stage = new Stage { Clock = TimeProvider.System };
        stage.Routes.Text(async (turn, _) =>
        {
            await Task.Yield();
            return turn.Text == "7" ? throw new InvalidOperationException() : TurnResult.Nothing.Instance;
        });
        await Parallel.ForAsync(0, 2000, async (index, _) =>
        {
            var message = stage.Message($"{index % 10}");
            await stage.Run(message with { Conversation = message.Conversation! with { Id = $"a:{index % 97}" } });
        });
        Assert.Equal(0, stage.Runner.ConversationsHeld);
    }

    [Fact]
    public async Task A_message_delivered_again_is_not_run_again_while_or_after_it_succeeds()
    {
        var ran = 0;
        var open = new TaskCompletionSource<TurnResult>();
        _stage.Routes.Text((_, _) =>
        {
            ran++;
            return new(open.Task);
        });
        var message = _stage.Message("hello");
        var first = _stage.Run(message);
        var during = _stage.Run(message);
        open.SetResult(new TurnResult.Say("Hello."));
        var responses = await Task.WhenAll(first, during, _stage.Run(message));
        Assert.All(responses, response => Assert.Equal(200, response.Status));
        Assert.Equal(1, ran);
        Assert.Equal(["Hello."], _stage.Sent.Texts);
        await _stage.Run(message with { Conversation = message.Conversation! with { Id = "a:other" } });
        Assert.Equal(2, ran);
    }

    [Fact]
    public async Task A_message_that_failed_runs_again_when_delivered_again()
    {
        var ran = 0;
        _stage.Routes.Text((_, _) => ran++ == 0 ? throw new InvalidOperationException() : new(new TurnResult.Say("Now.")));
        var message = _stage.Message("hello");
        await _stage.Run(message);
        await _stage.Run(message);
        await _stage.Run(message);
        Assert.Equal(2, ran);
        Assert.Equal("Now.", _stage.Sent.Texts.Last());
    }

    [Fact]
    public async Task An_invoke_delivered_again_runs_again_since_its_caller_needs_the_body()
    {
        var ran = 0;
        _stage.Routes.Action("x.do", (_, _) => new(new TurnResult.Say($"{++ran}")));
        var invoke = _stage.Invoke("x.do");
        await _stage.Run(invoke);
        Assert.Equal("2", (await _stage.Run(invoke)).Body!.Value as string);
    }

    [Fact]
    public void What_is_remembered_is_bounded()
    {
        var recent = new RecentActivities(2);
        foreach (var operation in new UInt128[] { 1, 2, 2, 3 })
        {
            recent.Add(operation);
        }
        Assert.Equal([false, true, true], new UInt128[] { 1, 2, 3 }.Select(recent.Contains));
    }

    [Fact]
    public async Task An_exception_is_told_by_an_error_id_only()
    {
        _stage.Routes.Text((_, _) => throw new InvalidOperationException("secret"));
        _stage.Routes.Action("x.do", async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException("secret");
        });
        var response = await _stage.Run(_stage.Invoke("x.do"));
        Assert.Equal(200, (await _stage.Say("hello")).Status);
        var told = new[] { (string)response.Body!.Value!, Assert.Single(_stage.Sent.Texts)! };
        Assert.Equal(200, response.Status);
        Assert.All(told, sentence =>
        {
            var errorId = sentence[^9..^1];
            Assert.Matches("^E-[0-9A-HJKMNP-TV-Z]{6}$", errorId);
            Assert.Equal($"Something went wrong on my side, and I cannot tell whether this was done. Please look again in a minute, before you repeat it. (Error {errorId})", sentence);
            Assert.Single(_stage.Log.Lines, line => line.StartsWith($"Error 1106 Error {errorId} in ", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task A_failing_observer_fails_the_turn_before_its_handler()
    {
        var ran = false;
        _stage.Routes.Before((_, _) => throw new InvalidOperationException()).Text((_, _) =>
        {
            ran = true;
            return new(TurnResult.Nothing.Instance);
        });
        await _stage.Say("hello");
        Assert.False(ran);
        Assert.StartsWith("Something went wrong", Assert.Single(_stage.Sent.Texts), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_its_deadline_the_person_is_told_whether_or_not_the_handler_listens(bool listens)
    {
        var clock = (FakeTimeProvider)_stage.Clock;
        var never = new TaskCompletionSource<TurnResult>();
        TurnHandler slow = async (_, cancel) => await (listens ? never.Task.WaitAsync(cancel) : never.Task);
        _stage.Routes.Action("x.do", slow).Text(slow);
        var invoke = _stage.Run(_stage.Invoke("x.do"));
        var elsewhere = _stage.Message("hello");
        var message = _stage.Run(elsewhere with { Conversation = elsewhere.Conversation! with { Id = "a:bob" } });
        clock.Advance(TimeSpan.FromSeconds(7.9));
        Assert.False(invoke.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Matches(@"^This takes longer than usual, and I cannot tell yet whether it was done. Please look at the card again in a minute, before you repeat it. \(Error E-[0-9A-Z]{6}\)$", (await invoke).Body!.Value as string);
        clock.Advance(TimeSpan.FromSeconds(3.9));
        Assert.False(message.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(200, (await message).Status);
        Assert.StartsWith("This takes longer than usual, and I cannot tell yet", Assert.Single(_stage.Sent.Texts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_over_its_deadline_keeps_its_conversation_until_it_ends()
    {
        var clock = (FakeTimeProvider)_stage.Clock;
        var never = new TaskCompletionSource<TurnResult>();
        _stage.Routes.Action("x.do", async (_, _) => await never.Task).Text(Stage.Says("Hello."));
        var invoke = _stage.Run(_stage.Invoke("x.do"));
        clock.Advance(TimeSpan.FromSeconds(8));
        await invoke;
        var next = _stage.Say("hello");
        Assert.False(next.IsCompleted);
        never.SetResult(TurnResult.Nothing.Instance);
        Assert.Equal(200, (await next).Status);
        Assert.Equal(["Hello."], _stage.Sent.Texts);
    }

    [Fact]
    public async Task A_handler_that_never_ends_does_not_hold_its_conversation_for_ever()
    {
        var clock = (FakeTimeProvider)_stage.Clock;
        _stage.Routes.Action("x.do", async (_, _) => await new TaskCompletionSource<TurnResult>().Task);
        var invoke = _stage.Run(_stage.Invoke("x.do"));
        clock.Advance(TimeSpan.FromSeconds(8));
        await invoke;
        Assert.Equal(1, _stage.Runner.ConversationsHeld);
        clock.Advance(TimeSpan.FromSeconds(31));
        for (var tries = 0; tries < 100 && _stage.Runner.ConversationsHeld > 0; tries++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        Assert.Equal(0, _stage.Runner.ConversationsHeld);
    }

    [Fact]
    public async Task A_hung_channel_does_not_hold_a_turn_for_ever()
    {
        var clock = (FakeTimeProvider)_stage.Clock;
        _stage.Routes.Text(Stage.Says("Hello."));
        _stage.Sent.Answer = _ => new TaskCompletionSource<HttpResponseMessage?>().Task;
        var turn = _stage.Say("hello");
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(200, (await turn).Status);
        Assert.Equal(0, _stage.Runner.ConversationsHeld);
    }

    [Fact]
    public async Task A_message_whose_answer_was_refused_took_effect_and_is_not_run_again()
    {
        var ran = 0;
        _stage.Routes.Text((_, _) => new(new TurnResult.Say($"{++ran}")));
        _stage.Sent.Answer = _ => Task.FromResult<HttpResponseMessage?>(Stage.Channel.Error(HttpStatusCode.BadGateway, "x"));
        var message = _stage.Message("hello");
        await _stage.Run(message);
        await _stage.Run(message);
        Assert.Equal(1, ran);
    }
}
