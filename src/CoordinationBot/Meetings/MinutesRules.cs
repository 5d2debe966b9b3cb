using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;

namespace CoordinationBot.Meetings;

/// <summary>How minutes are written: begun from the agenda, filled, changed.</summary>
internal static class MinutesRules
{
    /// <summary>Minutes of a meeting that has begun, with what stayed open before.</summary>
    /// <param name="meeting">Which.</param>
    /// <param name="actor">Who begins them.</param>
    /// <param name="taker">Who writes them; null: whoever begins them.</param>
    /// <param name="open">What stayed open in the minutes before, with where it comes from.</param>
    /// <param name="now">When.</param>
    public static MinutesOutcome Start(Meeting meeting, string actor, string? taker, IReadOnlyList<MinutesEntry> open, DateTimeOffset now)
    {
        if (meeting.State == MeetingState.Cancelled)
        {
            return new MinutesOutcome.Unchanged(null, "There are no minutes: the meeting was cancelled.");
        }
        if (meeting.Time is not { } time || time.Start > now)
        {
            return new MinutesOutcome.Unchanged(null, meeting.Time is { } ahead
                ? $"Minutes begin when the meeting does, {Zones.Read(ahead.Start, ahead.Zone)}. Until then, put what is to be talked about on the agenda: agenda {meeting.Id}"
                : $"Minutes begin when the meeting does, and it has no time yet. Until then, put what is to be talked about on the agenda: agenda {meeting.Id}");
        }
        if (actor != meeting.Organiser.ObjectId)
        {
            return new MinutesOutcome.Unchanged(null, $"Nobody writes the minutes yet: {meeting.Organiser.Name}, who organises the meeting, begins them or names who does.");
        }
        if (Inside(meeting).FirstOrDefault(person => person.ObjectId == (taker ?? actor)) is not { } writes)
        {
            return new MinutesOutcome.Unchanged(null, "Nothing was begun: whoever writes the minutes must take part in the meeting, and be inside the organisation.");
        }
        MinutesSection[] before = open.Count > 0 ? [new MinutesSection(MinutesSection.Before, "Open from last time", null)] : [];
        var carried = open.Take(MinutesLimits.Entries / 2).Select((entry, index) => entry with { Id = Minutes.Number('E', index + 1), Section = MinutesSection.Before, Edition = 1 }).ToList();
        var minutes = new Minutes
        {
            Id = meeting.Id,
            Tenant = meeting.Tenant,
            Subject = meeting.Subject,
            Time = time,
            Place = meeting.Place,
            Series = meeting.Occurrence?.Root,
            Organiser = meeting.Organiser,
            Taker = writes,
            People = [meeting.Organiser, .. meeting.Invitees.Select(invitee => new Party(invitee.Key, invitee.Name))],
            Sections = [.. before, .. meeting.Agenda.Items.Select(item => new MinutesSection(item.Id, item.Title, item.Owner)), new MinutesSection(MinutesSection.Beside, meeting.Agenda.Items.Count > 0 ? "Beside the agenda" : "What was said", null)],
            Entries = carried,
            Next = carried.Count + 1,
            State = MinutesState.Draft,
            Revision = 1,
            StartedAt = now,
        };
        return new MinutesOutcome.Changed(minutes, writes.ObjectId == actor ? [] : [new MeetingTell(writes.ObjectId, $"{meeting.Organiser.Name} asks you to write the minutes.", NoticeKind.Question)]);
    }

    /// <summary>The organiser names somebody else to write them.</summary>
    public static MinutesOutcome NameTaker(Minutes minutes, Meeting meeting, string actor, string taker) =>
        actor != minutes.Organiser.ObjectId ? Refuse(minutes, $"Nothing was changed: only {minutes.Organiser.Name}, who organised the meeting, names who writes the minutes.")
        : Inside(meeting).FirstOrDefault(person => person.ObjectId == taker) is not { } writes ? Refuse(minutes, "Nothing was changed: whoever writes the minutes must take part in the meeting, and be inside the organisation.")
        : writes.ObjectId == minutes.Taker.ObjectId ? new MinutesOutcome.Unchanged(minutes)
        : new MinutesOutcome.Changed(Next(minutes) with { Taker = writes }, writes.ObjectId == actor ? [] : [new MeetingTell(writes.ObjectId, $"{minutes.Organiser.Name} asks you to write the minutes.", NoticeKind.Question)]);

