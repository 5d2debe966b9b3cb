using CoordinationBot.Protocol.Connector;

namespace CoordinationBot.Protocol.Turns;

/// <summary>
/// Finds the speaker's own chat with the bot, where personal answers to something said in a group go. Null when there is none that the bot
/// may write to. A <see cref="ConnectorException"/> of <see cref="ConnectorFailure.Blocked"/> or <see cref="ConnectorFailure.NotInstalled"/>
/// counts as null.
/// </summary>
public delegate ValueTask<ConversationReference?> PersonalChatFinder(Turn turn, CancellationToken cancel);
