using CoordinationBot.Authority;
using CoordinationBot.People;

namespace CoordinationBot.Meetings;

/// <summary>How minutes become final: everybody reads them, may correct them, and then a version holds that never changes.</summary>
internal static class CirculationRules
{
    /// <summary>Everybody inside who takes part gets them.</summary>
    public static MinutesOutcome Circulate(Minutes minutes, Meeting meeting, Party actor) =>
        MinutesRules.Bar(minutes, actor.ObjectId) is { } bar ? bar
        : minutes.State == MinutesState.Circulated ? new MinutesOutcome.Unchanged(minutes)
        : minutes.State == MinutesState.Final ? MinutesRules.Refuse(minutes, $"Nothing was sent: version {minutes.Versions} is final. Change something first; that makes the next version.")
        : minutes.Entries.Count == 0 ? MinutesRules.Refuse(minutes, "Nothing was sent: the minutes are empty. Please write down what was said first.")
        : new MinutesOutcome.Changed(MinutesRules.Next(minutes) with { State = MinutesState.Circulated }, [.. Others(meeting, actor).Select(person => new MeetingTell(person.ObjectId, $"{actor.Name} sends you the minutes. Please say if something in them is wrong.", NoticeKind.Result))]);

    /// <summary>Somebody who takes part says what an entry should say, or what is missing.</summary>
    /// <param name="minutes">As they are.</param>
    /// <param name="actor">Who.</param>
    /// <param name="entry">Which entry; null: something is missing.</param>
    /// <param name="text">What it should say.</param>
    /// <param name="now">When.</param>
    public static MinutesOutcome Propose(Minutes minutes, Party actor, string? entry, string? text, DateTimeOffset now)
    {
        text = text?.Trim();
        if (minutes.State != MinutesState.Circulated)
        {
            return MinutesRules.Refuse(minutes, minutes.State == MinutesState.Final ? $"Nothing was sent: version {minutes.Versions} is final. Please ask {minutes.Taker.Name} to change it." : "Nothing was sent: the minutes are not circulated yet.");
        }
        if (entry is not null && minutes.Find(entry) is null)
        {
            return MinutesRules.Refuse(minutes, "Nothing was sent: that entry is no longer there. Please look at the minutes as they are now.");
        }
        if (MinutesLimits.Check(text, minutes.Find(entry)?.Kind ?? EntryKind.Note) is { } unfit)
        {
            return MinutesRules.Refuse(minutes, unfit);
        }
        if (minutes.Corrections.Any(known => known.By.ObjectId == actor.ObjectId && known.Entry == entry && known.Text == text) || minutes.Find(entry)?.Text == text)
        {
            return new MinutesOutcome.Unchanged(minutes);
        }
        return minutes.Corrections.Count >= MinutesLimits.Corrections || !MinutesLimits.HasRoom(minutes, text!.Length)
            ? MinutesRules.Refuse(minutes, $"Nothing was sent: too many corrections wait for {minutes.Taker.Name} already. Please try again when some are answered.")
            : new MinutesOutcome.Changed(
                MinutesRules.Next(minutes) with { Corrections = [.. minutes.Corrections, new Correction(Minutes.Number('C', minutes.Next), actor, entry, text, now)], Next = minutes.Next + 1 },
                actor.ObjectId == minutes.Taker.ObjectId ? [] : [new MeetingTell(minutes.Taker.ObjectId, $"{actor.Name} proposes a correction of the minutes.", NoticeKind.Question)])
            {
                Said = $"{minutes.Taker.Name} is asked to take it over.",
            };
    }

    /// <summary>Whoever writes the minutes takes a correction over: the entry says what was proposed, or a note says what was missing.</summary>
    /// <param name="minutes">As they are.</param>
    /// <param name="actor">Who.</param>
    /// <param name="id">Which correction.</param>
    /// <param name="edition">Of the entry, as the card shows it.</param>
    public static MinutesOutcome Take(Minutes minutes, Party actor, string? id, int? edition)
    {
        if (MinutesRules.Bar(minutes, actor.ObjectId) is { } bar)
        {
            return bar;
        }
        if (minutes.Corrections.FirstOrDefault(known => known.Id == id) is not { } correction)
        {
            return new MinutesOutcome.Unchanged(minutes);
        }
        var answered = minutes with { Corrections = [.. minutes.Corrections.Where(known => known.Id != id)] };
        var thanks = Answer(correction, actor, $"{actor.Name} took over your correction of the minutes.");
        if (minutes.Find(correction.Entry) is { } entry)
        {
            return entry.Edition != edition
                ? MinutesRules.Refuse(minutes, $"Nothing was changed: {entry.By.Name} reworded the entry meanwhile. Please look at it as it is now.")
                : new MinutesOutcome.Changed(MinutesRules.Reworded(answered, entry, actor, correction.Text), thanks);
        }
        return MinutesRules.Add(answered, actor, new NewEntry(EntryKind.Note, correction.Text), null) switch
        {
            MinutesOutcome.Changed changed => changed with { Tells = thanks },
            MinutesOutcome.Unchanged unchanged => unchanged with { State = minutes },
            var other => other,
        };
    }

