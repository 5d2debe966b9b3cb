using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Meetings;
using CoordinationBot.People;

namespace CoordinationBot.Tests.Meetings;

/// <summary>Meetings whose time is asked for: Ann arranges them, today is Monday 23 November 2026, 09:00 in UTC.</summary>
internal static class Polls
{
    public const string Zone = "Europe/Berlin";
    public const string Ann = "ann";

    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Friday morning.</summary>
    public static readonly DateTimeOffset Deadline = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    public static readonly WorkTimes Office = new OfficeOptions().Times;

    /// <summary>Mornings of the week after, the first on Monday.</summary>
    public static MeetingTime Morning(int day) => new(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero).AddDays(day), 45, Zone);

    public static IReadOnlyList<MeetingTime> Mornings(int count = 3) => [.. Enumerable.Range(0, count).Select(Morning)];

    public static Invitee Required(string key) => new() { Key = key, Name = Name(key), IsRequired = true };

    public static Invitee Optional(string key) => new() { Key = key, Name = Name(key), IsRequired = false };

    public static Invitee Guest(string mail) => new() { Key = mail, Name = mail, IsRequired = true, IsOutside = true };

    public static string Name(string key) => $"{char.ToUpperInvariant(key[0])}{key[1..]}";

    public static Meeting Meeting(params IReadOnlyList<Invitee> invitees) => new()
    {
        Id = "M-7K3F9Q",
        Tenant = "tenant",
        Organiser = new Party(Ann, "Ann"),
        Subject = "Budget",
        Invitees = invitees,
        Minutes = 45,
        Window = new MeetingWindow(Now, Now.AddDays(14), Zone),
        State = MeetingState.Finding,
        Revision = 1,
        Origin = "draft-1",
        CreatedAt = Now,
    };

    public static Meeting Opened(params IReadOnlyList<Invitee> invitees) => PollRules.Open(Meeting(invitees), Ann, Mornings(), Deadline, Office, Now).State;

    /// <summary>Answers by their letters: <c>y</c>es, <c>i</c>f need be, <c>n</c>o, <c>-</c> for nothing chosen.</summary>
    public static IReadOnlyList<Vote?> Votes(string letters) => [.. letters.Select(letter => letter switch
    {
        'y' => Vote.Yes,
        'i' => Vote.IfNeedBe,
        'n' => (Vote?)Vote.No,
        _ => null,
    })];

    public static MeetingOutcome Cast(this Meeting meeting, string who, string letters, DateTimeOffset? at = null) =>
        PollRules.Cast(meeting, who, meeting.Poll?.Number, Votes(letters), at ?? Now.AddHours(1));

    /// <summary>After all of these answered, given as <c>bob:yin</c>.</summary>
    public static Meeting With(this Meeting meeting, params IReadOnlyList<string> answers) =>
        answers.Aggregate(meeting, (known, answer) => known.Cast(answer.Split(':')[0], answer.Split(':')[1]).State);

    public static DateTimeOffset At(string at) => DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
