using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.People;

/// <summary>Whom somebody meant.</summary>
internal abstract record Found
{
    private Found()
    {
    }

    internal sealed record One(Person Person) : Found;

    /// <summary>Several fit: asked, never guessed.</summary>
    internal sealed record Several(IReadOnlyList<NameEntry> People) : Found;

    internal sealed record TheBot : Found;

    /// <summary>Nobody, and what to do about it.</summary>
    internal sealed record Nobody(string Sentence) : Found;
}

/// <summary>Who is who: learns people from what happens, finds them by what is typed or picked.</summary>
internal sealed class PeopleDirectory(PeopleStore store, PeopleCache cache, ConnectorClient connector)
{
    private const int LongestName = 100;

    public async ValueTask<Person?> FindAsync(string tenant, string objectId, CancellationToken cancel)
    {
        var person = await store.FindAsync(tenant, objectId, cancel);
        if (person is not null)
        {
            cache.Keep(person);
        }
        return person;
    }

    public async ValueTask<Person> UpdateAsync(string tenant, string objectId, Func<Person?, Person> change, CancellationToken cancel)
    {
        var person = await store.UpdateAsync(tenant, objectId, change, cancel);
        cache.Keep(person);
        return person;
    }

    /// <summary>The speaker of this turn, who is always known: the turn was looked at before.</summary>
    public async ValueTask<Person> SpeakerAsync(Turn turn, CancellationToken cancel) =>
        cache.Find(turn.Tenant, turn.Actor.ObjectId) ?? await FindAsync(turn.Tenant, turn.Actor.ObjectId, cancel)
        ?? throw new InvalidOperationException("The speaker of a turn was not learned before it.");

    /// <summary>The same as stored now: another host may have changed it.</summary>
    public async ValueTask<Person> StoredSpeakerAsync(Turn turn, CancellationToken cancel) =>
        await FindAsync(turn.Tenant, turn.Actor.ObjectId, cancel) ?? throw new InvalidOperationException("The speaker of a turn was not learned before it.");

    /// <summary>Finds by Entra object id or Teams id (what a people picker sends), or by a name as typed.</summary>
    public async ValueTask<Found> ResolveAsync(Turn turn, string meant, CancellationToken cancel)
    {
        meant = Mentioned(turn, meant.Trim());
        if (meant.StartsWith("28:", StringComparison.Ordinal) || meant == BotObjectId(turn) || meant.Equals(turn.Activity.Recipient?.Name, StringComparison.OrdinalIgnoreCase))
        {
            return new Found.TheBot();
        }
        if (meant.Equals("me", StringComparison.OrdinalIgnoreCase) || meant.Equals("myself", StringComparison.OrdinalIgnoreCase))
        {
            return new Found.One(await SpeakerAsync(turn, cancel));
        }
        if (Guid.TryParse(meant, out var objectId))
        {
            return await FindAsync(turn.Tenant, objectId.ToString(), cancel) is { } known ? new Found.One(known) : await MeetAsync(turn, meant, cancel);
        }
        if (meant.StartsWith("29:", StringComparison.Ordinal))
        {
            return await store.FindByTeamsIdAsync(turn.Tenant, meant, cancel) is { } known ? new Found.One(known) : await MeetAsync(turn, meant, cancel);
        }
        return await ByNameAsync(turn, meant, cancel);
    }

    /// <summary>What stands for the bot where people stand for themselves by their object id.</summary>
    public static string BotObjectId(Turn turn) => turn.Conversation.BotId.Split(':')[^1];

    /// <summary>Who was mentioned was not only named: the mention says exactly who it is.</summary>
    private static string Mentioned(Turn turn, string meant) =>
        turn.Activity.Entities?.FirstOrDefault(entity => entity.Mentioned?.Name?.Equals(meant.TrimStart('@'), StringComparison.OrdinalIgnoreCase) == true)?.Mentioned?.Id ?? meant;

    private async ValueTask<Found> ByNameAsync(Turn turn, string typed, CancellationToken cancel)
    {
        if (typed.Length > LongestName || NameMatch.Tokens(typed) is not { Count: > 0 } words)
        {
            return new Found.Nobody("That is not a name I can look for. Please pick the person from the list.");
        }
        if (await CandidatesAsync(turn.Tenant, typed.IndexOf('@', StringComparison.Ordinal) > 0 ? [PeopleStore.Folded(typed)] : words, cancel) is not { } entries)
        {
            return new Found.Nobody($"Too many people are called “{typed}”. Please type the full name or the mail address, or pick the person from the list.");
        }
        return NameMatch.Match(typed, [.. entries.Select(entry => new Candidate(entry.ObjectId, entry.Name, entry.Email ?? ""))]) switch
        {
            NameMatchResult.One one => await FindAsync(turn.Tenant, one.Candidate.ObjectId, cancel) is { } person ? new Found.One(person) : Unknown(typed),
            NameMatchResult.Several several => new Found.Several([.. several.Candidates.Select(candidate => new NameEntry(candidate.ObjectId, candidate.Name, candidate.Email.Length > 0 ? candidate.Email : null))]),
            _ => Unknown(typed),
        };
    }

