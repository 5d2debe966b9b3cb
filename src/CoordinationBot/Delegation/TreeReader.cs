namespace CoordinationBot.Delegations;

/// <summary>
/// Reads the tree of a delegation for one person. Whoever leads or is assigned something sees it, all above it and all below it, and nothing beside that;
/// for everybody else it does not exist. How much is read does not grow with the tree.
/// </summary>
internal sealed class TreeReader(DelegationStore store, DelegationIndex index)
{
    private const int MostBeside = 8;
    private const int MostLines = 25;
    private const int MostOwn = 8;

    /// <summary>Null: there is no such delegation, as far as this person may know.</summary>
    public async ValueTask<Tree?> ReadAsync(string tenant, string? id, string objectId, CancellationToken cancel)
    {
        if (id is null || await store.FindAsync(tenant, id.ToUpperInvariant(), cancel) is not { } asked)
        {
            return null;
        }
        var above = await AboveAsync(asked, cancel);
        // What of the levels below may be shown, where the person is neither in this one nor above it: the ways to what they are in.
        var ways = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var isWithin = above.Append(asked).Any(one => Is(one, objectId));
        if (!isWithin)
        {
            var own = await index.UnderAsync(tenant, objectId, asked.Id, MostOwn, cancel);
            if (own.Count == 0)
            {
                return null;
            }
            foreach (var entry in own)
            {
                var child = entry.Id;
                foreach (var parent in entry.Ancestors ?? [])
                {
                    (ways.TryGetValue(parent, out var known) ? known : ways[parent] = new HashSet<string>(StringComparer.Ordinal)).Add(child);
                    child = parent;
                }
            }
        }
        List<TreeLine> lines = [.. above.Select((one, level) => new TreeLine(IndexRules.Entry(one), level, 0))];
        await AddAsync(lines, asked, isWithin, ways, objectId, cancel);
        return new Tree(asked.Id, lines);
    }

    /// <summary>A delegation and what is below it: what is open before what has ended.</summary>
    private async ValueTask AddAsync(List<TreeLine> lines, Delegation delegation, bool isWithin, Dictionary<string, HashSet<string>> ways, string objectId, CancellationToken cancel)
    {
        isWithin |= Is(delegation, objectId);
        var level = delegation.Ancestors?.Count ?? 0;
        var visible = delegation.Dealings.Children.Where(child => isWithin || (ways.TryGetValue(delegation.Id, out var way) && way.Contains(child.Id))).OrderBy(child => child.IsSettled).ToList();
        var at = lines.Count;
        lines.Add(new TreeLine(IndexRules.Entry(delegation), level, 0));
        var shown = visible.Take(Math.Min(MostBeside, MostLines - lines.Count)).ToList();
        var reading = shown.Select(child => store.FindAsync(delegation.Tenant, child.Id, cancel).AsTask()).ToList();
        var hidden = visible.Count - shown.Count;
        foreach (var child in await Task.WhenAll(reading))
        {
            if (child is null)
            {
                continue; // It was handed on a moment ago and is about to be there.
            }
            if (lines.Count == MostLines)
            {
                hidden++;
                continue;
            }
            await AddAsync(lines, child, isWithin, ways, objectId, cancel);
        }
        lines[at] = lines[at] with { Hidden = hidden };
    }

    /// <summary>The top first.</summary>
    private async ValueTask<IReadOnlyList<Delegation>> AboveAsync(Delegation delegation, CancellationToken cancel)
    {
        var found = await Task.WhenAll((delegation.Ancestors ?? []).Reverse().Select(id => store.FindAsync(delegation.Tenant, id, cancel).AsTask()));
        return [.. found.Select(one => one ?? throw new InvalidOperationException("A delegation stands under one that is not there."))];
    }

    private static bool Is(Delegation delegation, string objectId) => delegation.Parties.Any(party => party.ObjectId == objectId);
}
