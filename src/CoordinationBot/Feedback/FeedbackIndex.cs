using System.Globalization;
using System.Runtime.CompilerServices;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Storage;

namespace CoordinationBot.Feedbacks;

/// <summary>A page of a register.</summary>
/// <param name="Entries">What is on it.</param>
/// <param name="Next">After what the next page begins; null: there is nothing more.</param>
internal sealed record RegisterPage(IReadOnlyList<FeedbackEntry> Entries, string? Next);

/// <summary>
/// Registers: rows in the partition of each owner, the oldest first, written by the wake-up after the commit; and what people sent with their names, in their own. A state
/// that comes twice or late never stands over a newer one.
/// </summary>
internal sealed class FeedbackIndex(ITables tables)
{
    private const string OpenPrefix = "feedback|open|";
    private const string ClosedPrefix = "feedback|closed|";
    private const string GivenPrefix = "feedback-given|";
    private const string ListedPrefix = "listed|";
    private const int Attempts = 8;
    private const int MostOwners = 100;
    private const int PieceLength = 200;

    /// <summary>Lists it where it belongs now, and takes it out where it stood before. Who has it is noted before, so that whoever had it is found.</summary>
    public async ValueTask WriteAsync(Feedback feedback, CancellationToken cancel)
    {
        var partition = FeedbackStore.Partition(feedback.Tenant, feedback.Id);
        await tables.CommitAsync(partition, [new Change.Upsert(ListedPrefix + feedback.Owner.ObjectId, "{}"u8.ToArray())], cancel);
        foreach (var row in await tables.QueryAsync(partition, ListedPrefix, MostOwners, null, cancel))
        {
            var owner = row.Key[ListedPrefix.Length..];
            await ListAsync(feedback, owner, owner == feedback.Owner.ObjectId && feedback.MergedInto is null ? PlaceOf(feedback) : null, cancel);
        }
        if (feedback.Author is { } author)
        {
            await tables.CommitAsync(PeopleStore.Partition(feedback.Tenant, author.ObjectId), [new Change.Upsert(GivenKey(feedback), "{}"u8.ToArray())], cancel);
        }
    }

    /// <summary>A page of somebody's register: of what is open or closed, what fits the filter.</summary>
    public async ValueTask<RegisterPage> PageAsync(string tenant, string owner, RegisterFilter filter, string? after, int take, CancellationToken cancel)
    {
        List<FeedbackEntry> page = [];
        var prefix = filter.IsClosed ? ClosedPrefix : OpenPrefix;
        for (var from = after; ;)
        {
            var rows = await tables.QueryAsync(PeopleStore.Partition(tenant, owner), prefix, PieceLength, from is null ? null : prefix + from, cancel);
            foreach (var row in rows)
            {
                if (row.Read(FeedbackJson.Default.FeedbackEntry) is var entry && filter.Fits(entry))
                {
                    if (page.Count == take)
                    {
                        return new RegisterPage(page, from);
                    }
                    page.Add(entry);
                }
                from = row.Key[prefix.Length..];
            }
            if (rows.Count < PieceLength)
            {
                return new RegisterPage(page, null);
            }
        }
    }

    /// <summary>All that somebody's register has of what came since a day, and what is still open of what came before.</summary>
    public async IAsyncEnumerable<FeedbackEntry> SinceAsync(string tenant, string owner, DateOnly day, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var (prefix, first) in ((string, string?)[])[(OpenPrefix, null), (ClosedPrefix, ClosedPrefix + Day(day))])
        {
            IReadOnlyList<Row> rows;
            var after = first;
            do
            {
                rows = await tables.QueryAsync(PeopleStore.Partition(tenant, owner), prefix, PieceLength, after, cancel);
                foreach (var row in rows)
                {
                    yield return row.Read(FeedbackJson.Default.FeedbackEntry);
                    after = row.Key;
                }
            }
            while (rows.Count == PieceLength);
        }
    }

    /// <summary>The ids of what somebody sent with their name, the newest first.</summary>
    public async ValueTask<IReadOnlyList<string>> GivenAsync(string tenant, string author, int take, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(PeopleStore.Partition(tenant, author), GivenPrefix, take, null, cancel)).Select(row => row.Key[(row.Key.LastIndexOf('|') + 1)..])];

    private async ValueTask ListAsync(Feedback feedback, string owner, string? place, CancellationToken cancel)
    {
        var (partition, atKey) = (PeopleStore.Partition(feedback.Tenant, owner), $"feedback-at|{feedback.Id}");
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var at = await tables.GetAsync(partition, atKey, cancel);
            var before = at?.Read(FeedbackJson.Default.ListedFeedback);
            if (before?.Revision > feedback.Revision || (before?.Revision == feedback.Revision && before.Place == place))
            {
                return;
            }
            var data = JsonRows.Bytes(new ListedFeedback(feedback.Revision, place), FeedbackJson.Default.ListedFeedback);
            Change[] changes =
            [
                at is null ? new Change.Insert(atKey, data) : new Change.Replace(atKey, data, at.Version),
                .. before?.Place is { } old && old != place ? (Change[])[new Change.Delete(old, null)] : [],
                .. place is null ? (Change[])[] : [new Change.Upsert(place, JsonRows.Bytes(EntryOf(feedback), FeedbackJson.Default.FeedbackEntry))],
            ];
            if ((await tables.CommitAsync(partition, changes, cancel)).Committed)
            {
                return;
            }
        }
        throw new InvalidOperationException("A register changed under every attempt to write it.");
    }

    private static string PlaceOf(Feedback feedback) => $"{(feedback.IsOpen ? OpenPrefix : ClosedPrefix)}{Day(feedback.Day)}|{feedback.Id}";

    private static string GivenKey(Feedback feedback) => string.Create(CultureInfo.InvariantCulture, $"{GivenPrefix}{99999999 - int.Parse(Day(feedback.Day), CultureInfo.InvariantCulture):D8}|{feedback.Id}");

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static FeedbackEntry EntryOf(Feedback feedback) => new(
        feedback.Id, feedback.Kind, feedback.State, FeedbackText.About(feedback.Subject), feedback.Text.ReplaceLineEndings(" "), feedback.Day, feedback.AnswerDue, feedback.IsAnswered, feedback.Author is null, feedback.MayQuote);
}

