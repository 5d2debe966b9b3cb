using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Delegations;

/// <summary>What is said when something has become due and nothing is changed by it.</summary>
internal static class SilenceNotices
{
    public static IEnumerable<Change> For(Delegation delegation, DueMoment moment) => moment.Missing is { } missing
        ? [Outbox.TellLater(missing.From.ObjectId, moment.Name, Reminder(delegation, missing), NoticeKind.Reminder, moment.At)]
        :
        [
            Outbox.TellLater(delegation.Assignee.ObjectId, moment.Name, Overdue(delegation), NoticeKind.Reminder, moment.At),
            // Whoever waits owes nothing.
            Outbox.TellLater(delegation.Leader.ObjectId, moment.Name, Overdue(delegation), NoticeKind.Progress, moment.At),
        ];

    public static string Reminder(Delegation delegation, Missing missing) => missing.Kind switch
    {
        MissingKind.Offer => $"A reminder: {delegation.Leader.Name} waits for your answer.",
        MissingKind.Question => $"A reminder: {delegation.Assignee.Name} asked “{delegation.Questions.First(question => question.Id == missing.Subject).Text}”. Please answer.",
        MissingKind.Comment => $"A reminder: {delegation.Assignee.Name} waits for what you think.",
        MissingKind.Result when delegation.Terms.Type == AuthorizationType.Uncertain => $"A reminder: {delegation.Assignee.Name} proposed options. Please choose one, or ask for more.",
        MissingKind.Result => $"A reminder: {delegation.Assignee.Name} handed in the result. Please accept or return it.",
        MissingKind.Change => Decide(delegation, missing, ChangeRules.Describe(delegation.Terms, delegation.Request!.Change)),
        MissingKind.Act => Decide(delegation, missing, BoundsText.Act(delegation, delegation.Dealings.Held.First(held => held.Id == missing.Subject).Act)),
    };

    private static string Decide(Delegation delegation, Missing missing, string asks) =>
        $"A reminder: {delegation.Asker.Name} asks to {asks}. Please decide.{(missing.Policy == OnSilence.Approve ? " Without an answer it is approved in one working day, as you chose." : "")}";

    private static string Overdue(Delegation delegation) => $"This is overdue since {Zones.Read(delegation.Terms.Due.At, delegation.Terms.Due.Zone)}.";
}
