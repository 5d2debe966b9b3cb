using CoordinationBot.Calendars;
using CoordinationBot.Mail;
using CoordinationBot.Storage;

namespace CoordinationBot.Meetings;

/// <summary>Who invites the people of a meeting now.</summary>
/// <param name="IsByMail">By mail. Otherwise the calendar does, or has still to be asked.</param>
/// <param name="Again">When it must be looked at again; null: no need.</param>
internal readonly record struct Inviting(bool IsByMail, TimeSpan? Again);

/// <summary>
/// Brings the event of a meeting in a calendar outside to how the meeting stands, whenever the meeting wakes up. Wherever the host dies there is one event:
/// it is noted what is about to be written, the calendar makes nothing twice under one key, and what may have been made is looked for before anything else.
/// </summary>
internal sealed class OutsideCalendar(ITables tables, MeetingStore store, TimeProvider clock, ICalendarWriter? calendar = null)
{
    private const string EventKey = "event";

    /// <summary>Under which the organiser's card says what became of it.</summary>
    private const string Unreached = "calendar";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>With the commit that gives a meeting its time it is settled who invites.</summary>
    public static IEnumerable<Change> Begin(Meeting? before, Meeting after, ICalendarWriter? calendar) =>
        before?.State != MeetingState.Scheduled && after.State == MeetingState.Scheduled && calendar?.MailboxOf(after.Tenant, after.Organiser.ObjectId) is { } mailbox
            ? [new Change.Insert(EventKey, Bytes(new OutsideEvent(mailbox)))]
            : [];

    public async ValueTask<Inviting> GoOnAsync(Meeting meeting, CancellationToken cancel)
    {
        while (true)
        {
            if (await tables.GetAsync(MeetingStore.Partition(meeting.Tenant, meeting.Id), EventKey, cancel) is not { } row)
            {
                return new Inviting(true, null);
            }
            var known = row.Read(OutsideJson.Default.OutsideEvent);
            var wanted = OutsideRules.Wanted(meeting, known.Mailbox);
            var step = meeting.IsOver(clock.GetUtcNow()) ? OutsideStep.Nothing : OutsideRules.Next(known, wanted);
            if (step == OutsideStep.Nothing)
            {
                await NoteAsync(meeting, known, wanted, cancel);
                return known.IsLeftToMail ? new Inviting(true, null) : await SettledAsync(meeting, cancel);
            }
            if (known.Until - clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
            {
                await NoteAsync(meeting, known, wanted, cancel);
                return new Inviting(false, wait);
            }
            if (!await GoOnAsync(meeting, row, known, step, wanted, cancel))
            {
                return new Inviting(false, Soon);
            }
        }
    }

    /// <summary>False when somebody else has it in hand.</summary>
    private async ValueTask<bool> GoOnAsync(Meeting meeting, Row row, OutsideEvent known, OutsideStep step, CalendarEntry? wanted, CancellationToken cancel)
    {
        var claimed = OutsideRules.Claim(known, step, wanted, clock.GetUtcNow());
        if (await WriteAsync(row, claimed, cancel) is not { } version)
        {
            return false;
        }
        var act = calendar is null ? new CalendarAct.Refused(CalendarRefusal.NotSetUp) : await AskAsync(calendar, meeting, claimed, step, cancel);
        return await WriteAsync(row with { Version = version }, OutsideRules.After(claimed, step, act, clock.GetUtcNow()), cancel) is not null;
    }

    private static ValueTask<CalendarAct> AskAsync(ICalendarWriter calendar, Meeting meeting, OutsideEvent claimed, OutsideStep step, CancellationToken cancel) => step switch
    {
        OutsideStep.Find => calendar.FindAsync(claimed.Mailbox, KeyOf(meeting, claimed), cancel),
        OutsideStep.Make => calendar.MakeAsync(claimed.Mailbox, KeyOf(meeting, claimed), claimed.Writing!, cancel),
        OutsideStep.Change => calendar.ChangeAsync(claimed.Mailbox, claimed.Id!, claimed.Written, claimed.Writing!, cancel),
        OutsideStep.Cancel => calendar.CancelAsync(claimed.Mailbox, claimed.Id!, meeting.Reason, claimed.Written is not { Guests.Count: 0 }, cancel),
        OutsideStep.Nothing => throw new InvalidOperationException("A calendar is asked for nothing."),
    };

    /// <summary>What the calendar has told everybody need not go by mail. A row of a newer change waits for that one's own look.</summary>
    private async ValueTask<Inviting> SettledAsync(Meeting meeting, CancellationToken cancel)
    {
        var rows = await tables.QueryAsync(MeetingStore.Partition(meeting.Tenant, meeting.Id), MailOutbox.Prefix, TableLimits.MaxTake, null, cancel);
        foreach (var row in rows.Where(row => MailOutbox.Read(row).Number <= meeting.Revision))
        {
            await tables.CommitAsync(row.Partition, [new Change.Delete(row.Key, row.Version)], cancel);
        }
        return new Inviting(false, rows.Count == TableLimits.MaxTake ? Soon : null);
    }

    private async ValueTask NoteAsync(Meeting meeting, OutsideEvent known, CalendarEntry? wanted, CancellationToken cancel)
    {
        if (OutsideRules.Note(known, wanted) is var note && note != meeting.Unreached?.GetValueOrDefault(Unreached))
        {
            await store.NoteUnreachedAsync(meeting.Tenant, meeting.Id, Unreached, note, cancel);
        }
    }

    /// <summary>The version then; null when somebody else changed it.</summary>
    private async ValueTask<string?> WriteAsync(Row row, OutsideEvent after, CancellationToken cancel) =>
        await tables.CommitAsync(row.Partition, [new Change.Replace(row.Key, Bytes(after), row.Version)], cancel) is { Committed: true } result ? result.Versions[0] : null;

    private static string KeyOf(Meeting meeting, OutsideEvent known) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{meeting.Uid}#{known.Number}");

    private static ReadOnlyMemory<byte> Bytes(OutsideEvent known) => JsonRows.Bytes(known, OutsideJson.Default.OutsideEvent);
}
