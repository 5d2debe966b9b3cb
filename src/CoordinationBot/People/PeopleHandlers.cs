using CoordinationBot.Dialogs;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Storage;

namespace CoordinationBot.People;

/// <summary>Learns and renews people from every activity.</summary>
internal sealed class PeopleHandlers(PeopleDirectory directory, PeopleCache cache, GroupStore groups, ConnectorClient connector, WorkScheduler work)
{
    /// <summary>Wakes what waits for a person who can be reached again.</summary>
    public const string ReachableAgain = "reachable-again";

    /// <summary>An installation comes as several events, and again when a client loads anew: within this time they are one.</summary>
    public static readonly TimeSpan OneInstallation = TimeSpan.FromMinutes(2);

    /// <summary>Before every turn: writes only when something is new.</summary>
    public async ValueTask<TurnResult> RenewAsync(Turn turn, CancellationToken cancel)
    {
        // Somebody comes back seldom and may have been given up meanwhile, by another host: then what this one remembers is not asked.
        var remembered = turn.Activity.Type is ActivityTypes.Message or ActivityTypes.Invoke ? cache.Find(turn.Tenant, turn.Actor.ObjectId) : null;
        var known = remembered ?? await directory.FindAsync(turn.Tenant, turn.Actor.ObjectId, cancel);
        if (known is not null && Renewed(known, turn, null) == known)
        {
            return TurnResult.Nothing.Instance;
        }
        // An installation names nobody: the roster does.
        var member = known is null && turn.Actor.Name is null ? await MemberAsync(turn, cancel) : null;
        var reachableAgain = known?.Unreachable is not null && turn.Scope == ConversationScope.Personal;
        var wakeUp = new WakeUp(ReachableAgain, PeopleStore.Partition(turn.Tenant, turn.Actor.ObjectId));
        if (reachableAgain)
        {
            await work.PrepareAsync(wakeUp, cancel);
        }
        await directory.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, person => Renewed(person, turn, member), cancel);
        if (reachableAgain)
        {
            work.Nudge(wakeUp);
        }
        return TurnResult.Nothing.Instance;
    }

    /// <summary>
    /// The bot came to a group or channel: who is there is learned by a wake-up. False when it has only just come, since an installation is
    /// told by several events.
    /// </summary>
    public async ValueTask<bool> JoinedAsync(Turn turn, CancellationToken cancel)
    {
        var isNew = (await groups.FindAsync(GroupStore.Partition(turn.Conversation), cancel))?.JoinedAt is not { } joined || turn.Now - joined > OneInstallation;
        await LearnLaterAsync(turn, cancel);
        return isNew;
    }

    /// <summary>Somebody came to a group, or went.</summary>
    public async ValueTask<TurnResult> MembersChangedAsync(Turn turn, CancellationToken cancel)
    {
        if (turn.Scope != ConversationScope.Personal)
        {
            await LearnLaterAsync(turn, cancel);
        }
        return TurnResult.Nothing.Instance;
    }

    private ValueTask LearnLaterAsync(Turn turn, CancellationToken cancel) =>
        LearnAfterAsync(turn, () => groups.KeepAsync(new Group(turn.Conversation, turn.Now, turn.Activity.ChannelData?.Team?.Name ?? turn.Activity.Conversation?.Name), cancel), cancel);

    /// <summary>A group is written, and its roster learned by a wake-up that comes even when this host ends in between.</summary>
    private async ValueTask LearnAfterAsync(Turn turn, Func<ValueTask> write, CancellationToken cancel)
    {
        var wakeUp = new WakeUp(GroupStore.Kind, GroupStore.Partition(turn.Conversation));
        await work.PrepareAsync(wakeUp, cancel);
        await write();
        work.Nudge(wakeUp);
    }

    public async ValueTask LearnRosterAsync(WakeUp wakeUp, CancellationToken cancel)
    {
        var group = await groups.FindAsync(wakeUp.Partition, cancel);
        await groups.LearnAsync(wakeUp.Partition, group?.Name, group is null ? [] : await directory.LearnRosterAsync(group.Conversation, cancel), cancel);
    }

    public async ValueTask<TurnResult> UninstalledAsync(Turn turn, CancellationToken cancel)
    {
        if (turn.Scope == ConversationScope.Personal)
        {
            await directory.UpdateAsync(turn.Tenant, turn.Actor.ObjectId, person => Renewed(person, turn, null) with { Unreachable = Unreachable.NotInstalled, WelcomedAt = null }, cancel);
        }
        else
        {
            await LearnAfterAsync(turn, () => groups.LeaveAsync(turn.Conversation, cancel), cancel);
        }
        return TurnResult.Nothing.Instance;
    }

    private static Person Renewed(Person? known, Turn turn, ConversationMember? member)
    {
        var isPersonal = turn.Scope == ConversationScope.Personal;
        var person = known ?? new Person
        {
            Tenant = turn.Tenant,
            ObjectId = turn.Actor.ObjectId,
            TeamsId = turn.Actor.TeamsId,
            Name = turn.Actor.Name ?? member?.Name ?? PeopleDirectory.Unnamed,
            Email = member?.Email,
            ServiceUrl = turn.Conversation.ServiceUrl,
            BotId = turn.Conversation.BotId,
        };
        return person with
        {
            TeamsId = turn.Actor.TeamsId,
            Name = turn.Actor.Name ?? person.Name,
            Zone = !person.ZoneIsChosen && turn.Zone is { } zone && Zones.Exists(zone) ? zone : person.Zone,
            Locale = turn.Locale,
            ServiceUrl = turn.Conversation.ServiceUrl,
            BotId = turn.Conversation.BotId,
            PersonalConversation = isPersonal ? turn.Conversation.ConversationId : person.PersonalConversation,
            // Whoever speaks in their own chat can be reached there.
            Unreachable = isPersonal ? null : person.Unreachable,
        };
    }

    private async ValueTask<ConversationMember?> MemberAsync(Turn turn, CancellationToken cancel)
    {
        try
        {
            return await connector.MemberAsync(turn.Conversation, turn.Actor.TeamsId, cancel);
        }
        catch (ConnectorException)
        {
            // The name comes with the first message; until then there is a placeholder.
            return null;
        }
    }
}
