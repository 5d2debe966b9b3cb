using CoordinationBot.Calendars;
using NodaTime;

namespace CoordinationBot.Tests.Calendars;

/// <summary>What is to be found, as the text says it: five minutes by five minutes, with no thought of speed, and without a line of what it checks. What it is given falls on these.</summary>
internal sealed class SlotOracle(SlotRequest request, Instant now)
{
    private static readonly Duration Moment = Duration.FromMinutes(5);
    private readonly Dictionary<string, Moments> _moments = request.Attendees.ToDictionary(attendee => attendee.Key, attendee => new Moments(attendee, request, now));

    /// <summary>One time, and what is to be known of it.</summary>
    public sealed record Candidate(Instant Start, Instant End, int Rest, IReadOnlyList<Seat> Seats)
    {
        public bool EverybodyRequiredCanComeIgnoring(string? key) => Seats.All(seat => !seat.Attendee.IsRequired || seat.Attendee.Key == key || Comes(seat));
    }

    public SlotsFound Find()
    {
        var best = Best(Candidates(request.Attendees, request.Length, request.Window.End), request.Most);
        return best.Count > 0 ? new SlotsFound(best, [], []) : new SlotsFound([], Blockers(), Changes());
    }

    public List<Candidate> Candidates(IReadOnlyList<Attendee> attendees, Duration length, Instant until)
    {
        List<Candidate> candidates = [];
        var step = (long)request.Step.TotalMinutes;
        for (var start = request.Window.Start; start + length <= until; start += Moment)
        {
            if (start > now && start.ToUnixTimeSeconds() % (step * 60) == 0)
            {
                var over = attendees.Select(attendee => (Attendee: attendee, Is: _moments[attendee.Key].Over(start, start + length))).ToList();
                candidates.Add(new Candidate(
                    start,
                    start + length,
                    over.Where(one => one.Attendee.IsRequired).Select(one => one.Is.Rested).DefaultIfEmpty(0).Max(),
                    [.. over.Select(one => SeatOf(one.Attendee, one.Is))]));
            }
        }
        return candidates;
    }

    /// <summary>Only the least rest is looked at, then only where everybody required can come.</summary>
    public static List<Candidate> Feasible(List<Candidate> candidates) =>
        [.. LookedAt(candidates).Where(candidate => candidate.EverybodyRequiredCanComeIgnoring(null))];

    private static List<Candidate> LookedAt(List<Candidate> candidates)
    {
        var least = candidates.Select(candidate => candidate.Rest).DefaultIfEmpty(0).Min();
        return [.. candidates.Where(candidate => candidate.Rest == least)];
    }

    public static IReadOnlyList<Slot> Best(List<Candidate> candidates, int most)
    {
        var left = Feasible(candidates);
        List<Slot> best = [];
        while (left.Count > 0 && best.Count < most)
        {
            var first = left.Aggregate((one, other) => IsBetter(other, one) ? other : one);
            best.Add(new Slot(new Interval(first.Start, first.End), first.Seats));
            left.RemoveAll(candidate => candidate.Start < first.End && first.Start < candidate.End);
        }
        return best;
    }

    private static bool IsBetter(Candidate one, Candidate other)
    {
        Func<Seat, bool> isDoubtful = seat => seat.Standing is Standing.Unknown or Standing.Tentative;
        Func<Candidate, int>[] lessIsBetter =
        [
            candidate => candidate.Seats.Count(seat => seat.Attendee.IsRequired && isDoubtful(seat)),
            candidate => candidate.Seats.Count(seat => seat.Attendee.IsRequired && seat.Standing == Standing.Tentative),
            candidate => candidate.Seats.Count(seat => !seat.Attendee.IsRequired && !Comes(seat)),
            candidate => candidate.Seats.Count(seat => !seat.Attendee.IsRequired && isDoubtful(seat)),
            candidate => candidate.Seats.Count(seat => Comes(seat) && !seat.IsInHours),
            candidate => candidate.Seats.Where(Comes).Sum(seat => seat.FocusBlocks),
        ];
        foreach (var measure in lessIsBetter)
        {
            if (measure(one) != measure(other))
            {
                return measure(one) < measure(other);
            }
        }
        return one.Start < other.Start;
    }

    private List<Blocker> Blockers()
    {
        var candidates = Candidates(request.Attendees, request.Length, request.Window.End);
        var lookedAt = LookedAt(candidates);
        return
        [
            .. request.Attendees.Where(attendee => attendee.IsRequired)
                .Select(attendee => new Blocker(
                    attendee,
                    lookedAt.Count(candidate => !Comes(candidate.Seats.Single(seat => seat.Attendee.Key == attendee.Key))),
                    lookedAt.Count(candidate => !candidate.EverybodyRequiredCanComeIgnoring(null) && candidate.EverybodyRequiredCanComeIgnoring(attendee.Key)),
                    lookedAt.Count))
                .Where(blocker => blocker.Blocked > 0)
                .OrderByDescending(blocker => blocker.Blocked)
                .ThenByDescending(blocker => blocker.Alone),
        ];
    }

