using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>What happens when an answer is missing, as the leader chose.</summary>
internal enum OnSilence
{
    /// <summary>A reminder after one working day, somebody else is asked after two; it waits meanwhile.</summary>
    Escalate,

    /// <summary>A reminder after one working day, and nothing more.</summary>
    Remind,

    /// <summary>It waits.</summary>
    Hold,

    /// <summary>Of approvals: a reminder after one working day, and after two the leader's own silence is their approval. Never what a policy asks, and nobody else's.</summary>
    Approve,
}

/// <summary>Who owns the silence of a delegation: the leader's choice for offers and for approvals.</summary>
internal sealed record Silence(OnSilence Offers, OnSilence Approvals)
{
    public static readonly Silence Default = new(OnSilence.Escalate, OnSilence.Escalate);

    /// <summary>Both from one choice; null for the default.</summary>
    public static Silence? Of(OnSilence choice) => choice switch
    {
        OnSilence.Escalate => null,
        OnSilence.Remind or OnSilence.Hold => new Silence(choice, choice),
        OnSilence.Approve => new Silence(OnSilence.Escalate, OnSilence.Approve),
    };

    /// <summary>On the card, where it is not the default.</summary>
    public string Describe(string leader) => Approvals switch
    {
        OnSilence.Escalate => "a reminder, then somebody else is asked",
        OnSilence.Remind => "a reminder after one working day",
        OnSilence.Hold => "it waits",
        OnSilence.Approve => $"after two working days {leader}'s silence is their approval, unless a policy asks",
    };
}

/// <summary>Why somebody is asked instead of somebody else.</summary>
internal enum StandInReason
{
    /// <summary>They are away, and this is their deputy.</summary>
    Away,

    /// <summary>They did not answer, and this is their deputy.</summary>
    Silent,

    /// <summary>They did not answer, and this is the next one up. What a policy asks of them, they alone or their deputy answer.</summary>
    SilentAbove,
}

/// <summary>What an answer is missing to.</summary>
internal enum MissingKind
{
    Offer,
    Act,
    Change,
    Result,

    /// <summary>What the assignee asked the leader.</summary>
    Question,

    /// <summary>What somebody who must be consulted thinks.</summary>
    Comment,
}

/// <summary>An answer that somebody owes.</summary>
/// <param name="Kind">To what.</param>
/// <param name="Subject">Which: the id of a request, a version that is offered, a result.</param>
/// <param name="From">Who owes it.</param>
/// <param name="Since">Since when.</param>
/// <param name="Policy">What happens without it.</param>
internal sealed record Missing(MissingKind Kind, string Subject, Party From, DateTimeOffset Since, OnSilence Policy)
{
    /// <summary>The name under which a step is done once.</summary>
    public string Name(DueStep step) => $"{step.ToString().ToLowerInvariant()}-{Subject}-{From.ObjectId}";
}

/// <summary>What becomes due in a delegation by itself.</summary>
internal enum DueStep
{
    Remind,
    Escalate,
    Approve,
    Expire,
    Overdue,
}

/// <param name="Step">What is done.</param>
/// <param name="Name">Under which it is done once.</param>
/// <param name="At">Not before.</param>
/// <param name="Missing">The answer, where it is about one.</param>
internal sealed record DueMoment(DueStep Step, string Name, DateTimeOffset At, Missing? Missing = null);
