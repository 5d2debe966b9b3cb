using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Feedbacks;

/// <summary>
/// Saying what one thinks, and seeing what comes of it. On a turn that sends something anonymously nothing may be logged, and nothing stored but the letter: nothing here has a
/// logger, and the id of the turn goes into no row.
/// </summary>
internal sealed class FeedbackHandlers(
    FeedbackStore store, LetterboxStore letters, FeedbackDesk desk, SubjectFinder subjects, OwnerFinder owners, PeopleDirectory directory, HandOverTimes times)
{
    private const string OldCard = "This card is from an older version of me, so nothing was sent. Type feedback for a new one; your words are still on this one.";
    private const string NotYourCard = "Nothing was sent: this card is not yours. Now it is, with your words on it: please press once more.";
    private const string NobodyAnswers = "Nothing was sent: nobody here answers that. Please write in other words what it is about, or ask an administrator to name who answers: registers.";
    private const string NotAddressed = "Nothing was sent: anonymous words go to the register of a subject and never to a person. Please take the person out, or send it with your name.";
    private const string OnlyThanks = "Nothing was sent: only thanks go to a person. Please take the person out, or choose Thanks.";

    public ValueTask<TurnResult> SuggestAsync(Turn turn, CancellationToken cancel) => OpenAsync(turn, FeedbackKind.Suggestion, cancel);

    public ValueTask<TurnResult> ProblemAsync(Turn turn, CancellationToken cancel) => OpenAsync(turn, FeedbackKind.Problem, cancel);

    public ValueTask<TurnResult> ThanksAsync(Turn turn, CancellationToken cancel) => OpenAsync(turn, FeedbackKind.Thanks, cancel);

    /// <summary>An empty card. What was typed after the command stands on it, and is stored nowhere.</summary>
    public async ValueTask<TurnResult> OpenAsync(Turn turn, FeedbackKind? kind, CancellationToken cancel)
    {
        var form = new FeedbackForm(AuthorSecret.New(), kind, Text: turn.Argument.Length == 0 ? null : turn.Argument) { AsksForPerson = kind == FeedbackKind.Thanks };
        var card = FeedbackFormCards.For(form, await WhenAsync(turn, cancel), turn.Actor.TeamsId, form.Text?.Length > FeedbackLimits.Text ? form.Check() : null);
        return CardParts.Fits(card) ? new TurnResult.Open(card)
            : new TurnResult.Say(string.Create(CultureInfo.InvariantCulture, $"That has {turn.Argument.Length:N0} characters, and at most {FeedbackLimits.Text:N0} fit. Please shorten it; your message above still has all of it, and I stored none."));
    }

    public async ValueTask<TurnResult> SendNamedAsync(Turn turn, CancellationToken cancel)
    {
        if (FeedbackForm.Read(turn.Inputs) is not { } form)
        {
            return new TurnResult.Refused(OldCard);
        }
        if (await store.FindByOriginAsync(turn.Tenant, form.Secret.Origin, cancel) is { } sent)
        {
            // A card that was passed on is known by what its first author sent: whoever has it now gets one of their own.
            return sent.Author?.ObjectId == turn.Actor.ObjectId ? await desk.ReceiptAsync(turn, sent, cancel) : await RefuseAsync(turn, form with { Secret = AuthorSecret.New() }, NotYourCard, cancel);
        }
        var (subject, problem) = await NamedSubjectAsync(turn, form, cancel);
        if ((form.Check() ?? problem) is { } refusal)
        {
            return await RefuseAsync(turn, form, refusal, cancel);
        }
        if (await owners.FindAsync(turn.Tenant, subject, turn.Actor.ObjectId, turn.Now, cancel) is not { } owner)
        {
            return await RefuseAsync(turn, form, NobodyAnswers, cancel);
        }
        var (author, day) = (await directory.SpeakerAsync(turn, cancel), times.Today(turn.Now));
        var feedback = await store.CreateAsync(
            turn.Tenant,
            form.Secret.Origin,
            turn is { Scope: ConversationScope.Personal, Activity.ReplyToId: { } card } ? new CardPlace(turn.Conversation, card) : null,
            id => FeedbackRules.Begin(new Feedback
            {
                Id = id,
                Tenant = turn.Tenant,
                Origin = form.Secret.Origin,
                Author = new Party(author.ObjectId, author.Name),
                Kind = form.Kind!.Value,
                Subject = subject,
                Text = form.Text!,
                MayQuote = form.MayQuote,
                Owner = new Party(owner.ObjectId, owner.Name),
                State = FeedbackState.New,
                Day = day,
                AnswerDue = FeedbackText.AsksForAnswer(form.Kind.Value) ? times.AnswerDue(owner, day) : null,
                Revision = 1,
            }),
            cancel);
        return await desk.ReceiptAsync(turn, feedback, cancel, $"{feedback.Owner.Name} gets it now.");
    }

    public async ValueTask<TurnResult> SendAnonymousAsync(Turn turn, CancellationToken cancel)
    {
        if (FeedbackForm.Read(turn.Inputs) is not { } form)
        {
            return new TurnResult.Refused(OldCard);
        }
        if (await desk.OwnAsync(turn, form.Secret, cancel) is { } sent)
        {
            return new TurnResult.Show(sent);
        }
        var (subject, problem) = await subjects.FindAsync(turn, form.About, cancel);
        if ((form.Check() ?? (form.To is null ? null : NotAddressed) ?? problem) is { } refusal)
        {
            return await RefuseAsync(turn, form, refusal, cancel);
        }
        if (await owners.FindAsync(turn.Tenant, subject, null, turn.Now, cancel) is null)
        {
            return await RefuseAsync(turn, form, NobodyAnswers, cancel);
        }
        var letter = new Letter(form.Secret.LetterId(nameof(LetterKind.Feedback)), form.Secret.Handle, LetterKind.Feedback, form.Text!) { About = form.Kind!.Value, Subject = subject, MayQuote = form.MayQuote };
        return await letters.PutAsync(turn.Tenant, letter, cancel)
            ? new TurnResult.Show(ReceiptCards.Waiting(letter, form.Secret, turn.Actor.TeamsId, await WhenAsync(turn, cancel), "Thank you. Your words are in the letterbox."))
            : await RefuseAsync(turn, form, FeedbackDesk.BoxesFull, cancel);
    }

    /// <summary>Brings a card up to date, also by itself: it changes nothing, and always answers with a card.</summary>
    public async ValueTask<TurnResult> ViewAsync(Turn turn, CancellationToken cancel)
    {
        if (AuthorSecret.Read(turn.Inputs.Text(AuthorSecret.DataName)) is not { } secret)
        {
            return new TurnResult.Refused(OldCard, new AdaptiveCard { Body = [CardParts.Paragraph(OldCard)], FallbackText = OldCard });
        }
        return await desk.OwnAsync(turn, secret, cancel) is { } own ? new TurnResult.Show(own)
            : await store.FindByOriginAsync(turn.Tenant, secret.Origin, cancel) is { } named && named.Author?.ObjectId == turn.Actor.ObjectId ? await desk.ReceiptAsync(turn, named, cancel)
            // It was not sent yet.
            : new TurnResult.Show(FeedbackFormCards.For(FeedbackForm.Read(turn.Inputs)!, await WhenAsync(turn, cancel), turn.Actor.TeamsId));
    }

    // ---- what they share

    private async ValueTask<TurnResult> RefuseAsync(Turn turn, FeedbackForm form, string sentence, CancellationToken cancel)
    {
        var card = FeedbackFormCards.For(form, await WhenAsync(turn, cancel), turn.Actor.TeamsId, sentence);
        // Without a card the pressed one stays as it is, with everything that was typed.
        return CardParts.Fits(card) ? new TurnResult.Refused(sentence, card) : new TurnResult.Refused(sentence);
    }

    private async ValueTask<(Subject Subject, string? Problem)> NamedSubjectAsync(Turn turn, FeedbackForm form, CancellationToken cancel)
    {
        if (form.To is not { } to)
        {
            return await subjects.FindAsync(turn, form.About, cancel);
        }
        if (form.Kind != FeedbackKind.Thanks)
        {
            return (Subject.None, OnlyThanks);
        }
        return await directory.ResolveAsync(turn, to, cancel) switch
        {
            Found.One one when one.Person.ObjectId == turn.Actor.ObjectId => (Subject.None, "Nothing was sent: thanks to yourself need no card. Please pick somebody else."),
            Found.One one => (new Subject(SubjectKind.Person, one.Person.Name, one.Person.ObjectId), null),
            Found.Several several => (Subject.None, PersonsReader.WhichOne(to, several.People)),
            Found.Nobody nobody => (Subject.None, nobody.Sentence),
            _ => (Subject.None, "Nothing was sent: thank you, but I am only the secretary. Please pick somebody else."),
        };
    }

    private async ValueTask<string> WhenAsync(Turn turn, CancellationToken cancel) => desk.When(await letters.PrepareAsync(turn.Tenant, cancel));
}
