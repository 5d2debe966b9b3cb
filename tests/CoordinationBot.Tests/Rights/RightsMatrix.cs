using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Rights;

/// <summary>
/// Every person does everything that there is to do with everything that there is, and hears of nothing that is not theirs. The commands and verbs are those that the host
/// answers: one that is added is tried here without anybody adding it.
/// </summary>
public sealed partial class RightsMatrix
{
    [Fact]
    public async Task Nobody_sees_what_is_not_theirs_whatever_they_press_or_type()
    {
        await using var rights = await RightsOffice.OpenAsync();
        var office = rights.Office;
        var routes = office.Services.GetRequiredService<RouteTable>();
        await NothingLeakedAsync(rights, "while it came to be");
        Assert.All(rights.Things, thing => Assert.NotNull(thing.Id ?? thing.Name));

        // What is asked without naming anything: lists, counts, digests, exports; in one's own chat and in a group.
        foreach (var person in RightsOffice.Everybody)
        {
            foreach (var command in routes.Commands.Where(command => command.Takes != CommandArgument.Id))
            {
                await office.SendsAsync(person, command.Words);
                await office.SaysInGroupAsync(person, command.Words, conversation: RightsOffice.GroupChat);
            }
            await office.SendsAsync(person, "cancel");
        }
        await office.RestsAsync();
        await NothingLeakedAsync(rights, "when nothing was named");
        await IdsAreTheirOwnAsync(rights);

        // What names something of others.
        var before = await StatesAsync(rights);
        var keys = InputsSeen(office);
        List<string> differences = [];
        foreach (var person in RightsOffice.Everybody)
        {
            foreach (var things in rights.Things.Where(thing => thing.Id is not null && !thing.Includes(person)).GroupBy(thing => thing.Id![0]))
            {
                differences.AddRange(await SameAsNothingAsync(rights, routes, person, [.. things], keys));
            }
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.Equal(before, await StatesAsync(rights));
        await NothingLeakedAsync(rights, "when it was named by others");

        // And what people may do themselves tells nobody else.
        foreach (var verb in routes.Verbs.Order(StringComparer.Ordinal))
        {
            foreach (var person in RightsOffice.Everybody)
            {
                foreach (var thing in rights.Things.Where(thing => thing.Id is not null && thing.Includes(person)))
                {
                    await rights.PressesAsync(person, verb, RightsOffice.Data(("id", thing.Id!), ("version", "1"), ("question", "2"), ("reason", "It is needed."), ("text", "It is so."), ("answer", "Yes, it is so.")));
                }
            }
        }
        foreach (var person in RightsOffice.Everybody)
        {
            foreach (var command in routes.Commands.Where(command => command.Takes == CommandArgument.Id))
            {
                foreach (var thing in rights.Things.Where(thing => thing.Id is not null && thing.Includes(person)))
                {
                    await office.SendsAsync(person, $"{command.Words} {thing.Id}");
                    await office.SaysInGroupAsync(person, $"{command.Words} {thing.Id}", conversation: RightsOffice.GroupChat);
                }
            }
        }
        await office.RestsAsync();
        rights.Circulated();
        await NothingLeakedAsync(rights, "when people did what is theirs to do");
        await office.PassesAsync(2);
        await NothingLeakedAsync(rights, "in the digests and reminders of two days");
        await EverythingWasSeenAsync(rights);
    }

    /// <summary>The answer about something is that about what does not exist, to every verb and every command, whatever else is in the data.</summary>
    /// <param name="rights">The office.</param>
    /// <param name="routes">What there is to do.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="things">Of one kind, none of them theirs.</param>
    /// <param name="keys">Of data.</param>
    private static async Task<IReadOnlyList<string>> SameAsNothingAsync(RightsOffice rights, RouteTable routes, string person, IReadOnlyList<Thing> things, IReadOnlyList<string> keys)
    {
        List<string> differences = [];
        foreach (var verb in routes.Verbs)
        {
            foreach (var known in (IReadOnlyList<string>[])[[], keys])
            {
                await CompareAsync($"presses {verb} with {known.Count + 2} inputs", id => rights.PressesAsync(person, verb, RightsOffice.Data([.. known.Select(key => (key, id)), ("id", id), ("version", "1")])));
            }
        }
        foreach (var command in routes.Commands.Where(command => command.Takes != CommandArgument.None))
        {
            await rights.Office.SaysAsync(person, "cancel");
            // Words behind it would be an act of their own to commands that take any text.
            foreach (var text in (string[])[command.Takes == CommandArgument.Id ? $"{command.Words} {{0}}: one more" : $"{command.Words} {{0}}", .. command.MayFollowId && things[0].Id![0] == 'D' ? (string[])[$"{{0}}: {command.Words} 20 EUR on it"] : []])
            {
                await CompareAsync($"types {text}", async id => Said(await rights.Office.SaysAsync(person, text.Replace("{0}", id, StringComparison.Ordinal))));
            }
        }
        return differences;

        async Task CompareAsync(string what, Func<string, Task<string>> ask)
        {
            foreach (var thing in things)
            {
                var (answer, expected) = (Masked(await ask(thing.Id!)), Masked(await ask(None(thing))));
                // What they said before may stand in the answer: then it is asked again.
                if (answer != expected && Masked(await ask(thing.Id!)) != expected)
                {
                    differences.Add($"{person} {what} of {thing.Name}:\n    {answer}\n  and of what does not exist:\n    {expected}");
                }
            }
        }

        string Masked(string answer) => Random().Replace(things.SelectMany(thing => (string[])[thing.Id!, None(thing)]).Aggregate(answer, (text, id) => text.Replace(id, "…", StringComparison.OrdinalIgnoreCase)), "…");

        static string Said(ShownMessage message) => message.Text ?? message.Card!.ToJsonString();
    }

    /// <summary>An id that looks like it and that nothing has.</summary>
    private static string None(Thing thing) => thing.Id![..^1] + (char.IsAsciiDigit(thing.Id[^1]) ? thing.Id[^1] == '0' ? '1' : '0' : thing.Id[^1] == 'Z' ? 'Y' : 'Z');

    /// <summary>What is drawn by chance, or follows from the turn: secrets, ids of drafts and of presses.</summary>
    [GeneratedRegex("[A-Za-z0-9_+/=-]{20,}")]
    private static partial Regex Random();

    /// <summary>Every name of an input or of data that any card ever had.</summary>
    private static List<string> InputsSeen(TestOffice office)
    {
        HashSet<string> names = [];
        foreach (var (_, body) in office.Teams.Sent)
        {
            Collect(JsonNode.Parse(body)!);
        }
        return [.. names.Order(StringComparer.Ordinal)];

        void Collect(JsonNode node)
        {
            if (node is JsonArray list)
            {
                foreach (var item in list.OfType<JsonNode>())
                {
                    Collect(item);
                }
            }
            else if (node is JsonObject element)
            {
                if (element["data"] is JsonObject data)
                {
                    names.UnionWith(data.Select(pair => pair.Key));
                }
                if (element["type"]?.GetValueKind() == System.Text.Json.JsonValueKind.String && element["type"]!.GetValue<string>().StartsWith("Input.", StringComparison.Ordinal))
                {
                    names.Add(element["id"]!.GetValue<string>());
                }
                foreach (var (_, value) in element.Where(pair => pair.Value is not null))
                {
                    Collect(value!);
                }
            }
        }
    }

    private static async Task NothingLeakedAsync(RightsOffice rights, string when)
    {
        List<string> leaks = [];
        foreach (var person in RightsOffice.Everybody)
        {
            var reached = await rights.ReachedAsync(person);
            leaks.AddRange(from thing in rights.Things from part in thing.Markers where !thing.MaySee(person, part.Key) && reached.Contains(part.Value, StringComparison.OrdinalIgnoreCase) select $"{person} saw {part.Key} of {thing.Name}: {Around(reached, part.Value)}");
        }
        var shared = string.Join('\n', rights.Office.Teams.Sent.Where(sent => sent.Conversation == RightsOffice.GroupChat).Select(sent => sent.Body));
        leaks.AddRange(from thing in rights.Things from part in thing.Markers where shared.Contains(part.Value, StringComparison.OrdinalIgnoreCase) select $"A group saw {part.Key} of {thing.Name}: {Around(shared, part.Value)}");
        Assert.True(leaks.Count == 0, $"{when}:\n{string.Join('\n', leaks)}");
    }

    /// <summary>Whoever may see something did: otherwise nothing would be proven. An answer before the close is on nobody's card, not even on its author's.</summary>
    private static async Task EverythingWasSeenAsync(RightsOffice rights)
    {
        var reached = string.Concat(await Task.WhenAll(RightsOffice.Everybody.Select(rights.ReachedAsync)));
        Assert.Empty(rights.Things.SelectMany(thing => thing.Markers.Where(part => part.Key != Part.UncountedAnswer && !reached.Contains(part.Value, StringComparison.Ordinal)).Select(part => $"nobody saw {part.Key} of {thing.Name}")));
    }

    private static string Around(string text, string marker) => text.IndexOf(marker, StringComparison.OrdinalIgnoreCase) is var at ? text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 60)] : "";

    /// <summary>Before anybody named anything, nobody has heard of an id that is not theirs.</summary>
    private static async Task IdsAreTheirOwnAsync(RightsOffice rights)
    {
        List<string> leaks = [];
        foreach (var person in RightsOffice.Everybody)
        {
            var reached = await rights.ReachedAsync(person);
            leaks.AddRange(rights.Things.Where(thing => thing.Id is { } id && !thing.Includes(person) && reached.Contains(id, StringComparison.OrdinalIgnoreCase)).Select(thing => $"{person} saw the id of {thing.Name}: {Around(reached, thing.Id!)}"));
        }
        Assert.True(leaks.Count == 0, string.Join('\n', leaks));
    }

    /// <summary>How all things stand.</summary>
    private static async Task<IReadOnlyList<string>> StatesAsync(RightsOffice rights)
    {
        await rights.Office.QuietAsync();
        var tables = rights.Office.Services.GetRequiredService<ITables>();
        List<string> states = [];
        foreach (var thing in rights.Things.Where(thing => thing.Id is not null))
        {
            foreach (var kind in (string[])[thing.Id![..1], "N"])
            {
                states.Add($"{thing.Name} {kind}: {(await tables.GetAsync($"{TestOffice.Tenant}|{kind}|{thing.Id}", "state", CancellationToken.None) is { } row ? System.Text.Encoding.UTF8.GetString(row.Data.Span) : "")}");
            }
        }
        return states;
    }
}
