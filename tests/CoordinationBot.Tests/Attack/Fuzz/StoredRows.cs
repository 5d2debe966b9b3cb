using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CoordinationBot.Afterwards;
using CoordinationBot.Authority;
using CoordinationBot.Calendars;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Feedbacks;
using CoordinationBot.Files;
using CoordinationBot.Insights;
using CoordinationBot.Meetings;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Recurrences;
using CoordinationBot.Surveys;
using Microsoft.Data.Sqlite;

namespace CoordinationBot.Tests.Attack.Fuzz;

/// <summary>Everything in a store, read as the features read it.</summary>
internal static class StoredRows
{
    /// <summary>What is read of a partition of this kind under this key, or under keys that begin so where it ends in a line. What is not here is only asked whether it is JSON.</summary>
    private static readonly (string Kind, string Key, JsonTypeInfo Type)[] Known =
    [
        ("D", "state", DelegationJson.Default.Delegation), ("D", "terms|", DelegationJson.Default.Terms), ("D", "history|", DelegationJson.Default.HistoryEntry),
        ("S", "state", SeriesJson.Default.Series), ("S", "history|", SeriesJson.Default.HistoryEntry),
        ("M", "state", MeetingJson.Default.Meeting), ("M", "history|", MeetingJson.Default.HistoryEntry), ("M", "spread|", MeetingJson.Default.Spreading),
        ("N", "state", MinutesJson.Default.Minutes), ("N", "version|", MinutesJson.Default.MinutesVersion), ("B", "plan", BriefJson.Default.BriefPlan),
        ("F", "state", FeedbackJson.Default.Feedback), ("F", "history|", FeedbackJson.Default.HistoryEntry), ("F", "echo|", FeedbackJson.Default.Echo), ("L", "box|", FeedbackJson.Default.Letterbox), ("R", "register|", FeedbackJson.Default.Register),
        ("V", "state", SurveyJson.Rows.Survey), ("V", "state|tally", SurveyJson.Rows.Tally), ("V", "drawer|", SurveyJson.Rows.Drawer), ("V", "answer|", SurveyJson.Rows.NamedAnswer), ("E", "open", AfterwardsJson.Default.Pool), ("E", "period|", AfterwardsJson.Default.Period), ("I", "state", InsightJson.Default.Insight), ("Q", "state", AfterwardsJson.Default.Asking), ("G", "group", GroupJson.Default.Group),
        ("P", "person", PeopleJson.Default.Person), ("P", "draft", DialogJson.Default.Draft), ("P", "file|", FileJson.Default.FileLink), ("P", "digest|entry|", NoticeJson.Default.DigestEntry),
        ("P", "list|", DelegationJson.Default.IndexEntry), ("P", "held|", CalendarJson.Default.HeldRow),
        ("A", "now|head", AuthorityJson.Default.AuthorityState), ("A", "now|mandate|", AuthorityJson.Default.MandateEntry), ("A", "now|everybody", AuthorityJson.Default.MandateEntry),
        ("A", "now|policy|", AuthorityJson.Default.PolicyEntry), ("A", "now|administrator|", AuthorityJson.Default.AdministratorEntry), ("A", "history|", AuthorityJson.Default.AuthorityRecord),
        ("*", "outbox|", NoticeJson.Default.Notice), ("*", "card|", NoticeJson.Default.CardPlace),
    ];

    /// <summary>How many rows of each kind there are; and those that nobody can read, with why.</summary>
    public static (IReadOnlyDictionary<string, int> Kinds, IReadOnlyList<string> Unreadable) Read(string path)
    {
        var (kinds, unreadable) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<string>());
        foreach (var (partition, key, data) in Rows(path))
        {
            var kind = partition.Split('|') is [_, var letter, ..] ? letter : partition;
            var known = Array.Find(Known, known => (known.Kind == kind || known.Kind == "*") && (known.Key.EndsWith('|') ? key.StartsWith(known.Key, StringComparison.Ordinal) : key == known.Key));
            var name = known.Type is null ? "other" : $"{known.Kind} {known.Key}";
            kinds[name] = kinds.GetValueOrDefault(name) + 1;
            try
            {
                if (known.Type is null)
                {
                    JsonDocument.Parse(data).Dispose();
                }
                else if (JsonSerializer.Deserialize(data, known.Type) is null)
                {
                    unreadable.Add($"{partition} {key}: null");
                }
            }
            catch (Exception broken) when (broken is JsonException or NotSupportedException)
            {
                unreadable.Add($"{partition} {key}: {broken.Message}");
            }
        }
        return (kinds, unreadable);
    }

    /// <summary>What is the case, without what people were told of it and how they are listed: each state of a thing, and what administrators have set.</summary>
    public static IReadOnlyDictionary<string, string> States(string path) => Rows(path)
        .Where(row => row.Key == "state" && !row.Partition.Contains("|I|", StringComparison.Ordinal) || row.Key.StartsWith("now|", StringComparison.Ordinal))
        .ToDictionary(row => $"{row.Partition} {row.Key}", row => Encoding.UTF8.GetString(row.Data), StringComparer.Ordinal);

    private static IEnumerable<(string Partition, string Key, byte[] Data)> Rows(string path)
    {
        using var store = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        store.Open();
        using var select = store.CreateCommand();
        select.CommandText = "SELECT partition, key, data FROM rows";
        using var rows = select.ExecuteReader();
        while (rows.Read())
        {
            yield return (rows.GetString(0), rows.GetString(1), (byte[])rows[2]);
        }
    }
}
