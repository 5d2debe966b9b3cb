namespace CoordinationBot.Calendars;

/// <summary>Which of the times that would do are the best.</summary>
internal static class SlotRanking
{
    /// <summary>The best, then always the best that overlaps none of those before: five times of one morning, each a quarter of an hour later, are one offer.</summary>
    public static IReadOnlyList<Slot> Best(Seating seating, int most)
    {
        List<SlotRank> best = [];
        var grid = seating.Grid;
        foreach (var rank in Ranks(seating).Order())
        {
            if (best.Count == most)
            {
                break;
            }
            if (best.TrueForAll(other => Math.Abs(other.Index - rank.Index) * grid.Step >= grid.Length))
            {
                best.Add(rank);
            }
        }
        return [.. best.Select(rank => seating.SlotAt(rank.Index))];
    }

    private static SlotRank[] Ranks(Seating seating)
    {
        SlotRank[] ranks = [.. Enumerable.Range(0, seating.Grid.Count).Where(seating.IsFeasible).Select(index => new SlotRank { Index = index })];
        for (var person = 0; person < seating.Attendees.Count; person++)
        {
            var isRequired = seating.Attendees[person].IsRequired;
            var standings = seating.StandingsOf(person);
            var outside = seating.OutsideOf(person);
            var focusBlocks = seating.FocusBlocksOf(person);
            for (var at = 0; at < ranks.Length; at++)
            {
                ref var rank = ref ranks[at];
                var standing = standings[rank.Index];
                if (standing >= Standing.Busy)
                {
                    rank.Missing++;
                    continue;
                }
                if (standing > Standing.Focus)
                {
                    rank.Doubtful += isRequired ? 1 : 0;
                    rank.Tentative += isRequired && standing == Standing.Tentative ? 1 : 0;
                    rank.DoubtfulOptional += isRequired ? 0 : 1;
                }
                rank.Outside += outside[rank.Index] ? 1 : 0;
                rank.FocusBlocks += focusBlocks.IsEmpty ? 0 : focusBlocks[rank.Index];
            }
        }
        return ranks;
    }

    /// <summary>What decides, in this order: less is better.</summary>
    private record struct SlotRank : IComparable<SlotRank>
    {
        /// <summary>Required, and not known to be free.</summary>
        public int Doubtful;

        /// <summary>Of these, those of whom something is known against it.</summary>
        public int Tentative;

        /// <summary>Optional, and cannot come.</summary>
        public int Missing;

        /// <summary>Optional, and not known to be free.</summary>
        public int DoubtfulOptional;

        /// <summary>Would come outside of their working hours.</summary>
        public int Outside;

        /// <summary>Of those who would come.</summary>
        public int FocusBlocks;

        public int Index;

        public readonly int CompareTo(SlotRank other) =>
            (Doubtful, Tentative, Missing, DoubtfulOptional, Outside, FocusBlocks, Index).CompareTo((other.Doubtful, other.Tentative, other.Missing, other.DoubtfulOptional, other.Outside, other.FocusBlocks, other.Index));
    }
}
