using System.Globalization;
using System.Text;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Storage;

namespace CoordinationBot.Benchmarks.Channel;

/// <summary>The people and delegations of the measured office, and the activities that they cause.</summary>
internal static class Office
{
    public const string Tenant = "11111111-1111-1111-1111-111111111111";
    public const string AppId = "22222222-2222-2222-2222-222222222222";
    public const string ServiceUrl = "https://smba.trafficmanager.net/teams/";

    /// <summary>Those with work, and after them as many who ask for help.</summary>
    public const int Workers = 64;

    /// <summary>Those who gave the work.</summary>
    private const int Leaders = 8;

    private const int FirstLeader = 9_000;
    private const int Unused = 1_000_000;
    private const int Steps = 20;
    private const int Completed = 9;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static readonly DateTimeOffset Created = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    public static string ObjectId(int person) => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-0000-0000-{person:D12}");

    public static string Chat(int person) => string.Create(CultureInfo.InvariantCulture, $"a:1benchmark-conversation-of-one-person-with-the-bot-{person:D5}");

    public static string TeamsId(int person) => string.Create(CultureInfo.InvariantCulture, $"29:1benchmark-id-of-a-person-as-teams-writes-them-and-long-{person:D5}");

    public static string DelegationId(int number) =>
        "D-" + string.Concat(Enumerable.Range(0, 6).Select(place => Alphabet[(number >> (5 * place)) & 31]));

    public static int NumberOf(string delegationId) =>
        Enumerable.Range(0, 6).Sum(place => Alphabet.IndexOf(delegationId[2 + place], StringComparison.Ordinal) << (5 * place));

    /// <summary>Whose delegation it is.</summary>
    public static int AssigneeOf(int number) => number % Workers;

    public static int LeaderOf(int number) => FirstLeader + (number % Leaders);

    /// <summary>Fills a new store with people and with delegations that are half done.</summary>
    public static async Task SeedAsync(string path, int delegations, int completed = Completed)
    {
        using var file = new SqliteFile(path);
        await SeedAsync(new SqliteTables(file), 256, delegations, completed);
    }

    /// <param name="tables">The store.</param>
    /// <param name="sideBySide">How much it takes at a time.</param>
    /// <param name="delegations">How many.</param>
    /// <param name="completed">Steps of each that are done.</param>
    public static async Task SeedAsync(ITables tables, int sideBySide, int delegations, int completed = Completed)
    {
        var people = Enumerable.Range(0, 2 * Workers).Concat(Enumerable.Range(FirstLeader, Leaders))
            .Select(person => (Partition: PeopleStore.Partition(Tenant, ObjectId(person)), Changes: (Change[])[new Change.Insert("person", JsonRows.Bytes(PersonOf(person), PeopleJson.Default.Person))]));
        var work = Enumerable.Range(0, delegations).Select(number =>
        {
            var delegation = DelegationOf(number, completed);
            return (Partition: DelegationStore.Partition(Tenant, delegation.Id), Changes: (Change[])
            [
                new Change.Insert("state", JsonRows.Bytes(delegation, DelegationJson.Default.Delegation)),
                Place(AssigneeOf(number), number),
                Place(LeaderOf(number), number),
                // What the wake-up of its last change left: it looks again when the work is late.
                new Change.Insert(SilenceStore.LogKey, JsonRows.Bytes(SilenceLog.Empty with { Next = delegation.Terms.Due.At.AddSeconds(1) }, SilenceJson.Default.SilenceLog)),
            ]);
        });
        await Parallel.ForEachAsync(people.Concat(work), new ParallelOptions { MaxDegreeOfParallelism = sideBySide }, async (row, cancel) => await tables.CommitAsync(row.Partition, row.Changes, cancel));
        var index = new DelegationIndex(tables);
        // A leader's lists are written by one at a time.
        await Parallel.ForEachAsync(Enumerable.Range(0, Leaders), async (leader, cancel) =>
        {
            for (var number = leader; number < delegations; number += Leaders)
            {
                await index.WriteAsync(DelegationOf(number, completed), cancel);
            }
        });
        // Three in the list of everybody who asks for help, which reads it.
        for (var number = 0; number < 3 * Workers; number++)
        {
            var helped = Workers + (number % Workers);
            await index.WriteAsync(DelegationOf(Unused + number, completed) with { Assignee = new Party(ObjectId(helped), NameOf(helped)) }, default);
        }
    }

    public static byte[] Help(int number, string activityId) => Activity(Workers + (number % Workers), "message", activityId, """ "text":"help","textFormat":"plain" """);

    /// <summary>A press of "Complete step", as an invoke.</summary>
    public static byte[] Complete(int number, string activityId) => Activity(
        AssigneeOf(number), "invoke", activityId, $$""" "name":"adaptiveCard/action","replyToId":"{{CardId(number)}}","value":{"action":{"type":"Action.Execute","title":"Complete step {{Completed + 1}}","verb":"delegation.complete","id":"complete","data":{{Data(number, Completed + 1)}} },"trigger":"manual"} """);

