using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Meetings;
using CoordinationBot.People;
using NodaTime.Extensions;

namespace CoordinationBot.Feedbacks;

/// <summary>Who answers feedback about a subject: whoever owns it, or who answers for them.</summary>
internal sealed class OwnerFinder(RegisterStore registers, DelegationStore delegations, MeetingStore meetings, AuthorityStore authorities, PeopleDirectory directory, Deputies deputies)
{
    private const int MostSteps = 8;

    /// <summary>Null: nobody.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="author">Who does not answer themselves; null: nobody knows who it is.</param>
    /// <param name="now">When.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<Person?> FindAsync(string tenant, Subject subject, string? author, DateTimeOffset now, CancellationToken cancel)
    {
        var responsible = await ResponsibleAsync(tenant, subject, cancel);
        if (subject.IsConfidential || subject.Kind == SubjectKind.Person)
        {
            // Nobody else may hear of it.
            return responsible is null || responsible == author ? null : await directory.FindAsync(tenant, responsible, cancel);
        }
        var general = (await registers.FindAsync(tenant, "", cancel))?.Owner.ObjectId;
        var administrators = (await authorities.ReadAsync(tenant, cancel)).Administrators.Select(party => party.ObjectId);
        foreach (var candidate in ((string?[])[responsible, general, .. administrators]).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await PresentAsync(tenant, candidate, author, now, cancel) is { } person)
            {
                return person;
            }
        }
        return null;
    }

    /// <summary>They themselves when they are there; else whoever answers for them, or is next up.</summary>
    private async ValueTask<Person?> PresentAsync(string tenant, string objectId, string? author, DateTimeOffset now, CancellationToken cancel)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            if (await directory.FindAsync(tenant, objectId, cancel) is not { } person)
            {
                return null;
            }
            var isAway = AbsenceRules.At(person, now.ToInstant()) is not null;
            var answerer = isAway ? await deputies.AnswererForAsync(tenant, objectId, now, cancel) : person;
            if (answerer is { Unreachable: null or Unreachable.NoAnswer } && answerer.ObjectId != author)
            {
                return answerer;
            }
            // Whoever is away and has nobody gets it when they are back.
            if (isAway && person.Unreachable is null && answerer is null && objectId != author)
            {
                return person;
            }
            if ((person.Deputy?.ObjectId is { } deputy && deputy != author ? deputy : (await authorities.ReadAsync(tenant, cancel)).MandateOf(objectId).NextUp?.ObjectId) is not { } next)
            {
                return null;
            }
            objectId = next;
        }
        return null;
    }

    private async ValueTask<string?> ResponsibleAsync(string tenant, Subject subject, CancellationToken cancel) => subject.Kind switch
    {
        SubjectKind.Free => null,
        SubjectKind.Register => (await registers.FindAsync(tenant, subject.Name, cancel))?.Owner.ObjectId,
        SubjectKind.Meeting => (await meetings.FindAsync(tenant, subject.Id!, cancel))?.Organiser.ObjectId,
        SubjectKind.Delegation => (await delegations.FindAsync(tenant, subject.Id!, cancel))?.Leader.ObjectId,
        SubjectKind.Person => subject.Id,
    };
}