/// <summary>What of a register somebody wants to see.</summary>
/// <param name="IsClosed">What is settled, in place of what is open.</param>
/// <param name="State">Only what stands so; null: all.</param>
/// <param name="Word">Only what has this word in its subject or its beginning; null: all.</param>
/// <param name="OverdueAt">Only what should have been answered by then; null: all.</param>
internal sealed record RegisterFilter(bool IsClosed = false, FeedbackState? State = null, string? Word = null, DateTimeOffset? OverdueAt = null)
{
    private const int LongestWord = 60;

    private static readonly (string Name, Func<RegisterFilter, DateTimeOffset, RegisterFilter> Choose)[] Choices =
    [
        (Open, (filter, _) => filter),
        (FeedbackText.Word(FeedbackState.New), (filter, _) => filter with { State = FeedbackState.New }),
        (FeedbackText.Word(FeedbackState.LookingIntoIt), (filter, _) => filter with { State = FeedbackState.LookingIntoIt }),
        (FeedbackText.Word(FeedbackState.Planned), (filter, _) => filter with { State = FeedbackState.Planned }),
        (Overdue, (filter, now) => filter with { OverdueAt = now }),
        (FeedbackText.Word(FeedbackState.Done), (filter, _) => filter with { State = FeedbackState.Done, IsClosed = true }),
        (FeedbackText.Word(FeedbackState.NotNow), (filter, _) => filter with { State = FeedbackState.NotNow, IsClosed = true }),
        (Closed, (filter, _) => filter with { IsClosed = true }),
    ];

    private const string Open = "open";
    private const string Overdue = "overdue";
    private const string Closed = "closed";

    /// <summary>What may be chosen, in the words of people.</summary>
    public static IReadOnlyList<string> States { get; } = [.. Choices.Select(choice => choice.Name)];

    /// <summary>What is chosen of them.</summary>
    private string Name => State is { } state ? FeedbackText.Word(state) : OverdueAt is not null ? Overdue : IsClosed ? Closed : Open;

    public static RegisterFilter From(string? state, string? word, DateTimeOffset now)
    {
        var filter = new RegisterFilter(Word: CardParts.Fitting(word?.Trim(), LongestWord) is { Length: > 0 } known ? known : null);
        return Choices.FirstOrDefault(choice => choice.Name.Equals(state?.Trim(), StringComparison.OrdinalIgnoreCase)).Choose?.Invoke(filter, now) ?? filter;
    }

    public bool Fits(FeedbackEntry entry) =>
        (State is null || entry.State == State)
        && (OverdueAt is not { } now || entry.IsOverdue(now))
        && (Word is null || entry.Subject.Contains(Word, StringComparison.OrdinalIgnoreCase) || entry.Text.Contains(Word, StringComparison.OrdinalIgnoreCase)
            || FeedbackText.Word(entry.Kind).Contains(Word, StringComparison.OrdinalIgnoreCase) || entry.Id.Equals(Word, StringComparison.OrdinalIgnoreCase));

    public string Words => string.Join(", ", ((string?[])
    [
        Name,
        Word is null ? null : $"with “{Word}”",
    ]).OfType<string>());

    /// <summary>For the buttons that turn pages.</summary>
    public IReadOnlyDictionary<string, string> Data => new Dictionary<string, string>
    {
        ["state"] = Name,
        ["word"] = Word ?? "",
    };
}
