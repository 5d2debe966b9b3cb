using NodaTime;

namespace CoordinationBot.People;

/// <summary>Time that somebody protects for themselves: on one day, or every week. A weekly one is one rule however long it holds.</summary>
/// <param name="Id">Names it among those of its person.</param>
/// <param name="Date">The day; null: every week on <paramref name="Days"/>.</param>
/// <param name="Days">The days of the week, in their order; null: once.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends, on the same day.</param>
/// <param name="Zone">Where the hours are meant, wherever the person travels meanwhile.</param>
internal sealed record FocusTime(string Id, DateOnly? Date, IReadOnlyList<IsoDayOfWeek>? Days, TimeOnly From, TimeOnly Until, string Zone);

/// <summary>A focus time that was read back and waits for the word that it is right.</summary>
internal sealed record ProposedFocus(FocusTime Focus, DateTimeOffset ExpiresAt);
