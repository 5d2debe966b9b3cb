using System.Text.Json.Nodes;
using CoordinationBot.Authority;
using CoordinationBot.Meetings;
using CoordinationBot.Tests.Meetings;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Ann arranges a meeting up to where people say which of three mornings suits them: Monday 30 November to Wednesday 2 December, 10:00 in Berlin. Answers until Friday before, 10:00.</summary>
internal static class Polling
{
    public const string Asked = "Ann Abel asks which times suit you.";

    /// <summary>A meeting without a time, of people given as <c>bob</c>, or <c>eve?</c> who may come and need not, or a mail address.</summary>
    public static Task<string> MeetsAsync(this TestOffice office, params string[] people) => office.MeetsAsync(meeting => meeting, people);

    public static async Task<string> MeetsAsync(this TestOffice office, Func<Meeting, Meeting> like, params string[] people)
    {
        var ann = office.Teams.People["ann"];
        var draft = $"draft-{string.Join('-', people)}";
        var meeting = await office.Services.GetRequiredService<MeetingStore>().CreateAsync(
            TestOffice.Tenant,
            draft,
            null,
            id => MeetingRules.Begin(like(Polls.Meeting([.. people.Select(person => Invited(office, person))]) with { Id = id, Tenant = TestOffice.Tenant, Organiser = new Party(ann.ObjectId, ann.Name), Origin = draft, CreatedAt = office.Clock.GetUtcNow() })),
            CancellationToken.None);
        return meeting.Id;
    }

    /// <summary>Installed, met, and asked.</summary>
    public static async Task<string> AsksAsync(this TestOffice office, params string[] people)
    {
        await office.InstallAsync(["ann", .. people.Where(person => !person.Contains('@', StringComparison.Ordinal)).Select(person => person.TrimEnd('?'))]);
        var id = await office.MeetsAsync(people);
        await office.InvokesAsync("ann", "meeting.poll", Question(id));
        await office.QuietAsync();
        return id;
    }

    /// <summary>Lets so much time pass, and what is due be done.</summary>
    public static async Task WaitsAsync(this TestOffice office, TimeSpan time)
    {
        await office.PassAsync(time);
        await office.RestsAsync();
        await office.QuietAsync();
    }

    public static JsonObject Question(string id, string date = "2026-11-27", string time = "10:00", params IReadOnlyList<MeetingTime> times) => new()
    {
        ["id"] = id,
        [PollInputs.Chosen] = PollInputs.Write((times.Count > 0 ? times : Polls.Mornings()).Select(morning => morning.Start)),
        [PollInputs.Date] = date,
        [PollInputs.Time] = time,
    };

    /// <summary>On their own card, by the letters of <see cref="Polls.Votes"/>.</summary>
    public static Task<Pressed> AnswersAsync(this TestOffice office, string who, string letters, string button = "Answer") =>
        office.ClicksAsync(who, button, [.. Chosen(letters)]);

    /// <summary>As a card would send it, whatever card.</summary>
    public static JsonObject Answer(string id, string letters, int poll = 1)
    {
        var data = new JsonObject { ["id"] = id, ["poll"] = $"{poll}" };
        foreach (var (input, value) in Chosen(letters))
        {
            data[input] = value;
        }
        return data;
    }

    public static async Task<Meeting> MeetingAsync(this TestOffice office, string id) =>
        (await office.Services.GetRequiredService<MeetingStore>().FindAsync(TestOffice.Tenant, id, CancellationToken.None))!;

    public static async Task<PollTally> TallyAsync(this TestOffice office, string id) =>
        await office.MeetingAsync(id) is var meeting ? PollTally.Of(meeting, meeting.Poll!) : null!;

    public static IEnumerable<(string, string)> Chosen(string letters) =>
        Polls.Votes(letters).Select((vote, index) => (PollInputs.Vote(index), vote?.ToString() ?? ""));

    private static Invitee Invited(TestOffice office, string person) => person.Contains('@', StringComparison.Ordinal)
        ? Polls.Guest(person)
        : office.Teams.People[person.TrimEnd('?')] is var known ? new Invitee { Key = known.ObjectId, Name = known.Name, IsRequired = !person.EndsWith('?') } : null!;
}
