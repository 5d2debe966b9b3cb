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

    /// <summary>So much time, once nobody is at work any more.</summary>
    public static async Task PassAsync(this TestOffice office, TimeSpan time)
    {
        await office.RestsAsync();
        office.Clock.Advance(time);
    }

    /// <summary>How often somebody was told something in a new message, whatever became of it since.</summary>
    public static int Times(this TestOffice office, string who, string words) => office.Teams.Said(office.Teams.People[who].Chat, words);

    /// <summary>Until nobody is at work any more.</summary>
    public static async Task RestsAsync(this TestOffice office)
    {
        for (var rest = new Rest(office); !rest.IsLong;)
        {
            await rest.LookAsync();
        }
    }
}

/// <summary>
/// How long nobody has been at work. Time that a scenario lets pass while somebody sends would be longer than any send takes, and what is sent
/// would be sent again by another one, as after a host that died: rightly, but not what the scenario is about.
/// </summary>
internal sealed class Rest(TestOffice office)
{
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(1);

    private int _calls = -1;
    private int _still;
    private long _moved;

    /// <summary>Nobody has work in hand, or whoever has some waits for time to pass.</summary>
    public bool IsLong => _still >= 3 && (!office.IsAtWork || TimeProvider.System.GetElapsedTime(_moved) > Stuck);

    public async Task LookAsync()
    {
        await Task.Delay(10);
        var calls = office.Store.All;
        if (calls == _calls)
        {
            _still++;
            return;
        }
        (_calls, _still, _moved) = (calls, 0, TimeProvider.System.GetTimestamp());
    }

    public void Begin() => (_calls, _still) = (-1, 0);
}
