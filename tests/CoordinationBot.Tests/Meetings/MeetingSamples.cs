using CoordinationBot.Authority;
using CoordinationBot.Meetings;

namespace CoordinationBot.Tests.Meetings;

/// <summary>Meetings as tests begin with them: Ann arranges one with Bob, who must come, Eve, who may, and Kim from outside.</summary>
internal static class MeetingSamples
{
    public const string Tenant = "11111111-1111-1111-1111-111111111111";
    public const string Zone = "Europe/Berlin";

    /// <summary>Monday.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Wednesday.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 25, 13, 0, 0, TimeSpan.Zero);

    public static readonly Party Ann = new("ann", "Ann Abel");

    public static readonly Invitee Bob = new() { Key = "bob", Name = "Bob Berg", Mail = "bob@contoso.example", IsRequired = true };
    public static readonly Invitee Eve = new() { Key = "eve", Name = "Eve Ek", IsRequired = false };
    public static readonly Invitee Kim = new() { Key = "kim@fabrikam.example", Name = "kim@fabrikam.example", IsOutside = true, IsRequired = true };

    public static Meeting Finding(params IReadOnlyList<Invitee> invitees) => new()
    {
        Id = "M-7K3F9Q",
        Tenant = Tenant,
        Organiser = Ann,
        Subject = "The budget",
        Invitees = invitees.Count == 0 ? [Bob, Eve, Kim] : invitees,
        Minutes = 45,
        Window = new MeetingWindow(Now, Now.AddDays(7), Zone),
        State = MeetingState.Finding,
        Revision = 1,
        Origin = "draft-1",
        CreatedAt = Now,
    };

    public static Meeting Scheduled(params IReadOnlyList<Invitee> invitees) => MeetingRules.Schedule(Finding(invitees), "ann", Start, Now).State;

    public static MeetingOutcome.Changed Changed(this MeetingOutcome outcome) => Assert.IsType<MeetingOutcome.Changed>(outcome);

    public static string? Refused(this MeetingOutcome outcome) => Assert.IsType<MeetingOutcome.Unchanged>(outcome).Sentence;

    public static IReadOnlyList<string> Told(this MeetingOutcome outcome) => [.. outcome.Changed().Tells.Select(tell => tell.ObjectId).Order(StringComparer.Ordinal)];

    public static Reply ReplyOf(this Meeting meeting, string key) => meeting.Find(key)!.Reply;
}
