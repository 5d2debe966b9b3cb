using System.Net;
using System.Text;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Delegations;
using CoordinationBot.Tests.Scenarios;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Notices;

/// <summary>Delivery with the real store, and the channel faked at the HTTP edge. Bob has been offered something and has his card; Ann has hers.</summary>
public sealed class NoticeDeliveryTests : IAsyncLifetime
{
    private readonly Desk _desk = new();
    private Delegation _delegation = null!;
    private int _operations;

    public async ValueTask InitializeAsync()
    {
        await _desk.MeetAsync(Ann, "Ann Abel");
        await _desk.MeetAsync(Bob, "Bob Berg");
        _delegation = await _desk.CreateAsync();
        await _desk.PassAsync(WorkScheduler.Ahead);
        Assert.Single(Seen(Bob));
        Assert.Single(Seen(Ann));
        Assert.Empty(await _desk.OutboxAsync(_delegation));
    }

    public ValueTask DisposeAsync()
    {
        _desk.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Who_must_hear_gets_a_new_message_and_the_old_card_becomes_a_stub()
    {
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_delegation);

        Assert.Equal(2, Seen(Ann).Count);
        Assert.Contains("Bob Berg accepted. Please read the back-brief.", Seen(Ann)[1].Words, StringComparison.Ordinal);
        Assert.Contains("continued further down", Seen(Ann)[0].Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Revoke", Seen(Ann)[0].Words, StringComparison.Ordinal);
        // Bob did it himself: his card is renewed where it is.
        Assert.Equal(1, Assert.Single(Seen(Bob)).Changes);
        Assert.Contains("Complete step 1", Seen(Bob)[0].Words, StringComparison.Ordinal);
        Assert.Empty(await _desk.OutboxAsync(_delegation));
    }

    [Fact]
    public async Task However_many_people_wait_one_look_tells_them_all()
    {
        var wakeUp = await CrowdAsync(230);
        Assert.Null(await _desk.Delivery.DeliverAsync(Desk.Tenant, wakeUp, _ => new ValueTask<LivingCard?>(ForCrowd()), Desk.Cancel));
        Assert.All(Enumerable.Range(0, 230), number => Assert.Single(Seen($"p{number:D3}")));
        Assert.Empty(await _desk.Tables.QueryAsync(wakeUp.Partition, Outbox.Prefix, 10, null, Desk.Cancel));
    }

    [Fact]
    public async Task Where_each_send_takes_long_a_look_ends_before_it_is_broken_off_and_the_next_goes_on()
    {
        var wakeUp = await CrowdAsync(8);
        var each = TimeSpan.FromSeconds(4);
        var (told, looks) = (0, 0);
        for (TimeSpan? again = TimeSpan.Zero; again is not null; looks++)
        {
            var began = _desk.Clock.GetUtcNow();
            again = await _desk.Delivery.DeliverAsync(Desk.Tenant, wakeUp, _ => new ValueTask<LivingCard?>(ForCrowd(each)), Desk.Cancel);
            Assert.InRange(_desk.Clock.GetUtcNow() - began, each, NoticeDelivery.LookTime + each);
            var now = Enumerable.Range(0, 8).Sum(number => Seen($"p{number:D3}").Count);
            Assert.True(now > told, "A look told nobody.");
            told = now;
        }
        Assert.Equal((8, 3), (told, looks));
        Assert.All(Enumerable.Range(0, 8), number => Assert.Single(Seen($"p{number:D3}")));
    }

    /// <summary>So many people are to be told something about one thing.</summary>
    private async Task<WakeUp> CrowdAsync(int many)
    {
        var wakeUp = new WakeUp("crowd", "tenant|crowd|1");
        for (var number = 0; number < many; number++)
        {
            await _desk.MeetAsync($"p{number:D3}", $"Person {number}");
            await _desk.Tables.CommitAsync(wakeUp.Partition, [Outbox.Tell($"p{number:D3}", 1, "Something is new.", NoticeKind.Answer, _desk.Clock.GetUtcNow())], Desk.Cancel);
        }
        return wakeUp;
    }

    private LivingCard ForCrowd(TimeSpan each = default) => new("crowd", new SubmitAction("x") { Title = "Open" }, (_, news) =>
    {
        _desk.Clock.Advance(each);
        return new AdaptiveCard { Body = [CardParts.News(news)] };
    }, new AdaptiveCard { Body = [] }, (_, _, _) => ValueTask.CompletedTask);

    [Fact]
    public async Task A_renewal_whose_message_is_gone_comes_as_a_new_message_and_the_next_finds_it()
    {
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_delegation);
        _desk.Teams.Fault = request => request.Method == HttpMethod.Put ? Answer(HttpStatusCode.NotFound, "ActivityNotFoundInConversation") : null;

        await DoAsync(d => StepRules.Complete(d, By(Bob), 1, null));
        await _desk.RunAsync(_delegation);
        _desk.Teams.Fault = _ => null;
        await DoAsync(d => StepRules.Complete(d, By(Bob), 2, null));
        await _desk.RunAsync(_delegation);

        Assert.Equal(3, Seen(Ann).Count);
        Assert.Contains("2 of 3 complete", Seen(Ann)[2].Words, StringComparison.Ordinal);
        Assert.Empty(await _desk.OutboxAsync(_delegation));
    }

