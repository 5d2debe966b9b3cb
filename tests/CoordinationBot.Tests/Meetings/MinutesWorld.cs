using CoordinationBot.Authority;
using CoordinationBot.Meetings;

namespace CoordinationBot.Tests.Meetings;

/// <summary>A meeting of Ann with Bob, Eve and somebody outside, as the rules see it.</summary>
internal static class MinutesWorld
{
    public const string Zone = "Europe/Berlin";

    public static readonly DateTimeOffset Start = new(2026, 11, 26, 13, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Before = Start.AddDays(-1);
    public static readonly DateTimeOffset After = Start.AddMinutes(10);
    public static readonly Party Ann = new("ann", "Ann Abel");
    public static readonly Party Bob = new("bob", "Bob Berg");
    public static readonly Party Eve = new("eve", "Eve Ek");

    public static Meeting Meeting(params AgendaItem[] items) => new()
    {
        Id = "M-7K3F9Q",
        Tenant = "tenant",
        Organiser = Ann,
        Subject = "Budget",
        Invitees =
        [
            new Invitee { Key = "bob", Name = Bob.Name, IsRequired = true },
            new Invitee { Key = "eve", Name = Eve.Name, IsRequired = false },
            new Invitee { Key = "kim@contoso.example", Name = "Kim", IsRequired = false, IsOutside = true },
        ],
        Minutes = 45,
        Window = new MeetingWindow(Before, Start.AddDays(3), Zone),
        State = MeetingState.Scheduled,
        Time = new MeetingTime(Start, 45, Zone),
        Agenda = new Agenda(items, items.Length + 1),
        Revision = 1,
        Origin = "draft-1",
        CreatedAt = Before,
    };

    public static AgendaItem Item(int number, Party? owner = null, int minutes = 10) => new($"I{number}", $"Item {number}", owner ?? Ann, minutes);

    public static CoordinationBot.Meetings.Minutes Minutes(params AgendaItem[] items) => Changed(MinutesRules.Start(Meeting(items), "ann", null, [], After)).State;

    public static MinutesOutcome.Changed Changed(MinutesOutcome outcome) => Assert.IsType<MinutesOutcome.Changed>(outcome);

    public static string Refusal(MinutesOutcome outcome) => Assert.IsType<MinutesOutcome.Unchanged>(outcome).Sentence ?? "";

    public static Meeting Changed(MeetingOutcome outcome) => Assert.IsType<MeetingOutcome.Changed>(outcome).State;

    public static string Refusal(MeetingOutcome outcome) => Assert.IsType<MeetingOutcome.Unchanged>(outcome).Sentence ?? "";

    public static CoordinationBot.Meetings.Minutes With(this CoordinationBot.Meetings.Minutes minutes, EntryKind kind, string text, string? section = null) =>
        Changed(MinutesRules.Add(minutes, Ann, new NewEntry(kind, text, section), null)).State;

    public static CoordinationBot.Meetings.Minutes Circulated(this CoordinationBot.Meetings.Minutes minutes) => Changed(CirculationRules.Circulate(minutes, Meeting(), Ann)).State;
}
