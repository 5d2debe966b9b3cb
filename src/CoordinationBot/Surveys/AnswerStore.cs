using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CoordinationBot.Dialogs;
using CoordinationBot.Storage;

namespace CoordinationBot.Surveys;

/// <summary>What became of an answer.</summary>
internal enum Taken
{
    Stored,

    /// <summary>They have answered before: the same press again, or another device.</summary>
    Already,

    /// <summary>They have answered anew since the card came that this answer was given on.</summary>
    Overtaken,

    Closed,
}

/// <summary>
/// Takes answers: one read of the author's drawer, one commit. The mark that somebody has answered makes a repeat harmless, so an anonymous answer leaves no
/// other trace: no operation, no row of its own, no wake-up.
/// </summary>
internal sealed class AnswerStore(ITables tables, FoldStore fold, WorkScheduler work)
{
    /// <summary>Against other hosts only: those of this one wait for each other.</summary>
    private const int Attempts = 200;

    private const int LongestWait = 200;

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Stores an answer that was checked.</summary>
    /// <param name="survey">Which.</param>
    /// <param name="objectId">Of somebody who is asked.</param>
    /// <param name="answers">One for each question.</param>
    /// <param name="named">With a name: the row that is changed until the close; null: anonymous.</param>
    /// <param name="operationId">Of a named answer: the turn, since a repeat of an older one must not undo a newer. An anonymous one leaves no such trace.</param>
    /// <param name="shown">Of a named answer: the edition that their card showed, see <see cref="LastAnswer"/>; null: no card was there.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<Taken> AnswerAsync(FrozenSurvey survey, string objectId, IReadOnlyList<string?> answers, NamedAnswer? named, string operationId, int? shown, CancellationToken cancel)
    {
        var (partition, place) = (SurveyRows.Partition(survey.Tenant, survey.Id), survey.Places[objectId]);
        var key = SurveyRows.Drawer(place.Drawer);
        var gate = _gates[(uint)HashCode.Combine(partition, key) % _gates.Length];
        await gate.WaitAsync(cancel);
        try
        {
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                var row = await tables.GetAsync(partition, key, cancel) ?? throw new InvalidOperationException("A survey has lost a drawer.");
                var drawer = row.Read(SurveyJson.Rows.Drawer);
                if (drawer.IsClosed)
                {
                    return Taken.Closed;
                }
                if (named is null or { IsDraft: true } && DrawerRules.HasAnswered(drawer, place.Mark))
                {
                    return Taken.Already;
                }
                if (named is null && DrawerRules.IsFull(drawer))
                {
                    await fold.FoldAsync(survey, place.Drawer, isLast: false, cancel);
                    continue;
                }
                var changed = named is null ? DrawerRules.Put(drawer, place.Mark, answers, RandomNumberGenerator.GetInt32(drawer.Pending.Count + 1))
                    : named.IsDraft ? drawer
                    : DrawerRules.Mark(drawer, place.Mark);
                // A named answer changes the drawer too, so that none slips in beside the close.
                var operation = SurveyRows.Operation(shown is { } before ? Follows(objectId, before) : operationId);
                Change[] own = named is null ? [] : Named(objectId, named, operation);
                var result = await tables.CommitAsync(partition, [new Change.Replace(key, SurveyRows.Bytes(changed), row.Version), .. own], cancel);
                if (result.Committed)
                {
                    if (named is null && DrawerRules.MayFold(changed, survey.Terms.Minimum))
                    {
                        // Only a hint: whoever answers next gives it again, and the close folds everything.
                        work.Nudge(new WakeUp(SurveyStore.Kind, partition));
                    }
                    return Taken.Stored;
                }
                if (named is not null && result.ConflictKey == operation)
                {
                    return await NamedAsync(survey, objectId, cancel) is { } known && known.IsDraft == named.IsDraft && known.Answers.SequenceEqual(named.Answers) ? Taken.Already : Taken.Overtaken;
                }
                await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(Math.Min(attempt * 10, LongestWait))), cancel);
            }
        }
        finally
        {
            gate.Release();
        }
        throw new InvalidOperationException("A drawer changed under every attempt to write it.");
    }

    /// <summary>One answer may follow the one that the card showed. It names nobody, since nobody is looked for by it.</summary>
    private static string Follows(string objectId, int edition) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{objectId}|{edition}"))).AsSpan(0, 16));

    private static Change[] Named(string objectId, NamedAnswer answer, string operation) =>
    [
        new Change.Insert(operation, "{}"u8.ToArray()),
        new Change.Upsert(SurveyRows.Named(objectId), JsonRows.Bytes(answer, SurveyJson.Rows.NamedAnswer)),
    ];

    /// <summary>Whether this person has answered: for their own eyes and for reminders, never for a list.</summary>
    public async ValueTask<(bool HasAnswered, bool IsClosed)> StandingAsync(FrozenSurvey survey, string objectId, CancellationToken cancel)
    {
        var place = survey.Places[objectId];
        var drawer = (await tables.GetAsync(SurveyRows.Partition(survey.Tenant, survey.Id), SurveyRows.Drawer(place.Drawer), cancel))!.Read(SurveyJson.Rows.Drawer);
        return (DrawerRules.HasAnswered(drawer, place.Mark), drawer.IsClosed);
    }

    /// <summary>All drawers, in the order of their numbers.</summary>
    public async ValueTask<IReadOnlyList<Drawer>> DrawersAsync(string tenant, string id, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(SurveyRows.Partition(tenant, id), SurveyRows.DrawerPrefix, 100, null, cancel)).Select(row => row.Read(SurveyJson.Rows.Drawer))];

    /// <summary>What somebody answered, or keeps half filled, with their name.</summary>
    public async ValueTask<NamedAnswer?> NamedAsync(FrozenSurvey survey, string objectId, CancellationToken cancel) =>
        survey.Terms.IsAnonymous ? null : (await tables.GetAsync(SurveyRows.Partition(survey.Tenant, survey.Id), SurveyRows.Named(objectId), cancel))?.Read(SurveyJson.Rows.NamedAnswer);

    /// <summary>The named answers by author, as many as one read brings: for cards that come again while it is open.</summary>
    public async ValueTask<IReadOnlyDictionary<string, NamedAnswer>> AllNamedAsync(string tenant, string id, CancellationToken cancel) =>
        (await tables.QueryAsync(SurveyRows.Partition(tenant, id), SurveyRows.NamedPrefix, TableLimits.MaxTake, null, cancel))
            .ToDictionary(row => row.Key[SurveyRows.NamedPrefix.Length..], row => row.Read(SurveyJson.Rows.NamedAnswer), StringComparer.Ordinal);

    /// <summary>A page of the named answers that were given.</summary>
    public async ValueTask<(IReadOnlyList<NamedAnswer> Page, string? Next)> NamedPageAsync(string tenant, string id, string? after, int take, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(SurveyRows.Partition(tenant, id), SurveyRows.NamedPrefix, take, after, cancel);
        return ([.. rows.Select(row => row.Read(SurveyJson.Rows.NamedAnswer)).Where(answer => !answer.IsDraft)], rows.Count < take ? null : rows[^1].Key);
    }
}
