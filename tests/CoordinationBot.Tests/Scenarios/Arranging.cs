using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CoordinationBot.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CoordinationBot.Tests.Scenarios;

/// <summary>Takes every mail, unless it is told otherwise.</summary>
internal sealed class FakeMail : IMailer
{
    private readonly ConcurrentQueue<OutgoingMail> _sent = [];

    public string? Address { get; set; } = "office@contoso.example";

    public MailOutcome Outcome { get; set; } = MailOutcome.Sent;

    /// <summary>Each once, however often it was sent: whoever gets it twice has it once.</summary>
    public IReadOnlyList<OutgoingMail> Sent => [.. _sent.DistinctBy(mail => mail.MessageId)];

    public ValueTask<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancel)
    {
        if (Outcome == MailOutcome.Sent)
        {
            _sent.Enqueue(mail);
        }
        return new ValueTask<MailOutcome>(Outcome);
    }

    /// <summary>What somebody got, as method and sequence.</summary>
    public string To(string address) => string.Join(", ", Sent.Where(mail => mail.ToAddress == address).Select(mail => $"{mail.Calendar!.Method} {Regex.Match(mail.Calendar.Text, "SEQUENCE:(\\d+)").Groups[1].Value}"));
}

/// <summary>Ann arranges a meeting, up to where a scenario begins. It is Monday, 10:00 in Berlin.</summary>
internal static partial class Arranging
{
    public const string Kim = "kim@fabrikam.example";
    public const string Sentence = $"meet Bob 45 min tomorrow about the budget, optional Eve, outside: {Kim}";

    public static TestOffice Office(FakeMail? mail = null) => new(services => services.Replace(ServiceDescriptor.Singleton<IMailer>(mail ?? new FakeMail())));

    /// <summary>Times to choose from.</summary>
    public static async Task<Pressed> FindsAsync(this TestOffice office, string sentence = Sentence)
    {
        await office.InstallAsync("ann", "bob", "eve");
        await office.SaysAsync("ann", sentence);
        return await office.ClicksAsync("ann", "Find times");
    }

    /// <summary>With a time, and everybody has heard of it.</summary>
    public static async Task<string> ArrangesAsync(this TestOffice office, string sentence = Sentence)
    {
        await office.FindsAsync(sentence);
        var taken = await office.ClicksAsync("ann", "Take it");
        await office.SeesAsync("bob", "Ann Abel invites you to this meeting.");
        await office.RestsAsync();
        return MeetingIn(taken.Words);
    }

    public static string MeetingIn(string words) => Ids().Match(words) is { Success: true } match ? match.Value : throw new ArgumentException($"There is no meeting in: {words}");

    [GeneratedRegex("M-[0-9A-HJKMNP-TV-Z]{6}")]
    private static partial Regex Ids();
}
