using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.People;

/// <summary>Where a person's own chat is; opened by the bot when there is none yet.</summary>
internal sealed class PersonalChats(PeopleDirectory directory, ConnectorClient connector)
{
    public async ValueTask<ConversationReference> OpenAsync(Person person, CancellationToken cancel)
    {
        if (person.PersonalConversation is { } known)
        {
            return new ConversationReference(person.ServiceUrl, known, person.Tenant, person.BotId);
        }
        if (person.ServiceUrl.Length == 0)
        {
            // They stand for somebody who was forgotten: there is nowhere to write to, now or later.
            throw new ConnectorException(ConnectorFailure.NotInstalled, null, null);
        }
        var chat = await connector.CreatePersonalAsync(person.ServiceUrl, person.Tenant, person.BotId, person.TeamsId, cancel);
        await directory.UpdateAsync(person.Tenant, person.ObjectId, now => (now ?? person) with { PersonalConversation = chat.ConversationId }, cancel);
        return chat;
    }

    /// <summary>The speaker's own chat, for what must not stand in a group. The speaker may be somebody the bot meets for the first time.</summary>
    public async ValueTask<ConversationReference?> FindAsync(Turn turn, CancellationToken cancel) =>
        await directory.FindAsync(turn.Tenant, turn.Actor.ObjectId, cancel) is { } person
            ? await OpenAsync(person, cancel)
            : await connector.CreatePersonalAsync(turn.Conversation.ServiceUrl, turn.Tenant, turn.Conversation.BotId, turn.Actor.TeamsId, cancel);
}
