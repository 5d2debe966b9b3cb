using CoordinationBot.Protocol.Hosting;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Doctor;

/// <summary>The settings, by the rules that would stop the host at its start.</summary>
internal static class SettingsCheck
{
    public static Task<Finding> RunAsync(IServiceProvider services, CancellationToken cancel) => Task.FromResult(Find(services));

    private static Finding Find(IServiceProvider services)
    {
        string[] wrong = [];
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (AggregateException several)
        {
            wrong = [.. several.InnerExceptions.SelectMany(Failures)];
        }
        catch (Exception one) when (one is OptionsValidationException or InvalidOperationException)
        {
            wrong = [.. Failures(one)];
        }
        if (wrong.Length > 0)
        {
            return Finding.Wrong(string.Join(' ', wrong), "All settings are in deploy/README.md.");
        }
        return services.GetRequiredService<IOptions<BotOptions>>().Value switch
        {
            { DangerouslyAllowUnauthenticated: true } => Finding.Ok("All settings are valid. This is a local trial: whoever can connect may speak as anybody."),
            { AppId: null } => Finding.NotSetUp("All settings are valid, but Bot:AppId is not set, so every activity is refused.", "Set Bot:AppId and Bot:TenantId to let people in."),
            _ => Finding.Ok("All settings are valid."),
        };
    }

    /// <summary>What cannot be read at all (a word where a number is meant) is no failure of a rule.</summary>
    private static IEnumerable<string> Failures(Exception failure) =>
        failure is OptionsValidationException invalid ? invalid.Failures : [Examination.FirstLine(failure)];
}
