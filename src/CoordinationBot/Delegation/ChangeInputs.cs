using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Delegations;

/// <summary>The inputs of a change and how they are read back: the same for asking and for approving with an edit.</summary>
internal static class ChangeInputs
{
    private const string StepId = "step";
    private const string OtherStepId = "other-step";
    private const string TextId = "text";
    private const string DateId = "due.date";
    private const string TimeId = "due.time";
    private const string BudgetId = "budget";

    public static IReadOnlyList<CardElement> For(DelegationView view, ChangeKind kind, TermsChange? change)
    {
        var delegation = view.Delegation;
        var next = delegation.NextStep;
        var step = view.Typed.Text(StepId) ?? change?.Step.ToString(CultureInfo.InvariantCulture);
        return kind switch
        {
            ChangeKind.Skip => [DelegationCards.StepChoice(delegation, StepId, "Which step?", next, null, step)],
            ChangeKind.Swap =>
            [
                DelegationCards.StepChoice(delegation, StepId, "Which step?", next, null, step),
                DelegationCards.StepChoice(delegation, OtherStepId, "With which?", next, null, view.Typed.Text(OtherStepId) ?? change?.OtherStep.ToString(CultureInfo.InvariantCulture)),
            ],
            ChangeKind.Add =>
            [
                DelegationCards.StepChoice(delegation, StepId, "After which step?", Math.Max(1, next - 1), next == 1 ? "before the first" : null, step ?? delegation.Terms.Steps.Count.ToString(CultureInfo.InvariantCulture)),
                DelegationCards.Words(view, TextId, "The new step", null, DelegationLimits.StepText, change?.Text),
            ],
            ChangeKind.Reword =>
            [
                DelegationCards.StepChoice(delegation, StepId, "Which step?", next, null, step),
                DelegationCards.Words(view, TextId, "The new wording", null, DelegationLimits.StepText, change?.Text),
            ],
            ChangeKind.Budget => [DelegationCards.Words(view, BudgetId, "The new budget", "5,000 EUR", ActInputs.LongestAmount, change?.Budget is { } budget ? TypedMoney.ForInput(budget.Amount, budget.Currency) : null)],
            ChangeKind.MoveDeadline => Deadline(view, (change?.Due ?? delegation.Terms.Due).At),
        };
    }

    /// <summary>What was filled in, or why it cannot be read.</summary>
    public static (TermsChange? Change, string? Problem) Read(ChangeKind kind, Inputs inputs, string zone, Instant now, LocalTime dayEnds)
    {
        var (step, other) = (inputs.Number(StepId), inputs.Number(OtherStepId));
        const string PickStep = "Please choose a step.";
        switch (kind)
        {
            case ChangeKind.Skip:
                return step is { } skip ? (new TermsChange(kind, skip), null) : (null, PickStep);
            case ChangeKind.Swap:
                return step is { } one && other is { } two ? (new TermsChange(kind, one, two), null) : (null, "Please choose two steps.");
            case ChangeKind.Add:
            case ChangeKind.Reword:
                return step is { } at ? (new TermsChange(kind, at, Text: inputs.Text(TextId)), null) : (null, PickStep);
            case ChangeKind.Budget:
                return inputs.Text(BudgetId) is not { } typed ? (null, "Please give an amount with its currency, for example 5,000 EUR.")
                    : TypedMoney.Parse(typed) is TypedMoneyResult.Understood amount ? (new TermsChange(kind, Budget: new Money(amount.Amount, amount.Currency)), null)
                    : (null, ((TypedMoneyResult.NotUnderstood)TypedMoney.Parse(typed)).Sentence);
            case ChangeKind.MoveDeadline:
                var date = ActInputs.Date(inputs, "due", now, zone, dayEnds);
                return date is TypedDateResult.Understood understood
                    ? (new TermsChange(kind, Due: new Due(understood.When.ToDateTimeOffset().ToUniversalTime(), zone)), null)
                    : (null, (date as TypedDateResult.NotUnderstood)!.Sentence);
        }
        throw new ArgumentOutOfRangeException(nameof(kind));
    }

    private static IReadOnlyList<CardElement> Deadline(DelegationView view, DateTimeOffset at)
    {
        var local = at.ToInstant().InZone(Zones.Find(view.Zone));
        return
        [
            CardParts.Moment(
                DateId,
                TimeId,
                "New deadline",
                view.Zone,
                view.Typed.Text(DateId) ?? local.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
                view.Typed.Text(TimeId) ?? local.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture)),
        ];
    }
}
