using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Files;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;
using CoordinationBot.Surveys;

namespace CoordinationBot.Privacy;

/// <summary><c>about me</c>: a file with what is stored about a person, as it is stored, in rows that are theirs, and what they did in things of which they are a part.</summary>
internal sealed partial class AboutMeFile(ITables tables, FileLinks links, DelegationDesk desk)
{
    public const string Kind = "about-me";

    private const string Note = "What is stored about you. Not in it: what you said without your name, which nobody can find by who you are; the secrets of links; what others wrote, which you see by the commands (show, register, minutes); and by what and where you are found: indexes of names, members of teams, messages on their way to you.";

    /// <summary>Partitions of a person: themselves, their calendar, what they were asked last, what was counted for them.</summary>
    private static readonly string[] Own = ["P", "C", "Q", "I"];

    /// <summary>What others wrote and this person answers; secrets; notes on the way of a notice.</summary>
    private static readonly string[] Others = ["feedback|", "feedback-at|", "file|", "outbox|", "missed|", "came", "minutes|"];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel) =>
        await links.CreateAsync(new FileRequest(turn.Tenant, turn.Actor.ObjectId, Kind, ""), turn.Now, cancel) is { } link
            ? new TurnResult.Open(FileCards.Json("what I have stored about you", link, turn.Now + FileStore.Lifetime, await desk.ZoneAsync(turn, cancel)))
            : new TurnResult.Say(FileLinks.NoAddress);

    public async ValueTask<ServedFile?> OpenAsync(FileRequest file, DateTimeOffset now, CancellationToken cancel)
    {
        var stored = new JsonArray();
        HashSet<string> ids = [];
        foreach (var letter in Own)
        {
            foreach (var row in await AllAsync($"{file.Tenant}|{letter}|{file.ObjectId}", "", cancel))
            {
                if (!Others.Any(prefix => row.Key.StartsWith(prefix, StringComparison.Ordinal)))
                {
                    stored.Add(new JsonObject { ["row"] = row.Key, ["data"] = Open(row) });
                    ids.UnionWith(Ids().Matches($"{row.Key} {Encoding.UTF8.GetString(row.Data.Span)}").Select(match => match.Value));
                }
            }
        }
        foreach (var row in (await AllAsync(AuthorityStore.Partition(file.Tenant), "now|", cancel)).Where(row => row.Key.EndsWith($"|{file.ObjectId}", StringComparison.Ordinal)))
        {
            stored.Add(new JsonObject { ["row"] = row.Key, ["data"] = Open(row) });
        }
        foreach (var id in ids.Where(id => id[0] == 'V').Order(StringComparer.Ordinal))
        {
            if (await tables.GetAsync(SurveyRows.Partition(file.Tenant, id), SurveyRows.Named(file.ObjectId), cancel) is { } answer)
            {
                stored.Add(new JsonObject { ["row"] = answer.Key, ["in"] = id, ["data"] = Open(answer) });
            }
        }
        var done = new JsonArray();
        foreach (var (name, partition) in ids.Order(StringComparer.Ordinal).Select(id => (id, $"{file.Tenant}|{id[0]}|{id}")).Append(("mandates, policies and administrators", AuthorityStore.Partition(file.Tenant))))
        {
            foreach (var entry in (await AllAsync(partition, HistoryRows.Prefix, cancel)).Select(Open).Where(entry => (string?)entry?["Who"]?["ObjectId"] == file.ObjectId || (string?)entry?["About"] == file.ObjectId))
            {
                done.Add(new JsonObject { ["in"] = name, ["entry"] = entry });
            }
        }
        var all = new JsonObject { ["note"] = Note, ["stored"] = stored, ["done"] = done };
        return ServedFile.Whole("application/json; charset=utf-8", $"about-me-{now:yyyy-MM-dd}.json", Encoding.UTF8.GetBytes(all.ToJsonString(Readable)));
    }

    private async ValueTask<IReadOnlyList<Row>> AllAsync(string partition, string prefix, CancellationToken cancel)
    {
        List<Row> all = [];
        IReadOnlyList<Row> page;
        do
        {
            page = await tables.QueryAsync(partition, prefix, TableLimits.MaxTake, all.Count == 0 ? null : all[^1].Key, cancel);
            all.AddRange(page);
        }
        while (page.Count == TableLimits.MaxTake);
        return all;
    }

    private static JsonNode? Open(Row row)
    {
        var data = JsonNode.Parse(row.Data.Span);
        if (data is JsonObject element)
        {
            // A proof for verify, and nothing about anybody.
            element.Remove("Seal");
            if (element.ContainsKey("Link"))
            {
                element["Link"] = "kept secret";
            }
        }
        return data;
    }

    [GeneratedRegex("[DSMFV]-[0-9A-HJKMNP-TV-Z]{6,}")]
    private static partial Regex Ids();
}
