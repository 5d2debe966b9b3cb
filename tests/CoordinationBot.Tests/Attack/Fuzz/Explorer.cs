using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Attack.Fuzz;

/// <summary>
/// Ann, Bob and Eve of one organisation try everything once: every command as its help writes it, sentences that begin things, and every button of every card they get to see, filled in
/// as somebody honest would. What they sent and could have sent are the shapes.
/// </summary>
internal sealed partial class Explorer(TestOffice office, string tenant, string[] people)
{
    private const int MostRounds = 14;

    private const int MostNeighbours = 8;

    /// <summary>Verbs with such a word end things, or lead back; they come when nothing else leads on.</summary>
    private static readonly string[] Ending = ["discard", "cancel", "revoke", "end", "withdraw", "remove", "decline", "refuse", "drop", "close", "reset", "edit", "lines", "help"];

    private static readonly string[] Sentences =
    [
        "delegate \"Prepare the budget table\" to Bob by fri 5pm, exactly: collect figures; fill template; send to finance (a link)",
        "delegate \"Summer party\" to Bob by 4 Dec, flexible, up to 500 EUR",
        "delegate \"Where to hold the party\" to Bob by 4 Dec, uncertain",
        "delegate \"Count the chairs\" to Bob every friday 10:00, exactly: count",
        "meet Bob and Eve 45 min next week about the budget", "meet Bob 30 min every Tuesday 10:00 about the plan",
        "survey How we work", "problem the printer is always empty", "suggest more light", "thanks for the coffee",
        "away until fri, deputy Bob", "registers add Facilities: Eve", "mandate Bob", "policy", "calendar https://calendar.example.com/mine.ics",
        "spent 20 EUR on printing", "plan up to 300 EUR for the event until 12 Dec", "involve Eve", "promise Contoso: delivery on 3 Dec", "move the deadline to Monday because of the holiday",
    ];

    /// <summary>By whom, since the last sentence: each kind of button once.</summary>
    private readonly HashSet<(string Who, string Verb)> _pressed = [];
    private readonly List<Shape> _shapes = [];
    private int _number;

    public async Task<Corpus> ExploreAsync()
    {
        foreach (var who in people)
        {
            await SendAsync("event install", Activity(who, "installationUpdate", activity => activity["action"] = "add"));
        }
        await office.RestsAsync();
        await SayAsync(people[2], "registers general: Eve");
        await SayAsync(people[2], "administrators add Ann");
        foreach (var text in Sentences)
        {
            await SayAsync(people[0], text);
            await office.RestsAsync();
            await PressAsync(isEnding: false);
        }
        string[] ids = [.. people.SelectMany(who => office.Shown(who)).SelectMany(message => Known().Matches(message.Words)).Select(id => id.Value).Distinct().Order(StringComparer.Ordinal)];
        foreach (var who in people)
        {
            foreach (var text in Commands(ids).Distinct())
            {
                await SayAsync(who, text);
            }
        }
        await PressAsync(isEnding: true);
        _shapes.AddRange(people.SelectMany(Others));
        _shapes.AddRange(Neighbours());
        return new Corpus(_shapes);
    }

    /// <summary>As the help writes them, with what there is in place of what it leaves open.</summary>
    private IEnumerable<string> Commands(string[] ids) =>
        from command in office.Services.GetRequiredService<RouteTable>().Commands
        from usage in command.Usage.Split([", or ", ", "], StringSplitOptions.TrimEntries).Append(command.Words)
        where usage.StartsWith(command.Words.Split(' ')[0], StringComparison.Ordinal)
        select Placeholders().Replace(usage, match => Array.Find(ids, id => id[0] == match.Value[0]) ?? match.Value)
            .Replace("Alex", "Bob", StringComparison.Ordinal).Replace("Kim", "Eve", StringComparison.Ordinal).Replace("…", "the budget", StringComparison.Ordinal);

    private Task<string> SayAsync(string who, string text) => SendAsync($"command {text.Split(' ')[0]}", Activity(who, "message", activity => activity["text"] = text));

