using System.Globalization;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Surveys;

/// <summary>
/// Surveys in the lists of their owner and of those who are asked: a row in each person's partition, written before they are asked. It says that they were asked and never
/// that they answered; what is shown is read from the survey.
/// </summary>
internal sealed class SurveyIndex(ITables tables)
{
    private const string Own = "survey|own|";
    private const string Asked = "survey|asked|";

    public async ValueTask WriteAsync(Survey survey, string objectId, bool isOwner, CancellationToken cancel) =>
        await tables.CommitAsync(PeopleStore.Partition(survey.Tenant, objectId), [new Change.Upsert(isOwner ? $"{Own}{Newest(survey)}|{survey.Id}" : $"{Asked}{Moment(survey.Terms.ClosesAt)}|{survey.Id}", "{}"u8.ToArray())], cancel);

    /// <summary>The newest that somebody owns.</summary>
    public async ValueTask<IReadOnlyList<string>> OwnAsync(string tenant, string objectId, int take, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), Own, take, null, cancel)).Select(IdOf)];

    /// <summary>Those somebody is asked in and that are not over, what closes first comes first.</summary>
    public async ValueTask<IReadOnlyList<string>> AskedAsync(string tenant, string objectId, DateTimeOffset now, int take, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(PeopleStore.Partition(tenant, objectId), Asked, take, $"{Asked}{Moment(now)}", cancel)).Select(IdOf)];

    private static string IdOf(Row row) => row.Key[(row.Key.LastIndexOf('|') + 1)..];

    private static string Moment(DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    private static string Newest(Survey survey) => (long.MaxValue - survey.Terms.ClosesAt.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);
}
