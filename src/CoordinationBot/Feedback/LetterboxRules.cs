namespace CoordinationBot.Feedbacks;

/// <summary>How letters lie in their boxes, and when these are emptied.</summary>
internal static class LetterboxRules
{
    public const int Boxes = 8;

    /// <summary>So many letters in one box are enough to be lost among.</summary>
    public const int Many = 50;

    /// <summary>A row that is larger is emptied at once.</summary>
    public const int Large = 400 * 1024;

    /// <summary>A row that would be larger takes no more.</summary>
    public const int Largest = 480 * 1024;

    /// <summary>Somewhere among the others.</summary>
    public static Letterbox Put(Letterbox box, Letter letter, Chance chance)
    {
        List<Letter> letters = [.. box.Letters];
        letters.Insert(chance(letters.Count + 1), letter);
        return new Letterbox(letters);
    }

    public static Letterbox Without(Letterbox box, IReadOnlySet<string> ids) => new([.. box.Letters.Where(letter => !ids.Contains(letter.Id))]);

    /// <summary>
    /// All letters of all boxes in an order that is as likely as any other (Fisher and Yates); new feedback before what is said about feedback, since it may be about
    /// one of these.
    /// </summary>
    public static IReadOnlyList<Letter> Shuffle(IEnumerable<Letterbox> boxes, Chance chance)
    {
        var letters = boxes.SelectMany(box => box.Letters).DistinctBy(letter => letter.Id, StringComparer.Ordinal).ToArray();
        for (var last = letters.Length - 1; last > 0; last--)
        {
            var other = chance(last + 1);
            (letters[last], letters[other]) = (letters[other], letters[last]);
        }
        return [.. letters.OrderBy(letter => letter.Kind == LetterKind.Feedback ? 0 : letter.Kind == LetterKind.Message ? 1 : 2)];
    }
}
