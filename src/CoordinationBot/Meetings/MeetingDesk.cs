using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Meetings;

/// <summary>What the handlers of meetings share: find one for who asks, act on it by a rule, show how it stands.</summary>
internal sealed class MeetingDesk(MeetingStore store, SlotFinder finder, PeopleDirectory directory, OfficeOptions office)
{
    /// <summary>The same for what does not exist and for what is none of theirs.</summary>
    public const string NoSuch = "There is no such meeting that you are part of. Type my meetings to see yours.";

    /// <summary>The meeting; null when it is none of theirs.</summary>
    public async ValueTask<Meeting?> FindAsync(Turn turn, string? id, CancellationToken cancel) =>
        id is not null && await store.FindAsync(turn.Tenant, id.Trim().ToUpperInvariant(), cancel) is { } meeting && meeting.Includes(turn.Actor.ObjectId) ? meeting : null;

    /// <summary>Acts on the meeting that a button names, and shows it as it is then, with the sentence if nothing was done.</summary>
    /// <param name="turn">The press.</param>
    /// <param name="rule">Decides.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="keepOpen">What the card keeps open when nothing was done.</param>
    public async ValueTask<TurnResult> ActAsync(Turn turn, Func<Meeting, MeetingOutcome> rule, CancellationToken cancel, Func<MeetingView, MeetingView>? keepOpen = null)
    {
        var outcome = await store.UpdateAsync(
            turn.Tenant, turn.Inputs.Text("id")?.ToUpperInvariant() ?? "", turn.OperationId, known => known.Includes(turn.Actor.ObjectId) ? rule(known) : new MeetingOutcome.Unchanged(known), cancel);
        if (outcome is null || !outcome.State.Includes(turn.Actor.ObjectId))
        {
            return new TurnResult.Refused(NoSuch);
        }
        var view = await ViewAsync(turn, outcome.State, cancel);
        if (outcome is not MeetingOutcome.Unchanged { Sentence: { } sentence })
        {
            return new TurnResult.Show(MeetingCards.For(view));
        }
        view = view with { Refusal = sentence };
        return new TurnResult.Refused(sentence, MeetingCards.For(keepOpen is null ? view : keepOpen(view)));
    }

    /// <summary>Shows the meeting that a button names in place of the card that was pressed.</summary>
    public async ValueTask<TurnResult> ShowAsync(Turn turn, Func<MeetingView, MeetingView> with, CancellationToken cancel) =>
        await FindAsync(turn, turn.Inputs.Text("id"), cancel) is { } meeting
            ? new TurnResult.Show(MeetingCards.For(with(await ViewAsync(turn, meeting, cancel))))
            : new TurnResult.Refused(NoSuch);

    public async ValueTask<MeetingView> ViewAsync(Turn turn, Meeting meeting, CancellationToken cancel) =>
        new(meeting, turn.Actor.ObjectId, await ZoneAsync(turn, cancel), turn.Now) { Offer = meeting.Organiser.ObjectId == turn.Actor.ObjectId ? await OfferAsync(meeting, turn.Now, cancel) : null };

    /// <summary>As somebody sees it who does not ask for it now.</summary>
    public MeetingView View(Meeting meeting, SlotOffer? offer, Person viewer, IReadOnlyList<string> news, DateTimeOffset now) =>
        new(meeting, viewer.ObjectId, viewer.Zone ?? office.Zone, now) { News = news, Offer = meeting.Organiser.ObjectId == viewer.ObjectId ? offer : null };

    /// <summary>Times to choose from, as long as there is none; null: none are looked for.</summary>
    public async ValueTask<SlotOffer?> OfferAsync(Meeting meeting, DateTimeOffset now, CancellationToken cancel) =>
        meeting.State == MeetingState.Finding ? await finder.FindAsync(meeting, null, now, cancel) : null;

    /// <summary>The zone in which times are shown to the speaker.</summary>
    public async ValueTask<string> ZoneAsync(Turn turn, CancellationToken cancel) => (await directory.SpeakerAsync(turn, cancel)).Zone ?? office.Zone;
}
