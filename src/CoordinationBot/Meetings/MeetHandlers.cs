using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>Asking for a meeting, and changing one: the typed sentence, the form, and what comes of it.</summary>
internal sealed class MeetHandlers(MeetingStore store, MeetingDesk desk, MeetDetails details, DialogHandlers dialogs, FormReader reader, PeopleDirectory directory, OfficeOptions office)
{
    public async ValueTask<TurnResult> MeetAsync(Turn turn, CancellationToken cancel)
    {
        if (turn.Argument.Length == 0)
        {
            return await dialogs.OpenAsync(turn, MeetForm.Form.Name, cancel);
        }
        var context = await dialogs.ContextAsync(turn, cancel);
        var sentence = MeetSentence.Parse(turn.Argument, turn.Now.ToInstant(), Zones.Find(context.Zone), WorkTimes.Of(await directory.SpeakerAsync(turn, cancel), office));
        var reading = MeetDraft.Prefill(DialogHandlers.NewDraft(turn, MeetForm.Form), sentence, context);
        reading = await ReadAsync(reading, MeetForm.People, sentence.People, turn, context, cancel);
        // Whoever names only people outside means them.
        if (sentence.People is null && sentence.Outside is not null)
        {
            reading = reading with { Draft = reading.Draft.Skip(MeetForm.People) };
        }
        reading = await ReadAsync(reading, MeetForm.Optional, sentence.Optional, turn, context, cancel);
        return await dialogs.OpenAsync(turn, MeetForm.Form.Name, reading, context, cancel);
    }

    /// <summary>The form with everything that the meeting has.</summary>
    public async ValueTask<TurnResult> ChangeAsync(Turn turn, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is not { } meeting)
        {
            return new TurnResult.Refused(MeetingDesk.NoSuch);
        }
        var bar = MeetingRules.OrganiserOnly(meeting, turn.Actor.ObjectId) ?? (meeting.State is MeetingState.Finding or MeetingState.Polling ? null : MeetingRules.NotAhead(meeting, turn.Now));
        return bar is { Sentence: { } sentence }
            ? new TurnResult.Refused(sentence, MeetingCards.For(await desk.ViewAsync(turn, meeting, cancel) with { Refusal = sentence }))
            : await dialogs.OpenFilledAsync(turn, MeetDraft.Of(DialogHandlers.NewDraft(turn, MeetForm.Form), meeting, turn.Now), cancel);
    }

    /// <summary>The dialog's result: a meeting whose time is looked for, or one that is changed.</summary>
    public async ValueTask<TurnResult> SendAsync(Turn turn, Draft draft, CancellationToken cancel)
    {
        var context = await dialogs.ContextAsync(turn, cancel);
        if (MeetDetails.Notes(draft, context).Barrier is { } barrier)
        {
            return new TurnResult.Refused(barrier);
        }
        var wanted = await details.ReadAsync(turn, draft, context, cancel);
        if (MeetDraft.MeetingIn(draft) is { } changed)
        {
            var outcome = await store.UpdateAsync(turn.Tenant, changed, draft.Id, meeting => MeetingChangeRules.Change(meeting, turn.Actor.ObjectId, wanted, turn.Now), cancel);
            return outcome switch
            {
                null => new TurnResult.Refused(MeetingDesk.NoSuch),
                MeetingOutcome.Unchanged { Sentence: { } sentence } => new TurnResult.Refused(sentence),
                _ => await ShowAsync(turn, outcome.State, cancel),
            };
        }
        // The card that was pressed becomes the organiser's living card; a typed "send" has none, so one is sent.
        var pressed = turn is { Scope: ConversationScope.Personal, Activity.ReplyToId: { } card } && turn.Inputs.Has("draft") ? new CardPlace(turn.Conversation, card) : null;
        var organiser = await directory.SpeakerAsync(turn, cancel);
        var mail = await details.AddressAsync(turn, cancel);
        var begun = await store.CreateAsync(
            turn.Tenant,
            draft.Id,
            pressed,
            id => MeetingRules.Begin(new Meeting
            {
                Id = id,
                Tenant = turn.Tenant,
                Organiser = new Party(organiser.ObjectId, organiser.Name),
                OrganiserMail = mail,
                Subject = wanted.Subject,
                Purpose = wanted.Purpose,
                Invitees = wanted.Invitees,
                Minutes = wanted.Minutes,
                Window = wanted.Window,
                Place = wanted.Place,
                Objective = wanted.Objective,
                IsConfidential = wanted.IsConfidential,
                Repeats = wanted.Repeats,
                State = MeetingState.Finding,
                Revision = 1,
                Origin = draft.Id,
                CreatedAt = turn.Now,
            }),
            cancel);
        return await ShowAsync(turn, begun, cancel);
    }

    public async ValueTask<TurnResult?> FindSentAsync(Turn turn, string draftId, CancellationToken cancel)
    {
        var meeting = await store.FindByOriginAsync(turn.Tenant, draftId, cancel)
            ?? (MeetDraft.MeetingIn(draftId) is var changed && await store.IsDoneAsync(turn.Tenant, changed, draftId, cancel) ? await store.FindAsync(turn.Tenant, changed, cancel) : null);
        return meeting is not null && meeting.Organiser.ObjectId == turn.Actor.ObjectId ? await ShowAsync(turn, meeting, cancel) : null;
    }

    private async ValueTask<TurnResult> ShowAsync(Turn turn, Meeting meeting, CancellationToken cancel) =>
        new TurnResult.Show(MeetingCards.For(await desk.ViewAsync(turn, meeting, cancel)));

    private async ValueTask<Reading> ReadAsync(Reading reading, Field field, string? typed, Turn turn, DialogContext context, CancellationToken cancel)
    {
        if (typed is null)
        {
            return reading;
        }
        var next = await reader.FromTextAsync(field, reading.Draft, typed, turn, context, cancel);
        return new Reading(next.Draft, reading.Problems.Concat(next.Problems).ToDictionary(StringComparer.Ordinal));
    }
}