    /// <param name="isEnding">Also what ends things, when there is nothing else left to do.</param>
    private async Task PressAsync(bool isEnding)
    {
        _pressed.Clear();
        for (var round = 0; round < MostRounds; round++)
        {
            var found = people.SelectMany(Buttons).DistinctBy(button => (button.Who, button.Verb)).ToLookup(button => button.Verb.Split('.', '-').Any(Ending.Contains));
            List<(string, string, ShownMessage, JsonObject)> next = [.. isEnding && !found[false].Any() ? found[true] : found[false]];
            if (next.Count == 0)
            {
                return;
            }
            foreach (var (who, verb, message, action) in next)
            {
                _pressed.Add((who, verb));
                if (CardIn(await SendAsync($"action {verb}", Press(who, action))) is { } card)
                {
                    message.Card = card;
                }
            }
            await office.RestsAsync();
        }
    }

    /// <summary>Buttons of all cards that somebody has, that were not pressed often enough.</summary>
    private IEnumerable<(string Who, string Verb, ShownMessage Message, JsonObject Action)> Buttons(string who) =>
        from message in office.Shown(who).Reverse()
        where message.Card is not null
        from button in Filled(who, message.Card!)
        let verb = VerbOf(button)
        where verb.Length > 0 && !_pressed.Contains((who, verb))
        select (who, verb, message, button);

    /// <summary>Everything that could be pressed now; and what the channel tells of people who come and go, and of groups.</summary>
    private IEnumerable<Shape> Others(string who)
    {
        foreach (var message in office.Shown(who).Where(message => message.Card is not null))
        {
            foreach (var action in Filled(who, message.Card!))
            {
                yield return new Shape($"action {VerbOf(action)}", Press(who, action));
                yield return new Shape("submit", Submit(who, action));
                yield return new Shape("refresh", Press(who, action, "automatic"));
            }
        }
        foreach (var action in (string[])["add", "remove", "add-upgrade"])
        {
            yield return new Shape("event installation", Activity(who, "installationUpdate", activity => activity["action"] = action));
        }
        foreach (var list in (string[])["membersAdded", "membersRemoved"])
        {
            yield return new Shape($"event {list}", Activity(who, "conversationUpdate", activity => activity[list] = new JsonArray(activity["recipient"]!.DeepClone(), activity["from"]!.DeepClone())));
        }
        foreach (var (type, words) in new[] { ("groupChat", "help"), ("channel", "my tasks"), ("groupChat", "delegate the budget to Bob"), ("channel", "meet Bob tomorrow") })
        {
            yield return new Shape("group", Activity(who, "message", activity =>
            {
                activity["text"] = $"<at>Secretary</at> {words}";
                activity["entities"]!.AsArray().Add(new JsonObject { ["type"] = "mention", ["mentioned"] = activity["recipient"]!.DeepClone(), ["text"] = "<at>Secretary</at>" });
                activity["conversation"] = new JsonObject { ["id"] = $"19:{tenant}@thread.v2", ["conversationType"] = type, ["isGroup"] = true, ["tenantId"] = tenant };
            }));
        }
    }

    private static string VerbOf(JsonObject action) => (action["verb"] ?? action["data"]?[SubmitAction.VerbKey])?.GetValue<string>() ?? "";

    /// <summary>Buttons that nobody came to see, with what others of the same feature carry: ids of the right kind, at least.</summary>
    private List<Shape> Neighbours()
    {
        var seen = _shapes.ToLookup(shape => shape.Name.Split('.')[0]);
        return [.. from verb in office.Services.GetRequiredService<RouteTable>().Verbs.Order(StringComparer.Ordinal)
                   where !seen[$"action {verb.Split('.')[0]}"].Any(shape => shape.Name == $"action {verb}")
                   from shape in seen[$"action {verb.Split('.')[0]}"].DistinctBy(shape => shape.Name).Take(MostNeighbours)
                   select new Shape($"unseen {verb}", With(shape.Activity, verb))];

        static JsonObject With(JsonObject activity, string verb)
        {
            var other = activity.DeepClone().AsObject();
            var value = other["value"]!.AsObject();
            (value["action"] as JsonObject ?? value)[SubmitAction.VerbKey] = verb;
            return other;
        }
    }

