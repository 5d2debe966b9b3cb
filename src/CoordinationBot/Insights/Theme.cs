namespace CoordinationBot.Insights;

/// <summary>Something that people wrote.</summary>
/// <param name="Text">As they typed it.</param>
/// <param name="Day">When.</param>
/// <param name="MayBeQuoted">Whether its author allowed it.</param>
internal readonly record struct Comment(string Text, DateOnly Day, bool MayBeQuoted);

/// <summary>A word of a comment.</summary>
/// <param name="Stem">The same for all forms of it.</param>
/// <param name="Form">As it stands in the comment, in small letters.</param>
internal readonly record struct ThemeWord(string Stem, string Form);

/// <summary>A word that recurs.</summary>
/// <param name="Word">In the form in which most write it.</param>
/// <param name="Comments">How many comments have it, each counted once.</param>
/// <param name="Parts">The same for each part of the time that is looked at.</param>
/// <param name="Quotes">A few comments with it whose authors allowed that.</param>
internal sealed record Theme(string Word, int Comments, IReadOnlyList<int> Parts, IReadOnlyList<string> Quotes);
