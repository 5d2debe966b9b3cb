namespace CoordinationBot.Tests;

/// <summary>A program that runs to its end.</summary>
internal static class Command
{
    /// <summary>A build of everything is the longest.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What it ended with, and what it wrote.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="program">Which.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="input">Writes what it reads; null: nothing.</param>
    public static async Task<(int Exit, string Output, string Errors)> RunAsync(string folder, string program, IReadOnlyList<string> arguments, Func<Stream, Task>? input = null)
    {
        using var process = NpmFolder.Run(program, folder, arguments);
        using var patience = new CancellationTokenSource(Patience);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            if (input is not null) await input(process.StandardInput.BaseStream);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{program} {string.Join(' ', arguments)}' did not end in {Patience}.");
        }
    }

    /// <summary>What a program wrote that is expected to succeed.</summary>
    public static async Task<string> DoAsync(string folder, string program, params IReadOnlyList<string> arguments)
    {
        var (exit, output, errors) = await RunAsync(folder, program, arguments);
        return exit == 0 ? output : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with {exit}: {output} {errors}");
    }
}
