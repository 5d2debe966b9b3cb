using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Authority;

/// <summary>Policies: everybody sees them, administrators add and withdraw them.</summary>
internal sealed class PolicyHandlers(AuthorityDesk desk, AuthorityStore store, DialogHandlers dialogs)
{
    public async ValueTask<TurnResult> ListAsync(Turn turn, CancellationToken cancel)
    {
        var card = await CardAsync(turn, turn.Inputs.Number("from") ?? 0, cancel);
        return turn.Inputs.Has("from") ? new TurnResult.Show(card) : new TurnResult.Open(card);
    }

    public async ValueTask<TurnResult> WithdrawnAsync(Turn turn, CancellationToken cancel)
    {
        var card = PolicyCards.Withdrawn(await store.WithdrawnAsync(turn.Tenant, cancel), turn.Inputs.Number("from") ?? 0, await desk.ZoneAsync(turn, cancel));
        return turn.Inputs.Has("from") ? new TurnResult.Show(card) : new TurnResult.Open(card);
    }

    public async ValueTask<TurnResult> AddAsync(Turn turn, CancellationToken cancel) =>
        (await desk.AsAdministratorAsync(turn, cancel)).Refusal is { } refusal ? refusal : await dialogs.OpenAsync(turn, PolicyForm.Form.Name, cancel);

    /// <summary>Withdraws nothing yet: asks.</summary>
    public async ValueTask<TurnResult> WithdrawAskAsync(Turn turn, CancellationToken cancel)
    {
        var (authorities, _, refusal) = await desk.AsAdministratorAsync(turn, cancel);
        return refusal is not null ? refusal
            : authorities.InForce.FirstOrDefault(entry => entry.Policy.Id == turn.Inputs.Text("id")) is { } entry ? new TurnResult.Show(PolicyCards.Withdrawing(entry, await desk.ZoneAsync(turn, cancel)))
            : new TurnResult.Show(await CardAsync(turn, 0, cancel, news: "That policy is not in force any more, or never was."));
    }

    public async ValueTask<TurnResult> WithdrawAsync(Turn turn, CancellationToken cancel)
    {
        var (outcome, _) = await desk.UpdateAsync(turn, turn.OperationId, (authorities, speaker) => AuthorityRules.WithdrawPolicy(authorities, speaker, turn.Inputs.Text("id") ?? ""), cancel);
        return await ReplyAsync(turn, outcome, cancel);
    }

    // ---- the dialog's result

    public async ValueTask<TurnResult> SendAsync(Turn turn, Draft draft, CancellationToken cancel)
    {
        var (outcome, _) = await desk.UpdateAsync(turn, draft.Id, (authorities, speaker) => AuthorityRules.AddPolicy(authorities, speaker, PolicyForm.PolicyOf(draft)), cancel);
        return await ReplyAsync(turn, outcome, cancel);
    }

    public async ValueTask<TurnResult?> FindSentAsync(Turn turn, string draftId, CancellationToken cancel) =>
        await store.FindOperationAsync(turn.Tenant, draftId, cancel) is { } record && record.Who.ObjectId == turn.Actor.ObjectId
            ? new TurnResult.Show(await CardAsync(turn, int.MaxValue, cancel, news: $"This was stored already: {record.What}"))
            : null;

    private async ValueTask<TurnResult> ReplyAsync(Turn turn, AuthorityOutcome outcome, CancellationToken cancel) => outcome switch
    {
        // What is new is last, so the last page is shown.
        AuthorityOutcome.Changed { Change: AuthorityChange.AddPolicy } changed => new TurnResult.Show(await CardAsync(turn, int.MaxValue, cancel, news: changed.What)),
        AuthorityOutcome.Changed changed => new TurnResult.Show(await CardAsync(turn, 0, cancel, news: $"{changed.What}.")),
        AuthorityOutcome.Unchanged unchanged => new TurnResult.Show(await CardAsync(turn, 0, cancel, news: unchanged.Sentence)),
        AuthorityOutcome.Refused refused => new TurnResult.Refused(refused.Sentence),
        _ => throw new InvalidOperationException("A rule gave an answer that has no reply."),
    };

    private async ValueTask<AdaptiveCard> CardAsync(Turn turn, int from, CancellationToken cancel, string? news = null)
    {
        var (authorities, speaker, _) = await desk.AsAdministratorAsync(turn, cancel);
        return PolicyCards.List(authorities, authorities.IsAdministrator(speaker.ObjectId), from, await desk.ZoneAsync(turn, cancel), news);
    }
}
