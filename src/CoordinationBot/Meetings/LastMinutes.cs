using CoordinationBot.Delegations;

namespace CoordinationBot.Meetings;

/// <summary>What became of what was promised: action items with the delegations that they became, and what stayed open last time.</summary>
internal sealed class LastMinutes(MinutesStore store, DelegationStore delegations)
{
    /// <summary>What somebody may read of minutes: whoever writes them, all; the others what is circulated or final. Null: nothing yet.</summary>
    public async ValueTask<Minutes?> ReadableAsync(Minutes minutes, string viewer, CancellationToken cancel) =>
        minutes.State != MinutesState.Draft || minutes.MayWrite(viewer) ? minutes : (await store.VersionAsync(minutes, minutes.Versions, cancel))?.Content;

    /// <summary>The minutes with the delegations that came of their action items: each is found by where it comes from, never guessed.</summary>
    public async ValueTask<Minutes> LinkedAsync(Minutes minutes, CancellationToken cancel)
    {
        foreach (var action in minutes.Actions.Where(action => action.Delegation is null && !action.IsSettled).ToList())
        {
            if (await delegations.FindByOriginAsync(minutes.Tenant, action.Origin, cancel) is { } delegation && MinutesRules.Link(minutes, action.Id, delegation.Id, delegation.Terms.Limits.IsConfidential) is MinutesOutcome.Changed linked)
            {
                minutes = linked.State with { Revision = minutes.Revision };
            }
        }
        return minutes;
    }

    /// <summary>What stayed open in the last minutes of the same people or subject, for somebody who was part of that meeting.</summary>
    public async ValueTask<OpenPoints> OpenAsync(Meeting meeting, string viewer, DateTimeOffset now, CancellationToken cancel)
    {
        if (await store.FindLastAsync(meeting, now, cancel) is not { } last || last.People.All(person => person.ObjectId != viewer) || await ReadableAsync(last, viewer, cancel) is not { } readable)
        {
            return OpenPoints.None;
        }
        var linked = await LinkedAsync(readable, cancel);
        Dictionary<string, string> states = new(StringComparer.Ordinal);
        List<MinutesEntry> open = [];
        foreach (var entry in linked.Entries.Where(entry => entry.Kind is EntryKind.Question or EntryKind.Action && !entry.IsSettled))
        {
            // How a delegation stands is for those who are part of it. For the others it was given, and no more.
            if (entry.Delegation is { } id && await delegations.FindAsync(meeting.Tenant, id, cancel) is { } delegation && delegation.RoleOf(viewer) is not null)
            {
                if (!delegation.IsOpen)
                {
                    continue;
                }
                states[id] = ListCards.Word(delegation.State);
            }
            open.Add(entry);
        }
        // Of a series, what nobody came to is still to be talked about.
        if (meeting.Occurrence?.Root is { } series && linked.Series == series)
        {
            open.AddRange(linked.Sections.Where(section => section.Owner is not null && linked.Entries.All(entry => entry.Section != section.Id)).Select(section => new MinutesEntry(section.Id, section.Id, EntryKind.Note, $"Nothing was written about: {section.Title}", 1) { By = linked.Taker }));
        }
        return open.Count > 0 ? new OpenPoints(last.Id, open, states, IsForAll(last, meeting)) : OpenPoints.None;
    }

    /// <summary>Whether all who read what is written of a meeting may read what stayed open before: those who were there, and whoever comes to a series that is not confidential.</summary>
    private static bool IsForAll(Minutes last, Meeting meeting) =>
        (last.Series is { } series && series == meeting.Occurrence?.Root && !meeting.IsConfidential)
        || meeting.Invitees.Where(invitee => !invitee.IsOutside).Select(invitee => invitee.Key).Prepend(meeting.Organiser.ObjectId).All(key => last.People.Any(person => person.ObjectId == key));
}
