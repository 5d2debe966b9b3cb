using CoordinationBot.Authority;
using CoordinationBot.People;

namespace CoordinationBot.Meetings;

/// <summary>Whom of those who take part a key or a typed name means.</summary>
/// <param name="Person">Who; null: nobody, or several.</param>
/// <param name="Sentence">Why nobody.</param>
internal readonly record struct Participant(Party? Person, string? Sentence)
{
    public static Participant Find(Meeting meeting, string typed, string speaker)
    {
        if (AgendaRules.FindParty(meeting, typed) is { } known)
        {
            return new Participant(known, null);
        }
        if (typed.Equals("me", StringComparison.OrdinalIgnoreCase))
        {
            return new Participant(AgendaRules.FindParty(meeting, speaker), null);
        }
        Candidate[] candidates = [new(meeting.Organiser.ObjectId, meeting.Organiser.Name, ""), .. meeting.Invitees.Select(invitee => new Candidate(invitee.Key, invitee.Name, invitee.IsOutside ? invitee.Key : ""))];
        return NameMatch.Match(typed, candidates) switch
        {
            NameMatchResult.One one => new Participant(new Party(one.Candidate.ObjectId, one.Candidate.Name), null),
            NameMatchResult.Several several => new Participant(null, $"“{typed}” may be {string.Join(" or ", several.Candidates.Take(4).Select(candidate => candidate.Name))}. Please type the full name."),
            _ => new Participant(null, $"Nobody called “{Dialogs.CardParts.Shorten(typed, 60)}” takes part in this meeting. Please name somebody who does."),
        };
    }
}
