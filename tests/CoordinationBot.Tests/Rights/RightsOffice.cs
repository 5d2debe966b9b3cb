using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Recurrences;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Tests.Rights;

/// <summary>
/// An office with something of every kind in it. Ann leads, convenes and asks; Bob does, and hands on to Cy; Kim approves what is beyond Ann and is away, so Dee answers for Kim;
/// Eve is invited; Lea leads something else of Bob's; Fay administers; Otto is part of nothing; Fara is from elsewhere.
/// </summary>
internal sealed partial class RightsOffice : IAsyncDisposable
{
    public const string Elsewhere = "77777777-7777-7777-7777-777777777777";
    public const string GroupChat = "19:group@thread.v2";

    // The settings name her before she is there.
    private const string FaysId = "00000000-0000-0000-0000-000000000004";

    public static readonly string[] Everybody = ["ann", "bob", "eve", "cy", "kim", "dee", "lea", "fay", "otto", "fara"];

    private readonly List<Thing> _things = [];
    private readonly Dictionary<string, StringBuilder> _reached = Everybody.ToDictionary(person => person, _ => new StringBuilder());
    private readonly Dictionary<string, string> _files = [];
    private int _markers;

    private RightsOffice(ILoggerProvider? log) => Office = new TestOffice(
        services => services.AddLogging(logging => _ = log is null ? logging : logging.AddProvider(log)),
        web: web => web.UseSetting("Bot:AllowedTenants:0", TestOffice.Tenant).UseSetting("Bot:AllowedTenants:1", Elsewhere), administrators: FaysId);

    public TestOffice Office { get; }

    public IReadOnlyList<Thing> Things => _things;

    /// <param name="bob">What Bob is called.</param>
    /// <param name="log">Hears what the host says of itself.</param>
    public static async Task<RightsOffice> OpenAsync(string bob = "Bob Berg", ILoggerProvider? log = null)
    {
        var rights = new RightsOffice(log);
        var office = rights.Office;
        office.Teams.People["bob"] = office.Teams.People["bob"] with { Name = bob };
        foreach (var (key, name) in (ReadOnlySpan<(string, string)>)[("fay", "Fay Falk"), ("cy", "Cy Cole"), ("kim", "Kim Kern"), ("dee", "Dee Dorn"), ("lea", "Lea Lund"), ("otto", "Otto Orr")])
        {
            office.Add(key, name);
        }
        office.Add("fara", "Fara Foss", Elsewhere);
        await office.InstallAsync(Everybody);
        await office.InTeamAsync(["ann", "bob", "cy", "kim"]);
        await rights.DelegationsAsync();
        await rights.MeetingsAsync();
        await rights.FeedbackAsync();
        await rights.SurveysAsync();
        await office.SaysAsync("lea", $"delegate \"{rights.Add("a draft", null, false, [("lea", Relation.Author)], Part.Draft)[Part.Draft]}\" to Cy");
        await office.QuietAsync();
        return rights;
    }

    /// <summary>Whoever may circulate minutes has done so.</summary>
    public void Circulated()
    {
        for (var index = 0; index < _things.Count; index++)
        {
            _things[index] = _things[index] with { Markers = _things[index].Markers.ToDictionary(part => part.Key == Part.DraftMinutes ? Part.Minutes : part.Key, part => part.Value) };
        }
    }

    /// <summary>Everything that ever reached a person: messages of their chat as they were on the wire, answers to their presses, and files behind links they got.</summary>
    public async Task<string> ReachedAsync(string person)
    {
        var all = new StringBuilder(_reached[person].ToString());
        foreach (var (conversation, body) in Office.Teams.Sent.Where(sent => sent.Conversation == Office.Teams.People[person].Chat))
        {
            all.AppendLine(body);
        }
        foreach (var link in Links().Matches(all.ToString()).Select(match => match.Value).Distinct().ToList())
        {
            all.AppendLine(await FileAsync(link));
        }
        return all.ToString();
    }

