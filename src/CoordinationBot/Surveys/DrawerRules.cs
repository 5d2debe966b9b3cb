using System.Numerics;

namespace CoordinationBot.Surveys;

/// <summary>What may become of a drawer. Chance comes from whoever calls.</summary>
internal static class DrawerRules
{
    public static Drawer Empty(int people) => new() { Marks = new byte[(people + 7) / 8] };

    /// <summary>Where somebody stands, by their number among all who are asked.</summary>
    public static Place PlaceOf(int number) => new(number / SurveyLimits.Drawer, number % SurveyLimits.Drawer);

    public static bool HasAnswered(Drawer drawer, int mark) => mark / 8 < drawer.Marks.Length && (drawer.Marks[mark / 8] & (1 << (mark % 8))) != 0;

    public static int Answered(Drawer drawer) => drawer.Marks.Sum(marks => BitOperations.PopCount(marks));

    /// <summary>The mark alone: of a named answer, which has a row of its own.</summary>
    public static Drawer Mark(Drawer drawer, int mark)
    {
        byte[] marks = [.. drawer.Marks];
        marks[mark / 8] |= (byte)(1 << (mark % 8));
        return drawer with { Marks = marks };
    }

    /// <summary>The mark, and the answer at a place that says nothing.</summary>
    /// <param name="drawer">As it is.</param>
    /// <param name="mark">Of the author.</param>
    /// <param name="answer">One for each question.</param>
    /// <param name="at">Any of the places between those that wait, by chance.</param>
    public static Drawer Put(Drawer drawer, int mark, IReadOnlyList<string?> answer, int at) =>
        Mark(drawer, mark) with { Pending = [.. drawer.Pending.Take(at), answer, .. drawer.Pending.Skip(at)] };

    /// <summary>Whether it is folded before it takes another: it then holds more answers than any could be told apart by.</summary>
    public static bool IsFull(Drawer drawer) =>
        drawer.Pending.Count >= SurveyLimits.Pending || drawer.Pending.Sum(answer => answer.Sum(text => text?.Length ?? 0)) > SurveyLimits.PendingText - SurveyLimits.Texts;

    /// <summary>Fewer than the minimum are counted together with later ones, or at the close.</summary>
    public static bool MayFold(Drawer drawer, int minimum) => drawer.Pending.Count >= minimum || IsFull(drawer);

    public static Drawer Folded(Drawer drawer) => drawer with { Pending = [] };

    /// <summary>Of an anonymous survey not even who has answered is kept.</summary>
    public static Drawer Closed(Drawer drawer, bool isAnonymous) => drawer with { Pending = [], IsClosed = true, Marks = isAnonymous ? [] : drawer.Marks };
}