    [Theory]
    [InlineData("BotNotInConversationRoster", "Bob Berg has not been told: I am not installed for them. Please ask them to open a chat with me.")]
    [InlineData("ConversationBlockedByUser", "Bob Berg has not been told: they have blocked me.")]
    public async Task Who_cannot_be_reached_is_noted_on_the_others_card_and_told_when_they_can_be(string code, string noted)
    {
        _desk.Teams.Fault = To(Bob, () => Answer(HttpStatusCode.Forbidden, code));
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        await AskAndAnswerAsync();
        await _desk.PassAsync(WorkScheduler.Ahead);
        await _desk.PassAsync(WorkScheduler.Ahead);

        Assert.Contains(noted, Seen(Ann)[^1].Words, StringComparison.Ordinal);
        Assert.NotNull((await _desk.Directory.FindAsync(Desk.Tenant, Bob, Desk.Cancel))!.Unreachable);
        Assert.NotEmpty(await _desk.OutboxAsync(_delegation));
        Assert.Equal(0, await _desk.PassAsync(TimeSpan.FromHours(1)));

        await ReachableAgainAsync(Bob);
        Assert.Contains("Ann Abel answered your question.", Seen(Bob)[^1].Words, StringComparison.Ordinal);
        Assert.DoesNotContain("has not been told", Seen(Ann)[^1].Words, StringComparison.Ordinal);
        Assert.Empty(await _desk.OutboxAsync(_delegation));
    }

