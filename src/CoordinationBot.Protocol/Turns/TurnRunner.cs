using System.Diagnostics.Metrics;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Connector;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Protocol.Turns;

/// <summary>What the HTTP response of a turn is.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Body of an invoke, or null.</param>
public readonly record struct TurnResponse(int Status, CardActionResponse? Body = null);

/// <summary>
/// Runs one activity: finds its handler, runs it when the turns of its conversation that arrived before are done, and delivers the result.
/// Never throws for what a handler or the channel does; an exception means the caller's token.
/// </summary>
public sealed partial class TurnRunner
{
    /// <summary>Name of the spans and of the meter with the figures of turns.</summary>
    public const string TelemetryName = "CoordinationBot.Protocol.Turns";

    // An abandoned handler keeps its conversation to itself this long, so that the next turn does not run beside it.
    private static readonly TimeSpan AbandonedFor = TimeSpan.FromSeconds(30);
    private static readonly Meter Meter = new(TelemetryName);
    private static readonly Counter<long> UnknownInvokes = Meter.CreateCounter<long>("coordinationbot.turns.unknown_invokes", description: "Invokes answered 501");

    private readonly RouteTable _table;
    private readonly TurnRoutes _routes;
    private readonly TurnDelivery _delivery;
    private readonly TurnOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ConversationGate _gate;
    private readonly RecentActivities _recent;

    /// <summary>Makes the runner. The route table may still be filled until the first turn.</summary>
    /// <param name="routes">Who answers what.</param>
    /// <param name="connector">Sends the answers.</param>
    /// <param name="options">Limits.</param>
    /// <param name="clock">The clock, read once a turn.</param>
    /// <param name="log">Where failures are told.</param>
    /// <param name="personalChats">Finds a speaker's own chat; without one, personal answers to something said in a group cannot be given.</param>
    public TurnRunner(
        RouteTable routes,
        ConnectorClient connector,
        IOptions<TurnOptions> options,
        TimeProvider clock,
        ILogger<TurnRunner> log,
        PersonalChatFinder? personalChats = null)
    {
        _table = routes;
        _routes = new TurnRoutes(routes);
        _options = options.Value;
        _delivery = new TurnDelivery(connector, personalChats, log);
        _clock = clock;
        _log = log;
        _gate = new ConversationGate(_options.WaitingPerConversation);
        _recent = new RecentActivities(_options.RememberedActivities);
    }

    /// <summary>Number of conversations with a turn running; for tests that look for leaks.</summary>
    internal int ConversationsHeld => _gate.Count;

    /// <summary>Runs the activity. It has been authenticated, and its tenant and service URL are allowed.</summary>
    public async ValueTask<TurnResponse> RunAsync(Activity activity, CancellationToken cancel)
    {
        var isInvoke = activity.Type == ActivityTypes.Invoke;
        if (isInvoke && activity.Name != CardActionValue.InvokeName)
        {
            UnknownInvokes.Add(1);
            UnknownInvoke(ActivityFacts.Loggable(activity.Name));
            return new(501);
        }
        if (activity is not { Conversation.Id: { } conversation, ServiceUrl: { } serviceUrl, Recipient.Id: { } botId } || !ActivityFacts.IsId(conversation) || !ActivityFacts.IsId(botId)
            || (activity.Conversation.TenantId ?? activity.ChannelData?.Tenant?.Id) is not { Length: > 0 } tenant)
        {
            Incomplete(ActivityFacts.Loggable(activity.Type));
            return Ignored(isInvoke);
        }
        var scope = ActivityFacts.ScopeOf(activity.Conversation);
        if (_routes.Find(activity, scope) is not { } route)
        {
            return Ignored(isInvoke);
        }
        if (ActivityFacts.ActorOf(activity) is not { } actor)
        {
            NobodySpoke(route.Prefix, ActivityFacts.Loggable(route.Key));
            return Ignored(isInvoke);
        }

        var measure = TurnMeasure.Begin(_clock);
        var outcome = TurnOutcome.Failed;
        using var deadline = new CancellationTokenSource(isInvoke ? _options.InvokeDeadline : _options.MessageDeadline, _clock);
        using var gone = cancel.UnsafeRegister(static deadline => ((CancellationTokenSource)deadline!).Cancel(), deadline);
        var key = new ConversationGate.Key(tenant, conversation);
        if (!await WaitAsync(key, deadline.Token, cancel))
        {
            TooMany(tenant, ActivityFacts.Hashed(conversation));
            measure.End(route, TurnOutcome.TurnedAway, _clock);
            return new(429);
        }
        Task? abandoned = null;
        try
        {
            var (operation, number) = OperationIds.For(tenant, conversation, activity, route.Prefix, route.Key);
            var isRemembered = !isInvoke && activity.Id is not null;
            if (isRemembered && _recent.Contains(number))
            {
                outcome = TurnOutcome.Repeated;
                return new(200);
            }
            var turn = new Turn
            {
                Activity = activity,
                Actor = actor,
                Tenant = tenant,
                Scope = scope,
                Conversation = new ConversationReference(serviceUrl, conversation, tenant, botId),
                Locale = ActivityFacts.LocaleOf(activity),
                Zone = ActivityFacts.ZoneOf(activity),
                Now = _clock.GetUtcNow(),
                OperationId = operation,
                Text = route.Text,
                Argument = route.Argument,
                Inputs = route.Inputs,
                IsRefresh = route.IsRefresh,
            };
            using var scopeOfLog = TurnScope(_log, turn.OperationId, tenant);
            (var response, outcome, abandoned) = await RunAsync(turn, route, deadline.Token, cancel);
            if (isRemembered && outcome is not (TurnOutcome.Failed or TurnOutcome.Late or TurnOutcome.HungUp))
            {
                _recent.Add(number);
            }
            return response;
        }
        finally
        {
            if (abandoned is null)
            {
                _gate.Exit(key);
            }
            else
            {
                _ = ExitLaterAsync(key, abandoned);
            }
            measure.End(route, outcome, _clock);
        }
    }

