using CoordinationBot.Calendars;
using CsCheck;
using NodaTime;

namespace CoordinationBot.Tests.Calendars;

public sealed class SlotProperties
{
    [Fact]
    public void What_is_found_is_what_is_found_step_by_step() => SlotSamples.Any.Sample(
        sample =>
        {
            var (request, now) = sample;
            var oracle = new SlotOracle(request, now);
            var all = oracle.Candidates(request.Attendees, request.Length, request.Window.End);
            var seating = Seating.Of(request, now);
            Assert.Equal(all.Select(candidate => Read(new Slot(new Interval(candidate.Start, candidate.End), candidate.Seats))), Enumerable.Range(0, seating.Grid.Count).Select(index => Read(seating.SlotAt(index))));
            Assert.Equal(SlotOracle.Feasible(all).Select(candidate => candidate.Start), Enumerable.Range(0, seating.Grid.Count).Where(seating.IsFeasible).Select(index => seating.Grid.Time(index).Start));

            var (expected, found) = (oracle.Find(), SlotRules.Find(request, now));
            Assert.Equal(expected.Best.Select(Read), found.Best.Select(Read));
            Assert.Equal(expected.Blockers.Select(Read), found.Blockers.Select(Read));
            Assert.Equal(expected.Changes.Select(Read), found.Changes.Select(Read));
        },
        iter: 400);

    [Fact]
    public void What_is_offered_can_be_held_and_is_ahead() => SlotSamples.Any.Sample(
        sample =>
        {
            var (request, now) = sample;
            var found = SlotRules.Find(request, now);
            Assert.True(found.Best.Count <= request.Most && found.Changes.Count <= 3);
            Assert.All(found.Best, slot =>
            {
                Assert.True(slot.Time.Start > now && slot.Time.Start >= request.Window.Start && slot.Time.End <= request.Window.End && slot.Time.Duration == request.Length);
                Assert.Equal(0, slot.Time.Start.ToUnixTimeTicks() % request.Step.BclCompatibleTicks);
                Assert.Equal(request.Attendees, slot.Seats.Select(seat => seat.Attendee));
                Assert.All(slot.Seats, seat => Assert.True(seat.CanCome || !seat.Attendee.IsRequired));
                Assert.DoesNotContain(slot.Seats, seat => !seat.Attendee.Availability.IsKnown && seat.IsKnownFree);
                Assert.DoesNotContain(found.Best, other => other != slot && other.Time.Start < slot.Time.End && slot.Time.Start < other.Time.End);
            });
        },
        iter: 3_000);

    [Fact]
    public void A_change_is_offered_only_where_there_is_nothing_and_makes_what_it_says() => SlotSamples.Any.Sample(
        sample =>
        {
            var (request, now) = sample;
            var found = SlotRules.Find(request, now);
            Assert.True(found.Best.Count == 0 || (found.Changes.Count == 0 && found.Blockers.Count == 0));
            Assert.All(found.Changes, change =>
            {
                var changed = SlotChangeRules.Apply(request, change);
                Assert.Equal(Read(change.Found), Read(SlotRules.Find(changed, now).Best[0]));
                Assert.True(changed.Attendees[0] == request.Attendees[0] && changed.Length >= Duration.FromMinutes(15) && changed.Window.End <= Instant.Max(request.Window.End, now) + Duration.FromDays(15));
                Assert.Single(new[] { changed.Length < request.Length, changed.Window.End > request.Window.End, changed.Attendees.Count(attendee => attendee.IsRequired) < request.Attendees.Count(attendee => attendee.IsRequired) }, isOther => isOther);
            });
        },
        iter: 3_000);

    [Fact]
    public void Who_is_busy_in_pieces_is_busy_as_in_one() => SlotSamples.Any.Sample(
        sample =>
        {
            var (request, now) = sample;
            // Focus blocks are counted; what was cut is two.
            var pieces = request with { Attendees = [.. request.Attendees.Select(attendee => attendee with { Availability = attendee.Availability with { Busy = [.. attendee.Availability.Busy.Where(time => time.Kind != BusyKind.Focus).SelectMany(Cut)] } })] };
            var whole = request with { Attendees = [.. request.Attendees.Select(attendee => attendee with { Availability = attendee.Availability with { Busy = [.. attendee.Availability.Busy.Where(time => time.Kind != BusyKind.Focus)] } })] };
            Assert.Equal(SlotRules.Find(whole, now).Best.Select(Read), SlotRules.Find(pieces, now).Best.Select(Read));
        },
        iter: 1_000);

    /// <summary>Into two, at a second of no grid.</summary>
    private static IEnumerable<BusyTime> Cut(BusyTime time) =>
        time.End - time.Start < Duration.FromMinutes(2) ? [time] : [time with { End = time.Start + Duration.FromSeconds(77) }, time with { Start = time.Start + Duration.FromSeconds(77) }];

    private static string Read(Slot slot) =>
        $"{slot.Time} {string.Join(", ", slot.Seats.Select(seat => $"{seat.Attendee.Key}{(seat.Attendee.IsRequired ? "" : " (optional)")} {seat.Standing} {seat.IsInHours} {seat.FocusBlocks}"))}";

    private static string Read(Blocker blocker) => $"{blocker.Attendee.Key} {blocker.Blocked} {blocker.Alone} {blocker.Of}";

    private static string Read(SlotChange change) => $"{change.Kind} {change.Length} {change.Without?.Key} {change.Until} {Read(change.Found)}";
}