    /// <summary>It is refused, with a word why.</summary>
    public static MinutesOutcome Refuse(Minutes minutes, Party actor, string? id, string? word) =>
        MinutesRules.Bar(minutes, actor.ObjectId) is { } bar ? bar
        : minutes.Corrections.FirstOrDefault(known => known.Id == id) is not { } correction ? new MinutesOutcome.Unchanged(minutes)
        : MinutesLimits.Check(word?.Trim(), EntryKind.Action) is not null ? MinutesRules.Refuse(minutes, $"Please write a short word why, at most {MinutesLimits.ActionText} characters: {correction.By.Name} will read it.")
        : new MinutesOutcome.Changed(
            MinutesRules.Next(minutes) with { Corrections = [.. minutes.Corrections.Where(known => known.Id != id)] },
            Answer(correction, actor, $"{actor.Name} did not take over your correction of the minutes: {word!.Trim()}"));

    /// <summary>A version that never changes.</summary>
    /// <param name="minutes">As they are.</param>
    /// <param name="meeting">Whose.</param>
    /// <param name="actor">Who.</param>
    /// <param name="now">When.</param>
    public static MinutesOutcome Finish(Minutes minutes, Meeting meeting, Party actor, DateTimeOffset now)
    {
        if (MinutesRules.Bar(minutes, actor.ObjectId) is { } bar)
        {
            return bar;
        }
        switch (minutes.State)
        {
            case MinutesState.Final:
                return new MinutesOutcome.Unchanged(minutes);
            case MinutesState.Draft:
                return MinutesRules.Refuse(minutes, "They are not final yet: please circulate them first, so that everybody can correct them.");
            case MinutesState.Circulated:
                break;
        }
        if (minutes.Corrections.Count > 0)
        {
            return MinutesRules.Refuse(minutes, minutes.Corrections.Count == 1 ? "They are not final yet: a correction waits for your answer." : $"They are not final yet: {minutes.Corrections.Count} corrections wait for your answer.");
        }
        var after = MinutesRules.Next(minutes) with { State = MinutesState.Final, Versions = minutes.Versions + 1 };
        return new MinutesOutcome.Changed(
            after,
            [.. Others(meeting, actor).Select(person => new MeetingTell(person.ObjectId, after.Versions == 1 ? "The minutes are final." : $"The minutes have changed: version {after.Versions} is final.", NoticeKind.Result))])
        {
            Version = new MinutesVersion(after.Versions, now, actor, after),
        };
    }

    /// <summary>What is different between two versions, in words.</summary>
    public static IReadOnlyList<string> Differences(Minutes before, Minutes after) =>
    [
        .. after.Entries.Where(entry => before.Find(entry.Id) is null).Select(entry => $"Added {MinutesLimits.Name(entry.Kind)}: {entry.Text}"),
        .. after.Entries.Where(entry => before.Find(entry.Id) is { } old && old.Text != entry.Text).Select(entry => $"Changed {MinutesLimits.Name(entry.Kind)} from “{before.Find(entry.Id)!.Text}” to “{entry.Text}”"),
        .. before.Entries.Where(entry => after.Find(entry.Id) is null).Select(entry => $"Removed {MinutesLimits.Name(entry.Kind)}: {entry.Text}"),
    ];

    private static IReadOnlyList<MeetingTell> Answer(Correction correction, Party actor, string sentence) =>
        correction.By.ObjectId == actor.ObjectId ? [] : [new MeetingTell(correction.By.ObjectId, sentence, NoticeKind.Answer)];

    private static IEnumerable<Party> Others(Meeting meeting, Party actor) => MinutesRules.Inside(meeting).Where(person => person.ObjectId != actor.ObjectId);
}
