using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Storage;
using CsCheck;
using static CoordinationBot.Tests.Delegations.Samples;

namespace CoordinationBot.Tests.Delegations;

public sealed class DelegationStoreTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Eight_who_ask_and_complete_at_once_all_get_what_they_did_exactly_once()
    {
        const int Rounds = 3;
        var delegation = await _desk.CreateAsync(steps: 8);
        await _desk.UpdateAsync(delegation, "accept", d => OfferRules.Accept(d, By(Bob), Brief));

        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
            {
                var outcome = writer % 2 == 0
                    ? await _desk.UpdateAsync(delegation, $"complete-{round}-{writer}", d => StepRules.Complete(d, By(Bob), d.NextStep, $"{round}-{writer}"))
                    : await _desk.UpdateAsync(delegation, $"ask-{round}-{writer}", d => QuestionRules.Ask(d, By(Bob), $"{round}-{writer}?"));
                Assert.True(outcome is Outcome.Changed or Outcome.Refused { Sentence: "There is no such step." }, outcome?.ToString());
            })));
        }

        var after = await _desk.FindAsync(delegation);
        var history = await _desk.HistoryAsync(delegation);
        Assert.Equal(8, after.Completions.Select(completion => completion.Evidence).Distinct().Count());
        Assert.Equal(4 * Rounds, after.Questions.Select(question => question.Text).Distinct().Count());
        Assert.Equal(2 + 8 + (4 * Rounds), after.Revision);
        Assert.Equal(Enumerable.Range(1, after.Revision).Reverse(), history.Select(entry => entry.Number));
        Assert.Equal(history.Count, history.Select(entry => entry.What).Distinct().Count());
    }

    [Fact]
    public async Task A_repeated_operation_gives_unchanged_and_writes_nothing()
    {
        var delegation = await _desk.CreateAsync();
        Outcome Refuse(Delegation d) => DelegationRules.Forbid(d, By(Bob), "something", "No.");
        Assert.IsType<Outcome.Changed>(await _desk.UpdateAsync(delegation, "one", d => QuestionRules.Ask(d, By(Bob), "Which?")));
        Assert.IsType<Outcome.Refused>(await _desk.UpdateAsync(delegation, "two", Refuse));
        var (before, commits) = (await _desk.FindAsync(delegation), _desk.Tables.Commits);

        // Decided anew it would be another change: only the operation id says that it was done.
        Assert.IsType<Outcome.Unchanged>(await _desk.UpdateAsync(delegation, "one", d => QuestionRules.Ask(d, By(Bob), "Another?")));
        Assert.IsType<Outcome.Unchanged>(await _desk.UpdateAsync(delegation, "two", Refuse));

        Assert.Equal(commits, _desk.Tables.Commits);
        Assert.Equal(before.Revision, (await _desk.FindAsync(delegation)).Revision);
    }

    [Fact]
    public async Task One_operation_that_runs_twice_at_once_is_done_once()
    {
        var delegation = await _desk.CreateAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(run =>
            Task.Run(async () => await _desk.UpdateAsync(delegation, "same", d => QuestionRules.Ask(d, By(Bob), $"Asked by run {run}")))));

        Assert.Single(outcomes.OfType<Outcome.Changed>());
        Assert.Equal(7, outcomes.OfType<Outcome.Unchanged>().Count());
        Assert.Single((await _desk.FindAsync(delegation)).Questions);
    }

    [Fact]
    public async Task However_many_hang_together_in_it_it_can_be_ended_in_one_commit_and_what_no_longer_fits_is_said()
    {
        Policy[] policies = [.. Enumerable.Range(1, 4).Select(number => new Policy($"P-{number}", PolicySubject.Spending, "ask", null, null, new Party($"finance-{number}", $"Finance {number}")))];
        var chain = new Chain([], Mandate.BuiltIn, policies, []);
        var bounds = new Bounds { Budget = new Money(5000, "EUR"), Involvement = Involvement.Anyone, Depth = 1 };
        var terms = Terms() with { Type = AuthorizationType.Flexible, Aim = "A fair", Bounds = bounds };
        var delegation = await _desk.Store.CreateAsync(Desk.Tenant, "draft", null, id => OfferRules.Offer(id, Desk.Tenant, "draft", new Party(Ann, "Ann Abel"), new Party(Bob, "Bob Berg"), terms, Now), Desk.Cancel);
        await _desk.UpdateAsync(delegation, "accept", d => OfferRules.Accept(d, By(Bob), Brief));
        var refused = 0;
        async Task DeclareAsync(string key, DeclaredAct act)
        {
            switch (await _desk.UpdateAsync(delegation, key, d => DeclareRules.Declare(d, chain, By(Bob), key, act, "It is needed.")))
            {
                case Outcome.Refused refusal:
                    Assert.Contains("No more fits into one delegation", refusal.Sentence);
                    refused++;
                    break;
                case var other:
                    Assert.IsType<Outcome.Changed>(other);
                    break;
            }
        }
        for (var number = 0; number < DelegationLimits.Children; number++)
        {
            await DeclareAsync($"hand-{number}", new DeclaredAct.HandOn(ReadableIds.From('D', "child", number.ToString(CultureInfo.InvariantCulture), 0), $"draft-{number}", new Party($"helper-{number}", $"Helper {number}"), terms with { Bounds = Bounds.None }));
        }
        for (var number = 0; number < DelegationLimits.Held; number++)
        {
            await DeclareAsync($"spend-{number}", new DeclaredAct.Spend(new Money(10, "EUR"), $"thing {number}"));
        }
        var full = await _desk.FindAsync(delegation);
        Assert.Equal(DelegationLimits.Children, full.Dealings.Children.Count);
        Assert.InRange(full.Dealings.Held.Count, 3, DelegationLimits.Held - 1);
        Assert.Equal(DelegationLimits.Held, full.Dealings.Held.Count + refused);

        // All that waits is old enough to have been reminded of.
        Assert.IsType<Outcome.Changed>(await _desk.UpdateAsync(delegation, "revoke", d => OfferRules.Revoke(d, By(Ann) with { Now = Now.AddDays(3) }, "It is over.")));
        Assert.Equal(DelegationState.Revoked, (await _desk.FindAsync(delegation)).State);
    }

    [Fact]
    public async Task A_random_history_through_the_store_ends_where_the_rules_alone_end()
    {
        var number = 0;
        List<(int Steps, RandomAct[] Acts)> histories = [];
        RandomActs.Histories.Sample(histories.Add, iter: 12, threads: 1);
        foreach (var history in histories)
        {
            var walk = new Walk(history.Steps);
            var evidence = Enumerable.Range(0, history.Steps).Select(index => (Evidence)(index % 3)).ToArray();
            var origin = $"draft-{number++}";
            var stored = await _desk.Store.CreateAsync(
                Desk.Tenant, origin, null, id => OfferRules.Offer(id, Desk.Tenant, origin, new Party(Ann, "Ann Abel"), new Party(Bob, "Bob Berg"), Terms(evidence), Now), Desk.Cancel);
            // Every third commit meets somebody faster.
            var tries = 0;
            _desk.Tables.BeforeCommit = (_, changes) => Task.FromResult(changes[0].Key == "state" && ++tries % 3 == 0 ? "state" : null);
            foreach (var random in history.Acts)
            {
                var act = random.Against(walk.Now);
                walk.Do(act);
                await _desk.UpdateAsync(stored, Desk.Operation(number++), act.Do);
            }
            _desk.Tables.BeforeCommit = null;

            var after = await _desk.FindAsync(stored);
            Assert.Equal(Json(walk.Now with { Id = after.Id, Origin = origin, Seal = after.Seal }), Json(after));
            Assert.Equal(walk.History.AsEnumerable().Reverse(), (await _desk.HistoryAsync(stored)).Select(entry => entry.Number));
        }
    }

    [Fact]
    public async Task When_the_host_dies_between_commit_and_nudge_the_prepared_wake_up_delivers()
    {
        await MeetAsync();
        var delegation = await _desk.CreateAsync();
        await _desk.PassAsync(WorkScheduler.Ahead);
        var before = _desk.Teams.Messages("a:ann").Count;
        _desk.Tables.AfterCommit = (_, _) => throw new StorageException("died", new IOException());

        await Assert.ThrowsAsync<StorageException>(async () => await _desk.UpdateAsync(delegation, "ask", d => QuestionRules.Ask(d, By(Bob), "Which template?")));
        _desk.Tables.AfterCommit = null;
        var nudges = _desk.Nudges;
        Assert.Equal(0, await _desk.PassAsync(WorkScheduler.Ahead - TimeSpan.FromSeconds(1)));
        await _desk.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(nudges, _desk.Nudges);
        Assert.Equal(before + 1, _desk.Teams.Messages("a:ann").Count);
        Assert.Contains("Which template?", _desk.Teams.Messages("a:ann")[^1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_host_dies_before_the_commit_the_wake_up_is_harmless()
    {
        await MeetAsync();
        _desk.Tables.BeforeCommit = (_, _) => throw new StorageException("died", new IOException());

        await Assert.ThrowsAsync<StorageException>(() => _desk.CreateAsync());
        _desk.Tables.BeforeCommit = null;

        Assert.Equal(1, await _desk.PassAsync(WorkScheduler.Ahead));
        Assert.Empty(_desk.Teams.Messages("a:bob"));
        Assert.Equal(0, await _desk.PassAsync(TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task A_draft_that_is_sent_again_finds_what_was_sent()
    {
        var first = await _desk.CreateAsync();
        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _desk.CreateAsync())));

        Assert.All(again, delegation => Assert.Equal(first.Id, delegation.Id));
        Assert.Equal(first.Id, (await _desk.Store.FindByOriginAsync(Desk.Tenant, "draft-1", Desk.Cancel))!.Id);
        Assert.Null(await _desk.Store.FindByOriginAsync(Desk.Tenant, "draft-2", Desk.Cancel));
    }

    [Fact]
    public async Task An_id_that_another_draft_has_is_passed_over()
    {
        var first = await _desk.CreateAsync("draft-1");
        await _desk.CreateAsync("draft-1-neighbour");
        // Somebody else's delegation lies where this draft's id would be.
        var taken = first with { Id = IdOf("draft-2", 0), Origin = "another" };
        await _desk.Tables.CommitAsync(DelegationStore.Partition(Desk.Tenant, taken.Id), [new Change.Insert("state", JsonRows.Bytes(taken, DelegationJson.Default.Delegation))], Desk.Cancel);

        var second = await _desk.CreateAsync("draft-2");

        Assert.Equal(IdOf("draft-1", 0), first.Id);
        Assert.Equal(IdOf("draft-2", 1), second.Id);
        Assert.Equal("another", (await _desk.FindAsync(taken)).Origin);
        Assert.Equal(second.Id, (await _desk.Store.FindByOriginAsync(Desk.Tenant, "draft-2", Desk.Cancel))!.Id);
        Assert.Equal(second.Id, (await _desk.CreateAsync("draft-2")).Id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("D-")]
    [InlineData("D-0000000")]
    [InlineData("D-OOOOOO")]
    [InlineData("d-000000")]
    [InlineData("X-000000")]
    [InlineData("D-00|000")]
    [InlineData("D-000000")]
    public async Task What_is_no_id_or_nobodys_finds_nothing(string? id) =>
        Assert.Null(await _desk.Store.UpdateAsync(Desk.Tenant, id, "one", _ => throw new InvalidOperationException(), Desk.Cancel));

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(45)]
    public async Task The_history_is_paged_without_gaps_or_repeats(int entries)
    {
        var delegation = await _desk.CreateAsync();
        for (var entry = 2; entry <= entries; entry++)
        {
            await _desk.UpdateAsync(delegation, Desk.Operation(entry), d => DelegationRules.Forbid(d, By(Bob), "something", "No."));
        }
        delegation = await _desk.FindAsync(delegation);

        List<int> numbers = [];
        for (var before = delegation.Revision + 1; before > 1; before = numbers[^1])
        {
            var page = await _desk.Store.HistoryAsync(delegation, before, ListCards.HistoryLength, Desk.Cancel);
            Assert.Equal(Math.Min(ListCards.HistoryLength, before - 1), page.Count);
            numbers.AddRange(page.Select(entry => entry.Number));
        }

        Assert.Equal(Enumerable.Range(1, entries).Reverse(), numbers);
        // What a tampered button asks for.
        Assert.Empty(await _desk.Store.HistoryAsync(delegation, 1, ListCards.HistoryLength, Desk.Cancel));
        Assert.Empty(await _desk.Store.HistoryAsync(delegation, int.MinValue, ListCards.HistoryLength, Desk.Cancel));
    }

    [Fact]
    public async Task An_older_state_never_overwrites_a_newer_one_in_the_lists()
    {
        var older = await _desk.CreateAsync();
        var newer = Done(OfferRules.Accept(older, By(Bob), Brief));

        await _desk.Index.WriteAsync(newer, Desk.Cancel);
        await _desk.Index.WriteAsync(older, Desk.Cancel);

        Assert.Equal(DelegationState.Accepted, Assert.Single(await ListAsync(Bob, Role.Assignee)).State);
        Assert.Equal(DelegationState.Accepted, Assert.Single(await ListAsync(Ann, Role.Leader)).State);
        Assert.Empty(await ListAsync(Bob, Role.Leader));
    }

    [Fact]
    public async Task Closing_takes_it_out_of_the_open_lists_even_when_an_older_state_comes_late()
    {
        var open = await _desk.CreateAsync();
        var revoked = Done(OfferRules.Revoke(open, By(Ann), "why"));

        await _desk.Index.WriteAsync(open, Desk.Cancel);
        await _desk.Index.WriteAsync(revoked, Desk.Cancel);
        Assert.Empty(await ListAsync(Bob, Role.Assignee));

        // Another host had read the open state before and is only now writing it.
        await _desk.Index.WriteAsync(open, Desk.Cancel);
        Assert.Empty(await ListAsync(Bob, Role.Assignee));
        Assert.Empty(await ListAsync(Ann, Role.Leader));
    }

    [Fact]
    public async Task Closing_while_an_older_state_is_being_listed_leaves_it_closed()
    {
        var open = await _desk.CreateAsync();
        var revoked = Done(OfferRules.Revoke(open, By(Ann), "why"));
        var between = false;
        _desk.Tables.BeforeCommit = async (_, _) =>
        {
            if (!between)
            {
                between = true;
                await _desk.Index.WriteAsync(revoked, Desk.Cancel);
            }
            return null;
        };

        await _desk.Index.WriteAsync(open, Desk.Cancel);

        Assert.Empty(await ListAsync(Bob, Role.Assignee));
        Assert.Empty(await ListAsync(Ann, Role.Leader));
    }

    [Fact]
    public async Task A_store_that_always_conflicts_is_an_error_and_not_a_silent_success()
    {
        var delegation = await _desk.CreateAsync();
        _desk.Tables.BeforeCommit = (_, _) => Task.FromResult<string?>("state");

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _desk.UpdateAsync(delegation, "one", d => QuestionRules.Ask(d, By(Bob), "Which?")));
    }

    private async Task MeetAsync()
    {
        await _desk.MeetAsync(Ann, "Ann Abel");
        await _desk.MeetAsync(Bob, "Bob Berg");
    }

    private async Task<IReadOnlyList<IndexEntry>> ListAsync(string who, Role role) => await _desk.Index.ListAsync(Desk.Tenant, who, role, open: true, 100, Desk.Cancel);

    private static string Json(Delegation delegation) => Encoding.UTF8.GetString(JsonRows.Bytes(delegation, DelegationJson.Default.Delegation).Span);

    /// <summary>How ids come from drafts; if that changes, a draft sent before an update could be sent a second time after it.</summary>
    private static string IdOf(string origin, int attempt) =>
        "D-" + string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes($"{Desk.Tenant}|{origin}|{attempt}")).Take(6).Select(value => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[value % 32]));
}
