using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Files;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>The buttons on the card of minutes.</summary>
internal sealed class MinutesHandlers(
    MeetingDesk meetings, OccurrenceDesk dates, MinutesDesk desk, MinutesStore store, LastMinutes last, PeopleDirectory directory, DialogHandlers dialogs, AuthorityStore authorities, FileLinks links, OfficeOptions office)
{
    public async ValueTask<TurnResult> StartAsync(Turn turn, CancellationToken cancel) =>
        await dates.LastAsync(turn, turn.Inputs.Text("id"), cancel) is not { } meeting ? new TurnResult.Refused(MeetingDesk.NoSuch)
        : await desk.ViewAsync(turn, await StartAsync(turn, meeting, null, Pressed(turn), cancel), cancel) is { } view ? new TurnResult.Show(MinutesCards.For(view))
        : new TurnResult.Refused(((MinutesOutcome.Unchanged)MinutesRules.Start(meeting, turn.Actor.ObjectId, null, [], turn.Now)).Sentence!);

    public async ValueTask<TurnResult> OpenAsync(Turn turn, CancellationToken cancel) =>
        await dates.LastAsync(turn, turn.Inputs.Text("id"), cancel) is { } meeting ? await OpenAsync(turn, meeting, cancel) : new TurnResult.Refused(MeetingDesk.NoSuch);

    public ValueTask<TurnResult> ViewAsync(Turn turn, CancellationToken cancel) => ShowAsync(turn, view => view, cancel);

    public ValueTask<TurnResult> EditAsync(Turn turn, CancellationToken cancel) => ShowAsync(turn, view => view with { Editing = turn.Inputs.Text("entry") }, cancel);

    public async ValueTask<TurnResult> AddAsync(Turn turn, CancellationToken cancel)
    {
        var (who, due) = (turn.Inputs.Text("who"), turn.Inputs.Text("due"));
        var zone = await meetings.ZoneAsync(turn, cancel);
        var kind = Enum.TryParse<EntryKind>(turn.Inputs.Text("kind"), out var chosen) && Enum.IsDefined(chosen) ? chosen : EntryKind.Note;
        var speaker = await SpeakerAsync(turn, cancel);
        return await desk.PressAsync(
            turn,
            (meeting, minutes) => Described(meeting, turn, who, due, zone) is var (person, until, problem) && problem is not null && kind == EntryKind.Action
                ? MinutesRules.Refuse(minutes, problem)
                : MinutesRules.Add(minutes, speaker, new NewEntry(kind, turn.Inputs.Text("text"), turn.Inputs.Text("section"), person, until), turn.Inputs.Number("seen")),
            cancel);
    }

    public async ValueTask<TurnResult> RewordAsync(Turn turn, CancellationToken cancel)
    {
        var speaker = await SpeakerAsync(turn, cancel);
        return await desk.PressAsync(turn, (_, minutes) => MinutesRules.Reword(minutes, speaker, turn.Inputs.Text("entry"), turn.Inputs.Number("edition"), turn.Inputs.Text("text")), cancel, view => view with { Editing = turn.Inputs.Text("entry") });
    }

    public ValueTask<TurnResult> RemoveAsync(Turn turn, CancellationToken cancel) =>
        desk.PressAsync(turn, (_, minutes) => MinutesRules.Remove(minutes, turn.Actor.ObjectId, turn.Inputs.Text("entry"), turn.Inputs.Number("edition")), cancel);

    public ValueTask<TurnResult> SettleAsync(Turn turn, CancellationToken cancel) =>
        desk.PressAsync(turn, (_, minutes) => MinutesRules.Settle(minutes, turn.Actor.ObjectId, turn.Inputs.Text("entry")), cancel);

    public async ValueTask<TurnResult> CirculateAsync(Turn turn, CancellationToken cancel)
    {
        var speaker = await SpeakerAsync(turn, cancel);
        return await desk.PressAsync(turn, (meeting, minutes) => CirculationRules.Circulate(minutes, meeting, speaker), cancel);
    }

    public async ValueTask<TurnResult> ProposeAsync(Turn turn, CancellationToken cancel)
    {
        var speaker = await SpeakerAsync(turn, cancel);
        return await desk.PressAsync(turn, (_, minutes) => CirculationRules.Propose(minutes, speaker, MinutesPanels.Chosen(turn.Inputs.Text("entry")), turn.Inputs.Text("text"), turn.Now), cancel);
    }

    public async ValueTask<TurnResult> TakeAsync(Turn turn, CancellationToken cancel)
    {
        var speaker = await SpeakerAsync(turn, cancel);
        return await desk.PressAsync(turn, (_, minutes) => CirculationRules.Take(minutes, speaker, turn.Inputs.Text("correction"), turn.Inputs.Number("edition")), cancel);
    }

    public async ValueTask<TurnResult> RefuseAsync(Turn turn, CancellationToken cancel)
    {
        var speaker = await SpeakerAsync(turn, cancel);
        return await desk.PressAsync(turn, (_, minutes) => CirculationRules.Refuse(minutes, speaker, turn.Inputs.Text("correction"), turn.Inputs.Text("word")), cancel);
    }

    public async ValueTask<TurnResult> FinishAsync(Turn turn, CancellationToken cancel)
    {
        var speaker = await SpeakerAsync(turn, cancel);
        return await desk.PressAsync(turn, (meeting, minutes) => CirculationRules.Finish(minutes, meeting, speaker, turn.Now), cancel);
    }

    public async ValueTask<TurnResult> FilesAsync(Turn turn, CancellationToken cancel) =>
        await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not var (_, minutes) ? new TurnResult.Refused(MeetingDesk.NoSuch)
        : minutes is null ? new TurnResult.Refused(MinutesDesk.NotBegun)
        : await FilesAsync(turn, minutes, 0, cancel);

    /// <summary>Opens the form of a delegation with what the action item says. Its draft is named after the item, so that one item gives one delegation.</summary>
    public async ValueTask<TurnResult> GiveAsync(Turn turn, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not var (meeting, found) || found is null)
        {
            return new TurnResult.Refused(MeetingDesk.NoSuch);
        }
        var minutes = await desk.LinkAsync(meeting, found, turn.Now, cancel);
        var id = turn.Inputs.Text("entry");
        if (MinutesRules.CheckGive(minutes, turn.Actor.ObjectId, id) is { } refusal)
        {
            return new TurnResult.Refused(refusal, MinutesCards.For(await desk.ViewAsync(turn, minutes, cancel) with { Refusal = refusal }));
        }
        var action = minutes.Find(id)!;
        var draft = (DialogHandlers.NewDraft(turn, DelegationForm.Form) with { Id = action.Origin }).With(DelegationForm.Title, action.Text.ReplaceLineEndings(" "));
        if (action.Who is { } who && who.ObjectId != turn.Actor.ObjectId && await directory.FindAsync(turn.Tenant, who.ObjectId, cancel) is { } assignee)
        {
            draft = draft.With(DelegationForm.Assignee, assignee.ObjectId, assignee.Name);
        }
        if (action.Due is { } due && due.At > turn.Now)
        {
            draft = draft.With(DelegationForm.Due, due.At.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        }
        return await dialogs.OpenFilledAsync(turn, DelegationForm.With(draft, await authorities.MattersAsync(turn.Tenant, cancel)), cancel);
    }

    // ---- what the typed command shares

    /// <summary>Begins them, for whoever is named, with what stayed open before. What is there stays: beginning twice begins once.</summary>
    public async ValueTask<MinutesOutcome> StartAsync(Turn turn, Meeting meeting, string? taker, MinutesActor by, CancellationToken cancel)
    {
        var open = await last.OpenAsync(meeting, turn.Actor.ObjectId, turn.Now, cancel);
        return await store.UpdateAsync(
            meeting,
            by,
            turn.OperationId,
            minutes => minutes is null ? MinutesRules.Start(meeting, turn.Actor.ObjectId, taker, open.IsForAll ? open.Entries : [], turn.Now)
                : taker is null ? new MinutesOutcome.Unchanged(minutes)
                : MinutesRules.NameTaker(minutes, meeting, turn.Actor.ObjectId, taker),
            turn.Now,
            cancel);
    }

    public async ValueTask<TurnResult> OpenAsync(Turn turn, Meeting meeting, CancellationToken cancel)
    {
        if (await store.FindAsync(turn.Tenant, meeting.Id, cancel) is { } minutes)
        {
            await store.BringAsync(await desk.LinkAsync(meeting, minutes, turn.Now, cancel), turn.Actor.ObjectId, cancel);
            return TurnResult.Nothing.Instance;
        }
        return MinutesRules.Start(meeting, turn.Actor.ObjectId, null, [], turn.Now) is MinutesOutcome.Unchanged { Sentence: { } sentence }
            ? new TurnResult.Say(sentence)
            : new TurnResult.Open(MinutesCards.NotBegun(meeting, await last.OpenAsync(meeting, turn.Actor.ObjectId, turn.Now, cancel)));
    }

    public async ValueTask<TurnResult> FilesAsync(Turn turn, Minutes minutes, int version, CancellationToken cancel)
    {
        if (version > minutes.Versions || (version == 0 && await last.ReadableAsync(minutes, turn.Actor.ObjectId, cancel) is null))
        {
            return new TurnResult.Say(version > 0 ? $"There is no version {version} of these minutes." : $"{minutes.Taker.Name} is writing them. You get them when they are circulated.");
        }
        var (word, markdown) = MinutesFile.Requests(turn.Tenant, turn.Actor.ObjectId, minutes.Id, version);
        return await links.CreateAsync(word, turn.Now, cancel) is { } one && await links.CreateAsync(markdown, turn.Now, cancel) is { } other
            ? new TurnResult.Open(MinutesCards.Files(minutes, version, one, other, turn.Now + FileStore.Lifetime, await meetings.ZoneAsync(turn, cancel)))
            : new TurnResult.Say(FileLinks.NoAddress);
    }

    /// <summary>Who does an action item until when, as typed or chosen.</summary>
    public (Party? Who, Due? Until, string? Problem) Described(Meeting meeting, Turn turn, string? who, string? due, string zone)
    {
        var person = who is null ? default : Participant.Find(meeting, who, turn.Actor.ObjectId);
        var date = due is null ? null : TypedDate.Parse(due, turn.Now.ToInstant(), Zones.Find(zone), office.DayEnds);
        return (
            person.Person,
            date is TypedDateResult.Understood understood ? new Due(understood.When.ToDateTimeOffset().ToUniversalTime(), zone) : null,
            person.Sentence ?? (date as TypedDateResult.NotUnderstood)?.Sentence);
    }

    public async ValueTask<Party> SpeakerAsync(Turn turn, CancellationToken cancel)
    {
        var person = await directory.SpeakerAsync(turn, cancel);
        return new Party(person.ObjectId, person.Name);
    }

    /// <summary>The card that offered to begin them becomes the living one.</summary>
    private static MinutesActor Pressed(Turn turn) =>
        new(turn.Actor.ObjectId, Card: turn is { Scope: ConversationScope.Personal, Activity.ReplyToId: { } card } ? new CardPlace(turn.Conversation, card) : null);

    private async ValueTask<TurnResult> ShowAsync(Turn turn, Func<MinutesView, MinutesView> with, CancellationToken cancel) =>
        await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not var (meeting, minutes) ? new TurnResult.Refused(MeetingDesk.NoSuch)
        : minutes is null ? new TurnResult.Refused(MinutesDesk.NotBegun)
        : new TurnResult.Show(MinutesCards.For(with(await desk.ViewAsync(turn, turn.IsRefresh ? minutes : await desk.LinkAsync(meeting, minutes, turn.Now, cancel), cancel))));
}
