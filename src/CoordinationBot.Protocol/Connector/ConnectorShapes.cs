using CoordinationBot.Protocol.Activities;

namespace CoordinationBot.Protocol.Connector;

/// <summary>Answer to a sent or updated activity.</summary>
public sealed record ResourceResponse
{
    /// <summary>Id of the activity. Absent when the channel split the activity (text and attachment in one).</summary>
    public string? Id { get; init; }
}

/// <summary>Body of <c>POST v3/conversations</c>.</summary>
public sealed record ConversationParameters
{
    /// <summary>False for a personal chat.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The bot.</summary>
    public ChannelAccount? Bot { get; init; }

    /// <summary>Exactly one member for a personal chat; its id is a Teams id or an Entra object id.</summary>
    public IReadOnlyList<ChannelAccount>? Members { get; init; }

    /// <summary>The tenant of the member.</summary>
    public string? TenantId { get; init; }

    /// <summary>Repeats the tenant where Teams reads it.</summary>
    public ChannelData? ChannelData { get; init; }
}

/// <summary>Answer to <c>POST v3/conversations</c>.</summary>
public sealed record ConversationResourceResponse
{
    /// <summary>Id of the conversation; the same each time for the same person.</summary>
    public string? Id { get; init; }

    /// <summary>Where activities of this conversation go, if the channel says another place.</summary>
    public string? ServiceUrl { get; init; }
}

/// <summary>One page of a roster.</summary>
public sealed record PagedMembersResult
{
    /// <summary>The members of this page.</summary>
    public IReadOnlyList<ConversationMember>? Members { get; init; }

    /// <summary>Asks for the next page; absent on the last one.</summary>
    public string? ContinuationToken { get; init; }
}

/// <summary>A member of a conversation.</summary>
public sealed record ConversationMember
{
    /// <summary><c>29:…</c>.</summary>
    public string? Id { get; init; }

    /// <summary>Display name.</summary>
    public string? Name { get; init; }

    /// <summary>Given name.</summary>
    public string? GivenName { get; init; }

    /// <summary>Surname.</summary>
    public string? Surname { get; init; }

    /// <summary>Mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Sign-in name.</summary>
    public string? UserPrincipalName { get; init; }

    /// <summary>Entra object id. Some answers call it <c>objectId</c>.</summary>
    public string? AadObjectId { get; init; }

    /// <summary>The same id under its other name.</summary>
    public string? ObjectId { get; init; }

    /// <summary>Tenant of the member; a guest's differs from the conversation's.</summary>
    public string? TenantId { get; init; }

    /// <summary><c>user</c>, <c>guest</c>, <c>anonymous</c>, …</summary>
    public string? UserRole { get; init; }
}

/// <summary>Body of a failed connector call.</summary>
public sealed record ErrorResponse
{
    /// <summary>What went wrong.</summary>
    public ErrorDetail? Error { get; init; }
}

/// <summary>Code and text of a failure. The text is for the log, never for people.</summary>
public sealed record ErrorDetail
{
    /// <summary>For instance <c>BotNotInConversationRoster</c>.</summary>
    public string? Code { get; init; }

    /// <summary>Human text of the channel.</summary>
    public string? Message { get; init; }
}