    private async ValueTask<bool> WaitAsync(ConversationGate.Key key, CancellationToken deadline, CancellationToken cancel)
    {
        try
        {
            return await _gate.EnterAsync(key, deadline);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Nothing was done: answered like a full conversation, so that the channel delivers again.
            return false;
        }
    }

    private async ValueTask<(TurnResponse Response, TurnOutcome Outcome, Task? Abandoned)> RunAsync(Turn turn, TurnRoute route, CancellationToken deadline, CancellationToken cancel)
    {
        Task<TurnResult>? running = null;
        ConversationReference? ownChat = null;
        TurnResult result;
        try
        {
            if (TurnDelivery.AnswersInOwnChat(turn, route))
            {
                // Found before the handler runs: what nobody could be told is not done.
                ownChat = await _delivery.FindOwnChatAsync(turn, deadline);
                if (ownChat is null)
                {
                    using var sending = Sending();
                    await _delivery.SayHereAsync(turn, Sentences.NoPrivateChat, sending.Token);
                    return (new(200), TurnOutcome.NoPrivateChat, null);
                }
            }
            var execution = ExecuteAsync(turn, route, deadline);
            if (execution.IsCompletedSuccessfully)
            {
                result = execution.Result;
            }
            else
            {
                running = execution.AsTask();
                result = await running.WaitAsync(deadline);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            var abandoned = running is { IsCompleted: false } ? running : null;
            if (cancel.IsCancellationRequested)
            {
                HungUp(route.Prefix, ActivityFacts.Loggable(route.Key));
                return (new(503), TurnOutcome.HungUp, abandoned);
            }
            var errorId = OperationIds.ErrorId(turn.OperationId);
            OverDeadline(errorId, route.Prefix, ActivityFacts.Loggable(route.Key));
            return (await ApologiseAsync(turn, route, Sentences.TakesLonger(errorId, isCard: route.Kind != TurnKind.Text)), TurnOutcome.Late, abandoned);
        }
#pragma warning disable CA1031 // Whatever a handler throws, the person gets an answer and the host goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var errorId = OperationIds.ErrorId(turn.OperationId);
            HandlerFailed(failure, errorId, route.Prefix, ActivityFacts.Loggable(route.Key));
            return (await ApologiseAsync(turn, route, Sentences.Failed(errorId)), TurnOutcome.Failed, null);
        }

        using var answering = Sending();
        try
        {
            return (await _delivery.DeliverAsync(turn, route, result, ownChat, answering.Token), OutcomeOf(result), null);
        }
#pragma warning disable CA1031 // A card that cannot be written, or a finder of chats that fails: a defect, but the turn has taken effect.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var errorId = OperationIds.ErrorId(turn.OperationId);
            DeliveryFailed(failure, errorId, route.Prefix, ActivityFacts.Loggable(route.Key));
            return (new(200, route.Kind == TurnKind.Invoke ? TurnDelivery.Message(Sentences.Unanswered(errorId)) : null), TurnOutcome.Unanswered, null);
        }
    }

    private async ValueTask<TurnResult> ExecuteAsync(Turn turn, TurnRoute route, CancellationToken cancel)
    {
        var observers = _table.Observers;
        for (var index = 0; index < observers.Count; index++)
        {
            await observers[index](turn, cancel);
        }
        if (route.Handler is { } handler)
        {
            return await handler(turn, cancel);
        }
        return route.Kind switch
        {
            TurnKind.Invoke when route.IsRefresh => TurnResult.Nothing.Instance,
            TurnKind.Invoke or TurnKind.Submit => new TurnResult.Refused(Sentences.OldButton),
            TurnKind.Text when turn.Scope != ConversationScope.Personal => new TurnResult.Say(Sentences.GroupHint),
            TurnKind.Text or TurnKind.Event => TurnResult.Nothing.Instance,
        };
    }

    private async ValueTask<TurnResponse> ApologiseAsync(Turn turn, TurnRoute route, string sentence)
    {
        if (route.Kind == TurnKind.Invoke)
        {
            return new(200, TurnDelivery.Message(sentence));
        }
        // Somebody coming or going asked for nothing, so there is nobody to apologise to.
        if (route.Kind != TurnKind.Event)
        {
            using var sending = Sending();
            await _delivery.SayHereAsync(turn, sentence, sending.Token);
        }
        return new(200);
    }

    private async Task ExitLaterAsync(ConversationGate.Key key, Task abandoned)
    {
        try
        {
            await abandoned.WaitAsync(AbandonedFor, _clock);
        }
#pragma warning disable CA1031 // The person has been answered; what remains is to know of it and to let the next turn in.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            AbandonedFailed(failure);
        }
        finally
        {
            _gate.Exit(key);
        }
    }

    private CancellationTokenSource Sending() => new(_options.AnswerDeadline, _clock);

    private static TurnOutcome OutcomeOf(TurnResult result) => result switch
    {
        TurnResult.Say => TurnOutcome.Said,
        TurnResult.Show or TurnResult.Open => TurnOutcome.Shown,
        TurnResult.Refused => TurnOutcome.Refused,
        _ => TurnOutcome.Silent,
    };

    private static TurnResponse Ignored(bool isInvoke) => new(200, isInvoke ? TurnDelivery.Message(Sentences.UnknownPerson) : null);

    private static readonly Func<ILogger, string, string, IDisposable?> TurnScope =
        LoggerMessage.DefineScope<string, string>("Operation {Operation} of tenant {Tenant}");

    [LoggerMessage(1100, LogLevel.Warning, "Invoke {Name} is unknown")]
    private partial void UnknownInvoke(string name);

    [LoggerMessage(1101, LogLevel.Warning, "An activity of type {Type} names no conversation, tenant, bot or service URL, or not as the channel does")]
    private partial void Incomplete(string type);

    [LoggerMessage(1102, LogLevel.Information, "Ignored {Prefix}:{Key} of somebody without an object id")]
    private partial void NobodySpoke(string prefix, string key);

    [LoggerMessage(1103, LogLevel.Warning, "Turned a turn away: too many wait in conversation {Conversation} of tenant {Tenant}")]
    private partial void TooMany(string tenant, string conversation);

    [LoggerMessage(1104, LogLevel.Warning, "Error {ErrorId}: {Prefix}:{Key} went over its deadline")]
    private partial void OverDeadline(string errorId, string prefix, string key);

    [LoggerMessage(1105, LogLevel.Information, "The channel hung up during {Prefix}:{Key}")]
    private partial void HungUp(string prefix, string key);

    [LoggerMessage(1106, LogLevel.Error, "Error {ErrorId} in {Prefix}:{Key}")]
    private partial void HandlerFailed(Exception failure, string errorId, string prefix, string key);

    [LoggerMessage(1108, LogLevel.Error, "Error {ErrorId} while answering {Prefix}:{Key}")]
    private partial void DeliveryFailed(Exception failure, string errorId, string prefix, string key);

    [LoggerMessage(1107, LogLevel.Error, "A handler that was over its deadline ended badly or not at all")]
    private partial void AbandonedFailed(Exception failure);
}
