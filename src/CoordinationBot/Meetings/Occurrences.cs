namespace CoordinationBot.Meetings;

/// <summary>The meetings of the dates of a series, found by series and date, and made when there is none yet: whoever does it, however often, it is one.</summary>
internal sealed class Occurrences(MeetingStore store)
{
    /// <summary>So many dates are looked through for the last one that has a meeting.</summary>
    private const int MostBack = 10;

    public ValueTask<Meeting?> FindAsync(Meeting series, DateOnly date, CancellationToken cancel) =>
        store.FindByOriginAsync(series.Tenant, MeetingOccurrence.OriginOf(series.Id, date), cancel);

    /// <summary>The meeting of a date, also of one that is far ahead; null: the series has no such date.</summary>
    public async ValueTask<Meeting?> MakeAsync(Meeting series, DateOnly date, DateTimeOffset now, CancellationToken cancel)
    {
        if (await FindAsync(series, date, cancel) is { } known)
        {
            return known;
        }
        // The series knows of it first: whoever ends it meanwhile takes it back.
        var outcome = await store.UpdateAsync(series.Tenant, series.Id, null, current => MeetingSeriesRules.MakeEarly(current, date, now), cancel);
        return outcome?.State is { } state && IsToBeMade(state, date, now) ? await CreateAsync(state, date, now, cancel) : null;
    }

    public ValueTask<Meeting> CreateAsync(Meeting series, DateOnly date, DateTimeOffset now, CancellationToken cancel) =>
        store.CreateAsync(series.Tenant, MeetingOccurrence.OriginOf(series.Id, date), null, id => OccurrenceRules.Begin(series, id, date, now), cancel);

    /// <summary>The next one that is to begin; null: nothing more comes.</summary>
    public async ValueTask<Meeting?> NextAsync(Meeting series, DateTimeOffset now, CancellationToken cancel) =>
        SeriesDates.NextOf(series.Series!, now) is var (date, _) ? await MakeAsync(series, date, now, cancel) : null;

    /// <summary>The last one that has begun; null: none has.</summary>
    public async ValueTask<Meeting?> LastAsync(Meeting series, DateTimeOffset now, CancellationToken cancel)
    {
        var rule = series.Series!;
        var begun = SeriesDates.ByRule(rule, rule.Start).TakeWhile(date => SeriesDates.At(rule, date) <= now).ToList();
        foreach (var date in begun.AsEnumerable().Reverse().Take(MostBack))
        {
            if (await FindAsync(series, date, cancel) is { State: MeetingState.Scheduled } one && one.Time!.Start <= now)
            {
                return one;
            }
        }
        return null;
    }

    public static bool IsToBeMade(Meeting series, DateOnly date, DateTimeOffset now) =>
        series is { State: MeetingState.Scheduled, Series: { } rule } && SeriesDates.Has(rule, date) && SeriesDates.ExceptionOf(rule, date) is null && SeriesDates.At(rule, date) > now;
}
