using System.Diagnostics;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>Bounds and acts in words: as they stand on cards, in rulings and in the history.</summary>
internal static class BoundsText
{
    /// <summary>What the assignee may do, in the sentence of the type.</summary>
    public static string Sentence(Terms terms) => terms.Type switch
    {
        AuthorizationType.Deterministic => DelegationRules.ExactSteps(terms.Steps.Count),
        AuthorizationType.Flexible => $"Your choice, within these bounds: {string.Join(", ", Parts(terms))}.",
        AuthorizationType.Uncertain => "Look into this and come back with options. Do not commit to anything yet.",
    };

    /// <summary>The bounds of a flexible delegation one by one. What must not be done stands beside them: no rule can check it, only people.</summary>
    public static IEnumerable<string> Parts(Terms terms)
    {
        var bounds = terms.Limits;
        yield return bounds.Budget is { } budget ? $"up to {budget}" : "no budget";
        yield return $"by {Zones.Read(terms.Due.At, terms.Due.Zone)}";
        yield return People(bounds);
        yield return bounds.OutsideCommitments ? "promises to people outside are yours to make" : "nothing is promised to anybody outside";
        yield return Depth(bounds.Depth);
    }

    public static string People(Bounds bounds) => bounds.Involvement switch
    {
        Involvement.Nobody => "nobody else is involved",
        Involvement.Named => $"only {string.Join(", ", bounds.People.Select(person => person.Name))} may be involved",
        Involvement.Anyone => "anybody may be involved",
    };

    public static string Depth(int depth) => depth switch
    {
        0 => "it is not handed on",
        1 => "it may be handed on once",
        _ => $"it may be handed on {depth} levels deep",
    };

    /// <summary>An act, as in "asked to …".</summary>
    public static string Act(DeclaredAct act, string zone = "UTC") => act switch
    {
        DeclaredAct.Spend spend => $"spend {spend.Amount} on {spend.On}",
        DeclaredAct.Plan plan => $"spend up to {plan.UpTo} for {plan.For}, until {Zones.Read(plan.Until, zone)}",
        DeclaredAct.Involve involve => $"involve {involve.Person.Name}",
        DeclaredAct.Commit commit => $"promise {commit.To}: {commit.What}",
        DeclaredAct.HandOn handOn => $"hand on “{handOn.Terms.Title}” to {handOn.Assignee.Name}",
        DeclaredAct.Give give => $"give this to {give.Assignee.Name}",
        _ => throw new UnreachableException(),
    };

    public static string Act(Delegation delegation, DeclaredAct act) => Act(act, delegation.Terms.Due.Zone);

    /// <summary>The same when it was done.</summary>
    public static string Done(DeclaredAct act, string zone = "UTC") => act switch
    {
        DeclaredAct.Spend spend => $"Spent {spend.Amount} on {spend.On}",
        DeclaredAct.Plan plan => $"Planned to {Act(plan, zone)}",
        DeclaredAct.Involve involve => $"Involved {involve.Person.Name}",
        DeclaredAct.Commit commit => $"Promised {commit.To}: {commit.What}",
        DeclaredAct.HandOn handOn => $"Handed on “{handOn.Terms.Title}” to {handOn.Assignee.Name} as {handOn.ChildId}",
        DeclaredAct.Give give => $"Gave it to {give.Assignee.Name}",
        _ => throw new UnreachableException(),
    };
}
