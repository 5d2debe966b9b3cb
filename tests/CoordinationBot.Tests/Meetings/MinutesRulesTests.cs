using System.Text;
using CoordinationBot.Authority;
using CoordinationBot.Meetings;
using CoordinationBot.Storage;
using static CoordinationBot.Tests.Meetings.MinutesWorld;

namespace CoordinationBot.Tests.Meetings;

public sealed class MinutesRulesTests
{
    [Fact]
    public void They_begin_with_the_agenda_when_the_meeting_has_begun()
    {
        var minutes = Minutes(Item(1), Item(2, Bob));
        Assert.Equal(["Item 1", "Item 2", "Beside the agenda"], minutes.Sections.Select(section => section.Title));
        Assert.Equal(("ann", MinutesState.Draft, 0), (minutes.Taker.ObjectId, minutes.State, minutes.Versions));
        Assert.Equal(["Ann Abel", "Bob Berg", "Eve Ek", "Kim"], minutes.People.Select(person => person.Name));
    }

    [Fact]
    public void Not_before_it_has_begun_nor_when_it_was_cancelled_nor_by_others()
    {
        Assert.Contains("Minutes begin when the meeting does, Thu 26 Nov 2026, 14:00 (Europe/Berlin)", Refusal(MinutesRules.Start(Meeting(), "ann", null, [], Start.AddSeconds(-1))), StringComparison.Ordinal);
        Assert.Contains("it has no time yet", Refusal(MinutesRules.Start(Meeting() with { Time = null, State = MeetingState.Polling }, "ann", null, [], After)), StringComparison.Ordinal);
        Assert.Contains("was cancelled", Refusal(MinutesRules.Start(Meeting() with { State = MeetingState.Cancelled }, "ann", null, [], After)), StringComparison.Ordinal);
        Assert.Contains("Ann Abel, who organises the meeting, begins them or names who does", Refusal(MinutesRules.Start(Meeting(), "bob", null, [], After)), StringComparison.Ordinal);
        Assert.Contains("must take part", Refusal(MinutesRules.Start(Meeting(), "ann", "zoe", [], After)), StringComparison.Ordinal);
        Assert.Contains("be inside", Refusal(MinutesRules.Start(Meeting(), "ann", "kim@contoso.example", [], After)), StringComparison.Ordinal);
    }

