using NodaTime;

namespace CoordinationBot.Insights;

/// <summary>Something that people wrote.</summary>
/// <param name="Text">As they typed it.</param>
/// <param name="Date">The day.</param>
/// <param name="MayBeQuoted">Whether its author allowed it.</param>
internal readonly record struct Comment(string Text, LocalDate Date, bool MayBeQuoted);

/// <summary>A word of a comment.</summary>
/// <param name="Stem">The same for all forms of it.</param>
/// <param name="Form">As it stands in the comment, in small letters.</param>
internal readonly record struct ThemeWord(string Stem, string Form);

/// <summary>A word that recurs.</summary>
/// <param name="Word">In the form in which most write it.</param>
/// <param name="Comments">How many comments have it, each counted once.</param>
/// <param name="Weeks">The same by week, from the first to the last that has any.</param>
/// <param name="Quotes">A few comments with it whose authors allowed that.</param>
internal sealed record Theme(string Word, int Comments, IReadOnlyList<ThemeWeek> Weeks, IReadOnlyList<string> Quotes);

/// <summary>How many comments of a week have a word.</summary>
internal readonly record struct ThemeWeek(LocalDate Monday, int Comments);
