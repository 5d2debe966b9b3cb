using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Connector;
using Microsoft.Extensions.Logging;

namespace CoordinationBot.Protocol.Turns;

/// <summary>
/// Brings a result to the person: as the body of an invoke, as an update of the pressed card, or as a new message; what is personal never
/// into a group. One thing an activity, since Teams splits text and card and then gives no id.
/// </summary>
internal sealed partial class TurnDelivery(ConnectorClient connector, PersonalChatFinder? personalChats, ILogger log)
{
    private readonly ILogger _log = log;

    /// <summary>True when the answer must not stand where the turn came in. The body of an invoke is shown to its sender alone.</summary>
    public static bool AnswersInOwnChat(Turn turn, in TurnRoute route) => turn.Scope != ConversationScope.Personal
        && !route.IsPublic
        && route.Handler is not null
        && route.Kind is TurnKind.Text or TurnKind.Submit;

    /// <summary>The speaker's own chat, or null when the bot may not write there.</summary>
    public async ValueTask<ConversationReference?> FindOwnChatAsync(Turn turn, CancellationToken cancel)
    {
        if (personalChats is null)
        {
            return null;
        }
        try
        {
            return await personalChats(turn, cancel);
        }
        catch (ConnectorException failure) when (IsUnreachable(failure))
        {
            return null;
        }
    }

    /// <summary>Delivers; what the channel refuses is logged and not thrown, since the turn has taken effect.</summary>
    public async ValueTask<TurnResponse> DeliverAsync(Turn turn, TurnRoute route, TurnResult result, ConversationReference? ownChat, CancellationToken cancel)
    {
        // A card that refuses keeps what was typed. Where the channel would not take it for that, the sentence goes alone: the client leaves the pressed card as it is.
        if (result is TurnResult.Refused { Card: { } refusing } refused && CardSize.Of(refusing) > CardSize.Largest)
        {
            result = new TurnResult.Refused(refused.Sentence);
        }
        if (route.Kind == TurnKind.Invoke)
        {
            return new(200, await AnswerAsync(turn, result, cancel));
        }
        if (result is not TurnResult.Nothing)
        {
            var answer = Answer(result);
            if (ownChat is not null)
            {
                await SendPrivatelyAsync(turn, ownChat, answer, cancel);
            }
            else if (route.Kind == TurnKind.Submit && result is TurnResult.Show or TurnResult.Refused { Card: not null } && turn.Activity.ReplyToId is { Length: > 0 } pressed)
            {
                await ReplaceAsync(turn, pressed, answer, cancel);
            }
            else
            {
                await SendHereAsync(turn, answer, cancel);
            }
        }
        else if (ownChat is not null)
        {
            // The handler has the answer brought there in its own way.
            await SayHereAsync(turn, Sentences.AnsweredInOwnChat(turn.Actor.Name), cancel);
        }
        return new(200);
    }

    /// <summary>Says a sentence that holds nothing personal where the turn came in.</summary>
    public async ValueTask SayHereAsync(Turn turn, string sentence, CancellationToken cancel) => await SendHereAsync(turn, Text(sentence), cancel);

    /// <summary>Body of an invoke that shows a sentence to the person who pressed.</summary>
    public static CardActionResponse Message(string sentence) => new()
    {
        StatusCode = 200,
        Type = CardActionResponse.MessageType,
        Value = sentence,
    };

    private async ValueTask<CardActionResponse> AnswerAsync(Turn turn, TurnResult result, CancellationToken cancel) => result switch
    {
        TurnResult.Show show => Card(show.Card),
        TurnResult.Refused { Card: { } card } => Card(card),
        TurnResult.Refused refused => Message(refused.Sentence),
        TurnResult.Say say => Message(say.Text),
        TurnResult.Open open => Message(await OpenAsync(turn, open.Card, cancel)),
        _ => Message(""),
    };

    // The new card beside the pressed one. In a group it would be for everybody to see, so there it goes to the own chat.
    private async ValueTask<string> OpenAsync(Turn turn, AdaptiveCard card, CancellationToken cancel)
    {
        var answer = Attached(card);
        if (turn.Scope == ConversationScope.Personal)
        {
            return await SendHereAsync(turn, answer, cancel) ? Sentences.SentBelow : Sentences.NotSent(OperationIds.ErrorId(turn.OperationId));
        }
        try
        {
            if (await FindOwnChatAsync(turn, cancel) is not { } ownChat)
            {
                return Sentences.NoPrivateChat;
            }
            await connector.SendAsync(ownChat, Addressed(answer, turn, ownChat), cancel);
            return Sentences.SentToOwnChat;
        }
        catch (ConnectorException failure) when (IsUnreachable(failure))
        {
            return Sentences.NoPrivateChat;
        }
        catch (ConnectorException failure)
        {
            return NotSent(turn, failure, failure.Failure);
        }
        catch (OperationCanceledException failure) when (cancel.IsCancellationRequested)
        {
            return NotSent(turn, failure, ConnectorFailure.Transient);
        }
    }