    [Fact]
    public void Whom_the_organiser_names_writes_them_and_hears_of_it()
    {
        var begun = Changed(MinutesRules.Start(Meeting(), "ann", "bob", [], After));
        Assert.Equal(("bob", "bob"), (begun.State.Taker.ObjectId, Assert.Single(begun.Tells).ObjectId));
        Assert.Single(Changed(MinutesRules.Add(begun.State, Bob, new NewEntry(EntryKind.Note, "Hello"), null)).State.Entries);
        Assert.Contains("Bob Berg writes these minutes", Refusal(MinutesRules.Add(begun.State, Eve, new NewEntry(EntryKind.Note, "Hello"), null)), StringComparison.Ordinal);
        Assert.Contains("only Ann Abel", Refusal(MinutesRules.NameTaker(begun.State, Meeting(), "bob", "eve")), StringComparison.Ordinal);
        Assert.Equal("eve", Changed(MinutesRules.NameTaker(begun.State, Meeting(), "ann", "eve")).State.Taker.ObjectId);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void An_empty_entry_is_refused(string? text) =>
        Assert.Equal("Please write what was said.", Refusal(MinutesRules.Add(Minutes(), Ann, new NewEntry(EntryKind.Note, text), null)));

    [Theory]
    [InlineData("Note", 1000)]
    [InlineData("Decision", 1000)]
    [InlineData("Question", 1000)]
    [InlineData("Action", 200)]
    public void An_entry_is_as_long_as_fits_and_no_longer(string name, int longest)
    {
        var kind = Enum.Parse<EntryKind>(name);
        Assert.Single(Changed(MinutesRules.Add(Minutes(), Ann, new NewEntry(kind, new string('x', longest)), null)).State.Entries);
        Assert.Contains($"at most {longest:N0} fit", Refusal(MinutesRules.Add(Minutes(), Ann, new NewEntry(kind, new string('x', longest + 1)), null)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_press_twice_writes_once_and_the_same_words_later_twice()
    {
        var once = Changed(MinutesRules.Add(Minutes(), Ann, new NewEntry(EntryKind.Note, "Agreed"), 1)).State;
        Assert.Equal("", Refusal(MinutesRules.Add(once, Ann, new NewEntry(EntryKind.Note, "Agreed"), 1)));
        Assert.Equal(2, Changed(MinutesRules.Add(once, Ann, new NewEntry(EntryKind.Note, "Agreed"), 2)).State.Entries.Count);
        Assert.Equal(2, Changed(MinutesRules.Add(once, Bob with { ObjectId = "ann", Name = "Ann" }, new NewEntry(EntryKind.Note, "Not agreed"), 1)).State.Entries.Count);
    }

    [Fact]
    public void Of_two_who_reword_at_once_the_second_is_told()
    {
        var minutes = Minutes().With(EntryKind.Decision, "We take the second offer");
        var first = Changed(MinutesRules.Reword(minutes, Ann, "E1", 1, "We take the third offer")).State;
        Assert.Contains("Ann Abel reworded it meanwhile", Refusal(MinutesRules.Reword(first, Ann, "E1", 1, "We take none")), StringComparison.Ordinal);
        Assert.Equal("", Refusal(MinutesRules.Reword(first, Ann, "E1", 1, "We take the third offer")));
        Assert.Contains("reworded it meanwhile", Refusal(MinutesRules.Remove(first, "ann", "E1", 1)), StringComparison.Ordinal);
        Assert.Empty(Changed(MinutesRules.Remove(first, "ann", "E1", 2)).State.Entries);
        Assert.Contains("no longer there", Refusal(MinutesRules.Reword(Minutes(), Ann, "E1", 1, "We take none")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_action_item_is_given_by_the_organiser_once()
    {
        var minutes = Minutes().With(EntryKind.Action, "Send the figures");
        Assert.Null(MinutesRules.CheckGive(minutes, "ann", "E1"));
        Assert.Contains("Only Ann Abel", MinutesRules.CheckGive(minutes with { Taker = Bob }, "bob", "E1"), StringComparison.Ordinal);
        var linked = Changed(MinutesRules.Link(minutes, "E1", "D-7K3F9Q", false)).State;
        Assert.Contains("given already: D-7K3F9Q", MinutesRules.CheckGive(linked, "ann", "E1"), StringComparison.Ordinal);
        Assert.Equal("", Refusal(MinutesRules.Link(linked, "E1", "D-AAAAAA", false)));
        Assert.Contains("it became D-7K3F9Q", Refusal(MinutesRules.Remove(linked, "ann", "E1", 1)), StringComparison.Ordinal);
        Assert.Contains("no longer there", MinutesRules.CheckGive(Minutes().With(EntryKind.Note, "x"), "ann", "E1"), StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_circulated_corrected_and_then_final()
    {
        var written = Minutes().With(EntryKind.Decision, "We take the second offer");
        Assert.Contains("circulate them first", Refusal(CirculationRules.Finish(written, Meeting(), Ann, After)), StringComparison.Ordinal);
        Assert.Contains("not circulated yet", Refusal(CirculationRules.Propose(written, Bob, "E1", "The third", After)), StringComparison.Ordinal);
        var sent = Changed(CirculationRules.Circulate(written, Meeting(), Ann));
        Assert.Equal(["bob", "eve"], sent.Tells.Select(tell => tell.ObjectId));
        var proposed = Changed(CirculationRules.Propose(sent.State, Bob, "E1", "We take the third offer", After));
        Assert.Equal("ann", Assert.Single(proposed.Tells).ObjectId);
        Assert.Equal("", Refusal(CirculationRules.Propose(proposed.State, Bob, "E1", "We take the third offer", After)));
        Assert.Contains("a correction waits", Refusal(CirculationRules.Finish(proposed.State, Meeting(), Ann, After)), StringComparison.Ordinal);
        Assert.Contains("writes these minutes", Refusal(CirculationRules.Take(proposed.State, Bob, "C2", 1)), StringComparison.Ordinal);
        var taken = Changed(CirculationRules.Take(proposed.State, Ann, "C2", 1));
        Assert.Equal(("We take the third offer", "bob"), (taken.State.Entries[0].Text, Assert.Single(taken.Tells).ObjectId));
        var final = Changed(CirculationRules.Finish(taken.State, Meeting(), Ann, After));
        Assert.Equal((1, MinutesState.Final), (final.Version!.Number, final.State.State));
    }

    [Fact]
    public void A_correction_is_refused_with_a_word_and_taken_over_only_on_what_was_seen()
    {
        var proposed = Changed(CirculationRules.Propose(Minutes().With(EntryKind.Decision, "Old").Circulated(), Bob, "E1", "New", After)).State;
        Assert.Contains("Please write a short word why", Refusal(CirculationRules.Refuse(proposed, Ann, "C2", " ")), StringComparison.Ordinal);
        Assert.Contains("because it was so", Assert.Single(Changed(CirculationRules.Refuse(proposed, Ann, "C2", "because it was so")).Tells).Sentence, StringComparison.Ordinal);
        var reworded = Changed(MinutesRules.Reword(proposed, Ann, "E1", 1, "Newer")).State;
        Assert.Contains("reworded the entry meanwhile", Refusal(CirculationRules.Take(reworded, Ann, "C2", 1)), StringComparison.Ordinal);
        Assert.Equal("", Refusal(CirculationRules.Take(Changed(CirculationRules.Take(reworded, Ann, "C2", 2)).State, Ann, "C2", 3)));
        // What was corrected was taken out meanwhile: nothing of what was proposed is lost.
        var removed = Changed(MinutesRules.Remove(proposed, "ann", "E1", 1)).State;
        Assert.Equal("New", Assert.Single(Changed(CirculationRules.Take(removed, Ann, "C2", null)).State.Entries).Text);
    }

    [Fact]
    public void A_later_change_makes_a_new_version_that_says_what_changed()
    {
        var first = Changed(CirculationRules.Finish(Minutes().With(EntryKind.Decision, "Old").With(EntryKind.Note, "Gone").Circulated(), Meeting(), Ann, After)).Version!;
        Assert.Contains("version 1 is final", Refusal(CirculationRules.Circulate(first.Content, Meeting(), Ann)), StringComparison.Ordinal);
        var changed = Changed(MinutesRules.Remove(Changed(MinutesRules.Reword(first.Content, Ann, "E1", 1, "New")).State, "ann", "E2", 1)).State.With(EntryKind.Question, "Who pays?");
        Assert.Equal((MinutesState.Draft, 1), (changed.State, changed.Versions));
        var second = Changed(CirculationRules.Finish(changed.Circulated(), Meeting(), Ann, After)).Version!;
        Assert.Equal(2, second.Number);
        Assert.Equal(["Added an open question: Who pays?", "Changed a decision from “Old” to “New”", "Removed a note: Gone"], CirculationRules.Differences(first.Content, second.Content));
    }

    [Fact]
    public void What_stayed_open_begins_the_next_ones_and_keeps_what_it_came_from()
    {
        var last = Minutes().With(EntryKind.Question, "Who pays?").With(EntryKind.Action, "Send the figures");
        var next = Changed(MinutesRules.Start(Meeting(Item(1)) with { Id = "M-BBBBBB" }, "ann", null, last.Entries, After)).State;
        Assert.Equal(["Open from last time", "Item 1", "Beside the agenda"], next.Sections.Select(section => section.Title));
        Assert.Equal(["M-7K3F9Q.E1", "M-7K3F9Q.E2"], next.Entries.Select(entry => entry.Origin));
        Assert.Equal("M-BBBBBB.E3", next.With(EntryKind.Action, "More").Entries[2].Origin);
    }

    /// <summary>A row of the store holds what the limits allow, in any script.</summary>
    [Theory]
    [InlineData("x")]
    [InlineData("漢")]
    [InlineData("👋")]
    [InlineData("\"")]
    public void The_fullest_minutes_can_be_stored(string letter)
    {
        var minutes = Minutes([.. Enumerable.Range(1, AgendaRules.MostItems).Select(number => new AgendaItem($"I{number}", Full(letter, AgendaRules.LongestTitle), new Party("ann", Full(letter, 100)), 10))]);
        while (MinutesRules.Add(minutes, Ann, new NewEntry(EntryKind.Note, Full(letter, minutes.Entries.Count < 20 ? MinutesLimits.EntryText : 200)), null) is MinutesOutcome.Changed added)
        {
            minutes = added.State;
        }
        Assert.InRange(minutes.Entries.Count, 20, MinutesLimits.Entries);
        minutes = minutes with { People = [.. Enumerable.Range(0, 200).Select(number => new Party(Guid.CreateVersion7().ToString(), Full(letter, 60)))] };
        var row = JsonRows.Bytes(new MinutesVersion(1, After, Ann, minutes), MinutesJson.Default.MinutesVersion);
        TableLimits.CheckCommit("tenant|N|M-7K3F9Q", [new Change.Upsert("state", JsonRows.Bytes(minutes, MinutesJson.Default.Minutes)), new Change.Insert("version|0001", row)]);
        Assert.NotEmpty(Encoding.UTF8.GetString(row.Span));
    }

    private static string Full(string letter, int length) => string.Concat(Enumerable.Repeat(letter, length / letter.Length));
}
