using Microsoft.Data.Sqlite;

namespace CoordinationBot.Storage;

/// <summary>
/// Copies of the embedded store. A copy is how everything stood at one moment: its reader sees one state of the file (WAL), while a host writes on and neither
/// waits for the other. So it needs no lock, and it never writes to what it copies.
/// </summary>
internal static class SqliteBackup
{
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(10);

    /// <summary>Writes a whole copy, checked and on the disk, or none.</summary>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="StorageException">In a sentence, why not.</exception>
    public static long Copy(string from, string to)
    {
        if (!File.Exists(from)) throw Refused($"There is no storage file {from}.");
        if (File.Exists(to)) throw Refused($"{to} is there already, and a backup never replaces anything. Name another file.");
        var unfinished = to + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Delete(unfinished);
            // Nobody else's to read, like what is in it.
            var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (new FileStream(unfinished, create))
            {
            }
            Fill(from, unfinished);
            File.Move(unfinished, to);
            return new FileInfo(to).Length;
        }
        finally
        {
            if (File.Exists(unfinished)) File.Delete(unfinished);
        }
    }

    /// <summary>Puts a copy in the place of the file. What was there stays beside it.</summary>
    /// <returns>Where what was there is now; null when nothing was.</returns>
    /// <exception cref="StorageException">In a sentence, why not; the file is as it was.</exception>
    public static string? Restore(string backup, string path, DateTimeOffset now)
    {
        using var held = SqliteLock.Take(path);
        var fresh = path + ".restoring";
        if (File.Exists(fresh)) File.Delete(fresh);
        try
        {
            Copy(backup, fresh);
            var kept = File.Exists(path) ? Keep(path, $"{path}.before-{now.UtcDateTime:yyyyMMdd-HHmmss}") : null;
            // One step, so that there is always a whole file: the old one or the new one.
            File.Move(fresh, path, overwrite: true);
            return kept;
        }
        finally
        {
            if (File.Exists(fresh)) File.Delete(fresh);
        }
    }

    private static void Fill(string from, string to)
    {
        try
        {
            using var source = new SqliteSession(from, Busy, SqliteOpenMode.ReadOnly);
            using var target = new SqliteSession(to, Busy);
            source.CopyTo(target);
            // One file, without a log beside it that somebody would forget.
            target.Execute("PRAGMA journal_mode=DELETE");
            SqliteCheck.Run(target, from, thorough: true);
        }
        catch (SqliteException e)
        {
            throw SqliteCheck.Failure(from, e);
        }
    }

    private static string Keep(string path, string kept)
    {
        try
        {
            using var session = new SqliteSession(path, Busy);
            // Takes the log into the file and removes it.
            session.Execute("PRAGMA journal_mode=DELETE");
        }
        catch (SqliteException)
        {
            // It is damaged, which may be why it is replaced: it is kept with its log, as it is.
        }
        string[] parts = [path, path + "-wal", path + "-shm"];
        foreach (var part in parts.Where(File.Exists)) File.Copy(part, kept + part[path.Length..]);
        // A log belongs to its file, and would be taken into the new one.
        foreach (var part in parts.Skip(1)) File.Delete(part);
        return kept;
    }

    private static StorageException Refused(string sentence) => new(sentence, new InvalidOperationException());
}
