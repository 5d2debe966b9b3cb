using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Storage;

/// <summary>A Sqlite file in a folder of its own, gone afterwards.</summary>
public sealed class SqliteFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coordination-");

    public SqliteFixture() => File = new SqliteFile(Path);

    internal SqliteFile File { get; private set; }

    internal string Path => System.IO.Path.Combine(_folder.FullName, "data", "coordination.db");

    internal void Reopen(int maxGroup = 512)
    {
        File.Dispose();
        File = new SqliteFile(Path, maxGroup);
    }

    public void Dispose()
    {
        File.Dispose();
        _folder.Delete(recursive: true);
    }
}
