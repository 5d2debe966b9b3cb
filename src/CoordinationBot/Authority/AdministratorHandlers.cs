using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Authority;

/// <summary>Who the administrators are, and what they changed.</summary>
internal sealed class AdministratorHandlers(AuthorityDesk desk, AuthorityStore store, PeopleDirectory directory, RouteTable routes)
{
    /// <summary>The commands that the help leaves to this one.</summary>
    public const string Command = "administer";

    public async ValueTask<TurnResult> AdministerAsync(Turn turn, CancellationToken cancel)
    {
        var (authorities, speaker, _) = await desk.AsAdministratorAsync(turn, cancel);
        return new TurnResult.Open(AdministratorCards.Administer(authorities, authorities.IsAdministrator(speaker.ObjectId), [.. routes.Commands.Where(command => command.ListedBy == Command)]));
    }

    /// <summary><c>administrators</c>, <c>administrators add Ann</c>, <c>administrators remove Ann</c>.</summary>
    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel)
    {
        var (verb, name) = turn.Argument.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? (turn.Argument[..space], turn.Argument[space..].Trim()) : (turn.Argument, "");
        return (verb.ToUpperInvariant(), name.Length > 0) switch
        {
            ("ADD", true) => await NamedAsync(turn, name, "add", AuthorityRules.AddAdministrator, cancel),
            ("REMOVE", true) => await NamedAsync(turn, name, "remove", AuthorityRules.RemoveAdministrator, cancel),
            ("", _) => new TurnResult.Open(await ListAsync(turn, cancel)),
            _ => new TurnResult.Say("Type administrators to see them, administrators add Alex, or administrators remove Alex."),
        };
    }

    public async ValueTask<TurnResult> AddAsync(Turn turn, CancellationToken cancel) => await PressedAsync(turn, "add", AuthorityRules.AddAdministrator, cancel);

    public async ValueTask<TurnResult> RemoveAsync(Turn turn, CancellationToken cancel) => await PressedAsync(turn, "remove", AuthorityRules.RemoveAdministrator, cancel);

    public async ValueTask<TurnResult> HistoryAsync(Turn turn, CancellationToken cancel)
    {
        var (authorities, _, refusal) = await desk.AsAdministratorAsync(turn, cancel);
        if (refusal is not null)
        {
            return refusal;
        }
        // The page comes from a card, and cards can be made up.
        var before = Math.Clamp(turn.Inputs.Number("before") ?? int.MaxValue, 1, authorities.Revision + 1);
        var card = AdministratorCards.History(await store.HistoryAsync(turn.Tenant, before, AdministratorCards.HistoryLength, cancel), await desk.ZoneAsync(turn, cancel));
        return turn.Inputs.Has("before") ? new TurnResult.Show(card) : new TurnResult.Open(card);
    }

    private async ValueTask<TurnResult> NamedAsync(Turn turn, string name, string verb, Func<Authorities, Party, Party, AuthorityOutcome> rule, CancellationToken cancel)
    {
        if ((await desk.AsAdministratorAsync(turn, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        return await directory.ResolveAsync(turn, name, cancel) switch
        {
            Found.One one => await ChangeAsync(turn, one.Person, rule, cancel),
            Found.Several several => new TurnResult.Open(AdministratorCards.WhichOne(name, several.People, $"authority.administrator-{verb}")),
            Found.Nobody nobody => new TurnResult.Say(nobody.Sentence),
            _ => new TurnResult.Say("I am only the secretary. I administer nothing."),
        };
    }

    private async ValueTask<TurnResult> PressedAsync(Turn turn, string verb, Func<Authorities, Party, Party, AuthorityOutcome> rule, CancellationToken cancel)
    {
        if ((await desk.AsAdministratorAsync(turn, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        // The button beside a name means that one, whatever stands in the picker below.
        if ((turn.Inputs.Text("remove") ?? turn.Inputs.Text("person")) is not { } meant)
        {
            return new TurnResult.Refused("Please pick a person.", await ListAsync(turn, cancel, refused: "Please pick a person."));
        }
        return await directory.ResolveAsync(turn, meant, cancel) switch
        {
            Found.One one => await ChangeAsync(turn, one.Person, rule, cancel),
            Found.Several several => new TurnResult.Show(AdministratorCards.WhichOne(meant, several.People, $"authority.administrator-{verb}")),
            Found.Nobody nobody => new TurnResult.Refused(nobody.Sentence, await ListAsync(turn, cancel, refused: nobody.Sentence)),
            _ => new TurnResult.Refused("I am only the secretary. I administer nothing."),
        };
    }

    private async ValueTask<TurnResult> ChangeAsync(Turn turn, Person who, Func<Authorities, Party, Party, AuthorityOutcome> rule, CancellationToken cancel)
    {
        var (outcome, _) = await desk.UpdateAsync(turn, turn.OperationId, (authorities, speaker) => rule(authorities, speaker, new Party(who.ObjectId, who.Name)), cancel);
        return outcome switch
        {
            AuthorityOutcome.Changed changed => new TurnResult.Show(await ListAsync(turn, cancel, news: $"{changed.What}.")),
            AuthorityOutcome.Unchanged unchanged => new TurnResult.Show(await ListAsync(turn, cancel, news: unchanged.Sentence)),
            AuthorityOutcome.Refused refused => new TurnResult.Refused(refused.Sentence, await ListAsync(turn, cancel, refused: refused.Sentence)),
            _ => throw new InvalidOperationException("A rule gave an answer that has no reply."),
        };
    }

    private async ValueTask<Protocol.Cards.AdaptiveCard> ListAsync(Turn turn, CancellationToken cancel, string? news = null, string? refused = null)
    {
        var (authorities, speaker, _) = await desk.AsAdministratorAsync(turn, cancel);
        return AdministratorCards.List(authorities, authorities.IsAdministrator(speaker.ObjectId), await desk.ZoneAsync(turn, cancel), news, refused);
    }
}
