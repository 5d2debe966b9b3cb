using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CoordinationBot.Storage;

/// <summary>
/// The file under the embedded tables and work queue. One writer, on a thread of its own, takes whatever waits, applies it in one transaction and waits for the
/// disk once: the wait is what a commit costs, and callers who come while it lasts share the next. Nobody is answered before the disk has it.
/// Readers have their own connections (WAL) and read on the caller's thread: a point read is shorter than a hop to another.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const int IdleReaders = 16;

    /// <summary>Without a commit for so long, the log is emptied: nobody waits then for the disk it takes.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Where somebody always writes, it is emptied all the same.</summary>
    private static readonly TimeSpan LongestUnwiped = TimeSpan.FromMinutes(1);

    private readonly string _path;
    private readonly TimeSpan _busyTimeout;
    private readonly int _maxGroup;
    private readonly FileStream _lock;
    private readonly SqliteSession _writer;
    private readonly ConcurrentStack<SqliteSession> _readers = new();
    private readonly Thread _thread;
    private readonly object _gate = new();
    private readonly Queue<SqliteWrite> _waiting = new();
    private bool _closed;
    private bool _logHoldsOld;
    private long _wiped = TimeProvider.System.GetTimestamp();
    private long _lastVersion;

    /// <param name="path">The file; its folder is created.</param>
    /// <param name="maxGroup">Writes in one transaction; 1 turns grouping off.</param>
    /// <param name="busyTimeout">How long to wait for another program that holds the file, three seconds unless told.</param>
    public SqliteFile(string path, int maxGroup = 512, TimeSpan? busyTimeout = null)
    {
        _path = Path.GetFullPath(path);
        _maxGroup = maxGroup;
        _busyTimeout = busyTimeout ?? TimeSpan.FromSeconds(3);
        _lock = SqliteLock.Take(_path);
        try
        {
            _writer = Open();
        }
        catch (Exception)
        {
            _lock.Dispose();
            throw;
        }
        _thread = new Thread(WriteGroups) { IsBackground = true, Name = "sqlite writer" };
        _thread.Start();
    }

    /// <summary>
    /// A number never given before, not even to a row that was deleted or by a process that died. For the writer's thread only.
    /// </summary>
    public long NextVersion() => ++_lastVersion;

    public Task<T> WriteAsync<T>(SqliteWrite<T> write, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_closed) throw Failure(new ObjectDisposedException(nameof(SqliteFile)));
            _waiting.Enqueue(write);
            Monitor.Pulse(_gate);
        }
        // The caller's deadline holds even when the disk hangs; what became of the write is then unknown.
        return cancel.CanBeCanceled ? write.Answer.WaitAsync(cancel) : write.Answer;
    }

    public T Read<TState, T>(TState state, Func<SqliteSession, TState, T> read)
    {
        SqliteSession? session = null;
        try
        {
            if (!_readers.TryPop(out session))
            {
                ObjectDisposedException.ThrowIf(_closed, this);
                session = OpenReader();
            }
            var result = read(session, state);
            Return(session);
            return result;
        }
        catch (Exception e) when (e is SqliteException or ObjectDisposedException)
        {
            // A connection that failed is not used again.
            session?.Dispose();
            throw Failure(e);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            Monitor.Pulse(_gate);
        }
        // What was handed in is still written: its callers wait.
        _thread.Join();
        while (_readers.TryPop(out var reader)) reader.Dispose();
        _writer.Dispose();
        _lock.Dispose();
    }

    private void WriteGroups()
    {
        var group = new List<SqliteWrite>(_maxGroup);
        while (Take(group))
        {
            var failure = Apply(group);
            foreach (var write in group)
            {
                if (failure is null) write.Complete();
                else write.Fail(failure);
            }
            group.Clear();
            if (TimeProvider.System.GetElapsedTime(_wiped) > LongestUnwiped) WipeLog();
        }
    }

    private bool Take(List<SqliteWrite> group)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed) return false;
                if (Monitor.Wait(_gate, _logHoldsOld ? Pause : Timeout.InfiniteTimeSpan) || _waiting.Count > 0) continue;
                Monitor.Exit(_gate);
                try
                {
                    WipeLog();
                }
                finally
                {
                    Monitor.Enter(_gate);
                }
            }
            while (group.Count < _maxGroup && _waiting.TryDequeue(out var write)) group.Add(write);
            return true;
        }
    }

    /// <summary>The log holds pages as they were before later commits: it is taken into the file and emptied.</summary>
    private void WipeLog()
    {
        _wiped = TimeProvider.System.GetTimestamp();
        try
        {
            // A reader that is just then in the log leaves it for the next time: it is not waited for. A backup reads for long, and commits would wait with us.
            _writer.Wait(TimeSpan.Zero);
            _logHoldsOld = (long)_writer.Execute("PRAGMA wal_checkpoint(TRUNCATE)")! != 0;
        }
        catch (SqliteException)
        {
            // It is only put off; the next commit says what is wrong with the file.
        }
        finally
        {
            _writer.Wait(_busyTimeout);
        }
    }

    private StorageException? Apply(List<SqliteWrite> group)
    {
        _logHoldsOld = true;
        try
        {
            var before = _lastVersion;
            _writer.Prepared("BEGIN IMMEDIATE").Run();
            foreach (var write in group)
            {
                if (!write.Abandoned) write.Apply(_writer, this);
            }
            if (_lastVersion != before) _writer.Prepared("UPDATE counter SET value = ?1").Bind(1, _lastVersion).Run();
            _writer.Prepared("COMMIT").Run();
            return null;
        }
#pragma warning disable CA1031 // Whatever happens to one group, the writer goes on with the next.
        catch (Exception e)
#pragma warning restore CA1031
        {
            TryRollBack();
            return Failure(e);
        }
    }

    private void TryRollBack()
    {
        try
        {
            if (_writer.InTransaction) _writer.Prepared("ROLLBACK").Run();
        }
        catch (SqliteException)
        {
            // The next BEGIN tells its callers.
        }
    }

    private SqliteSession Open()
    {
        SqliteSession? session = null;
        try
        {
            session = new SqliteSession(_path, _busyTimeout);
            // Key order is the ordinal order of UTF-16, as in .NET and in Azure; SQLite compares bytes, and only big-endian bytes sort like the characters.
            session.Execute("PRAGMA encoding='UTF-16be'");
            SqliteCheck.Run(session, _path, thorough: false);
            session.Execute("PRAGMA journal_mode=WAL");
            session.Execute("PRAGMA synchronous=FULL");
            // 32 MiB of log between checkpoints: pages that many commits touch are then copied into the file once, not with every thousandth page.
            session.Execute("PRAGMA wal_autocheckpoint=8192");
            session.Execute("PRAGMA journal_size_limit=67108864");
            session.Execute("PRAGMA cache_size=-32768");
            // What was deleted or overwritten is wiped: nobody who has the file may read what is no longer stored, nor from it what belonged together.
            session.Execute("PRAGMA secure_delete=1");
            session.Execute($"""
                BEGIN IMMEDIATE;
                CREATE TABLE IF NOT EXISTS rows (partition TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, data BLOB NOT NULL,
                  PRIMARY KEY (partition, key)) STRICT, WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS work (id INTEGER PRIMARY KEY, due INTEGER NOT NULL, kind TEXT NOT NULL, partition TEXT NOT NULL,
                  attempt INTEGER NOT NULL, receipt INTEGER NOT NULL) STRICT;
                CREATE INDEX IF NOT EXISTS work_due ON work (due, id);
                CREATE TABLE IF NOT EXISTS counter (value INTEGER NOT NULL) STRICT;
                INSERT INTO counter SELECT 0 WHERE NOT EXISTS (SELECT * FROM counter);
                PRAGMA application_id={SqliteCheck.ApplicationId};
                PRAGMA user_version={SqliteCheck.SchemaVersion};
                COMMIT;
                """);
            _lastVersion = (long)session.Execute("SELECT value FROM counter")!;
            return session;
        }
        catch (SqliteException e)
        {
            session?.Dispose();
            throw SqliteCheck.Failure(_path, e);
        }
        catch (StorageException)
        {
            session?.Dispose();
            throw;
        }
    }

    private SqliteSession OpenReader()
    {
        var session = new SqliteSession(_path, _busyTimeout);
        session.Execute("PRAGMA query_only=1");
        return session;
    }

    private void Return(SqliteSession session)
    {
        if (_closed || _readers.Count >= IdleReaders) session.Dispose();
        else _readers.Push(session);
    }

    private StorageException Failure(Exception inner) => new($"The storage file {_path} failed: {inner.Message}", inner);
}
