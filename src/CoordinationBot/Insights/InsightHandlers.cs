using CoordinationBot.Files;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Insights;

/// <summary><c>insights</c>, and what is on its cards. A turn only asks for the count, or shows what was counted.</summary>
internal sealed class InsightHandlers(InsightStore store, FileLinks links)
{
    private const string NothingYet = "There is nothing to show here yet. Type insights.";

    public async ValueTask<TurnResult> CommandAsync(Turn turn, CancellationToken cancel) => turn.Argument.ToUpperInvariant() switch
    {
        "" or "QUARTER" or "13 WEEKS" or "3 MONTHS" => await AskAsync(turn, InsightSpanKind.Quarter, cancel),
        "YEAR" or "12 MONTHS" => await AskAsync(turn, InsightSpanKind.Year, cancel),
        _ => new TurnResult.Say("Type insights for the last 13 weeks, or insights year for the last 12 months."),
    };

    public ValueTask<TurnResult> AskedAsync(Turn turn, CancellationToken cancel) =>
        AskAsync(turn, turn.Inputs.Text("span") == "year" ? InsightSpanKind.Year : InsightSpanKind.Quarter, cancel);

    public ValueTask<TurnResult> NumbersAsync(Turn turn, CancellationToken cancel) => ShowAsync(turn, InsightCards.Numbers, cancel);

    public ValueTask<TurnResult> ThemesAsync(Turn turn, CancellationToken cancel) => ShowAsync(turn, InsightCards.Themes, cancel);

    public async ValueTask<TurnResult> ExportAsync(Turn turn, CancellationToken cancel)
    {
        if (await FindAsync(turn, cancel) is not { } numbers)
        {
            return new TurnResult.Refused(NothingYet);
        }
        return await links.CreateAsync(new FileRequest(turn.Tenant, turn.Actor.ObjectId, InsightFile.Kind, ""), turn.Now, cancel) is { } link
            ? new TurnResult.Open(FileCards.Csv("the numbers of the card, and the themes", link, turn.Now + FileStore.Lifetime, numbers.Zone))
            : new TurnResult.Say(FileLinks.NoAddress);
    }

    private async ValueTask<TurnResult> AskAsync(Turn turn, InsightSpanKind span, CancellationToken cancel)
    {
        await store.AskAsync(turn.Tenant, turn.Actor.ObjectId, span, cancel);
        return new TurnResult.Say("I am counting what came up to you. It comes in a moment.");
    }

    private async ValueTask<TurnResult> ShowAsync(Turn turn, Func<InsightNumbers, AdaptiveCard> card, CancellationToken cancel) =>
        await FindAsync(turn, cancel) is { } numbers ? new TurnResult.Show(card(numbers)) : new TurnResult.Refused(NothingYet);

    private async ValueTask<InsightNumbers?> FindAsync(Turn turn, CancellationToken cancel) =>
        (await store.FindAsync(InsightStore.Partition(turn.Tenant, turn.Actor.ObjectId), cancel))?.Numbers;
}
