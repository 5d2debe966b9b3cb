using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using CoordinationBot.Meetings;
using static CoordinationBot.Tests.Scenarios.Polling;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>As many as may be invited, all at once.</summary>
public sealed class PollCrowdScenarios(ITestOutputHelper output)
{
    private const int People = 2 * MeetingLimits.People;

    [Fact]
    public async Task Two_hundred_who_answer_at_once_are_all_counted_and_their_cards_are_edited_a_few_times_only()
    {
        await using var office = new TestOffice();
        string[] people = [.. Enumerable.Range(0, People).Select(number => office.Add($"p{number}", $"Person {number}").Key)];
        var id = await office.AsksAsync([.. people.Select((person, index) => index % 2 == 0 ? person : $"{person}?")]);
        Assert.All(people, person => Assert.Equal(1, office.Times(person, Asked)));
        await office.WaitsAsync(TimeSpan.FromMinutes(10));
        var edits = new ConcurrentDictionary<string, int>();
        office.Teams.Fault = request =>
        {
            if (request.Method == HttpMethod.Put)
            {
                edits.AddOrUpdate(request.RequestUri!.AbsolutePath.Split('/')[^3], 1, (_, count) => count + 1);
            }
            return null;
        };
        var votes = people.Select((_, index) => string.Concat("yin"[index % 3], "yin"[index / 3 % 3], "yi"[index % 2])).ToList();

        var started = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(people.Select((person, index) => office.InvokesAsync(person, "meeting.vote", Answer(id, votes[index]))));
        var took = Stopwatch.GetElapsedTime(started);
        await office.RestsAsync();
        await office.QuietAsync();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var meeting = await office.MeetingAsync(id);
        Assert.Equal(People, meeting.Poll!.Cast);
        var tally = PollTally.Of(meeting, meeting.Poll);
        for (var time = 0; time < 3; time++)
        {
            foreach (var (isRequired, count) in new[] { (true, tally.Times[time].Required), (false, tally.Times[time].Optional) })
            {
                var mine = votes.Where((_, index) => index % 2 == 0 == isRequired).Select(letters => letters[time]).ToList();
                Assert.Equal(new VoteCount(mine.Count(letter => letter == 'y'), mine.Count(letter => letter == 'i'), mine.Count(letter => letter == 'n'), 0), count);
            }
        }
        // Their own card once for their own answer, and everybody's perhaps once for the first.
        var atOnce = edits.Values.Sum();
        output.WriteLine($"{People} answers in {took.TotalMilliseconds:N0} ms; {atOnce} edits of {edits.Count} cards at once, the most of one {edits.Values.Max()}");
        Assert.InRange(edits.Where(edit => edit.Key != Uri.EscapeDataString(office.Teams.People["ann"].Chat)).Max(edit => edit.Value), 1, 3);
        Assert.InRange(atOnce, People, (2 * People) + 60);

        await office.WaitsAsync(PollShowing.PauseFor(People) + TimeSpan.FromSeconds(5));
        output.WriteLine($"{edits.Values.Sum()} edits in all after {PollShowing.PauseFor(People).TotalSeconds} s");
        Assert.InRange(edits.Values.Sum(), 2 * People, (3 * People) + 60);
        Assert.All(people, person => Assert.Contains("0 not yet", office.Shown(person)[^1].Words, StringComparison.Ordinal));
        // Nothing is left to do: no further edit comes, however long one waits.
        var all = edits.Values.Sum();
        await office.WaitsAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(all, edits.Values.Sum());
    }

    [Fact]
    public async Task Answers_that_come_one_after_the_other_edit_a_card_at_its_pace()
    {
        await using var office = new TestOffice();
        string[] people = [.. Enumerable.Range(0, 60).Select(number => office.Add($"p{number}", $"Person {number}").Key)];
        var id = await office.AsksAsync(people);
        await office.WaitsAsync(TimeSpan.FromMinutes(10));
        var (before, silent) = (office.Shown("ann")[^1].Changes, office.Shown("p59")[^1].Changes);
        // One each second.
        foreach (var person in people.Take(59))
        {
            await office.InvokesAsync(person, "meeting.vote", Answer(id, "yin"));
            await office.WaitsAsync(TimeSpan.FromSeconds(1));
        }
        await office.WaitsAsync(PollShowing.PauseFor(people.Length));
        await office.WaitsAsync(PollShowing.OrganiserPause);
        var (organiser, other) = (office.Shown("ann")[^1].Changes - before, office.Shown("p59")[^1].Changes - silent);
        output.WriteLine($"59 answers in a minute: {organiser} edits of the organiser's card, {other} of the card of somebody who is silent");
        Assert.InRange(organiser, 8, 25);
        Assert.InRange(other, 1, 3);
        Assert.Contains("59 yes", office.Shown("p59")[^1].Words, StringComparison.Ordinal);
        Assert.Contains("Not answered yet (1)", office.Shown("ann")[^1].Words, StringComparison.Ordinal);
    }
}
