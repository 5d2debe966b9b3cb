namespace CoordinationBot.Tests.Packaging;

/// <summary><c>tests/audit</c>, with a package source that was written down in place of a real one.</summary>
public sealed class AuditTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit").FullName;

    private string Asked => Path.Combine(_folder, "asked");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_question_that_is_not_answered_is_asked_once_and_keeps_no_other_from_being_asked()
    {
        var (exit, output, errors) = await AuditAsync("""case "$*" in ci*|"audit --audit-level"*) exit 0;; *) echo "npm error 404 Not Found"; exit 1;; esac""");

        Assert.True(exit == 0, errors);
        var locks = await LocksAsync();
        Assert.True(locks > 1);
        Assert.Equal((1, locks), (Times("audit signatures"), Times("audit --audit-level=high")));
        Assert.Contains("npm audit signatures: this registry does not answer that. Not audited.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_found_fails_and_the_rest_is_asked_all_the_same()
    {
        var (exit, _, errors) = await AuditAsync("""case "$*" in "audit --audit-level"*) echo "3 high severity vulnerabilities"; exit 1;; esac""");

        var locks = await LocksAsync();
        Assert.Equal(1, exit);
        Assert.Equal((locks, locks), (Times("audit signatures"), Times("audit --audit-level=high")));
        Assert.Contains("3 high severity vulnerabilities", errors, StringComparison.Ordinal);
    }

    private int Times(string asked) => File.ReadLines(Asked).Count(line => line.StartsWith(asked, StringComparison.Ordinal));

    private static async Task<int> LocksAsync() => (await Command.DoAsync(NpmFolder.Root, "git", "ls-files", "*package-lock.json")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private async Task<(int Exit, string Output, string Errors)> AuditAsync(string npm)
    {
        Write("npm", $"echo \"$*\" >> {Asked}\n{npm}");
        Write("dotnet", "exit 0");
        return await Command.RunAsync(NpmFolder.Root, "env", [$"PATH={_folder}:{Environment.GetEnvironmentVariable("PATH")}", "bash", Path.Combine("tests", "audit")]);
    }

    private void Write(string program, string does)
    {
        var file = Path.Combine(_folder, program);
        File.WriteAllText(file, $"#!/bin/sh\n{does}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
