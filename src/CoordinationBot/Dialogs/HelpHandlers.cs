using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Dialogs;

/// <summary>What waits for a person in a feature, a sentence each.</summary>
internal delegate ValueTask<IReadOnlyList<string>> WaitingLines(Turn turn, CancellationToken cancel);

/// <summary>What a person is told about themselves with the help: what is known of them anyway, since the help is asked for most and reads nothing. Null: nothing.</summary>
internal delegate string? SpeakerLine(Person speaker, Turn turn);

/// <summary>The first card, the help, what waits, and the answer to what was not understood.</summary>
internal sealed class HelpHandlers(RouteTable routes, IEnumerable<SpeakerLine> known, IEnumerable<WaitingLines> features, DialogHandlers dialogs, PeopleHandlers people, PeopleDirectory directory)
{
    private FixedElement? _commands;

    public void Map() => routes
        .Command(new("help", CommandArgument.None, "what you can do now", HelpAsync) { IsPublic = true })
        .Command(new("waiting", CommandArgument.None, "what waits for you", WaitingAsync))
        .Action("help.show", HelpAsync)
        .Action("help.command", CommandAsync)
        .Text(FreeTextAsync)
        .Event("install", InstalledAsync);

    public async ValueTask<TurnResult> HelpAsync(Turn turn, CancellationToken cancel)
    {
        // In a group the help says nothing about the person who asked.
        var speaker = turn.Scope == ConversationScope.Personal ? await directory.SpeakerAsync(turn, cancel) : null;
        // Every command is known once turns are run.
        return new TurnResult.Open(HelpCards.Help(speaker is null ? [] : [.. known.Select(line => line(speaker, turn)).OfType<string>()], _commands ??= HelpCards.Known(routes.Commands)));
    }

    public async ValueTask<TurnResult> WaitingAsync(Turn turn, CancellationToken cancel)
    {
        var lines = await Task.WhenAll(features.Select(feature => feature(turn, cancel).AsTask()));
        return new TurnResult.Open(HelpCards.Waiting([.. lines.SelectMany(line => line)]));
    }

    /// <summary>A button that stands for a command.</summary>
    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel)
    {
        var words = turn.Inputs.Text("command");
        return routes.Commands.FirstOrDefault(command => command.Words == words && command.Takes != CommandArgument.Id) is { } command
            ? await command.Handler(turn with { Text = command.Words, Argument = "" }, cancel)
            : new TurnResult.Refused("That button belongs to an older version of this card. Type help to go on.");
    }

    /// <summary>The answer to an open question; otherwise what was probably meant, never a guess that acts.</summary>
    public async ValueTask<TurnResult> FreeTextAsync(Turn turn, CancellationToken cancel) =>
        await dialogs.AnswerAsync(turn, typed => Suggestions.IsMistyped(typed, routes.Commands), cancel) ?? new TurnResult.Open(HelpCards.Suggestions(Suggestions.For(turn.Text, routes.Commands)));

    public async ValueTask<TurnResult> InstalledAsync(Turn turn, CancellationToken cancel)
    {
        if (turn.Scope != ConversationScope.Personal)
        {
            return !await people.JoinedAsync(turn, cancel) ? TurnResult.Nothing.Instance : new TurnResult.Say("Hello. I am an office secretary for delegating work. Mention me with help, delegate or my tasks; everything personal I answer in your own chat.");
        }
        var isFirst = false;
        await directory.UpdateAsync(
            turn.Tenant,
            turn.Actor.ObjectId,
            person =>
            {
                isFirst = person!.WelcomedAt is not { } welcomed || turn.Now - welcomed > PeopleHandlers.OneInstallation || person.WelcomedBy == turn.OperationId;
                return isFirst ? person with { WelcomedAt = turn.Now, WelcomedBy = turn.OperationId } : person;
            },
            cancel);
        return isFirst ? new TurnResult.Open(HelpCards.Welcome()) : TurnResult.Nothing.Instance;
    }
}
