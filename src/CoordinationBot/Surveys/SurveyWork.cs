using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;

namespace CoordinationBot.Surveys;

/// <summary>What a wake-up of a survey does: reads the rows and does what it finds. Doing it again does nothing.</summary>
internal sealed class SurveyWork(
    SurveyStore store, AnswerStore answers, FoldStore fold, SurveyIndex index, SurveyDesk desk, SurveyAudience audiences, Deputies deputies, NoticeDelivery notices, IWorkQueue queue, TimeProvider clock)
{
    /// <summary>People who are written to in one run: the next run goes on, so that none takes too long.</summary>
    private const int AtOnce = 80;

    private const int PageLength = 500;

    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var (tenant, id) = DelegationStore.Identify(wakeUp.Partition);
        if (await store.UpdateAsync(tenant, id, known => SurveyRules.Advance(known, clock.GetUtcNow()), cancel) is not { State: var survey })
        {
            return; // The host ended between the wake-up and the commit: nothing was begun.
        }
        var isMore = survey.Phase switch
        {
            SurveyPhase.Open => await OpenAsync(survey, cancel),
            SurveyPhase.Closing => await CloseAsync(survey, cancel),
            SurveyPhase.Closed => await GoOnAsync(survey, cancel),
            SurveyPhase.Preview or SurveyPhase.Waiting or SurveyPhase.Dropped => false,
        };
        var later = await notices.DeliverAsync(tenant, wakeUp, token => CardAsync(tenant, id, token), cancel);
        if ((isMore ? TimeSpan.Zero : later) is { } wait)
        {
            await queue.EnqueueAsync(wakeUp, clock.GetUtcNow() + wait, cancel);
        }
    }

    /// <summary>Asks those who were not asked yet, reminds those who owe an answer, folds what there is enough of. True: there is more.</summary>
    private async ValueTask<bool> OpenAsync(Survey survey, CancellationToken cancel)
    {
        var frozen = (await store.FrozenAsync(survey.Tenant, survey.Id, cancel))!;
        if (survey.Terms.IsAnonymous)
        {
            await FoldAsync(frozen, isLast: false, cancel);
        }
        if (survey.Told < survey.Terms.Asked)
        {
            var asked = (await store.AudienceAsync(survey, cancel)).Skip(survey.Told).Take(AtOnce).ToList();
            await Parallel.ForEachAsync(asked, cancel, (person, token) => index.WriteAsync(survey, person.ObjectId, isOwner: false, token));
            return await TellAsync(survey, known => known.Told, known => known with { Told = known.Told + asked.Count }, asked, $"{survey.Owner.Name} asks for your opinion.", NoticeKind.Question, cancel);
        }
        if (SurveyRules.RemindAt(survey.Terms) is { } at && at <= clock.GetUtcNow() && survey.Reminded < survey.Terms.Asked)
        {
            var drawers = await answers.DrawersAsync(survey.Tenant, survey.Id, cancel);
            var looked = (await store.AudienceAsync(survey, cancel)).Skip(survey.Reminded).Take(AtOnce).ToList();
            // By where they stand, and not by who they are: whoever was forgotten meanwhile stands there under another id.
            var owing = looked.Where((_, index) => DrawerRules.PlaceOf(survey.Reminded + index) is var place && !DrawerRules.HasAnswered(drawers[place.Drawer], place.Mark)).ToList();
            return await TellAsync(survey, known => known.Reminded, known => known with { Reminded = known.Reminded + looked.Count }, owing, Reminder, NoticeKind.Reminder, cancel);
        }
        return false;
    }

    /// <summary>Ends the stand-still: every drawer is closed, everything counted, and what too few have said forgotten.</summary>
    private async ValueTask<bool> CloseAsync(Survey survey, CancellationToken cancel)
    {
        var frozen = (await store.FrozenAsync(survey.Tenant, survey.Id, cancel))!;
        await FoldAsync(frozen, isLast: true, cancel);
        if (survey.Terms.IsAnonymous)
        {
            await fold.MixAsync(frozen, cancel);
            await fold.WithholdAsync(frozen, cancel);
        }
        else
        {
            await CountNamedAsync(frozen, cancel);
        }
        var answerer = await deputies.AnswererForAsync(survey.Tenant, survey.Owner.ObjectId, clock.GetUtcNow(), cancel);
        await store.UpdateAsync(
            survey.Tenant,
            survey.Id,
            known => known.Phase == SurveyPhase.Closing
                ? new SurveyOutcome.Changed(
                    known with { Phase = SurveyPhase.Closed, Revision = known.Revision + 1 },
                    [.. ((string[])[known.Owner.ObjectId, answerer?.ObjectId ?? known.Owner.ObjectId]).Distinct().Select(who => new SurveyTell(who, "The survey is closed. This is what came of it.", NoticeKind.Result))])
                : new SurveyOutcome.Unchanged(known),
            cancel);
        return true;
    }

    /// <summary>Of a pulse the next round is made once this one is closed.</summary>
    private async ValueTask<bool> GoOnAsync(Survey survey, CancellationToken cancel)
    {
        if (survey.Terms.Repeats == Repeats.Never || survey.Next is not null)
        {
            return false;
        }
        var before = await store.AudienceAsync(survey, cancel);
        var known = await audiences.FindAsync(survey.Tenant, survey.Owner.ObjectId, survey.Terms.IsForEveryone, survey.Terms.Group, cancel);
        var ids = PulseRules.Next([.. before.Select(person => person.ObjectId)], [.. known.Select(person => person.ObjectId)], survey.Terms.Minimum, SurveyLimits.Asked).ToHashSet(StringComparer.Ordinal);
        Party[] audience = [.. before.Concat(known).DistinctBy(person => person.ObjectId).Where(person => ids.Contains(person.ObjectId))];
        var opens = PulseRules.NextOpening(survey.Terms, clock.GetUtcNow());
        var origin = $"{survey.Id}|next";
        var next = await store.CreateAsync(
            survey.Tenant,
            origin,
            null,
            audience,
            id => new Survey
            {
                Id = id,
                Tenant = survey.Tenant,
                Owner = survey.Owner,
                Terms = survey.Terms with { Asked = audience.Length, OpensAt = opens, ClosesAt = opens + (survey.Terms.ClosesAt - survey.Terms.OpensAt), Round = survey.Terms.Round + 1, Previous = survey.Id },
                Phase = SurveyPhase.Waiting,
                Revision = 1,
                Origin = origin,
            },
            cancel);
        await index.WriteAsync(next, survey.Owner.ObjectId, isOwner: true, cancel);
        await store.UpdateAsync(survey.Tenant, survey.Id, state => state.Next is null ? new SurveyOutcome.Changed(state with { Next = next.Id, Revision = state.Revision + 1 }) { IsShown = false } : new SurveyOutcome.Unchanged(state), cancel);
        return false;
    }

    private async ValueTask FoldAsync(FrozenSurvey survey, bool isLast, CancellationToken cancel)
    {
        for (var drawer = 0; drawer <= (survey.Terms.Asked - 1) / SurveyLimits.Drawer; drawer++)
        {
            await fold.FoldAsync(survey, drawer, isLast, cancel);
        }
    }

    private async ValueTask CountNamedAsync(FrozenSurvey survey, CancellationToken cancel)
    {
        var tally = TallyRules.Empty(survey.Terms);
        string? after = null;
        do
        {
            var (page, next) = await answers.NamedPageAsync(survey.Tenant, survey.Id, after, PageLength, cancel);
            tally = TallyRules.Add(tally, survey.Terms, [.. page.Select(answer => answer.Answers)]);
            after = next;
        }
        while (after is not null);
        await fold.WriteAsync(survey, TallyRules.Withheld(tally, survey.Terms.Minimum), cancel);
    }

    /// <summary>In one commit with how far it has come, so that nobody is told twice.</summary>
    private async ValueTask<bool> TellAsync(Survey survey, Func<Survey, int> progress, Func<Survey, Survey> advance, IReadOnlyList<Party> who, string sentence, NoticeKind kind, CancellationToken cancel)
    {
        var done = progress(survey);
        await store.UpdateAsync(
            survey.Tenant,
            survey.Id,
            known => known.Phase == SurveyPhase.Open && progress(known) == done
                ? new SurveyOutcome.Changed(advance(known) with { Revision = known.Revision + 1 }, [.. who.Select(person => new SurveyTell(person.ObjectId, sentence, kind))])
                : new SurveyOutcome.Unchanged(known),
            cancel);
        // The next run finds what is left, or nothing.
        return true;
    }

    private const string Reminder = "This survey waits for your answer.";

    private async ValueTask<LivingCard?> CardAsync(string tenant, string id, CancellationToken cancel)
    {
        if (await store.FindWithTallyAsync(tenant, id, cancel) is not { Survey: { } survey } found)
        {
            return null;
        }
        var frozen = await store.FrozenAsync(tenant, id, cancel);
        var drawers = survey.Phase == SurveyPhase.Open ? await answers.DrawersAsync(tenant, id, cancel) : [];
        var before = await desk.BeforeAsync(survey, cancel);
        var answerer = (await deputies.AnswererForAsync(tenant, survey.Owner.ObjectId, clock.GetUtcNow(), cancel))?.ObjectId;
        var named = survey is { Phase: SurveyPhase.Open, Terms.IsAnonymous: false } ? await answers.AllNamedAsync(tenant, id, cancel) : new Dictionary<string, NamedAnswer>();
        return new(
            survey.Terms.Title,
            new SubmitAction("survey.bring", new Dictionary<string, string> { ["id"] = survey.Id }) { Title = "Open" },
            Show,
            SurveyCards.Moved(survey),
            (_, _, _) => ValueTask.CompletedTask);

        AdaptiveCard Show(Person person, IReadOnlyList<string> sentences)
        {
            var place = frozen?.Places.TryGetValue(person.ObjectId, out var known) == true ? known : (Place?)null;
            var hasAnswered = place is { } at && at.Drawer < drawers.Count && DrawerRules.HasAnswered(drawers[at.Drawer], at.Mark);
            var mayRun = person.ObjectId == survey.Owner.ObjectId || person.ObjectId == answerer;
            return SurveyCards.For(SurveyDesk.Of(survey, person.ObjectId, desk.ZoneOf(person), clock.GetUtcNow()) with
            {
                IsAsked = place is not null && survey.Phase != SurveyPhase.Waiting,
                MayRun = mayRun,
                HasAnswered = hasAnswered,
                Own = named.GetValueOrDefault(person.ObjectId),
                Answers = mayRun ? drawers.Sum(DrawerRules.Answered) : null,
                Tally = found.Tally,
                Before = before,
                // Whoever has answered since owes nothing any more.
                News = hasAnswered ? [.. sentences.Where(sentence => sentence != Reminder)] : sentences,
            });
        }
    }
}
