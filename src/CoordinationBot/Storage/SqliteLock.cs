namespace CoordinationBot.Storage;

/// <summary>
/// One process uses a Sqlite file: versions and receipts are counted in it, and a second one would give the same numbers. The system gives the lock
/// up when the process ends, however it ends.
/// </summary>
internal static class SqliteLock
{
    // What "somebody else has it" is called: EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    public static FileStream Take(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (Taken.Contains(e.HResult))
        {
            throw new StorageException(
                $"The storage file {path} is in use by another process: a bot runs on it. Stop that bot first, or name another file in Storage:Path. Several hosts share one store with Storage:Provider Azure.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The folder of the storage file {path} cannot be written ({e.Message}). Name a file in Storage:Path whose folder the bot may write to.", e);
        }
    }
}
