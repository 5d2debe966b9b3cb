using System.Collections.Immutable;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Dialogs;

/// <summary>Finds several people by what was typed or picked. Whoever is found stays found while the rest is asked.</summary>
internal sealed class PersonsReader(PeopleDirectory directory)
{
    /// <summary>Names as typed. Who was found or may be meant already is not forgotten for them.</summary>
    public async ValueTask<(Draft Draft, string? Problem)> AddAsync(Field field, Draft draft, IReadOnlyList<string> names, Turn turn, CancellationToken cancel)
    {
        var (read, problem, isTooMany) = await ReadAsync(field, draft, names, draft.Options.GetValueOrDefault(field.Id, []), turn, cancel);
        // Whoever types cannot take somebody out: they begin anew.
        return (isTooMany ? Kept(field, draft, []) : read, problem);
    }

    /// <summary>Chosen on a card: these and no others.</summary>
    public async ValueTask<(Draft Draft, string? Problem)> ChooseAsync(Field field, Draft draft, IReadOnlyList<string> ids, Turn turn, CancellationToken cancel)
    {
        var (read, problem, _) = await ReadAsync(field, draft, ids, [], turn, cancel);
        return (read, problem);
    }

    private async ValueTask<(Draft Draft, string? Problem, bool IsTooMany)> ReadAsync(Field field, Draft draft, IReadOnlyList<string> meant, ImmutableArray<PersonOption> before, Turn turn, CancellationToken cancel)
    {
        var found = before.Where(option => option.For is null).ToList();
        var open = before.Where(option => option.For is not null).ToList();
        // Each is looked up.
        if (meant.Count > 2 * field.MostPersons)
        {
            return (draft.Without(field.Id), TooMany(field), true);
        }
        string? problem = meant.Count == 0 ? field.Question : null;
        foreach (var name in meant)
        {
            switch (await directory.ResolveAsync(turn, name, cancel))
            {
                case Found.One one:
                    found.Add(new PersonOption(one.Person.ObjectId, one.Person.Name));
                    // This answers who was meant by an earlier name.
                    open.RemoveAll(option => open.Any(same => same.For == option.For && same.ObjectId == one.Person.ObjectId));
                    break;
                case Found.Several several:
                    open.RemoveAll(option => option.For == name);
                    open.AddRange(several.People.Select(entry => new PersonOption(entry.ObjectId, Title(entry), name)));
                    break;
                case Found.Nobody nobody:
                    problem ??= nobody.Sentence;
                    break;
                default:
                    problem ??= "I am only the secretary; please leave me out.";
                    break;
            }
        }
        found = [.. found.DistinctBy(option => option.ObjectId)];
        if (found.Count > field.MostPersons)
        {
            return (Kept(field, draft, found), TooMany(field), true);
        }
        problem ??= open.Count > 0 ? WhichOne(open[0].For!, [.. open.Where(option => option.For == open[0].For).Select(option => new NameEntry(option.ObjectId, option.Title, null))]) : null;
        // Who was found need not be asked about, though another name may mean them too.
        return problem is null
            ? (draft.With(field, found), null, false)
            : (Kept(field, draft, [.. found, .. open.Where(option => found.All(known => known.ObjectId != option.ObjectId)).DistinctBy(option => option.ObjectId)]), problem, false);
    }

    /// <summary>Not an answer yet, but remembered: the next one begins with these.</summary>
    public static Draft Kept(Field field, Draft draft, IReadOnlyList<PersonOption> options) =>
        draft.Without(field.Id) with { Options = options.Count == 0 ? draft.Options.Remove(field.Id) : draft.Options.SetItem(field.Id, [.. options]) };

    public static string Title(NameEntry entry) => entry.Email is null ? entry.Name : $"{entry.Name} ({entry.Email})";

    /// <summary>Asks which of several a name means.</summary>
    public static string WhichOne(string name, IReadOnlyList<NameEntry> people) =>
        $"“{name}” may be {string.Join(" or ", people.Take(4).Select(person => person.Name))}{(people.Count > 4 ? $" or {people.Count - 4} others" : "")}. Please choose.";

    private static string TooMany(Field field) => $"At most {field.MostPersons} people fit here. Please name fewer.";
}
