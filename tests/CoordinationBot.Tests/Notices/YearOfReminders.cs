using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.People;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Delegations;
using CoordinationBot.Tests.People;
using NodaTime.Extensions;

namespace CoordinationBot.Tests.Notices;

/// <summary>
/// A year of an office with people in every zone of the list: the clocks change, there are holidays and absences, and now and then the host is down
/// for hours or days. The real queue, store and delivery on a fake clock, in steps of a quarter of an hour.
/// </summary>
public sealed class YearOfReminders
{
    private const int Steps = 365 * 24 * 4;
    private const int RemindersEach = 12;
    private const string Errand = "errand";

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);
    private static readonly OfficeOptions Office = new() { Holidays = ["12-25", "01-01", "2026-12-24", "2027-03-26", "2027-05-06"] };

    [Fact]
    public async Task Each_reminder_comes_once_at_a_good_moment_and_what_was_late_comes_together()
    {
        using var desk = new Desk(Office);
        // The same numbers every time; nothing here is a secret.
#pragma warning disable CA5394
        var random = new Random(1);
        var begin = desk.Clock.GetUtcNow();
        var down = Downtimes(random);
        var people = new List<Person>();
        foreach (var zone in WorkCalendarProperties.ZoneNames)
        {
            var who = $"person-{people.Count}";
            await desk.MeetAsync(who, who);
            List<Absence> absences = [];
            for (var day = random.Next(20, 60); day < 365; day += random.Next(60, 120))
            {
                var from = DateOnly.FromDateTime(begin.UtcDateTime).AddDays(day);
                absences.Add(new Absence(from, from.AddDays(random.Next(0, 15)), zone));
            }
            people.Add(await desk.Directory.UpdateAsync(Desk.Tenant, who, person => person! with { Zone = zone, Absences = absences }, Desk.Cancel));
        }
        desk.Others[Errand] = async (wakeUp, cancel) =>
        {
            if (await desk.Delivery.DeliverAsync(Desk.Tenant, wakeUp, _ => new ValueTask<LivingCard?>(Card(wakeUp.Partition)), cancel) is { } again)
            {
                await desk.Queue.EnqueueAsync(wakeUp, desk.Clock.GetUtcNow() + again, cancel);
            }
        };
        var reminders = new List<Reminder>();
        foreach (var person in people)
        {
            var due = begin;
            for (var number = 0; number < RemindersEach; number++)
            {
                // Every other one near the one before, so that there is something to bundle.
                due = number % 2 == 0 ? begin + TimeSpan.FromMinutes(random.Next(60, (Steps * 15) - (44 * 24 * 60))) : due + TimeSpan.FromMinutes(random.Next(0, 1500));
                var reminder = new Reminder(person, $"{person.ObjectId} owes {number}.", $"{Desk.Tenant}|X|{person.ObjectId}-{number % 3}", $"r{number}", due, IsUrgent: random.Next(10) == 0, IsWithdrawn: random.Next(7) == 0);
                reminders.Add(reminder);
                await desk.Scheduler.PrepareAsync(new WakeUp(Errand, reminder.Partition), due, Desk.Cancel);
                await desk.Tables.CommitAsync(reminder.Partition, [Outbox.TellLater(person.ObjectId, reminder.Name, reminder.Sentence, NoticeKind.Reminder, due, reminder.IsUrgent)], Desk.Cancel);
            }
        }
#pragma warning restore CA5394
        foreach (var reminder in reminders.Where(reminder => reminder.IsWithdrawn))
        {
            await desk.Tables.CommitAsync(reminder.Partition, [Outbox.Withdraw(reminder.Person.ObjectId, reminder.Name)], Desk.Cancel);
        }

        var told = await RunAsync(desk, people, down);

        foreach (var reminder in reminders)
        {
            var times = told.Where(message => message.Words.Contains(reminder.Sentence, StringComparison.Ordinal)).ToList();
            Assert.True(times.Count == (reminder.IsWithdrawn ? 0 : 1), $"{reminder} was told {times.Count} times: {string.Join(", ", times.Select(time => time.At))}");
            if (!reminder.IsWithdrawn)
            {
                Assert.InRange(times[0].At, reminder.Due, Latest(reminder, begin, down));
            }
        }
        foreach (var message in told)
        {
            var isUrgent = reminders.Any(reminder => reminder.IsUrgent && message.Words.Contains(reminder.Sentence, StringComparison.Ordinal));
            Assert.True(isUrgent || WorkCalendarProperties.Oracle(WorkCalendar.Of(message.Person, Office), message.At.ToInstant()), $"{message.Person.Zone} was disturbed at {message.At}: {message.Words}");
        }
        foreach (var together in told.GroupBy(message => (message.Person.ObjectId, message.At)))
        {
            var onTime = reminders.Count(reminder => reminder.Person.ObjectId == together.Key.ObjectId && reminder.Due <= together.Key.At && together.Key.At - reminder.Due <= TimeSpan.FromHours(1));
            Assert.True(together.Count() <= 1 + onTime, $"{together.Count()} messages at once to {together.Key}");
        }
        Assert.True(told.Count(message => reminders.Count(reminder => message.Words.Contains(reminder.Sentence, StringComparison.Ordinal)) > 1) > people.Count, "too little was bundled to prove anything");
    }

    /// <summary>Every quarter of an hour of the year, but when the host is down.</summary>
    private static async Task<List<Told>> RunAsync(Desk desk, List<Person> people, bool[] down)
    {
        List<Told> told = [];
        for (var step = 1; step <= Steps; step++)
        {
            if (down[step])
            {
                desk.Clock.Advance(Step);
                continue;
            }
            if (await desk.PassAsync(Step) == 0)
            {
                continue;
            }
            foreach (var person in people)
            {
                var messages = desk.Teams.Messages($"a:{person.ObjectId}");
                told.AddRange(messages.Skip(told.Count(message => message.Person == person)).Select(message => new Told(person, desk.Clock.GetUtcNow(), message.Words)));
            }
        }
        return told;
    }

    /// <summary>From some minutes to some days, a dozen times.</summary>
    private static bool[] Downtimes(Random random)
    {
        var down = new bool[Steps + 1];
#pragma warning disable CA5394
        for (var step = random.Next(200, 1000); step < Steps - 4000; step += random.Next(1000, 5000))
        {
            Array.Fill(down, true, step, random.Next(1, 12) is var length && random.Next(2) == 0 ? length : length * 24);
        }
#pragma warning restore CA5394
        return down;
    }

    /// <summary>The last moment at which it may come: the first good one at which the host is there, or the beginning of the next such day; and the time it takes to gather what is late.</summary>
    private static DateTimeOffset Latest(Reminder reminder, DateTimeOffset begin, bool[] down)
    {
        var calendar = WorkCalendar.Of(reminder.Person, Office);
        var at = Up(reminder.Due);
        if (!reminder.IsUrgent)
        {
            // What is gathered may just miss the end of the day.
            at = Up(Good(at) + Step + Step);
            at = Good(at) + Step;
        }
        return at;

        DateTimeOffset Good(DateTimeOffset from)
        {
            while (!WorkCalendarProperties.Oracle(calendar, from.ToInstant()))
            {
                from = Up(calendar.NextDayStart(from.ToInstant()).ToDateTimeOffset());
            }
            return from;
        }

        DateTimeOffset Up(DateTimeOffset from)
        {
            var step = (int)Math.Ceiling((from - begin) / Step);
            while (step <= Steps && down[step])
            {
                step++;
            }
            return begin + (step * Step);
        }
    }

    private static LivingCard Card(string partition) => new(
        partition.Split('|')[^1],
        new SubmitAction("errand.bring", new Dictionary<string, string> { ["id"] = partition }) { Title = "Open" },
        (_, sentences) => new AdaptiveCard { Body = [.. sentences.Select(CardParts.Paragraph)], FallbackText = "Errand" },
        new AdaptiveCard { Body = [CardParts.Faint("continued further down")], FallbackText = "moved" },
        (_, _, _) => ValueTask.CompletedTask);

    private sealed record Told(Person Person, DateTimeOffset At, string Words);

    private sealed record Reminder(Person Person, string Sentence, string Partition, string Name, DateTimeOffset Due, bool IsUrgent, bool IsWithdrawn)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sentence} ({Person.Zone}, due {Due:O}{(IsUrgent ? ", urgent" : "")})");
    }
}
