using System.Globalization;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Dialogs;

/// <summary>A value as it came, before anything was made of it.</summary>
internal abstract record RawValue
{
    private RawValue()
    {
    }

    internal sealed record Text(string Value) : RawValue;

    internal sealed record TypedDate(string Value) : RawValue;

    internal sealed record PickedDate(string? Date, string? Time) : RawValue;

    internal sealed record Lines(IReadOnlyList<ListLine> Values) : RawValue;

    /// <summary>Left empty, and said so.</summary>
    internal sealed record Nothing : RawValue;

    /// <summary>Names as typed: they come to those found already.</summary>
    internal sealed record Names(IReadOnlyList<string> Values) : RawValue;

    /// <summary>Chosen on a card: these and no others.</summary>
    internal sealed record Chosen(IReadOnlyList<string> Values) : RawValue;
}

/// <summary>The ids under which a field's inputs stand on a card, and how they are read back.</summary>
internal static class FormInputs
{
    public static string DateId(Field field) => $"{field.Id}.date";

    public static string TimeId(Field field) => $"{field.Id}.time";

    /// <summary>Those chosen before, or who may be meant; the picker beside it finds more.</summary>
    public static string KnownId(Field field) => $"{field.Id}.known";

    /// <summary>Takes away somebody who was picked before: an empty picker does not.</summary>
    public static string NobodyId(Field field) => $"{field.Id}.nobody";

    public static string LineId(Field field, int number) => string.Create(CultureInfo.InvariantCulture, $"{field.Id}.{number}");

    public static string LineChoiceId(Field field, int number) => string.Create(CultureInfo.InvariantCulture, $"{field.Id}.{number}.choice");

    /// <summary>Under which a button says what its card asks for: clients leave out inputs that nobody touched.</summary>
    public const string Asked = "asked";

    /// <summary>Whether the card that was sent asked for this field.</summary>
    public static bool IsAsked(Field field, Inputs inputs) => IsOn(field, inputs) || inputs.Text(Asked)?.Split(',').Contains(field.Id) == true;

    /// <summary>Whether something came for this field, be it empty.</summary>
    public static bool IsOn(Field field, Inputs inputs) => field.Kind switch
    {
        FieldKind.Text or FieldKind.Choice or FieldKind.People or FieldKind.Money or FieldKind.Number or FieldKind.Toggle => inputs.Has(field.Id),
        FieldKind.Date => inputs.Has(DateId(field)) || inputs.Has(TimeId(field)),
        FieldKind.List => inputs.Has(LineId(field, 1)),
        FieldKind.Persons => inputs.Has(field.Id) || inputs.Has(KnownId(field)),
    };

    /// <summary>The value as it came, or null when it was left empty.</summary>
    public static RawValue? Raw(Field field, Inputs inputs) => field.Kind switch
    {
        FieldKind.Text or FieldKind.Choice or FieldKind.Money or FieldKind.Number or FieldKind.Toggle => inputs.Text(field.Id) is { } text ? new RawValue.Text(text) : null,
        FieldKind.People => inputs.Text(field.Id) is { } person ? new RawValue.Text(person)
            : field.Optional && inputs.Text(NobodyId(field)) == "true" ? new RawValue.Nothing() : null,
        FieldKind.Date => (inputs.Text(DateId(field)), inputs.Text(TimeId(field))) is var (date, time) && (date ?? time) is not null ? new RawValue.PickedDate(date, time) : null,
        FieldKind.List => Lines(field, inputs) is { Count: > 0 } lines ? new RawValue.Lines(lines) : null,
        FieldKind.Persons => Chosen(field, inputs) is { Count: > 0 } chosen ? new RawValue.Chosen(chosen) : null,
    };

    private static List<string> Chosen(Field field, Inputs inputs) =>
        [.. new[] { inputs.Text(KnownId(field)), inputs.Text(field.Id) }.SelectMany(ids => ids?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>How many lines the card showed; one more than fit is enough to know that they do not.</summary>
    public static int LinesShown(Field field, Inputs inputs)
    {
        var shown = 0;
        while (shown <= field.MostLines && inputs.Has(LineId(field, shown + 1)))
        {
            shown++;
        }
        return shown;
    }

    private static List<ListLine> Lines(Field field, Inputs inputs)
    {
        var lines = new List<ListLine>();
        for (var number = 1; number <= LinesShown(field, inputs); number++)
        {
            if (inputs.Text(LineId(field, number)) is { } text)
            {
                var choice = inputs.Text(LineChoiceId(field, number));
                lines.Add(new ListLine(text, field.Choices.Any(known => known.Value == choice) ? choice! : field.Choices[0].Value));
            }
        }
        return lines;
    }
}
