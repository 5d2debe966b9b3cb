using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CoordinationBot.Tests.Attack.Fuzz;

/// <summary>
/// Makes the activity of a number: the same one whenever seed, number and corpora are the same, whatever else was sent meanwhile. Some are sent as they once came, most are changed in a
/// few places of their structure, some of those in their bytes too.
/// </summary>
/// <param name="seed">Decides everything.</param>
/// <param name="corpora">The newest is used most; the others are other organisations, whose ids must lead nowhere.</param>
/// <param name="verbs">Of all card actions.</param>
internal sealed class Mutator(int seed, IReadOnlyList<Corpus> corpora, IReadOnlyList<string> verbs)
{
    private static readonly JsonSerializerOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    private static readonly string[] Odd =
    [
        "", " ", "\n", "\t\r\n", "\0", "\u0007\u001b[31mred", "a\r\nError: forged line", "\u2028", "\u202Eabc\u200F", "\uFEFF", "\u200B\u200D", "🎉👩‍💻🏳️‍🌈", "ﷺ", "İıſK", "ẞß", "e\u0301\u0301\u0301", "שלום عرب 中文 ไทย",
        "{{DATE(2026-01-01T00:00:00Z,SHORT)}}", "<at>Bob Berg</at>", "<at>", "[link](https://evil.example)", "**bold** `code` <b>b</b>", "=HYPERLINK(\"http://evil.example\")", "+1+1", "@SUM(A1)", "-2", "' OR 1=1 --",
        "../../etc/passwd", "..\\..", "|", "a|b", "/", "\\", "#", "?", "%00", "%2F", "null", "undefined", "NaN", "true", "[]", "{}", "\"", "'", ";", ",", ":", "D-000000", "M-ZZZZZZ", "V-", "F-ILOU00", "D-7K3F9Q.E1",
        "00000000-0000-0000-0000-000000000000", "29:", "28:", "everybody", "nobody", "me", "you", "bot", "Secretary",
    ];

    private static readonly string[] Dates =
    [
        "0001-01-01", "9999-12-31", "2026-02-30", "2026-13-01", "2024-02-29", "2026-11-27T25:00", "2026-03-29T02:30:00", "2026-10-25T02:30:00", "-0001-01-01", "10000-01-01", "1582-10-10", "tomorrow", "yesterday",
        "fri 5pm", "31 feb", "in 99999999 days", "next next week", "29 feb", "12/13/14", "2026-W53-7", "24:00", "23:59:60", "00:00", "every 31st", "every friday until 9999", "1e9 days ago", "in 2147483648 weeks",
    ];

    private static readonly string[] Numbers = ["0", "-1", "1", "2", "3", "7", "99", "1.5", "-0", "1e308", "1e-400", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "0x10", "٣", "1,000", "1.000,00", "5 EUR", "1e5 USD", "0.001 KWD", "-3 EUR", "999999999999999999 EUR"];

    private static readonly string[] Ids = ["id", "draft", "item", "entry", "aadObjectId", "tenantId", "meeting", "delegation", "assignee", "people", "about", "series", "pool", "event", "version", "poll", "step", "change", "request", "option", "secret", "press"];

    public byte[] Make(int number)
    {
        var random = new Random(HashCode(seed, number));
        var corpus = corpora.Count == 1 || random.Next(10) > 0 ? corpora[^1] : corpora[random.Next(corpora.Count)];
        var shapes = corpus.ByName[random.Next(corpus.ByName.Count)];
        var activity = shapes[random.Next(shapes.Length)].Activity.DeepClone().AsObject();
        // Now and then the id of one that was sent before.
        activity["id"] = $"fuzz-{seed}-{(random.Next(30) == 0 ? Math.Max(0, number - random.Next(1, 500)) : number)}";
        for (var changes = random.Next(8) switch { 0 => 0, < 4 => 1, < 6 => 2, 6 => 3, _ => 6 }; changes > 0; changes--)
        {
            Change(random, corpus, activity);
        }
        var bytes = Encoding.UTF8.GetBytes(activity.ToJsonString(Plainly));
        return random.Next(10) == 0 ? Bytes(random, bytes) : bytes;
    }

    private void Change(Random random, Corpus corpus, JsonObject activity)
    {
        switch (random.Next(16))
        {
            // Most of what counts is in what a button carries and what is typed.
            case 0 or 1 or 2 when Data(activity) is { Count: > 0 } data:
                var key = data.ElementAt(random.Next(data.Count)).Key;
                data[key] = Value(random, corpus, key);
                break;
            case 3 when Data(activity) is { } data:
                var other = random.Next(3) == 0 ? Pick(random, Ids) : Pick(random, corpus.Keys);
                data[other] = Value(random, corpus, other);
                break;
            case 4 when In(activity, "value", "action") is JsonObject action:
                action["verb"] = Pick(random, verbs);
                break;
            case 5 or 6 or 7 when activity["text"] is JsonValue text && text.TryGetValue<string>(out var words):
                activity["text"] = Words(random, corpus, words);
                break;
            case 8 when corpora[random.Next(corpora.Count)].Senders is { Count: > 0 } senders:
                activity["from"] = Pick(random, senders).DeepClone();
                break;
            case 9 when corpora[random.Next(corpora.Count)].Values("conversation") is { Count: > 0 } conversations:
                activity["conversation"] = Pick(random, conversations).DeepClone();
                break;
            case 10:
                activity["type"] = Pick(random, ["message", "invoke", "conversationUpdate", "installationUpdate", "messageReaction", "messageDelete", "event", "typing", "endOfConversation", ""]);
                break;
            default:
                Anywhere(random, corpus, activity);
                break;
        }
    }

