using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Feedbacks;

/// <summary>What a wake-up of feedback does: finishes a merge, lists it, tells who must hear. Doing it again does nothing.</summary>
internal sealed class FeedbackWork(FeedbackStore store, FeedbackIndex index, OwnerFinder owners, PeopleDirectory directory, NoticeDelivery delivery, OfficeOptions office, IWorkQueue queue, TimeProvider clock)
{
    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var (tenant, id) = DelegationStore.Identify(wakeUp.Partition);
        if (await store.FindAsync(tenant, id, cancel) is not { } feedback)
        {
            return; // The host ended between the wake-up and the commit: nothing was begun.
        }
        if (feedback.MergedInto is { } into)
        {
            await store.UpdateAsync(tenant, into, null, stays => MergeRules.Receive(stays, id), cancel);
        }
        await store.EchoAsync(feedback, cancel);
        feedback = await SucceedAsync(feedback, cancel);
        // Once more when it changed meanwhile: another host may have written the newer state before this older one.
        for (Feedback? before = null; before?.Revision != feedback.Revision;)
        {
            await index.WriteAsync(feedback, cancel);
            (before, feedback) = (feedback, (await store.FindAsync(tenant, id, cancel))!);
        }
        if (await delivery.DeliverAsync(tenant, wakeUp, token => CardAsync(tenant, id, token), cancel) is { } again)
        {
            await queue.EnqueueAsync(wakeUp, clock.GetUtcNow() + again, cancel);
        }
    }

    private async ValueTask<LivingCard?> CardAsync(string tenant, string id, CancellationToken cancel)
    {
        var own = (await store.FindAsync(tenant, id, cancel))!;
        var standing = await store.StandingAsync(own, cancel);
        return new LivingCard(
            $"{FeedbackText.Word(own.Kind)} {own.Id}",
            new SubmitAction("feedback.bring", new Dictionary<string, string> { ["id"] = id }) { Title = "Open" },
            (person, sentences) => For(own, standing, person, sentences),
            ReceiptCards.Moved(own),
            (person, reason, token) => UnreachableAsync(own, person, reason, token));
    }

    private AdaptiveCard For(Feedback own, Feedback standing, Person person, IReadOnlyList<string> news)
    {
        var view = new FeedbackView(own, standing, person.Zone ?? office.Zone, clock.GetUtcNow()) { News = news };
        return own.Author?.ObjectId == person.ObjectId ? ReceiptCards.Named(view)
            : standing.Owner.ObjectId == person.ObjectId ? FeedbackCards.For(view with { Own = standing })
            : ReceiptCards.NotYours(standing);
    }

    /// <summary>What is open goes to whoever is next when its owner is known to have left: of a letter nobody else may ever try to tell them.</summary>
    private async ValueTask<Feedback> SucceedAsync(Feedback feedback, CancellationToken cancel)
    {
        if (feedback is not { IsOpen: true, MergedInto: null } || await directory.FindAsync(feedback.Tenant, feedback.Owner.ObjectId, cancel) is not { } owner)
        {
            return feedback;
        }
        await UnreachableAsync(feedback, owner, owner.Unreachable, cancel);
        return (await store.FindAsync(feedback.Tenant, feedback.Id, cancel))!;
    }

    /// <summary>An owner who has left answers nothing any more.</summary>
    private async ValueTask UnreachableAsync(Feedback feedback, Person person, Unreachable? reason, CancellationToken cancel)
    {
        if (reason is Unreachable.NotInstalled or Unreachable.Blocked && feedback.Owner.ObjectId == person.ObjectId
            && await owners.FindAsync(feedback.Tenant, feedback.Subject, feedback.Author?.ObjectId, clock.GetUtcNow(), cancel) is { } next && next.ObjectId != person.ObjectId)
        {
            await store.UpdateAsync(feedback.Tenant, feedback.Id, null, known => FeedbackRules.PassOn(known, new Party(person.ObjectId, person.Name), new Party(next.ObjectId, next.Name)), cancel);
        }
    }
}
