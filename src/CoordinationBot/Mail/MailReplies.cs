using CoordinationBot.Calendars;

namespace CoordinationBot.Mail;

/// <summary>
/// What a feature does with a reply to one of its invitations. It comes at least once; it may be old, for something that does not exist, or from somebody who was not invited.
/// That the mail names its attendee as its sender was checked; that it really comes from there is for the mail server to check.
/// </summary>
internal delegate ValueTask InvitationReplyHandler(InvitationReply reply, CancellationToken cancel);

/// <summary>Which feature gets the replies to its invitations, by how their UIDs end. Filled while the host is built, read from then on.</summary>
internal sealed class MailReplies
{
    private readonly Dictionary<string, InvitationReplyHandler> _handlers = new(StringComparer.Ordinal);

    /// <param name="suffix">How the UIDs of the feature end, for example <c>@coordination-bot</c>.</param>
    /// <param name="handler">Gets the replies.</param>
    public void Add(string suffix, InvitationReplyHandler handler) => _handlers.Add(suffix, handler);

    public InvitationReplyHandler? Find(string uid) => _handlers.FirstOrDefault(entry => uid.EndsWith(entry.Key, StringComparison.Ordinal)).Value;
}
