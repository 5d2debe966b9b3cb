using System.Globalization;
using CoordinationBot.Storage;

namespace CoordinationBot.Upkeep;

/// <summary>
/// Moves everything from a Sqlite file to Azure. Broken off anywhere, it goes on when it is run again: a mark in the table says whose the half is that lies there. Rows are
/// written over what is there already, so none is there twice; wake-ups are put in anew, after the queue was emptied, once every row has been compared.
/// No host works on either side meanwhile: the file is locked, and no host starts on a table that has an unfinished mark.
/// </summary>
/// <param name="source">The file, which nobody else has.</param>
/// <param name="tables">Where its rows go.</param>
/// <param name="queue">Where its wake-ups go.</param>
/// <param name="time">The clock.</param>
/// <param name="output">Hears how far it is.</param>
internal sealed class Migration(SqliteFile source, AzureTables tables, AzureWorkQueue queue, TimeProvider time, TextWriter output)
{
    private const int Parallel = 16;

    /// <summary>Rows or wake-ups after which it says how far it is.</summary>
    private const int Stretch = 500;

    private readonly SqliteTables _rows = new(source);
    private readonly SqliteWorkQueue _work = new(source, time);
    private long _moved;

    /// <returns>What was moved.</returns>
    /// <exception cref="StorageException">In a sentence, why not.</exception>
    public async Task<MigrationMark> RunAsync(CancellationToken cancel)
    {
        var name = await MigrationMark.NameAsync(_rows, cancel);
        var mark = await MigrationMark.FindAsync(tables, cancel);
        if (mark is { Finished: not null } && mark.Source == name)
        {
            return (await DigestAsync(_rows, cancel)).ToString() == mark.Digest ? mark : throw Refused(
                $"This file was moved there on {mark.Finished:u} already, and was worked with since. Name an empty table and queue in Storage:Table and Storage:Queue to move it as it is now.");
        }
        if (mark is null ? await IsUsedAsync(cancel) : mark.Source != name)
            throw Refused("The table or the queue already holds other data, which a move must not mix with. Name empty ones in Storage:Table and Storage:Queue; they are made when they are missing.");

        var isAgain = mark is not null;
        mark ??= new MigrationMark(name, time.GetUtcNow());
        await mark.WriteAsync(tables, cancel);
        if (isAgain) await RemoveWhatIsGoneAsync(cancel);
        await MoveRowsAsync(isAgain, cancel);
        var digest = await CompareAsync(cancel);
        var wakeUps = await MoveWakeUpsAsync(cancel);
        mark = mark with { Finished = time.GetUtcNow(), Rows = digest.Count, WakeUps = wakeUps, Digest = digest.ToString() };
        await mark.WriteAsync(tables, cancel);
        return mark;
    }

    private static async Task<RowsDigest> DigestAsync(IRowScan scan, CancellationToken cancel)
    {
        var digest = new RowsDigest();
        await foreach (var row in scan.AllAsync(cancel))
        {
            if (IsMoved(row)) digest.Add(row);
        }
        return digest;
    }

    /// <summary>What hosts that nobody has spoken to yet say of themselves is no data.</summary>
    private static bool IsMoved(Row row) => row.Partition is not (MigrationMark.Partition or HostRegister.Partition);

    private async ValueTask<bool> IsUsedAsync(CancellationToken cancel) => await tables.AllAsync(cancel).AnyAsync(IsMoved, cancel) || await queue.CountAsync(cancel) > 0;

    /// <summary>The file was worked with between two runs.</summary>
    private async Task RemoveWhatIsGoneAsync(CancellationToken cancel)
    {
        await foreach (var row in tables.AllAsync(cancel))
        {
            if (!IsMoved(row) || await _rows.GetAsync(row.Partition, row.Key, cancel) is not null) continue;
            await Patience.Storage.ExecuteAsync(async cancel => await tables.CommitAsync(row.Partition, [new Change.Delete(row.Key, null)], cancel), cancel);
        }
    }

