using System.Globalization;
using CoordinationBot.Authority;
using CoordinationBot.People;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Delegations;

/// <summary>What becomes due in a delegation when nobody does anything, and when: reminders, escalation, approval by silence, expiry, overdue.</summary>
internal static class SilenceRules
{
    private const int RemindAfter = 1;
    private const int ActAfter = 2;

    /// <summary>Sooner after it was asked nobody can have been reminded: there is a night before it.</summary>
    private static readonly TimeSpan Soonest = TimeSpan.FromHours(12);

    /// <summary>Whose answers are missing now, and since when.</summary>
    public static IEnumerable<Missing> Missing(Delegation delegation)
    {
        var chosen = delegation.Terms.OnSilence;
        var since = delegation.Since ?? delegation.CreatedAt;
        // Of what nobody else can answer.
        var remind = chosen.Approvals == OnSilence.Hold ? OnSilence.Hold : OnSilence.Remind;
        if (delegation.State == DelegationState.Offered)
        {
            yield return new Missing(MissingKind.Offer, string.Create(CultureInfo.InvariantCulture, $"offer-{delegation.Terms.Version}"), delegation.Assignee, since, chosen.Offers);
        }
        if (delegation.State == DelegationState.HandedIn)
        {
            yield return new Missing(
                MissingKind.Result, string.Create(CultureInfo.InvariantCulture, $"result-{delegation.Round}"), delegation.Leader, since, remind);
        }
        foreach (var question in delegation.Questions)
        {
            if (question is { Answer: null, AskedAt: { } asked } && delegation.IsOpen)
            {
                yield return new Missing(MissingKind.Question, question.Id, delegation.Leader, asked, remind);
            }
        }
        foreach (var person in delegation.Terms.Type == AuthorizationType.Uncertain && DeclareRules.IsAtWork(delegation) ? InquiryRules.Missing(delegation) : [])
        {
            yield return new Missing(MissingKind.Comment, "comment", person, since, remind);
        }
        if (delegation is { State: DelegationState.WaitingForApproval, Request: { } request })
        {
            yield return new Missing(MissingKind.Change, request.Id, delegation.Leader, request.AskedAt, chosen.Approvals);
        }
        if (!DeclareRules.IsAtWork(delegation) && delegation.State != DelegationState.Requested)
        {
            yield break;
        }
        foreach (var held in delegation.Dealings.Held.Where(held => !held.Raising))
        {
            foreach (var asked in held.Needs.Where(need => need.ApprovedBy is null).GroupBy(need => need.Approver.ObjectId))
            {
                // Somebody else's silence is not the leader's to sell, and no silence answers a policy.
                var isTheirs = asked.Key == delegation.Leader.ObjectId && asked.Any(need => !need.IsPolicy);
                yield return new Missing(
                    MissingKind.Act,
                    held.Id,
                    asked.First().Approver,
                    asked.Max(need => need.AskedAt ?? held.AskedAt),
                    chosen.Approvals == OnSilence.Approve && !isTheirs ? OnSilence.Escalate : chosen.Approvals);
            }
        }
    }

    /// <summary>Everything that becomes due, in the past and ahead, but for what was done.</summary>
    /// <param name="delegation">As it stands.</param>
    /// <param name="calendarOf">When somebody works.</param>
    /// <param name="doneAt">When something of that name was done; null: not yet.</param>
    public static IReadOnlyList<DueMoment> Moments(Delegation delegation, Func<Party, WorkCalendar> calendarOf, Func<string, DateTimeOffset?> doneAt)
    {
        List<DueMoment> moments = [];
        foreach (var missing in Missing(delegation))
        {
            var calendar = calendarOf(missing.From);
            var since = missing.Since.ToInstant();
            void Add(DueStep step, Instant at) => moments.Add(new DueMoment(step, missing.Name(step), at.ToDateTimeOffset(), missing));
            if (missing.Policy != OnSilence.Hold)
            {
                Add(DueStep.Remind, After(calendar, since, RemindAfter));
            }
            if (missing.Policy == OnSilence.Escalate)
            {
                Add(DueStep.Escalate, Escalation(calendar, since));
            }
            // Nobody's silence counts before they were reminded: after a time of rest of this office both would come at once.
            if (missing.Policy == OnSilence.Approve && doneAt(missing.Name(DueStep.Remind)) is { } reminded)
            {
                Add(DueStep.Approve, Instant.Max(After(calendar, since, ActAfter), After(calendar, reminded.ToInstant(), RemindAfter)));
            }
        }
        if (DateOf(delegation) is { } dated)
        {
            // Until the very moment it is due it is in time.
            moments.Add(new DueMoment(dated, dated == DueStep.Expire ? $"expire-{DueName(delegation)}" : OverdueName(delegation), delegation.Terms.Due.At.AddSeconds(1)));
        }
        return [.. moments.Where(moment => doneAt(moment.Name) is null)];
    }

    /// <summary>The names of all that may have been done and still counts.</summary>
    public static IEnumerable<string> Names(Delegation delegation) =>
        Missing(delegation).SelectMany(missing => Enum.GetValues<DueStep>().Select(missing.Name)).Append(OverdueName(delegation));

    /// <summary>Accepted, not handed in, and past its date.</summary>
    public static bool IsOverdue(Delegation delegation, DateTimeOffset now) => DateOf(delegation) == DueStep.Overdue && now > delegation.Terms.Due.At;

    /// <summary>Reminders that are no longer owed after a change: to whom, and under which name.</summary>
    public static IEnumerable<(string ObjectId, string Name)> Withdrawn(Delegation before, Delegation after, DateTimeOffset now)
    {
        var answered = Missing(before)
            .Where(missing => now - missing.Since > Soonest)
            .ExceptBy(Missing(after).Select(missing => missing.Name(DueStep.Remind)), missing => missing.Name(DueStep.Remind), StringComparer.Ordinal)
            .Select(missing => (missing.From.ObjectId, missing.Name(DueStep.Remind)));
        return IsOverdue(before, now) && !IsOverdue(after, now)
            ? answered.Concat(before.Parties.Select(party => (party.ObjectId, OverdueName(before))))
            : answered;
    }

    /// <summary>The leader's choice as the clause of what comes of it.</summary>
    public static Clause Clause(Delegation delegation, Missing missing) => new(
        DelegationRules.Origin(delegation),
        missing.Policy == OnSilence.Approve
            ? $"after two working days without an answer {delegation.Leader.Name}'s silence is their approval"
            : "after two working days without an answer somebody else is asked");

    /// <summary>What its date means: an offer that was never accepted ends, accepted work is overdue and goes on.</summary>
    private static DueStep? DateOf(Delegation delegation) =>
        !delegation.IsOpen || delegation.State == DelegationState.HandedIn ? null
        : OfferRules.CanExpire(delegation) ? DueStep.Expire
        : DueStep.Overdue;

    private static string OverdueName(Delegation delegation) => $"overdue-{DueName(delegation)}";

    private static string DueName(Delegation delegation) => delegation.Terms.Due.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>So many working days later, counted from the first moment at which they could have answered.</summary>
    private static Instant After(WorkCalendar calendar, Instant since, int days) => calendar.NextGood(calendar.AddWorkingDays(calendar.NextGood(since), days));

    /// <summary>For somebody who is away then, the days of the office count: whoever waits should not wait until they are back.</summary>
    private static Instant Escalation(WorkCalendar calendar, Instant since)
    {
        var office = After(calendar with { Absences = [] }, since, ActAfter);
        return calendar.IsAway(office) ? office : After(calendar, since, ActAfter);
    }
}
