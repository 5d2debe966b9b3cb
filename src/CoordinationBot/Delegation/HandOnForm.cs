using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>The form of a delegation, narrowed to what can be passed on.</summary>
internal static class HandOnForm
{
    /// <summary>A draft for a part of a delegation: what can be passed on is in it, what cannot stands beside its field.</summary>
    public static Draft Narrowed(Draft draft, Delegation parent)
    {
        var (own, origin) = (parent.Terms.Limits, DelegationRules.Origin(parent));
        var notes = new Dictionary<string, string>
        {
            [DelegationForm.Due.Id] = $"Not later than {Zones.Read(parent.Terms.Due.At, parent.Terms.Due.Zone)} ({origin}).",
            [DelegationForm.Budget.Id] = parent.Left is { } left ? $"Up to {left}, which is left ({origin})." : $"No budget can be passed on ({origin}).",
            [DelegationForm.Exploration.Id] = parent.Left is { } rest ? $"Up to {rest}, which is left ({origin})." : $"No budget can be passed on ({origin}).",
            [DelegationForm.Involve.Id] = $"Passed on: {BoundsText.People(own)} ({origin}).",
            [DelegationForm.Outside.Id] = own.OutsideCommitments ? "Can be passed on." : $"Cannot be passed on ({origin}).",
            [DelegationForm.Depth.Id] = $"At most {Math.Max(0, own.Depth - 1)} ({origin}).",
            [DelegationForm.Type.Id] = parent.Terms.Type switch
            {
                AuthorizationType.Deterministic => $"{parent.Id} is deterministic: handing it on needs {parent.Leader.Name}'s approval.",
                AuthorizationType.Flexible => own.Depth > 0 ? "Any of the three, within your own bounds." : $"It is not to be handed on ({origin}): it needs approval.",
                AuthorizationType.Uncertain => $"What is uncertain is handed on as uncertain only ({origin}).",
            },
        };
        if (own.MustNot.Count > 0)
        {
            notes[DelegationForm.MustNot.Id] = $"Passed on with it: {string.Join("; ", own.MustNot)}.";
        }
        return draft with
        {
            About = new DraftSubject(parent.Id, $"As part of {parent.Id} {parent.Terms.Title}", parent.Terms.Version),
            Suggested = draft.Suggested.AddRange(notes.Select(note => KeyValuePair.Create(note.Key, note.Value))),
        };
    }
}
