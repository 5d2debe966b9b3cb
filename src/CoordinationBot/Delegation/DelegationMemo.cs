using System.Collections.Concurrent;
using CoordinationBot.Storage;

namespace CoordinationBot.Delegations;

/// <summary>
/// What this host made of rows that it read or wrote lately, by their version: a row that has not changed is not taken out of its JSON again. The row
/// itself is read every time, so nothing here is ever older than the store.
/// </summary>
internal sealed class DelegationMemo
{
    private const int Most = 1000;
    private readonly ConcurrentDictionary<string, (string Version, Delegation Delegation)> _known = new(StringComparer.Ordinal);

    public Delegation Read(Row row)
    {
        if (_known.TryGetValue(row.Partition, out var known) && known.Version == row.Version)
        {
            return known.Delegation;
        }
        var read = row.Read(DelegationJson.Default.Delegation);
        Keep(row.Partition, row.Version, read);
        return read;
    }

    public void Keep(string partition, string version, Delegation delegation)
    {
        if (_known.Count >= Most)
        {
            _known.Clear();
        }
        _known[partition] = (version, delegation);
    }
}
