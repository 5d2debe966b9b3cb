using System.Text;
using CoordinationBot.Calendars;
using CoordinationBot.Mail;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Calendars;
using CoordinationBot.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Tests.Mail;

/// <summary>Replies in a real inbox, read by IMAP.</summary>
public sealed class InboxTests(PostOffice office) : IClassFixture<PostOffice>, IAsyncLifetime
{
    private const string Kim = "kim.lee@contoso.example";

    private readonly SqliteFixture _file = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
    private readonly MailReplies _replies = new();
    private readonly List<InvitationReply> _taken = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await office.EmptyAsync();
        _replies.Add("@coordination-bot", (reply, _) =>
        {
            _taken.Add(reply);
            return ValueTask.CompletedTask;
        });
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Replies_of_every_shape_reach_the_feature_and_are_marked_as_read()
    {
        await office.DeliverAsync(Alternative(Replies.Outlook, Kim));
        await office.DeliverAsync(Alternative(Replies.Google, Kim));
        await office.DeliverAsync(Attached(Replies.Apple, Kim));

        Assert.False(await Watch().LookAsync(Cancel));

        Assert.Equal([Participation.Accepted, Participation.Tentative, Participation.Declined], _taken.Select(reply => reply.Participation));
        Assert.Equal([true, true, true], await office.SeenAsync());
    }

    [Fact]
    public async Task What_is_no_reply_of_its_sender_is_left_for_people()
    {
        await office.DeliverAsync("From: Kim <kim.lee@contoso.example>\nSubject: Hello\n\nDo you have a minute?\n");
        await office.DeliverAsync(Alternative(Replies.Google, "eve@evil.example"));
        await office.DeliverAsync(Alternative(Replies.Google.Replace("METHOD:REPLY", "METHOD:REQUEST", StringComparison.Ordinal), Kim));
        await office.DeliverAsync(Alternative(Replies.Google.Replace("@coordination-bot", "@another.example", StringComparison.Ordinal), Kim));
        await office.DeliverAsync(Alternative("garbage", Kim));
        await office.DeliverAsync(Alternative(Replies.Google, Kim) + new string('x', 600 * 1024));

        await Watch().LookAsync(Cancel);

        Assert.Empty(_taken);
        Assert.Equal(Enumerable.Repeat(false, 6), await office.SeenAsync());
    }

    [Fact]
    public async Task Somebody_may_send_it_for_the_attendee_as_the_mail_says()
    {
        await office.DeliverAsync($"Sender: {Kim}\n{Alternative(Replies.Google, "assistant@contoso.example")}");
        await Watch().LookAsync(Cancel);
        Assert.Single(_taken);
    }

    [Fact]
    public async Task What_was_read_is_not_read_again_and_what_is_new_is()
    {
        await office.DeliverAsync(Alternative(Replies.Outlook, Kim), seen: true);
        await office.DeliverAsync(Alternative(Replies.Google, Kim));
        await Watch().LookAsync(Cancel);
        Assert.Single(_taken);

        await office.DeliverAsync(Alternative(Replies.Apple, Kim));
        await LookLaterAsync();
        Assert.Equal([Participation.Tentative, Participation.Declined], _taken.Select(reply => reply.Participation));

        await LookLaterAsync();
        Assert.Equal(2, _taken.Count);
    }

    [Fact]
    public async Task When_the_server_begins_to_count_anew_what_is_unread_is_looked_at_again_and_nothing_twice()
    {
        await office.DeliverAsync("From: Lee <lee@contoso.example>\nSubject: Hello\n\nHello\n");
        await office.DeliverAsync(Alternative(Replies.Google, Kim));
        await Watch().LookAsync(Cancel);
        await office.EmptyAsync();
        await office.DeliverAsync(Alternative(Replies.Apple, Kim));
        await office.RenumberAsync();
        await LookLaterAsync();
        Assert.Equal([Participation.Tentative, Participation.Declined], _taken.Select(reply => reply.Participation));
        Assert.Equal([true], await office.SeenAsync());
    }

    [Fact]
    public async Task An_inbox_full_of_what_is_no_reply_is_read_in_parts()
    {
        for (var number = 0; number < ImapInbox.MostAtOnce + 5; number++)
        {
            await office.DeliverAsync($"From: {Kim}\nSubject: {number}\n\nHello\n");
        }
        await office.DeliverAsync(Alternative(Replies.Google, Kim));
        var watch = Watch();
        Assert.True(await watch.LookAsync(Cancel));
        Assert.Empty(_taken);
        Assert.False(await watch.LookAsync(Cancel));
        Assert.Single(_taken);
    }

