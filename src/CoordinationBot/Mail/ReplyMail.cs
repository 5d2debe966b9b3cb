using CoordinationBot.Calendars;
using MimeKit;

namespace CoordinationBot.Mail;

/// <summary>Finds the reply of a calendar in a mail.</summary>
internal static class ReplyMail
{
    private const int MostParts = 20;

    /// <summary>The reply; null when there is none, or when it speaks for somebody other than whoever sent it.</summary>
    public static InvitationReply? Read(MimeMessage message)
    {
        var reply = message.BodyParts.Take(MostParts).OfType<MimePart>().Where(IsCalendar).Select(TextOf).OfType<string>().Select(InvitationReader.ReadReply).FirstOrDefault(found => found is not null);
        return reply is not null && message.From.Mailboxes.Append(message.Sender).OfType<MailboxAddress>().Any(sender => MailAddresses.AreSame(sender.Address, reply.Address)) ? reply : null;
    }

    public static bool IsCalendar(ContentType type) => type.IsMimeType("text", "calendar") || type.IsMimeType("application", "ics");

    private static bool IsCalendar(MimePart part) => IsCalendar(part.ContentType);

    private static string? TextOf(MimePart part)
    {
        if (part is TextPart text)
        {
            return text.Text;
        }
        if (part.Content is not { } content)
        {
            return null;
        }
        using var reader = new StreamReader(content.Open());
        return reader.ReadToEnd();
    }
}
