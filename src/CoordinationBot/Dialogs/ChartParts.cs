using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Dialogs;

/// <summary>Numbers as a picture and in words: whoever sees no picture loses nothing.</summary>
internal static class ChartParts
{
    /// <param name="title">What the bars are about.</param>
    /// <param name="bars">In their order; at least one.</param>
    /// <param name="say">A value in words, with its unit.</param>
    /// <param name="areLying">For labels longer than a word.</param>
    public static IReadOnlyList<CardElement> Bars(string title, IReadOnlyList<Bar> bars, Func<double, string> say, bool areLying = false)
    {
        var words = string.Join(", ", bars.Select(bar => $"{bar.Label}: {say(bar.Value)}"));
        return
        [
            new BarChart
            {
                Title = title,
                Bars = bars,
                AreLying = areLying,
                Fallback = new CardImage(BarPicture.Address([.. bars.Select(bar => bar.Value)]), $"{title}. {words}"),
            },
            CardParts.Faint($"{title}. {words}."),
        ];
    }
}
