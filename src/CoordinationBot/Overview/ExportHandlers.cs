using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Files;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Overviews;

/// <summary><c>export</c>, and its button: a link to a file with what the person gave.</summary>
internal sealed class ExportHandlers(FileLinks links, DelegationDesk desk, PeopleDirectory directory)
{
    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel)
    {
        var (filter, name, problem) = OverviewSentence.Parse(turn.Argument);
        if (problem is not null || name is null)
        {
            return problem is null ? await LinkAsync(turn, filter, cancel) : new TurnResult.Say(problem.Replace("overview ", "export ", StringComparison.Ordinal));
        }
        return await directory.ResolveAsync(turn, name, cancel) switch
        {
            Found.One one => await LinkAsync(turn, filter with { To = new Party(one.Person.ObjectId, one.Person.Name) }, cancel),
            Found.Several several => new TurnResult.Say($"“{name}” may be {string.Join(" or ", several.People.Take(4).Select(person => person.Name))}. Please type the full name."),
            Found.Nobody nobody => new TurnResult.Say(nobody.Sentence),
            _ => new TurnResult.Say("I am only the secretary. Nothing is given to me."),
        };
    }

    public ValueTask<TurnResult> PressedAsync(Turn turn, CancellationToken cancel) => LinkAsync(turn, OverviewFilter.From(turn.Inputs), cancel);

    private async ValueTask<TurnResult> LinkAsync(Turn turn, OverviewFilter filter, CancellationToken cancel) =>
        await links.CreateAsync(ExportFile.Request(turn.Tenant, turn.Actor.ObjectId, filter), turn.Now, cancel) is { } link
            ? new TurnResult.Open(FileCards.Csv(Content(filter), link, turn.Now + FileStore.Lifetime, await desk.ZoneAsync(turn, cancel)))
            : new TurnResult.Say(FileLinks.NoAddress);

    /// <summary>What is in it, in words.</summary>
    public static string Content(OverviewFilter filter) => OverviewCards.Chosen(filter) is { Length: > 0 } chosen ? chosen : "all that you gave, open and ended";
}
