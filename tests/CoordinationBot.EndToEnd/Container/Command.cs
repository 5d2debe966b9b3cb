using CoordinationBot.Tests;

namespace CoordinationBot.EndToEnd.Container;

/// <summary>A program that is expected to succeed.</summary>
internal static class Command
{
    /// <summary>What it wrote.</summary>
    public static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = NpmFolder.Run(program, folder, arguments);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}: {await output} {await errors}");
    }
}
