namespace CoordinationBot.Protocol.Turns;

/// <summary>Limits of a turn. The defaults fit what Teams was seen to do: it gives up after 10 to 15 seconds and delivers again.</summary>
public sealed class TurnOptions
{
    /// <summary>How long a card action may take, waiting included, before the person is told that it takes longer.</summary>
    public TimeSpan InvokeDeadline { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The same for everything else.</summary>
    public TimeSpan MessageDeadline { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>How long sending the answer may take. Apart from the turn's own deadline: what is committed is to be told.</summary>
    public TimeSpan AnswerDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many turns of one conversation may wait for the one that runs; more are answered 429.</summary>
    public int WaitingPerConversation { get; set; } = 32;

    /// <summary>How many finished activities are remembered to recognise a redelivery, over all conversations.</summary>
    public int RememberedActivities { get; set; } = 8192;
}
