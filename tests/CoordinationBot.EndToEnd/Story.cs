using CoordinationBot.EndToEnd.Client;
using CoordinationBot.Meetings;
using CoordinationBot.Playground.People;
using CoordinationBot.Storage;

namespace CoordinationBot.EndToEnd;

/// <summary>The real host, authentication on, with a leader and two employees at their windows.</summary>
public class RealOffice : IAsyncLifetime
{
    public Office Office { get; private set; } = null!;

    private protected virtual IReadOnlyList<Person> People => [Cast.Maria, Cast.Alex, Cast.Adele];

    public async ValueTask InitializeAsync() =>
        Office = await Office.StartAsync(
            new OfficeOptions
            {
                People = People,
                TimeZone = "Europe/Berlin",
                Settings = new Dictionary<string, string> { ["Office__Administrators__0"] = Cast.Maria.EntraId },
            },
            CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Office.DisposeAsync();
    }
}

/// <summary>With a third employee: a survey is never of fewer than three.</summary>
public sealed class LargerOffice : RealOffice
{
    private protected override IReadOnlyList<Person> People => [Cast.Maria, Cast.Alex, Cast.Adele, Cast.Lee];
}

/// <summary>Three people at their windows. Every picture is kept in artifacts/screenshots.</summary>
public abstract class Story(RealOffice fixture)
{
    private readonly Office _office = fixture.Office;

    protected Window Maria => _office[Cast.Maria];

    protected Window Alex => _office[Cast.Alex];

    protected Window Adele => _office[Cast.Adele];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected async Task OfferAsync(string title, Person to, string steps)
    {
        await Maria.OpenChatAsync(Chat.Personal);
        await Maria.SayAsync($"delegate \"{title}\" to {to.Name} by 2030-03-15 14:30, exactly: {steps}");
        var ask = await Maria.WaitForCardAsync("This is what I understood");
        await Maria.FillAsync(ask, [KeyValuePair.Create("type", "Deterministic")]);
        await Maria.ClickAsync(ask, "Continue");
        await Maria.WaitForCardAsync("Please check before it is sent");
        await Maria.ClickAsync(ask, $"Send to {to.Name}");
        await Maria.WaitForCardAsync($"Offered to {to.Name}");
    }

    /// <summary>The host is down while a meeting begins: nobody waits for that here, so the meeting is put into the past.</summary>
    protected async Task BeginWhileDownAsync(string meetingId)
    {
        await _office.Host.KillAsync();
        using (var file = new SqliteFile(_office.StorePath))
        {
            var tables = new SqliteTables(file);
            var row = (await tables.GetAsync(MeetingStore.Partition(Cast.TenantId, meetingId), "state", Cancel))!;
            var meeting = row.Read(MeetingJson.Default.Meeting);
            var begun = meeting with { Time = meeting.Time! with { Start = TimeProvider.System.GetUtcNow().AddMinutes(-5) } };
            var written = await tables.CommitAsync(row.Partition, [new Change.Replace(row.Key, JsonRows.Bytes(begun, MeetingJson.Default.Meeting), row.Version)], Cancel);
            Assert.True(written.Committed);
        }
        await _office.Host.StartAsync(Cancel);
    }

    /// <summary>Ends the host as a power cut does, and starts it on the same store and port.</summary>
    protected async Task KillAndRestartAsync()
    {
        await _office.Host.KillAsync();
        await _office.Host.StartAsync(Cancel);
    }
}
