using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Storage;

namespace CoordinationBot.Privacy;

/// <summary>What becomes of a row when somebody is forgotten. README.md says why.</summary>
internal static class ErasureRules
{
    /// <summary>The name in what is kept.</summary>
    public const string FormerColleague = "a former colleague";

    /// <summary>Rows that are there to reach the person or to say what they may: nobody needs them any more.</summary>
    private static readonly string[] Theirs = ["outbox|", "card|", "answer|", "deputy-of|", "member|", "now|administrator|"];

    /// <summary>Whether a partition is the person's alone: their own rows, their calendar, what they were asked, what was counted for them.</summary>
    public static bool IsOwn(Erasure erasure, string partition) => partition.StartsWith($"{erasure.Tenant}|", StringComparison.Ordinal) && partition.EndsWith($"|{erasure.ObjectId}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Nothing to change: the row does not name them.</summary>
    public static IReadOnlyList<Change> Forget(Erasure erasure, Row row)
    {
        if (IsOwn(erasure, row.Partition))
        {
            return erasure.IsLast ? [new Change.Delete(row.Key, null)] : [];
        }
        var key = row.Key.Replace(erasure.ObjectId, erasure.StandIn, StringComparison.OrdinalIgnoreCase);
        var data = HistoryRows.IsEntry(row.Key) ? HistoryRows.Rewritten(row.Data, Guid.Parse(erasure.StandIn), entry => Forget(erasure, entry)) : Forget(erasure, row.Data);
        var isFinder = row.Partition.EndsWith("|names", StringComparison.Ordinal) || row.Partition.EndsWith("|teams-ids", StringComparison.Ordinal);
        return key == row.Key && data is null ? []
            : isFinder || (key != row.Key && (row.Partition == PoisonRows.Partition || Theirs.Any(prefix => row.Key.StartsWith(prefix, StringComparison.Ordinal)))) ? [new Change.Delete(row.Key, row.Version)]
            : key == row.Key ? [new Change.Replace(row.Key, data!.Value, row.Version)]
            // Filed under the person: filed under whoever stands for them, so that others' lists still agree.
            : [new Change.Delete(row.Key, row.Version), new Change.Upsert(key, data ?? row.Data)];
    }

    /// <summary>Null: it does not name them.</summary>
    private static ReadOnlyMemory<byte>? Forget(Erasure erasure, ReadOnlyMemory<byte> data)
    {
        var isChanged = false;
        var after = Walk(JsonNode.Parse(data.Span), isTheirs: false, isOthers: false);
        return isChanged ? new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(after!.ToJsonString())) : default(ReadOnlyMemory<byte>?);

        JsonNode? Walk(JsonNode? node, bool isTheirs, bool isOthers) => node switch
        {
            JsonObject element => Element(element),
            JsonArray list => new JsonArray([.. list.Select(item => Walk(item, false, false))]),
            JsonValue value when value.TryGetValue<string>(out var text) => Text(text, isTheirs, isOthers),
            _ => node?.DeepClone(),
        };

        JsonObject Element(JsonObject element)
        {
            // A person in a row is an id with a name beside it: that of a namesake stays.
            var who = (element["ObjectId"] ?? element["Key"]) is JsonValue id && id.TryGetValue<string>(out var known) ? known : null;
            var isThem = erasure.ObjectId.Equals(who, StringComparison.OrdinalIgnoreCase);
            var copy = new JsonObject();
            foreach (var (name, value) in element)
            {
                var newName = name.Replace(erasure.ObjectId, erasure.StandIn, StringComparison.OrdinalIgnoreCase);
                isChanged |= newName != name;
                var isName = name == "Name" && who is not null;
                copy[newName] = Walk(value, isName && isThem, isName && !isThem);
            }
            return copy;
        }

        JsonValue Text(string text, bool isTheirs, bool isOthers)
        {
            var without = isTheirs ? FormerColleague : isOthers ? text : Without(erasure, text);
            isChanged |= without != text;
            return JsonValue.Create(without);
        }
    }

    private static string Without(Erasure erasure, string text)
    {
        if (erasure.Addresses.Contains(text))
        {
            return "";
        }
        text = text.Replace(erasure.ObjectId, erasure.StandIn, StringComparison.OrdinalIgnoreCase);
        if (erasure.Email is { } mail)
        {
            // An address that reaches nobody, ever (RFC 2606).
            text = text.Replace(mail, $"{erasure.StandIn}@forgotten.invalid", StringComparison.OrdinalIgnoreCase);
        }
        return NameInText.Without(erasure.Name, text);
    }
}
