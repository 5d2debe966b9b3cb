namespace CoordinationBot.Afterwards;

/// <summary>What became of a tap.</summary>
internal enum Tap
{
    Counted,
    Already,

    /// <summary>It was somebody else's, or its time is over.</summary>
    NotOpen,
}

/// <summary>Who may answer, and that each does once.</summary>
internal static class PoolRules
{
    /// <summary>All seats stand in one row.</summary>
    public const int MostSeats = 1_000;

    /// <summary>The pool with a seat for somebody; null: they have answered already while these answers wait, so that a second one would not be of another person, or there is no room.</summary>
    public static Pool? Seat(Pool pool, string objectId, string about, DateOnly until)
    {
        var known = pool.Seats.FirstOrDefault(seat => seat.ObjectId == objectId);
        return known?.Event == about ? pool
            : known is null ? (pool.Seats.Count < MostSeats ? Sorted(pool, pool.Seats.Append(new Seat(objectId, about, until))) : null)
            // An older question comes late: it must not take the seat of a newer one.
            : known.State == SeatState.Answered || known.Until >= until ? null
            : Sorted(pool, pool.Seats.Where(seat => seat != known).Append(new Seat(objectId, about, until)));
    }

    /// <summary>Counts an answer.</summary>
    /// <param name="pool">As it is, closed up to this week.</param>
    /// <param name="objectId">Who pressed.</param>
    /// <param name="about">Which question.</param>
    /// <param name="verdict">What.</param>
    /// <param name="today">In the zone of the office.</param>
    public static (Tap Tap, Pool Pool) Answer(Pool pool, string objectId, string about, Verdict verdict, DateOnly today)
    {
        if (Find(pool, objectId, about) is not { } seat || (seat.State == SeatState.Open && seat.Until < today))
        {
            return (Tap.NotOpen, pool);
        }
        if (seat.State != SeatState.Open)
        {
            return (Tap.Already, pool);
        }
        var week = TrendRules.WeekOf(today);
        return (Tap.Counted, pool with
        {
            From = pool.Counts.Total == 0 ? week : pool.From,
            Last = week,
            Counts = pool.Counts.With(verdict),
            Seats = [.. pool.Seats.Select(known => known == seat ? known with { State = SeatState.Answered } : known)],
        });
    }

    public static Seat? Find(Pool pool, string objectId, string about) => pool.Seats.FirstOrDefault(seat => seat.ObjectId == objectId && seat.Event == about);

    // An order that says nothing of when somebody was asked.
    private static Pool Sorted(Pool pool, IEnumerable<Seat> seats) => pool with { Seats = [.. seats.OrderBy(seat => seat.ObjectId, StringComparer.Ordinal)] };
}
