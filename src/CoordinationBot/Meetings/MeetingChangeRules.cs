using CoordinationBot.Dialogs;

namespace CoordinationBot.Meetings;

/// <summary>What a meeting is made of, as its organiser gives it.</summary>
internal sealed record MeetingDetails(
    string Subject,
    string? Purpose,
    IReadOnlyList<Invitee> Invitees,
    int Minutes,
    MeetingWindow Window,
    string? Place,
    string? Objective,
    bool IsConfidential)
{
    /// <summary>That it is to come again; null: it comes once.</summary>
    public WantedRepeat? Repeats { get; init; }

    public static MeetingDetails Of(Meeting meeting) =>
        new(meeting.Subject, meeting.Purpose, meeting.Invitees, meeting.Minutes, meeting.Window, meeting.Place, meeting.Objective, meeting.IsConfidential) { Repeats = meeting.Repeats };
}

/// <summary>Changes of what a meeting is made of. Whoever is not touched by one is not disturbed by it.</summary>
internal static class MeetingChangeRules
{
    public static MeetingOutcome Change(Meeting meeting, string actor, MeetingDetails details, DateTimeOffset now)
    {
        if (MeetingRules.OrganiserOnly(meeting, actor) is { } bar)
        {
            return bar;
        }
        return meeting.State switch
        {
            MeetingState.Finding => Searching(meeting, details, now),
            MeetingState.Polling => Polled(meeting, details, now),
            MeetingState.Scheduled => MeetingRules.NotAhead(meeting, now) is { } late ? late : Scheduled(meeting, details, now),
            MeetingState.Cancelled => new MeetingOutcome.Unchanged(meeting, "Nothing was changed: it was cancelled."),
        };
    }

    /// <summary>Looks at more days.</summary>
    public static MeetingOutcome Widen(Meeting meeting, string actor, DateTimeOffset until, DateTimeOffset now) => WhileFinding(meeting, actor, () =>
        until <= meeting.Window.Until ? new MeetingOutcome.Unchanged(meeting)
        : until - now > TimeSpan.FromDays(MeetingLimits.WindowDays) ? new MeetingOutcome.Unchanged(meeting, $"I look {MeetingLimits.WindowDays} days ahead at most. Please change something else.")
        : Found(meeting with { Window = meeting.Window with { Until = until } }, now, $"Looks until {Zones.Read(until, meeting.Window.Zone)}"));

    public static MeetingOutcome Shorten(Meeting meeting, string actor, int minutes, DateTimeOffset now) => WhileFinding(meeting, actor, () =>
        minutes < MeetingLimits.ShortestMinutes || minutes >= meeting.Minutes
            ? new MeetingOutcome.Unchanged(meeting)
            : Found(meeting with { Minutes = minutes }, now, $"Made it {minutes} minutes long"));

    /// <summary>Somebody may come and need not.</summary>
    public static MeetingOutcome MakeOptional(Meeting meeting, string actor, string? key, DateTimeOffset now) => WhileFinding(meeting, actor, () =>
        key is null || meeting.Find(key) is not { IsRequired: true } invitee
            ? new MeetingOutcome.Unchanged(meeting)
            : Found(meeting with { Invitees = [.. meeting.Invitees.Select(known => known.Key == key ? known with { IsRequired = false } : known)] }, now, $"Made {invitee.Name} optional"));

    private static MeetingOutcome WhileFinding(Meeting meeting, string actor, Func<MeetingOutcome> rule) =>
        MeetingRules.OrganiserOnly(meeting, actor) is { } bar ? bar
        : meeting.State == MeetingState.Finding ? rule()
        : new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: {MeetingRules.Standing(meeting)}");

    private static MeetingOutcome.Changed Found(Meeting after, DateTimeOffset now, string what) =>
        MeetingRules.Changed(after, after.Organiser, now, what) with { Renews = Renewal.Organiser };

    private static MeetingOutcome Searching(Meeting meeting, MeetingDetails details, DateTimeOffset now) =>
        With(meeting, details, details.Invitees) is var after && Same(after, meeting)
            ? new MeetingOutcome.Unchanged(meeting)
            : Found(after, now, "Changed what is looked for");

    private static MeetingOutcome Polled(Meeting meeting, MeetingDetails details, DateTimeOffset now)
    {
        if (details.Minutes != meeting.Minutes)
        {
            return new MeetingOutcome.Unchanged(meeting, $"Nothing was changed: people are asked about times of {meeting.Minutes} minutes. Please close the poll first.");
        }
        var (added, removed, people) = People(meeting, details.Invitees);
        var after = With(meeting, details with { Repeats = meeting.Repeats }, people);
        return Same(after, meeting) ? new MeetingOutcome.Unchanged(meeting) : MeetingRules.Changed(
            after,
            meeting.Organiser,
            now,
            What(meeting, after, added, removed),
            [
                .. MeetingRules.Tell(after, added, $"{meeting.Organiser.Name} asks which times suit you.", now),
                .. MeetingRules.Tell(after, removed, $"{meeting.Organiser.Name} no longer asks you: you need not come to this meeting.", now),
            ]);
    }

