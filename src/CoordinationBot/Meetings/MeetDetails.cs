using CoordinationBot.Dialogs;
using CoordinationBot.Mail;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Meetings;

/// <summary>Makes of a draft what a meeting is made of: everybody once, whoever stands in two places in the one that asks more of them.</summary>
internal sealed class MeetDetails(PeopleDirectory directory, OfficeOptions office)
{
    public async ValueTask<MeetingDetails> ReadAsync(Turn turn, Draft draft, DialogContext context, CancellationToken cancel)
    {
        List<Invitee> invitees = [];
        foreach (var (person, isRequired) in PeopleOf(draft, turn.Actor.ObjectId))
        {
            invitees.Add(new Invitee
            {
                Key = person.ObjectId,
                Name = person.Title,
                IsRequired = isRequired,
                Mail = await directory.FindAsync(turn.Tenant, person.ObjectId, cancel) is { Email: { } mail } ? MailAddresses.Parse(mail).Address : null,
            });
        }
        var organiser = await AddressAsync(turn, cancel);
        invitees.AddRange(MeetDraft.OutsideOf(draft)
            .Where(outside => outside.Address is { } address && address != organiser && invitees.All(known => known.Mail != address))
            .Select(outside => new Invitee { Key = outside.Address!, Name = outside.Name ?? outside.Address!, IsOutside = true, IsRequired = true }));
        return new MeetingDetails(
            draft.Values[MeetForm.Subject.Id],
            draft.Values.GetValueOrDefault(MeetForm.Purpose.Id),
            invitees,
            MeetDraft.MinutesOf(draft),
            MeetDraft.WindowOf(draft, context),
            draft.Values.GetValueOrDefault(MeetForm.Place.Id),
            draft.Values.GetValueOrDefault(MeetForm.Objective.Id),
            draft.Values.GetValueOrDefault(MeetForm.Confidential.Id) == "true")
        {
            Repeats = MeetDraft.RepeatOf(draft, context, office.Times.Week),
        };
    }

    /// <summary>Where people outside may write to whoever arranges it.</summary>
    public async ValueTask<string?> AddressAsync(Turn turn, CancellationToken cancel) =>
        (await directory.SpeakerAsync(turn, cancel)).Email is { } mail ? MailAddresses.Parse(mail).Address : null;

    /// <summary>What is good to know before times are looked for.</summary>
    public static ReviewNotes Notes(Draft draft, DialogContext context)
    {
        var people = PeopleOf(draft, context.ObjectId);
        var twice = draft.Persons(MeetForm.Optional.Id).Where(person => draft.Persons(MeetForm.People.Id).Any(required => required.ObjectId == person.ObjectId && person.ObjectId != context.ObjectId)).ToList();
        string[] lines =
        [
            .. twice.Select(person => $"{person.Title} stands in both lists and counts as required."),
            .. draft.Persons(MeetForm.People.Id).Concat(draft.Persons(MeetForm.Optional.Id)).Any(person => person.ObjectId == context.ObjectId) ? (string[])["You need not name yourself: you are part of it."] : [],
        ];
        return people.Any(person => person.IsRequired) || MeetDraft.OutsideOf(draft).Count > 0
            ? new ReviewNotes(lines)
            : new ReviewNotes(lines, people.Count == 0 ? "Nobody is invited yet. Please name at least one person who must be there." : "Nobody must be there: all are optional. Please name at least one person who must.");
    }

    /// <summary>Everybody inside but whoever arranges it, each once.</summary>
    private static IReadOnlyList<(PersonOption Person, bool IsRequired)> PeopleOf(Draft draft, string organiser) =>
        [.. draft.Persons(MeetForm.People.Id).Select(person => (Person: person, IsRequired: true))
            .Concat(draft.Persons(MeetForm.Optional.Id).Select(person => (Person: person, IsRequired: false)))
            .Where(entry => entry.Person.ObjectId != organiser)
            .DistinctBy(entry => entry.Person.ObjectId)];
}
