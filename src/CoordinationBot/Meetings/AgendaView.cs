using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Meetings;

/// <summary>Who looks at an agenda, and what the card says on top.</summary>
/// <param name="Meeting">Whose agenda.</param>
/// <param name="Viewer">Object id of somebody who is part of it.</param>
/// <param name="Zone">Theirs: times are printed in it.</param>
/// <param name="Now">When it is looked at.</param>
internal sealed record AgendaView(Meeting Meeting, string Viewer, string Zone, DateTimeOffset Now)
{
    /// <summary>Why the last press did nothing.</summary>
    public string? Refusal { get; init; }

    /// <summary>What stayed open last time, as far as the viewer was part of it.</summary>
    public OpenPoints Open { get; init; } = OpenPoints.None;

    /// <summary>What was typed on the card, which must not go out of sight when it was refused.</summary>
    public Inputs Typed { get; init; } = Inputs.None;

    public bool IsOrganiser => Viewer == Meeting.Organiser.ObjectId;
}

/// <summary>What stayed open in the last minutes of the same people or the same subject.</summary>
/// <param name="From">Which meeting; null: there was none.</param>
/// <param name="Entries">Open questions and action items that are not done; of a series also agenda items of which nothing was written.</param>
/// <param name="Delegations">How those stand that became one, by their id, in words; only of those that the reader is part of.</param>
/// <param name="IsForAll">Whether everybody who comes may read them; otherwise they go into nothing that others read.</param>
internal sealed record OpenPoints(string? From, IReadOnlyList<MinutesEntry> Entries, IReadOnlyDictionary<string, string> Delegations, bool IsForAll)
{
    public static readonly OpenPoints None = new(null, [], new Dictionary<string, string>(), true);

    /// <summary>One point in a line.</summary>
    public string Say(MinutesEntry entry) => entry.Kind == EntryKind.Note ? entry.Text : entry.Kind == EntryKind.Question
        ? $"Open question: {entry.Text}"
        : $"To do: {entry.Text}{(entry.Who is { } who ? $" · {who.Name}" : "")}{(entry.Delegation is { } id ? Delegations.TryGetValue(id, out var state) ? $" · {id}, {state}" : " · given" : " · not given yet")}";
}
