using System.Net;
using System.Net.Sockets;
using CoordinationBot.Calendars;
using CoordinationBot.Mail;
using CoordinationBot.Tests.Calendars;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Tests.Mail;

public sealed class SmtpMailerTests(PostOffice office) : IClassFixture<PostOffice>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await office.BehaveAsync(new { });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_invitation_arrives_as_calendars_expect_it()
    {
        var invitation = InvitationWriterTests.Invite("2026-11-24 09:30 Europe/Berlin") with { Summary = "Büro 日本語 🎉", Sequence = 2 };
        var text = InvitationWriter.Write(invitation);
        Assert.Equal(MailOutcome.Sent, await Mailer().SendAsync(
            new OutgoingMail("m-1@contoso.example", "Kim Lëe", "kim@contoso.example", "Invitation: Büro 日本語 🎉", "Dear Kim,\nplease come.\n") { Calendar = new CalendarPart("REQUEST", text), ReplyTo = "ann@contoso.example" }, Cancel));

        var mail = await office.ReceiveAsync();
        Assert.Equal(("office@contoso.example", "kim@contoso.example"), (mail.Envelope.From, Assert.Single(mail.Envelope.To)));
        Assert.Equal(new ReceivedMailbox("office@contoso.example", "The office, \"ours\""), Assert.Single(mail.From));
        Assert.Equal(new ReceivedMailbox("kim@contoso.example", "Kim Lëe"), Assert.Single(mail.To));
        Assert.Equal("ann@contoso.example", Assert.Single(mail.ReplyTo).Address);
        Assert.Equal(("Invitation: Büro 日本語 🎉", "<m-1@contoso.example>", "auto-generated"), (mail.Subject, mail.MessageId, mail.AutoSubmitted));
        Assert.Equal("Dear Kim,\nplease come.\n", mail.Text);
        Assert.Equal(2, mail.Attachments.Count);
        var (calendar, file) = (mail.Attachments[0], mail.Attachments[1]);
        Assert.Equal(("text/calendar", "REQUEST", "VEVENT", "utf-8"), (calendar.Type, calendar.Parameters["method"], calendar.Parameters["component"], calendar.Parameters["charset"]));
        Assert.NotEqual("attachment", calendar.Disposition);
        Assert.Equal(("application/ics", "attachment", "invite.ics"), (file.Type, file.Disposition, file.File));
        Assert.Equal((text, text), (calendar.Text, file.Text));
        var read = Assert.Single(Assert.Single(await CalendarReading.ReadAsync([calendar.Text])).Events);
        Assert.Equal(("Büro 日本語 🎉", 2, invitation.Start.ToInstant().ToUnixTimeSeconds()), (read.Summary, read.Sequence, read.Start));
    }

    [Fact]
    public async Task A_mail_without_an_invitation_is_its_text()
    {
        Assert.Equal(MailOutcome.Sent, await Mailer().SendAsync(Mail with { Text = ".\n..\nFrom here\n" }, Cancel));
        var mail = await office.ReceiveAsync();
        Assert.Equal(".\n..\nFrom here\n", mail.Text);
        Assert.Empty(mail.Attachments);
        Assert.Empty(mail.ReplyTo);
    }

    [Fact]
    public async Task Nothing_that_somebody_typed_adds_a_header_or_a_receiver() =>
        await Gen.Select(Typed, Typed, Typed).Array[50].SampleAsync(
            async mails =>
            {
                foreach (var (name, subject, text) in mails)
                {
                    Assert.Equal(MailOutcome.Sent, await Mailer().SendAsync(Mail with { ToName = name, Subject = subject, Text = text, Calendar = new CalendarPart("REQUEST", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n") }, Cancel));
                    var mail = await office.ReceiveAsync();
                    Assert.Equal("kim@contoso.example", Assert.Single(mail.Envelope.To));
                    Assert.Equal("kim@contoso.example", Assert.Single(mail.To).Address);
                    Assert.Equal(["auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"], mail.Headers.Order(StringComparer.Ordinal));
                    Assert.Equal(2, mail.Attachments.Count);
                }
            },
            iter: 1, threads: 1);

    /// <summary>What a run of the test above found: a word that looks encoded and never ends, and a line long enough to be folded.</summary>
    [Fact]
    public async Task Nothing_that_looks_encoded_is_folded_into_a_header_of_its_own()
    {
        const string Typed = "=?utf-8?q? --<eve@evil.example> . MAIL FROM:<eve@evil.example> \\?==?utf-8?q? Bcc: eve@evil.example\" : Bcc: eve@evil.example";
        Assert.Equal(MailOutcome.Sent, await Mailer().SendAsync(Mail with { ToName = Typed, Subject = $"> =?utf-8?q? ) . MAIL FROM:<eve@evil.example> kim, eve@evil.examplekim, eve@evil.example{Typed}" }, Cancel));
        var mail = await office.ReceiveAsync();
        Assert.Equal(["auto-submitted", "content-transfer-encoding", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"], mail.Headers.Order(StringComparer.Ordinal));
        Assert.Equal("kim@contoso.example", Assert.Single(mail.Envelope.To));
    }

    [Theory]
    [InlineData("kim@contoso.example\r\nRCPT TO:<eve@evil.example>")]
    [InlineData("kim@contoso.example>\r\nDATA")]
    [InlineData("kim@contoso.example, eve@evil.example")]
    [InlineData("kim")]
    [InlineData("")]
    public async Task An_address_that_is_none_is_refused_before_anything_is_sent(string address)
    {
        Assert.Equal(MailOutcome.AddressRefused, await Mailer().SendAsync(Mail with { ToAddress = address }, Cancel));
        Assert.Equal(MailOutcome.AddressRefused, await Mailer().SendAsync(Mail with { ReplyTo = address }, Cancel));
        Assert.True(await office.HasNoneAsync());
    }

    [Theory]
    [InlineData("recipient", 550, nameof(MailOutcome.AddressRefused))]
    [InlineData("recipient", 450, nameof(MailOutcome.Later))]
    [InlineData("content", 554, nameof(MailOutcome.MailRefused))]
    [InlineData("content", 451, nameof(MailOutcome.Later))]
    [InlineData("sender", 553, nameof(MailOutcome.MailRefused))]
    [InlineData("sender", 421, nameof(MailOutcome.Later))]
    public async Task What_the_server_refuses_is_refused_for_good_or_for_now(string what, int code, string outcome)
    {
        await office.BehaveAsync(new Dictionary<string, int> { [what] = code });
        Assert.Equal(outcome, (await Mailer().SendAsync(Mail, Cancel)).ToString());
        Assert.True(await office.HasNoneAsync());
    }

    [Fact]
    public async Task When_the_server_hangs_up_after_the_last_word_nobody_knows()
    {
        await office.BehaveAsync(new { drop = true });
        Assert.Equal(MailOutcome.Later, await Mailer().SendAsync(Mail, Cancel));
        Assert.Equal("<m-1@contoso.example>", (await office.ReceiveAsync()).MessageId);
        await office.BehaveAsync(new { });
        Assert.Equal(MailOutcome.Sent, await Mailer().SendAsync(Mail, Cancel));
        Assert.Equal("<m-1@contoso.example>", (await office.ReceiveAsync()).MessageId);
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_asked_again_later()
    {
        await office.BehaveAsync(new { delay = 20_000 });
        var begun = TimeProvider.System.GetTimestamp();
        Assert.Equal(MailOutcome.Later, await Mailer(options => options.Timeout = 1).SendAsync(Mail, Cancel));
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Whoever_ends_it_is_told_so()
    {
        await office.BehaveAsync(new { delay = 20_000 });
        using var ending = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Mailer().SendAsync(Mail, ending.Token));
    }

    [Fact]
    public async Task A_server_that_is_away_is_asked_again_later()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        Assert.Equal(MailOutcome.Later, await Mailer(options => options.Port = port).SendAsync(Mail, Cancel));
    }

    [Fact]
    public async Task With_a_name_and_a_password_it_is_let_in_and_with_wrong_ones_the_mail_waits()
    {
        Assert.Equal(MailOutcome.Sent, await Mailer(options => (options.User, options.Password) = ("office", "secret")).SendAsync(Mail, Cancel));
        Assert.Equal("office", (await office.ReceiveAsync()).User);
        Assert.Equal(MailOutcome.Later, await Mailer(options => (options.User, options.Password) = ("office", "wrong")).SendAsync(Mail, Cancel));
        Assert.True(await office.HasNoneAsync());
    }

    [Theory]
    [InlineData(nameof(MailSecurity.StartTls))]
    [InlineData(nameof(MailSecurity.Tls))]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_nothing(string security)
    {
        Assert.Equal(MailOutcome.Later, await Mailer(options => (options.Security, options.User, options.Password) = (Enum.Parse<MailSecurity>(security), "office", "secret")).SendAsync(Mail, Cancel));
        Assert.True(await office.HasNoneAsync());
    }

    [Fact]
    public void Without_a_server_there_is_no_address() => Assert.Null(Mailer(options => options.Host = null).Address);

    private static OutgoingMail Mail { get; } = new("m-1@contoso.example", "Kim", "kim@contoso.example", "Hello", "Hello\n");

    private static readonly string[] Pieces = ["a", "é", "日本語", "🎉", "\r\n", "\n", "\r", "\0", "\u0085", "\u2028", "\"", "'", "<", ">", ",", ";", ":", "@", "=?utf-8?q?", "?=", "\\", "(", ")", " ", "\t", "\r\nBcc: eve@evil.example", "\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n", "\r\n\r\n--", "<eve@evil.example>", "kim, eve@evil.example", "\uD83D"];

    private static readonly Gen<string> Typed = Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 25].Select(string.Concat);

    private SmtpMailer Mailer(Action<MailOptions>? change = null)
    {
        var options = new MailOptions { Host = "127.0.0.1", Port = office.SmtpPort, Security = MailSecurity.DangerouslyAllowPlainText, From = "office@contoso.example", FromName = "The office, \"ours\"" };
        change?.Invoke(options);
        return new SmtpMailer(Options.Create(options), TimeProvider.System, NullLogger<SmtpMailer>.Instance);
    }
}
