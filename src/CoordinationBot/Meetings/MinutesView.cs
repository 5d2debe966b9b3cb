using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Meetings;

/// <summary>Who looks at minutes, and what the card says on top.</summary>
/// <param name="Minutes">As they are.</param>
/// <param name="Readable">What the viewer may read of them; null: nothing yet.</param>
/// <param name="Viewer">Object id of somebody who takes part.</param>
/// <param name="Zone">Theirs: times are printed in it.</param>
internal sealed record MinutesView(Minutes Minutes, Minutes? Readable, string Viewer, string Zone)
{
    /// <summary>What is new.</summary>
    public IReadOnlyList<string> News { get; init; } = [];

    /// <summary>Why the last press did nothing.</summary>
    public string? Refusal { get; init; }

    /// <summary>How many entries stand before those that are shown.</summary>
    public int From { get; init; }

    /// <summary>The entry that is being reworded.</summary>
    public string? Editing { get; init; }

    /// <summary>What was typed on the card, which must not go out of sight when it was refused.</summary>
    public Inputs Typed { get; init; } = Inputs.None;

    public bool MayWrite => Minutes.MayWrite(Viewer);
}
