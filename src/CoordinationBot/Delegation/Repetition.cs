using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>How often a leader wants the same again.</summary>
internal enum Repeats
{
    Never,
    WorkingDays,
    Weekly,
    Fortnightly,
    Monthly,
    FirstWorkingDay,
    LastWorkingDay,

    /// <summary>The first Monday of the month, the second Thursday: as the first date is.</summary>
    NthWeekday,

    /// <summary>The last Friday of the month.</summary>
    LastWeekday,
}

/// <summary>What becomes of a date on which the assignee does not work.</summary>
internal enum OnHoliday
{
    LeaveOut,

    /// <summary>To the next working day.</summary>
    Move,
}

/// <summary>What a draft says about coming again.</summary>
/// <param name="Repeats">How often; never <see cref="Repeats.Never"/>.</param>
/// <param name="OnHoliday">What a holiday does.</param>
/// <param name="Until">The last day, in the leader's zone; null: it goes on.</param>
internal sealed record Repetition(Repeats Repeats, OnHoliday OnHoliday, DateOnly? Until);

/// <summary>Which one of a series a delegation is.</summary>
/// <param name="Series">Its id.</param>
/// <param name="Date">The day on which it is due, in the leader's zone.</param>
internal sealed record Occurrence(string Series, DateOnly Date)
{
    /// <summary>What the leader reads when the first one is sent.</summary>
    public string GoesOn => $"I offer the next ones by myself, as {Series}. Type recurring to see them.";

    public override string ToString() => $"{Series}, occurrence of {Zones.Read(Date)}";
}
