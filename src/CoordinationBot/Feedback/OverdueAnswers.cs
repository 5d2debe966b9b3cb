using System.Globalization;
using CoordinationBot.Dialogs;
using CoordinationBot.People;

namespace CoordinationBot.Feedbacks;

/// <summary>Answers that somebody owes, for a digest that is sent anyway.</summary>
internal sealed class OverdueAnswers(FeedbackIndex index, OfficeOptions office)
{
    private const int Most = 5;

    /// <param name="person">Whose digest it is.</param>
    /// <param name="told">Partitions that the digest speaks of already.</param>
    /// <param name="now">When.</param>
    /// <param name="cancel">Ends it.</param>
    public async ValueTask<IReadOnlyList<string>> ForAsync(Person person, IReadOnlyCollection<string> told, DateTimeOffset now, CancellationToken cancel)
    {
        var page = await index.PageAsync(person.Tenant, person.ObjectId, new RegisterFilter(OverdueAt: now), null, Most, cancel);
        return
        [
            .. page.Entries.Where(entry => !told.Contains(FeedbackStore.Partition(person.Tenant, entry.Id)))
                .Select(entry => string.Create(CultureInfo.InvariantCulture, $"An answer to {entry.Id} ({FeedbackText.Word(entry.Kind).ToLowerInvariant()}) is overdue since {Zones.Read(entry.AnswerDue!.Value, person.Zone ?? office.Zone)}.")),
            .. page.Next is null ? (string[])[] : ["And more answers are overdue. Type register overdue to see them."],
        ];
    }
}
