namespace CoordinationBot.Mail;

/// <summary>A mail to one address.</summary>
/// <param name="MessageId">Without brackets: <see cref="MailWaiting.MessageId"/>. The same for every try, so that whoever gets it twice has it once.</param>
/// <param name="ToName">As shown.</param>
/// <param name="ToAddress">Where to.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
internal sealed record OutgoingMail(string MessageId, string ToName, string ToAddress, string Subject, string Text)
{
    /// <summary>An iCalendar object that mail clients take for an invitation: <c>text/calendar; method=REQUEST</c>.</summary>
    public CalendarPart? Calendar { get; init; }

    /// <summary>Where answers that people write go; null: to the office's own address.</summary>
    public string? ReplyTo { get; init; }
}

/// <summary>An iCalendar object in a mail.</summary>
/// <param name="Method">As in the object: REQUEST or CANCEL.</param>
/// <param name="Text">The object.</param>
internal sealed record CalendarPart(string Method, string Text);
