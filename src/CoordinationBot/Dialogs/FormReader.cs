using System.Globalization;
using CoordinationBot.People;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Turns;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Dialogs;

/// <summary>A draft after something was read into it, with a sentence for each field that was not acceptable.</summary>
internal sealed record Reading(Draft Draft, IReadOnlyDictionary<string, string> Problems);

/// <summary>Reads values into a draft, from a card or from typed words, by the declaration of the fields.</summary>
internal sealed class FormReader(PeopleDirectory directory, PersonsReader persons, OfficeOptions office)
{
    /// <summary>Reads every field the card asked for. What is left empty counts as not given.</summary>
    public async ValueTask<Reading> FromCardAsync(Form form, Draft draft, Turn turn, DialogContext context, CancellationToken cancel)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in form.Fields)
        {
            if (!field.Applies(draft) || !FormInputs.IsAsked(field, turn.Inputs))
            {
                continue;
            }
            if (!FormInputs.IsOn(field, turn.Inputs))
            {
                draft = draft.Has(field.Id) ? draft : Emptied(field, draft);
                continue;
            }
            var raw = FormInputs.Raw(field, turn.Inputs);
            if (raw is null && field.Kind == FieldKind.People && (draft.Values.ContainsKey(field.Id) || draft.Options.ContainsKey(field.Id)))
            {
                continue; // A picker comes back empty although somebody was picked before; nobody is taken away by that.
            }
            var (next, problem) = raw is null ? (Emptied(field, draft), null) : await ReadAsync(field, draft, raw, turn, context, cancel);
            draft = next;
            if (problem is not null)
            {
                problems[field.Id] = problem;
            }
        }
        return new Reading(draft, problems);
    }

    /// <summary>Reads the answer to one question.</summary>
    public async ValueTask<Reading> FromTextAsync(Field field, Draft draft, string typed, Turn turn, DialogContext context, CancellationToken cancel)
    {
        RawValue raw = IsNothing(field, typed) ? new RawValue.Nothing() : field.Kind switch
        {
            FieldKind.Text or FieldKind.People or FieldKind.Money or FieldKind.Number or FieldKind.Toggle => new RawValue.Text(typed),
            FieldKind.Choice => new RawValue.Text(ChoiceFor(field.ChoicesIn(draft), typed) ?? typed),
            FieldKind.Date => new RawValue.TypedDate(typed),
            FieldKind.List => new RawValue.Lines(TypedLines.Read(typed, field.Choices)),
            FieldKind.Persons => new RawValue.Names(TypedNames.Split(typed)),
        };
        var (next, problem) = await ReadAsync(field, draft, raw, turn, context, cancel);
        return new Reading(next, problem is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [field.Id] = problem });
    }

    private async ValueTask<(Draft Draft, string? Problem)> ReadAsync(Field field, Draft draft, RawValue raw, Turn turn, DialogContext context, CancellationToken cancel)
    {
        var empty = draft.Without(field.Id);
        var (next, problem) = (field.Kind, raw) switch
        {
            (_, RawValue.Nothing) => (draft.Skip(field), null),
            // A picture or a mention alone comes as a message without words.
            (FieldKind.Text, RawValue.Text text) when string.IsNullOrWhiteSpace(text.Value) => (empty, field.Question),
            (FieldKind.Text, RawValue.Text text) => text.Value.Length > field.LongestText ? (empty, TooLong(field.Label, text.Value, field.LongestText)) : (draft.With(field, text.Value), null),
            (FieldKind.Choice, RawValue.Text text) => field.ChoicesIn(draft).Any(choice => choice.Value == text.Value)
                ? (draft.With(field, text.Value), null)
                : (empty, $"Please choose one of these: {string.Join(", ", field.ChoicesIn(draft).Select(choice => choice.Title.ToLowerInvariant()))}."),
            (FieldKind.People, RawValue.Text text) => await PersonAsync(field, draft, text.Value, turn, cancel),
            (FieldKind.Date, RawValue.TypedDate typed) => Date(field, draft, TypedDate.Parse(typed.Value, context.Now.ToInstant(), Zones.Find(context.Zone), TimeOf(field))),
            (FieldKind.Date, RawValue.PickedDate picked) => Date(field, draft, TypedDate.FromPickers(picked.Date, picked.Time, context.Now.ToInstant(), Zones.Find(context.Zone), TimeOf(field))),
            (FieldKind.List, RawValue.Lines lines) => Lines(field, draft, lines.Values),
            (FieldKind.Money, RawValue.Text text) => Money(field, draft, text.Value),
            (FieldKind.Number, RawValue.Text text) => TypedNumber.Parse(text.Value, field.Smallest, field.Largest) is var (number, unfit) && unfit is null
                ? (draft.With(field, number.ToString(CultureInfo.InvariantCulture)), null)
                : (empty, unfit),
            (FieldKind.Toggle, RawValue.Text text) => YesOrNo(text.Value) is { } yes ? (draft.With(field, yes ? "true" : "false"), null) : (empty, "Please answer yes or no."),
            (FieldKind.Persons, RawValue.Names names) => await persons.AddAsync(field, draft, names.Values, turn, cancel),
            (FieldKind.Persons, RawValue.Chosen chosen) => await persons.ChooseAsync(field, draft, chosen.Values, turn, cancel),
            _ => throw new InvalidOperationException($"The field '{field.Id}' was read in a form it does not have."),
        };
        return problem is null && next.Values.ContainsKey(field.Id) && field.Check(next, context) is { } refusal
            ? (raw is RawValue.Chosen ? PersonsReader.Kept(field, empty, next.Persons(field.Id)) : empty, refusal)
            : (next, problem);
    }

    private async ValueTask<(Draft, string?)> PersonAsync(Field field, Draft draft, string meant, Turn turn, CancellationToken cancel) =>
        await directory.ResolveAsync(turn, meant, cancel) switch
        {
            Found.One one => (draft.With(field, one.Person.ObjectId, one.Person.Name), null),
            Found.TheBot => (draft.With(field, PeopleDirectory.BotObjectId(turn)), null),
            Found.Several several => (
                draft.Without(field.Id) with { Options = draft.Options.SetItem(field.Id, [.. several.People.Select(entry => new PersonOption(entry.ObjectId, PersonsReader.Title(entry)))]) },
                PersonsReader.WhichOne(meant, several.People)),
            Found.Nobody nobody => (draft.Without(field.Id), nobody.Sentence),
            _ => throw new InvalidOperationException("A search for a person had no known answer."),
        };

    private LocalTime TimeOf(Field field) => field.BeginsDay ? office.Times.DayStarts : office.DayEnds;

    private static (Draft, string?) Date(Field field, Draft draft, TypedDateResult result) => result switch
    {
        TypedDateResult.Understood understood => (draft.With(field, understood.When.ToDateTimeOffset().UtcDateTime.ToString("O", CultureInfo.InvariantCulture)), null),
        TypedDateResult.NotUnderstood not => (draft.Without(field.Id), not.Sentence),
        _ => throw new InvalidOperationException("A date had no known reading."),
    };

    private static (Draft, string?) Money(Field field, Draft draft, string typed) => TypedMoney.Parse(typed, field.LargestAmount, field.AllowsZero) switch
    {
        TypedMoneyResult.Understood understood => (draft.With(field, TypedMoney.Canonical(understood.Amount, understood.Currency)), null),
        TypedMoneyResult.NotUnderstood not => (draft.Without(field.Id), not.Sentence),
        _ => throw new InvalidOperationException("An amount had no known reading."),
    };

    private static (Draft, string?) Lines(Field field, Draft draft, IReadOnlyList<ListLine> lines)
    {
        if (lines.Count == 0)
        {
            return (draft.Without(field.Id), null);
        }
        if (lines.Count > field.MostLines)
        {
            return (draft.Without(field.Id), $"{lines.Count} are too many; at most {field.MostLines} fit. Please split it.");
        }
        var tooLong = lines.Select((line, index) => line.Text.Length > field.LongestText ? TooLong($"{field.Label.ToLowerInvariant()} {index + 1}", line.Text, field.LongestText) : null).FirstOrDefault(problem => problem is not null);
        tooLong ??= lines.Sum(line => ProtocolJson.Wire.Options.Encoder!.Encode(line.Text).Length) > field.LongestList
            ? "Together these are too long for one card. Please shorten them, or split the work in two."
            : null;
        return tooLong is not null ? (draft.Without(field.Id), tooLong) : (draft.With(field, Draft.LinesValue(lines)), null);
    }

    private static string TooLong(string what, string text, int longest) =>
        string.Create(CultureInfo.InvariantCulture, $"That is too long for “{what}”: {text.Length:N0} characters, at most {longest:N0} fit. Please shorten it.");

    /// <summary>What an input that comes back empty means: nothing was given yet, or nothing is to be there.</summary>
    private static Draft Emptied(Field field, Draft draft) => field.Optional && !draft.Options.ContainsKey(field.Id) ? draft.Skip(field) : draft.Without(field.Id);

    /// <summary>Whether these words leave a field empty.</summary>
    public static bool IsNothing(Field field, string typed) => field.Optional && typed.Trim().TrimEnd('.').ToUpperInvariant() switch
    {
        "NONE" or "SKIP" or "NOTHING" or "-" => true,
        "NO" => field.Kind is not (FieldKind.Toggle or FieldKind.Choice),
        "NOBODY" or "NO ONE" => field.Kind is FieldKind.People or FieldKind.Persons,
        _ => false,
    };

    private static bool? YesOrNo(string typed) => typed.Trim().TrimEnd('.', '!').ToUpperInvariant() switch
    {
        "YES" or "Y" or "TRUE" or "ON" or "YEP" or "SURE" => true,
        "NO" or "N" or "FALSE" or "OFF" or "NOPE" => false,
        _ => null,
    };

    /// <summary>A choice by its number, or by the beginning of its name when only one begins so.</summary>
    private static string? ChoiceFor(IReadOnlyList<FieldChoice> choices, string typed)
    {
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= choices.Count)
        {
            return choices[number - 1].Value;
        }
        var fitting = choices.Where(choice => typed.Length >= 3 && choice.Title.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).ToList();
        return fitting.Count == 1 ? fitting[0].Value : null;
    }
}
