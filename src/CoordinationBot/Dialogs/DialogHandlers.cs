using System.Collections.Frozen;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.Dialogs;

/// <summary>Runs dialogs: by card, by typing, or by both in turn. The draft row is all the state there is.</summary>
internal sealed class DialogHandlers(IEnumerable<Dialog> dialogs, IEnumerable<DraftSent> openers, DraftStore drafts, FormReader reader, PeopleDirectory directory, OfficeOptions office)
{
    private const string Gone = "That draft is no longer there: it was sent, discarded, replaced by a newer one, or is older than a day. Type help to see what you can do.";

    private readonly FrozenDictionary<string, Dialog> _dialogs = dialogs.ToFrozenDictionary(dialog => dialog.Form.Name, StringComparer.Ordinal);

    public void Map(RouteTable routes)
    {
        foreach (var dialog in _dialogs.Values)
        {
            var name = dialog.Form.Name;
            routes
                .Action($"{name}.form", (turn, cancel) => ContinueAsync(turn, dialog, addLines: false, cancel))
                .Action($"{name}.form-lines", (turn, cancel) => ContinueAsync(turn, dialog, addLines: true, cancel))
                .Action($"{name}.form-edit", (turn, cancel) => EditAsync(turn, dialog, cancel))
                .Action($"{name}.form-discard", (turn, cancel) => DiscardAsync(turn, dialog, cancel))
                .Action($"{name}.send", (turn, cancel) => SendAsync(turn, dialog, cancel));
        }
        routes
            .Command(new("cancel", CommandArgument.None, "drops what you are filling in", CancelAsync))
            .Command(new("back", CommandArgument.None, "takes back your last answer in a form", BackAsync));
    }

    /// <summary>Who fills a form, when and where.</summary>
    public async ValueTask<DialogContext> ContextAsync(Turn turn, CancellationToken cancel) =>
        new(turn.Actor.ObjectId, PeopleDirectory.BotObjectId(turn), turn.Now, (await directory.SpeakerAsync(turn, cancel)).Zone ?? office.Zone);

    /// <summary>An empty draft. Its id comes from what caused it, so that a repeat makes the same one.</summary>
    public static Draft NewDraft(Turn turn, Form form) =>
        new() { Id = turn.OperationId, Form = form.Name, ExpiresAt = turn.Now + DraftStore.Lifetime };