    private IEnumerable<JsonObject> Filled(string who, JsonObject card)
    {
        var inputs = Inputs(card).DistinctBy(input => input["id"]!.GetValue<string>()).ToDictionary(input => input["id"]!.GetValue<string>(), input => Fill(who, input));
        foreach (var (_, action, values) in CardReading.Buttons(card))
        {
            var filled = action.DeepClone().AsObject();
            filled.Remove("fallback");
            var data = filled["data"] as JsonObject ?? [];
            foreach (var (id, value) in values)
            {
                data[id] = value.Length > 0 ? value : inputs.GetValueOrDefault(id, "");
            }
            filled["data"] = data.DeepClone();
            yield return filled;
        }
    }

    private string Fill(string who, JsonObject input) => input["type"]!.GetValue<string>() switch
    {
        "Input.Number" => "3",
        "Input.Date" => office.Clock.GetUtcNow().AddDays(4).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "Input.Time" => "14:00",
        "Input.Toggle" => "true",
        "Input.ChoiceSet" => input["choices"] is JsonArray { Count: > 0 } choices ? choices[_number % choices.Count]!["value"]!.ToString() : office.Teams.People[who == people[1] ? people[0] : people[1]].ObjectId,
        _ => "How was the week? (1-5)",
    };

    private static IEnumerable<JsonObject> Inputs(JsonNode? node) => node switch
    {
        JsonObject element when element["type"]?.ToString().StartsWith("Input.", StringComparison.Ordinal) == true => [element],
        JsonObject element => element.SelectMany(member => Inputs(member.Value)),
        JsonArray items => items.SelectMany(Inputs),
        _ => [],
    };

    private JsonObject Press(string who, JsonObject action, string trigger = "manual") => action["type"]!.GetValue<string>() == "Action.Submit" ? Submit(who, action) : Activity(who, "invoke", activity =>
    {
        activity["name"] = "adaptiveCard/action";
        activity["value"] = new JsonObject { ["action"] = action.DeepClone(), ["trigger"] = trigger };
    });

    /// <summary>As a client sends it that knows no other action.</summary>
    private JsonObject Submit(string who, JsonObject action) => Activity(who, "message", activity =>
    {
        var data = action["data"]!.DeepClone().AsObject();
        data[SubmitAction.VerbKey] = action["verb"]?.DeepClone() ?? data[SubmitAction.VerbKey]?.DeepClone();
        activity["value"] = data;
    });

    private JsonObject Activity(string who, string type, Action<JsonObject> more) => office.Activity(
        who,
        type,
        activity =>
        {
            activity["conversation"]!["tenantId"] = tenant;
            activity["channelData"]!["tenant"]!["id"] = tenant;
            more(activity);
        },
        string.Create(CultureInfo.InvariantCulture, $"explore-{tenant}-{++_number}"));

    private async Task<string> SendAsync(string name, JsonObject activity)
    {
        _shapes.Add(new Shape(name, activity));
        using var answer = await office.PostAsync(activity);
        Assert.True(answer.IsSuccessStatusCode, $"{name}: {answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync();
    }

    private static JsonObject? CardIn(string body) =>
        body.Length > 0 && JsonNode.Parse(body) is JsonObject answer && answer["type"]?.ToString() == "application/vnd.microsoft.card.adaptive" ? answer["value"]!.DeepClone().AsObject() : null;

    [GeneratedRegex("[DMSVF]-[0-9A-HJKMNP-TV-Z]{6}")]
    private static partial Regex Known();

    [GeneratedRegex("[DMSVF]-…")]
    private static partial Regex Placeholders();
}
