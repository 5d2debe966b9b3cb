using System.Collections.Frozen;
using CoordinationBot.Afterwards;
using CoordinationBot.Calendars;
using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;
using CoordinationBot.Feedbacks;
using CoordinationBot.Insights;
using CoordinationBot.Meetings;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Privacy;
using CoordinationBot.Recurrences;
using CoordinationBot.Storage;
using CoordinationBot.Surveys;

namespace CoordinationBot.Upkeep;

/// <summary>Who looks at what is stored, and at which times its rows ask for it. So a work queue that was lost can be filled again: rows are the truth, and what waits in it only says when somebody reads them.</summary>
internal sealed class StoredLooks(OfficeOptions office)
{
    /// <summary>By the letter of a partition: the kind of wake-up, and the times that rows name beside those of their notices.</summary>
    private readonly FrozenDictionary<string, (string Kind, Func<Row, IEnumerable<DateTimeOffset>> Times)> _looks = new Dictionary<string, (string, Func<Row, IEnumerable<DateTimeOffset>>)>
    {
        ["B"] = (BriefStore.Kind, None),
        ["C"] = (SubscriptionStore.Kind, None),
        ["D"] = (DelegationStore.Kind, SilenceStore.LooksOf),
        ["E"] = (PoolStore.Kind, row => PoolStore.LooksOf(row, office)),
        ["F"] = (FeedbackStore.Kind, None),
        ["G"] = (GroupStore.Kind, None),
        ["I"] = (InsightStore.Kind, None),
        ["K"] = (ErasureStore.Kind, None),
        ["L"] = (LetterboxStore.Kind, LetterboxStore.LooksOf),
        ["M"] = (MeetingStore.Kind, MeetingStore.LooksOf),
        ["N"] = (MinutesStore.Kind, None),
        ["P"] = (DigestStore.Kind, DigestStore.LooksOf),
        ["Q"] = (AskStore.Kind, AskStore.LooksOf),
        ["R"] = (RegisterNotices.Kind, None),
        ["S"] = (RecurrenceStore.Kind, RecurrenceStore.LooksOf),
        ["V"] = (SurveyStore.Kind, SurveyStore.LooksOf),
    }.ToFrozenDictionary();

    public IEnumerable<string> Kinds => _looks.Values.Select(looks => looks.Kind);

    /// <summary>The wake-up of a partition; null: nobody looks at it.</summary>
    public WakeUp? WakeUpOf(string partition) => LooksAt(partition) is { Kind: { } kind } ? new WakeUp(kind, partition) : null;

    /// <summary>When a row wants its partition to be looked at, past times among them.</summary>
    public IEnumerable<DateTimeOffset> TimesOf(Row row) => Outbox.LooksOf(row).Concat(LooksAt(row.Partition).Times?.Invoke(row) ?? []);

    private (string? Kind, Func<Row, IEnumerable<DateTimeOffset>>? Times) LooksAt(string partition) =>
        partition.Split('|', 3) is [_, var letter, ..] && _looks.TryGetValue(letter, out var looks) ? looks : default;

    private static IEnumerable<DateTimeOffset> None(Row row) => [];
}
