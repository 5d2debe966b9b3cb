using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace CoordinationBot.Storage;

/// <summary>
/// Tables on Azure Storage. A row is an entity whose data lies in the string properties <c>Data</c>, <c>Data1</c>, …; its version is the ETag.
/// <para>
/// A write is tried again when the network fails, and may then find its own first try: an insert that answers 409, an update 412. So each commit leaves a mark in the rows it
/// writes, and the client's own retries are off, for only who counts the tries can know. After a retry a conflict is looked into: our mark in any row
/// proves that the whole commit landed. What cannot be known: a commit whose every row somebody else has rewritten meanwhile is reported as a conflict, so a
/// caller decides again and finds its operation row; and of a commit of deletes alone, rows that are gone count as deleted by us.
/// </para>
/// </summary>
internal sealed class AzureTables(TableClient table, TimeProvider time) : ITables, IRowScan
{
    private const string Mark = "Commit";
    private const string Data = "Data";

    /// <summary>Stands for the version of a row that somebody else has rewritten: well-formed, and never current.</summary>
    private const string OvertakenVersion = "W/\"datetime'1601-01-01T00%3A00%3A00.0000000Z'\"";

    public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancel)
    {
        TableLimits.CheckKey(partition, nameof(partition));
        TableLimits.CheckKey(key, nameof(key));
        return CallAsync<Row?>(async () => await FindAsync(partition, key, cancel) is { } entity ? ToRow(entity) : null, cancel);
    }

    public ValueTask<IReadOnlyList<Row>> QueryAsync(string partition, string prefix, int take, string? after, CancellationToken cancel)
    {
        TableLimits.CheckQuery(partition, prefix, take, after);
        var filter = Filter(partition, prefix, after);
        return CallAsync<IReadOnlyList<Row>>(
            async () =>
            {
                var rows = new List<Row>();
                await foreach (var entity in table.QueryAsync<TableEntity>(filter, take, cancellationToken: cancel))
                {
                    if (!entity.RowKey.StartsWith(prefix, StringComparison.Ordinal)) break;
                    rows.Add(ToRow(entity));
                    if (rows.Count == take) break;
                }
                return rows;
            },
            cancel);
    }

    /// <summary>First what is left of a partition, then those after it: a filter that says "or" makes the service look at every row.</summary>
    public async ValueTask<IReadOnlyList<Row>> ScanAsync(string prefix, int take, RowPlace? after, CancellationToken cancel)
    {
        TableLimits.CheckScan(prefix, take, after);
        var rows = after is null ? [] : await QueryAsync(after.Partition, "", take, after.Key, cancel);
        if (rows.Count == take)
        {
            return rows;
        }
        var from = after is null ? TableClient.CreateQueryFilter($"PartitionKey ge {prefix}") : TableClient.CreateQueryFilter($"PartitionKey gt {after.Partition}");
        var filter = prefix.Length == 0 ? from : $"{from} and {TableClient.CreateQueryFilter($"PartitionKey lt {TableLimits.EndOfScan(prefix)}")}";
        return await CallAsync<IReadOnlyList<Row>>(
            async () =>
            {
                List<Row> all = [.. rows];
                await foreach (var entity in table.QueryAsync<TableEntity>(filter, take - rows.Count, cancellationToken: cancel))
                {
                    all.Add(ToRow(entity));
                    if (all.Count == take) break;
                }
                return all;
            },
            cancel);
    }

    public async ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<Change> changes, CancellationToken cancel)
    {
        TableLimits.CheckCommit(partition, changes);
        var mark = RandomNumberGenerator.GetHexString(16);
        var retried = false;
        return await CallAsync(
            async () =>
            {
                var mayBeOurs = retried;
                retried = true;
                var result = changes.Count == 1 ? await OneAsync(partition, changes[0], mark, cancel) : await ManyAsync(partition, changes, mark, cancel);
                return mayBeOurs && !result.Committed ? await LandedAsync(partition, changes, mark, cancel) ?? result : result;
            },
            cancel);
    }

    public async ValueTask CheckAsync(CancellationToken cancel) => await GetAsync("check", "check", cancel);

    private async ValueTask<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        for (var retry = 1; ; retry++)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (retry <= AzureCalls.Retries && AzureCalls.IsTransient(e, cancel))
            {
                await Task.Delay(AzureCalls.DelayBefore(retry), time, cancel);
            }
            catch (Exception e) when (AzureCalls.IsOutage(e, cancel))
            {
                throw AzureCalls.Outage($"Table {table.Name}", e);
            }
        }
    }

    private async Task<TableEntity?> FindAsync(string partition, string key, CancellationToken cancel)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancel);
        return found.HasValue ? found.Value : null;
    }

    private async Task<CommitResult> OneAsync(string partition, Change change, string mark, CancellationToken cancel)
    {
        try
        {
            var response = change switch
            {
                Change.Insert => await table.AddEntityAsync(ToEntity(partition, change, mark), cancel),
                Change.Replace replace => await table.UpdateEntityAsync(ToEntity(partition, change, mark), new ETag(replace.Version), TableUpdateMode.Replace, cancel),
                Change.Upsert => await table.UpsertEntityAsync(ToEntity(partition, change, mark), TableUpdateMode.Replace, cancel),
                Change.Delete delete => await table.DeleteEntityAsync(partition, change.Key, VersionOf(delete), cancel),
                _ => throw Unknown(change),
            };
            // The client does not throw when there is nothing to delete.
            if (change is Change.Delete { Version: not null } && response.Status == 404) return new(change.Key, []);
            return new(null, [change is Change.Delete ? null : response.Headers.ETag!.Value.ToString()]);
        }
        catch (RequestFailedException e) when (IsConflict(change, e.Status))
        {
            return new(change.Key, []);
        }
    }

    private async Task<CommitResult> ManyAsync(string partition, IReadOnlyList<Change> changes, string mark, CancellationToken cancel)
    {
        var sent = Enumerable.Range(0, changes.Count).ToList();
        while (true)
        {
            try
            {
                var versions = new string?[changes.Count];
                if (sent.Count == 0) return new(null, versions);
                var answers = (await table.SubmitTransactionAsync(sent.Select(i => ToAction(partition, changes[i], mark)), cancel)).Value;
                for (var i = 0; i < sent.Count; i++) versions[sent[i]] = changes[sent[i]] is Change.Delete ? null : answers[i].Headers.ETag!.Value.ToString();
                return new(null, versions);
            }
            catch (TableTransactionFailedException e) when (e.FailedTransactionActionIndex is { } index && index < sent.Count)
            {
                var change = changes[sent[index]];
                // Deleting whatever is there finds nothing, which a transaction takes for a failure: without it, then.
                if (change is Change.Delete { Version: null } && e.Status == 404) sent.RemoveAt(index);
                else if (IsConflict(change, e.Status)) return new(change.Key, []);
                else throw;
            }
        }
    }

    /// <summary>The result of an earlier try that landed although its answer was lost, or null when none did.</summary>
    private async Task<CommitResult?> LandedAsync(string partition, IReadOnlyList<Change> changes, string mark, CancellationToken cancel)
    {
        var versions = new string?[changes.Count];
        var ours = false;
        var gone = true;
        for (var i = 0; i < changes.Count; i++)
        {
            var entity = await FindAsync(partition, changes[i].Key, cancel);
            gone &= entity is null;
            if (changes[i] is Change.Delete) continue;
            var isOurs = entity?.GetString(Mark) == mark;
            ours |= isOurs;
            versions[i] = isOurs ? entity!.ETag.ToString() : OvertakenVersion;
        }
        return ours || (gone && changes.All(change => change is Change.Delete)) ? new CommitResult(null, versions) : null;
    }

    private static bool IsConflict(Change change, int status) => change switch
    {
        Change.Insert => status == 409,
        Change.Replace or Change.Delete { Version: not null } => status is 404 or 412,
        _ => false,
    };

    private static TableTransactionAction ToAction(string partition, Change change, string mark) => change switch
    {
        Change.Insert => new(TableTransactionActionType.Add, ToEntity(partition, change, mark)),
        Change.Replace replace => new(TableTransactionActionType.UpdateReplace, ToEntity(partition, change, mark), new ETag(replace.Version)),
        Change.Upsert => new(TableTransactionActionType.UpsertReplace, ToEntity(partition, change, mark)),
        Change.Delete delete => new(TableTransactionActionType.Delete, new TableEntity(partition, change.Key), VersionOf(delete)),
        _ => throw Unknown(change),
    };

    private static ETag VersionOf(Change.Delete delete) => delete.Version is { } version ? new ETag(version) : ETag.All;

    private static TableEntity ToEntity(string partition, Change change, string mark)
    {
        var entity = new TableEntity(partition, change.Key) { [Mark] = mark };
        var data = Encoding.UTF8.GetString(TableLimits.DataOf(change).Span);
        for (int part = 0, at = 0; part == 0 || at < data.Length; part++)
        {
            var length = Math.Min(TableLimits.MaxStringLength, data.Length - at);
            // Half a surrogate pair would not survive the way there.
            if (at + length < data.Length && char.IsHighSurrogate(data[at + length - 1])) length--;
            entity[PartName(part)] = data.Substring(at, length);
            at += length;
        }
        return entity;
    }

    private static Row ToRow(TableEntity entity)
    {
        if (!entity.TryGetValue(Data, out var first) || first is not string data)
            throw new RowUnreadableException(entity.PartitionKey, entity.RowKey, new InvalidDataException("There is no data property."));
        for (var part = 1; entity.TryGetValue(PartName(part), out var next) && next is string more; part++) data += more;
        return new Row(entity.PartitionKey, entity.RowKey, entity.ETag.ToString(), Encoding.UTF8.GetBytes(data));
    }

    private static string PartName(int part) => part == 0 ? Data : string.Create(CultureInfo.InvariantCulture, $"{Data}{part}");

    private static string Filter(string partition, string prefix, string? after)
    {
        var filter = after is not null && string.CompareOrdinal(after, prefix) >= 0
            ? TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix}");
        return EndOf(prefix) is { } end ? $"{filter} and {TableClient.CreateQueryFilter($"RowKey lt {end}")}" : filter;
    }

    /// <summary>The first key beyond a prefix, in the ordinal order of UTF-16; null when there is no well-formed one, and the reader stops by itself.</summary>
    private static string? EndOf(string prefix)
    {
        if (prefix.Length == 0 || prefix[^1] >= '\uD7FF') return null;
        var next = (char)(prefix[^1] + 1);
        // Control characters are in no key, and not sent in a filter either.
        return prefix[..^1] + (next is >= '\u007F' and < '\u00A0' ? '\u00A0' : next);
    }

    private static InvalidOperationException Unknown(Change change) => new($"{change.GetType().Name} is not a change this store knows.");
}
