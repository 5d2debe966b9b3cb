using CoordinationBot.Delegations;
using CoordinationBot.Meetings;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Feedbacks;

/// <summary>What a typed subject means to whoever types it. What they may not see does not exist for them.</summary>
internal sealed class SubjectFinder(DelegationDesk delegations, MeetingDesk meetings, RegisterStore registers)
{
    private const string NoSuchDelegation = "There is no such delegation that you are part of. Type my tasks or delegations to see yours, or write in a few words what it is about.";
    private const string NoSuchMeeting = "There is no such meeting that you are part of. Type my meetings to see yours, or write in a few words what it is about.";

    public async ValueTask<(Subject Subject, string? Problem)> FindAsync(Turn turn, string? typed, CancellationToken cancel)
    {
        typed = typed?.ReplaceLineEndings(" ").Trim() ?? "";
        var id = ReadableIds.Typed(typed);
        if (IsId(id, 'D'))
        {
            return await delegations.FindAsync(turn, id, cancel) is var (delegation, _)
                ? (new Subject(SubjectKind.Delegation, delegation.Terms.Title, delegation.Id) { IsConfidential = delegation.Terms.Limits.IsConfidential }, null)
                : (Subject.None, NoSuchDelegation);
        }
        if (IsId(id, 'M'))
        {
            return await meetings.FindAsync(turn, id, cancel) is { } meeting
                ? (new Subject(SubjectKind.Meeting, meeting.Subject, meeting.Id) { IsConfidential = meeting.IsConfidential }, null)
                : (Subject.None, NoSuchMeeting);
        }
        return typed.Length > FeedbackLimits.Subject ? ((Subject, string?))(Subject.None, FeedbackRules.TooLong("subject", typed.Length, FeedbackLimits.Subject))
            : typed.Length == 0 ? (Subject.None, null)
            : await registers.FindAsync(turn.Tenant, typed, cancel) is { Name.Length: > 0 } register ? (new Subject(SubjectKind.Register, register.Name), null)
            : (new Subject(SubjectKind.Free, typed), null);
    }

    /// <summary>It looks like one, whether there is one or not.</summary>
    private static bool IsId(string typed, char kind) => typed.Length is >= 6 and <= 18 && typed[0] == kind && typed[1] == '-' && typed.AsSpan(2).IndexOfAnyExceptInRange('0', 'Z') < 0;
}