    /// <summary>A press with any data, and the whole answer.</summary>
    public async Task<string> PressesAsync(string person, string verb, JsonObject data)
    {
        var response = await Office.PostAsync(Office.Activity(person, "invoke", activity =>
        {
            activity["name"] = "adaptiveCard/action";
            activity["value"] = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = data } };
        }));
        var answer = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        _reached[person].AppendLine(answer);
        return answer;
    }

    /// <summary>As it was when it was asked for first: a link soon ends.</summary>
    private async Task<string> FileAsync(string link) => _files.TryGetValue(link, out var known) ? known : _files[link] = await DownloadAsync(link);

    private async Task<string> DownloadAsync(string link)
    {
        var bytes = await (await Office.GetAsync(link)).Content.ReadAsByteArrayAsync();
        if (bytes is not [(byte)'P', (byte)'K', ..])
        {
            return Encoding.UTF8.GetString(bytes);
        }
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return string.Concat(zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }));
    }

    private string Marker() => $"zq{_markers++:D2}{(char)('a' + (_markers % 26))}kwx";

    private Dictionary<Part, string> Add(string name, string? id, bool isConfidential, (string, Relation)[] people, params Part[] parts)
    {
        var markers = parts.ToDictionary(part => part, _ => Marker());
        _things.Add(new Thing(name, id, isConfidential, people) { Markers = markers });
        return markers;
    }

    /// <summary>It has an id only once it is there.</summary>
    private void Named(string id) => _things[^1] = _things[^1] with { Id = id };

    private async Task DelegationsAsync()
    {
        await SetAsync(new AuthorityChange.SetMandate(
            Office.PartyOf("ann"), new Mandate { Origin = "Mandate of Ann Abel", Money = new Money(500, "EUR"), NextUp = Office.PartyOf("kim"), OutsideCommitments = true }));
        Add("a mandate", null, false, [("fay", Relation.Administrator), ("eve", Relation.Owner)]);
        _things[^1] = _things[^1] with { Markers = new Dictionary<Part, string> { [Part.Mandate] = "81,273 EUR" } };
        await SetAsync(new AuthorityChange.SetMandate(Office.PartyOf("eve"), new Mandate { Origin = "Mandate of Eve Ek", Money = new Money(81_273, "EUR") }));
        await Office.SaysAsync("kim", "away until 5 Dec, deputy Dee");
        await Office.ClicksAsync("kim", "Confirm");
        // Lea is first, so that she hears of whatever comes after on that day.
        var rival = Add("what Lea gave", null, false, [("lea", Relation.Leader), ("bob", Relation.Assignee), ("ann", Relation.Rival)], Part.Terms);
        Named(await Office.GivesAsync(Granting.Narrow, rival[Part.Terms], "lea"));
        foreach (var isConfidential in (bool[])[false, true])
        {
            (string, Relation)[] people = [("ann", Relation.Leader), ("bob", Relation.Assignee), ("kim", Relation.Approver), ("dee", Relation.Deputy), ("lea", Relation.Rival), ("cy", Relation.Below), .. isConfidential ? [] : ((string, Relation)[])[("eve", Relation.Below)]];
            var words = Add(isConfidential ? "a confidential delegation" : "a delegation", null, isConfidential, people, Part.Terms, Part.Work, Part.Request);
            var id = await Office.GivesAsync(Granting.Free with { Budget = new Money(500, "EUR"), Depth = 1, IsConfidential = isConfidential }, words[Part.Terms]);
            Named(id);
            await Office.SaysAsync("bob", $"{id}: spent 20 EUR on {words[Part.Work]}");
            Assert.Contains("Needs approval by Kim Kern", (await Office.SaysAsync("bob", $"{id}: spent 900 EUR on {words[Part.Request]} because it is needed")).Words);
            await Office.QuietAsync();
            await HandsOnAsync(id, "cy", isConfidential);
            if (!isConfidential)
            {
                // Beside the other, and more secret than what it comes from.
                await HandsOnAsync(id, "eve", isConfidential: true);
            }
        }
        var question = Add("a confidential question", null, true, [("ann", Relation.Leader), ("bob", Relation.Assignee), ("eve", Relation.Consulted)], Part.Terms, Part.Options);
        Named(await Office.GivesAsync(
            Granting.Narrow with { Involvement = Involvement.Named, People = [Office.PartyOf("eve")], IsConfidential = true }, question[Part.Terms], type: AuthorizationType.Uncertain));
        await Office.AddsAsync(question[Part.Options]);
        await SeriesAsync();
    }

    private async Task HandsOnAsync(string under, string assignee, bool isConfidential)
    {
        var child = Add($"what was handed on{(isConfidential ? " in confidence" : "")} to {assignee}", null, isConfidential, [("bob", Relation.Leader), (assignee, Relation.Assignee), ("ann", Relation.Above)], Part.Terms);
        Named(await Office.GivesAsync(Granting.Narrow with { Budget = null, IsConfidential = isConfidential }, child[Part.Terms], "bob", assignee, under: under));
    }

    private async Task SeriesAsync()
    {
        (string, Relation)[] people = [("ann", Relation.Leader), ("bob", Relation.Assignee)];
        var words = Add("what recurs", null, false, people, Part.SeriesTerms);
        var open = await Office.RepeatsAsync(title: words[Part.SeriesTerms]);
        Named(open);
        await Office.QuietAsync();
        var secret = Add("what recurs in confidence", null, true, people, Part.SeriesTerms);
        var (series, store) = (await Office.SeriesAsync(open), Office.Services.GetRequiredService<RecurrenceStore>());
        var terms = Granting.Flexible(Granting.Narrow with { IsConfidential = true }, secret[Part.SeriesTerms]) with { Due = series.Terms.Due };
        var begun = await store.CreateAsync(
            TestOffice.Tenant, terms.Title, id => SeriesRules.Begin(series with { Id = id, Terms = terms, Offering = series.Last, Revision = 1, Seal = null, Origin = terms.Title }), CancellationToken.None);
        store.Nudge(begun);
        await Office.SeesAsync("bob", secret[Part.SeriesTerms]);
        Named(begun.Id);
        await Office.QuietAsync();
    }

    private async Task SetAsync(AuthorityChange change)
    {
        await Office.Services.GetRequiredService<AuthorityStore>().UpdateAsync(
            TestOffice.Tenant, $"set {change}", Office.PartyOf("fay"), Office.Clock.GetUtcNow(), _ => new AuthorityOutcome.Changed(change, "set"), CancellationToken.None);
        await Office.PassAsync(TimeSpan.FromSeconds(10)); // What was read is kept for a moment.
    }

    private async Task MeetingsAsync()
    {
        var start = Office.Clock.GetUtcNow().AddHours(2);
        foreach (var isConfidential in (bool[])[false, true])
        {
            (string, Relation)[] people = [("ann", Relation.Organiser), ("bob", Relation.Invitee), .. isConfidential ? [] : ((string, Relation)[])[("eve", Relation.Invitee)]];
            var minutes = isConfidential ? Part.DraftMinutes : Part.Minutes;
            var words = Add(isConfidential ? "a confidential meeting" : "a meeting", null, isConfidential, people, Part.MeetingWords, Part.Agenda, minutes);
            var id = await ConvenesAsync(words[Part.MeetingWords], isConfidential, start = start.AddHours(1), [.. people.Skip(1).Select(person => person.Item1)]);
            Named(id);
            await Office.SaysAsync("bob", $"agenda {id}: {words[Part.Agenda]}, 15 min");
            await Office.PassesUntilAsync(start);
            await Office.InvokesAsync("ann", "minutes.start", Data(("id", id)));
            await Office.InvokesAsync("ann", "minutes.add", Data(("id", id), ("kind", "Decision"), ("text", words[minutes])));
            if (!isConfidential)
            {
                await Office.InvokesAsync("ann", "minutes.circulate", Data(("id", id)));
            }
            await Office.RestsAsync();
            Assert.Contains(words[minutes], (await Office.MinutesAsync(id)).Entries.Select(entry => entry.Text));
        }
        var asked = Add("a confidential meeting without a time", null, true, [("ann", Relation.Organiser), ("bob", Relation.Invitee)], Part.MeetingWords);
        var poll = await Office.MeetsAsync(meeting => meeting with { Subject = asked[Part.MeetingWords], IsConfidential = true }, "bob");
        Named(poll);
        await Office.InvokesAsync("ann", "meeting.poll", Polling.Question(poll));
        await Office.SeesAsync("bob", Polling.Asked);
        await Office.AnswersAsync("bob", "yyn");
        // One that comes again, so that there are dates of their own.
        var series = Add("meetings that recur", null, false, [("ann", Relation.Organiser), ("bob", Relation.Invitee)], Part.MeetingWords);
        await Office.SaysAsync("ann", $"meet {Office.Teams.People["bob"].Name.Split(' ')[0]} 45 min every Tuesday 14:00 about {series[Part.MeetingWords]}");
        await Office.ClicksAsync("ann", "Find times");
        Named(Arranging.MeetingIn((await Office.ClicksAsync("ann", "Take it")).Words));
        await Office.QuietAsync();
    }

    private Task<string> ConvenesAsync(string words, bool isConfidential, DateTimeOffset start, string[] with) => Office.ConvenesAsync(start, words, with, meeting => meeting with
    {
        Purpose = $"So that {words} is clear",
        Place = $"Room {words}",
        Objective = $"Aim {words}",
        IsConfidential = isConfidential,
    });

    private async Task FeedbackAsync()
    {
        var named = Add("feedback with a name", null, false, [("bob", Relation.Author), ("fay", Relation.Owner)], Part.NamedFeedback);
        Named(await Office.TellsAsync($"the printer {named[Part.NamedFeedback]} is empty", owner: "fay"));
        var about = _things.First(thing => thing.Name == "a confidential delegation");
        var confidential = Add("feedback about something confidential", null, true, [("bob", Relation.Author), ("ann", Relation.Owner)], Part.NamedFeedback);
        Named(await Office.TellsAsync($"the plan {confidential[Part.NamedFeedback]} is late", about.Id!, owner: "ann"));
        var anonymous = Add("feedback without a name", null, false, [("eve", Relation.Author), ("fay", Relation.Owner)], Part.AnonymousFeedback);
        await Office.LeavesAsync($"the boss {anonymous[Part.AnonymousFeedback]} shouts", "eve");
        await Office.MorningAsync();
        Named(await Office.NewestAsync("fay"));
        await Office.SaysAsync("fay", "insights");
        await Office.QuietAsync();
    }

    private async Task SurveysAsync()
    {
        (string, Relation)[] people = [("ann", Relation.Owner), .. Surveying.Everybody.Select(person => (person, Relation.Asked))];
        var closed = Add("a closed survey", null, false, [.. people, ("bob", Relation.Author)], Part.SurveyQuestions, Part.SurveyResults);
        var id = await AsksAsync(closed[Part.SurveyQuestions]);
        Named(id);
        foreach (var person in Surveying.Everybody)
        {
            await Office.FillsInAsync(person, "3", person == "bob" ? closed[Part.SurveyResults] : "words", "2");
        }
        await Office.ClosesAsync(id);
        await Office.QuietAsync();
        var open = Add("an open survey", null, false, [.. people, ("cy", Relation.Author)], Part.SurveyQuestions, Part.UncountedAnswer);
        Named(await AsksAsync(open[Part.SurveyQuestions]));
        await Office.FillsInAsync("cy", "3", open[Part.UncountedAnswer], "2");
    }

    private async Task<string> AsksAsync(string question)
    {
        var id = await Office.PreviewsAsync(questions: $"How was {question}? (1-5)\nWhat should change? (text)\nWhich day? (Mon / Tue / Wed)");
        await Office.ClicksAsync("ann", "Open it");
        await Office.QuietAsync();
        return id;
    }

    public static JsonObject Data(params (string Key, string Value)[] values)
    {
        var data = new JsonObject();
        foreach (var (key, value) in values)
        {
            data[key] = value;
        }
        return data;
    }

    public ValueTask DisposeAsync() => Office.DisposeAsync();

    [GeneratedRegex(@"http://localhost/exports/[A-Za-z0-9_.-]+")]
    private static partial Regex Links();
}
