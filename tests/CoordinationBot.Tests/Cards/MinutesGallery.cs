using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Meetings;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Tests.Cards;

/// <summary>Agenda, brief and minutes.</summary>
internal static class MinutesGallery
{
    private const string Zone = "Europe/Berlin";
    private const int Name = 60;

    private static readonly DateTimeOffset Start = new(2026, 11, 26, 13, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Before = Start.AddDays(-1);

    public static IEnumerable<(string Name, Func<Gallery, AdaptiveCard> Make)> Cards()
    {
        yield return ("agenda-empty", office => AgendaCards.For(new AgendaView(Meeting(office), "bob", Zone, Before)));
        yield return ("agenda-organiser", office => AgendaCards.For(new AgendaView(With(office, 2), "ann", Zone, Before) { Open = Open(office) }));
        yield return ("agenda-invited", office => AgendaCards.For(new AgendaView(With(office, 2), "bob", Zone, Before)));
        yield return ("agenda-full", office => AgendaCards.For(new AgendaView(With(office, 40), "ann", Zone, Before)));
        yield return ("agenda-many-people", office => AgendaCards.For(new AgendaView(With(office, 2) with { Invitees = [.. Enumerable.Range(1, 200).Select(number => new Invitee { Key = $"p{number}", Name = office.Typed("Kim Kern", Name), IsRequired = true })] }, "ann", Zone, Before)));
        yield return ("agenda-closed", office => AgendaCards.For(new AgendaView(With(office, 2) with { Agenda = With(office, 2).Agenda with { CutOff = Before } }, "bob", Zone, Before)));
        yield return ("agenda-refused", office => AgendaCards.For(new AgendaView(With(office, 1), "bob", Zone, Before)
        {
            Refusal = "It was not added: please say how long it takes, from 1 to 480 minutes. For example: Budget review, 15 min",
            Typed = Protocol.Turns.Inputs.Of(new Dictionary<string, string> { ["title"] = office.Typed("Prices", AgendaRules.LongestTitle), ["minutes"] = "10000" }),
        }));
        yield return ("agenda-begun", office => AgendaCards.For(new AgendaView(With(office, 2), "ann", Zone, Start)));
        yield return ("brief", office => BriefCards.For(new Brief(With(office, office.ManySteps ? 40 : 3) with { Place = office.Typed("Room 2.04", MeetingLimits.Place), Purpose = office.Typed("Agree on the budget", MeetingLimits.Words) }, Zone, Open(office), [.. Between(office)], Before) { News = [BriefRules.Sentence] }));
        yield return ("brief-bare", office => BriefCards.For(new Brief(Meeting(office), Zone, OpenPoints.None, [], Before)));
        yield return ("brief-gone", office => BriefCards.Gone(Meeting(office)));
        yield return ("brief-moved", office => BriefCards.Moved(Meeting(office)));
        yield return ("minutes-not-begun", office => MinutesCards.NotBegun(Meeting(office), Open(office)));
        yield return ("minutes-begun", office => MinutesCards.For(View(office, Begun(office), "ann")));
        yield return ("minutes-writer", office => MinutesCards.For(View(office, Written(office), "ann")));
        yield return ("minutes-writer-in-the-middle", office => MinutesCards.For(View(office, Written(office), "ann") with { From = 2 }));
        yield return ("minutes-taker", office => MinutesCards.For(View(office, Written(office) with { Taker = Bob(office) }, "bob") with { News = [$"{Ann(office).Name} asks you to write the minutes."] }));
        yield return ("minutes-reader-of-a-draft", office => MinutesCards.For(View(office, Written(office), "eve") with { Readable = null }));
        yield return ("minutes-editing", office => MinutesCards.For(View(office, Written(office), "ann") with { Editing = "E2" }));
        yield return ("minutes-refused", office => MinutesCards.For(View(office, Written(office), "ann") with
        {
            Editing = "E2",
            Refusal = $"Nothing was changed: {Bob(office).Name} reworded it meanwhile. Please look at it as it is now; your own words are still here.",
            Typed = Protocol.Turns.Inputs.Of(new Dictionary<string, string> { ["text"] = office.Typed("We take the third offer", MinutesLimits.EntryText) }),
        }));
        yield return ("minutes-circulated-writer", office => MinutesCards.For(View(office, Circulated(office), "ann")));
        yield return ("minutes-circulated-reader", office => MinutesCards.For(View(office, Circulated(office), "bob") with { News = [$"{Ann(office).Name} sends you the minutes. Please say if something in them is wrong."] }));
        yield return ("minutes-correction", office => MinutesCards.For(View(office, Circulated(office) with { Corrections = [new Correction("C9", Bob(office), "E2", office.Typed("We take the third offer", MinutesLimits.EntryText), Start), new Correction("C10", Bob(office), null, "x", Start)] }, "ann")));
        yield return ("minutes-correction-missing", office => MinutesCards.For(View(office, Circulated(office) with { Corrections = [new Correction("C9", Bob(office), null, office.Typed("Kim was late", MinutesLimits.EntryText), Start)] }, "ann")));
        yield return ("minutes-final", office => MinutesCards.For(View(office, Written(office) with { State = MinutesState.Final, Versions = 2 }, "bob") with { News = ["The minutes have changed: version 2 is final."] }));
        yield return ("minutes-moved", office => MinutesCards.Moved(Begun(office)));
        yield return ("minutes-files", office => MinutesCards.Files(Begun(office), 2, new Uri($"https://bot.example.com/exports/{new string('x', 180)}"), new Uri($"https://bot.example.com/exports/{new string('y', 180)}"), Start, Zone));
    }

    private static Party Ann(Gallery office) => new("ann", office.Typed("Ann Abel", Name));

    private static Party Bob(Gallery office) => new("bob", office.Typed("Bob Berg", Name));

    private static Meeting Meeting(Gallery office) => new()
    {
        Id = "M-7K3F9Q",
        Tenant = "tenant",
        Organiser = Ann(office),
        Subject = office.Typed("Budget", MeetingLimits.Subject),
        Invitees = [new Invitee { Key = "bob", Name = Bob(office).Name, IsRequired = true }, new Invitee { Key = "kim@contoso.example", Name = office.Typed("Kim", Name), IsRequired = false, IsOutside = true }],
        Minutes = 45,
        Window = new MeetingWindow(Before, Start.AddDays(3), Zone),
        State = MeetingState.Scheduled,
        Time = new MeetingTime(Start, 45, Zone),
        Revision = 1,
        Origin = "draft-1",
        CreatedAt = Before,
    };

    private static Meeting With(Gallery office, int items) => Meeting(office) with
    {
        Agenda = new Agenda([.. Enumerable.Range(1, items).Select(number => new AgendaItem($"I{number}", office.Typed("Budget review", AgendaRules.LongestTitle), Bob(office), 15))], items + 1),
    };

    private static MinutesEntry Entry(Gallery office, int number, string section, EntryKind kind, string text) =>
        new($"E{number}", section, kind, office.Typed(text, MinutesLimits.Longest(kind)), 1) { By = Ann(office), Origin = $"M-7K3F9Q.E{number}" };

    private static OpenPoints Open(Gallery office) => new(
        "M-AAAAAA",
        [
            .. Enumerable.Range(1, office.ManySteps ? 75 : 1).Select(number => Entry(office, number, "I1", EntryKind.Question, "Who pays?") with { Text = office.Typed("Who pays?", 300) }),
            Entry(office, 90, "I1", EntryKind.Action, "Send the figures") with { Who = Bob(office), Delegation = "D-7K3F9Q" },
            Entry(office, 91, "I1", EntryKind.Action, "Call Contoso"),
        ],
        new Dictionary<string, string> { ["D-7K3F9Q"] = "in progress" },
        true);

    private static IEnumerable<IndexEntry> Between(Gallery office) => Enumerable.Range(1, office.ManySteps ? 200 : 2).Select(number =>
        new IndexEntry($"D-7K3F{number:D2}", 1, office.Typed("Prepare the budget table", DelegationLimits.Title), Ann(office), Bob(office), DelegationState.InProgress, new Due(Before.AddDays(number == 1 ? -2 : 2), Zone), 0, 3));

    private static CoordinationBot.Meetings.Minutes Begun(Gallery office) =>
        ((MinutesOutcome.Changed)MinutesRules.Start(With(office, office.ManySteps ? 40 : 2), "ann", null, [], Start)).State;

    private static CoordinationBot.Meetings.Minutes Written(Gallery office) => Begun(office) with
    {
        Entries =
        [
            Entry(office, 1, "I1", EntryKind.Note, "Bob showed the figures."),
            Entry(office, 2, "I1", EntryKind.Decision, "We take the second offer"),
            Entry(office, 3, "I2", EntryKind.Question, "Who pays?"),
            Entry(office, 4, "I2", EntryKind.Question, "Since when?") with { IsSettled = true },
            Entry(office, 5, "I2", EntryKind.Action, "Send the figures") with { Who = Bob(office), Due = new Due(Start.AddDays(3), Zone), Delegation = "D-7K3F9Q" },
            Entry(office, 6, "X", EntryKind.Action, "Call Contoso") with { Who = Bob(office) },
            .. Enumerable.Range(7, office.ManySteps ? 40 : 0).Select(number => Entry(office, number, "X", EntryKind.Note, "More")),
            .. Enumerable.Range(50, office.ManySteps ? 90 : 0).Select(number => Entry(office, number, "X", EntryKind.Note, "More") with { Text = "x" }),
        ],
        Next = 7,
    };

    private static CoordinationBot.Meetings.Minutes Circulated(Gallery office) => Written(office) with { State = MinutesState.Circulated };

    private static MinutesView View(Gallery office, CoordinationBot.Meetings.Minutes minutes, string viewer) => new(minutes, minutes, viewer, Zone);
}
