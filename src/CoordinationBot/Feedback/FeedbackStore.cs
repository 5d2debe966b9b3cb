using System.Globalization;
using CoordinationBot.Delegations;
using CoordinationBot.Notices;
using CoordinationBot.Storage;

namespace CoordinationBot.Feedbacks;

/// <summary>
/// The only file that knows keys and rows of feedback. Each is a partition: state, history, operations and outbox commit together. Of an anonymous author
/// nothing is among them but a hash of what their card holds.
/// </summary>
internal sealed class FeedbackStore(ITables tables, WorkScheduler work, TimeProvider clock)
{
    /// <summary>The kind of wake-up that looks at feedback.</summary>
    public const string Kind = "feedback";

    private const string EchoPrefix = "echo|";
    private const int MostEchoes = 100;

    private readonly Aggregates<Feedback> _all = new(tables, work, Kind, FeedbackJson.Default.Feedback);

    public static string Partition(string tenant, string id) => $"{tenant}|F|{id}";

    public async ValueTask<Feedback?> FindAsync(string tenant, string id, CancellationToken cancel) =>
        ReadableIds.Is('F', id) ? await _all.FindAsync(Partition(tenant, id), cancel) : null;

    /// <summary>The one it went into at last, or itself. Merges go from the younger to the older, so this ends.</summary>
    public async ValueTask<Feedback> StandingAsync(Feedback feedback, CancellationToken cancel)
    {
        while (feedback.MergedInto is { } into)
        {
            feedback = await FindAsync(feedback.Tenant, into, cancel) ?? throw new InvalidOperationException("Feedback was merged into what is not there.");
        }
        return feedback;
    }

    /// <summary>What was sent from a card, by the hash of what it holds; null: nothing yet.</summary>
    public ValueTask<Feedback?> FindByOriginAsync(string tenant, string origin, CancellationToken cancel) =>
        _all.FindSameAsync(attempt => Partition(tenant, IdFrom(tenant, origin, attempt)), feedback => feedback.Origin == origin, cancel);

    /// <summary>Stores new feedback under an id derived from its origin: the same again finds what is there.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="origin">What it is known by.</param>
    /// <param name="authorsCard">Where the author's card is already; null: nobody knows, or it comes as a new message.</param>
    /// <param name="begin">Makes it, given its id.</param>
    /// <param name="cancel">Ends it.</param>
    public ValueTask<Feedback> CreateAsync(string tenant, string origin, CardPlace? authorsCard, Func<string, FeedbackOutcome.Changed> begin, CancellationToken cancel) => _all.CreateAsync(
        attempt =>
        {
            var begun = begin(IdFrom(tenant, origin, attempt));
            Change[] place = authorsCard is null ? [] : [Outbox.Place(begun.State.Author!.ObjectId, authorsCard)];
            return (Partition(tenant, begun.State.Id), Written(null, begun, place));
        },
        feedback => feedback.Origin == origin,
        cancel);

    /// <summary>Loads, decides, commits on condition that nothing changed meanwhile, and decides again if it did. Null when there is no such feedback.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="operationId">The turn of a person who is known, done once; null: the rule alone knows what is left to do.</param>
    /// <param name="decide">A pure rule.</param>
    /// <param name="cancel">Ends it.</param>
    public ValueTask<FeedbackOutcome?> UpdateAsync(string tenant, string id, string? operationId, Func<Feedback, FeedbackOutcome> decide, CancellationToken cancel) =>
        UpdateAsync(tenant, id, operationId, feedback => new ValueTask<FeedbackOutcome?>(decide(feedback)), cancel);

