using System.Runtime.InteropServices;
using CoordinationBot.Authority;
using CoordinationBot.Storage;

namespace CoordinationBot.Feedbacks;

/// <summary>
/// Hands letters over: those of all boxes at once, in an order that says nothing. A letter is taken out of its box only after what it says stands where it belongs, and what
/// comes twice is there once: so none is lost or doubled, whoever dies where.
/// </summary>
internal sealed class LetterboxWork(LetterboxStore letters, FeedbackStore store, OwnerFinder owners, RegisterNotices notices, HandOverTimes times, Chance chance, TimeProvider clock)
{
    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var tenant = LetterboxStore.Identify(wakeUp.Partition);
        var (boxes, isTime, isFull) = await letters.ReadAsync(tenant, cancel);
        if (!isTime && !isFull)
        {
            return;
        }
        var (done, came) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, List<string>>(StringComparer.Ordinal));
        foreach (var letter in LetterboxRules.Shuffle(boxes, chance))
        {
            if (letter.Kind != LetterKind.Feedback ? await TalkAsync(tenant, letter, cancel) : await BeginAsync(tenant, letter, came, cancel))
            {
                done.Add(letter.Id);
            }
        }
        // Whoever dies here tells them again, in the same words.
        await notices.TellAsync(tenant, came, cancel);
        await letters.RemoveAsync(tenant, done, cancel);
        if (isTime)
        {
            await letters.FinishAsync(tenant, cancel);
        }
    }

    /// <summary>False: nobody answers it yet, so it waits.</summary>
    private async ValueTask<bool> BeginAsync(string tenant, Letter letter, Dictionary<string, List<string>> came, CancellationToken cancel)
    {
        if (await owners.FindAsync(tenant, letter.Subject, null, clock.GetUtcNow(), cancel) is not { } owner)
        {
            return false;
        }
        var day = times.Today(clock.GetUtcNow());
        var feedback = await store.CreateAsync(
            tenant,
            letter.Handle,
            null,
            id => FeedbackRules.Begin(new Feedback
            {
                Id = id,
                Tenant = tenant,
                Origin = letter.Handle,
                Kind = letter.About,
                Subject = letter.Subject,
                Text = letter.Text,
                MayQuote = letter.MayQuote,
                Owner = new Party(owner.ObjectId, owner.Name),
                State = FeedbackState.New,
                Day = day,
                AnswerDue = FeedbackText.AsksForAnswer(letter.About) ? times.AnswerDue(owner, day) : null,
                Revision = 1,
            }),
            cancel);
        (CollectionsMarshal.GetValueRefOrAddDefault(came, feedback.Owner.ObjectId, out _) ??= []).Add(feedback.Id);
        return true;
    }

    /// <summary>False: what it is about is not there yet.</summary>
    private async ValueTask<bool> TalkAsync(string tenant, Letter letter, CancellationToken cancel)
    {
        if (await store.FindByOriginAsync(tenant, letter.Handle, cancel) is not { } feedback)
        {
            return false;
        }
        var today = times.Today(clock.GetUtcNow());
        await store.UpdateAsync(tenant, feedback.Id, null, known => letter.Kind == LetterKind.End ? TalkRules.End(known, null) : TalkRules.HandOver(known, letter.Id, letter.Text, today), cancel);
        return true;
    }
}
