using System.Collections.Concurrent;
using System.Collections.Immutable;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Tests.People;
using CsCheck;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.TimeZones;

namespace CoordinationBot.Tests.Delegations;

/// <summary>
/// A year of offers and requests in every zone of the list: the clocks change, there are holidays and absences, and now and then the host is down. The rules of
/// silence say what is due, the governor when it is told; the sum of both is held against the clock on the wall.
/// </summary>
public sealed class YearOfSilence
{
    private const int Days = 365;

    private static readonly OfficeOptions Options = new() { Holidays = ["12-25", "01-01", "2026-12-24", "2027-03-26", "2027-05-06"] };
    private static readonly Instant Begin = Samples.Now.ToInstant();

    private sealed record Thing(Delegation Delegation, Instant Asked, Instant Answered);

    private sealed record Told(Thing Thing, Instant Due, Instant Looked, Instant At, bool IsDigest);

    private sealed record Downtime(Instant From, Instant Until);

    [Fact]
    public void Each_reminder_comes_once_at_a_good_moment_after_a_working_day_and_what_was_late_comes_together()
    {
        var seen = new ConcurrentDictionary<string, int>();
        Gen.Select(Gen.Int[0, WorkCalendarProperties.ZoneNames.Count - 1], Gen.ULong).Sample(
            (zone, seed) => Run(WorkCalendarProperties.ZoneNames[zone], new Dice(seed), what => seen.AddOrUpdate(what, 1, (_, count) => count + 1)),
            iter: 300);
        Assert.All((string[])["told", "told late", "bundled", "withdrawn", "escalated", "escalated while away"], what => Assert.True(seen.GetValueOrDefault(what) > 20, $"{what}: {seen.GetValueOrDefault(what)}"));
    }

    private static void Run(string zone, Dice dice, Action<string> count)
    {
        var person = new Person { Tenant = "tenant", ObjectId = "bob", Name = "Bob", TeamsId = "29:bob", ServiceUrl = "", BotId = "", Zone = zone, Absences = [.. Absences(dice, zone)] };
        person = dice.Once(3) ? person with { TurnedDown = ImmutableSortedDictionary<NoticeKind, Telling>.Empty.Add(NoticeKind.Reminder, Telling.Digest) } : person;
        var calendar = WorkCalendar.Of(person, Options);
        var down = Downtimes(dice);
        List<Told> told = [];
        for (var number = 0; number < 60; number++)
        {
            var asked = Begin + Duration.FromMinutes(dice.Next(Days * 1440));
            var answered = asked + (dice.Once(3) ? Duration.FromMinutes(dice.Next(6 * 1440)) : Duration.FromDays(100));
            var offered = Samples.Offered(Samples.Terms(Evidence.None) with { Due = new Due(asked.Plus(Duration.FromDays(600)).ToDateTimeOffset(), zone) }) with { CreatedAt = asked.ToDateTimeOffset() };
            told.AddRange(Live(new Thing(offered, asked, answered), person, calendar, down, count));
        }
        foreach (var message in told)
        {
            Assert.True(WorkCalendarProperties.Oracle(calendar, message.At), $"disturbed at {message.At} in {zone}");
            Assert.True(WorkingDays(calendar, calendar.NextGood(message.Thing.Asked), message.At) >= 1, $"asked {message.Thing.Asked}, reminded {message.At}: too soon in {zone}");
            // Down for days, then the end of the day, then the next morning: never longer than that.
            Assert.True(WorkingDays(calendar, message.Thing.Asked, message.At, down) <= 4, $"asked {message.Thing.Asked}, reminded {message.At}: too late in {zone}");
        }
        foreach (var late in told.Where(message => down.Any(downtime => message.Due >= downtime.From && message.Due < downtime.Until - GovernorRules.Late)).GroupBy(message => message.Looked))
        {
            Assert.True(late.Select(message => message.At).Distinct().Count() == 1 && late.All(message => message.IsDigest), $"what was late since {late.Key} came in several messages in {zone}");
            count("told late");
            if (late.Count() > 1)
            {
                count("bundled");
            }
        }
    }

