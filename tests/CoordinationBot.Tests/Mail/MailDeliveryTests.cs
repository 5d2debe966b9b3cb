using CoordinationBot.Mail;
using CoordinationBot.Notices;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Delegations;
using CoordinationBot.Tests.Storage;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Tests.Mail;

/// <summary>Delivery with the real store; the server is faked at the mailer.</summary>
public sealed class MailDeliveryTests : IDisposable
{
    private const string Kim = "kim@contoso.example";
    private const string Lee = "lee@contoso.example";

    private static readonly WakeUp WakeUp = new("meeting", "tenant|M|M-7K3F9Q");

    private readonly SqliteFixture _file = new();
    private readonly Sorting _world;

    public MailDeliveryTests() => _world = new Sorting(_file);

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task What_is_posted_is_sent_once_and_forgotten()
    {
        await _world.PostAsync((Kim, 1), (Lee, 1));
        Assert.Null(await _world.DeliverAsync());
        Assert.Equal([(Kim, 1), (Lee, 1)], _world.Mailer.Sent);
        Assert.Null(await _world.DeliverAsync());
        Assert.Equal(2, _world.Mailer.Sent.Count);
        Assert.Empty(await _world.RowsAsync());
        Assert.Empty(_world.Failed);
    }

    [Fact]
    public async Task What_a_newer_one_overtook_is_not_sent()
    {
        await _world.PostAsync((Kim, 1), (Lee, 1));
        await _world.PostAsync((Kim, 9));
        await _world.PostAsync((Kim, 10));
        await _world.DeliverAsync();
        Assert.Equal([(Kim, 10), (Lee, 1)], _world.Mailer.Sent);
        Assert.Empty(await _world.RowsAsync());
    }

    [Fact]
    public async Task What_rests_after_a_failure_is_overtaken_at_once()
    {
        _world.Mailer.Answer = _ => MailOutcome.Later;
        await _world.PostAsync((Kim, 1));
        Assert.Equal(CardSender.Windows[0], await _world.DeliverAsync());
        _world.Mailer.Answer = _ => MailOutcome.Sent;
        await _world.PostAsync((Kim, 2));
        Assert.Null(await _world.DeliverAsync());
        Assert.Equal((Kim, 2), _world.Mailer.Sent[^1]);
        Assert.Empty(await _world.RowsAsync());
    }

    [Fact]
    public async Task What_need_not_be_said_any_more_is_not()
    {
        await _world.PostAsync((Kim, 1));
        _world.IsSilent = true;
        Assert.Null(await _world.DeliverAsync());
        Assert.Empty(_world.Mailer.Sent);
        Assert.Empty(await _world.RowsAsync());
    }

    [Theory]
    [InlineData(nameof(MailOutcome.AddressRefused), nameof(MailFailure.AddressRefused))]
    [InlineData(nameof(MailOutcome.MailRefused), nameof(MailFailure.MailRefused))]
    public async Task What_is_refused_for_good_is_told_and_not_tried_again(string outcome, string failure)
    {
        _world.Mailer.Answer = mail => mail.ToAddress == Kim ? Enum.Parse<MailOutcome>(outcome) : MailOutcome.Sent;
        await _world.PostAsync((Kim, 3), (Lee, 3));
        Assert.Null(await _world.DeliverAsync());
        Assert.Null(await _world.DeliverAsync());
        Assert.Equal([new MailFailed(Kim, 3, Enum.Parse<MailFailure>(failure))], _world.Failed);
        Assert.Equal([(Kim, 3), (Lee, 3)], _world.Mailer.Sent);
        Assert.Empty(await _world.RowsAsync());
    }

