using System.Globalization;

namespace CoordinationBot.Storage;

/// <summary>The embedded tables. Versions are numbers of a counter over the whole file, so that none comes twice.</summary>
internal sealed class SqliteTables(SqliteFile file) : ITables, IRowScan
{
    private const string SelectRow = "SELECT version, data FROM rows WHERE partition = ?1 AND key = ?2";
    private const string SelectFrom = "SELECT key, version, data FROM rows WHERE partition = ?1 AND key >= ?2 ORDER BY key LIMIT ?3";
    private const string SelectAfter = "SELECT key, version, data FROM rows WHERE partition = ?1 AND key > ?2 ORDER BY key LIMIT ?3";
    private const string SelectAll = "SELECT partition, key, version, data FROM rows WHERE (partition, key) > (?1, ?2) AND partition >= ?3 AND partition < ?4 ORDER BY partition, key LIMIT ?5";
    private const string SelectVersion = "SELECT version FROM rows WHERE partition = ?1 AND key = ?2";
    private const string InsertRow = "INSERT INTO rows (partition, key, version, data) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    private const string ReplaceRow = "UPDATE rows SET version = ?3, data = ?4 WHERE partition = ?1 AND key = ?2 AND version = ?5";
    private const string UpsertRow = "INSERT INTO rows (partition, key, version, data) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET version = ?3, data = ?4";
    private const string DeleteRow = "DELETE FROM rows WHERE partition = ?1 AND key = ?2";
    private const string DeleteVersion = "DELETE FROM rows WHERE partition = ?1 AND key = ?2 AND version = ?3";

    public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancel)
    {
        TableLimits.CheckKey(partition, nameof(partition));
        TableLimits.CheckKey(key, nameof(key));
        cancel.ThrowIfCancellationRequested();
        return new(file.Read((partition, key), static (session, at) =>
        {
            var select = session.Prepared(SelectRow).Bind(1, at.partition).Bind(2, at.key);
            try
            {
                return select.Step() ? new Row(at.partition, at.key, Text(select.Number(0)), select.Bytes(1)) : null;
            }
            finally
            {
                select.Reset();
            }
        }));
    }

    public ValueTask<IReadOnlyList<Row>> QueryAsync(string partition, string prefix, int take, string? after, CancellationToken cancel)
    {
        TableLimits.CheckQuery(partition, prefix, take, after);
        cancel.ThrowIfCancellationRequested();
        return new(file.Read((partition, prefix, take, after), static (session, query) =>
        {
            var pastPrefix = query.after is not null && string.CompareOrdinal(query.after, query.prefix) >= 0;
            var select = session.Prepared(pastPrefix ? SelectAfter : SelectFrom)
                .Bind(1, query.partition).Bind(2, pastPrefix ? query.after! : query.prefix).Bind(3, query.take);
            try
            {
                var rows = new List<Row>();
                while (select.Step())
                {
                    // Keys with one prefix lie together: the first without it ends them.
                    var key = select.Text(0);
                    if (!key.StartsWith(query.prefix, StringComparison.Ordinal)) break;
                    rows.Add(new Row(query.partition, key, Text(select.Number(1)), select.Bytes(2)));
                }
                return (IReadOnlyList<Row>)rows;
            }
            finally
            {
                select.Reset();
            }
        }));
    }

    public ValueTask<IReadOnlyList<Row>> ScanAsync(string prefix, int take, RowPlace? after, CancellationToken cancel)
    {
        TableLimits.CheckScan(prefix, take, after);
        cancel.ThrowIfCancellationRequested();
        return new(file.Read((prefix, take, after), static (session, query) =>
        {
            var select = session.Prepared(SelectAll)
                .Bind(1, query.after?.Partition ?? "").Bind(2, query.after?.Key ?? "").Bind(3, query.prefix).Bind(4, TableLimits.EndOfScan(query.prefix)).Bind(5, query.take);
            try
            {
                var rows = new List<Row>();
                while (select.Step())
                {
                    rows.Add(new Row(select.Text(0), select.Text(1), Text(select.Number(2)), select.Bytes(3)));
                }
                return (IReadOnlyList<Row>)rows;
            }
            finally
            {
                select.Reset();
            }
        }));
    }

    public ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<Change> changes, CancellationToken cancel)
    {
        TableLimits.CheckCommit(partition, changes);
        return new(file.WriteAsync(new Commit(partition, changes, cancel), cancel));
    }

    public ValueTask CheckAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        file.Read(0, static (session, _) =>
        {
            var select = session.Prepared("SELECT value FROM counter");
            try
            {
                return select.Step();
            }
            finally
            {
                select.Reset();
            }
        });
        return ValueTask.CompletedTask;
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static long Number(string version) =>
        // A version that no row here can have had conflicts like a stale one.
        long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private sealed class Commit(string partition, IReadOnlyList<Change> changes, CancellationToken cancel) : SqliteWrite<CommitResult>(cancel)
    {
        protected override CommitResult Write(SqliteSession session, SqliteFile file)
        {
            // Conditions first, so that a commit that conflicts leaves nothing in the transaction it shares with others. One change alone is its own check.
            for (var i = 0; changes.Count > 1 && i < changes.Count; i++)
            {
                if (!Holds(session, changes[i])) return new(changes[i].Key, []);
            }

            var versions = new string?[changes.Count];
            for (var i = 0; i < changes.Count; i++)
            {
                var version = changes[i] is Change.Delete ? 0 : file.NextVersion();
                var written = changes[i] switch
                {
                    Change.Insert insert => Row(session, InsertRow, insert.Key).Bind(3, version).Bind(4, insert.Data.Span).Run(),
                    Change.Replace replace => Row(session, ReplaceRow, replace.Key).Bind(3, version).Bind(4, replace.Data.Span).Bind(5, Number(replace.Version)).Run(),
                    Change.Upsert upsert => Row(session, UpsertRow, upsert.Key).Bind(3, version).Bind(4, upsert.Data.Span).Run(),
                    Change.Delete { Version: null } delete => Math.Max(1, Row(session, DeleteRow, delete.Key).Run()),
                    Change.Delete delete => Row(session, DeleteVersion, delete.Key).Bind(3, Number(delete.Version)).Run(),
                    _ => throw new InvalidOperationException($"{changes[i].GetType().Name} is not a change this store knows."),
                };
                if (written == 0) return new(changes[i].Key, []);
                versions[i] = version == 0 ? null : Text(version);
            }
            return new(null, versions);
        }

        private bool Holds(SqliteSession session, Change change) => change switch
        {
            Change.Insert => Version(session, change.Key) is null,
            Change.Replace replace => Version(session, change.Key) == Number(replace.Version),
            Change.Delete { Version: { } version } => Version(session, change.Key) == Number(version),
            _ => true,
        };

        private long? Version(SqliteSession session, string key)
        {
            var select = Row(session, SelectVersion, key);
            try
            {
                return select.Step() ? select.Number(0) : null;
            }
            finally
            {
                select.Reset();
            }
        }

        private SqliteStatement Row(SqliteSession session, string sql, string key) => session.Prepared(sql).Bind(1, partition).Bind(2, key);
    }
}