    private async Task MoveRowsAsync(bool isAgain, CancellationToken cancel)
    {
        _moved = 0;
        await System.Threading.Tasks.Parallel.ForEachAsync(BatchesAsync(_rows.AllAsync(cancel)), new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancel }, async (batch, cancel) =>
        {
            await Patience.Storage.ExecuteAsync(async cancel => await WriteAsync(batch, isAgain, cancel), cancel);
            Progress(batch.Rows.Count, "rows");
        });
    }

    private async ValueTask WriteAsync(Batch batch, bool isAgain, CancellationToken cancel)
    {
        var partition = batch.Rows[0].Partition;
        // Nothing lies there that is not in the file, so the next as many are these or come after them.
        var there = isAgain ? await tables.QueryAsync(partition, "", batch.Rows.Count, batch.After, cancel) : [];
        var data = there.ToDictionary(row => row.Key, row => row.Data, StringComparer.Ordinal);
        Change[] missing = [.. batch.Rows
            .Where(row => !data.TryGetValue(row.Key, out var same) || !same.Span.SequenceEqual(row.Data.Span))
            .Select(row => new Change.Upsert(row.Key, row.Data))];
        if (missing.Length > 0) await tables.CommitAsync(partition, missing, cancel);
    }

    private async Task<RowsDigest> CompareAsync(CancellationToken cancel)
    {
        var (here, there) = (await DigestAsync(_rows, cancel), await DigestAsync(tables, cancel));
        if (here.Count != there.Count || here.ToString() != there.ToString())
            throw Refused($"The file has {here.Count} rows with digest {here}, the table {there.Count} with digest {there}. Nobody else may write to the table: look who does, and run migrate again.");
        return here;
    }

    private async Task<long> MoveWakeUpsAsync(CancellationToken cancel)
    {
        _moved = 0;
        await queue.ClearAsync(cancel);
        await System.Threading.Tasks.Parallel.ForEachAsync(_work.All(), new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancel }, async (work, cancel) =>
        {
            await Patience.Storage.ExecuteAsync(async cancel => await queue.EnqueueAsync(work.WakeUp, work.Due, cancel), cancel);
            Progress(1, "wake-ups");
        });
        // A send whose answer was lost may be there twice, which a wake-up may.
        if (await queue.CountAsync(cancel) is var count && count < _moved)
            throw Refused($"The queue holds {count} of {_moved} wake-ups. Nobody else may read the queue: look who does, and run migrate again.");
        return _moved;
    }

    private void Progress(int more, string what)
    {
        var now = Interlocked.Add(ref _moved, more);
        if (now / Stretch > (now - more) / Stretch) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{now / Stretch * Stretch} {what}"));
    }

    /// <summary>Each of one partition, and no larger than Azure takes at once.</summary>
    private static async IAsyncEnumerable<Batch> BatchesAsync(IAsyncEnumerable<Row> rows)
    {
        var (batch, size) = (new Batch(null, []), 0L);
        await foreach (var row in rows.Where(IsMoved))
        {
            var more = TableLimits.ChangeSize(row.Partition, row.Key, row.Data.Span);
            if (batch.Rows is [.., var last] && (last.Partition != row.Partition || batch.Rows.Count == TableLimits.MaxChanges || size + more > TableLimits.MaxCommitSize))
            {
                yield return batch;
                (batch, size) = (new Batch(last.Partition == row.Partition ? last.Key : null, []), 0);
            }
            batch.Rows.Add(row);
            size += more;
        }
        if (batch.Rows.Count > 0) yield return batch;
    }

    private static StorageException Refused(string sentence) => new(sentence, new InvalidOperationException());

    /// <param name="After">The key before the first one, in the same partition.</param>
    /// <param name="Rows">One after another in one partition.</param>
    private sealed record Batch(string? After, List<Row> Rows);
}