    private List<SlotChange> Changes()
    {
        List<(SlotChange Change, double Share)> changes = [];
        var asked = request.Length.TotalMinutes;
        for (var minutes = asked - 15; minutes >= 15; minutes -= 15)
        {
            if (Best(Candidates(request.Attendees, Duration.FromMinutes(minutes), request.Window.End), 1) is [var found])
            {
                changes.Add((new SlotChange(SlotChangeKind.Shorten, found) { Length = Duration.FromMinutes(minutes) }, (asked - minutes) / asked));
                break;
            }
        }
        var zone = request.Attendees[0].Zone;
        var today = (now > request.Window.End ? now : request.Window.End).InZone(zone).Date;
        var all = Candidates(request.Attendees, request.Length, zone.AtLeniently(today.PlusDays(14).AtMidnight()).ToInstant());
        for (var days = 1; days <= 14; days++)
        {
            var until = zone.AtLeniently(today.PlusDays(days).AtMidnight()).ToInstant();
            if (Feasible(all).Exists(candidate => candidate.End <= until))
            {
                var found = Best([.. all.Where(candidate => candidate.End <= until)], 1)[0];
                changes.Add((new SlotChange(SlotChangeKind.Widen, found) { Until = until }, (until - request.Window.End).TotalMinutes / (until - request.Window.Start).TotalMinutes));
                break;
            }
        }
        List<(SlotChange Change, int Opened)> without = [];
        foreach (var one in request.Attendees.Skip(1).Where(attendee => attendee.IsRequired))
        {
            var candidates = Candidates([.. request.Attendees.Select(attendee => attendee.Key == one.Key ? attendee with { IsRequired = false } : attendee)], request.Length, request.Window.End);
            if (Best(candidates, 1) is [var found])
            {
                without.Add((new SlotChange(SlotChangeKind.MakeOptional, found) { Without = one }, Feasible(candidates).Count));
            }
        }
        changes.AddRange(without.OrderByDescending(one => one.Opened).Take(3 - changes.Count).Select(one => (one.Change, 1.0 / request.Attendees.Count(attendee => attendee.IsRequired))));
        return [.. changes.OrderBy(one => one.Share).ThenBy(one => one.Change.Kind).Select(one => one.Change)];
    }

    private static bool Comes(Seat seat) => seat.Standing is not (Standing.Busy or Standing.Away);

    private static Seat SeatOf(Attendee attendee, MomentOf over)
    {
        var times = attendee.Availability.Busy.Where((_, number) => (over.Busy & (1UL << number)) != 0).ToList();
        bool Has(BusyKind kind) => times.Exists(time => time.Kind == kind);
        var standing = Has(BusyKind.Away) ? Standing.Away
            : Has(BusyKind.Busy) ? Standing.Busy
            : Has(BusyKind.Tentative) ? Standing.Tentative
            : !attendee.Availability.IsKnown ? Standing.Unknown
            : Has(BusyKind.Focus) ? Standing.Focus
            : Standing.Free;
        return new Seat(attendee, standing, over.InHours, times.Count(time => time.Kind == BusyKind.Focus));
    }

    /// <summary>
    /// What a moment is to somebody: whether it lies in their hours; how much rest it is (0 on a working day outside quiet hours; 1 on a day off; 2 in quiet
    /// hours; 3 in these from 22 until 7); which of their times cover it, a bit each.
    /// </summary>
    private readonly record struct MomentOf(bool InHours, int Rested, ulong Busy);

    private sealed class Moments(Attendee attendee, SlotRequest request, Instant now)
    {
        private readonly Instant _from = request.Window.Start;
        private readonly MomentOf?[] _known = new MomentOf?[(int)((now > request.Window.End ? now : request.Window.End) - request.Window.Start).TotalMinutes / 5 + (16 * 288)];

        public MomentOf Over(Instant start, Instant end)
        {
            var (all, from) = (new MomentOf(true, 0, 0), (int)((start - _from) / Moment));
            for (var number = from; number < from + (int)((end - start) / Moment); number++)
            {
                var one = _known[number] ??= Look(_from + (number * Moment));
                all = new MomentOf(all.InHours && one.InHours, Math.Max(all.Rested, one.Rested), all.Busy | one.Busy);
            }
            return all;
        }

        private MomentOf Look(Instant moment)
        {
            var (local, times) = (moment.InZone(attendee.Zone), attendee.Times);
            var isQuiet = times.Quiet.Any(quiet => quiet.From < quiet.Until
                ? quiet.From <= local.TimeOfDay && local.TimeOfDay < quiet.Until
                : quiet.From <= local.TimeOfDay || local.TimeOfDay < quiet.Until);
            return new MomentOf(
                new[] { 0, -1, -2 }.Any(days => IsInHoursOf(local.Date.PlusDays(days), moment)),
                isQuiet ? local.Hour is >= 22 or < 7 ? 3 : 2 : times.IsWorkingDay(local.Date) ? 0 : 1,
                attendee.Availability.Busy.Index().Where(time => Covers(time.Item, moment)).Aggregate(0UL, (busy, time) => busy | (1UL << time.Index)));
        }

        private bool Covers(BusyTime time, Instant moment)
        {
            var buffer = time.Kind == BusyKind.Busy ? request.Buffer : Duration.Zero;
            return time.Start != time.End && time.Start - buffer <= moment && moment < time.End + buffer;
        }

        private bool IsInHoursOf(LocalDate date, Instant moment)
        {
            var times = attendee.Times;
            var begins = attendee.Zone.AtLeniently(date + times.DayStarts);
            var ends = attendee.Zone.AtLeniently((times.DayStarts < times.DayEnds ? date : date.PlusDays(1)) + times.DayEnds);
            return times.IsWorkingDay(date) && begins.Date == date && begins.ToInstant() <= moment && moment < ends.ToInstant();
        }
    }
}
