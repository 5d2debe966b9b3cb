using System.Globalization;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Mail;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Meetings;

/// <summary>A draft of <see cref="MeetForm"/>: filled from a sentence or from a meeting, and read for one.</summary>
internal static class MeetDraft
{
    /// <summary>Where a time of day was typed and no length.</summary>
    private const int DefaultMinutes = 60;

    /// <summary>What was understood of a typed sentence; the names are still to be looked up.</summary>
    public static Reading Prefill(Draft draft, MeetSentence sentence, DialogContext context)
    {
        // What does not fit is said, like everything else that was typed and is not taken.
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        Take(MeetForm.Subject, sentence.Subject);
        Take(MeetForm.Outside, sentence.Outside);
        Take(MeetForm.Place, sentence.Place);
        if (sentence.Minutes is { } minutes)
        {
            var (number, unfit) = TypedNumber.Parse(minutes.ToString(CultureInfo.InvariantCulture), MeetForm.Minutes.Smallest, MeetForm.Minutes.Largest);
            Set(MeetForm.Minutes, unfit is null ? number.ToString(CultureInfo.InvariantCulture) : null, unfit);
        }
        if (sentence.Repeats is { } repeats)
        {
            draft = draft.With(MeetForm.Repeats, repeats.ToString());
            if (sentence.Ends is { } ends)
            {
                Set(MeetForm.Ends, ValueOf(ends.ToDateTimeOffset()), null);
            }
            if (sentence.Times is { } times)
            {
                var (number, unfit) = TypedNumber.Parse(times.ToString(CultureInfo.InvariantCulture), MeetForm.Times.Smallest, MeetForm.Times.Largest);
                Set(MeetForm.Times, unfit is null ? number.ToString(CultureInfo.InvariantCulture) : null, unfit);
            }
        }
        if (sentence.From is { } from)
        {
            draft = draft.With(MeetForm.From, ValueOf(from.ToDateTimeOffset()));
        }
        // At a time of day it ends as its length says.
        var until = sentence.Until ?? sentence.From?.PlusMinutes(sentence.Minutes ?? DefaultMinutes);
        if (sentence.WindowProblem is { } problem)
        {
            problems[MeetForm.Until.Id] = problem;
        }
        else if (until is { } end)
        {
            Set(MeetForm.Until, ValueOf(end.ToDateTimeOffset()), null);
        }
        return new Reading(
            sentence.Rest.Count == 0 ? draft : draft with { Suggested = draft.Suggested.SetItem(draft.Has(MeetForm.Subject.Id) ? MeetForm.Minutes.Id : MeetForm.Subject.Id, $"You also wrote “{CardParts.Shorten(string.Join(", ", sentence.Rest), MeetingLimits.Subject)}”. I did not use it.") },
            problems);

        void Take(Field field, string? text)
        {
            if (text is not null)
            {
                Set(field, text.Length <= field.LongestText ? text : null, $"That is too long for “{field.Label}”: at most {field.LongestText} characters fit.");
            }
        }

        void Set(Field field, string? value, string? unfit)
        {
            var next = value is null ? draft : draft.With(field, value);
            var wrong = value is null ? unfit : field.Check(next, context);
            if (wrong is null)
            {
                draft = next;
            }
            else
            {
                problems[field.Id] = wrong;
            }
        }
    }

