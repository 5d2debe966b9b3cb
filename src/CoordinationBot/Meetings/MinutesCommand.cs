using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Meetings;

/// <summary><c>minutes M-…</c>: the card; with more words, what they say.</summary>
internal sealed class MinutesCommand(MeetingDesk meetings, MinutesDesk desk, MinutesStore store, MinutesHandlers handlers)
{
    private const string Unclear = "I did not understand that, so nothing was written. Please begin with note, decision, question or action. For example: decision We take the second offer. "
        + "With the number of an agenda item in front it stands there: 2 decision We take the second offer.";

    private const string By = " by ";

    public async ValueTask<TurnResult> RunAsync(Turn turn, CancellationToken cancel)
    {
        var (id, said) = MinutesSentence.Split(turn.Argument);
        if (await desk.FindAsync(turn, id, cancel) is not var (meeting, minutes))
        {
            return new TurnResult.Say(MeetingDesk.NoSuch);
        }
        var speaker = await handlers.SpeakerAsync(turn, cancel);
        return said.Length == 0 ? await handlers.OpenAsync(turn, meeting, cancel) : MinutesSentence.Parse(said) switch
        {
            MinutesSentence.Unclear => new TurnResult.Say(Unclear),
            MinutesSentence.Taker taker => Participant.Find(meeting, taker.Name, turn.Actor.ObjectId) is { Person: { } person }
                ? Answer(await handlers.StartAsync(turn, meeting, person.ObjectId, new MinutesActor(turn.Actor.ObjectId, IsTyped: true), cancel))
                : new TurnResult.Say(Participant.Find(meeting, taker.Name, turn.Actor.ObjectId).Sentence!),
            _ when minutes is null => await handlers.OpenAsync(turn, meeting, cancel),
            MinutesSentence.Files => await handlers.FilesAsync(turn, minutes, 0, cancel),
            MinutesSentence.Version version => await handlers.FilesAsync(turn, minutes, version.Number, cancel),
            MinutesSentence.Circulate => await ActAsync(turn, meeting, known => CirculationRules.Circulate(known, meeting, speaker), cancel),
            MinutesSentence.Finish => await ActAsync(turn, meeting, known => CirculationRules.Finish(known, meeting, speaker, turn.Now), cancel),
            MinutesSentence.Says says => await WriteAsync(turn, meeting, says, cancel),
            _ => throw new InvalidOperationException("A sentence about minutes has no answer."),
        };
    }

    private async ValueTask<TurnResult> WriteAsync(Turn turn, Meeting meeting, MinutesSentence.Says says, CancellationToken cancel)
    {
        var (speaker, zone) = (await handlers.SpeakerAsync(turn, cancel), await meetings.ZoneAsync(turn, cancel));
        var entry = new NewEntry(says.Kind, says.Text);
        if (says.Kind == EntryKind.Action)
        {
            entry = Action(meeting, turn, says.Text, zone);
        }
        return await ActAsync(turn, meeting, minutes => MinutesRules.Add(minutes, speaker, entry with { Section = SectionOf(minutes, says.Item) }, null), cancel);
    }

    /// <summary>
    /// "Send the figures, Bob, fri 5pm", "Bob: send the figures by fri 5pm", "Bob sends the figures by friday": who and until when, where they can be
    /// nothing else.
    /// </summary>
    private NewEntry Action(Meeting meeting, Turn turn, string typed, string zone)
    {
        Party? Person(string name) => handlers.Described(meeting, turn, name, null, zone).Who;
        Due? Until(string date) => handlers.Described(meeting, turn, null, date, zone).Until;

        List<string> parts = [.. typed.Split(',', StringSplitOptions.TrimEntries)];
        var due = parts.Count > 1 ? Until(parts[^1]) : null;
        if (due is not null)
        {
            parts.RemoveAt(parts.Count - 1);
        }
        var who = parts.Count > 1 ? Person(parts[^1]) : null;
        if (who is not null)
        {
            parts.RemoveAt(parts.Count - 1);
        }
        var text = string.Join(", ", parts);
        if (due is null && text.LastIndexOf(By, StringComparison.OrdinalIgnoreCase) is > 0 and var at && Until(text[(at + By.Length)..]) is { } until)
        {
            (text, due) = (text[..at], until);
        }
        if (who is null && text.Split(':', 2, StringSplitOptions.TrimEntries) is [var named, { Length: > 0 } rest] && Person(named) is { } person)
        {
            (text, who) = (rest, person);
        }
        return new NewEntry(EntryKind.Action, text, null, who ?? (char.IsUpper(text.FirstOrDefault()) ? Person(text.Split(' ', 2)[0]) : null), due);
    }

    /// <summary>The item with this number on the agenda; a number that it does not have is no section either.</summary>
    private static string? SectionOf(Minutes minutes, int? item)
    {
        var items = minutes.Sections.Where(section => section.Owner is not null).ToList();
        return item is not { } number ? null : number >= 1 && number <= items.Count ? items[number - 1].Id : "";
    }

    private async ValueTask<TurnResult> ActAsync(Turn turn, Meeting meeting, Func<Minutes, MinutesOutcome> rule, CancellationToken cancel) =>
        Answer(await store.UpdateAsync(meeting, new MinutesActor(turn.Actor.ObjectId, IsTyped: true), turn.OperationId, minutes => minutes is null ? new MinutesOutcome.Unchanged(null, MinutesDesk.NotBegun) : rule(minutes), turn.Now, cancel));

    /// <summary>What was done is seen on the card, which comes; what was not, and why, is said.</summary>
    private static TurnResult Answer(MinutesOutcome outcome) => outcome is MinutesOutcome.Unchanged unchanged
        ? new TurnResult.Say(unchanged.Sentence ?? "It is as it should be already.")
        : TurnResult.Nothing.Instance;
}
