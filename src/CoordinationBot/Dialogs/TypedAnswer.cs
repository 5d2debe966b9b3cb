using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Dialogs;

/// <summary>What was typed is answered with a message of its own, also where a button that stands for the command is pressed: the same act by card takes the place of the card.</summary>
internal static class TypedAnswer
{
    public static TurnResult AsMessage(this TurnResult result) => result switch
    {
        TurnResult.Show show => new TurnResult.Open(show.Card),
        TurnResult.Refused { Card: { } card } => new TurnResult.Open(card),
        _ => result,
    };
}
