using System.Globalization;

namespace CoordinationBot.Delegations;

/// <summary>Asking is always permitted while the delegation is open; the answer comes from the leader.</summary>
internal static class QuestionRules
{
    public static Outcome Ask(Delegation delegation, Act act, string? text)
    {
        if (DelegationRules.BarPerson(delegation, act, Role.Assignee) is { } bar)
        {
            return bar;
        }
        if (!delegation.IsOpen)
        {
            return new Outcome.Stale($"Nothing was sent: {DelegationRules.Standing(delegation)}");
        }
        if (DelegationLimits.Check(text, "your question", DelegationLimits.Words) is { } refusal)
        {
            return new Outcome.Refused(refusal);
        }
        if (delegation.Questions.Any(question => question.Text == text))
        {
            return new Outcome.Unchanged(delegation);
        }
        if (delegation.Questions.Count >= DelegationLimits.Questions)
        {
            return new Outcome.Refused($"{DelegationLimits.Questions} questions were asked here already. Please talk to {delegation.Leader.Name} directly.");
        }
        var question = new Question(string.Create(CultureInfo.InvariantCulture, $"Q{delegation.Questions.Count + 1}"), text!, null) { AskedAt = act.Now };
        return DelegationRules.Change(
            delegation,
            act,
            delegation with { Questions = [.. delegation.Questions, question] },
            $"Asked: {text}",
            null,
            new Tell(Role.Leader, $"{delegation.Assignee.Name} has a question."));
    }

    public static Outcome Answer(Delegation delegation, Act act, string? questionId, string? answer)
    {
        if (DelegationRules.BarPerson(delegation, act, Role.Leader) is { } bar)
        {
            return bar;
        }
        if (delegation.Questions.FirstOrDefault(question => question.Id == questionId) is not { } asked)
        {
            return new Outcome.Refused("There is no such question here.");
        }
        if (asked.Answer is not null)
        {
            return asked.Answer == answer ? new Outcome.Unchanged(delegation) : new Outcome.Stale("That question was answered already.");
        }
        if (!delegation.IsOpen)
        {
            return new Outcome.Stale($"Nothing was sent: {DelegationRules.Standing(delegation)}");
        }
        return DelegationLimits.Check(answer, "an answer", DelegationLimits.Words) is { } refusal
            ? new Outcome.Refused(refusal)
            : DelegationRules.Change(
                delegation,
                act,
                delegation with { Questions = [.. delegation.Questions.Select(question => question.Id == questionId ? question with { Answer = answer } : question)] },
                $"Answered “{asked.Text}”: {answer}",
                null,
                new Tell(Role.Assignee, $"{delegation.Leader.Name} answered your question."));
    }
}
