using System.Text.RegularExpressions;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Feedbacks;

/// <summary><c>feedback</c>, and everything the buttons do by typing: <c>feedback F-…: planned</c>.</summary>
internal sealed partial class FeedbackCommand(FeedbackHandlers handlers, OwnerHandlers owner, TalkHandlers talk)
{
    private const string HowTo = "Type feedback F-… and one of these: take, answer …, ask …, end, looking into it, planned, done, not now because …, to Alex, join F-…, agenda M-…, delegate.";

    public async ValueTask<TurnResult> RunAsync(Turn turn, CancellationToken cancel)
    {
        if (Sentence().Match(turn.Argument) is not { Success: true } match)
        {
            return await handlers.OpenAsync(turn, null, cancel);
        }
        var (id, act, rest) = (match.Groups["id"].Value.ToUpperInvariant(), match.Groups["act"].Value, match.Groups["rest"].Value.Trim());
        var result = act.ToUpperInvariant() switch
        {
            "" => await owner.BringAsync(turn, id, cancel),
            "TAKE" => await owner.TakeAsync(turn, id, cancel),
            "ANSWER" => await owner.AnswerAsync(turn, id, rest, cancel),
            "ASK" => await talk.AskAsync(turn, id, rest, cancel),
            "END" => await talk.EndAsync(turn, id, cancel),
            "LOOKING INTO IT" => await owner.MoveAsync(turn, id, FeedbackState.LookingIntoIt, null, cancel),
            "PLANNED" => await owner.MoveAsync(turn, id, FeedbackState.Planned, null, cancel),
            "DONE" => await owner.MoveAsync(turn, id, FeedbackState.Done, null, cancel),
            "NOT NOW" => await owner.MoveAsync(turn, id, FeedbackState.NotNow, Because().Replace(rest, ""), cancel),
            "TO" => await owner.HandOnAsync(turn, id, rest, cancel),
            "JOIN" => await owner.JoinAsync(turn, id, rest, cancel),
            "AGENDA" => await owner.AgendaAsync(turn, id, rest, cancel),
            "DELEGATE" => await owner.GiveAsync(turn, id, cancel),
            _ => new TurnResult.Say(HowTo),
        };
        // What was typed has no card to be shown in.
        return result switch
        {
            TurnResult.Show show => new TurnResult.Open(show.Card),
            TurnResult.Refused { Card: { } card } => new TurnResult.Open(card),
            TurnResult.Refused refused => new TurnResult.Say(refused.Sentence),
            _ => result,
        };
    }

    [GeneratedRegex(@"^(?<id>F-[0-9A-Z]{6})(?:\s*[:.,]\s*|\s+|$)(?<act>take|answer|ask|end|looking into it|planned|done|not now|to|join|agenda|delegate|)(?![\p{L}\p{N}])[:,]?(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^[:,]?\s*because\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Because();
}
