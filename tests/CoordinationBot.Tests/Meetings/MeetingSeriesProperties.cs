using CoordinationBot.Delegations;
using CoordinationBot.Meetings;
using CsCheck;
using static CoordinationBot.Tests.Meetings.MeetingSamples;

namespace CoordinationBot.Tests.Meetings;

/// <summary>Whatever is done with a series in whatever order, and whoever dies in between: its dates are those that a calendar on paper would have.</summary>
public sealed class MeetingSeriesProperties
{
    private static readonly string[] ZoneNames = ["Europe/Berlin", "America/New_York", "UTC", "Australia/Lord_Howe"];

    private static readonly Repeats[] All = [Repeats.WorkingDays, Repeats.Weekly, Repeats.Fortnightly, Repeats.Monthly, Repeats.NthWeekday, Repeats.LastWeekday];

    private static readonly Gen<(Repeats Repeats, int Day, int Quarter, string Zone, int Times)> Series =
        Gen.Select(Gen.OneOf(All.Select(Gen.Const).ToArray()), Gen.Int[1, 400], Gen.Int[0, 95], Gen.OneOf(ZoneNames), Gen.OneOf(Gen.Const(0), Gen.Int[2, 30]));

    private static readonly Gen<(int Act, int Which, int Amount)> Act = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 11], Gen.Int[0, 30]);

    [Fact]
    public void Each_date_is_once_at_its_time_and_none_is_after_the_end() => Gen.Select(Series, Act.Array[0, 25]).Sample(
        (chosen, acts) =>
        {
            if (Paper.Begin(chosen) is not { } paper)
            {
                return;
            }
            var world = new World(paper.Head, paper.Head.Time!.Start.AddDays(-3));
            world.Settle();
            foreach (var (act, which, amount) in acts)
            {
                world.Do(paper, act, which, amount);
            }
            world.Settle();
            Check(world, paper);
        },
        iter: 400);

    private static void Check(World world, Paper paper)
    {
        var expected = paper.Ahead(world.Now, world.Head.Series!.Made!.Value, world.Head.Series.Early);
        var ahead = world.Ones.Where(one => one.Value.State == MeetingState.Scheduled && one.Value.Time!.Start > world.Now).Select(one => (one.Key, one.Value.Time!.Start)).OrderBy(one => one.Key).ToList();
        Assert.Equal(expected, ahead);
        Assert.True(world.Head.Series.Made >= DateOnly.FromDateTime(world.Now.UtcDateTime).AddDays(MeetingSeriesRules.HeldDays - 1) || !paper.Dates().Any(date => date > world.Head.Series.Made && !(date > paper.Until)));
        // What the series says of itself is what its dates are.
        if (world.Head.State == MeetingState.Scheduled)
        {
            var said = SeriesDates.Ahead(world.Head.Series, world.Now, 1000).Where(next => next.Date <= world.Head.Series.Made || world.Head.Series.Early.Contains(next.Date)).OrderBy(next => next.Date);
            Assert.Equal(expected, said);
        }
        Assert.All(world.Ones, one => Assert.Equal(paper.At(one.Key), one.Value.Occurrence!.Start));
    }

    /// <summary>The dates by counting days, and the times by the clocks of the operating system.</summary>
    private sealed class Paper(Meeting head, Repeats repeats)
    {
        private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(head.Series!.Zone);

        public Meeting Head { get; } = head;

        public DateOnly? Until { get; set; } = head.Series!.Until;

        public Dictionary<DateOnly, DateTimeOffset?> Differs { get; } = [];

        public static Paper? Begin((Repeats Repeats, int Day, int Quarter, string Zone, int Times) chosen)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(chosen.Zone);
            var local = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(chosen.Day).AddMinutes(15 * chosen.Quarter);
            if (zone.IsInvalidTime(local) || zone.IsAmbiguousTime(local))
            {
                return null;
            }
            var start = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
            var meeting = Finding() with
            {
                Window = new MeetingWindow(start, start.AddDays(1), chosen.Zone),
                Repeats = new WantedRepeat(chosen.Repeats, null, chosen.Times == 0 ? null : chosen.Times, "Monday,Tuesday,Wednesday,Thursday,Friday"),
            };
            if (MeetingRules.Schedule(meeting, "ann", start, start.AddDays(-3)) is not MeetingOutcome.Changed changed)
            {
                return null;
            }
            var paper = new Paper(changed.State, chosen.Repeats) { Until = null };
            if (chosen.Times > 0)
            {
                paper.Until = paper.Dates().ElementAt(chosen.Times - 1);
            }
            return paper;
        }

        public IEnumerable<DateOnly> Dates()
        {
            var start = Head.Series!.Start;
            for (var day = start; day < start.AddYears(6); day = day.AddDays(1))
            {
                var since = day.DayNumber - start.DayNumber;
                if (repeats switch
                {
                    Repeats.WorkingDays => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
                    Repeats.Weekly => since % 7 == 0,
                    Repeats.Fortnightly => since % 14 == 0,
                    Repeats.Monthly => day.Day == Math.Min(start.Day, DateTime.DaysInMonth(day.Year, day.Month)),
                    Repeats.NthWeekday => day.DayOfWeek == start.DayOfWeek && (day.Day - 1) / 7 == (start.Day - 1) / 7,
                    Repeats.LastWeekday => day.DayOfWeek == start.DayOfWeek && day.AddDays(7).Month != day.Month,
                    _ => throw new InvalidOperationException("That is not tried."),
                })
                {
                    yield return day;
                }
            }
        }

        public DateTimeOffset At(DateOnly day)
        {
            var local = day.ToDateTime(Head.Series!.Time);
            var offset = _zone.IsInvalidTime(local) ? _zone.GetUtcOffset(local.AddHours(-3)) : _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
            return new DateTimeOffset(local, offset).ToUniversalTime();
        }

        public IReadOnlyList<(DateOnly, DateTimeOffset)> Ahead(DateTimeOffset now, DateOnly made, IReadOnlyList<DateOnly> early) =>
        [
            .. from day in Dates()
               where !(day > Until) && (day <= made || early.Contains(day))
               let at = Differs.TryGetValue(day, out var differs) ? differs : At(day)
               where at > now
               select (day, at.Value),
        ];
    }

    /// <summary>A store of which each line is one commit, and wake-ups that may be late, die half-way, or know only how it was before.</summary>
    private sealed class World(Meeting head, DateTimeOffset now)
    {
        private readonly HashSet<DateOnly> _due = [];
        private Meeting _older = head;
        private bool _isHeadDue = true;

        public Meeting Head { get; private set; } = head;

        public DateTimeOffset Now { get; private set; } = now;

        public Dictionary<DateOnly, Meeting> Ones { get; } = [];

        public void Do(Paper paper, int act, int which, int amount)
        {
            var ahead = Ones.Where(one => one.Value.State == MeetingState.Scheduled && one.Value.Time!.Start > Now && !(one.Key > paper.Until)).Select(one => one.Key).Order().ToList();
            var date = ahead.Count == 0 ? default(DateOnly?) : ahead[which % ahead.Count];
            switch (act)
            {
                case 0:
                    Now = Now.AddDays(amount).AddMinutes(which);
                    // A host that slept for longer than it looks ahead is another matter.
                    Settle();
                    break;
                case 1 when date is { } day && Change(day, one => MeetingRules.Cancel(one, "ann", null, Now)):
                    paper.Differs[day] = null;
                    break;
                case 2 when date is { } day && Change(day, one => MeetingRules.Move(one, "ann", one.Time!.Start.AddHours(amount - 10), Now)):
                    paper.Differs[day] = Ones[day].Time!.Start;
                    break;
                case 3 when date is { } day && amount > 20 && ChangeHead(MeetingSeriesRules.End(Head, "ann", day, null, Now)):
                    paper.Until = day.AddDays(-1);
                    break;
                case 4 when date is { } day && Head.Series is { } series && amount > 24 && ChangeHead(MeetingSeriesRules.MoveOn(Head, "ann", day, SeriesDates.At(series, day).AddDays(7 * 8), Now)):
                    paper.Until = day.AddDays(-1);
                    break;
                case 5:
                    WakeHead(Head, amount);
                    break;
                case 6:
                    WakeHead(_older, amount);
                    break;
                case 7 when date is { } day:
                    WakeOne(day, which % 2 == 0 ? Head : _older);
                    break;
                case 8 when Head.Series is { } far && SeriesDates.ByRule(far, far.Start).Skip(40 + amount).Take(1).ToList() is [var day] && !Ones.ContainsKey(day):
                    ChangeHead(MeetingSeriesRules.MakeEarly(Head, day, Now));
                    if (which % 3 != 0 && Occurrences.IsToBeMade(Head, day, Now))
                    {
                        Make(Head, day);
                    }
                    break;
                default:
                    break;
            }
        }

        /// <summary>All wake-ups come in the end.</summary>
        public void Settle()
        {
            for (var round = 0; _isHeadDue || _due.Count > 0 || MeetingSeriesRules.IsShort(Head, Now); round++)
            {
                Assert.True(round < 60, "It never comes to rest.");
                foreach (var day in _due.ToList())
                {
                    WakeOne(day, Head);
                }
                WakeHead(Head, int.MaxValue);
            }
        }

        private void WakeHead(Meeting known, int lives)
        {
            ChangeHead(MeetingSeriesRules.TopUp(Head, "", Now));
            known = known == _older ? known : Head;
            foreach (var day in MeetingSeriesRules.Looked(known.Series!, Now))
            {
                if (lives-- == 0)
                {
                    return;
                }
                if (Ones.ContainsKey(day))
                {
                    Change(day, one => OccurrenceRules.Settle(one, known, Now));
                }
                else if (Occurrences.IsToBeMade(known, day, Now))
                {
                    Make(known, day);
                }
            }
            _isHeadDue = _isHeadDue && known != Head;
        }

        private void WakeOne(DateOnly day, Meeting known)
        {
            var isLast = known == Head;
            Change(day, one => OccurrenceRules.Settle(one, known, Now));
            if (isLast)
            {
                _due.Remove(day);
            }
            ChangeHead(MeetingSeriesRules.Note(Head, Ones[day], Now));
        }

        private void Make(Meeting known, DateOnly day)
        {
            Ones.Add(day, OccurrenceRules.Begin(known, "M-7K3F9R", day, Now).State);
            _due.Add(day);
        }

        private bool Change(DateOnly day, Func<Meeting, MeetingOutcome> rule)
        {
            if (rule(Ones[day]) is not MeetingOutcome.Changed changed)
            {
                return false;
            }
            Ones[day] = changed.State;
            _due.Add(day);
            return true;
        }

        private bool ChangeHead(MeetingOutcome outcome)
        {
            if (outcome is not MeetingOutcome.Changed changed)
            {
                return false;
            }
            (_older, Head, _isHeadDue) = (Head, changed.State, true);
            return true;
        }
    }
}
