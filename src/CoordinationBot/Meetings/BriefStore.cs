using System.Text.Json.Serialization;
using CoordinationBot.Notices;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>For which beginning of a meeting who is briefed.</summary>
/// <param name="Start">When it begins; null: it does not take place, and nobody is.</param>
/// <param name="People">Object ids of those who are, or were.</param>
internal sealed record BriefPlan(DateTimeOffset? Start, IReadOnlyList<string> People)
{
    public static readonly BriefPlan Nothing = new(null, []);
}

/// <summary>
/// The only file that knows keys and rows of briefs: a partition beside that of their meeting, since a brief is a card of its own, for each reader another.
/// </summary>
internal sealed class BriefStore(ITables tables, WorkScheduler work)
{
    /// <summary>The kind of wake-up that looks at briefs.</summary>
    public const string Kind = "brief";

    private const string PlanKey = "plan";
    private const string Name = "brief";

    /// <summary>As many as a commit holds beside the plan: two changes each at most.</summary>
    private const int Piece = 45;

    private const int MostCards = 1000;

    private const int MostWaiting = 500;

    public static string Partition(string tenant, string id) => $"{tenant}|B|{id}";

    /// <summary>Plans what is not planned yet and takes back what is no longer owed. Called at every wake-up of the meeting; what is as it should be costs one read.</summary>
    /// <param name="meeting">As it is.</param>
    /// <param name="when">When each who is to be briefed hears; those who are not among them do not.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask PlanAsync(Meeting meeting, Func<string, CancellationToken, ValueTask<DateTimeOffset?>> when, CancellationToken cancel)
    {
        var partition = Partition(meeting.Tenant, meeting.Id);
        var start = meeting is { State: MeetingState.Scheduled, Series: null } ? meeting.Time!.Start : default(DateTimeOffset?);
        while (true)
        {
            var row = await tables.GetAsync(partition, PlanKey, cancel);
            var plan = row?.Read(BriefJson.Default.BriefPlan) ?? BriefPlan.Nothing;
            var (take, give) = BriefRules.Differences(plan, start, [.. start is null ? [] : meeting.Inside]);
            if (plan.Start == start && take.Count == 0 && give.Count == 0)
            {
                return;
            }
            // A piece at a time, each with what is planned after it: whoever dies between goes on where it was.
            take = [.. take.Take(Piece)];
            give = [.. give.Take(Piece - take.Count)];
            var wakeUp = new WakeUp(Kind, partition);
            await work.PrepareAsync(wakeUp, cancel);
            // Whoever was briefed already sees on that card what became of it; nobody gets a first one for that.
            var briefed = take.Count == 0 ? [] : (await tables.QueryAsync(partition, Outbox.PlaceKey(""), MostCards, null, cancel)).Select(card => card.Key).ToHashSet(StringComparer.Ordinal);
            List<Change> changes =
            [
                .. take.Select(person => Outbox.Withdraw(person, Name)),
                .. take.Where(person => briefed.Contains(Outbox.PlaceKey(person))).Select(Outbox.Renew),
            ];
            foreach (var person in give)
            {
                if (await when(person, cancel) is { } at)
                {
                    await work.PrepareAsync(wakeUp, at, cancel);
                    changes.Add(Outbox.TellLater(person, Name, BriefRules.Sentence, People.NoticeKind.Meeting, at));
                }
            }
            var data = JsonRows.Bytes(BriefRules.After(plan, start, take, give), BriefJson.Default.BriefPlan);
            await tables.CommitAsync(partition, [row is null ? new Change.Insert(PlanKey, data) : new Change.Replace(PlanKey, data, row.Version), .. changes], cancel);
            work.Nudge(wakeUp);
        }
    }

    /// <summary>Those for whom a brief waits.</summary>
    public async ValueTask<IReadOnlyList<string>> WaitingAsync(string partition, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(partition, Outbox.Prefix, MostWaiting, null, cancel)).Select(row => Outbox.Read(row).ObjectId).Distinct(StringComparer.Ordinal)];

    /// <summary>Brings somebody the brief again.</summary>
    public async ValueTask BringAsync(Meeting meeting, string objectId, CancellationToken cancel)
    {
        var wakeUp = new WakeUp(Kind, Partition(meeting.Tenant, meeting.Id));
        await work.PrepareAsync(wakeUp, cancel);
        await tables.CommitAsync(wakeUp.Partition, [Outbox.Bring(objectId)], cancel);
        work.Nudge(wakeUp);
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(BriefPlan))]
internal sealed partial class BriefJson : JsonSerializerContext;
