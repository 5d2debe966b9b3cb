using CoordinationBot.Afterwards;
using CoordinationBot.Dialogs;
using CoordinationBot.Feedbacks;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;
using CoordinationBot.Surveys;

namespace CoordinationBot.Insights;

/// <summary>What a wake-up of insights does: counts what was asked for, and brings it. Far from any turn, since it reads everything.</summary>
internal sealed class InsightWork(
    InsightStore store, FeedbackIndex feedback, SurveyIndex index, SurveyStore surveys, SurveyComments comments, PoolStore pools, PeopleDirectory directory, OfficeOptions office, NoticeDelivery notices, IWorkQueue queue, TimeProvider clock)
{
    /// <summary>Beyond it the oldest are counted, and not searched for themes.</summary>
    private const int MostComments = 10_000;

    private const int MostSurveys = 50;

    public async ValueTask RunAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        if (await store.FindAsync(wakeUp.Partition, cancel) is not { } insight)
        {
            return; // The host ended between the wake-up and the commit: nothing was asked for.
        }
        if (insight.IsOwed)
        {
            insight = await store.WriteAsync(insight, await CountAsync(insight, cancel), cancel) ?? insight;
        }
        // Asked for once more meanwhile: its own wake-up is on its way.
        var wait = insight.IsOwed ? TimeSpan.Zero : await notices.DeliverAsync(insight.Tenant, wakeUp, async token => Card((await store.FindAsync(wakeUp.Partition, token))!), cancel);
        if (wait is { } again)
        {
            await queue.EnqueueAsync(wakeUp, clock.GetUtcNow() + again, cancel);
        }
    }

    private static LivingCard? Card(Insight insight) => insight.Numbers is not { } numbers ? null : new(
        "What came up to you",
        new SubmitAction("insights.ask") { Title = "Open" },
        (_, _) => InsightCards.Numbers(numbers),
        InsightCards.Moved(),
        (_, _, _) => ValueTask.CompletedTask);

    private async ValueTask<InsightNumbers> CountAsync(Insight insight, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var zone = (await directory.FindAsync(insight.Tenant, insight.ObjectId, cancel))?.Zone ?? office.Zone;
        var starts = InsightSpan.Starts(insight.Span, InsightSpan.Day(now, zone));
        List<FeedbackEntry> entries = [];
        await foreach (var entry in feedback.SinceAsync(insight.Tenant, insight.ObjectId, starts[0], cancel))
        {
            entries.Add(entry);
        }
        List<Comment> said = [.. entries.Where(entry => entry.Day >= starts[0]).Select(entry => new Comment(entry.Text, entry.Day, entry.MayQuote))];
        List<SurveyRate> rates = [];
        foreach (var id in await index.OwnAsync(insight.Tenant, insight.ObjectId, MostSurveys, cancel))
        {
            if (await surveys.FindWithTallyAsync(insight.Tenant, id, cancel) is not { Survey: { Phase: SurveyPhase.Closed } survey, Tally: { } tally })
            {
                continue;
            }
            var closed = InsightSpan.Day(survey.Terms.ClosesAt, zone);
            if (closed >= starts[0])
            {
                rates.Add(new SurveyRate(survey.Terms.Title, closed, tally.Answers >= survey.Terms.Minimum ? tally.Answers : null, survey.Terms.Asked));
                await foreach (var text in comments.OfAsync(survey, tally, cancel))
                {
                    // Nobody was asked whether their answer may be quoted.
                    said.Add(new Comment(text, closed, MayBeQuoted: false));
                }
            }
        }
        var newest = said.OrderByDescending(comment => comment.Day).ThenBy(comment => comment.Text, StringComparer.Ordinal).Take(MostComments);
        return InsightRules.Count(entries, insight.Span, zone, now) with
        {
            Surveys = rates,
            Went = InsightRules.Went(await pools.TrendAsync(insight.Tenant, insight.ObjectId, cancel), starts),
            Themes = ThemeRules.Of(newest, starts, ThemeWords.Of),
        };
    }
}
