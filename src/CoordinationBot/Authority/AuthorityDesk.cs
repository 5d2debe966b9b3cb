using CoordinationBot.Dialogs;
using CoordinationBot.People;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Authority;

/// <summary>What the handlers of mandates, policies and administrators share: who asks, whether they may, and how it stands.</summary>
internal sealed class AuthorityDesk(AuthorityStore store, AdministratorSettings settings, PeopleDirectory directory, OfficeOptions office)
{
    /// <summary>How it stands now, with the refusal for whoever is no administrator.</summary>
    public async ValueTask<(Authorities Authorities, Party Speaker, TurnResult.Refused? Refusal)> AsAdministratorAsync(Turn turn, CancellationToken cancel)
    {
        var speaker = await directory.SpeakerAsync(turn, cancel);
        var party = new Party(speaker.ObjectId, speaker.Name);
        var authorities = await store.ReadNowAsync(turn.Tenant, cancel);
        if (!authorities.IsAdministrator(party.ObjectId) && settings.HasMailAddresses && speaker.Email is null && turn.Scope == ConversationScope.Personal && await LearnMailAsync(turn, cancel))
        {
            authorities = await store.ReadNowAsync(turn.Tenant, cancel);
        }
        return (authorities, party, AuthorityRules.NotAdministrator(authorities, party) is { } refused ? new TurnResult.Refused(refused.Sentence) : null);
    }

    public async ValueTask<(AuthorityOutcome Outcome, Authorities Now)> UpdateAsync(Turn turn, string operationId, Func<Authorities, Party, AuthorityOutcome> rule, CancellationToken cancel)
    {
        var (_, speaker, _) = await AsAdministratorAsync(turn, cancel);
        return await store.UpdateAsync(turn.Tenant, operationId, speaker, turn.Now, authorities => rule(authorities, speaker), cancel);
    }

    /// <summary>The zone in which times are shown to the speaker.</summary>
    public async ValueTask<string> ZoneAsync(Turn turn, CancellationToken cancel) => (await directory.SpeakerAsync(turn, cancel)).Zone ?? office.Zone;

    /// <summary>Whose mail address an administrator of the settings has, only the roster says.</summary>
    private async ValueTask<bool> LearnMailAsync(Turn turn, CancellationToken cancel)
    {
        try
        {
            await directory.LearnRosterAsync(turn.Conversation, cancel);
            return true;
        }
        catch (ConnectorException)
        {
            return false; // They are refused, and may try again.
        }
    }
}