    /// <summary>Writes something down.</summary>
    /// <param name="minutes">As they are.</param>
    /// <param name="actor">Who.</param>
    /// <param name="entry">What: text, kind and section, perhaps who and until when.</param>
    /// <param name="seen">Number of the next entry as the card says: what was written since then with the same words is the same press. Null: it was typed.</param>
    public static MinutesOutcome Add(Minutes minutes, Party actor, NewEntry entry, int? seen)
    {
        var text = entry.Text?.Trim();
        if (Bar(minutes, actor.ObjectId) is { } bar)
        {
            return bar;
        }
        if (MinutesLimits.Check(text, entry.Kind) is { } unfit)
        {
            return Refuse(minutes, unfit);
        }
        if (minutes.Sections.FirstOrDefault(known => known.Id == (entry.Section ?? MinutesSection.Beside)) is not { } section)
        {
            return Refuse(minutes, "Nothing was written: the agenda has no such item.");
        }
        if (seen is { } next && minutes.Entries.Any(known => Numbered(known.Id) >= next && known.Section == section.Id && known.Kind == entry.Kind && known.Text == text && known.By.ObjectId == actor.ObjectId))
        {
            return new MinutesOutcome.Unchanged(minutes);
        }
        if (minutes.Entries.Count >= MinutesLimits.Entries || !MinutesLimits.HasRoom(minutes, text!.Length))
        {
            return Refuse(minutes, "It was not written: the minutes are full. Please put several things into one entry, or shorten what is there.");
        }
        var id = Minutes.Number('E', minutes.Next);
        var isAction = entry.Kind == EntryKind.Action;
        return new MinutesOutcome.Changed(Changing(minutes) with
        {
            Entries = [.. minutes.Entries, new MinutesEntry(id, section.Id, entry.Kind, text, 1) { By = actor, Who = isAction ? entry.Who : null, Due = isAction ? entry.Due : null, Origin = Minutes.OriginOf(minutes.Id, id) }],
            Next = minutes.Next + 1,
        });
    }

    /// <summary>Says it in other words, unless somebody else did meanwhile.</summary>
    public static MinutesOutcome Reword(Minutes minutes, Party actor, string? id, int? edition, string? text)
    {
        text = text?.Trim();
        if (Bar(minutes, actor.ObjectId) is { } bar)
        {
            return bar;
        }
        if (minutes.Find(id) is not { } entry)
        {
            return Refuse(minutes, "Nothing was changed: that entry is no longer there.");
        }
        if (entry.Text == text)
        {
            return new MinutesOutcome.Unchanged(minutes);
        }
        return entry.Edition != edition ? Refuse(minutes, $"Nothing was changed: {entry.By.Name} reworded it meanwhile. Please look at it as it is now; your own words are still here.")
            : MinutesLimits.Check(text, entry.Kind) is { } unfit ? Refuse(minutes, unfit)
            : !MinutesLimits.HasRoom(minutes, text!.Length - entry.Text.Length) ? Refuse(minutes, "Nothing was changed: the minutes are full. Please shorten it.")
            : new MinutesOutcome.Changed(Reworded(minutes, entry, actor, text));
    }

    /// <summary>Takes something out. What became a delegation stays: somebody works on it.</summary>
    public static MinutesOutcome Remove(Minutes minutes, string actor, string? id, int? edition) =>
        Bar(minutes, actor) is { } bar ? bar
        : minutes.Find(id) is not { } entry ? new MinutesOutcome.Unchanged(minutes)
        : entry.IsConfidential ? Refuse(minutes, "It stays: it was given. Whoever gave it can revoke it.")
        : entry.Delegation is { } delegation ? Refuse(minutes, $"It stays: it became {delegation}. To end that, type revoke {delegation}.")
        : entry.Edition != edition ? Refuse(minutes, $"It stays: {entry.By.Name} reworded it meanwhile. Please look at it as it is now.")
        : new MinutesOutcome.Changed(Changing(minutes) with { Entries = [.. minutes.Entries.Where(known => known.Id != id)], Corrections = [.. minutes.Corrections.Select(correction => correction.Entry == id ? correction with { Entry = null } : correction)] });

