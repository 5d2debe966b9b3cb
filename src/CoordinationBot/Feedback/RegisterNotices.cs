using System.Globalization;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Feedbacks;

/// <summary>Tells owners that letters have come: all that they have not heard of in one message, however many they are. A partition an owner.</summary>
internal sealed class RegisterNotices(ITables tables, FeedbackIndex index, WorkScheduler work, NoticeDelivery delivery, IWorkQueue queue, TimeProvider clock)
{
    /// <summary>The kind of wake-up that tells them.</summary>
    public const string Kind = "register";

    private const string Name = "letters";
    private const string CameKey = "came";
    private const int Attempts = 20;
    private const int PageLength = 200;

    /// <param name="tenant">Whose.</param>
    /// <param name="came">Ids of what has come, by owner. The same again is not counted again as long as the owner has not heard of it.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask TellAsync(string tenant, IReadOnlyDictionary<string, List<string>> came, CancellationToken cancel)
    {
        foreach (var (owner, ids) in came)
        {
            var wakeUp = new WakeUp(Kind, $"{RegisterStore.Partition(tenant)}|{owner}");
            await work.PrepareAsync(wakeUp, cancel);
            await TellAsync(wakeUp.Partition, owner, ids, cancel);
            work.Nudge(wakeUp);
        }
    }

    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var tenant = wakeUp.Partition.Split('|')[0];
        var card = new LivingCard(
            "Your register",
            new SubmitAction("register.open") { Title = "Open" },
            (_, sentences) => RegisterCards.Came(sentences),
            RegisterCards.Moved(),
            async (owner, reason, token) =>
            {
                if (reason is Unreachable.NotInstalled or Unreachable.Blocked)
                {
                    await WakeAsync(tenant, owner.ObjectId, token);
                }
            });
        if (await delivery.DeliverAsync(tenant, wakeUp, _ => new ValueTask<LivingCard?>(card), cancel) is { } again)
        {
            await queue.EnqueueAsync(wakeUp, clock.GetUtcNow() + again, cancel);
        }
    }

    private async ValueTask TellAsync(string partition, string owner, List<string> ids, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var before = await tables.GetAsync(partition, CameKey, cancel);
            var isWaiting = (await tables.QueryAsync(partition, $"{Outbox.Of(owner)}tell|{Name}", 1, null, cancel)).Count > 0;
            string[] all = [.. (isWaiting ? before?.Read(FeedbackJson.Default.StringArray) ?? [] : []).Union(ids, StringComparer.Ordinal)];
            var sentence = all.Length == 1 ? "An anonymous letter is in your register." : string.Create(CultureInfo.InvariantCulture, $"{all.Length} anonymous letters are in your register.");
            var data = JsonRows.Bytes(all, FeedbackJson.Default.StringArray);
            var result = await tables.CommitAsync(
                partition,
                [before is null ? new Change.Insert(CameKey, data) : new Change.Replace(CameKey, data, before.Version), Outbox.TellLater(owner, Name, sentence, NoticeKind.Question, clock.GetUtcNow())],
                cancel);
            if (result.Committed)
            {
                return;
            }
        }
        throw new InvalidOperationException("What came into a register changed under every attempt to tell of it.");
    }

    /// <summary>An owner has left. What nobody signed is told of here and nowhere else, so each is looked at, and goes to whoever is next.</summary>
    private async ValueTask WakeAsync(string tenant, string owner, CancellationToken cancel)
    {
        string? after = null;
        do
        {
            var page = await index.PageAsync(tenant, owner, new RegisterFilter(), after, PageLength, cancel);
            foreach (var entry in page.Entries.Where(entry => entry.IsAnonymous))
            {
                await queue.EnqueueAsync(new WakeUp(FeedbackStore.Kind, FeedbackStore.Partition(tenant, entry.Id)), clock.GetUtcNow(), cancel);
            }
            after = page.Next;
        }
        while (after is not null);
    }
}
