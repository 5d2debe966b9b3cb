namespace CoordinationBot.Meetings;

/// <summary>What becomes due of a poll by itself. Doing it again does nothing.</summary>
internal sealed class PollWork(MeetingStore store, PollShowing showing, TimeProvider clock)
{
    /// <summary>Reminds, closes, and shows how it goes on; returns the meeting after that.</summary>
    public async ValueTask<Meeting> GoOnAsync(Meeting meeting, CancellationToken cancel)
    {
        meeting = await DoAsync(meeting, PollRules.RemindWhenDue, cancel);
        meeting = await DoAsync(meeting, ClosePoll.WhenDue, cancel);
        await showing.ShowAsync(meeting, cancel);
        return meeting;
    }

    /// <summary>Writes only when there is something to do: mostly there is not.</summary>
    private async ValueTask<Meeting> DoAsync(Meeting meeting, Func<Meeting, DateTimeOffset, MeetingOutcome> rule, CancellationToken cancel) =>
        rule(meeting, clock.GetUtcNow()) is MeetingOutcome.Changed
            ? (await store.UpdateAsync(meeting.Tenant, meeting.Id, null, known => rule(known, clock.GetUtcNow()), cancel))!.State
            : meeting;
}