    /// <summary>The same by a client that sends buttons as messages.</summary>
    public static byte[] SubmitStep(int number, int step, string activityId) => Activity(
        AssigneeOf(number), "message", activityId, $$""" "replyToId":"{{CardId(number)}}","value":{{Data(number, step)}} """);

    /// <summary>A press on a card of a delegation that is not there: everything of a turn but a commit, answered in the response.</summary>
    public static byte[] View(string activityId) => Activity(
        0, "invoke", activityId, """ "name":"adaptiveCard/action","replyToId":"1","value":{"action":{"type":"Action.Execute","verb":"delegation.view","data":{"id":"D-ZZZZZZ","version":"1"}},"trigger":"manual"} """);

    private static string Data(int number, int step) =>
        $$"""{"id":"{{DelegationId(number)}}","version":"1","step":"{{step}}","verb":"delegation.complete"}""";

    private static byte[] Activity(int person, string type, string id, string more) => Encoding.UTF8.GetBytes($$$"""
        {"type":"{{{type}}}","id":"{{{id}}}","timestamp":"2026-11-23T09:00:00.0000000Z","localTimestamp":"2026-11-23T10:00:00.0000000+01:00","localTimezone":"Europe/Berlin","channelId":"msteams","serviceUrl":"{{{ServiceUrl}}}","locale":"en-US","from":{"id":"{{{TeamsId(person)}}}","name":"Person Number {{{person}}}","aadObjectId":"{{{ObjectId(person)}}}"},"recipient":{"id":"28:{{{AppId}}}","name":"Secretary"},"conversation":{"id":"{{{Chat(person)}}}","conversationType":"personal","tenantId":"{{{Tenant}}}"},"entities":[{"type":"clientInfo","locale":"en-US","country":"US","platform":"Windows","timezone":"Europe/Berlin"}],"channelData":{"tenant":{"id":"{{{Tenant}}}"},"source":{"name":"message"}},{{{more.Trim()}}}}
        """.Trim());

    private static string CardId(int number) => string.Create(CultureInfo.InvariantCulture, $"17{number:D11}");

    private static Change.Insert Place(int person, int number) => new(
        Outbox.PlaceKey(ObjectId(person)),
        JsonRows.Bytes(new CardPlace(new ConversationReference(ServiceUrl, Chat(person), Tenant, $"28:{AppId}"), CardId(number)), NoticeJson.Default.CardPlace));

    private static Person PersonOf(int person) => new()
    {
        Tenant = Tenant,
        ObjectId = ObjectId(person),
        TeamsId = TeamsId(person),
        Name = NameOf(person),
        Zone = "Europe/Berlin",
        Locale = "en-US",
        ServiceUrl = ServiceUrl,
        BotId = $"28:{AppId}",
        PersonalConversation = Chat(person),
    };

    private static string NameOf(int person) => string.Create(CultureInfo.InvariantCulture, $"Person Number {person}");

    private static Delegation DelegationOf(int number, int completed) => new()
    {
        Id = DelegationId(number),
        Tenant = Tenant,
        Leader = new Party(ObjectId(LeaderOf(number)), NameOf(LeaderOf(number))),
        Assignee = new Party(ObjectId(AssigneeOf(number)), NameOf(AssigneeOf(number))),
        Terms = new Terms(
            1,
            "Prepare the budget table for the board",
            AuthorizationType.Deterministic,
            new Due(new DateTimeOffset(2027, 11, 27, 16, 0, 0, TimeSpan.Zero), "Europe/Berlin"),
            [.. Enumerable.Range(1, Steps).Select(step => new Step(string.Create(CultureInfo.InvariantCulture, $"Collect the figures of department {step} and check them against last year"), Evidence.None))]),
        State = completed == 0 ? DelegationState.Accepted : DelegationState.InProgress,
        Revision = completed + 2,
        Origin = DelegationId(number),
        CreatedAt = Created,
        Completions = [.. Enumerable.Range(0, completed).Select(step => new Completion(Created.AddDays(step), null))],
        BackBrief = "I will collect the figures department by department and send the table to finance.",
    };

    /// <summary>What a store says of a delegation at the end.</summary>
    public static async Task<(Delegation State, IReadOnlyList<HistoryEntry> History)> ReadAsync(string path, int number)
    {
        using var file = new SqliteFile(path);
        var tables = new SqliteTables(file);
        var partition = DelegationStore.Partition(Tenant, DelegationId(number));
        var state = await tables.GetAsync(partition, "state", default) ?? throw new InvalidOperationException("The delegation is gone.");
        var history = await tables.QueryAsync(partition, "history|", 1000, null, default);
        return (state.Read(DelegationJson.Default.Delegation), [.. history.Select(row => row.Read(DelegationJson.Default.HistoryEntry))]);
    }
}
