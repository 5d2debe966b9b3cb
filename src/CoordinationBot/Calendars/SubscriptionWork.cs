using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Calendars;

/// <summary>What a wake-up of a subscription does: reads it if it is old, and tells its person what is to be told. Doing it again does nothing.</summary>
internal sealed class SubscriptionWork(SubscriptionStore store, SubscriptionDesk desk, CalendarDesk calendars, PeopleDirectory directory, NoticeDelivery delivery, IWorkQueue queue, TimeProvider clock)
{
    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var (tenant, objectId) = PeopleStore.Identify(wakeUp.Partition);
        if (await directory.FindAsync(tenant, objectId, cancel) is not { } person)
        {
            return;
        }
        if (await store.FindAsync(tenant, objectId, cancel) is { } subscription)
        {
            await desk.RenewAsync(subscription, desk.ZoneOf(person), cancel);
        }
        if (await delivery.DeliverAsync(tenant, wakeUp, ReadAsync, cancel) is { } again)
        {
            await queue.EnqueueAsync(wakeUp, clock.GetUtcNow() + again, cancel);
        }

        async ValueTask<LivingCard?> ReadAsync(CancellationToken token)
        {
            var view = await calendars.ViewAsync(person, token);
            return new(
                "Your calendar",
                new SubmitAction("calendar.open") { Title = "Open" },
                (_, sentences) => CalendarCards.Status(view with { News = sentences }),
                CalendarCards.Moved(),
                (_, _, _) => ValueTask.CompletedTask);
        }
    }
}
