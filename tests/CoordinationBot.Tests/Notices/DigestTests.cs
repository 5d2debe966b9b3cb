using System.Collections.Immutable;
using System.Net;
using System.Text;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Delegations;
using CoordinationBot.Tests.Scenarios;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Notices;

/// <summary>
/// The governor with the real store, and the channel faked at the HTTP edge. It is Monday evening, when nobody is disturbed; Ann has offered two
/// things to Bob.
/// </summary>
public sealed class DigestTests : IAsyncLifetime
{
    private const string Heading = "These 2 waited for you";

    private readonly Desk _desk = new(new OfficeOptions());
    private Delegation _report = null!;
    private Delegation _budget = null!;
    private int _operations;

    public async ValueTask InitializeAsync()
    {
        await _desk.MeetAsync(Ann, "Ann Abel");
        await _desk.MeetAsync(Bob, "Bob Berg");
        _desk.Clock.Advance(TimeSpan.FromHours(11));
        _report = await OfferAsync("Quarterly report");
        _budget = await OfferAsync("Budget table");
        await _desk.PassAsync(WorkScheduler.Ahead);
    }

    public ValueTask DisposeAsync()
    {
        _desk.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_came_at_night_comes_in_one_message_when_the_day_begins()
    {
        Assert.Empty(Seen(Bob));
        Assert.Equal(2, Seen(Ann).Count); // Her own cards, which she asked for by offering.
        await UntilAsync(8, 59);
        Assert.Empty(Seen(Bob));

        await UntilAsync(9, 0);
        var digest = Assert.Single(Seen(Bob)).Words;
        Assert.Contains($"{Heading}\nQuarterly report\nAnn Abel asks you to take this on.\nOpen\nBudget table\nAnn Abel asks you to take this on.\nOpen", digest);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task One_wake_up_is_enough_for_any_number()
    {
        await UntilAsync(8, 59);
        Assert.Equal(1, await _desk.PassAsync(TimeSpan.FromMinutes(2)));
        Assert.Single(Seen(Bob));
    }

    [Fact]
    public async Task What_was_opened_meanwhile_drops_out()
    {
        await _desk.Store.BringAsync(_report, Bob, Desk.Cancel);
        await _desk.RunAsync(_report);
        Assert.Contains("Ann Abel asks you to take this on.", Assert.Single(Seen(Bob)).Words);

        await UntilAsync(9, 0);
        var digest = Seen(Bob)[^1].Words;
        Assert.Contains("This waited for you\nBudget table", digest);
        Assert.DoesNotContain("Quarterly report", digest);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Whoever_acted_meanwhile_is_not_told_of_what_they_have_seen()
    {
        await UntilAsync(10, 0);
        await DoAsync(_report, d => QuestionRules.Ask(d, By(Bob), "Which template?"));
        await _desk.RunAsync(_report);
        await UntilAsync(20, 0);
        await DoAsync(_report, d => QuestionRules.Answer(d, By(Ann), "Q1", "The blue one"));
        await _desk.RunAsync(_report);
        await DoAsync(_report, d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_report);
        var before = Seen(Bob).Count;

        await UntilAsync(10, 0);
        Assert.Equal(before, Seen(Bob).Count);
        Assert.Contains("Bob Berg accepted.", Seen(Ann)[^1].Words);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Cards_that_are_there_are_renewed_at_once_and_silently()
    {
        var cards = Seen(Ann).Count;
        await DoAsync(_report, d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_report);

        Assert.Equal(cards, Seen(Ann).Count);
        Assert.Contains(Seen(Ann), card => card.Words.Contains($"Back-brief: {Brief}", StringComparison.Ordinal));
        // Bob has no card yet. He acted, so he gets one, and needs not be told of the offer.
        Assert.Contains("Complete step 1", Assert.Single(Seen(Bob)).Words);
        await UntilAsync(9, 0);
        Assert.Contains("This waited for you\nQuarterly report\nBob Berg accepted. Please read the back-brief.", Seen(Ann)[^1].Words);
        Assert.Contains("This waited for you\nBudget table", Seen(Bob)[^1].Words);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_renewal_makes_no_message_in_quiet_hours()
    {
        await DoAsync(_report, d => QuestionRules.Ask(d, By(Bob), "Which template?"));
        await _desk.RunAsync(_report);
        var cards = Seen(Bob).Count;
        _desk.Teams.Fault = request => request.Method == HttpMethod.Put ? Answer(HttpStatusCode.NotFound, "ActivityNotFoundInConversation") : null;
        await _desk.Tables.CommitAsync(Desk.WakeUp(_report).Partition, [Outbox.Renew(Bob)], Desk.Cancel);
        await _desk.RunAsync(_report);
        await _desk.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(cards, Seen(Bob).Count);
    }

    [Fact]
    public async Task What_cannot_wait_does_not_and_takes_the_rest_along()
    {
        await _desk.Tables.CommitAsync(
            Desk.WakeUp(_report).Partition, [Outbox.Tell(Bob, 99, "The fire brigade needs it now.", NoticeKind.Reminder, _desk.Clock.GetUtcNow(), isUrgent: true)], Desk.Cancel);
        await _desk.RunAsync(_report);
        var card = Assert.Single(Seen(Bob)).Words;
        Assert.Contains("The fire brigade needs it now.", card);
        Assert.Contains("Ann Abel asks you to take this on.", card);

        await UntilAsync(9, 0);
        Assert.DoesNotContain("Quarterly report", Seen(Bob)[^1].Words);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Hosts_that_wake_up_together_send_one()
    {
        _desk.Clock.Advance(At(9, 0) - _desk.Clock.GetUtcNow());
        _desk.Teams.Delay = TimeSpan.FromMilliseconds(30);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _desk.Digest.RunAsync(WakeUp(Bob), Desk.Cancel).AsTask())));
        for (var minute = 0; minute < 10; minute++)
        {
            await _desk.PassAsync(TimeSpan.FromMinutes(1));
        }
        Assert.Single(Seen(Bob));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task An_aggregate_that_wakes_up_beside_the_digest_does_not_tell_it_too()
    {
        _desk.Clock.Advance(At(9, 0) - _desk.Clock.GetUtcNow());
        _desk.Teams.Delay = TimeSpan.FromMilliseconds(30);
        await Task.WhenAll(
            _desk.Digest.RunAsync(WakeUp(Bob), Desk.Cancel).AsTask(), Task.Run(() => _desk.RunAsync(_report), Desk.Cancel), Task.Run(() => _desk.RunAsync(_budget), Desk.Cancel));
        for (var minute = 0; minute < 30; minute++)
        {
            await _desk.PassAsync(TimeSpan.FromMinutes(1));
        }
        Assert.Single(Seen(Bob));
    }

    [Fact]
    public async Task A_card_that_is_asked_for_while_the_digest_is_sent_does_not_tell_it_again()
    {
        _desk.Clock.Advance(At(9, 0) - _desk.Clock.GetUtcNow());
        var asked = false;
        _desk.Teams.Fault = request =>
        {
            if (!asked && request.Method == HttpMethod.Post)
            {
                asked = true;
                Task.Run(async () =>
                {
                    await _desk.Store.BringAsync(_report, Bob, Desk.Cancel);
                    await _desk.RunAsync(_report);
                }).Wait();
            }
            return null;
        };
        await _desk.Digest.RunAsync(WakeUp(Bob), Desk.Cancel);
        for (var minute = 0; minute < 5; minute++)
        {
            await _desk.PassAsync(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(2, Seen(Bob).Count);
        Assert.Single(Seen(Bob), message => message.Words.Contains("Quarterly report", StringComparison.Ordinal) && message.Words.Contains("Ann Abel asks you to take this on.", StringComparison.Ordinal));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task More_than_fit_in_one_message_come_in_a_second()
    {
        for (var number = 0; number < 85; number++)
        {
            await OfferAsync($"Task {number}");
        }
        await _desk.PassAsync(WorkScheduler.Ahead);
        await UntilAsync(9, 1);
        Assert.Equal(2, Seen(Bob).Count);
        Assert.Contains("These 80 waited for you", Seen(Bob)[0].Words);
        Assert.Contains("And 60 more. Type help to see everything that waits for you.", Seen(Bob)[0].Words);
        Assert.Contains("These 7 waited for you", Seen(Bob)[1].Words);
    }

    [Fact]
    public async Task A_host_that_died_while_sending_is_made_up_for()
    {
        _desk.Clock.Advance(At(9, 0) - _desk.Clock.GetUtcNow());
        _desk.Teams.Fault = request => request.Method == HttpMethod.Post ? throw new InvalidOperationException("The host dies here.") : null;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _desk.Digest.RunAsync(WakeUp(Bob), Desk.Cancel).AsTask());
        _desk.Teams.Fault = _ => null;
        await _desk.Digest.RunAsync(WakeUp(Bob), Desk.Cancel);
        Assert.Empty(Seen(Bob));
        for (var minute = 0; minute < 3; minute++)
        {
            await _desk.PassAsync(TimeSpan.FromMinutes(1));
        }
        Assert.Contains(Heading, Assert.Single(Seen(Bob)).Words);
        await NothingIsLeftAsync();
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task What_fails_for_the_moment_is_sent_later(HttpStatusCode status)
    {
        _desk.Teams.Fault = request => request.Method == HttpMethod.Post ? Answer(status, "x") : null;
        await UntilAsync(9, 0);
        _desk.Teams.Fault = _ => null;
        Assert.Empty(Seen(Bob));
        for (var minute = 0; minute < 3; minute++)
        {
            await _desk.PassAsync(TimeSpan.FromMinutes(1));
        }
        Assert.Contains(Heading, Assert.Single(Seen(Bob)).Words);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_noted_on_every_card_of_the_other_side()
    {
        _desk.Teams.Fault = request => request.RequestUri!.ToString().Contains("bob", StringComparison.Ordinal) ? Answer(HttpStatusCode.Forbidden, "ConversationBlockedByUser") : null;
        await UntilAsync(9, 0);
        for (var minute = 0; minute < 10; minute++)
        {
            await _desk.PassAsync(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(2, Seen(Ann).Count(card => card.Words.Contains("Bob Berg has not been told: they have blocked me.", StringComparison.Ordinal)));
        Assert.Equal(0, await _desk.PassAsync(TimeSpan.FromDays(1)));

        _desk.Teams.Fault = _ => null;
        await _desk.Directory.UpdateAsync(Desk.Tenant, Bob, person => person! with { Unreachable = null }, Desk.Cancel);
        await _desk.Missed.RetryAsync(new WakeUp(PeopleHandlers.ReachableAgain, PeopleStore.Partition(Desk.Tenant, Bob)), Desk.Cancel);
        await _desk.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, Seen(Bob).Count);
    }

    [Fact]
    public async Task Who_goes_away_is_told_when_they_are_back()
    {
        await AwayAsync(Bob, 24, 25);
        await UntilAsync(9, 0);
        await UntilAsync(9, 0);
        Assert.Empty(Seen(Bob));
        await UntilAsync(9, 0);
        Assert.Contains(Heading, Assert.Single(Seen(Bob)).Words);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Who_is_back_early_is_told_then()
    {
        await AwayAsync(Bob, 24, 30);
        await UntilAsync(10, 0);
        Assert.Empty(Seen(Bob));
        await _desk.Directory.UpdateAsync(Desk.Tenant, Bob, person => person! with { Absences = null }, Desk.Cancel);
        await _desk.Digest.RunAsync(new WakeUp(AbsenceHandlers.CameBack, PeopleStore.Partition(Desk.Tenant, Bob)), Desk.Cancel);
        Assert.Contains(Heading, Assert.Single(Seen(Bob)).Words);
        await UntilAsync(9, 0);
        Assert.Single(Seen(Bob));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task What_was_turned_down_never_comes_but_the_card_shows_it()
    {
        await TurnDownAsync(Ann, NoticeKind.Answer, Telling.Off);
        await UntilAsync(10, 0);
        var cards = Seen(Ann).Count;
        await DoAsync(_report, d => OfferRules.Accept(d, By(Bob), Brief));
        await _desk.RunAsync(_report);
        await UntilAsync(10, 0);
        Assert.Equal(cards, Seen(Ann).Count);
        Assert.Contains(Seen(Ann), card => card.Words.Contains($"Back-brief: {Brief}", StringComparison.Ordinal));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task What_is_wanted_once_a_day_comes_the_next_morning()
    {
        await TurnDownAsync(Ann, NoticeKind.Answer, Telling.Digest);
        await UntilAsync(10, 0);
        var cards = Seen(Ann).Count;
        await DoAsync(_report, d => OfferRules.Accept(d, By(Bob), Brief));
        await DoAsync(_budget, d => OfferRules.Decline(d, By(Bob), "No time"));
        await _desk.RunAsync(_report);
        await _desk.RunAsync(_budget);
        await UntilAsync(17, 0);
        Assert.Equal(cards, Seen(Ann).Count);
        await UntilAsync(9, 0);
        Assert.Contains(Heading, Seen(Ann)[^1].Words);
        Assert.Equal(cards + 1, Seen(Ann).Count);
    }

    [Fact]
    public async Task A_reminder_comes_when_it_is_due_unless_it_is_withdrawn()
    {
        await UntilAsync(10, 0);
        foreach (var (delegation, isWithdrawn) in new[] { (_report, false), (_budget, true) })
        {
            var wakeUp = Desk.WakeUp(delegation);
            await _desk.Scheduler.PrepareAsync(wakeUp, At(15, 0), Desk.Cancel);
            await _desk.Tables.CommitAsync(wakeUp.Partition, [Outbox.TellLater(Bob, "answer", "Your answer is still awaited.", NoticeKind.Reminder, At(15, 0))], Desk.Cancel);
            if (isWithdrawn)
            {
                await _desk.Tables.CommitAsync(wakeUp.Partition, [Outbox.Withdraw(Bob, "answer")], Desk.Cancel);
            }
            // Another message meanwhile does not take it along.
            await _desk.Store.BringAsync(delegation, Bob, Desk.Cancel);
            await _desk.RunAsync(delegation);
        }
        await UntilAsync(14, 59);
        Assert.DoesNotContain(Seen(Bob), card => card.Words.Contains("awaited.", StringComparison.Ordinal) && card.Words.Contains("still", StringComparison.Ordinal));
        await UntilAsync(15, 0);
        Assert.Contains("Quarterly report", Assert.Single(Seen(Bob), card => card.Words.Contains("Your answer is still awaited.", StringComparison.Ordinal)).Words);
    }

    private async Task<Delegation> OfferAsync(string title) => await _desk.Store.CreateAsync(
        Desk.Tenant,
        title,
        null,
        id => OfferRules.Offer(id, Desk.Tenant, title, new Party(Ann, "Ann Abel"), new Party(Bob, "Bob Berg"), Terms(Evidence.None, Evidence.None) with { Title = title, Silence = Silence.Of(OnSilence.Hold), Due = Friday with { At = Friday.At.AddDays(30) } }, _desk.Clock.GetUtcNow()),
        Desk.Cancel);

    private Act By(string who) => new(who, 1, _desk.Clock.GetUtcNow());

    private async Task DoAsync(Delegation delegation, Func<Delegation, Outcome> decide) =>
        Assert.IsType<Outcome.Changed>(await _desk.UpdateAsync(delegation, Desk.Operation(++_operations), decide));

    /// <summary>Lets time pass until the next time of that kind, a minute at a time near it.</summary>
    private async Task UntilAsync(int hour, int minute)
    {
        var until = At(hour, minute);
        while (_desk.Clock.GetUtcNow() < until)
        {
            var left = until - _desk.Clock.GetUtcNow();
            await _desk.PassAsync(left > TimeSpan.FromMinutes(30) ? TimeSpan.FromMinutes(10) : left > TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : left);
        }
    }

    private DateTimeOffset At(int hour, int minute)
    {
        var now = _desk.Clock.GetUtcNow();
        var at = new DateTimeOffset(now.Date, TimeSpan.Zero).AddHours(hour).AddMinutes(minute);
        return at > now ? at : at.AddDays(1);
    }

    private async Task NothingIsLeftAsync()
    {
        Assert.Empty(await _desk.OutboxAsync(_report));
        Assert.Empty(await _desk.OutboxAsync(_budget));
        foreach (var who in (string[])[Ann, Bob])
        {
            var rows = await _desk.Tables.QueryAsync(PeopleStore.Partition(Desk.Tenant, who), "digest|", 100, null, Desk.Cancel);
            // A wake-up that is still to come finds nothing.
            Assert.DoesNotContain(rows, row => !row.Key.StartsWith("digest|wake|", StringComparison.Ordinal));
        }
    }

    private async Task AwayAsync(string who, int from, int until) =>
        await _desk.Directory.UpdateAsync(Desk.Tenant, who, person => person! with { Absences = [new Absence(new(2026, 11, from), new(2026, 11, until), "UTC")] }, Desk.Cancel);

    private async Task TurnDownAsync(string who, NoticeKind kind, Telling telling) =>
        await _desk.Directory.UpdateAsync(Desk.Tenant, who, person => person! with { TurnedDown = ImmutableSortedDictionary<NoticeKind, Telling>.Empty.Add(kind, telling) }, Desk.Cancel);

    private static WakeUp WakeUp(string who) => new(DigestStore.Kind, PeopleStore.Partition(Desk.Tenant, who));

    private IReadOnlyList<ShownMessage> Seen(string who) => _desk.Teams.Messages($"a:{who}");

    private static HttpResponseMessage Answer(HttpStatusCode status, string code) =>
        new(status) { Content = new StringContent($$"""{"error":{"code":"{{code}}","message":"no"} }""", Encoding.UTF8, "application/json") };
}