    /// <summary>A draft with everything that a meeting has, to be changed.</summary>
    public static Draft Of(Draft draft, Meeting meeting, DateTimeOffset now)
    {
        draft = draft with
        {
            // So that a draft that is gone still says what it was about.
            Id = $"{draft.Id}.{meeting.Id}",
            About = new DraftSubject(meeting.State == MeetingState.Finding ? meeting.Id : $"{meeting.Id}{MeetForm.Timed}", $"{meeting.Id}: {meeting.Subject}", meeting.Revision),
        };
        draft = With(draft, MeetForm.Subject, meeting.Subject);
        draft = WithPeople(draft, MeetForm.People, meeting, isRequired: true);
        draft = WithPeople(draft, MeetForm.Optional, meeting, isRequired: false);
        draft = With(draft, MeetForm.Outside, string.Join(", ", meeting.Invitees.Where(invitee => invitee.IsOutside).Select(invitee => invitee.Name == invitee.Key ? invitee.Key : $"{invitee.Name} <{invitee.Key}>")));
        draft = With(draft, MeetForm.Minutes, meeting.Minutes.ToString(CultureInfo.InvariantCulture));
        draft = With(draft, MeetForm.Place, meeting.Place);
        draft = With(draft, MeetForm.Purpose, meeting.Purpose);
        draft = With(draft, MeetForm.Objective, meeting.Objective);
        draft = With(draft, MeetForm.Confidential, meeting.IsConfidential ? "true" : "false");
        if (meeting.State != MeetingState.Finding)
        {
            return draft;
        }
        if (meeting.Repeats is { } wanted)
        {
            draft = draft.With(MeetForm.Repeats, wanted.Repeats.ToString());
            draft = wanted.Until is { } ends ? draft.With(MeetForm.Ends, ValueOf(ends.AddDays(1).ToLocalDate().AtStartOfDayInZone(Zones.Find(meeting.Window.Zone)).ToInstant().ToDateTimeOffset().AddMinutes(-1))) : draft.Skip(MeetForm.Ends);
            draft = With(draft, MeetForm.Times, wanted.Times?.ToString(CultureInfo.InvariantCulture));
        }
        // What has passed is no first or last day any more.
        draft = meeting.Window.From > now ? draft.With(MeetForm.From, ValueOf(meeting.Window.From)) : draft.Skip(MeetForm.From);
        return meeting.Window.Until > now ? draft.With(MeetForm.Until, ValueOf(meeting.Window.Until)) : draft;
    }

    /// <summary>The meeting that a draft changes; null: it makes a new one.</summary>
    public static string? MeetingIn(Draft draft) => draft.About?.Key.Split('|')[0];

    /// <summary>The same of the id of a draft that is gone.</summary>
    public static string MeetingIn(string draftId) => draftId[(draftId.LastIndexOf('.') + 1)..];

    /// <summary>People outside as they were typed, each once.</summary>
    public static IReadOnlyList<TypedAddress> OutsideOf(Draft draft) =>
        [.. Addresses(draft.Values.GetValueOrDefault(MeetForm.Outside.Id) ?? "").Select(MailAddresses.Parse).DistinctBy(address => address.Address)];

    public static MeetingWindow WindowOf(Draft draft, DialogContext context) => new(MomentOf(draft, MeetForm.From) ?? context.Now, MomentOf(draft, MeetForm.Until) ?? context.Now, context.Zone);

    public static int MinutesOf(Draft draft) => int.Parse(draft.Values[MeetForm.Minutes.Id], CultureInfo.InvariantCulture);

    /// <summary>As a date stands in a draft.</summary>
    public static string ValueOf(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static Draft With(Draft draft, Field field, string? value) => string.IsNullOrEmpty(value) ? draft.Skip(field) : draft.With(field, value);

    private static Draft WithPeople(Draft draft, Field field, Meeting meeting, bool isRequired) =>
        meeting.Invitees.Where(invitee => !invitee.IsOutside && invitee.IsRequired == isRequired).Select(invitee => new PersonOption(invitee.Key, invitee.Name)).ToList() is { Count: > 0 } people ? draft.With(field, people) : draft.Skip(field);

    /// <summary>That it is to come again; null: it comes once.</summary>
    public static WantedRepeat? RepeatOf(Draft draft, DialogContext context, IEnumerable<IsoDayOfWeek> week) => MeetForm.DoesRepeat(draft)
        ? new WantedRepeat(
            Enum.Parse<Repeats>(draft.Values[MeetForm.Repeats.Id]),
            MomentOf(draft, MeetForm.Ends) is { } ends ? ends.ToInstant().InZone(Zones.Find(context.Zone)).Date.ToDateOnly() : null,
            draft.Values.GetValueOrDefault(MeetForm.Times.Id) is { } times ? int.Parse(times, CultureInfo.InvariantCulture) : null,
            string.Join(',', week.Order()))
        : null;

    public static DateTimeOffset? MomentOf(Draft draft, Field field) =>
        draft.Values.GetValueOrDefault(field.Id) is { } value ? DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    public static string[] Addresses(string typed) => typed.Split([',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