    private static JsonObject? Data(JsonObject activity) => (In(activity, "value", "action", "data") ?? In(activity, "value")) as JsonObject;

    private static JsonNode? In(JsonNode? node, params string[] path) => path.Aggregate(node, (node, name) => (node as JsonObject)?[name]);

    /// <summary>Some place of the tree: another value, another type, gone, or twice what it was.</summary>
    private static void Anywhere(Random random, Corpus corpus, JsonObject activity)
    {
        List<JsonNode> places = [.. Containers(activity)];
        switch (Pick(random, places))
        {
            case JsonObject { Count: > 0 } members:
                var key = members.ElementAt(random.Next(members.Count)).Key;
                switch (random.Next(4))
                {
                    case 0:
                        members.Remove(key);
                        break;
                    case 1:
                        members[Pick(random, corpus.Keys)] = members[key]?.DeepClone();
                        break;
                    default:
                        members[key] = Value(random, corpus, key);
                        break;
                }
                break;
            case JsonArray items:
                items.Add(items.Count > 0 && random.Next(2) == 0 ? items[random.Next(items.Count)]?.DeepClone() : Value(random, corpus, "id"));
                break;
        }
    }

    private static IEnumerable<JsonNode> Containers(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Containers(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Containers).Prepend(items),
        _ => [],
    };

    private static JsonNode? Value(Random random, Corpus corpus, string key) => random.Next(12) switch
    {
        // The same field of another activity: another's id, another's version.
        < 4 when corpus.Values(key) is { Count: > 0 } values => Pick(random, values).DeepClone(),
        < 6 => Pick(random, Odd),
        6 => Pick(random, Numbers),
        7 => Pick(random, Dates),
        8 => random.Next(6) switch { 0 => null, 1 => random.Next(-2, 5), 2 => random.Next(2) == 0, 3 => new JsonArray(1, "a", null), 4 => new JsonObject { [key] = "a" }, _ => 1e300 },
        9 => new string(Pick(random, "ax 9\né中".ToCharArray()), random.Next(16) switch { 0 => 60_000, < 4 => 6_000, _ => random.Next(1, 300) }),
        10 => string.Concat(Enumerable.Repeat(Pick(random, Odd), random.Next(1, 40))),
        _ => Pick(random, corpus.Values(Pick(random, corpus.Keys))).DeepClone(),
    };

    private static string Words(Random random, Corpus corpus, string text)
    {
        var words = text.Split(' ');
        var at = random.Next(words.Length);
        switch (random.Next(8))
        {
            case 0:
                return Pick(random, corpus.Texts);
            case 1:
                words[at] = Pick(random, Odd);
                break;
            case 2:
                words[at] = Pick(random, Numbers);
                break;
            case 3:
                words[at] = Pick(random, Dates);
                break;
            case 4:
                words[at] = Pick(random, Pick(random, corpus.Texts).Split(' '));
                break;
            case 5:
                return $"{text} {Pick(random, corpus.Texts)}";
            case 6:
                return text[..random.Next(text.Length + 1)];
            default:
                // A little more than the host takes is enough: what is longer is memory of ours alone.
                words[at] = string.Concat(Enumerable.Repeat(words[at], Math.Min(random.Next(2, 400), 1 + (2_000_000 / Math.Max(1, words[at].Length)))));
                break;
        }
        return string.Join(' ', words);
    }

    private static byte[] Bytes(Random random, byte[] bytes)
    {
        List<byte> changed = [.. bytes];
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(changed.Count + 1);
            byte[] piece = random.Next(6) switch
            {
                0 => [(byte)random.Next(256)],
                1 => [0xC3, 0x28],
                2 => "\\ud83d"u8.ToArray(),
                3 => "\"id\":\"twice\","u8.ToArray(),
                4 => Encoding.ASCII.GetBytes(new string('[', random.Next(1, 200))),
                _ => bytes[(bytes.Length / 2)..],
            };
            switch (random.Next(3))
            {
                case 0:
                    changed.InsertRange(at, piece);
                    break;
                case 1 when at < changed.Count:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                // A member twice, at a place where there may be one.
                case 2 when changed.IndexOf((byte)'{', at < changed.Count ? at : 0) is >= 0 and var brace:
                    changed.InsertRange(brace + 1, "\"text\":\"twice\",\"id\":\"twice\",\"verb\":\"help\","u8.ToArray());
                    break;
                default:
                    changed.RemoveRange(at, Math.Min(changed.Count - at, random.Next(1, 30)));
                    break;
            }
        }
        return [.. changed];
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> list) => list[random.Next(list.Count)];

    /// <summary>The framework's own differs from run to run.</summary>
    private static int HashCode(int seed, int number) => unchecked((int)(((((uint)seed * 2654435761u) ^ (uint)number) * 2246822519u) ^ (uint)(number >> 13)));

    /// <summary>For whoever wants to see one.</summary>
    public string Describe(int number) => string.Create(CultureInfo.InvariantCulture, $"activity {number} of seed {seed}: {Encoding.UTF8.GetString(Make(number))}");
}
