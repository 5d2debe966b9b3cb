using System.Net;
using CoordinationBot.People;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Connector;

namespace CoordinationBot.Notices;

/// <summary>Puts cards into people's own chats, and reads what a failure means.</summary>
internal sealed partial class CardSender(PersonalChats chats, ConnectorClient connector, NoticePace pace, ILogger<CardSender> logger)
{
    /// <summary>How long a send of which nobody knows the outcome rests before the next try; then the person counts as unreachable.</summary>
    public static readonly TimeSpan[] Windows = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)];

    /// <summary>As a new message.</summary>
    public async ValueTask<CardPlace?> SendAsync(Person person, AdaptiveCard card, bool alert, CancellationToken cancel)
    {
        await pace.WaitAsync(cancel);
        var chat = await chats.OpenAsync(person, cancel);
        return await connector.SendAsync(chat, Message(card, alert), cancel) is { } id ? new CardPlace(chat, id) : null;
    }

    /// <summary>In place. False when the message is gone.</summary>
    public async ValueTask<bool> TryUpdateAsync(CardPlace place, AdaptiveCard card, CancellationToken cancel)
    {
        await pace.WaitAsync(cancel);
        try
        {
            await connector.UpdateAsync(place.Conversation, place.ActivityId, Message(card, alert: false), cancel);
            return true;
        }
        catch (ConnectorException failure) when (failure.Failure == ConnectorFailure.NotFound)
        {
            return false;
        }
    }

    /// <summary>Leaves a stub where a card was. The new message is out: to fail here would send it again, and an old card that stays answers with the present state.</summary>
    public async ValueTask LeaveAsync(CardPlace old, AdaptiveCard stub, CancellationToken cancel)
    {
        try
        {
            await TryUpdateAsync(old, stub, cancel);
        }
        catch (ConnectorException failure)
        {
            LogNoStub(logger, failure.Status, failure.Code);
        }
    }

    /// <summary>Why a person cannot be reached, after so many tries; null when it is worth another.</summary>
    public static Unreachable? Refused(ConnectorException failure, int attempts) => failure switch
    {
        { Failure: ConnectorFailure.Blocked } => Unreachable.Blocked,
        { Failure: ConnectorFailure.NotInstalled } => Unreachable.NotInstalled,
        _ when !IsThrottled(failure) && attempts > Windows.Length => Unreachable.NoAnswer,
        _ => null,
    };

    /// <summary>Nothing was delivered: that is no try.</summary>
    public static bool IsThrottled(ConnectorException failure) => failure.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.PreconditionFailed;

    /// <summary>How long the next try rests. Throttled: as long as the channel says. The chat is gone: another one is opened soon. Otherwise ever longer.</summary>
    public static TimeSpan Wait(ConnectorException failure, int attempts) =>
        failure.Failure == ConnectorFailure.NotFound ? TimeSpan.FromSeconds(1) : IsThrottled(failure) ? failure.RetryAfter ?? Windows[0] : Windows[attempts - 1];

    /// <summary>What a failure says of the person, for their row.</summary>
    public static Person After(Person person, ConnectorException failure, Unreachable? reason) => person with
    {
        Unreachable = reason ?? person.Unreachable,
        PersonalConversation = reason == Unreachable.NotInstalled || (reason is null && failure.Failure == ConnectorFailure.NotFound) ? null : person.PersonalConversation,
    };

    private static Activity Message(AdaptiveCard card, bool alert) => new()
    {
        Type = ActivityTypes.Message,
        Summary = card.FallbackText,
        ChannelData = alert ? new ChannelData { Notification = new NotificationInfo { Alert = true } } : null,
        Attachments = [new Attachment { ContentType = Attachment.AdaptiveCardType, Content = card }],
    };

    [LoggerMessage(302, LogLevel.Information, "An old card stays as it was: the connector answered {Status} {Code}")]
    private static partial void LogNoStub(ILogger logger, HttpStatusCode? status, string? code);
}
