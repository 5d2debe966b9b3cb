namespace CoordinationBot.Dialogs;

internal enum FieldKind
{
    Text,
    Choice,
    People,
    Date,

    /// <summary>Lines in an order, each with one of the field's choices.</summary>
    List,
}

/// <summary>One of the choices of a field.</summary>
internal sealed record FieldChoice(string Value, string Title, string Explanation);

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
    public string? Hint { get; init; }

    /// <summary>What is said on a card where it was left empty; the question, if it suits a card too.</summary>
    public string? Needed { get; init; }

    public int LongestText { get; init; } = 200;

    public int MostLines { get; init; } = 50;

    /// <summary>Longest all lines together, as they are written on a card.</summary>
    public int LongestList { get; init; } = 20_000;

    public IReadOnlyList<FieldChoice> Choices { get; init; } = [];

    /// <summary>Whether it is asked at all, given the rest.</summary>
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
    /// <summary>The fields that apply and have no value yet.</summary>
    public IReadOnlyList<Field> Missing(Draft draft) => [.. Fields.Where(field => field.Applies(draft) && !draft.Values.ContainsKey(field.Id))];
}

/// <summary>What a check may know besides the draft: who fills the form, when, and in which zone.</summary>
internal sealed record DialogContext(string ObjectId, string BotObjectId, DateTimeOffset Now, string Zone);
