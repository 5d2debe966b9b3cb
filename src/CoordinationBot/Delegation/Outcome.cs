using CoordinationBot.Authority;

namespace CoordinationBot.Delegations;

/// <summary>Somebody must hear of a change: their card comes again, with this sentence on top.</summary>
/// <param name="Role">As what.</param>
/// <param name="Sentence">What is new.</param>
/// <param name="Person">Who, where the role does not say it.</param>
internal sealed record Tell(Role Role, string Sentence, Party? Person = null);

/// <summary>What a rule answers. A refusal is a value; an exception is a bug or an outage.</summary>
internal abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>Done: the new state, exactly one history entry, and who hears of it.</summary>
    internal sealed record Changed(Delegation State, HistoryEntry Entry, params IReadOnlyList<Tell> Tells) : Outcome
    {
        /// <summary>What must happen in other delegations.</summary>
        public IReadOnlyList<Effect> Effects { get; init; } = [];

        /// <summary>What is read back to whoever did it.</summary>
        public string? Said { get; init; }

        /// <summary>It came about by itself: in whose name it stands has not seen it.</summary>
        public bool IsUnseen { get; init; }

        /// <summary>What a person hears of it, or null.</summary>
        public Tell? TellOf(Role role, string objectId)
        {
            foreach (var tell in Tells)
            {
                if (tell.Person is { } person ? person.ObjectId == objectId : tell.Role == role)
                {
                    return tell;
                }
            }
            return null;
        }

        public Changed Unseen() => this with { IsUnseen = true };

        public Changed With(Effect effect) => this with { Effects = [.. Effects, effect] };

        public Changed Telling(Tell tell) => this with { Tells = [.. Tells, tell] };
    }

    /// <summary>It was already so: a repeated click, or the same click delivered again.</summary>
    internal sealed record Unchanged(Delegation State) : Outcome;

    /// <summary>Not done. A ruling on an act is recorded; bad input is not.</summary>
    internal sealed record Refused(string Sentence, Clause? Clause = null, Delegation? State = null, HistoryEntry? Entry = null) : Outcome
    {
        /// <summary>What the person reads.</summary>
        public string Full => Clause is null ? Sentence : $"{Sentence} ({Clause})";
    }

    /// <summary>The card is older than the delegation: nothing was done, the present state and a sentence are the answer.</summary>
    internal sealed record Stale(string Sentence) : Outcome;

    /// <summary>Not theirs: they learn nothing more than they knew.</summary>
    internal sealed record NotInvolved : Outcome
    {
        public const string Sentence = "This card belongs to somebody else. Nothing was changed.";
    }
}