    /// <summary>The life of one offer: wake-ups come when they were prepared, or when the host is back.</summary>
    private static List<Told> Live(Thing thing, Person person, WorkCalendar calendar, IReadOnlyList<Downtime> down, Action<string> count)
    {
        Dictionary<string, DateTimeOffset> done = [];
        List<Told> told = [];
        var (reminders, escalations) = (0, 0);
        for (Instant? wake = Up(thing.Asked, down); wake is { } now && now < thing.Answered;)
        {
            foreach (var moment in Moments().Where(moment => moment.At <= now.ToDateTimeOffset()).ToList())
            {
                done.Add(moment.Name, now.ToDateTimeOffset());
                if (moment.Step == DueStep.Remind)
                {
                    reminders++;
                    if (Deliver(thing, moment, person, calendar, now, down) is { } message)
                    {
                        told.Add(message);
                        count("told");
                    }
                    else
                    {
                        count("withdrawn");
                    }
                }
                else
                {
                    escalations++;
                    var days = WorkingDays(calendar, calendar.NextGood(thing.Asked), now);
                    Assert.True(days >= 2 || calendar.IsAway(moment.At.ToInstant()), $"asked {thing.Asked}, given to somebody else {now}");
                    count(days >= 2 ? "escalated" : "escalated while away");
                }
            }
            wake = Moments().Where(moment => moment.At > now.ToDateTimeOffset()).Select(moment => (Instant?)Up(moment.At.ToInstant(), down)).Min();
            wake = wake is { } next && next < Begin + Duration.FromDays(Days + 60) ? next : null;
        }
        Assert.True(thing.Answered < thing.Asked + Duration.FromDays(99) || (reminders, escalations) == (1, 1), $"{reminders} reminders and {escalations} escalations of what was asked {thing.Asked}");
        Assert.True(reminders <= 1 && escalations <= 1, "twice");
        return told;

        IEnumerable<DueMoment> Moments() =>
            SilenceRules.Moments(thing.Delegation, _ => calendar, name => done.TryGetValue(name, out var at) ? at : null).Where(moment => moment.Step is DueStep.Remind or DueStep.Escalate);
    }

    /// <summary>Through the governor until it is told; null when it was answered before that.</summary>
    private static Told? Deliver(Thing thing, DueMoment moment, Person person, WorkCalendar calendar, Instant looked, IReadOnlyList<Downtime> down)
    {
        var notice = new Notice("A reminder") { Kind = NoticeKind.Reminder, NotBefore = moment.At };
        for (var now = looked; ;)
        {
            if (now >= thing.Answered)
            {
                return null;
            }
            switch (GovernorRules.Decide(notice, person, calendar, now))
            {
                case Moment.At at:
                    notice = notice with { State = NoticeState.Held, HeldUntil = at.Time.ToDateTimeOffset() };
                    now = Up(at.Time, down);
                    break;
                case Moment.Digest digest:
                    for (now = Up(digest.Time, down); !calendar.IsGood(now);)
                    {
                        now = Up(calendar.NextDayStart(now), down);
                    }
                    return now >= thing.Answered ? null : new Told(thing, moment.At.ToInstant(), looked, now, IsDigest: true);
                default:
                    return new Told(thing, moment.At.ToInstant(), looked, now, IsDigest: false);
            }
        }
    }

    private static Instant Up(Instant at, IReadOnlyList<Downtime> down) => down.FirstOrDefault(downtime => at >= downtime.From && at < downtime.Until) is { } downtime ? downtime.Until : at;

    /// <summary>Working days that began after it was asked and until it was told, by the clock on the wall; without those during which the host was down.</summary>
    private static int WorkingDays(WorkCalendar calendar, Instant from, Instant until, IReadOnlyList<Downtime>? down = null)
    {
        var (first, last) = (from.InZone(calendar.Zone).Date, until.InZone(calendar.Zone).Date);
        var days = 0;
        for (var date = first.PlusDays(1); date <= last; date = date.PlusDays(1))
        {
            var start = date.At(new LocalTime(9, 0)).InZone(calendar.Zone, Resolvers.LenientResolver).ToInstant();
            days += WorkCalendarProperties.Oracle(calendar, start) && down?.Any(downtime => start + Duration.FromHours(9) >= downtime.From && start < downtime.Until) != true ? 1 : 0;
        }
        return days;
    }

    private static IEnumerable<Absence> Absences(Dice dice, string zone)
    {
        for (var day = 10 + dice.Next(40); day < Days; day += 30 + dice.Next(60))
        {
            var from = DateOnly.FromDateTime(Samples.Now.UtcDateTime).AddDays(day);
            yield return new Absence(from, from.AddDays(dice.Next(15)), zone);
        }
    }

    private static List<Downtime> Downtimes(Dice dice)
    {
        List<Downtime> down = [];
        for (var day = 5 + dice.Next(20); day < Days; day += 15 + dice.Next(40))
        {
            var from = Begin + Duration.FromDays(day) + Duration.FromMinutes(dice.Next(1440));
            down.Add(new Downtime(from, from + Duration.FromMinutes(dice.Once(2) ? dice.Next(600) : 1440 + dice.Next(6 * 1440))));
        }
        return down;
    }
}
