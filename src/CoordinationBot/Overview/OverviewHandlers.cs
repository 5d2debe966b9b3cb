using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Overviews;

/// <summary>What somebody gave to others: how it stands in numbers, and what it is, page by page.</summary>
internal sealed class OverviewHandlers(DelegationIndex index, DelegationDesk desk, PeopleDirectory directory)
{
    /// <summary><c>overview</c>, perhaps with what is to be seen of it.</summary>
    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel)
    {
        var (filter, name, problem) = OverviewSentence.Parse(turn.Argument);
        return problem is not null ? new TurnResult.Say(problem)
            : name is null ? new TurnResult.Open(await CardAsync(turn, filter, ListPlace.Start, cancel))
            : await NamedAsync(turn, filter, name, card => new TurnResult.Open(card), sentence => new TurnResult.Say(sentence), cancel);
    }

    /// <summary>Another page, or another view.</summary>
    public async ValueTask<TurnResult> PageAsync(Turn turn, CancellationToken cancel) =>
        new TurnResult.Show(await CardAsync(turn, OverviewFilter.From(turn.Inputs), ListPlace.From(turn.Inputs), cancel));

    /// <summary>What was chosen on the card. What is left empty is not looked for any more.</summary>
    public async ValueTask<TurnResult> FilterAsync(Turn turn, CancellationToken cancel)
    {
        var filter = new OverviewFilter(OverviewFilter.From(turn.Inputs).View)
        {
            Type = OverviewFilter.Read<AuthorizationType>(turn.Inputs.Text("filter-type")),
            Matter = OverviewFilter.Words(turn.Inputs.Text("filter-matter")),
            Objective = OverviewFilter.Words(turn.Inputs.Text("filter-objective")),
        };
        return turn.Inputs.Text("filter-person") is { } person
            ? await NamedAsync(turn, filter, person, card => new TurnResult.Show(card), sentence => new TurnResult.Refused(sentence), cancel)
            : new TurnResult.Show(await CardAsync(turn, filter, ListPlace.Start, cancel));
    }

    private async ValueTask<TurnResult> NamedAsync(Turn turn, OverviewFilter filter, string name, Func<AdaptiveCard, TurnResult> show, Func<string, TurnResult> say, CancellationToken cancel) =>
        await directory.ResolveAsync(turn, name, cancel) switch
        {
            Found.One one => show(await CardAsync(turn, filter with { To = new Party(one.Person.ObjectId, one.Person.Name) }, ListPlace.Start, cancel)),
            Found.Several several => show(OverviewCards.WhichOne(name, several.People, filter)),
            Found.Nobody nobody => say(nobody.Sentence),
            _ => say("I am only the secretary. Nothing is given to me."),
        };

    private async ValueTask<AdaptiveCard> CardAsync(Turn turn, OverviewFilter filter, ListPlace place, CancellationToken cancel)
    {
        var (tenant, me) = (turn.Tenant, turn.Actor.ObjectId);
        var (list, last) = filter.Range(turn.Now);
        // Three reads, however much there is: the sums, a page, and what is due today.
        var summary = await index.SummaryAsync(tenant, me, Role.Leader, cancel);
        var page = await index.PageAsync(tenant, me, list, place.After, ListPlace.PageLength, cancel, filter.Wanted(turn.Now), last);
        var late = await index.LateAsync(tenant, me, summary, turn.Now, cancel);
        return OverviewCards.For(new Overview(summary, late.Count, late.OrMore, filter, page, place), await desk.ZoneAsync(turn, cancel), turn.Now);
    }
}
