using CoordinationBot.Calendars;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Mail;

/// <summary>How far an inbox was read: mails up to this number, as long as the server keeps its numbers (UIDVALIDITY).</summary>
internal readonly record struct InboxMark(uint Validity, uint Last);

/// <summary>The inbox that the replies of calendars come to, by IMAP. What is no reply is left as it is: people may read there too.</summary>
internal sealed class ImapInbox(IOptions<MailOptions> options)
{
    /// <summary>Mails that are looked at in one connection.</summary>
    public const int MostAtOnce = 50;

    /// <summary>Octets. A reply takes some thousand; what people attach is not fetched.</summary>
    private const uint LargestMail = 512 * 1024;

    private readonly MailOptions _options = options.Value;

    /// <summary>
    /// Gives each reply that is not marked as read to <paramref name="take"/>, and marks it as read when that says that it was its own.
    /// </summary>
    /// <param name="mark">How far was read before.</param>
    /// <param name="take">Gets the replies, the oldest first.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>How far was read, and whether there is more.</returns>
    public async ValueTask<(InboxMark Mark, bool IsMore)> ReadAsync(InboxMark mark, Func<InvitationReply, CancellationToken, ValueTask<bool>> take, CancellationToken cancel)
    {
        using var client = new ImapClient();
        await client.ConnectAsync(_options.ImapHost!, _options.ImapPort, SmtpMailer.SocketOptions(_options.ImapSecurity), cancel);
        await client.AuthenticateAsync(_options.ImapUser ?? _options.User!, _options.ImapPassword ?? _options.Password!, cancel);
        var inbox = client.Inbox ?? throw new ImapProtocolException("The server has no inbox.");
        await inbox.OpenAsync(FolderAccess.ReadWrite, cancel);
        var last = mark.Validity == inbox.UidValidity ? mark.Last : 0;
        // A server answers the newest mail to a range that begins after it.
        var found = (await inbox.SearchAsync(SearchQuery.NotSeen.And(SearchQuery.Uids(new UniqueIdRange(new UniqueId(last + 1), UniqueId.MaxValue))), cancel)).Where(uid => uid.Id > last).Order().ToList();
        var batch = found.Take(MostAtOnce).ToList();
        if (batch.Count > 0)
        {
            var summaries = await inbox.FetchAsync(batch, MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.BodyStructure, cancel);
            foreach (var summary in summaries.Where(summary => summary.Size <= LargestMail && summary.BodyParts.Any(part => ReplyMail.IsCalendar(part.ContentType))).OrderBy(summary => summary.UniqueId))
            {
                if (ReplyMail.Read(await inbox.GetMessageAsync(summary.UniqueId, cancel)) is { } reply && await take(reply, cancel))
                {
                    await inbox.AddFlagsAsync(summary.UniqueId, MessageFlags.Seen, silent: true, cancel);
                }
            }
            last = batch[^1].Id;
        }
        await client.DisconnectAsync(quit: true, cancel);
        return (new InboxMark(inbox.UidValidity, last), found.Count > batch.Count);
    }
}
