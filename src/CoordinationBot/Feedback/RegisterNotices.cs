using System.Globalization;
using CoordinationBot.Notices;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Feedbacks;

/// <summary>Tells owners that letters have come: all of a day in one message, however many they are. A partition an owner.</summary>
internal sealed class RegisterNotices(ITables tables, WorkScheduler work, NoticeDelivery delivery, IWorkQueue queue, TimeProvider clock)
{
    /// <summary>The kind of wake-up that tells them.</summary>
    public const string Kind = "register";

    public async ValueTask TellAsync(string tenant, IReadOnlyDictionary<string, int> came, DateOnly day, CancellationToken cancel)
    {
        foreach (var (owner, count) in came)
        {
            var wakeUp = new WakeUp(Kind, $"{RegisterStore.Partition(tenant)}|{owner}");
            var sentence = count == 1 ? "An anonymous letter is in your register." : string.Create(CultureInfo.InvariantCulture, $"{count} anonymous letters are in your register.");
            await work.PrepareAsync(wakeUp, cancel);
            await tables.CommitAsync(
                wakeUp.Partition,
                [Outbox.TellLater(owner, string.Create(CultureInfo.InvariantCulture, $"letters-{day:yyyyMMdd}"), sentence, People.NoticeKind.Question, clock.GetUtcNow())],
                cancel);
            work.Nudge(wakeUp);
        }
    }

    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var card = new LivingCard(
            "Your register",
            new SubmitAction("register.open") { Title = "Open" },
            (_, sentences) => RegisterCards.Came(sentences),
            RegisterCards.Moved(),
            (_, _, _) => ValueTask.CompletedTask);
        if (await delivery.DeliverAsync(wakeUp.Partition.Split('|')[0], wakeUp, _ => new ValueTask<LivingCard?>(card), cancel) is { } again)
        {
            await queue.EnqueueAsync(wakeUp, clock.GetUtcNow() + again, cancel);
        }
    }
}
