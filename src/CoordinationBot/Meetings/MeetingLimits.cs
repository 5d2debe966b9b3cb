namespace CoordinationBot.Meetings;

/// <summary>How much of each thing fits. People and their words must fit on one card, and the state in one row.</summary>
internal static class MeetingLimits
{
    /// <summary>Who must come, and again who may: as many names as one card of a form takes.</summary>
    public const int People = 100;

    public const int Outside = 50;
    public const int Subject = 200;
    public const int Words = 1_000;
    public const int Place = 300;
    public const int Objective = 200;
    public const int Comment = 300;

    public const int ShortestMinutes = 5;
    public const int LongestMinutes = 24 * 60;

    /// <summary>How many days may lie between the first and the last day that are looked at.</summary>
    public const int WindowDays = 62;

    /// <summary>How far "look further" goes.</summary>
    public const int FurtherDays = 7;

    /// <summary>How long before it begins people are reminded.</summary>
    public static readonly TimeSpan ReminderBefore = TimeSpan.FromMinutes(15);
}