    [Fact]
    public async Task Of_several_hosts_one_looks_at_a_time()
    {
        for (var number = 0; number < 5; number++)
        {
            await office.DeliverAsync(Alternative(Replies.Google, Kim));
        }
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await Watch().LookAsync(Cancel), Cancel)));
        Assert.Equal(5, _taken.Count);

        // Whoever comes within the interval has nothing to do.
        await office.DeliverAsync(Alternative(Replies.Google, Kim));
        await Watch().LookAsync(Cancel);
        Assert.Equal(5, _taken.Count);
        await LookLaterAsync();
        Assert.Equal(6, _taken.Count);
    }

    [Fact]
    public async Task A_host_that_died_while_looking_is_made_up_for_after_its_time()
    {
        var tables = new SqliteTables(_file.File);
        await tables.CommitAsync(InboxWatch.Partition, [new Change.Insert(InboxWatch.Key, JsonRows.Bytes(new InboxState(_clock.GetUtcNow().AddSeconds(60), 0, 0), InboxJson.Default.InboxState))], Cancel);
        await office.DeliverAsync(Alternative(Replies.Google, Kim));
        await Watch().LookAsync(Cancel);
        Assert.Empty(_taken);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await Watch().LookAsync(Cancel);
        Assert.Single(_taken);
    }

    [Fact]
    public async Task A_reply_that_a_feature_stumbles_over_keeps_none_back()
    {
        _replies.Add("@stumbling", (_, _) => throw new InvalidOperationException("A fault."));
        await office.DeliverAsync(Alternative(Replies.Google.Replace("@coordination-bot", "@stumbling", StringComparison.Ordinal), Kim));
        await office.DeliverAsync(Alternative(Replies.Google, Kim));
        await Watch().LookAsync(Cancel);
        Assert.Single(_taken);
        Assert.Equal([false, true], await office.SeenAsync());
    }

    [Fact]
    public async Task When_the_storage_is_away_the_reply_comes_again()
    {
        _replies.Add("@waiting", (reply, _) =>
        {
            _taken.Add(reply);
            return _taken.Count == 1 ? throw new StorageException("The store does not answer.", new IOException("gone")) : ValueTask.CompletedTask;
        });
        await office.DeliverAsync(Alternative(Replies.Google.Replace("@coordination-bot", "@waiting", StringComparison.Ordinal), Kim));
        await Assert.ThrowsAsync<StorageException>(async () => await Watch().LookAsync(Cancel));
        Assert.Equal([false], await office.SeenAsync());
        await LookLaterAsync();
        Assert.Equal(2, _taken.Count);
        Assert.Equal([true], await office.SeenAsync());
    }

    [Theory]
    [InlineData("wrong", null)]
    [InlineData("secret", 1)]
    public async Task A_server_that_is_away_or_lets_nobody_in_is_tried_again(string password, int? port)
    {
        await office.DeliverAsync(Alternative(Replies.Google, Kim));
        Assert.False(await Watch(password, port).LookAsync(Cancel));
        Assert.Empty(_taken);
        await LookLaterAsync();
        Assert.Single(_taken);
    }

    [Fact]
    public async Task A_host_looks_by_itself_as_long_as_it_runs()
    {
        var came = new TaskCompletionSource();
        _replies.Add("@coming", (_, _) =>
        {
            came.TrySetResult();
            return ValueTask.CompletedTask;
        });
        await office.DeliverAsync(Alternative(Replies.Google.Replace("@coordination-bot", "@coming", StringComparison.Ordinal), Kim));
        using var watch = Watch();
        await watch.StartAsync(Cancel);
        await came.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await watch.StopAsync(Cancel);
    }

    private async Task LookLaterAsync()
    {
        _clock.Advance(TimeSpan.FromMinutes(2));
        await Watch().LookAsync(Cancel);
    }

    private InboxWatch Watch(string password = "secret", int? port = null)
    {
        var options = Options.Create(new MailOptions { ImapHost = "127.0.0.1", ImapPort = port ?? office.ImapPort, ImapSecurity = MailSecurity.DangerouslyAllowPlainText, ImapUser = "office", ImapPassword = password });
        return new InboxWatch(new SqliteTables(_file.File), new ImapInbox(options), _replies, options, _clock, NullLogger<InboxWatch>.Instance);
    }

    /// <summary>As Outlook and Google send it: another way to read the text.</summary>
    private static string Alternative(string calendar, string from) =>
        $"""
        From: Kim Lee <{from}>
        To: office@contoso.example
        Subject: Accepted: Budget
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="b"

        --b
        Content-Type: text/plain; charset="utf-8"

        Kim Lee has answered.
        --b
        Content-Type: text/calendar; charset="utf-8"; method=REPLY
        Content-Transfer-Encoding: base64

        {Base64(calendar)}
        --b--

        """;

    /// <summary>As Apple Mail sends it: a file beside the text.</summary>
    private static string Attached(string calendar, string from) =>
        $"""
        From: Kim Lee <{from}>
        To: office@contoso.example
        Subject: Declined: Budget
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="b"

        --b
        Content-Type: text/plain

        Kim Lee has answered.
        --b
        Content-Type: application/ics; name="iCal.ics"
        Content-Disposition: attachment; filename="iCal.ics"
        Content-Transfer-Encoding: base64

        {Base64(calendar)}
        --b--

        """;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks);
}
