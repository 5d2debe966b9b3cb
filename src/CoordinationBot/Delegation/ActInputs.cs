using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Turns;
using NodaTime;
using NodaTime.Extensions;

namespace CoordinationBot.Delegations;

/// <summary>What an assignee can declare on a card. Handing on is a delegation of its own and has a form.</summary>
internal enum ActKind
{
    Spend,
    Plan,
    Involve,
    Commit,
}

/// <summary>An act as it was filled in, or why it cannot be read.</summary>
/// <param name="Act">What was declared.</param>
/// <param name="Problem">What to fill in instead.</param>
/// <param name="Options">Who may be meant by a name.</param>
internal sealed record ActReading(DeclaredAct? Act, string? Problem, IReadOnlyList<NameEntry> Options);

/// <summary>Reads the inputs of an act, as a card sends them or as they were typed.</summary>
internal sealed class ActInputs(PeopleDirectory directory, OfficeOptions office)
{
    public const string Amount = "amount";
    public const string What = "what";
    public const string Person = "person";
    public const string To = "to";
    public const string Until = "until";
    public const string Because = "because";

    /// <summary>Tells the same press again from the same act once more.</summary>
    public const string Key = "declaration";
    public const int LongestAmount = 60;

    public async ValueTask<ActReading> ReadAsync(Turn turn, ActKind kind, string zone, CancellationToken cancel) => kind switch
    {
        ActKind.Spend => Spend(turn.Inputs),
        ActKind.Plan => Plan(turn, zone),
        ActKind.Involve => await InvolveAsync(turn, cancel),
        ActKind.Commit => Understood(new DeclaredAct.Commit(turn.Inputs.Text(To) ?? "", turn.Inputs.Text(What) ?? "")),
    };

    /// <summary>Less of an act that waits: a smaller amount, an earlier end. Null where there is nothing to narrow.</summary>
    public (DeclaredAct? Narrower, string? Problem) ReadNarrower(Turn turn, DeclaredAct asked, string zone)
    {
        if (asked is not (DeclaredAct.Spend or DeclaredAct.Plan))
        {
            return (null, "There is no less of that. Approve it as it is, or refuse with a reason.");
        }
        if (Money(turn.Inputs) is var (amount, problem) && amount is null)
        {
            return (null, problem);
        }
        if (asked is not DeclaredAct.Plan plan)
        {
            return (((DeclaredAct.Spend)asked) with { Amount = amount }, null);
        }
        // The input shows minutes; a plan that ends within this one keeps its end.
        return Date(turn.Inputs, Until, turn.Now.ToInstant(), zone, office.DayEnds) switch
        {
            TypedDateResult.Understood until => (plan with { UpTo = amount, Until = Earlier(until, plan.Until) }, null),
            TypedDateResult.NotUnderstood not => (null, not.Sentence),
            _ => throw new InvalidOperationException("A date had no known reading."),
        };
    }

    /// <summary>A day from the pickers, or as it was typed.</summary>
    public static TypedDateResult Date(Inputs inputs, string id, Instant now, string zone, LocalTime dayEnds) =>
        inputs.Text(id) is { } typed && inputs.Text($"{id}.date") is null
            ? TypedDate.Parse(typed, now, Zones.Find(zone), dayEnds)
            : TypedDate.FromPickers(inputs.Text($"{id}.date"), inputs.Text($"{id}.time"), now, Zones.Find(zone), dayEnds);

    private static ActReading Spend(Inputs inputs) =>
        Money(inputs) is var (amount, problem) && amount is null ? Unread(problem!) : Understood(new DeclaredAct.Spend(amount, inputs.Text(What) ?? ""));

    private ActReading Plan(Turn turn, string zone)
    {
        if (Money(turn.Inputs) is var (amount, problem) && amount is null)
        {
            return Unread(problem!);
        }
        return Date(turn.Inputs, Until, turn.Now.ToInstant(), zone, office.DayEnds) switch
        {
            TypedDateResult.Understood until => Understood(new DeclaredAct.Plan(amount, turn.Inputs.Text(What) ?? "", until.When.ToDateTimeOffset().ToUniversalTime())),
            TypedDateResult.NotUnderstood not => Unread(not.Sentence),
            _ => throw new InvalidOperationException("A date had no known reading."),
        };
    }

    private async ValueTask<ActReading> InvolveAsync(Turn turn, CancellationToken cancel)
    {
        if (turn.Inputs.Text(Person) is not { } meant)
        {
            return Unread("Please choose whom.");
        }
        return await directory.ResolveAsync(turn, meant, cancel) switch
        {
            Found.One one => Understood(new DeclaredAct.Involve(new Party(one.Person.ObjectId, one.Person.Name))),
            Found.TheBot => Unread("That is me. I am only the secretary; please choose a person."),
            Found.Several several => new ActReading(null, PersonsReader.WhichOne(meant, several.People), several.People),
            Found.Nobody nobody => Unread(nobody.Sentence),
            _ => throw new InvalidOperationException("A search for a person had no known answer."),
        };
    }

    private static (Money? Amount, string? Problem) Money(Inputs inputs) => inputs.Text(Amount) is not { } typed
        ? (null, "Please give an amount with its currency, for example 1,200 EUR.")
        : TypedMoney.Parse(typed) switch
        {
            TypedMoneyResult.Understood understood => (new Money(understood.Amount, understood.Currency), null),
            TypedMoneyResult.NotUnderstood not => (null, not.Sentence),
            _ => throw new InvalidOperationException("An amount had no known reading."),
        };

    private static DateTimeOffset Earlier(TypedDateResult.Understood read, DateTimeOffset asked) =>
        read.When.ToDateTimeOffset().ToUniversalTime() is var until && until > asked && until - asked < TimeSpan.FromMinutes(1) ? asked : until;

    private static ActReading Understood(DeclaredAct act) => new(act, null, []);

    private static ActReading Unread(string problem) => new(null, problem, []);
}
