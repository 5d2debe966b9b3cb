using CoordinationBot.Authority;
using CoordinationBot.People;

namespace CoordinationBot.Surveys;

/// <summary>Who is asked when nobody is named one by one.</summary>
internal sealed class SurveyAudience(PeopleStore people, GroupStore groups)
{
    /// <summary>Everybody known, everybody in a group that the owner is in, or nobody.</summary>
    /// <param name="tenant">Of the survey.</param>
    /// <param name="ownerId">Whoever is not in a group may not ask it.</param>
    /// <param name="isForEveryone">Whether everybody known is asked.</param>
    /// <param name="group">That is asked.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<IReadOnlyList<Party>> FindAsync(string tenant, string ownerId, bool isForEveryone, GroupEntry? group, CancellationToken cancel)
    {
        var known = isForEveryone ? await people.EveryoneAsync(tenant, SurveyLimits.Asked, cancel)
            : group is not null ? await groups.MembersAsync(group.Partition, SurveyLimits.Asked, cancel)
            : [];
        return isForEveryone || known.Any(person => person.ObjectId == ownerId) ? [.. known.Select(person => new Party(person.ObjectId, person.Name))] : [];
    }
}
