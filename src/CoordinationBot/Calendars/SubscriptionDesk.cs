using CoordinationBot.Dialogs;
using CoordinationBot.People;

namespace CoordinationBot.Calendars;

/// <summary>Reads links: when one is connected, when what is known of it is old, and when a wake-up comes for it.</summary>
internal sealed class SubscriptionDesk(SubscriptionStore store, CalendarFetch fetch, OfficeOptions office, TimeProvider clock)
{
    /// <summary>A card that was pressed waits no longer.</summary>
    private static readonly TimeSpan WhileTheyWait = TimeSpan.FromSeconds(6);

    // Of the processor. A file that takes longer is meant to.
    private static readonly TimeSpan LongestWork = TimeSpan.FromSeconds(2);

    /// <summary>Reads a link for the first time, and keeps it if it leads to a calendar.</summary>
    public async ValueTask<(Subscription? Subscription, string? Problem)> ConnectAsync(Person person, Uri link, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(WhileTheyWait);
        var (now, zone) = (clock.GetUtcNow(), ZoneOf(person));
        try
        {
            return await fetch.ReadAsync(link, null, patience.Token) switch
            {
                Fetched.File file => Read(file, zone, now) switch
                {
                    IcalResult.Read read => (await store.ConnectAsync(New(person, link, zone, file.Stamp, now), read, cancel), null),
                    IcalResult.Refused refused => (null, refused.Sentence),
                    _ => throw new InvalidOperationException("A file had no known reading."),
                },
                Fetched.Failed failed => (null, failed.Sentence),
                _ => throw new InvalidOperationException("A server said that nothing changed since nothing."),
            };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, CalendarFetch.Slow);
        }
    }

    /// <summary>Asks its server, if what is known is old, and keeps what came.</summary>
    public async ValueTask RenewAsync(Subscription subscription, string zone, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (!SubscriptionRules.IsStale(subscription, zone, now))
        {
            return;
        }
        switch (await fetch.ReadAsync(new Uri(subscription.Link), SubscriptionRules.KnownOf(subscription, zone, now), cancel))
        {
            case Fetched.Unchanged:
                await store.RenewAsync(subscription, known => SubscriptionRules.Confirmed(known, now), null, cancel);
                break;
            case Fetched.Failed failed:
                await store.RenewAsync(subscription, known => SubscriptionRules.Failed(known, failed.Sentence, now), null, cancel);
                break;
            case Fetched.File file when Read(file, zone, now) is var result:
                await (result switch
                {
                    IcalResult.Read read => store.RenewAsync(subscription, known => SubscriptionRules.Filled(known, zone, file.Stamp, now), read, cancel),
                    IcalResult.Refused refused => store.RenewAsync(subscription, known => SubscriptionRules.Failed(known, refused.Sentence, now), null, cancel),
                    _ => throw new InvalidOperationException("A file had no known reading."),
                });
                break;
        }
    }

    public string ZoneOf(Person person) => person.Zone ?? office.Zone;

    private static IcalResult Read(Fetched.File file, string zone, DateTimeOffset now)
    {
        using var deadline = new CancellationTokenSource(LongestWork);
        using var content = file.Content;
        return IcalReader.Read(content, Zones.Find(zone), SubscriptionRules.HorizonAt(now), deadline.Token);
    }

    private static Subscription New(Person person, Uri link, string zone, CalendarStamp stamp, DateTimeOffset now) => SubscriptionRules.Filled(
        new Subscription { Tenant = person.Tenant, ObjectId = person.ObjectId, Link = link.AbsoluteUri, ConnectedAt = now, CheckedAt = now, ReadAt = now, FileAt = now, From = now, Until = now, Zone = zone },
        zone,
        stamp,
        now);
}
