using System.Security.Cryptography;
using CoordinationBot.Storage;

namespace CoordinationBot.Surveys;

/// <summary>
/// Folds what waits in drawers into numbers and shuffled pages of text. A fold is one commit that empties the drawer and counts what was in it, so whoever dies or is overtaken
/// has counted nothing, and nothing is counted twice.
/// </summary>
internal sealed class FoldStore(ITables tables)
{
    private const int Attempts = 200;

    /// <summary>Folds a drawer when it holds enough; at the close whatever it holds, and takes nothing more.</summary>
    public async ValueTask FoldAsync(FrozenSurvey survey, int number, bool isLast, CancellationToken cancel)
    {
        var (partition, key) = (SurveyRows.Partition(survey.Tenant, survey.Id), SurveyRows.Drawer(number));
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var row = await tables.GetAsync(partition, key, cancel) ?? throw new InvalidOperationException("A survey has lost a drawer.");
            var drawer = row.Read(SurveyJson.Rows.Drawer);
            if (drawer.IsClosed || (!isLast && !DrawerRules.MayFold(drawer, survey.Terms.Minimum)))
            {
                return;
            }
            var emptied = isLast ? DrawerRules.Closed(drawer, survey.Terms.IsAnonymous) : DrawerRules.Folded(drawer);
            List<Change> changes = [new Change.Replace(key, SurveyRows.Bytes(emptied), row.Version)];
            if (drawer.Pending.Count > 0)
            {
                var (tally, version) = await TallyAsync(survey, cancel);
                var counted = TallyRules.Add(tally, survey.Terms, drawer.Pending);
                for (var question = 0; question < survey.Terms.Questions.Count; question++)
                {
                    if (survey.Terms.Questions[question].Kind == QuestionKind.Text && drawer.Pending.Select(answer => answer[question]).OfType<string>().ToList() is { Count: > 0 } texts)
                    {
                        var pages = counted.Questions[question].Pages;
                        int[] chosen = pages == 0 ? [] : [.. ((int[])[pages - 1, RandomNumberGenerator.GetInt32(pages)]).Distinct()];
                        counted = await DealAsync(survey, question, chosen, texts, counted, changes, cancel);
                    }
                }
                changes.Add(Written(counted, version));
            }
            if ((await tables.CommitAsync(partition, changes, cancel)).Committed)
            {
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(Math.Min(attempt * 10, 200))), cancel);
        }
        throw new InvalidOperationException("A drawer changed under every attempt to fold it.");
    }

    /// <summary>Mixes all pages of text with each other, since they were filled in the order in which answers came. Goes on where it was when it is called again.</summary>
    public async ValueTask MixAsync(FrozenSurvey survey, CancellationToken cancel)
    {
        while (true)
        {
            var (tally, version) = await TallyAsync(survey, cancel);
            // Of each question every page once, with one of those before it.
            var pairs = tally.Questions.SelectMany((question, index) => Enumerable.Range(1, Math.Max(0, question.Pages - 1)).Select(page => (Question: index, Page: page)));
            if (pairs.Skip(tally.Mixed).Take(1).ToList() is not [var (question, page)])
            {
                return;
            }
            List<Change> changes = [];
            var mixed = await DealAsync(survey, question, [page, RandomNumberGenerator.GetInt32(page)], [], tally with { Mixed = tally.Mixed + 1 }, changes, cancel);
            await tables.CommitAsync(SurveyRows.Partition(survey.Tenant, survey.Id), [.. changes, Written(mixed, version)], cancel);
        }
    }

    /// <summary>Forgets what fewer than the minimum have said. The pages go before the numbers that name them, so whoever dies between leaves none that nobody would find.</summary>
    public async ValueTask WithholdAsync(FrozenSurvey survey, CancellationToken cancel)
    {
        for (var isDone = false; !isDone;)
        {
            var (tally, version) = await TallyAsync(survey, cancel);
            var kept = TallyRules.Withheld(tally, survey.Terms.Minimum);
            var gone = tally.Questions.SelectMany((question, index) => kept.Questions[index].Pages == 0 ? Enumerable.Range(0, question.Pages).Select(page => SurveyRows.Texts(index, page)) : []);
            foreach (var part in gone.Chunk(TableLimits.MaxChanges))
            {
                await tables.CommitAsync(SurveyRows.Partition(survey.Tenant, survey.Id), [.. part.Select(key => new Change.Delete(key, null))], cancel);
            }
            isDone = (await tables.CommitAsync(SurveyRows.Partition(survey.Tenant, survey.Id), [Written(kept, version)], cancel)).Committed;
        }
    }

    /// <summary>The numbers as they are, and their version; null when nothing was counted yet.</summary>
    public async ValueTask<(Tally Tally, string? Version)> TallyAsync(FrozenSurvey survey, CancellationToken cancel)
    {
        var row = await tables.GetAsync(SurveyRows.Partition(survey.Tenant, survey.Id), SurveyRows.Tally, cancel);
        return (row?.Read(SurveyJson.Rows.Tally) ?? TallyRules.Empty(survey.Terms), row?.Version);
    }

    /// <summary>Numbers that were counted elsewhere, from named answers.</summary>
    public async ValueTask WriteAsync(FrozenSurvey survey, Tally tally, CancellationToken cancel) =>
        await tables.CommitAsync(SurveyRows.Partition(survey.Tenant, survey.Id), [new Change.Upsert(SurveyRows.Tally, SurveyRows.Bytes(tally))], cancel);

    /// <summary>A page of texts, in an order that says nothing.</summary>
    public async ValueTask<IReadOnlyList<string>> TextsAsync(string tenant, string id, int question, int page, CancellationToken cancel) =>
        (await tables.GetAsync(SurveyRows.Partition(tenant, id), SurveyRows.Texts(question, page), cancel))?.Read(SurveyJson.Rows.StringArray) ?? [];

    /// <summary>Takes these pages together with new texts, shuffles all, and deals them out again; what does not fit begins a page.</summary>
    private async ValueTask<Tally> DealAsync(FrozenSurvey survey, int question, int[] chosen, IReadOnlyList<string> texts, Tally tally, List<Change> changes, CancellationToken cancel)
    {
        List<string> pool = [.. texts];
        foreach (var page in chosen)
        {
            pool.AddRange(await TextsAsync(survey.Tenant, survey.Id, question, page, cancel));
        }
        var all = pool.ToArray();
        RandomNumberGenerator.Shuffle<string>(all);
        var (pages, dealt) = (tally.Questions[question].Pages, PageRules.Deal(all));
        for (var index = 0; index < Math.Max(dealt.Count, chosen.Length); index++)
        {
            var page = index < chosen.Length ? chosen[index] : pages++;
            changes.Add(new Change.Upsert(SurveyRows.Texts(question, page), SurveyRows.Bytes(index < dealt.Count ? dealt[index] : [])));
        }
        return tally with { Questions = [.. tally.Questions.Select((known, index) => index == question ? known with { Pages = pages } : known)] };
    }

    private static Change Written(Tally tally, string? version) =>
        version is null ? new Change.Insert(SurveyRows.Tally, SurveyRows.Bytes(tally)) : new Change.Replace(SurveyRows.Tally, SurveyRows.Bytes(tally), version);
}
