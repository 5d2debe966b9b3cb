using CoordinationBot.People;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Notices;

/// <summary>When a notice is told.</summary>
internal abstract record Moment
{
    private Moment()
    {
    }

    internal sealed record Now : Moment
    {
        public static Now Instance { get; } = new();
    }

    /// <summary>After a pause in the person's day, as a message of its own.</summary>
    internal sealed record At(Instant Time) : Moment;

    /// <summary>With everything else that waits, in one message.</summary>
    internal sealed record Digest(Instant Time) : Moment;

    /// <summary>The person turned it down: their card shows it, and nothing more.</summary>
    internal sealed record Never : Moment
    {
        public static Never Instance { get; } = new();
    }

    /// <summary>It was decided before, and its time has not come.</summary>
    internal sealed record Decided(Instant Until) : Moment;
}

/// <summary>Which moment suits a person: the one place where it is decided when somebody is disturbed.</summary>
internal static class GovernorRules
{
    /// <summary>What waited longer than this without a reason comes with everything else that did: the office was down.</summary>
    public static readonly Duration Late = Duration.FromHours(1);

    /// <summary>How long a digest may be overdue before what is in it is looked at again.</summary>
    public static readonly Duration Overdue = Duration.FromMinutes(15);

    private static readonly Duration Gathering = Duration.FromMinutes(5);

    public static Moment Decide(Notice notice, Person person, WorkCalendar calendar, Instant now)
    {
        var heldUntil = notice.HeldUntil?.ToInstant();
        var isFresh = notice.State switch
        {
            NoticeState.Waiting or NoticeState.Held or NoticeState.Bundled => true,
            // Nobody knows what became of the last try, or it failed; that it is old by now has its reason.
            NoticeState.Sending or NoticeState.Unreachable => false,
        };
        if (notice.State == NoticeState.Unreachable)
        {
            // They wrote a moment ago, or they are still not to be reached.
            return person.Unreachable is null ? Moment.Now.Instance : new Moment.Decided(Instant.MaxValue);
        }
        if (notice.State == NoticeState.Held && heldUntil > now)
        {
            return new Moment.Decided(heldUntil.Value);
        }
        if (notice.State == NoticeState.Bundled && heldUntil + Overdue > now)
        {
            return new Moment.Decided(heldUntil!.Value);
        }
        if (notice.IsUrgent)
        {
            return Moment.Now.Instance;
        }
        Moment moment = TellingOf(person, notice.Kind) switch
        {
            Telling.Off => Moment.Never.Instance,
            Telling.Digest => new Moment.Digest(calendar.NextDayStart(now)),
            Telling.AtOnce => WhenSuits(calendar, now, isFresh && (heldUntil ?? notice.NotBefore?.ToInstant() ?? notice.At?.ToInstant()) is { } due && now - due > Late),
        };
        var told = moment switch
        {
            Moment.At at => at.Time,
            Moment.Digest digest => digest.Time,
            _ => now,
        };
        // Whoever is away is left alone all the same: whoever asked was told that they are.
        return notice.TooLate?.ToInstant() is { } last && now < last && last < told && !calendar.IsAway(now) ? Moment.Now.Instance : moment;
    }

    /// <summary>How this person wants to be told of a kind. What waits for them can be put off to the digest, never silenced.</summary>
    public static Telling TellingOf(Person person, NoticeKind kind) =>
        (person.TurnedDown?.GetValueOrDefault(kind) ?? Telling.AtOnce) is var telling && telling == Telling.Off && !CanBeOff(kind) ? Telling.Digest : telling;

    /// <summary>Whether somebody can do without it: nobody waits for them.</summary>
    public static bool CanBeOff(NoticeKind kind) => kind switch
    {
        NoticeKind.Answer or NoticeKind.Progress or NoticeKind.CheckIn => true,
        NoticeKind.Offer or NoticeKind.Approval or NoticeKind.Question or NoticeKind.Result or NoticeKind.Revocation or NoticeKind.Reminder or NoticeKind.Meeting => false,
    };

    private static Moment WhenSuits(WorkCalendar calendar, Instant now, bool isLate)
    {
        var next = calendar.NextGood(now);
        return next > now
            ? calendar.IsSameDay(now, next) ? new Moment.At(next) : new Moment.Digest(calendar.NextDayStart(now))
            : isLate ? new Moment.Digest(Gathered(now)) : Moment.Now.Instance;
    }

    /// <summary>The same few moments for all that are late, so that they come together.</summary>
    private static Instant Gathered(Instant now)
    {
        var seconds = (long)Gathering.TotalSeconds;
        return Instant.FromUnixTimeSeconds(((now.ToUnixTimeSeconds() + 60) / seconds * seconds) + seconds);
    }
}
