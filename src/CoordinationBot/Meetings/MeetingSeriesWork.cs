namespace CoordinationBot.Meetings;

/// <summary>
/// What a series does by itself at a wake-up: its dates come to have their meetings, some time ahead, and follow it. The series is the truth; whoever dies
/// between two of them finds at the next wake-up what is left to do.
/// </summary>
internal sealed class MeetingSeriesWork(MeetingStore store, Occurrences occurrences, SlotFinder finder, TimeProvider clock)
{
    public async ValueTask<Meeting> GoOnAsync(Meeting meeting, CancellationToken cancel) =>
        meeting.Occurrence is not null ? await SettleAsync(meeting, cancel)
        : meeting.Series is not null ? await SpreadAsync(await TopUpAsync(meeting, cancel), cancel)
        : meeting;

    private async ValueTask<Meeting> TopUpAsync(Meeting meeting, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (!MeetingSeriesRules.IsShort(meeting, now))
        {
            return meeting;
        }
        var series = meeting.Series!;
        var last = SeriesDates.DayOf(series, now).AddDays(MeetingSeriesRules.HeldDays + MeetingSeriesRules.HeldFurther);
        var times = SeriesDates.ByRule(series, series.Made?.AddDays(1) ?? series.Start).TakeWhile(date => date <= last).Where(date => Occurrences.IsToBeMade(meeting, date, now))
            .Select(date => new MeetingTime(SeriesDates.At(series, date), meeting.Minutes, series.Zone)).ToList();
        var clashes = SeriesText.Clashes(await finder.ClashesAsync(meeting, times, cancel), series.Zone);
        return (await store.UpdateAsync(meeting.Tenant, meeting.Id, null, known => MeetingSeriesRules.TopUp(known, clashes, now), cancel))!.State;
    }

    private async ValueTask<Meeting> SpreadAsync(Meeting meeting, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var date in MeetingSeriesRules.Looked(meeting.Series!, now))
        {
            if (await occurrences.FindAsync(meeting, date, cancel) is not { } one)
            {
                if (Occurrences.IsToBeMade(meeting, date, now))
                {
                    await occurrences.CreateAsync(meeting, date, now, cancel);
                }
            }
            else if (OccurrenceRules.Settle(one, meeting, now) is MeetingOutcome.Changed)
            {
                await store.UpdateAsync(meeting.Tenant, one.Id, null, known => OccurrenceRules.Settle(known, meeting, now), cancel);
            }
        }
        if (meeting.Series!.GoesOn is { } on && await store.FindByOriginAsync(meeting.Tenant, MeetingSeriesRules.OriginOf(meeting), cancel) is null)
        {
            // What was collected for the date from which it moves is for the first one that comes instead.
            var agenda = (await occurrences.FindAsync(meeting, on.From, cancel))?.Agenda ?? Agenda.Empty;
            await store.CreateAsync(meeting.Tenant, MeetingSeriesRules.OriginOf(meeting), null, id => MeetingSeriesRules.GoOn(meeting, id, agenda), cancel);
        }
        return meeting;
    }

    /// <summary>One date: whether it still belongs to its series and is as that says; and the series comes to know what became of it.</summary>
    private async ValueTask<Meeting> SettleAsync(Meeting meeting, CancellationToken cancel)
    {
        if (await store.FindAsync(meeting.Tenant, meeting.Occurrence!.Series, cancel) is not { } series)
        {
            return meeting;
        }
        var now = clock.GetUtcNow();
        if (OccurrenceRules.Settle(meeting, series, now) is MeetingOutcome.Changed)
        {
            meeting = (await store.UpdateAsync(meeting.Tenant, meeting.Id, null, known => OccurrenceRules.Settle(known, series, now), cancel))!.State;
        }
        if (MeetingSeriesRules.Note(series, meeting, now) is MeetingOutcome.Changed)
        {
            await store.UpdateAsync(meeting.Tenant, series.Id, null, known => MeetingSeriesRules.Note(known, meeting, now), cancel);
        }
        return meeting;
    }
}
