using System.Text.Json.Serialization;
using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>Something an assignee does, or wants to do, that may touch a bound. Completing a step and reporting touch none.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "act")]
[JsonDerivedType(typeof(Spend), "spend")]
[JsonDerivedType(typeof(Plan), "plan")]
[JsonDerivedType(typeof(Involve), "involve")]
[JsonDerivedType(typeof(Commit), "commit")]
[JsonDerivedType(typeof(HandOn), "hand-on")]
[JsonDerivedType(typeof(Give), "give")]
internal abstract record DeclaredAct
{
    private DeclaredAct()
    {
    }

    internal sealed record Spend(Money Amount, string On) : DeclaredAct;

    /// <summary>Spending in several acts that are approved as one.</summary>
    internal sealed record Plan(Money UpTo, string For, DateTimeOffset Until) : DeclaredAct;

    internal sealed record Involve(Party Person) : DeclaredAct;

    /// <summary>Promising something to somebody outside.</summary>
    internal sealed record Commit(string To, string What) : DeclaredAct;

    /// <summary>Sub-delegating: a new delegation below this one.</summary>
    /// <param name="ChildId">The id it will have; derived from the draft, so that sending twice is sending once.</param>
    /// <param name="Origin">The draft.</param>
    /// <param name="Assignee">To whom.</param>
    /// <param name="Terms">With which terms.</param>
    internal sealed record HandOn(string ChildId, string Origin, Party Assignee, Terms Terms) : DeclaredAct;

    /// <summary>The one act of a leader that waits: giving the delegation itself, which lies beyond their mandate.</summary>
    internal sealed record Give(Party Assignee) : DeclaredAct;
}

/// <summary>One answer that an act needs before it is permitted.</summary>
/// <param name="Clause">Why.</param>
/// <param name="Approver">Who must answer.</param>
/// <param name="IsPolicy">Whether a policy asks: silence never answers it.</param>
/// <param name="ApprovedBy">Who approved; their deputy, perhaps.</param>
/// <param name="InsteadOf">Whose answer it was first, when they passed it on.</param>
internal sealed record Need(Clause Clause, Party Approver, bool IsPolicy = false, Party? ApprovedBy = null, Party? InsteadOf = null)
{
    /// <summary>The approver where there is none. Such a need is never held: what needs it is refused.</summary>
    public static readonly Party Nobody = new("", "nobody");

    /// <summary>Why all these answers are needed.</summary>
    public static Clause ClauseOf(IEnumerable<Need> needs) => Clause.Of(needs.Select(need => need.Clause));

    [JsonIgnore]
    public bool IsUnanswerable => Approver.ObjectId.Length == 0;

    /// <summary>Since when this approver is asked; null: since the act was.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>It was approved by the approver's own silence, as they chose.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool BySilence { get; init; }
}

/// <summary>Somebody who is asked too, since somebody else is away or silent.</summary>
internal sealed record StandIn(Party Deputy, Party For)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public StandInReason Reason { get; init; }
}

/// <summary>An act that waits for approval.</summary>
/// <param name="Id">For example <c>R5</c>.</param>
/// <param name="Act">What was asked for; narrowed by whoever approved narrower terms.</param>
/// <param name="Reason">Why, in the assignee's words.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Needs">Whose answers it needs.</param>
/// <param name="Raising">Everybody approved; the parent is asked for the money.</param>
/// <param name="StandIns">Others who were asked too.</param>
/// <param name="Passed">Those who passed it on: they see how it ends.</param>
internal sealed record HeldAct(string Id, DeclaredAct Act, string? Reason, DateTimeOffset AskedAt, IReadOnlyList<Need> Needs, bool Raising = false, IReadOnlyList<StandIn>? StandIns = null, IReadOnlyList<Party>? Passed = null)
{
    /// <summary>It was approved with narrower terms than were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsNarrower { get; init; }

    /// <summary>All who were asked, whether they still are or not.</summary>
    public IEnumerable<string> Seen => Needs.SelectMany(need => new[] { need.Approver, need.ApprovedBy }).OfType<Party>().Concat((StandIns ?? []).Select(standIn => standIn.Deputy)).Concat(Passed ?? []).Select(person => person.ObjectId).Distinct();

    public bool WaitsFor(string objectId) => !Raising && Needs.Any(need => need.ApprovedBy is null && need.Approver.ObjectId == objectId);
}
