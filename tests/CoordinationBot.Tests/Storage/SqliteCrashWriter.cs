using System.Runtime.CompilerServices;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Storage;

/// <summary>
/// The process that the kill test kills. The program of this project is made by the test framework, so the writer begins where the assembly loads, and only
/// when it is asked to.
/// </summary>
internal static class SqliteCrashWriter
{
    public const string PathVariable = "COORDINATIONBOT_CRASH_WRITER";

#pragma warning disable CA2255 // This is an application, not a library that would surprise its users.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void WriteUntilKilled()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is not { Length: > 0 } path) return;
        var tables = new SqliteTables(new SqliteFile(path));
        var keys = new string[16];
        var commits = new Task<CommitResult>[keys.Length];
        // One thread and no continuation: any other would wait for this initializer, which never ends.
        for (var round = 0; ; round++)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                keys[i] = $"{Environment.ProcessId}-{round}-{i}";
                commits[i] = tables.CommitAsync("p", [new Change.Insert(keys[i], new byte[] { (byte)'1' })], CancellationToken.None).AsTask();
            }
            for (var i = 0; i < keys.Length; i++)
            {
                Console.WriteLine($"ack {keys[i]} {commits[i].GetAwaiter().GetResult().Versions[0]} .");
                Console.Out.Flush();
            }
        }
    }
}
