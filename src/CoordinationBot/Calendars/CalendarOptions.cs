using Microsoft.Extensions.Options;

namespace CoordinationBot.Calendars;

/// <summary>How calendars are read by link. Section <c>Calendars</c>.</summary>
internal sealed class CalendarOptions
{
    public const string Section = "Calendars";

    /// <summary>For tests and a local trial alone: whoever types a link could make the host read what only the host can reach. Then plain http is taken too.</summary>
    public bool DangerouslyAllowPrivateAddresses { get; set; }
}

internal sealed class CalendarOptionsValidation(IHostEnvironment environment) : IValidateOptions<CalendarOptions>
{
    public ValidateOptionsResult Validate(string? name, CalendarOptions options) => options.DangerouslyAllowPrivateAddresses && !environment.IsDevelopment()
        ? ValidateOptionsResult.Fail("Calendars:DangerouslyAllowPrivateAddresses is set, which only the environment Development allows. Unset it.")
        : ValidateOptionsResult.Success;
}
