using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Recurrences;
using CoordinationBot.Tests.Delegations;

namespace CoordinationBot.Tests.Recurrences;

public sealed class RecurrenceStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly First = new(2026, 11, 27);

    private readonly Desk _desk = new();
    private readonly RecurrenceStore _store;

    public RecurrenceStoreTests() => _store = new RecurrenceStore(_desk.Tables, _desk.Scheduler);

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_draft_begins_one_however_often_it_is_sent()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await BeginAsync("draft-1"))));
        var one = Assert.Single(all.Select(series => series.Id).Distinct());
        Assert.Equal(one, (await _store.FindByOriginAsync(Desk.Tenant, "draft-1", CancellationToken.None))!.Id);
        Assert.NotEqual(one, (await BeginAsync("draft-2")).Id);
        Assert.Null(await _store.FindByOriginAsync(Desk.Tenant, "draft-3", CancellationToken.None));
        Assert.Null(await _store.FindByOriginAsync("another tenant", "draft-1", CancellationToken.None));
    }

    [Fact]
    public async Task Eight_who_leave_out_dates_at_once_leave_out_each_of_them()
    {
        var series = await BeginAsync("draft-1");
        await Task.WhenAll(Enumerable.Range(1, 8).Select(week => Task.Run(async () =>
            await _store.UpdateAsync(Desk.Tenant, series.Id, $"press-{week}", known => SeriesRules.LeaveOut(known, First.AddDays(7 * week), First.AddDays(7 * week), "ann", Now), CancellationToken.None))));
        var after = (await _store.FindAsync(Desk.Tenant, series.Id, CancellationToken.None))!;
        Assert.Equal(Enumerable.Range(1, 8).Select(week => First.AddDays(7 * week)), after.LeftOut.Order());
        Assert.Equal(Enumerable.Range(1, 9).Reverse(), (await _store.HistoryAsync(after, 20, CancellationToken.None)).Select(entry => entry.Number));
        Assert.Equal([9, 8, 7], (await _store.HistoryAsync(after, 3, CancellationToken.None)).Select(entry => entry.Number));
    }

    [Fact]
    public async Task The_same_press_again_changes_nothing()
    {
        var series = await BeginAsync("draft-1");
        for (var repeat = 0; repeat < 3; repeat++)
        {
            var week = repeat + 1;
            await _store.UpdateAsync(Desk.Tenant, series.Id, "press", known => SeriesRules.LeaveOut(known, First.AddDays(7 * week), First.AddDays(7 * week), "ann", Now), CancellationToken.None);
        }
        Assert.Equal([First.AddDays(7)], (await _store.FindAsync(Desk.Tenant, series.Id, CancellationToken.None))!.LeftOut);
    }

    [Fact]
    public async Task Lists_come_page_by_page_and_know_nothing_of_what_has_ended()
    {
        List<Series> begun = [];
        for (var number = 0; number < 12; number++)
        {
            begun.Add(await BeginAsync($"draft-{number}"));
            await _store.ListAsync(begun[^1], CancellationToken.None);
        }
        Assert.Equal(begun.Select(series => series.Id).Order(), await ListedAsync("ann"));
        Assert.Equal(begun.Select(series => series.Id).Order(), await ListedAsync("bob"));
        Assert.Empty(await ListedAsync("eve"));
        var ended = (await _store.UpdateAsync(Desk.Tenant, begun[0].Id, "press", known => SeriesRules.End(known, "ann", Now), CancellationToken.None))!.State;
        // Also before its rows are taken out.
        Assert.Equal(11, (await ListedAsync("bob")).Count);
        await _store.ListAsync(ended, CancellationToken.None);
        Assert.Equal(11, (await ListedAsync("ann")).Count);
        Assert.True(await _store.HasAnyAsync(Desk.Tenant, "ann", CancellationToken.None));
        Assert.False(await _store.HasAnyAsync(Desk.Tenant, "eve", CancellationToken.None));
    }

    private async Task<IReadOnlyList<string>> ListedAsync(string who)
    {
        List<string> ids = [];
        string? after = null;
        do
        {
            var (page, next) = await _store.ListAsync(Desk.Tenant, who, after, 5, CancellationToken.None);
            Assert.InRange(page.Count, 0, 5);
            ids.AddRange(page.Select(series => series.Id));
            after = next;
        }
        while (after is not null);
        return ids;
    }

    private async Task<Series> BeginAsync(string origin)
    {
        var terms = Samples.Terms(Evidence.None) with { Due = new Due(new DateTimeOffset(2026, 11, 27, 16, 0, 0, TimeSpan.Zero), "Europe/Berlin") };
        var draft = new RepeatedDraft(origin, new Repetition(Repeats.Weekly, OnHoliday.LeaveOut, null), new Party("ann", "Ann Abel"), new Party("bob", "Bob Berg"), terms, null);
        return await _store.CreateAsync(Desk.Tenant, origin, id => SeriesRules.Begin(SeriesRules.Of(id, Desk.Tenant, draft, _desk.Office.Times, Now)!), CancellationToken.None);
    }
}