    /// <summary>Everybody with one of the words in their name: the first word that few have. Null when all of them are too common.</summary>
    private async ValueTask<IReadOnlyList<NameEntry>?> CandidatesAsync(string tenant, IReadOnlyList<string> words, CancellationToken cancel)
    {
        foreach (var word in words)
        {
            if (await store.FindByWordAsync(tenant, word, cancel) is { } entries)
            {
                return entries;
            }
        }
        return null;
    }

    private static Found.Nobody Unknown(string typed) =>
        new($"I have not met anybody called “{typed}” yet. Please pick the person from the list, or ask them to open a chat with me.");

    /// <summary>Somebody picked whom the bot never met: opens their own chat and reads who is in it.</summary>
    private async ValueTask<Found> MeetAsync(Turn turn, string memberId, CancellationToken cancel)
    {
        try
        {
            var chat = await connector.CreatePersonalAsync(turn.Conversation.ServiceUrl, turn.Tenant, turn.Conversation.BotId, memberId, cancel);
            await foreach (var member in connector.MembersAsync(chat, cancel))
            {
                if (ObjectIdOf(member) is { } objectId && (member.Id == memberId || objectId.Equals(memberId, StringComparison.OrdinalIgnoreCase)))
                {
                    return new Found.One(await LearnAsync(chat, member, objectId, personal: true, cancel));
                }
            }
        }
        catch (ConnectorException exception) when (exception.Failure is ConnectorFailure.NotInstalled or ConnectorFailure.Blocked or ConnectorFailure.NotFound or ConnectorFailure.Rejected)
        {
            return new Found.Nobody("I cannot write to that person: I am not installed for them, or they are outside the organisation. Please ask them to open a chat with me first.");
        }
        return new Found.Nobody("I do not know that person. Please pick somebody from the list.");
    }

    /// <summary>Learns everybody in a conversation who was not forgotten, and says who of them are of its tenant: nobody else may speak with the bot.</summary>
    public async ValueTask<IReadOnlyList<NameEntry>> LearnRosterAsync(ConversationReference conversation, CancellationToken cancel)
    {
        List<NameEntry> own = [];
        await foreach (var member in connector.MembersAsync(conversation, cancel))
        {
            // Whoever was forgotten is met again when they speak, and not because they are still in a team.
            if (ObjectIdOf(member) is { } objectId && !await store.IsForgottenAsync(conversation.TenantId, objectId, cancel))
            {
                var person = await LearnAsync(conversation, member, objectId, personal: false, cancel);
                if (member.TenantId is null || member.TenantId == conversation.TenantId)
                {
                    own.Add(new NameEntry(objectId, person.Name, person.Email));
                }
            }
        }
        return own;
    }

    public ValueTask<Person> LearnAsync(ConversationReference conversation, ConversationMember member, string objectId, bool personal, CancellationToken cancel) =>
        UpdateAsync(
            conversation.TenantId,
            objectId,
            known => (known ?? new Person
            {
                Tenant = conversation.TenantId,
                ObjectId = objectId,
                TeamsId = member.Id ?? "",
                Name = NameOf(member),
                ServiceUrl = conversation.ServiceUrl,
                BotId = conversation.BotId,
            }) with
            {
                TeamsId = member.Id ?? known?.TeamsId ?? "",
                Name = NameOf(member),
                Email = member.Email ?? known?.Email,
                ServiceUrl = conversation.ServiceUrl,
                PersonalConversation = personal ? conversation.ConversationId : known?.PersonalConversation,
            },
            cancel);

    public static string? ObjectIdOf(ConversationMember member) =>
        Guid.TryParse(member.AadObjectId ?? member.ObjectId, out var objectId) ? objectId.ToString() : null;

    private static string NameOf(ConversationMember member) => member.Name ?? member.GivenName ?? member.Email ?? Unnamed;

    /// <summary>How somebody is called whose name nobody has said yet.</summary>
    public const string Unnamed = "A colleague";
}
