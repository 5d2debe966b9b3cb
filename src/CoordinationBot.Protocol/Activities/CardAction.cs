using System.Text.Json;

namespace CoordinationBot.Protocol.Activities;

/// <summary>Value of an <c>adaptiveCard/action</c> invoke (Universal Action Model). Everything in it is untrusted input.</summary>
public sealed record CardActionValue
{
    /// <summary>Name of the invoke.</summary>
    public const string InvokeName = "adaptiveCard/action";

    /// <summary>The action pressed.</summary>
    public CardAction? Action { get; init; }

    /// <summary><c>automatic</c> (a refresh: must be read-only) or <c>manual</c>; absent means manual.</summary>
    public string? Trigger { get; init; }
}

/// <summary>The action of a card as the client sends it back.</summary>
public sealed record CardAction
{
    /// <summary><c>Action.Execute</c>.</summary>
    public string? Type { get; init; }

    /// <summary>What to do.</summary>
    public string? Verb { get; init; }

    /// <summary>The action's data merged with the values of the card's inputs.</summary>
    public JsonElement? Data { get; init; }
}

/// <summary>Answer to an <c>adaptiveCard/action</c>; the HTTP status is 200 whenever our code ran, the outcome is in the body.</summary>
public sealed record CardActionResponse
{
    /// <summary>200 for a card or a message, 400 or 500 for an error.</summary>
    public required int StatusCode { get; init; }

    /// <summary><see cref="CardType"/>, <see cref="MessageType"/> or <see cref="ErrorType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The bare card (<see cref="Cards.AdaptiveCard"/>), the sentence (<see cref="string"/>), or <c>{code,message}</c>.</summary>
    public object? Value { get; init; }

    /// <summary>The value is a bare Adaptive Card that replaces the one pressed.</summary>
    public const string CardType = "application/vnd.microsoft.card.adaptive";

    /// <summary>The value is a sentence shown to the person who pressed.</summary>
    public const string MessageType = "application/vnd.microsoft.activity.message";

    /// <summary>The value is <c>{code,message}</c>.</summary>
    public const string ErrorType = "application/vnd.microsoft.error";
}
