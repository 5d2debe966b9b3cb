using System.Globalization;

namespace CoordinationBot.Dialogs;

internal enum FieldKind
{
    Text,
    Choice,
    People,
    Date,

    /// <summary>Lines in an order, each with one of the field's choices.</summary>
    List,

    /// <summary>An amount of one currency.</summary>
    Money,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Toggle,

    /// <summary>Several people.</summary>
    Persons,
}

/// <summary>One of the choices of a field.</summary>
internal sealed record FieldChoice(string Value, string Title, string Explanation)
{
    /// <summary>Whether there is this choice in a draft.</summary>
    public Func<Draft, bool> Applies { get; init; } = _ => true;
}

/// <summary>
/// One thing a form asks for, declared once: from it come the input on the card, the question in the typed conversation, and the check of what
/// comes back, by whichever way.
/// </summary>
/// <param name="Id">Key in the draft and on the card.</param>
/// <param name="Kind">How it is asked.</param>
/// <param name="Label">Beside the input and in the read-back.</param>
/// <param name="Question">What is asked in a conversation.</param>
internal sealed record Field(string Id, FieldKind Kind, string Label, string Question)
{
    /// <summary>Said beside the input when it was left empty; short, since the label stands below.</summary>
    public required string Needed { get; init; }

    /// <summary>What the value is called when it is read back, where that is not the label.</summary>
    public string? ReadBackLabel { get; init; }

    public string? Hint { get; init; }

    /// <summary>May be left empty; when typed, with "none" or "skip".</summary>
    public bool Optional { get; init; }

    /// <summary>Stands on the whole form for whoever wants it, and is never asked for. When everything else is known, it can be typed after its label.</summary>
    public bool IsExtra { get; init; }

    /// <summary>What is read back when it was left empty; null: nothing.</summary>
    public string? WhenEmpty { get; init; }

    /// <summary>The choice that holds without an answer.</summary>
    public string? Preselected { get; init; }

    /// <summary>Of a date: where only a day was given, the beginning of the working day is meant, not its end.</summary>
    public bool BeginsDay { get; init; }

    /// <summary>A text of several lines.</summary>
    public bool IsLong { get; init; }

    /// <summary>Of a number.</summary>
    public int Smallest { get; init; }

    /// <summary>Of a number.</summary>
    public int Largest { get; init; } = int.MaxValue;

    /// <summary>Of money.</summary>
    public decimal LargestAmount { get; init; } = TypedMoney.Most;

    /// <summary>Whether nothing at all is an amount.</summary>
    public bool AllowsZero { get; init; }

    /// <summary>Of several people.</summary>
    public int MostPersons { get; init; } = 20;

    public int LongestText { get; init; } = 200;

    public int MostLines { get; init; } = 50;

    /// <summary>Longest all lines together, as they are written on a card.</summary>
    public int LongestList { get; init; } = 20_000;

    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];

    /// <summary>The choices there are in this draft. Those that people named go by their number: a name is not for clients to interpret.</summary>
    public IReadOnlyList<FieldChoice> ChoicesIn(Draft draft) =>
        draft.Offered.TryGetValue(Id, out var names) ? [.. names.Select((name, index) => new FieldChoice((index + 1).ToString(CultureInfo.InvariantCulture), name, ""))] : [.. Choices.Where(choice => choice.Applies(draft))];

    /// <summary>Whether it is asked at all, given the fields before it.</summary>
    public Func<Draft, bool> Applies { get; init; } = _ => true;

    /// <summary>Why a value that can be read is not acceptable, or null.</summary>
    public Func<Draft, DialogContext, string?> Check { get; init; } = (_, _) => null;
}

/// <summary>A dialog toward one result.</summary>
/// <param name="Name">Key of its routes: <c>{name}.form</c>.</param>
/// <param name="Heading">On the card.</param>
/// <param name="Fields">In the order in which they are asked.</param>
internal sealed record Form(string Name, string Heading, IReadOnlyList<Field> Fields)
{
    /// <summary>Over the read-back.</summary>
    public string ReviewHeading { get; init; } = "Please check before it is sent";

    /// <summary>
    /// The draft without the values of fields that do not apply: what was filled in for one choice and left behind by another must never count.
    /// It stays in the stored draft, for whoever chooses back.
    /// </summary>
    public Draft Relevant(Draft draft)
    {
        foreach (var field in Fields)
        {
            if (draft.Has(field.Id) && !field.Applies(draft))
            {
                draft = draft.Without(field.Id);
            }
        }
        return draft;
    }

    /// <summary>The fields that are asked, given what is known.</summary>
    public IReadOnlyList<Field> Applying(Draft draft)
    {
        draft = Relevant(draft);
        return [.. Fields.Where(field => field.Applies(draft))];
    }

    /// <summary>The fields that apply, want an answer and have none yet.</summary>
    public IReadOnlyList<Field> Missing(Draft draft) => [.. Applying(draft).Where(field => !field.IsExtra && !draft.Has(field.Id))];
}

/// <summary>What a check may know besides the draft: who fills the form, when, and in which zone.</summary>
internal sealed record DialogContext(string ObjectId, string BotObjectId, DateTimeOffset Now, string Zone);
