using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Privacy;

/// <summary><c>forget me</c>, and to administrators <c>forget</c> with the name of somebody who has left.</summary>
internal sealed class ForgetHandlers(ErasureStore store, AuthorityStore authorities, AuthorityDesk desk, PeopleDirectory directory)
{
    private const string Nobody = "Only administrators can have me forget somebody else, and only somebody who has left. To have me forget you, type forget me.";

    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel)
    {
        var meant = turn.Argument.Trim().TrimEnd('.', '!', '?');
        if (meant.Length == 0 || meant.Equals("me", StringComparison.OrdinalIgnoreCase) || meant.Equals("myself", StringComparison.OrdinalIgnoreCase))
        {
            return await AskAsync(turn, await directory.StoredSpeakerAsync(turn, cancel), cancel);
        }
        if ((await desk.AsAdministratorAsync(turn, cancel)).Refusal is not null)
        {
            return new TurnResult.Say(Nobody);
        }
        return await directory.ResolveAsync(turn, meant, cancel) switch
        {
            Found.One { Person: var person } => await AskAsync(turn, person, cancel),
            Found.Several several => new TurnResult.Say(PersonsReader.WhichOne(meant, several.People)),
            Found.Nobody nobody => new TurnResult.Say(nobody.Sentence),
            _ => new TurnResult.Say("I am only the secretary. There is nothing of mine to forget."),
        };
    }

    /// <summary>The second step: the word was typed, so no press by mistake and no old card does it.</summary>
    public async ValueTask<TurnResult> ForgetAsync(Turn turn, CancellationToken cancel)
    {
        var isSelf = turn.Inputs.Text("person") is not { } meant || meant == turn.Actor.ObjectId;
        if (!isSelf && (await desk.AsAdministratorAsync(turn, cancel)).Refusal is not null)
        {
            return new TurnResult.Refused(Nobody);
        }
        var person = isSelf ? await directory.StoredSpeakerAsync(turn, cancel) : await directory.FindAsync(turn.Tenant, turn.Inputs.Text("person")!, cancel);
        if (person is null)
        {
            return new TurnResult.Refused("I know nobody like that any more. Nothing is left to be erased.");
        }
        if (await BarAsync(turn, person, cancel) is { } bar)
        {
            return new TurnResult.Refused(bar);
        }
        if (turn.Inputs.Text("sure")?.Trim().Equals(ForgetCards.Word, StringComparison.OrdinalIgnoreCase) != true)
        {
            var sentence = $"Nothing was erased. To go on, please type {ForgetCards.Word} into the field.";
            return new TurnResult.Refused(sentence, ForgetCards.Ask(person, isSelf, sentence));
        }
        await store.BeginAsync(person, cancel);
        return new TurnResult.Show(ForgetCards.Begun(person.Name, isSelf));
    }

    private async ValueTask<TurnResult> AskAsync(Turn turn, Person person, CancellationToken cancel) =>
        await BarAsync(turn, person, cancel) is { } bar ? new TurnResult.Say(bar) : new TurnResult.Open(ForgetCards.Ask(person, person.ObjectId == turn.Actor.ObjectId, null));

    /// <summary>Why this person is not forgotten, or null.</summary>
    private async ValueTask<string?> BarAsync(Turn turn, Person person, CancellationToken cancel)
    {
        var (isSelf, now) = (person.ObjectId == turn.Actor.ObjectId, await authorities.ReadNowAsync(turn.Tenant, cancel));
        return now.IsNamed(person.ObjectId) ? $"Nothing was erased: {(isSelf ? "you are" : $"{person.Name} is")} named as an administrator in the settings of this bot (Office:Administrators). Whoever runs it can change that; then ask me again."
            : now.IsAdministrator(person.ObjectId) ? $"Nothing was erased: {(isSelf ? "you are" : $"{person.Name} is")} an administrator. Please remove {(isSelf ? "yourself" : "them")} first: administrators remove {person.Name}."
            : !isSelf && person.Unreachable is null ? $"Nothing was erased: {person.Name} still has me installed, and decides that alone. They can type forget me."
            : null;
    }
}