    private static MeetingOutcome Scheduled(Meeting meeting, MeetingDetails details, DateTimeOffset now)
    {
        var (added, removed, people) = People(meeting, details.Invitees);
        var after = With(meeting, details with { Window = meeting.Window, Repeats = meeting.Repeats }, people);
        return Same(after, meeting) ? new MeetingOutcome.Unchanged(meeting) : Told(meeting, after, added, removed, now);
    }

    private static MeetingOutcome.Changed Told(Meeting meeting, Meeting after, IReadOnlyList<Invitee> added, IReadOnlyList<Invitee> removed, DateTimeOffset now)
    {
        var (staying, isSent) = (after.Invitees.Except(added).ToList(), Differences(meeting, after).Length > 0);
        if (after.Minutes != meeting.Minutes)
        {
            after = MeetingRules.Timed(after, meeting.Time! with { Minutes = after.Minutes });
        }
        else if (isSent || added.Count > 0 || removed.Count > 0)
        {
            after = after with { Sequence = meeting.Sequence + 1 };
        }
        // Nobody hears that somebody else comes, or need not come: their card shows it.
        var changed = MeetingRules.Changed(
            after,
            meeting.Organiser,
            now,
            What(meeting, after, added, removed),
            [
                .. isSent ? MeetingRules.Tell(after, staying, $"{meeting.Organiser.Name} changed this meeting: {Differences(meeting, after)}.{(after.TimedIn == meeting.TimedIn ? "" : " Please answer again.")}", now) : [],
                .. MeetingRules.Tell(after, added, $"{meeting.Organiser.Name} invites you to this meeting.", now),
                .. MeetingRules.Tell(after, removed, $"{meeting.Organiser.Name} no longer asks you to come to this meeting.", now),
            ]);
        return MeetingRules.Mailed(changed, [.. isSent ? staying : [], .. added, .. removed]);
    }

    /// <summary>Whoever stays keeps their answer, whatever is said of them anew.</summary>
    private static (IReadOnlyList<Invitee> Added, IReadOnlyList<Invitee> Removed, IReadOnlyList<Invitee> People) People(Meeting meeting, IReadOnlyList<Invitee> named)
    {
        IReadOnlyList<Invitee> people = [.. named.Select(invitee => meeting.Find(invitee.Key) is { } known ? known with { IsRequired = invitee.IsRequired } : invitee)];
        return (
            [.. people.Where(invitee => meeting.Find(invitee.Key) is null)],
            [.. meeting.Invitees.Where(known => named.All(invitee => invitee.Key != known.Key))],
            people);
    }

    private static Meeting With(Meeting meeting, MeetingDetails details, IReadOnlyList<Invitee> people) => meeting with
    {
        Subject = details.Subject,
        Purpose = details.Purpose,
        Invitees = people,
        Minutes = details.Minutes,
        Window = details.Window,
        Place = details.Place,
        Objective = details.Objective,
        IsConfidential = details.IsConfidential,
        Repeats = details.Repeats,
    };

    private static bool Same(Meeting one, Meeting other) =>
        MeetingDetails.Of(one) with { Invitees = [] } == MeetingDetails.Of(other) with { Invitees = [] } && one.Invitees.SequenceEqual(other.Invitees);

    /// <summary>What is different of what stands in an invitation; empty: nothing.</summary>
    private static string Differences(Meeting before, Meeting after) => string.Join(
        ", ",
        (string[])
        [
            .. before.Subject != after.Subject ? (string[])[$"it is called “{after.Subject}”"] : [],
            .. before.Minutes != after.Minutes ? (string[])[$"it takes {after.Minutes} minutes"] : [],
            .. before.Place != after.Place ? (string[])[after.Place is null ? "no place is named any more" : $"the place is {after.Place}"] : [],
            .. before.Purpose != after.Purpose ? (string[])["what it is for"] : [],
        ]);

    private static string What(Meeting before, Meeting after, IReadOnlyList<Invitee> added, IReadOnlyList<Invitee> removed) => string.Join(
        "; ",
        (string[])
        [
            .. Differences(before, after) is { Length: > 0 } differences ? (string[])[$"Changed it: {differences}"] : [],
            .. added.Count > 0 ? (string[])[$"Invited {Names(added)}"] : [],
            .. removed.Count > 0 ? (string[])[$"Need not come: {Names(removed)}"] : [],
        ]) is { Length: > 0 } what ? what : "Changed details";

    private static string Names(IReadOnlyList<Invitee> invitees) =>
        invitees.Count <= 5 ? string.Join(", ", invitees.Select(invitee => invitee.Name)) : $"{invitees.Count} people";
}