    /// <summary>A question was answered, or something was done without a delegation. A note on the way: it makes no new version.</summary>
    public static MinutesOutcome Settle(Minutes minutes, string actor, string? id) =>
        Bar(minutes, actor) is { } bar ? bar
        : minutes.Find(id) is not { Kind: EntryKind.Question or EntryKind.Action } entry ? Refuse(minutes, "Nothing was changed: that entry is no longer there.")
        : entry.IsConfidential ? Refuse(minutes, "It was given. How it stands, those know who are part of it.")
        : entry.Delegation is { } delegation ? Refuse(minutes, $"How it stands is seen on {delegation}. Type show {delegation}.")
        : entry.IsSettled ? new MinutesOutcome.Unchanged(minutes)
        : new MinutesOutcome.Changed(Next(minutes) with { Entries = With(minutes, entry with { IsSettled = true }) });

    /// <summary>An action item became a delegation. A note on the way, once and for ever: what it became never changes.</summary>
    public static MinutesOutcome Link(Minutes minutes, string id, string delegation, bool isConfidential) =>
        minutes.Find(id) is { Kind: EntryKind.Action, Delegation: null } entry
            ? new MinutesOutcome.Changed(Next(minutes) with { Entries = With(minutes, entry with { Delegation = delegation, IsConfidential = isConfidential }) })
            : new MinutesOutcome.Unchanged(minutes);

    /// <summary>Why an action item cannot be given now, or null. The authority is the organiser's, whoever wrote it down.</summary>
    public static string? CheckGive(Minutes minutes, string actor, string? id) =>
        minutes.Find(id) is not { Kind: EntryKind.Action } entry ? "That action item is no longer there."
        : actor != minutes.Organiser.ObjectId ? $"Only {minutes.Organiser.Name}, who organised the meeting, gives it: the authority that goes with it is theirs."
        : entry.Delegation is { } delegation ? $"It was given already: {delegation}. Type show {delegation}."
        : entry.IsSettled ? "It is done already."
        : null;

    // ---- what the rules share

    public static IEnumerable<Party> Inside(Meeting meeting) =>
        [meeting.Organiser, .. meeting.Invitees.Where(invitee => !invitee.IsOutside).Select(invitee => new Party(invitee.Key, invitee.Name))];

    public static MinutesOutcome.Unchanged? Bar(Minutes minutes, string actor) =>
        minutes.MayWrite(actor) ? null : Refuse(minutes, $"Nothing was changed: {minutes.Taker.Name} writes these minutes. While they are circulated, you can propose a correction.");

    public static MinutesOutcome.Unchanged Refuse(Minutes minutes, string sentence) => new(minutes, sentence);

    public static Minutes Next(Minutes minutes) => minutes with { Revision = minutes.Revision + 1 };

    /// <summary>A change of what they say: what was final is so no longer, and becomes so as a new version.</summary>
    public static Minutes Changing(Minutes minutes) => Next(minutes) with
    {
        State = minutes.State switch
        {
            MinutesState.Draft or MinutesState.Final => MinutesState.Draft,
            MinutesState.Circulated => MinutesState.Circulated,
        },
    };

    public static Minutes Reworded(Minutes minutes, MinutesEntry entry, Party actor, string text) =>
        Changing(minutes) with { Entries = With(minutes, entry with { Text = text, By = actor, Edition = entry.Edition + 1 }) };

    private static IReadOnlyList<MinutesEntry> With(Minutes minutes, MinutesEntry changed) => [.. minutes.Entries.Select(entry => entry.Id == changed.Id ? changed : entry)];

    private static int Numbered(string id) => int.Parse(id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Something to be written down.</summary>
internal sealed record NewEntry(EntryKind Kind, string? Text, string? Section = null, Party? Who = null, Due? Due = null);
