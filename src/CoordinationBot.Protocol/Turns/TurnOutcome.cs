namespace CoordinationBot.Protocol.Turns;

/// <summary>How a turn ended, for those who run the host.</summary>
internal enum TurnOutcome
{
    /// <summary>Done, without an answer.</summary>
    Silent,

    /// <summary>Answered with a sentence.</summary>
    Said,

    /// <summary>Answered with a card.</summary>
    Shown,

    /// <summary>Not done, for a reason that the person was told.</summary>
    Refused,

    /// <summary>Not done, since the answer was personal and the speaker cannot be written to.</summary>
    NoPrivateChat,

    /// <summary>Done, but the answer could not be made.</summary>
    Unanswered,

    /// <summary>Ended with an exception.</summary>
    Failed,

    /// <summary>Over its deadline.</summary>
    Late,

    /// <summary>The channel hung up.</summary>
    HungUp,

    /// <summary>Too many waited in its conversation.</summary>
    TurnedAway,

    /// <summary>A redelivery, not run again.</summary>
    Repeated,
}