    [Fact]
    public async Task Who_could_not_be_reached_hears_of_the_end_too_when_they_can_be()
    {
        _desk.Teams.Fault = To(Bob, () => Answer(HttpStatusCode.Forbidden, "BotNotInConversationRoster"));
        await DoAsync(d => OfferRules.Revoke(d, By(Ann), "Not needed"));
        await _desk.PassAsync(WorkScheduler.Ahead);
        await _desk.PassAsync(TimeSpan.FromHours(1));
        Assert.Single(Seen(Bob));

        await ReachableAgainAsync(Bob);

        Assert.Contains("Please stop; nothing more is permitted under it.", Seen(Bob)[^1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_cannot_be_reached_do_not_keep_each_other_awake()
    {
        var calls = 0;
        _desk.Teams.Fault = _ =>
        {
            // A loop would not end by itself.
            Assert.True(++calls < 50, "calls without end");
            return Answer(HttpStatusCode.Forbidden, "ConversationBlockedByUser");
        };
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));

        for (var minute = 0; minute < 30; minute++)
        {
            await _desk.PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.True(calls < 10, $"{calls} calls");
        Assert.Equal(0, await _desk.PassAsync(TimeSpan.FromHours(1)));
        await ReachableAgainAsync(Ann);
        Assert.Contains("Bob Berg accepted.", Seen(Ann)[^1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_for_the_moment_waits_and_is_tried_again()
    {
        _desk.Teams.Fault = To(Ann, () => Answer(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"));
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_delegation);
        Assert.Single(Seen(Ann));
        Assert.Equal(NoticeState.Sending, (await NoticeAsync()).State);

        _desk.Teams.Fault = _ => null;
        await _desk.PassAsync(TimeSpan.FromSeconds(59));
        Assert.Single(Seen(Ann));
        await _desk.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(2, Seen(Ann).Count);
        Assert.Empty(await _desk.OutboxAsync(_delegation));
    }

    [Fact]
    public async Task When_somebodys_own_chat_is_gone_another_one_is_opened_at_the_next_try()
    {
        _desk.Teams.Fault = request => Uri.UnescapeDataString(request.RequestUri!.AbsolutePath) switch
        {
            var path when path.Contains($"/a:{Ann}/", StringComparison.Ordinal) => Answer(HttpStatusCode.NotFound, "ConversationNotFound"),
            var path when path.EndsWith("/v3/conversations", StringComparison.Ordinal) => new(HttpStatusCode.Created) { Content = new StringContent("""{"id":"a:another"}""", Encoding.UTF8, "application/json") },
            _ => null,
        };
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_delegation);
        Assert.Empty(_desk.Teams.Messages("a:another"));
        // Sooner than after a failure of which nobody knows the outcome: nothing was delivered.
        await _desk.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Contains("Bob Berg accepted.", Assert.Single(_desk.Teams.Messages("a:another")).Words, StringComparison.Ordinal);
        Assert.Empty(await _desk.OutboxAsync(_delegation));
        var ann = (await _desk.Directory.FindAsync(Desk.Tenant, Ann, Desk.Cancel))!;
        Assert.Equal(("a:another", null), (ann.PersonalConversation, ann.Unreachable));
        Assert.DoesNotContain("not have been told", Seen(Bob)[^1].Words, StringComparison.Ordinal);

        await DoAsync(d => StepRules.Complete(d, By(Bob), 1, null));
        await _desk.RunAsync(_delegation);
        Assert.Contains("1 of 3 complete", Assert.Single(_desk.Teams.Messages("a:another")).Words, StringComparison.Ordinal);
        Assert.Single(Seen(Ann));
    }

    [Fact]
    public async Task The_stub_that_cannot_be_made_is_no_reason_to_send_again()
    {
        _desk.Teams.Fault = request => request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.Contains("ann", StringComparison.Ordinal) ? Answer(HttpStatusCode.ServiceUnavailable, "x") : null;
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_delegation);
        await _desk.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(2, Seen(Ann).Count);
        Assert.Empty(await _desk.OutboxAsync(_delegation));
    }

    [Fact]
    public async Task A_host_that_dies_while_it_makes_the_stub_has_told_it_once()
    {
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        // Nothing after this is done: as if it had died there.
        _desk.Teams.Fault = request => request.Method == HttpMethod.Put && request.RequestUri!.ToString().Contains(Ann, StringComparison.Ordinal) ? throw new InvalidOperationException("died") : null;
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _desk.RunAsync(_delegation));
        _desk.Teams.Fault = _ => null;

        await _desk.PassAsync(NoticeDelivery.SendingTime + WorkScheduler.Ahead);

        Assert.Equal(2, Seen(Ann).Count);
        Assert.Empty(await _desk.OutboxAsync(_delegation));
    }

    [Fact]
    public async Task One_persons_message_that_is_refused_does_not_hold_up_the_others()
    {
        _desk.Teams.Fault = To(Ann, () => Answer(HttpStatusCode.BadRequest, "BadSyntax"));
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));

        await _desk.RunAsync(_delegation);

        Assert.Contains("Complete step 1", Seen(Bob)[0].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_tried_ever_later_and_a_few_times_only_and_then_the_other_side_knows()
    {
        var tries = 0;
        _desk.Teams.Fault = request => request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.Contains("ann", StringComparison.Ordinal) && ++tries > 0 ? Answer(HttpStatusCode.BadRequest, "BadSyntax") : null;
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_delegation);
        foreach (var (minutes, expected) in new[] { (1, 2), (5, 3), (30, 4), (120, 5), (600, 5) })
        {
            await _desk.PassAsync(TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(2));
            Assert.Equal(expected, tries);
        }
        Assert.Contains("may not have been told", Seen(Bob)[^1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_channel_says_how_long_to_wait_it_is_waited_so_long()
    {
        _desk.Teams.Fault = To(Ann, () =>
        {
            var answer = Answer(HttpStatusCode.TooManyRequests, "Throttled");
            answer.Headers.RetryAfter = new(TimeSpan.FromMinutes(5));
            return answer;
        });
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_delegation);
        _desk.Teams.Fault = _ => null;
        await _desk.PassAsync(TimeSpan.FromSeconds(290));
        Assert.Single(Seen(Ann));
        await _desk.PassAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(2, Seen(Ann).Count);
    }

    [Fact]
    public async Task A_host_that_died_while_sending_is_made_up_for_after_its_time_and_not_before()
    {
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        var tell = Assert.Single(await _desk.OutboxAsync(_delegation), row => Outbox.Read(row).IsTell);
        var notice = tell.Read(NoticeJson.Default.Notice);
        await _desk.Tables.CommitAsync(
            tell.Partition, [new Change.Replace(tell.Key, Outbox.Bytes(notice with { State = NoticeState.Sending, SendingUntil = _desk.Clock.GetUtcNow().AddSeconds(45) }), tell.Version)], Desk.Cancel);

        await _desk.PassAsync(TimeSpan.FromSeconds(44));
        Assert.Single(Seen(Ann));
        await _desk.PassAsync(TimeSpan.FromSeconds(31));

        Assert.Equal(2, Seen(Ann).Count);
        Assert.Contains("Bob Berg accepted.", Seen(Ann)[1].Words, StringComparison.Ordinal);
        Assert.Empty(await _desk.OutboxAsync(_delegation));
    }

    [Fact]
    public async Task Two_hosts_at_once_send_one_message()
    {
        for (var round = 1; round <= 5; round++)
        {
            _desk.Teams.Delay = TimeSpan.FromMilliseconds(20);
            await AskAsync($"Question {round}?");
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _desk.RunAsync(_delegation))));
            await _desk.PassAsync(TimeSpan.FromSeconds(30));

            Assert.Equal(1 + round, Seen(Ann).Count);
        }
        Assert.Single(Seen(Bob));
    }

    [Fact]
    public async Task Two_hosts_at_once_send_one_first_card()
    {
        var second = await _desk.CreateAsync("draft-2");
        _desk.Teams.Delay = TimeSpan.FromMilliseconds(20);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _desk.RunAsync(second))));
        await _desk.PassAsync(TimeSpan.FromSeconds(30));

        // Ann is only shown hers, Bob is told.
        Assert.Equal((2, 2), (Seen(Ann).Count, Seen(Bob).Count));
    }

    [Fact]
    public async Task A_renewal_that_comes_while_one_is_sent_is_not_lost()
    {
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_delegation);
        await DoAsync(d => StepRules.Complete(d, By(Bob), 1, null));
        var come = false;
        _desk.Teams.Fault = request =>
        {
            if (!come)
            {
                come = true;
                Task.Run(() => DoAsync(d => StepRules.Complete(d, By(Bob), 2, null))).Wait();
            }
            return null;
        };

        await _desk.RunAsync(_delegation);
        await _desk.PassAsync(TimeSpan.FromSeconds(30));

        Assert.Contains("2 of 3 complete", Seen(Ann)[^1].Words, StringComparison.Ordinal);
        Assert.Contains("Complete step 3", Seen(Bob)[^1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_shows_an_older_state_after_a_newer_one_has_the_card_renewed_once_more()
    {
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_delegation);
        await DoAsync(d => StepRules.Complete(d, By(Bob), 1, null));
        var overtaken = false;
        _desk.Teams.Fault = _ =>
        {
            if (!overtaken)
            {
                overtaken = true;
                // Another host, while this one's update is on its way: it leaves no row behind.
                Task.Run(async () =>
                {
                    await DoAsync(d => StepRules.Complete(d, By(Bob), 2, null));
                    await _desk.RunAsync(_delegation);
                }).Wait();
            }
            return null;
        };

        await _desk.RunAsync(_delegation);
        Assert.Contains("1 of 3 complete", Seen(Ann)[^1].Words, StringComparison.Ordinal);
        // Sooner than any wake-up that was prepared for the changes.
        await _desk.PassAsync(TimeSpan.FromSeconds(2));

        Assert.Contains("2 of 3 complete", Seen(Ann)[^1].Words, StringComparison.Ordinal);
        Assert.Contains("Complete step 3", Seen(Bob)[^1].Words, StringComparison.Ordinal);
        Assert.Empty(await _desk.OutboxAsync(_delegation));
        var changes = (Seen(Ann)[^1].Changes, Seen(Bob)[^1].Changes);
        await _desk.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(changes, (Seen(Ann)[^1].Changes, Seen(Bob)[^1].Changes));
        Assert.Equal((2, 1), (Seen(Ann).Count, Seen(Bob).Count));
    }

    [Fact]
    public async Task A_change_between_reading_the_state_and_reading_the_outbox_is_shown()
    {
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_delegation);
        await DoAsync(d => StepRules.Complete(d, By(Bob), 1, null));
        _desk.Tables.BeforeQuery = async _ =>
        {
            _desk.Tables.BeforeQuery = null;
            await DoAsync(d => StepRules.Complete(d, By(Bob), 2, null));
        };

        await _desk.RunAsync(_delegation);
        await _desk.RunAsync(_delegation);

        Assert.Contains("2 of 3 complete", Seen(Ann)[^1].Words, StringComparison.Ordinal);
        Assert.Contains("Complete step 3", Seen(Bob)[^1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_causes_that_wait_come_in_one_card()
    {
        await DoAsync(d => OfferRules.Accept(d, By(Bob), Brief));
        await AskAsync("Which template?");
        await DoAsync(d => ChangeRules.Request(d, Inquiries.Alone, By(Bob), new TermsChange(ChangeKind.Skip, 3), "Not needed"));

        await _desk.RunAsync(_delegation);

        Assert.Equal(2, Seen(Ann).Count);
        Assert.Contains("Bob Berg accepted. Please read the back-brief.", Seen(Ann)[1].Words, StringComparison.Ordinal);
        Assert.Contains("Bob Berg has a question.", Seen(Ann)[1].Words, StringComparison.Ordinal);
        Assert.Contains("Bob Berg asks for a change. Please decide.", Seen(Ann)[1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_is_asked_for_comes_again_and_only_to_who_asked()
    {
        await _desk.Store.BringAsync(_delegation, Ann, Desk.Cancel);
        await _desk.RunAsync(_delegation);

        Assert.Equal((2, 1), (Seen(Ann).Count, Seen(Bob).Count));
        Assert.Contains("continued further down", Seen(Ann)[0].Words, StringComparison.Ordinal);
    }

    private async Task ReachableAgainAsync(string who)
    {
        _desk.Teams.Fault = _ => null;
        await _desk.Directory.UpdateAsync(Desk.Tenant, who, person => person! with { Unreachable = null, PersonalConversation = $"a:{who}" }, Desk.Cancel);
        await _desk.Missed.RetryAsync(new WakeUp(PeopleHandlers.ReachableAgain, PeopleStore.Partition(Desk.Tenant, who)), Desk.Cancel);
        for (var pass = 0; pass < 3; pass++)
        {
            await _desk.PassAsync(WorkScheduler.Ahead);
        }
    }

    private async Task AskAndAnswerAsync()
    {
        await AskAsync("Which template?");
        await DoAsync(d => QuestionRules.Answer(d, By(Ann), "Q1", "The blue one"));
    }

    private Task AskAsync(string question) => DoAsync(d => QuestionRules.Ask(d, By(Bob), question));

    private async Task DoAsync(Func<Delegation, Outcome> decide) =>
        Assert.IsType<Outcome.Changed>(await _desk.UpdateAsync(_delegation, Desk.Operation(Interlocked.Increment(ref _operations)), decide));

    private async Task<Notice> NoticeAsync() => Assert.Single(await _desk.OutboxAsync(_delegation), row => Outbox.Read(row).IsTell).Read(NoticeJson.Default.Notice);

    private IReadOnlyList<ShownMessage> Seen(string who) => _desk.Teams.Messages($"a:{who}");

    private static Func<HttpRequestMessage, HttpResponseMessage?> To(string who, Func<HttpResponseMessage> answer) =>
        request => request.RequestUri!.ToString().Contains(who, StringComparison.Ordinal) || request.RequestUri.AbsolutePath.EndsWith("/v3/conversations", StringComparison.Ordinal) ? answer() : null;

    private static HttpResponseMessage Answer(HttpStatusCode status, string code) =>
        new(status) { Content = new StringContent($$"""{"error":{"code":"{{code}}","message":"no"} }""", Encoding.UTF8, "application/json") };
}
