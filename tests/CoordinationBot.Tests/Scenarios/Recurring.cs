using System.Text.RegularExpressions;
using CoordinationBot.Dialogs;
using CoordinationBot.Recurrences;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Ann gives Bob work that comes again, up to where a scenario begins; and what is stored of it.</summary>
internal static partial class Recurring
{
    public const string Title = "Weekly figures";

    /// <summary>Monday 23 November, so the first one is due on the 27th.</summary>
    public const string EveryFriday = "every Friday 5pm";

    public static TestOffice Office(params string[] holidays) => new(services => services.PostConfigure<OfficeOptions>(office => office.Holidays = holidays));

    /// <summary>Types the sentence and chooses the type; returns the card that reads it back.</summary>
    public static async Task<Pressed> ReviewsAsync(this TestOffice office, string when = EveryFriday, string title = Title)
    {
        await office.InstallAsync("ann", "bob", "eve");
        await office.SaysAsync("ann", $"delegate \"{title}\" to {Called(office)} {when}, exactly: collect; send");
        return await office.ClicksAsync("ann", "Continue", ("type", "Deterministic"));
    }

    private static string Called(TestOffice office) => office.Teams.People["bob"].Name.Split(' ')[0];

    /// <summary>Sent, and the first one with Bob.</summary>
    public static async Task<string> RepeatsAsync(this TestOffice office, string when = EveryFriday, string title = Title)
    {
        await office.ReviewsAsync(when, title);
        var sent = await office.ClicksAsync("ann", $"Send to {office.Teams.People["bob"].Name}");
        await office.SeesAsync("bob", "Ann Abel asks you to take this on.");
        await office.RestsAsync();
        return SeriesIn(sent.Words);
    }

    /// <summary>Moves the clock to a moment in UTC and waits until what is due is done.</summary>
    public static async Task ComesAsync(this TestOffice office, int month, int day, int hour = 12)
    {
        var to = new DateTimeOffset(2026, month, day, hour, 0, 0, TimeSpan.Zero);
        await office.PassAsync(to - office.Clock.GetUtcNow());
        // A wake-up may come a little after it was due.
        await office.PassAsync(TimeSpan.FromMinutes(1));
        await office.RestsAsync();
    }

    public static async Task<Series> SeriesAsync(this TestOffice office, string id) =>
        (await office.Services.GetRequiredService<RecurrenceStore>().FindAsync(TestOffice.Tenant, id, CancellationToken.None))!;

    /// <summary>The days of all delegations that there are of a series.</summary>
    public static async Task<IReadOnlyList<DateOnly>> OccurrencesAsync(this TestOffice office, string id)
    {
        List<DateOnly> dates = [];
        foreach (var partition in office.Store.Delegations.Where(partition => partition.Contains("|D|", StringComparison.Ordinal)))
        {
            if (await office.StoredAsync(partition.Split('|')[^1]) is { Occurrence: { } occurrence } && occurrence.Series == id)
            {
                dates.Add(occurrence.Date);
            }
        }
        return [.. dates.Order()];
    }

    public static IReadOnlyList<DateOnly> Days(params string[] days) => [.. days.Select(day => DateOnly.Parse($"2026-{day}", System.Globalization.CultureInfo.InvariantCulture))];

    public static string SeriesIn(string words) => Ids().Match(words) is { Success: true } match ? match.Value : throw new ArgumentException($"Nothing recurs in: {words}");

    [GeneratedRegex("S-[0-9A-HJKMNP-TV-Z]{6}")]
    private static partial Regex Ids();
}
