namespace CoordinationBot.Tests.Scenarios;

/// <summary>Time that passes without anybody doing anything.</summary>
internal static class Passing
{
    /// <summary>So many days and a bit, hour by hour. No hour begins before all is done that was due in the one before: a run would be broken off by the clock.</summary>
    public static async Task PassesAsync(this TestOffice office, int days)
    {
        for (var hour = 0; hour < (days * 24) + 1; hour++)
        {
            office.Clock.Advance(TimeSpan.FromHours(1));
            await office.RestsAsync();
        }
        // What was late is gathered for some minutes.
        for (var minute = 0; minute < 15; minute++)
        {
            office.Clock.Advance(TimeSpan.FromMinutes(1));
            await office.RestsAsync();
        }
        await office.QuietAsync();
    }

    /// <summary>How often somebody was told something in a new message, whatever became of it since.</summary>
    public static int Times(this TestOffice office, string who, string words) => office.Teams.Said(office.Teams.People[who].Chat, words);

    /// <summary>Until nobody is at work any more.</summary>
    public static async Task RestsAsync(this TestOffice office)
    {
        for (var (calls, still) = (-1, 0); still < 3;)
        {
            await Task.Delay(10);
            var now = office.Store.All;
            (calls, still) = now == calls ? (calls, still + 1) : (now, 0);
        }
    }
}
