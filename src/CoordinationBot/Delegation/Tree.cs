namespace CoordinationBot.Delegations;

/// <summary>A delegation with what stands above and below it, as far as one person may see it.</summary>
/// <param name="Id">Which was asked for.</param>
/// <param name="Lines">From the top down, each below its parent.</param>
internal sealed record Tree(string Id, IReadOnlyList<TreeLine> Lines);

/// <summary>One delegation in a tree.</summary>
/// <param name="Entry">What is shown of it.</param>
/// <param name="Level">0 at the top.</param>
/// <param name="Hidden">How many were handed on from it that are not shown.</param>
internal sealed record TreeLine(IndexEntry Entry, int Level, int Hidden);