    /// <summary>The same for a decision that asks first whether it is theirs to take; null: it is not.</summary>
    public async ValueTask<FeedbackOutcome?> UpdateAsync(string tenant, string id, string? operationId, Func<Feedback, ValueTask<FeedbackOutcome?>> decide, CancellationToken cancel) => !ReadableIds.Is('F', id) ? null : await _all.UpdateAsync<FeedbackOutcome>(
        Partition(tenant, id),
        operationId,
        (feedback, _) => feedback is null ? new(default(FeedbackOutcome)) : decide(feedback),
        (before, outcome, _) => new(outcome switch
        {
            FeedbackOutcome.Changed changed => Written(before, changed, []),
            FeedbackOutcome.Unchanged { Sentence: null } => Written<Feedback>.AsItIs(outcome.State),
            _ => null,
        }),
        feedback => new FeedbackOutcome.Unchanged(feedback),
        cancel);

    /// <summary>Brings a person its card as a new message.</summary>
    public ValueTask BringAsync(Feedback feedback, string objectId, CancellationToken cancel) => _all.PostAsync(Partition(feedback.Tenant, feedback.Id), Outbox.Bring(objectId), cancel);

    /// <summary>What was done with it, oldest first.</summary>
    public async ValueTask<IReadOnlyList<HistoryEntry>> HistoryAsync(Feedback feedback, int take, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(Partition(feedback.Tenant, feedback.Id), HistoryRows.Prefix, take, null, cancel)).Select(row => row.Read(FeedbackJson.Default.HistoryEntry))];

    /// <summary>Lets the authors of what was merged into it hear what they have not heard. Whoever dies between tells the rest the next time, and nobody twice.</summary>
    public async ValueTask EchoAsync(Feedback feedback, CancellationToken cancel)
    {
        var partition = Partition(feedback.Tenant, feedback.Id);
        foreach (var row in await tables.QueryAsync(partition, EchoPrefix, MostEchoes, null, cancel))
        {
            var echo = row.Read(FeedbackJson.Default.Echo);
            foreach (var id in feedback.Duplicates)
            {
                await UpdateAsync(feedback.Tenant, id, null, merged => MergeRules.Hear(merged, echo), cancel);
            }
            await tables.CommitAsync(partition, [new Change.Delete(row.Key, row.Version)], cancel);
        }
    }

    private Written<Feedback> Written(Feedback? before, FeedbackOutcome.Changed changed, IEnumerable<Change> more)
    {
        var (state, now) = (changed.State, clock.GetUtcNow());
        var rows = Notices(changed, now).Concat(more);
        if (changed is { Who: { } who, What.Length: > 0 })
        {
            var entry = new HistoryEntry(state.Revision, now, who, 1, changed.What, null);
            var (added, seal) = HistoryRows.Add(Partition(state.Tenant, state.Id), before?.Seal, entry.Number, JsonRows.Bytes(entry, FeedbackJson.Default.HistoryEntry));
            (state, rows) = (state with { Seal = seal }, [added, Outbox.Acted(who.ObjectId, state.Revision), .. rows]);
        }
        return new Written<Feedback>(state, rows);
    }

    private static IEnumerable<Change> Notices(FeedbackOutcome.Changed changed, DateTimeOffset now)
    {
        var state = changed.State;
        foreach (var tell in changed.Tells)
        {
            yield return Outbox.Tell(tell.ObjectId, state.Revision, tell.Sentence, tell.Kind, now);
        }
        string?[] others = [state.Owner.ObjectId, state.Author?.ObjectId];
        foreach (var other in others.OfType<string>().Distinct().Where(other => other != changed.Who?.ObjectId && changed.Tells.All(tell => tell.ObjectId != other)))
        {
            yield return Outbox.Renew(other);
        }
        if (changed.Echo is { } echo && state.Duplicates.Count > 0)
        {
            yield return new Change.Insert(string.Create(CultureInfo.InvariantCulture, $"{EchoPrefix}{state.Revision:D6}"), JsonRows.Bytes(new Echo(state.Revision, echo), FeedbackJson.Default.Echo));
        }
    }

    private static string IdFrom(string tenant, string origin, int attempt) => ReadableIds.From('F', tenant, $"feedback|{origin}", attempt);
}