    private async ValueTask SendPrivatelyAsync(Turn turn, ConversationReference ownChat, Activity answer, CancellationToken cancel)
    {
        string line;
        try
        {
            await connector.SendAsync(ownChat, Addressed(answer, turn, ownChat), cancel);
            line = Sentences.AnsweredInOwnChat(turn.Actor.Name);
        }
        catch (ConnectorException failure) when (IsUnreachable(failure))
        {
            line = Sentences.NoPrivateChat;
        }
        catch (ConnectorException failure)
        {
            NotSent(turn, failure, failure.Failure);
            return;
        }
        catch (OperationCanceledException failure) when (cancel.IsCancellationRequested)
        {
            NotSent(turn, failure, ConnectorFailure.Transient);
            return;
        }
        await SayHereAsync(turn, line, cancel);
    }

    private async ValueTask ReplaceAsync(Turn turn, string pressed, Activity answer, CancellationToken cancel)
    {
        try
        {
            await connector.UpdateAsync(turn.Conversation, pressed, Addressed(answer, turn, turn.Conversation), cancel);
        }
        catch (ConnectorException failure) when (failure.Failure == ConnectorFailure.NotFound)
        {
            await SendHereAsync(turn, answer, cancel);
        }
        catch (ConnectorException failure)
        {
            NotSent(turn, failure, failure.Failure);
        }
        catch (OperationCanceledException failure) when (cancel.IsCancellationRequested)
        {
            NotSent(turn, failure, ConnectorFailure.Transient);
        }
    }

    private async ValueTask<bool> SendHereAsync(Turn turn, Activity answer, CancellationToken cancel)
    {
        var addressed = Addressed(answer, turn, turn.Conversation);
        try
        {
            try
            {
                await connector.SendAsync(turn.Conversation, addressed, cancel);
            }
            catch (ConnectorException failure) when (failure.Failure == ConnectorFailure.NotFound && addressed.ReplyToId is not null)
            {
                // The message answered was deleted meanwhile; the conversation may well be there.
                await connector.SendAsync(turn.Conversation, addressed with { ReplyToId = null }, cancel);
            }
            return true;
        }
        catch (ConnectorException failure)
        {
            NotSent(turn, failure, failure.Failure);
            return false;
        }
        catch (OperationCanceledException failure) when (cancel.IsCancellationRequested)
        {
            NotSent(turn, failure, ConnectorFailure.Transient);
            return false;
        }
    }

    /// <summary>Logs it, and says it with the id that the log has.</summary>
    private string NotSent(Turn turn, Exception exception, ConnectorFailure failure)
    {
        var errorId = OperationIds.ErrorId(turn.OperationId);
        AnswerNotSent(exception, errorId, failure);
        return Sentences.NotSent(errorId);
    }

    private static Activity Answer(TurnResult result) => result switch
    {
        TurnResult.Show show => Attached(show.Card),
        TurnResult.Open open => Attached(open.Card),
        TurnResult.Refused { Card: { } card } => Attached(card),
        TurnResult.Refused refused => Text(refused.Sentence),
        TurnResult.Say say => Text(say.Text),
        _ => throw new InvalidOperationException("Nothing is not sent."),
    };

    private static Activity Addressed(Activity answer, Turn turn, ConversationReference where)
    {
        var here = where.ConversationId == turn.Conversation.ConversationId;
        return answer with
        {
            From = turn.Activity.Recipient,
            Recipient = turn.Activity.From,
            Conversation = here ? turn.Activity.Conversation : new ConversationAccount { Id = where.ConversationId, TenantId = where.TenantId },
            ReplyToId = here && turn.Activity.Type == ActivityTypes.Message ? turn.Activity.Id : null,
        };
    }

    private static Activity Text(string sentence) => new() { Type = ActivityTypes.Message, Text = sentence, TextFormat = "plain" };

    private static Activity Attached(AdaptiveCard card) => new()
    {
        Type = ActivityTypes.Message,
        Summary = card.FallbackText,
        Attachments = [new Attachment { ContentType = Attachment.AdaptiveCardType, Content = card }],
    };

    private static CardActionResponse Card(AdaptiveCard card) => new() { StatusCode = 200, Type = CardActionResponse.CardType, Value = card };

    private static bool IsUnreachable(ConnectorException failure) => failure.Failure is ConnectorFailure.Blocked or ConnectorFailure.NotInstalled;

    [LoggerMessage(1120, LogLevel.Warning, "Error {ErrorId}: the answer could not be sent: {Failure}")]
    private partial void AnswerNotSent(Exception exception, string errorId, ConnectorFailure failure);
}
