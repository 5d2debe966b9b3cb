using CoordinationBot.People;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CoordinationBot.Dialogs;

/// <summary>What holds for the whole office where a person has nothing of their own. Section <c>Office</c>.</summary>
internal sealed class OfficeOptions
{
    public const string Section = "Office";

    private WorkTimes? _times;

    /// <summary>IANA zone of people whose client names none.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary>Days on which the office works: <c>Mon-Fri</c>, <c>Sun-Thu</c>, <c>Mon, Wed-Fri</c>.</summary>
    public string WorkingWeek { get; set; } = "Mon-Fri";

    /// <summary>Beginning of the working day, <c>HH:mm</c>: what waited comes then, in one message.</summary>
    public string WorkdayStart { get; set; } = "09:00";

    /// <summary>End of the working day, <c>HH:mm</c>: the time of a deadline that names none.</summary>
    public string WorkdayEnd { get; set; } = "17:00";

    /// <summary>When nobody is disturbed: <c>18:00-08:00</c>, several with a comma between them, or <c>none</c>.</summary>
    public string QuietHours { get; set; } = "18:00-08:00";

    /// <summary>Days on which the office does not work: <c>2026-12-25</c>, or <c>12-25</c> for every year. No package that knows them by country can be restored.</summary>
    public string[] Holidays { get; set; } = [];

    /// <summary>Who sets mandates and policies: Entra object ids, or mail addresses of people in the bot's own tenant.</summary>
    public IList<string> Administrators { get; } = [];

    /// <summary>Where people's browsers reach this host, as in <c>https://bot.example.com</c>: for files. Unset: there are none, but in a local trial.</summary>
    public string? PublicAddress { get; set; }

    public LocalTime DayEnds => Times.DayEnds;

    /// <summary>The settings as they are used. They were validated at the start.</summary>
    public WorkTimes Times => _times ??= WorkTimesReader.Read(this, out _);
}

internal sealed class OfficeOptionsValidation : IValidateOptions<OfficeOptions>
{
    public ValidateOptionsResult Validate(string? name, OfficeOptions options)
    {
        WorkTimesReader.Read(options, out var wrong);
        string[] problems =
        [
            .. wrong,
            .. options.Administrators.All(entry => Guid.TryParse(entry, out _) || entry.Trim().IndexOf('@', StringComparison.Ordinal) > 0)
                ? (string[])[]
                : ["Office:Administrators holds something that is neither an Entra object id nor a mail address."],
            .. options.PublicAddress is not { } address || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
                ? (string[])[]
                : ["Office:PublicAddress is not an address such as https://bot.example.com."],
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
