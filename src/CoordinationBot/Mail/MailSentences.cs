namespace CoordinationBot.Mail;

/// <summary>What whoever wanted a mail to be sent is told when it was not.</summary>
internal static class MailSentences
{
    public static string Read(string address, MailFailure failure) => failure switch
    {
        MailFailure.AddressRefused => $"{address} could not be reached: the mail server refuses the address. Please check it with them.",
        MailFailure.MailRefused => $"{address} could not be reached: the mail server refuses my mail. Please tell them yourself.",
        MailFailure.NoAnswer => $"{address} could not be reached: the mail server has not taken my mail, though I tried for hours. Please tell them yourself.",
        MailFailure.NotSetUp => $"{address} could not be reached: I have no mail server to send with. Please tell them yourself, or ask whoever runs me to set one up.",
    };
}
