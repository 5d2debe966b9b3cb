using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Feedbacks;

/// <summary>What somebody answers, what they sent, and who answers for which subject.</summary>
internal sealed class RegisterHandlers(FeedbackIndex index, FeedbackStore store, RegisterStore registers, AuthorityDesk authority, Deputies deputies, PeopleDirectory directory, FeedbackDesk desk)
{
    private const int MostGiven = 20;

    /// <summary><c>register</c>, <c>register overdue</c>, <c>register new printer</c>.</summary>
    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel)
    {
        var state = RegisterFilter.States.FirstOrDefault(word => turn.Argument.Equals(word, StringComparison.OrdinalIgnoreCase) || turn.Argument.StartsWith($"{word} ", StringComparison.OrdinalIgnoreCase));
        return new TurnResult.Open(await PageAsync(turn, null, RegisterFilter.From(state, turn.Argument[(state?.Length ?? 0)..], turn.Now), null, cancel));
    }

    public async ValueTask<TurnResult> OpenAsync(Turn turn, CancellationToken cancel) => new TurnResult.Open(await PageAsync(turn, null, new RegisterFilter(), null, cancel));

    /// <summary>Another page or another choice, in place.</summary>
    public async ValueTask<TurnResult> PageAsync(Turn turn, CancellationToken cancel) =>
        new TurnResult.Show(await PageAsync(turn, turn.Inputs.Text("whose"), RegisterFilter.From(turn.Inputs.Text("filter-state") ?? turn.Inputs.Text("state"), turn.Inputs.Text("filter-word") ?? turn.Inputs.Text("word"), turn.Now), turn.Inputs.Text("after"), cancel));

    /// <summary>What somebody sent with their name.</summary>
    public async ValueTask<TurnResult> MineAsync(Turn turn, CancellationToken cancel)
    {
        List<Feedback> given = [];
        foreach (var id in await index.GivenAsync(turn.Tenant, turn.Actor.ObjectId, MostGiven, cancel))
        {
            if (await store.FindAsync(turn.Tenant, id, cancel) is { } feedback && feedback.Author?.ObjectId == turn.Actor.ObjectId)
            {
                given.Add((await store.StandingAsync(feedback, cancel)) with { Id = feedback.Id, Text = feedback.Text, Kind = feedback.Kind });
            }
        }
        return new TurnResult.Open(RegisterCards.Mine(given));
    }

    /// <summary>What waits for an answer.</summary>
    public async ValueTask<IReadOnlyList<string>> WaitingAsync(Turn turn, CancellationToken cancel)
    {
        var page = await index.PageAsync(turn.Tenant, turn.Actor.ObjectId, new RegisterFilter(State: FeedbackState.New), null, RegisterCards.PageLength, cancel);
        return page.Entries.Count == 0 ? [] : [$"{page.Entries.Count}{(page.Next is null ? "" : " or more")} in your register {(page.Entries.Count == 1 ? "is" : "are")} new: register"];
    }

    /// <summary><c>registers</c>, <c>registers add Facilities: Kim</c>, <c>registers general: Kim</c>, <c>registers remove Facilities</c>.</summary>
    public async ValueTask<TurnResult> RegistersAsync(Turn turn, CancellationToken cancel)
    {
        var (_, speaker, refusal) = await authority.AsAdministratorAsync(turn, cancel);
        if (turn.Argument.Length == 0 || refusal is not null)
        {
            return refusal is null || turn.Argument.Length == 0 ? new TurnResult.Open(RegisterCards.Registers(await registers.ListAsync(turn.Tenant, cancel), refusal is null)) : refusal;
        }
        var (verb, rest) = turn.Argument.Split([' ', ':'], 2, StringSplitOptions.TrimEntries) is [var first, var second] ? (first, second) : (turn.Argument, "");
        return verb.ToUpperInvariant() switch
        {
            "REMOVE" when await registers.FindAsync(turn.Tenant, rest, cancel) is { } known => await RemoveAsync(turn, known, cancel),
            "REMOVE" => new TurnResult.Say("Nothing was changed: there is no register of that name. Type registers to see them."),
            "GENERAL" => await SetAsync(turn, "", rest, cancel),
            "ADD" when rest.LastIndexOf(':') is > 0 and var colon => await SetAsync(turn, rest[..colon].Trim(), rest[(colon + 1)..].Trim(), cancel),
            _ => new TurnResult.Say("Type registers to see them, registers add Facilities: Alex, registers general: Alex, or registers remove Facilities."),
        };
    }

    private async ValueTask<TurnResult> SetAsync(Turn turn, string name, string meant, CancellationToken cancel)
    {
        var known = await registers.ListAsync(turn.Tenant, cancel);
        if (name.Length > 0 && !RegisterStore.IsName(name))
        {
            return new TurnResult.Say($"Nothing was changed: the name of a department or an objective has letters or digits, and at most {FeedbackLimits.RegisterName} characters.");
        }
        if (known.Count >= FeedbackLimits.Registers && await registers.FindAsync(turn.Tenant, name, cancel) is null)
        {
            return new TurnResult.Say($"Nothing was changed: there are {FeedbackLimits.Registers} registers already. Please remove one first.");
        }
        switch (await directory.ResolveAsync(turn, meant, cancel))
        {
            case Found.One one:
                await registers.SetAsync(turn.Tenant, new Register(name, new Party(one.Person.ObjectId, one.Person.Name)), cancel);
                return new TurnResult.Open(RegisterCards.Registers(await registers.ListAsync(turn.Tenant, cancel), true, $"{one.Person.Name} answers for {(name.Length == 0 ? "everything that has no other owner" : name)} from now on."));
            case Found.Several several:
                return new TurnResult.Say($"Nothing was changed: {PersonsReader.WhichOne(meant, several.People)} Please type the full name.");
            case Found.Nobody nobody:
                return new TurnResult.Say(nobody.Sentence);
            default:
                return new TurnResult.Say("I am only the secretary. I answer for nothing.");
        }
    }

    private async ValueTask<TurnResult> RemoveAsync(Turn turn, Register register, CancellationToken cancel)
    {
        await registers.RemoveAsync(turn.Tenant, register.Name, cancel);
        return new TurnResult.Open(RegisterCards.Registers(await registers.ListAsync(turn.Tenant, cancel), true, $"{register.Name} has no register any more. What is in it stays with {register.Owner.Name}."));
    }

    private async ValueTask<AdaptiveCard> PageAsync(Turn turn, string? whose, RegisterFilter filter, string? after, CancellationToken cancel)
    {
        var absent = await deputies.StandsInForAsync(turn.Tenant, turn.Actor.ObjectId, turn.Now, cancel);
        // A card can be made up: somebody else's register opens only to whoever stands in for them now.
        var other = absent.FirstOrDefault(person => person.ObjectId == whose);
        var page = await index.PageAsync(turn.Tenant, other?.ObjectId ?? turn.Actor.ObjectId, filter, after is not null && IndexKeys.IsCursor(after) ? after : null, RegisterCards.PageLength, cancel);
        return RegisterCards.For(page, filter, other, absent, await desk.ZoneAsync(turn, cancel), turn.Now);
    }
}
