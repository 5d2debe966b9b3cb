using Microsoft.Extensions.Options;

namespace CoordinationBot.Doctor;

/// <summary><c>CoordinationBot doctor [PACKAGE]</c>: looks at everything the bot needs, with the settings it would run with, and says a line about each.</summary>
internal static class Examination
{
    public const string Argument = "doctor";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // The clock comes after what asks other hosts: their answers tell the time.
    private static (string Name, Check Check)[] Checks(string? package) =>
    [
        ("settings", SettingsCheck.RunAsync),
        ("storage", StorageCheck.RunAsync),
        ("token", TokenCheck.RunAsync),
        ("signing keys", MetadataCheck.RunAsync),
        ("clock", ClockCheck.RunAsync),
        ("time zones", ZoneCheck.RunAsync),
        ("manifest", (services, cancel) => ManifestCheck.RunAsync(services, package, cancel)),
    ];

    /// <returns>The exit code: 1 when something is wrong.</returns>
    public static async Task<int> ExamineAsync(this WebApplication app, string[] args, TextWriter output)
    {
        await using (app)
        {
            return await ExamineAsync(app.Services, args is [_, var package, ..] && !package.StartsWith("--", StringComparison.Ordinal) ? package : null, output, CancellationToken.None);
        }
    }

    public static async Task<int> ExamineAsync(IServiceProvider services, string? package, TextWriter output, CancellationToken cancel)
    {
        var (exit, settingsAreWrong) = (0, false);
        foreach (var (name, check) in Checks(package))
        {
            var finding = await FindAsync(check, services, settingsAreWrong, cancel);
            await output.WriteLineAsync($"{Word(finding.Verdict),-10}  {name,-12}  {string.Join(' ', new[] { finding.What, finding.ToDo }.OfType<string>())}");
            if (finding.Verdict == Verdict.Wrong) exit = 1;
            settingsAreWrong |= finding.Verdict == Verdict.Wrong && check == SettingsCheck.RunAsync;
        }
        return exit;
    }

    private static async Task<Finding> FindAsync(Check check, IServiceProvider services, bool settingsAreWrong, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            return await check(services, patience.Token);
        }
        catch (Exception failure) when (failure is OptionsValidationException || (settingsAreWrong && failure is InvalidOperationException))
        {
            return Finding.NotSetUp("Not looked at, since it needs a setting that is wrong.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Finding.Wrong($"There was no answer for {Patience.TotalSeconds} seconds.", "Check the network, and try again.");
        }
#pragma warning disable CA1031 // The other checks are to run, whatever is wrong with this one.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Finding.Wrong($"{failure.GetType().Name}: {FirstLine(failure)}", "If that does not tell you what to do, please report it.");
        }
    }

    /// <summary>Clients write a page about a failure, of which one line is about this one.</summary>
    internal static string FirstLine(Exception failure) => failure.Message.AsSpan().EnumerateLines() is var lines && lines.MoveNext() ? lines.Current.ToString() : "";

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Ok => "ok",
        Verdict.NotSetUp => "not set up",
        Verdict.Wrong => "wrong",
    };
}
