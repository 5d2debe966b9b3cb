using System.Text;
using MimeKit;
using MimeKit.Text;

namespace CoordinationBot.Mail;

/// <summary>A mail as it goes over the wire.</summary>
internal static class MailMessage
{
    /// <summary>Null when an address is none that mail can go to: nothing of it may reach a header.</summary>
    public static MimeMessage? Of(OutgoingMail mail, string from, string fromName, DateTimeOffset now)
    {
        if (MailAddresses.Parse(mail.ToAddress).Address is not { } to || (mail.ReplyTo is { } typed && MailAddresses.Parse(typed).Address is null))
        {
            return null;
        }
        var message = new MimeMessage
        {
            MessageId = mail.MessageId,
            Date = now,
            Subject = Line(mail.Subject),
            Body = BodyOf(mail),
        };
        message.From.Add(new MailboxAddress(Encoding.UTF8, Line(fromName), from));
        message.To.Add(new MailboxAddress(Encoding.UTF8, Line(mail.ToName), to));
        if (mail.ReplyTo is { } replyTo)
        {
            message.ReplyTo.Add(new MailboxAddress(null, MailAddresses.Parse(replyTo).Address!));
        }
        // Nobody's absence answers it (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    /// <summary>As mail clients expect an invitation: the object beside the text as another way to read it, and once more as a file for those that take it from there.</summary>
    private static MimeEntity BodyOf(OutgoingMail mail)
    {
        var text = new TextPart(TextFormat.Plain) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        text.SetText(Encoding.UTF8, mail.Text.ReplaceLineEndings("\r\n"));
        if (mail.Calendar is not { } calendar)
        {
            return text;
        }
        var invitation = new TextPart("calendar") { ContentTransferEncoding = ContentEncoding.Base64 };
        invitation.SetText(Encoding.UTF8, calendar.Text);
        invitation.ContentType.Parameters.Add("method", calendar.Method);
        invitation.ContentType.Parameters.Add("component", "VEVENT");
        var file = new MimePart("application", "ics")
        {
            Content = new MimeContent(new MemoryStream(Encoding.UTF8.GetBytes(calendar.Text))),
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "invite.ics" },
            ContentTransferEncoding = ContentEncoding.Base64,
        };
        file.ContentType.Name = "invite.ics";
        return new Multipart("mixed") { new MultipartAlternative { text, invitation }, file };
    }

    /// <summary>One line of a header. What looks like an encoded word (RFC 2047) is taken apart: MimeKit folds a line in the middle of one that never ends, and what follows would be a header of its own.</summary>
    private static string Line(string text) => string.Join(' ', new string([.. text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character)]).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Replace("=?", "= ?", StringComparison.Ordinal);
}
