using System.Security.Cryptography;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Afterwards;

/// <summary>
/// The only file that knows keys and rows of questions to a person. All their questions share one state row, which is written together with the notice and on condition that it
/// is as it was: so no two hosts ask within a week, whatever ended where.
/// </summary>
internal sealed class AskStore(ITables tables, WorkScheduler work)
{
    /// <summary>The kind of wake-up that looks at the question to a person.</summary>
    public const string Kind = "afterwards";

    private const int Attempts = 20;
    private const string StateKey = "state";

    public static string Partition(string tenant, string objectId) => $"{tenant}|Q|{objectId}";

    /// <summary>When it is to be asked, when that was put off, and when it is too late, by a row of a person's question.</summary>
    public static IEnumerable<DateTimeOffset> LooksOf(Row row) =>
        row.Key == StateKey ? row.Read(AfterwardsJson.Default.Asking) is { AskedAt: null } asking ? [asking.At, asking.At + AskRules.Life] : []
        : row.Key.StartsWith(Outbox.Prefix, StringComparison.Ordinal) && row.Read(NoticeJson.Default.Notice).HeldUntil is { } held ? [held + AskRules.PutOff]
        : [];

    public async ValueTask<Asking?> FindAsync(string tenant, string objectId, CancellationToken cancel) =>
        (await tables.GetAsync(Partition(tenant, objectId), StateKey, cancel))?.Read(AfterwardsJson.Default.Asking);

    /// <summary>Plans a question, if the person may be asked then. Doing it again does nothing.</summary>
    public ValueTask PlanAsync(string tenant, Candidate candidate, DateTimeOffset at, CancellationToken cancel) =>
        UpdateAsync(
            tenant,
            candidate.ObjectId,
            async (last, token) =>
            {
                if (!AskRules.MayAsk(last, candidate.Question.Event, at))
                {
                    return null;
                }
                await work.PrepareAsync(new WakeUp(Kind, Partition(tenant, candidate.ObjectId)), at, token);
                return (
                    new Asking(candidate.Question, at),
                    [
                        Outbox.TellLater(candidate.ObjectId, candidate.Question.Event, AskRules.Sentence, NoticeKind.CheckIn, at),
                        .. last is null ? (Change[])[] : [Outbox.Withdraw(candidate.ObjectId, last.Question.Event)],
                    ]);
            },
            cancel);

    /// <summary>It was told, by now.</summary>
    public ValueTask NoteAskedAsync(string tenant, string objectId, string about, DateTimeOffset now, CancellationToken cancel) =>
        UpdateAsync(tenant, objectId, (last, _) => new ValueTask<(Asking, IReadOnlyList<Change>)?>(last?.Question.Event == about && last.AskedAt is null ? (last with { AskedAt = now }, []) : null), cancel);

    /// <summary>The notice of a question, as long as it has not been told.</summary>
    public async ValueTask<Notice?> WaitingAsync(string tenant, string objectId, string about, CancellationToken cancel) =>
        (await tables.GetAsync(Partition(tenant, objectId), Outbox.Withdraw(objectId, about).Key, cancel))?.Read(NoticeJson.Default.Notice);

    /// <summary>It is not told any more.</summary>
    public async ValueTask WithdrawAsync(string tenant, string objectId, string about, CancellationToken cancel) =>
        await tables.CommitAsync(Partition(tenant, objectId), [Outbox.Withdraw(objectId, about)], cancel);

    /// <summary>Brings somebody their question again, since they asked.</summary>
    public async ValueTask BringAsync(string tenant, string objectId, CancellationToken cancel)
    {
        var wakeUp = new WakeUp(Kind, Partition(tenant, objectId));
        await work.PrepareAsync(wakeUp, cancel);
        await tables.CommitAsync(wakeUp.Partition, [Outbox.Bring(objectId)], cancel);
        work.Nudge(wakeUp);
    }

    private async ValueTask UpdateAsync(string tenant, string objectId, Func<Asking?, CancellationToken, ValueTask<(Asking State, IReadOnlyList<Change> More)?>> decide, CancellationToken cancel)
    {
        var partition = Partition(tenant, objectId);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var row = await tables.GetAsync(partition, StateKey, cancel);
            if (await decide(row?.Read(AfterwardsJson.Default.Asking), cancel) is not var (state, more))
            {
                return;
            }
            var data = JsonRows.Bytes(state, AfterwardsJson.Default.Asking);
            if ((await tables.CommitAsync(partition, [row is null ? new Change.Insert(StateKey, data) : new Change.Replace(StateKey, data, row.Version), .. more], cancel)).Committed)
            {
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(attempt * 10)), cancel);
        }
        throw new InvalidOperationException("A question changed under every attempt to write it.");
    }
}
