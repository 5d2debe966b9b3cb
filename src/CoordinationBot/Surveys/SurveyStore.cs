using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Notices;
using CoordinationBot.Storage;

namespace CoordinationBot.Surveys;

/// <summary>Surveys as they are asked and as they stand; nothing of what is answered. One survey is one partition.</summary>
internal sealed class SurveyStore(ITables tables, WorkScheduler work, TimeProvider clock)
{
    /// <summary>The kind of wake-up that looks at a survey.</summary>
    public const string Kind = "survey";

    private const int Attempts = 50;

    /// <summary>How many surveys a host remembers.</summary>
    private const int Remembered = 100;

    private readonly ConcurrentDictionary<string, FrozenSurvey> _frozen = new(StringComparer.Ordinal);

    public async ValueTask<Survey?> FindAsync(string tenant, string id, CancellationToken cancel) =>
        ReadableIds.Is('V', id) ? (await tables.GetAsync(SurveyRows.Partition(tenant, id), SurveyRows.State, cancel))?.Read(SurveyJson.Rows.Survey) : null;

    /// <summary>How it stands, with its numbers where there are any: one read.</summary>
    public async ValueTask<(Survey? Survey, Tally? Tally)> FindWithTallyAsync(string tenant, string id, CancellationToken cancel)
    {
        if (!ReadableIds.Is('V', id))
        {
            return (null, null);
        }
        var rows = await tables.QueryAsync(SurveyRows.Partition(tenant, id), SurveyRows.State, 2, null, cancel);
        return (rows.FirstOrDefault(row => row.Key == SurveyRows.State)?.Read(SurveyJson.Rows.Survey), rows.FirstOrDefault(row => row.Key == SurveyRows.Tally)?.Read(SurveyJson.Rows.Tally));
    }