    [Fact]
    public async Task Without_a_server_whoever_wanted_it_is_told_so()
    {
        _world.Mailer.Address = null;
        await _world.PostAsync((Kim, 1));
        Assert.Null(await _world.DeliverAsync());
        Assert.Equal([new MailFailed(Kim, 1, MailFailure.NotSetUp)], _world.Failed);
        Assert.Empty(await _world.RowsAsync());
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_ever_later_and_a_few_times_only()
    {
        _world.Mailer.Answer = _ => MailOutcome.Later;
        await _world.PostAsync((Kim, 1));
        foreach (var window in CardSender.Windows)
        {
            Assert.Equal(window, await _world.DeliverAsync());
            Assert.Equal(window, await _world.DeliverAsync());
            _world.Clock.Advance(window - TimeSpan.FromSeconds(1));
            Assert.Equal(TimeSpan.FromSeconds(1), await _world.DeliverAsync());
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Null(await _world.DeliverAsync());
        Assert.Equal(CardSender.Windows.Length + 1, _world.Mailer.Sent.Count);
        Assert.Equal([new MailFailed(Kim, 1, MailFailure.NoAnswer)], _world.Failed);
        Assert.Single(_world.Mailer.MessageIds.Distinct());
        Assert.Empty(await _world.RowsAsync());
    }

    [Fact]
    public async Task A_host_that_died_while_sending_is_made_up_for_after_its_time_under_the_same_id()
    {
        _world.Mailer.Answer = _ => throw new OperationCanceledException("The host ends.");
        await _world.PostAsync((Kim, 1));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await _world.DeliverAsync());
        _world.Mailer.Answer = _ => MailOutcome.Sent;
        _world.Clock.Advance(MailDelivery.SendingTime - TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), await _world.DeliverAsync());
        Assert.Single(_world.Mailer.Sent);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await _world.DeliverAsync());
        Assert.Equal(2, _world.Mailer.Sent.Count);
        Assert.Single(_world.Mailer.MessageIds.Distinct());
    }

    [Fact]
    public async Task What_somebody_has_in_hand_is_neither_sent_nor_overtaken()
    {
        await _world.PostAsync((Kim, 1));
        _world.Mailer.Before = async () =>
        {
            _world.Mailer.Before = null;
            await _world.PostAsync((Kim, 2));
            Assert.Equal(MailDelivery.SendingTime, await _world.DeliverAsync());
        };
        Assert.Null(await _world.DeliverAsync());
        Assert.Equal([(Kim, 1)], _world.Mailer.Sent);
        Assert.Null(await _world.DeliverAsync());
        Assert.Equal([(Kim, 1), (Kim, 2)], _world.Mailer.Sent);
        Assert.Equal(2, _world.Mailer.MessageIds.Distinct().Count());
    }

    [Fact]
    public async Task Four_hosts_at_once_send_one()
    {
        _world.Mailer.Before = () => Task.Delay(20, TestContext.Current.CancellationToken);
        for (var round = 1; round <= 10; round++)
        {
            await _world.PostAsync((Kim, round));
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await _world.DeliverAsync())));
            Assert.Equal(round, _world.Mailer.Sent.Count);
            Assert.Empty(await _world.RowsAsync());
        }
    }

    [Fact]
    public async Task Many_addresses_are_more_than_one_look_and_none_is_forgotten()
    {
        var addresses = Enumerable.Range(0, 250).Select(number => $"guest-{number}@contoso.example").ToList();
        foreach (var part in addresses.Chunk(100))
        {
            await _world.PostAsync([.. part.Select(address => (address, 1))]);
        }
        await _world.SettleAsync();
        Assert.Equal(addresses.Order(), _world.Mailer.Sent.Select(sent => sent.Address).Order());
    }

    [Fact]
    public async Task A_slow_server_keeps_no_wake_up_beyond_its_time()
    {
        await _world.PostAsync([.. Enumerable.Range(0, 10).Select(number => ($"guest-{number}@contoso.example", 1))]);
        _world.Mailer.Before = () =>
        {
            _world.Clock.Advance(TimeSpan.FromSeconds(8));
            return Task.CompletedTask;
        };
        Assert.Equal(TimeSpan.FromSeconds(1), await _world.DeliverAsync());
        Assert.Equal(2, _world.Mailer.Sent.Count);
        await _world.SettleAsync();
        Assert.Equal(10, _world.Mailer.Sent.Distinct().Count());
        Assert.Equal(10, _world.Mailer.Sent.Count);
    }

    [Fact]
    public async Task The_id_of_a_mail_tells_nothing_and_is_the_offices_own()
    {
        await _world.PostAsync((Kim, 1), (Lee, 1));
        await _world.PostAsync((Lee, 2));
        await _world.DeliverAsync();
        Assert.All(_world.Mailer.MessageIds, id => Assert.Matches(@"\A[0-9a-f]{32}@office\.example\z", id));
        Assert.Equal(2, _world.Mailer.MessageIds.Distinct().Count());
    }

    /// <summary>The host ends at any call of the store, before or after it took effect, whatever the server says: everybody gets the newest mail, or whoever wanted it is told.</summary>
    [Theory]
    [InlineData(nameof(MailOutcome.Sent))]
    [InlineData(nameof(MailOutcome.AddressRefused))]
    [InlineData(nameof(MailOutcome.Later))]
    public async Task A_host_that_ends_at_any_point_leaves_nothing_undone(string outcome)
    {
        for (var calls = 0; calls < 12; calls++)
        {
            foreach (var isAfter in (bool[])[false, true])
            {
                using var file = new SqliteFixture();
                var world = new Sorting(file);
                var first = Enum.Parse<MailOutcome>(outcome);
                world.Mailer.Answer = _ => world.Mailer.Sent.Count <= 2 ? first : MailOutcome.Sent;
                await world.PostAsync((Kim, 1), (Kim, 2), (Lee, 1));
                var left = calls;
                Task<string?> Fault() => Interlocked.Decrement(ref left) < 0 ? throw new StorageException("The store does not answer.", new IOException("gone")) : Task.FromResult<string?>(null);
                world.Tables.BeforeCommit = isAfter ? null : (_, _) => Fault();
                world.Tables.AfterCommit = isAfter ? (_, _) => Fault() : null;
                var died = false;
                try
                {
                    await world.DeliverAsync();
                }
                catch (StorageException)
                {
                    died = true;
                }
                (world.Tables.BeforeCommit, world.Tables.AfterCommit) = (null, null);
                await world.SettleAsync();

                Assert.Empty(await world.RowsAsync());
                Assert.DoesNotContain((Kim, 1), world.Mailer.Sent);
                foreach (var mail in ((string, int)[])[(Kim, 2), (Lee, 1)])
                {
                    var tries = world.Mailer.Sent.Count(sent => sent == mail);
                    Assert.InRange(tries, 1, 1 + (died ? 1 : 0) + (first == MailOutcome.Later ? 1 : 0));
                    Assert.True(world.Mailer.Taken.Contains(mail) || world.Failed.Contains(new MailFailed(mail.Item1, mail.Item2, MailFailure.AddressRefused)), $"{mail} was neither taken nor told, after {calls} calls");
                    Assert.Single(world.Mailer.MessageIds.Zip(world.Mailer.Sent).Where(sent => sent.Second == mail).Select(sent => sent.First).Distinct());
                }
                // One death makes at most one of them come twice.
                Assert.InRange(world.Mailer.Sent.Count, 2, 2 + (died ? 1 : 0) + (first == MailOutcome.Later ? 2 : 0));
            }
        }
    }

    /// <summary>Whatever is posted when, and whatever the server says: the newest mail to each address is sent or given up, none is sent after a newer one, and none twice that was taken.</summary>
    [Fact]
    public void The_newest_is_sent_or_told_and_nothing_comes_out_of_order() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Enum<MailOutcome>()).Array[1, 40].Sample(
            steps =>
            {
                using var file = new SqliteFixture();
                var world = new Sorting(file);
                Run(world, steps).GetAwaiter().GetResult();
            },
            iter: 60, threads: 2);

    private static async Task Run(Sorting world, (int Kind, int Who, MailOutcome Outcome)[] steps)
    {
        string[] people = [Kim, Lee, "max@contoso.example"];
        var posted = new Dictionary<string, int>();
        foreach (var (kind, who, outcome) in steps)
        {
            switch (kind)
            {
                case < 4:
                    var number = posted[people[who]] = posted.GetValueOrDefault(people[who]) + 1;
                    await world.PostAsync((people[who], number));
                    break;
                case < 7:
                    world.Mailer.Answer = _ => outcome;
                    await world.DeliverAsync();
                    break;
                case < 8:
                    world.Mailer.Answer = _ => throw new OperationCanceledException("The host ends.");
                    try
                    {
                        await world.DeliverAsync();
                    }
                    catch (OperationCanceledException)
                    {
                        // It has ended.
                    }
                    break;
                default:
                    world.Clock.Advance(TimeSpan.FromMinutes(1 + (31 * who)));
                    break;
            }
        }
        world.Mailer.Answer = _ => MailOutcome.Sent;
        await world.SettleAsync();

        Assert.Empty(await world.RowsAsync());
        foreach (var (address, newest) in posted)
        {
            var sent = world.Mailer.Sent.Where(mail => mail.Address == address).Select(mail => mail.Number).ToList();
            Assert.Equal(sent.Order(), sent);
            Assert.True(sent.LastOrDefault() == newest, $"{newest} to {address} was not sent");
            var taken = world.Mailer.Taken.Where(mail => mail.Address == address).ToList();
            Assert.Equal(taken.Distinct(), taken);
            Assert.True(taken.Contains((address, newest)) || world.Failed.Exists(failed => failed.Address == address && failed.Number == newest));
        }
    }

    /// <summary>The delivery of one aggregate, with everything around it.</summary>
    private sealed class Sorting
    {
        private readonly MailDelivery _delivery;

        public Sorting(SqliteFixture file)
        {
            Tables = new WatchedTables(new SqliteTables(file.File));
            _delivery = new MailDelivery(Tables, Mailer, Clock, NullLogger<MailDelivery>.Instance);
        }

        public WatchedTables Tables { get; }

        public FakeMailer Mailer { get; } = new();

        public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

        public List<MailFailed> Failed { get; } = [];

        public bool IsSilent { get; set; }

        public async Task PostAsync(params (string Address, int Number)[] mails) =>
            Assert.True((await Tables.CommitAsync(WakeUp.Partition, [.. mails.Select(mail => MailOutbox.Post(mail.Address, mail.Number))], CancellationToken.None)).Committed);

        public ValueTask<TimeSpan?> DeliverAsync() => _delivery.DeliverAsync(WakeUp, _ => ValueTask.FromResult<MailContent?>(new MailContent(Compose, TellAsync)), CancellationToken.None);

        /// <summary>Looks again whenever it said so, until nothing waits.</summary>
        public async Task SettleAsync()
        {
            Clock.Advance(MailDelivery.SendingTime);
            for (var look = 0; look < 100 && await DeliverAsync() is { } wait; look++)
            {
                Clock.Advance(wait);
            }
        }

        public ValueTask<IReadOnlyList<Row>> RowsAsync() => Tables.QueryAsync(WakeUp.Partition, "", 1000, null, CancellationToken.None);

        private OutgoingMail? Compose(MailWaiting waiting)
        {
            Assert.Equal(Mailer.Address, waiting.From);
            return IsSilent ? null : new OutgoingMail(waiting.MessageId, "", waiting.Address, $"{waiting.Number}", "");
        }

        private ValueTask TellAsync(MailFailed failed, CancellationToken cancel)
        {
            Failed.Add(failed);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class FakeMailer : IMailer
    {
        private readonly Lock _lock = new();

        public string? Address { get; set; } = "bot@office.example";

        public Func<OutgoingMail, MailOutcome> Answer { get; set; } = _ => MailOutcome.Sent;

        public Func<Task>? Before { get; set; }

        /// <summary>What was handed to the server, whether it took it or not.</summary>
        public List<(string Address, int Number)> Sent { get; } = [];

        public List<string> MessageIds { get; } = [];

        public List<(string Address, int Number)> Taken { get; } = [];

        public async ValueTask<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancel)
        {
            lock (_lock)
            {
                Sent.Add((mail.ToAddress, int.Parse(mail.Subject)));
                MessageIds.Add(mail.MessageId);
            }
            if (Before is { } before)
            {
                await before();
            }
            var outcome = Answer(mail);
            if (outcome == MailOutcome.Sent)
            {
                lock (_lock)
                {
                    Taken.Add((mail.ToAddress, int.Parse(mail.Subject)));
                }
            }
            return outcome;
        }
    }
}
