using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CoordinationBot.Storage;

/// <summary>Whether a file is the bot's own, of a version that is known, and whole.</summary>
internal static class SqliteCheck
{
    public const int ApplicationId = 0x43426F74;
    public const int SchemaVersion = 1;

    /// <param name="session">On the file.</param>
    /// <param name="path">The file, for the sentences.</param>
    /// <param name="thorough">It must have been used already, and every index is compared with its table, which takes several times as long.</param>
    /// <exception cref="StorageException">It is not.</exception>
    public static void Run(SqliteSession session, string path, bool thorough)
    {
        var application = (long)session.Execute("PRAGMA application_id")!;
        if (application != ApplicationId && (thorough || application != 0 || (long)session.Execute("SELECT count(*) FROM sqlite_schema")! > 0))
            throw new StorageException($"The storage file {path} is the database of another program. Name a file of the bot's own.", new InvalidDataException());
        var version = (long)session.Execute("PRAGMA user_version")!;
        if (version > SchemaVersion)
            throw new StorageException(
                $"The storage file {path} was written by a newer version of the bot (schema {version}, known {SchemaVersion}). Run that version, or restore a backup from before it.", new InvalidDataException());
        if (session.Execute(thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)") is not "ok")
            throw new StorageException(Damaged(path), new InvalidDataException());
    }

    /// <summary>What a failure to open means, in a sentence.</summary>
    public static StorageException Failure(string path, SqliteException failure) => new(
        failure.SqliteErrorCode switch
        {
            raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT => Damaged(path),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"The storage file {path} is locked by another process. Close the program that has it open.",
            _ => $"The storage file {path} cannot be opened: {failure.Message}",
        },
        failure);

    private static string Damaged(string path) =>
        $"The storage file {path} is not a database, or is damaged. Restore it from a backup (CoordinationBot restore FILE), or name another file in Storage:Path.";
}
