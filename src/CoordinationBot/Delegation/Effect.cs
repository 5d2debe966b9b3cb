using System.Text.Json.Serialization;
using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>
/// What a change of one delegation must cause in another: a row beside the state, committed with the change, carried out at least once and
/// in any order, and then removed. Whatever fails in between, it goes forward.
/// </summary>
/// <param name="Id">The operation id at the target: twice is once.</param>
/// <param name="Target">The delegation it happens in.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "effect")]
[JsonDerivedType(typeof(Create), "create")]
[JsonDerivedType(typeof(Revoke), "revoke")]
[JsonDerivedType(typeof(Settle), "settle")]
[JsonDerivedType(typeof(Raise), "raise")]
[JsonDerivedType(typeof(Raised), "raised")]
internal abstract record Effect(string Id, string Target)
{
    /// <summary>The child is offered.</summary>
    internal sealed record Create(string Id, string Target, Party Leader, DeclaredAct.HandOn HandOn, IReadOnlyList<string> Ancestors, DateTimeOffset At) : Effect(Id, Target);

    /// <summary>Everything below ends.</summary>
    internal sealed record Revoke(string Id, string Target, Party By, string Reason) : Effect(Id, Target);

    /// <summary>A child ended with all that is below it: the parent takes back what was not spent.</summary>
    internal sealed record Settle(string Id, string Target, string Child, decimal Spent) : Effect(Id, Target);

    /// <summary>An approval in a child needs money of the parent.</summary>
    internal sealed record Raise(string Id, string Target, string Child, string Request, Money Amount) : Effect(Id, Target);

    /// <summary>The parent's answer: set aside, or why not.</summary>
    internal sealed record Raised(string Id, string Target, string Request, Clause? Refusal) : Effect(Id, Target);
}