    /// <summary>Begins with nothing known: the whole form, or the one that is still open.</summary>
    public async ValueTask<TurnResult> OpenAsync(Turn turn, string formName, CancellationToken cancel)
    {
        var dialog = _dialogs[formName];
        await OpenDraftAsync(turn, cancel);
        var fresh = await dialog.PrepareAsync(turn, NewDraft(turn, dialog.Form), cancel);
        var draft = (await drafts.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, open => open?.Form == formName ? open : fresh, cancel))!;
        var context = await ContextAsync(turn, cancel);
        return new TurnResult.Open(draft.Order.IsEmpty
            ? FormCards.Ask(dialog.Form, draft, dialog.Form.Applying(draft), context)
            : await NextAsync(turn, dialog, new Reading(draft, new Dictionary<string, string>()), context, cancel));
    }

    /// <summary>Begins with what was understood of a typed sentence: asks only for what is missing.</summary>
    public async ValueTask<TurnResult> OpenAsync(Turn turn, string formName, Reading understood, DialogContext context, CancellationToken cancel)
    {
        var fresh = await _dialogs[formName].PrepareAsync(turn, understood.Draft, cancel);
        var draft = await drafts.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, open => open?.Id == fresh.Id ? open : fresh, cancel);
        return new TurnResult.Open(await NextAsync(turn, _dialogs[formName], understood with { Draft = draft! }, context, cancel));
    }

    /// <summary>Opens the form with everything in it that there is, to be changed. A draft that was open is dropped for it.</summary>
    public async ValueTask<TurnResult> OpenFilledAsync(Turn turn, Draft filled, CancellationToken cancel)
    {
        var form = _dialogs[filled.Form].Form;
        var draft = (await drafts.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, open => open?.Id == filled.Id ? open : filled, cancel))!;
        return new TurnResult.Open(FormCards.Ask(form, draft, form.Applying(draft), await ContextAsync(turn, cancel)));
    }

    /// <summary>Text that is no command: the answer to the open question, if there is one. Null when nothing is open.</summary>
    /// <param name="turn">What was typed.</param>
    /// <param name="looksLikeCommand">Whether a text is a mistyped command rather than an answer.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<TurnResult?> AnswerAsync(Turn turn, Func<string, bool> looksLikeCommand, CancellationToken cancel)
    {
        if (await OpenDraftAsync(turn, cancel) is not { } draft || !_dialogs.TryGetValue(draft.Form, out var dialog))
        {
            return null;
        }
        var context = await ContextAsync(turn, cancel);
        if (draft.Operations.Contains(turn.OperationId))
        {
            return new TurnResult.Open(await NextAsync(turn, dialog, new Reading(draft, new Dictionary<string, string>()), context, cancel));
        }
        var typed = turn.Text;
        if (dialog.Form.Missing(draft) is not [var asked, ..])
        {
            // Nothing but this word: an "ok" may mean anything.
            if (typed.Equals("send", StringComparison.OrdinalIgnoreCase))
            {
                return await SendAsync(turn, dialog, draft, cancel);
            }
            if (dialog.Form.Applying(draft).FirstOrDefault(field => field.IsExtra && typed.StartsWith($"{field.Label} ", StringComparison.OrdinalIgnoreCase)) is not { } extra)
            {
                return null;
            }
            (asked, typed) = (extra, typed[extra.Label.Length..].Trim());
        }
        else if (asked.Kind == FieldKind.Text && !FormReader.IsNothing(asked, typed) && looksLikeCommand(typed))
        {
            return null;
        }
        var reading = await ReadAsync(turn, draft, open => reader.FromTextAsync(asked.IsExtra || dialog.Form.Missing(open) is not [var first, ..] ? asked : first, open, typed, turn, context, cancel), cancel);
        return reading is null ? new TurnResult.Say(Gone) : new TurnResult.Open(await NextAsync(turn, dialog, reading, context, cancel));
    }

    private async ValueTask<TurnResult> ContinueAsync(Turn turn, Dialog dialog, bool addLines, CancellationToken cancel)
    {
        if (await FindAsync(turn, cancel) is not { } draft)
        {
            return await GoneAsync(turn, dialog, cancel);
        }
        var context = await ContextAsync(turn, cancel);
        var applied = dialog.Form.Applying(draft);
        var asked = applied.Where(field => FormInputs.IsAsked(field, turn.Inputs)).ToList();
        if (await ReadAsync(turn, draft, open => reader.FromCardAsync(dialog.Form, open, turn, context, cancel), cancel) is not { } reading)
        {
            return await GoneAsync(turn, dialog, cancel);
        }
        var stored = reading.Draft;
        var applying = dialog.Form.Applying(stored);
        // An extra field that could not be read is not missing, but what was typed in it must not be lost.
        var unfit = dialog.Form.Missing(stored).Union(applying.Where(field => reading.Problems.ContainsKey(field.Id))).ToList();
        var broughtUp = applying.Where(field => field.IsExtra && !applied.Contains(field)).ToList();
        if (addLines || unfit.Count > 0 || broughtUp.Count > 0)
        {
            // The same inputs as before stay on the card, so that nothing typed goes out of sight. What a choice has brought up is asked, and is no mistake.
            var fields = applying.Where(field => asked.Contains(field) || unfit.Contains(field) || broughtUp.Contains(field)).ToList();
            var problems = addLines ? reading.Problems : Complaints([.. unfit.Where(asked.Contains)], reading.Problems);
            var card = FormCards.Ask(dialog.Form, stored, fields, context, problems, turn.Inputs, addLines);
            return problems.Count > 0 ? new TurnResult.Refused(problems.Values.First(), card) : new TurnResult.Show(card);
        }
        return new TurnResult.Show(await ReviewAsync(turn, dialog, stored, context, cancel));
    }

    private async ValueTask<TurnResult> EditAsync(Turn turn, Dialog dialog, CancellationToken cancel) =>
        await FindAsync(turn, cancel) is { } draft
            ? new TurnResult.Show(FormCards.Ask(dialog.Form, draft, dialog.Form.Applying(draft), await ContextAsync(turn, cancel)))
            : await GoneAsync(turn, dialog, cancel);

    private async ValueTask<TurnResult> SendAsync(Turn turn, Dialog dialog, CancellationToken cancel) =>
        await FindAsync(turn, cancel) is { } draft ? await SendAsync(turn, dialog, draft, cancel) : await GoneAsync(turn, dialog, cancel);

    private async ValueTask<TurnResult> SendAsync(Turn turn, Dialog dialog, Draft draft, CancellationToken cancel)
    {
        var context = await ContextAsync(turn, cancel);
        var problems = Check(dialog.Form, draft, context);
        if (problems.Count > 0)
        {
            // Time has passed since it was read back: a date may lie behind us now.
            var fields = dialog.Form.Fields.Where(field => problems.ContainsKey(field.Id)).ToList();
            return new TurnResult.Refused(problems.Values.First(), FormCards.Ask(dialog.Form, draft, fields, context, problems));
        }
        var result = await dialog.SendAsync(turn, dialog.Form.Relevant(draft), cancel);
        if (result is TurnResult.Refused)
        {
            return result;
        }
        try
        {
            await drafts.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, open => open?.Id == draft.Id ? null : open, cancel);
            foreach (var opener in openers)
            {
                await opener(turn, draft, cancel);
            }
        }
        catch (StorageException)
        {
            // It is sent, and that is what the person must be told. A draft that stays is gone after a day, and sending it again finds what was sent.
        }
        return result;
    }

    private async ValueTask<TurnResult> DiscardAsync(Turn turn, Dialog dialog, CancellationToken cancel)
    {
        if (await FindAsync(turn, cancel) is not { } draft)
        {
            return await GoneAsync(turn, dialog, cancel);
        }
        await drafts.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, open => open?.Id == draft.Id ? null : open, cancel);
        return new TurnResult.Show(new() { Body = [CardParts.Faint("Discarded. Nothing was sent.")], FallbackText = "Discarded" });
    }

    private async ValueTask<TurnResult> CancelAsync(Turn turn, CancellationToken cancel)
    {
        var had = await OpenDraftAsync(turn, cancel) is not null;
        if (had)
        {
            await drafts.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, _ => null, cancel);
        }
        return new TurnResult.Say(had ? "Dropped. Nothing was sent." : "There is nothing to drop. To stop a delegation you gave, type revoke with its id, for example revoke D-7K3F9Q.");
    }

    private async ValueTask<TurnResult> BackAsync(Turn turn, CancellationToken cancel)
    {
        var draft = await drafts.UpdateAsync(
            turn.Tenant,
            turn.Actor.ObjectId,
            turn.Now,
            open => open is null || open.Operations.Contains(turn.OperationId) || open.Order.IsEmpty ? open : open.Without(open.Order[^1]).Done(turn.OperationId),
            cancel);
        return draft is not null && _dialogs.TryGetValue(draft.Form, out var dialog)
            ? new TurnResult.Open(await NextAsync(turn, dialog, new Reading(draft, new Dictionary<string, string>()), await ContextAsync(turn, cancel), cancel))
            : new TurnResult.Say("You are not filling in anything. Type help to see what you can do.");
    }

    /// <summary>The next thing to show: what is missing, or everything read back.</summary>
    private static async ValueTask<AdaptiveCard> NextAsync(Turn turn, Dialog dialog, Reading reading, DialogContext context, CancellationToken cancel) =>
        dialog.Form.Applying(reading.Draft).Where(field => reading.Problems.ContainsKey(field.Id)).Union(dialog.Form.Missing(reading.Draft)).ToList() is { Count: > 0 } missing
            ? FormCards.Ask(dialog.Form, reading.Draft, missing, context, reading.Problems)
            : await ReviewAsync(turn, dialog, reading.Draft, context, cancel);

    private static async ValueTask<AdaptiveCard> ReviewAsync(Turn turn, Dialog dialog, Draft draft, DialogContext context, CancellationToken cancel)
    {
        draft = dialog.Form.Relevant(draft);
        return FormCards.Review(dialog.Form, draft, context, dialog.ReviewSentence(draft, context), dialog.SendTitle(draft), await dialog.NotesAsync(turn, draft, context, cancel));
    }

    private static Dictionary<string, string> Complaints(IReadOnlyList<Field> missing, IReadOnlyDictionary<string, string> problems) =>
        missing.ToDictionary(field => field.Id, field => problems.GetValueOrDefault(field.Id, field.Needed), StringComparer.Ordinal);

    private static Dictionary<string, string> Check(Form form, Draft draft, DialogContext context) =>
        form.Applying(draft)
            .Select(field => (field.Id, Problem: draft.Values.ContainsKey(field.Id) ? field.Check(draft, context) : draft.Has(field.Id) || field.IsExtra ? null : field.Needed))
            .Where(entry => entry.Problem is not null)
            .ToDictionary(entry => entry.Id, entry => entry.Problem!, StringComparer.Ordinal);

    private async ValueTask<Draft?> FindAsync(Turn turn, CancellationToken cancel) =>
        await OpenDraftAsync(turn, cancel) is { } draft && draft.Id == turn.Inputs.Text("draft") ? draft : null;

    /// <summary>The draft that is open. One that was sent, by a host that ended before it could remove it, is removed now: it must not be sent otherwise.</summary>
    private async ValueTask<Draft?> OpenDraftAsync(Turn turn, CancellationToken cancel)
    {
        var draft = await drafts.FindAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, cancel);
        if (draft is null || !_dialogs.TryGetValue(draft.Form, out var dialog) || dialog.Form.Missing(draft).Count > 0 || await dialog.FindSentAsync(turn, draft.Id, cancel) is null)
        {
            return draft;
        }
        await drafts.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, open => open?.Id == draft.Id ? null : open, cancel);
        return null;
    }

    /// <summary>
    /// What was said, read into the draft and stored. When the draft changed meanwhile, on another host, it is read into what it is now: nothing that was filled in there is lost. What was
    /// read before, and is delivered again, changes nothing any more. Null when the draft has gone.
    /// </summary>
    private async ValueTask<Reading?> ReadAsync(Turn turn, Draft draft, Func<Draft, ValueTask<Reading>> read, CancellationToken cancel)
    {
        while (!draft.Operations.Contains(turn.OperationId))
        {
            var reading = await read(draft);
            var next = reading.Draft.Done(turn.OperationId);
            var stored = await drafts.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, open => open is not null && open.IsAsItWas(draft) ? next : open, cancel);
            if (stored?.Id != draft.Id)
            {
                return null;
            }
            if (stored.IsAsItWas(next))
            {
                return reading with { Draft = stored };
            }
            draft = stored;
        }
        return new Reading(draft, new Dictionary<string, string>());
    }

    private static async ValueTask<TurnResult> GoneAsync(Turn turn, Dialog dialog, CancellationToken cancel) =>
        (turn.Inputs.Text("draft") is { } id && Draft.IsId(id) ? await dialog.FindSentAsync(turn, id, cancel) : null) ?? new TurnResult.Refused(Gone);
}
