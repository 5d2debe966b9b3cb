using CoordinationBot.Delegations;
using CoordinationBot.Meetings;
using CoordinationBot.People;
using NodaTime.Extensions;

namespace CoordinationBot.Afterwards;

/// <summary>Who may be asked how something went, and when.</summary>
internal static class AskRules
{
    public const string Sentence = "One tap, if you like: how did this go for you?";

    /// <summary>Between two questions to one person, whatever they are about.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromDays(7);

    /// <summary>How long a question may be answered, and how long it may wait to be told.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(14);

    /// <summary>What was put off is looked at so long after its time.</summary>
    public static readonly TimeSpan PutOff = TimeSpan.FromHours(1);

    /// <summary>What ended longer ago was missed, and is not asked about: a wake-up may come at any time.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    /// <summary>Both sides of a delegation that was accepted as done.</summary>
    public static IEnumerable<Candidate> After(Delegation delegation) =>
        delegation.State != DelegationState.Done || !delegation.IsGiven || delegation.Leader.ObjectId == delegation.Assignee.ObjectId
            ? []
            : Sides(delegation.Id, delegation.Terms.Title, delegation.Leader.ObjectId, delegation.Leader.Name, [delegation.Assignee.ObjectId]);

    /// <summary>The organiser of a meeting that is over and those of the tenant who had accepted; nobody when nobody had.</summary>
    public static IEnumerable<Candidate> After(Meeting meeting, DateTimeOffset now)
    {
        string[] came = [.. meeting.Invitees.Where(invitee => invitee is { IsOutside: false, Reply: Reply.Accepted } && invitee.Key != meeting.Organiser.ObjectId).Select(invitee => invitee.Key)];
        return meeting is not { State: MeetingState.Scheduled, Series: null, Time: not null } || !meeting.IsOver(now) || came.Length == 0
            ? []
            : Sides(meeting.Id, meeting.Subject, meeting.Organiser.ObjectId, meeting.Organiser.Name, came);
    }

    /// <summary>The morning of their next working day: what ended is fresh then, and nobody is kept from what comes next.</summary>
    public static DateTimeOffset At(DateTimeOffset ended, WorkCalendar calendar) => calendar.NextDayStart(ended.ToInstant()).ToDateTimeOffset();

    /// <summary>
    /// Whether a person may be asked at a time. Of a question of which nobody knows whether it was told, the latest moment counts at which it could still be.
    /// </summary>
    public static bool MayAsk(Asking? last, string about, DateTimeOffset at) =>
        last is null || (last.Question.Event != about && at >= (last.AskedAt ?? last.At + Life) + Apart);

    private static IEnumerable<Candidate> Sides(string id, string title, string leader, string name, IEnumerable<string> others) =>
        others.Select(other => new Candidate(other, new Question(id, title, leader, name))).Prepend(new Candidate(leader, new Question(id, title, PoolStore.Leaders, null)));
}