    /// <summary>What holds for whoever answers: remembered, since it never changes. Null when there is none or it is not frozen yet.</summary>
    public async ValueTask<FrozenSurvey?> FrozenAsync(string tenant, string id, CancellationToken cancel)
    {
        var partition = SurveyRows.Partition(tenant, id);
        if (_frozen.TryGetValue(partition, out var known))
        {
            return known;
        }
        if (await FindAsync(tenant, id, cancel) is not { Phase: not (SurveyPhase.Preview or SurveyPhase.Dropped) } survey)
        {
            return null;
        }
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var (person, index) in (await AudienceAsync(survey, cancel)).Select((person, index) => (person, index)))
        {
            places[person.ObjectId] = new Place(index / SurveyLimits.Drawer, index % SurveyLimits.Drawer);
        }
        var frozen = new FrozenSurvey(survey.Id, tenant, survey.Owner, survey.Terms, places);
        if (survey.Phase != SurveyPhase.Waiting)
        {
            // Before it opens it may still be taken back.
            if (_frozen.Count >= Remembered)
            {
                _frozen.Clear();
            }
            _frozen[partition] = frozen;
        }
        return frozen;
    }

    /// <summary>Everybody who is asked, in the order of their marks.</summary>
    public async ValueTask<IReadOnlyList<Party>> AudienceAsync(Survey survey, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(SurveyRows.Partition(survey.Tenant, survey.Id), SurveyRows.AudiencePrefix, 100, null, cancel)).SelectMany(row => row.Read(SurveyJson.Rows.PartyArray))];

    public async ValueTask<Survey?> FindByOriginAsync(string tenant, string origin, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var survey = await FindAsync(tenant, IdFrom(tenant, origin, attempt), cancel);
            if (survey is null || survey.Origin == origin)
            {
                return survey;
            }
        }
        return null;
    }

    /// <summary>Stores a new one under an id derived from its origin, so that a repeat finds what the first began.</summary>
    public async ValueTask<Survey> CreateAsync(string tenant, string origin, CardPlace? ownersCard, IReadOnlyList<Party> audience, Func<string, Survey> begin, CancellationToken cancel)
    {
        // By a hash: where somebody's mark is says nothing about who they are, and the drawers fill alike.
        var pages = audience.OrderBy(person => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{origin}|{person.ObjectId}"))), StringComparer.Ordinal).Chunk(SurveyLimits.Drawer).ToList();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var survey = begin(IdFrom(tenant, origin, attempt));
            var wakeUp = WakeUpOf(survey);
            await PrepareAsync(wakeUp, survey.Phase == SurveyPhase.Waiting ? LooksOf(survey) : [], cancel);
            var committed = (await tables.CommitAsync(
                wakeUp.Partition,
                [
                    new Change.Insert(SurveyRows.State, SurveyRows.Bytes(survey)),
                    .. pages.Select((page, number) => new Change.Upsert(SurveyRows.Audience(number), JsonRows.Bytes(page, SurveyJson.Rows.PartyArray))),
                    .. pages.Select((page, number) => new Change.Upsert(SurveyRows.Drawer(number), SurveyRows.Bytes(DrawerRules.Empty(page.Length)))),
                    .. ownersCard is null ? (Change[])[] : [Outbox.Place(survey.Owner.ObjectId, ownersCard)],
                ],
                cancel)).Committed;
            work.Nudge(wakeUp);
            if (committed)
            {
                return survey;
            }
            if (await FindAsync(tenant, survey.Id, cancel) is { } existing && existing.Origin == origin)
            {
                return existing;
            }
        }
        throw new InvalidOperationException("No free id was found for a new survey.");
    }

    /// <summary>Loads, decides, commits on condition that nothing changed meanwhile. Null when there is none.</summary>
    public async ValueTask<SurveyOutcome?> UpdateAsync(string tenant, string id, Func<Survey, SurveyOutcome> decide, CancellationToken cancel)
    {
        var partition = SurveyRows.Partition(tenant, id);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (!ReadableIds.Is('V', id) || await tables.GetAsync(partition, SurveyRows.State, cancel) is not { } row)
            {
                return null;
            }
            var outcome = decide(row.Read(SurveyJson.Rows.Survey));
            if (outcome is not SurveyOutcome.Changed changed)
            {
                return outcome;
            }
            var wakeUp = new WakeUp(Kind, partition);
            await PrepareAsync(wakeUp, changed.Looks, cancel);
            var tells = changed.Tells.Select(tell => Outbox.Tell(tell.ObjectId, changed.State.Revision, tell.Sentence, tell.Kind, clock.GetUtcNow()));
            Change[] renewal = changed.IsShown ? [Outbox.Renew(changed.State.Owner.ObjectId)] : [];
            if ((await tables.CommitAsync(partition, [new Change.Replace(SurveyRows.State, SurveyRows.Bytes(changed.State), row.Version), .. renewal, .. tells], cancel)).Committed)
            {
                work.Nudge(wakeUp);
                return changed;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(attempt * 5)), cancel);
        }
        throw new InvalidOperationException("A survey changed under every attempt to write it.");
    }

    /// <summary>Brings a person their card as a new message.</summary>
    public async ValueTask BringAsync(string tenant, string id, string objectId, CancellationToken cancel)
    {
        var wakeUp = new WakeUp(Kind, SurveyRows.Partition(tenant, id));
        await work.PrepareAsync(wakeUp, cancel);
        await tables.CommitAsync(wakeUp.Partition, [Outbox.Bring(objectId)], cancel);
        work.Nudge(wakeUp);
    }

    /// <summary>The times at which a frozen survey must be looked at.</summary>
    public static IReadOnlyList<DateTimeOffset> LooksOf(Survey survey) =>
        [survey.Terms.OpensAt, .. SurveyRules.RemindAt(survey.Terms) is { } remind ? (DateTimeOffset[])[remind] : [], survey.Terms.ClosesAt];

    private async ValueTask PrepareAsync(WakeUp wakeUp, IReadOnlyList<DateTimeOffset> looks, CancellationToken cancel)
    {
        await work.PrepareAsync(wakeUp, cancel);
        foreach (var look in looks)
        {
            await work.PrepareAsync(wakeUp, look, cancel);
        }
    }

    private static WakeUp WakeUpOf(Survey survey) => new(Kind, SurveyRows.Partition(survey.Tenant, survey.Id));

    private static string IdFrom(string tenant, string origin, int attempt) => ReadableIds.From('V', tenant, $"survey|{origin}", attempt);
}
