using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CoordinationBot.Authority;
using CoordinationBot.Notices;
using CoordinationBot.Storage;

namespace CoordinationBot.Surveys;

/// <summary>Surveys as they are asked and as they stand; nothing of what is answered. One survey is one partition.</summary>
internal sealed class SurveyStore(ITables tables, WorkScheduler work, TimeProvider clock)
{
    /// <summary>The kind of wake-up that looks at a survey.</summary>
    public const string Kind = "survey";

    /// <summary>How many surveys a host remembers.</summary>
    private const int Remembered = 100;

    private readonly Aggregates<Survey> _all = new(tables, work, Kind, SurveyJson.Rows.Survey);
    private readonly ConcurrentDictionary<string, FrozenSurvey> _frozen = new(StringComparer.Ordinal);

    /// <summary>When it opens, reminds and closes by itself, by a row of a survey.</summary>
    public static IEnumerable<DateTimeOffset> LooksOf(Row row) =>
        row.Key == SurveyRows.State && row.Read(SurveyJson.Rows.Survey) is { Phase: SurveyPhase.Waiting or SurveyPhase.Open } survey ? SurveyRules.LooksOf(survey.Terms) : [];

    public async ValueTask<Survey?> FindAsync(string tenant, string id, CancellationToken cancel) =>
        ReadableIds.Is('V', id) ? await _all.FindAsync(SurveyRows.Partition(tenant, id), cancel) : null;

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
            places[person.ObjectId] = DrawerRules.PlaceOf(index);
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

    public ValueTask<Survey?> FindByOriginAsync(string tenant, string origin, CancellationToken cancel) =>
        _all.FindSameAsync(attempt => SurveyRows.Partition(tenant, IdFrom(tenant, origin, attempt)), survey => survey.Origin == origin, cancel);

    /// <summary>Stores a new one under an id derived from its origin, so that a repeat finds what the first began.</summary>
    public async ValueTask<Survey> CreateAsync(string tenant, string origin, CardPlace? ownersCard, IReadOnlyList<Party> audience, Func<string, Survey> begin, CancellationToken cancel)
    {
        // By a hash: where somebody's mark is says nothing about who they are, and the drawers fill alike.
        var pages = audience.OrderBy(person => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{origin}|{person.ObjectId}"))), StringComparer.Ordinal).Chunk(SurveyLimits.Drawer).ToList();
        return await _all.CreateAsync(
            attempt =>
            {
                var survey = begin(IdFrom(tenant, origin, attempt));
                return (SurveyRows.Partition(tenant, survey.Id), new Written<Survey>(
                    survey,
                    [
                        .. pages.Select((page, number) => new Change.Upsert(SurveyRows.Audience(number), JsonRows.Bytes(page, SurveyJson.Rows.PartyArray))),
                        .. pages.Select((page, number) => new Change.Upsert(SurveyRows.Drawer(number), SurveyRows.Bytes(DrawerRules.Empty(page.Length)))),
                        .. ownersCard is null ? (Change[])[] : [Outbox.Place(survey.Owner.ObjectId, ownersCard)],
                    ],
                    survey.Phase == SurveyPhase.Waiting ? SurveyRules.LooksOf(survey.Terms) : null));
            },
            survey => survey.Origin == origin,
            cancel);
    }

    /// <summary>Loads, decides, commits on condition that nothing changed meanwhile. Null when there is none.</summary>
    public async ValueTask<SurveyOutcome?> UpdateAsync(string tenant, string id, Func<Survey, SurveyOutcome> decide, CancellationToken cancel) => !ReadableIds.Is('V', id) ? null : await _all.UpdateAsync<SurveyOutcome>(
        SurveyRows.Partition(tenant, id),
        null,
        (survey, _) => new(survey is null ? null : decide(survey)),
        (_, outcome, _) => new(outcome is SurveyOutcome.Changed changed ? new Written<Survey>(changed.State, Rows(changed), changed.Looks) : null),
        survey => new SurveyOutcome.Unchanged(survey),
        cancel);

    /// <summary>Brings a person their card as a new message.</summary>
    public ValueTask BringAsync(string tenant, string id, string objectId, CancellationToken cancel) => _all.PostAsync(SurveyRows.Partition(tenant, id), Outbox.Bring(objectId), cancel);

    private IEnumerable<Change> Rows(SurveyOutcome.Changed changed) =>
    [
        .. changed.IsShown ? (Change[])[Outbox.Renew(changed.State.Owner.ObjectId)] : [],
        .. changed.Tells.Select(tell => Outbox.Tell(tell.ObjectId, changed.State.Revision, tell.Sentence, tell.Kind, clock.GetUtcNow())),
    ];

    private static string IdFrom(string tenant, string origin, int attempt) => ReadableIds.From('V', tenant, $"survey|{origin}", attempt);
}
