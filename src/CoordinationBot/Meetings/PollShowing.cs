using System.Text.Json.Serialization;
using CoordinationBot.Notices;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>What some people's cards show of a poll.</summary>
/// <param name="Poll">Its number.</param>
/// <param name="Cast">How many answers.</param>
/// <param name="At">Since when.</param>
/// <param name="Next">When a wake-up comes for what has come since; null: none is needed.</param>
internal sealed record ShownPoll(int Poll, int Cast, DateTimeOffset At, DateTimeOffset? Next);

/// <summary>What the cards of a poll show, so that many answers within seconds are one edit of each card.</summary>
internal sealed record ShownPolls(ShownPoll? Organiser, ShownPoll? Others);

/// <summary>
/// Lets people see how a poll goes on: the organiser after moments, everybody else at a pace at which the edits of one poll stay about one a second, however
/// many are asked. The row <c>poll-shown</c> in the partition of the meeting; an answer does not touch it.
/// </summary>
internal sealed class PollShowing(ITables tables, WorkScheduler work, IWorkQueue queue, TimeProvider clock)
{
    /// <summary>Between two edits of the organiser's card.</summary>
    public static readonly TimeSpan OrganiserPause = TimeSpan.FromSeconds(5);

    private const string ShownKey = "poll-shown";
    private const int Piece = 90;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(30);

    /// <summary>A wake-up may come so much early by the clock of another host.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(2);

    /// <summary>Between two edits of anybody else's card.</summary>
    public static TimeSpan PauseFor(int people) => TimeSpan.FromSeconds(Math.Max(ShortestPause.TotalSeconds, people));

    /// <summary>Renews the cards that are due, and prepares the next look for the others. When it closes, everybody sees that at once: that is no matter of this.</summary>
    public async ValueTask ShowAsync(Meeting meeting, CancellationToken cancel)
    {
        if (meeting.Poll is not { ClosedAt: null, Cast: > 0 } poll)
        {
            return;
        }
        var wakeUp = new WakeUp(MeetingStore.Kind, MeetingStore.Partition(meeting.Tenant, meeting.Id));
        var (row, now) = (await tables.GetAsync(wakeUp.Partition, ShownKey, cancel), clock.GetUtcNow());
        var before = row?.Read(PollJson.Default.ShownPolls) ?? new ShownPolls(null, null);
        string[] organiser = [meeting.Organiser.ObjectId];
        string[] others = [.. meeting.Inside.Except(organiser)];
        var after = new ShownPolls(Step(before.Organiser, poll, OrganiserPause, now), Step(before.Others, poll, PauseFor(others.Length), now));
        if (after == before)
        {
            return;
        }
        foreach (var next in new[] { after.Organiser!.Next, after.Others!.Next }.Except([before.Organiser?.Next, before.Others?.Next]).OfType<DateTimeOffset>())
        {
            await queue.EnqueueAsync(wakeUp, next, cancel);
        }
        await RenewAsync(
            wakeUp,
            [.. IsShown(before.Organiser, after.Organiser) ? organiser : [], .. IsShown(before.Others, after.Others) ? others : []],
            JsonRows.Bytes(after, PollJson.Default.ShownPolls) is var data && row is not null ? new Change.Replace(ShownKey, data, row.Version) : new Change.Insert(ShownKey, data),
            cancel);
    }

    /// <summary>When it was opened, everybody saw that nobody has answered.</summary>
    private static ShownPoll Step(ShownPoll? known, Poll poll, TimeSpan pause, DateTimeOffset now)
    {
        var shown = known?.Poll == poll.Number ? known : new ShownPoll(poll.Number, 0, poll.OpenedAt, null);
        return shown.Cast == poll.Cast ? shown
            : shown.At + pause is var due && due - Early > now ? shown with { Next = due }
            : new ShownPoll(poll.Number, poll.Cast, now, null);
    }

    private static bool IsShown(ShownPoll? before, ShownPoll after) => after.Cast > 0 && (before?.Poll, before?.Cast) != (after.Poll, after.Cast);

    /// <summary>The row comes with the last piece: whoever dies before it does all of it again, which changes nothing.</summary>
    private async ValueTask RenewAsync(WakeUp wakeUp, IReadOnlyList<string> people, Change shown, CancellationToken cancel)
    {
        if (people.Count > 0)
        {
            await work.PrepareAsync(wakeUp, cancel);
        }
        var pieces = people.Chunk(Piece).ToList();
        for (var index = 0; index < Math.Max(1, pieces.Count); index++)
        {
            IEnumerable<Change> renewals = pieces.Count == 0 ? [] : pieces[index].Select(Outbox.Renew);
            await tables.CommitAsync(wakeUp.Partition, [.. renewals, .. index >= pieces.Count - 1 ? (Change[])[shown] : []], cancel);
        }
        if (people.Count > 0)
        {
            work.Nudge(wakeUp);
        }
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ShownPolls))]
internal sealed partial class PollJson : JsonSerializerContext;
