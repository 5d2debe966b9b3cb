using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Meetings;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Feedbacks;

/// <summary>What the owner of feedback does with it.</summary>
internal sealed class OwnerHandlers(
    FeedbackStore store, FeedbackDesk desk, PeopleDirectory directory, DialogHandlers dialogs, AuthorityStore authorities, DelegationStore delegations, MeetingStore meetings, MeetingDesk meetingDesk)
{
    private const int AgendaMinutes = 10;
    private const int LongestTitle = 120;

    /// <summary>Its card as a new message, to its owner or to the author who signed it.</summary>
    public async ValueTask<TurnResult> BringAsync(Turn turn, string? id, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, id, cancel) is var (feedback, actor))
        {
            if (feedback.Owner.ObjectId != actor.Who.ObjectId)
            {
                // A living card is its owner's; whoever stands in for them gets one that is shown once.
                return await desk.ShowAsync(turn, feedback, actor, null, cancel) is TurnResult.Show show ? new TurnResult.Open(show.Card) : new TurnResult.Say(FeedbackDesk.NoSuch);
            }
            await store.BringAsync(feedback, turn.Actor.ObjectId, cancel);
            return TurnResult.Nothing.Instance;
        }
        if (id is not null && await store.FindAsync(turn.Tenant, ReadableIds.Typed(id), cancel) is { } own && own.Author?.ObjectId == turn.Actor.ObjectId)
        {
            await store.BringAsync(own, turn.Actor.ObjectId, cancel);
            return TurnResult.Nothing.Instance;
        }
        return new TurnResult.Say(FeedbackDesk.NoSuch);
    }

    public ValueTask<TurnResult> BringAsync(Turn turn, CancellationToken cancel) => BringAsync(turn, turn.Inputs.Text("id"), cancel);

    /// <summary><c>show F-…</c>; null: that is no id of feedback.</summary>
    public async ValueTask<TurnResult?> ShowAsync(Turn turn, string id, CancellationToken cancel) =>
        id.StartsWith("F-", StringComparison.OrdinalIgnoreCase) ? await BringAsync(turn, id, cancel) : null;

    public async ValueTask<TurnResult> TextAsync(Turn turn, CancellationToken cancel) =>
        await desk.FindAsync(turn, turn.Inputs.Text("id"), cancel) is var (feedback, _) ? new TurnResult.Open(FeedbackCards.Text(feedback)) : new TurnResult.Refused(FeedbackDesk.NoSuch);

    public ValueTask<TurnResult> TakeAsync(Turn turn, CancellationToken cancel) => TakeAsync(turn, turn.Inputs.Text("id"), cancel);

    public ValueTask<TurnResult> TakeAsync(Turn turn, string? id, CancellationToken cancel) => desk.ActAsync(turn, id, FeedbackRules.Take, cancel);

    public ValueTask<TurnResult> AnswerAsync(Turn turn, CancellationToken cancel) => AnswerAsync(turn, turn.Inputs.Text("id"), turn.Inputs.Text("answer"), cancel);

    public ValueTask<TurnResult> AnswerAsync(Turn turn, string? id, string? text, CancellationToken cancel) =>
        desk.ActAsync(turn, id, (feedback, actor) => FeedbackRules.Answer(feedback, actor, text), cancel);

    public ValueTask<TurnResult> MoveAsync(Turn turn, CancellationToken cancel) =>
        MoveAsync(turn, turn.Inputs.Text("id"), Enum.TryParse<FeedbackState>(turn.Inputs.Text("state"), out var state) && Enum.IsDefined(state) ? state : null, turn.Inputs.Text("reason"), cancel);

    public ValueTask<TurnResult> MoveAsync(Turn turn, string? id, FeedbackState? state, string? reason, CancellationToken cancel) =>
        desk.ActAsync(turn, id, (feedback, actor) => FeedbackRules.Move(feedback, actor, state, reason), cancel);

    public ValueTask<TurnResult> HandOnAsync(Turn turn, CancellationToken cancel) => HandOnAsync(turn, turn.Inputs.Text("id"), turn.Inputs.Text("to"), cancel);

    public async ValueTask<TurnResult> HandOnAsync(Turn turn, string? id, string? to, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, id, cancel) is not var (feedback, actor))
        {
            return new TurnResult.Refused(FeedbackDesk.NoSuch);
        }
        var found = to is null ? new Found.Nobody("Please pick who is to answer it.") : await directory.ResolveAsync(turn, to, cancel);
        return found is not Found.One { Person: var person }
            ? await desk.ShowAsync(turn, feedback, actor, found switch { Found.Several several => PersonsReader.WhichOne(to!, several.People), Found.Nobody nobody => nobody.Sentence, _ => "I am only the secretary, and answer nothing. Please pick a person." }, cancel)
            : !await MayHearAsync(feedback.Subject, turn.Tenant, person.ObjectId, cancel)
            ? await desk.ShowAsync(turn, feedback, actor, $"It was not handed on: it is about something confidential that {person.Name} is no part of. Please answer it yourself, or pick somebody who is.", cancel)
            : await desk.ActAsync(turn, feedback.Id, (known, by) => FeedbackRules.HandOn(known, by, new Party(person.ObjectId, person.Name)), cancel);
    }

    public ValueTask<TurnResult> JoinAsync(Turn turn, CancellationToken cancel) => JoinAsync(turn, turn.Inputs.Text("id"), turn.Inputs.Text("other"), cancel);

    /// <summary>First the one that goes, then the one that stays: whoever dies between leaves the second to the wake-up of the first.</summary>
    public async ValueTask<TurnResult> JoinAsync(Turn turn, string? id, string? other, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, id, cancel) is not var (feedback, actor))
        {
            return new TurnResult.Refused(FeedbackDesk.NoSuch);
        }
        var typed = CardParts.Shorten(ReadableIds.Typed(other ?? ""), 20);
        var found = await store.FindAsync(turn.Tenant, typed, cancel) is { } named ? await store.StandingAsync(named, cancel) : null;
        // Whoever stands in for one owner may know nothing of what another has.
        var there = found is null ? actor : await desk.ActorAsync(turn, found, cancel);
        var refusal = typed.Length == 0 ? "Please write which other one says the same, for example F-7K3F9Q." : MergeRules.Refuse(feedback, found, typed, actor, there);
        if (refusal is not null)
        {
            return await desk.ShowAsync(turn, feedback, actor, refusal, cancel);
        }
        var (stays, goes) = MergeRules.Order(feedback, found!);
        var gone = (await store.UpdateAsync(turn.Tenant, goes.Id, turn.OperationId, known => MergeRules.Go(known, goes == feedback ? actor : there, stays.Id), cancel))!;
        if (gone is FeedbackOutcome.Unchanged { Sentence: { } sentence })
        {
            return await desk.ShowAsync(turn, await store.StandingAsync(gone.State, cancel), sentence, cancel);
        }
        var after = (await store.UpdateAsync(turn.Tenant, stays.Id, null, known => MergeRules.Receive(known, goes.Id), cancel))!.State;
        return await desk.ShowAsync(turn, await store.StandingAsync(after, cancel), null, cancel, $"{goes.Id} is joined with {stays.Id}, the older of the two. The authors of both hear what becomes of it.");
    }

    /// <summary>Opens the form of a delegation with what was said. Its draft is named after the feedback, so that this becomes one delegation at most.</summary>
    public ValueTask<TurnResult> GiveAsync(Turn turn, CancellationToken cancel) => GiveAsync(turn, turn.Inputs.Text("id"), cancel);

    public async ValueTask<TurnResult> GiveAsync(Turn turn, string? id, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, id, cancel) is not var (feedback, actor))
        {
            return new TurnResult.Refused(FeedbackDesk.NoSuch);
        }
        if (await delegations.FindByOriginAsync(turn.Tenant, feedback.Id, cancel) is { } made)
        {
            return await desk.ShowAsync(turn, await LinkAsync(turn, feedback, made, cancel), actor, $"It became {made.Id} already. Type show {made.Id} to see it.", cancel);
        }
        var draft = (DialogHandlers.NewDraft(turn, DelegationForm.Form) with { Id = feedback.Id }).With(DelegationForm.Title, Title(feedback));
        return await dialogs.OpenFilledAsync(turn, DelegationForm.With(draft, await authorities.MattersAsync(turn.Tenant, cancel)), cancel);
    }

    /// <summary>A form was sent: if it came from feedback, that says so at once.</summary>
    public async ValueTask SentAsync(Turn turn, Draft draft, CancellationToken cancel)
    {
        if (draft.Form == DelegationForm.Form.Name && await store.FindAsync(turn.Tenant, draft.Id, cancel) is { } feedback && await delegations.FindByOriginAsync(turn.Tenant, draft.Id, cancel) is { } made)
        {
            await LinkAsync(turn, await store.StandingAsync(feedback, cancel), made, cancel);
        }
    }

    public ValueTask<TurnResult> AgendaAsync(Turn turn, CancellationToken cancel) => AgendaAsync(turn, turn.Inputs.Text("id"), turn.Inputs.Text("meeting"), cancel);

    public async ValueTask<TurnResult> AgendaAsync(Turn turn, string? id, string? meetingId, CancellationToken cancel)
    {
        if (await desk.FindAsync(turn, id, cancel) is not var (feedback, actor))
        {
            return new TurnResult.Refused(FeedbackDesk.NoSuch);
        }
        if (await meetingDesk.FindAsync(turn, meetingId, cancel) is not { } meeting)
        {
            return await desk.ShowAsync(turn, feedback, actor, MeetingDesk.NoSuch, cancel);
        }
        if (feedback.Subject.IsConfidential && feedback.Subject.Id != meeting.Id)
        {
            return await desk.ShowAsync(turn, feedback, actor, "It was not put on the agenda: it is about something confidential, and everybody in that meeting would read it.", cancel);
        }
        var added = await meetings.UpdateAsync(turn.Tenant, meeting.Id, turn.OperationId, known => AgendaRules.Add(known, turn.Actor.ObjectId, Title(feedback), null, AgendaMinutes, turn.Now), cancel);
        return added is MeetingOutcome.Unchanged { Sentence: { } sentence }
            ? await desk.ShowAsync(turn, feedback, actor, sentence, cancel)
            : await desk.ActAsync(turn, feedback.Id, (known, by) => FeedbackRules.PutOnAgenda(known, by, meeting.Id), cancel);
    }

    private async ValueTask<Feedback> LinkAsync(Turn turn, Feedback feedback, CoordinationBot.Delegations.Delegation made, CancellationToken cancel)
    {
        var speaker = await directory.SpeakerAsync(turn, cancel);
        return (await store.UpdateAsync(turn.Tenant, feedback.Id, null, known => FeedbackRules.Link(known, new Party(speaker.ObjectId, speaker.Name), made.Id), cancel))!.State;
    }

    private async ValueTask<bool> MayHearAsync(Subject subject, string tenant, string objectId, CancellationToken cancel) =>
        !subject.IsConfidential || (subject.Kind switch
        {
            SubjectKind.Delegation => (await delegations.FindAsync(tenant, subject.Id!, cancel))?.RoleOf(objectId) is not null,
            SubjectKind.Meeting => (await meetings.FindAsync(tenant, subject.Id!, cancel))?.IsInside(objectId) == true,
            SubjectKind.Free or SubjectKind.Register or SubjectKind.Person => false,
        });

    private static string Title(Feedback feedback) => CardParts.Shorten(feedback.Text.ReplaceLineEndings(" "), LongestTitle);
}
