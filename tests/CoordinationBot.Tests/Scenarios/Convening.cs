using CoordinationBot.Authority;
using CoordinationBot.Meetings;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>A meeting that Ann has with Bob, up to where a scenario begins; and what is stored of it.</summary>
internal static class Convening
{
    /// <summary>Thursday, 14:00 in Berlin.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 26, 13, 0, 0, TimeSpan.Zero);

    /// <summary>Scheduled, and Bob invited; with the id of the meeting.</summary>
    public static async Task<string> ConvenesAsync(this TestOffice office, DateTimeOffset? start = null, string subject = "Budget", string[]? with = null, Func<Meeting, Meeting>? like = null)
    {
        await office.InstallAsync([.. new[] { "ann", "bob", "eve" }.Where(person => office.Shown(person).Count == 0)]);
        var at = start ?? Start;
        var store = office.Services.GetRequiredService<MeetingStore>();
        var meeting = await store.CreateAsync(
            TestOffice.Tenant,
            $"draft {subject} {at:O}",
            null,
            id => MeetingRules.Begin((like ?? (meeting => meeting))(new Meeting
            {
                Id = id,
                Tenant = TestOffice.Tenant,
                Organiser = office.Party("ann"),
                Subject = subject,
                Invitees = [.. (with ?? ["bob"]).Select(key => new Invitee { Key = office.Party(key).ObjectId, Name = office.Party(key).Name, IsRequired = true })],
                Minutes = 45,
                Window = new MeetingWindow(office.Clock.GetUtcNow(), at.AddDays(3), "Europe/Berlin"),
                Place = "Room 2.04",
                State = MeetingState.Finding,
                Revision = 1,
                Origin = $"draft {subject} {at:O}",
                CreatedAt = office.Clock.GetUtcNow(),
            })),
            CancellationToken.None);
        await office.DoesAsync(meeting.Id, known => MeetingRules.Schedule(known, office.Party("ann").ObjectId, at, office.Clock.GetUtcNow()));
        await office.RestsAsync();
        return meeting.Id;
    }

    /// <summary>The same, and it has begun.</summary>
    public static async Task<string> HoldsAsync(this TestOffice office, DateTimeOffset? start = null, string subject = "Budget", string[]? with = null)
    {
        var id = await office.ConvenesAsync(start, subject, with);
        await office.PassesUntilAsync((start ?? Start).AddMinutes(1));
        return id;
    }

    /// <summary>Acts on a meeting by a rule, as its own handlers do.</summary>
    public static async Task DoesAsync(this TestOffice office, string id, Func<Meeting, MeetingOutcome> rule)
    {
        Assert.IsType<MeetingOutcome.Changed>(await office.Services.GetRequiredService<MeetingStore>().UpdateAsync(TestOffice.Tenant, id, null, rule, CancellationToken.None));
        await office.RestsAsync();
    }

    public static async Task PassesUntilAsync(this TestOffice office, DateTimeOffset until)
    {
        await office.PassAsync(until - office.Clock.GetUtcNow());
        // A wake-up may come a little after it was due.
        await office.PassAsync(TimeSpan.FromMinutes(1));
        await office.RestsAsync();
    }

    public static Party Party(this TestOffice office, string key) => new(office.Teams.People[key].ObjectId, office.Teams.People[key].Name);

    public static async Task<CoordinationBot.Meetings.Minutes> MinutesAsync(this TestOffice office, string id) =>
        (await office.Services.GetRequiredService<MinutesStore>().FindAsync(TestOffice.Tenant, id, CancellationToken.None))!;
}
