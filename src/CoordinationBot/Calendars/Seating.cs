using CoordinationBot.People;
using NodaTime;

namespace CoordinationBot.Calendars;

/// <summary>How everybody stands to every possible time: worked out once, linear in their busy times, then asked by the ranking, the blockers and the changes.</summary>
internal sealed class Seating
{
    private readonly Row[] _rows;

    private Seating(SlotGrid grid, IReadOnlyList<Attendee> attendees, Row[] rows)
    {
        (Grid, Attendees, _rows) = (grid, attendees, rows);
        (Needed, Against) = (new Rest[grid.Count], new int[grid.Count]);
        foreach (var person in Required)
        {
            var (standings, rests) = (rows[person].Standings, rows[person].Hours.Rests);
            for (var index = 0; index < grid.Count; index++)
            {
                Needed[index] = rests[index] > Needed[index] ? rests[index] : Needed[index];
                Against[index] += standings[index] >= Standing.Busy ? 1 : 0;
            }
        }
        Least = Rest.Night;
        for (var index = 0; index < grid.Count; index++)
        {
            Least = Needed[index] < Least ? Needed[index] : Least;
        }
    }

    public SlotGrid Grid { get; }

    public IReadOnlyList<Attendee> Attendees { get; }

    /// <summary>Indexes of those who are required.</summary>
    public IEnumerable<int> Required => Enumerable.Range(0, Attendees.Count).Where(person => Attendees[person].IsRequired);

    /// <summary>By time: into how much rest of somebody required it falls.</summary>
    public Rest[] Needed { get; }

    /// <summary>By time: how many of those required cannot come.</summary>
    public int[] Against { get; }

    /// <summary>The least rest that has to be broken: what breaks more is not looked at.</summary>
    public Rest Least { get; }

    public static Seating Of(SlotRequest request, Instant now)
    {
        var grid = SlotGrid.Of(request, now);
        Dictionary<(DateTimeZone, WorkTimes), Hours> hours = [];
        var rows = new Row[request.Attendees.Count];
        for (var person = 0; person < rows.Length; person++)
        {
            var attendee = request.Attendees[person];
            if (!hours.TryGetValue((attendee.Zone, attendee.Times), out var theirs))
            {
                hours[(attendee.Zone, attendee.Times)] = theirs = HoursOf(attendee, grid);
            }
            rows[person] = RowOf(attendee.Availability, request.Buffer, grid, theirs);
        }
        return new Seating(grid, request.Attendees, rows);
    }

    /// <summary>The same people at the same times, though others of them are required.</summary>
    public Seating With(IReadOnlyList<Attendee> attendees) => new(Grid, attendees, _rows);

    /// <summary>The same people, without the times from this one on.</summary>
    public Seating Before(int index) => new(Grid with { Count = index }, Attendees, _rows);

    public bool IsLookedAt(int index) => Needed[index] == Least;

    public bool IsFeasible(int index) => IsLookedAt(index) && Against[index] == 0;

    /// <summary>By time: how somebody stands to it.</summary>
    public ReadOnlySpan<Standing> StandingsOf(int person) => _rows[person].Standings.AsSpan(0, Grid.Count);

    /// <summary>By time: into how much rest of somebody it falls.</summary>
    public ReadOnlySpan<Rest> RestsOf(int person) => _rows[person].Hours.Rests.AsSpan(0, Grid.Count);

    /// <summary>By time: whether it lies outside of somebody's working hours.</summary>
    public ReadOnlySpan<bool> OutsideOf(int person) => _rows[person].Hours.Outside.AsSpan(0, Grid.Count);

    /// <summary>By time: how many blocks of focus time of somebody it touches; empty when they have none.</summary>
    public ReadOnlySpan<ushort> FocusBlocksOf(int person) => _rows[person].FocusBlocks;

    public Slot SlotAt(int index) =>
        new(Grid.Time(index), [.. Attendees.Select((attendee, person) => new Seat(attendee, _rows[person].Standings[index], !_rows[person].Hours.Outside[index], _rows[person].FocusBlocks?[index] ?? 0))]);

    private static Row RowOf(Availability availability, Duration buffer, SlotGrid grid, Hours hours)
    {
        var standings = new Standing[grid.Count];
        ushort[]? focus = null;
        standings.AsSpan().Fill(availability.IsKnown ? Standing.Free : Standing.Unknown);
        for (var time = 0; time < availability.Busy.Count; time++)
        {
            var busy = availability.Busy[time].With(buffer);
            var (from, until) = grid.Touched(busy.Start, busy.End);
            var standing = busy.Kind switch
            {
                BusyKind.Busy => Standing.Busy,
                BusyKind.Tentative => Standing.Tentative,
                BusyKind.Focus => Standing.Focus,
                BusyKind.Away => Standing.Away,
            };
            for (var index = from; index < until; index++)
            {
                standings[index] = standing > standings[index] ? standing : standings[index];
            }
            if (standing == Standing.Focus && from < until)
            {
                focus ??= new ushort[grid.Count];
                for (var index = from; index < until; index++)
                {
                    focus[index]++;
                }
            }
        }
        return new Row(standings, focus, hours);
    }

    private static Hours HoursOf(Attendee attendee, SlotGrid grid)
    {
        var hours = new Hours(new Rest[grid.Count], new bool[grid.Count]);
        if (grid.Count == 0)
        {
            return hours;
        }
        foreach (var rest in WorkingHours.Rests(attendee.Zone, attendee.Times, grid.Span))
        {
            var (from, until) = grid.Touched(rest.Start, rest.End);
            for (var index = from; index < until; index++)
            {
                hours.Rests[index] = rest.Kind > hours.Rests[index] ? rest.Kind : hours.Rests[index];
            }
        }
        foreach (var outside in WorkingHours.Outside(attendee.Zone, attendee.Times, grid.Span))
        {
            var (from, until) = grid.Touched(outside.Start, outside.End);
            hours.Outside.AsSpan(from, until - from).Fill(true);
        }
        return hours;
    }

    /// <summary>One person, by time.</summary>
    private readonly record struct Row(Standing[] Standings, ushort[]? FocusBlocks, Hours Hours);

    /// <summary>A zone and its working times, by time: many share them.</summary>
    private sealed record Hours(Rest[] Rests, bool[] Outside);
}
