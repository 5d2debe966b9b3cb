using System.Security.Cryptography;
using CoordinationBot.Feedbacks;
using CoordinationBot.Notices;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Delegations;
using CsCheck;

namespace CoordinationBot.Tests.Feedbacks;

/// <summary>No letter is lost or doubled, whatever comes between and whoever dies where; and the order in which they lie says nothing.</summary>
public sealed class LetterboxProperties
{
    [Fact]
    public async Task No_letter_is_lost_or_doubled_whatever_comes_between_and_whoever_dies_where() =>
        await Gen.Select(Gen.Int[0, 25], Gen.Int[0, 60], Gen.Int[0, int.MaxValue - 1]).SampleAsync(
            async (authors, percent, seed) =>
            {
                var random = new Random(seed);
                int Below(int limit)
                {
                    lock (random)
                    {
                        return random.Next(limit);
                    }
                }
                using var world = new LetterWorld(Below);
                await world.BeginAsync();
                var secrets = Enumerable.Range(0, authors).Select(_ => AuthorSecret.New()).ToList();
                var dies = true;
                Task<string?> Death(string partition) => dies && !partition.Contains("|P|", StringComparison.Ordinal) && Below(100) < percent ? throw new StorageException("The host is gone.", new IOException()) : Task.FromResult<string?>(null);
                world.Desk.Tables.BeforeCommit = (partition, _) => Death(partition);
                world.Desk.Tables.AfterCommit = (partition, _) => Death(partition);
                world.Dawn();

                // Everybody sends, writes in the talk as well, and presses again when nobody answers; two hosts hand over all the while.
                var sending = secrets.Select((secret, number) => Task.Run(async () =>
                {
                    await UntilDoneAsync(() => world.Letters.PutAsync(LetterWorld.Tenant, LetterWorld.New(secret, $"text {number}"), Desk.Cancel));
                    await UntilDoneAsync(() => world.Letters.PutAsync(LetterWorld.Tenant, LetterWorld.Message(secret, $"message {number}"), Desk.Cancel));
                    await UntilDoneAsync(() => world.Letters.PutAsync(LetterWorld.Tenant, LetterWorld.New(secret, $"text {number}"), Desk.Cancel));
                }));
                var handing = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
                {
                    for (var round = 0; round < 6; round++)
                    {
                        try
                        {
                            world.Dawn();
                            await world.HandOverAsync();
                        }
                        catch (StorageException)
                        {
                        }
                    }
                }));
                await Task.WhenAll([.. sending, .. handing]);
                dies = false;
                for (var rounds = 0; rounds < 3; rounds++)
                {
                    // The wake-up comes again, and tomorrow is another day.
                    world.Dawn();
                    await world.HandOverAsync();
                }

                Assert.Empty(await world.WaitingAsync());
                var found = new HashSet<string>(StringComparer.Ordinal);
                foreach (var (secret, number) in secrets.Select((secret, number) => (secret, number)))
                {
                    var feedback = Assert.IsType<Feedback>(await world.Store.FindByOriginAsync(LetterWorld.Tenant, secret.Handle, Desk.Cancel));
                    Assert.True(found.Add(feedback.Id));
                    Assert.Equal($"text {number}", feedback.Text);
                    Assert.Equal([$"message {number}"], feedback.Talk.Select(entry => entry.Text));
                }
            },
            iter: 25, threads: 1);

    private static async Task UntilDoneAsync(Func<ValueTask<bool>> press)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            try
            {
                if (await press())
                {
                    return;
                }
            }
            catch (StorageException)
            {
            }
            await Task.Yield();
        }
        Assert.Fail("Nobody took the letter.");
    }

    /// <summary>Chi square over where each letter ends: with so many tries a place that is a tenth likelier than another would show.</summary>
    [Fact]
    public void Every_order_is_as_likely_as_any_other()
    {
        const int Letters = 8;
        const int Tries = 40_000;
        var secrets = Enumerable.Range(0, Letters).Select(_ => AuthorSecret.New()).ToList();
        var places = new int[Letters, Letters];
        for (var number = 0; number < Tries; number++)
        {
            var boxes = new Letterbox[2];
            Array.Fill(boxes, Letterbox.Empty);
            foreach (var letter in secrets.Select((secret, index) => LetterWorld.New(secret, $"{index}")))
            {
                var box = RandomNumberGenerator.GetInt32(2);
                boxes[box] = LetterboxRules.Put(boxes[box], letter, RandomNumberGenerator.GetInt32);
            }
            var shuffled = LetterboxRules.Shuffle(boxes, RandomNumberGenerator.GetInt32);
            for (var place = 0; place < Letters; place++)
            {
                places[int.Parse(shuffled[place].Text, System.Globalization.CultureInfo.InvariantCulture), place]++;
            }
        }
        const double Expected = (double)Tries / Letters;
        var chi = places.Cast<int>().Sum(count => (count - Expected) * (count - Expected) / Expected);
        // 49 degrees of freedom: above 110 once in three million runs.
        Assert.True(chi < 110, $"{chi}");
    }

    [Fact]
    public async Task A_box_that_is_full_takes_no_more_and_others_do()
    {
        using var world = new LetterWorld(_ => 0);
        await world.BeginAsync();
        var stored = 0;
        // In the widest script a letter is six bytes a character.
        while (await world.Letters.PutAsync(LetterWorld.Tenant, LetterWorld.New(AuthorSecret.New(), new string('\u0001', FeedbackLimits.Text)), Desk.Cancel))
        {
            stored++;
        }
        Assert.InRange(stored, LetterboxRules.Boxes * 15, LetterboxRules.Boxes * 25);
        Assert.Equal(stored, (await world.WaitingAsync()).Count);
        world.Dawn();
        await world.HandOverAsync();
        Assert.Empty(await world.WaitingAsync());
    }

    [Fact]
    public void What_is_stored_of_a_card_says_nothing_of_it_and_its_hashes_say_nothing_of_each_other()
    {
        var secret = AuthorSecret.New();
        string[] all = [secret.ForCard, secret.Handle, secret.Origin, secret.LetterId("Feedback"), secret.LetterId("other")];
        Assert.Distinct(all);
        Assert.All(all, one => Assert.Equal(64, one.Length));
        Assert.DoesNotContain(secret.ForCard, secret.ToString(), StringComparison.Ordinal);
        Assert.Equal(secret.Handle, AuthorSecret.Read(secret.ForCard)!.Handle);
        // Whoever has the handle, and takes it for the secret, finds nothing.
        Assert.NotEqual(secret.Handle, AuthorSecret.Read(secret.Handle)!.Handle);
    }

    [Fact]
    public async Task Hand_overs_of_one_day_are_told_together_and_each_letter_once_whoever_dies_between()
    {
        using var world = new LetterWorld(_ => 0);
        await world.BeginAsync();
        for (var handOver = 1; handOver <= 2; handOver++)
        {
            for (var number = 0; number < LetterboxRules.Many; number++)
            {
                await world.Letters.PutAsync(LetterWorld.Tenant, LetterWorld.New(AuthorSecret.New(), $"text {number}"), Desk.Cancel);
            }
            // The host dies when they are told, and before they are taken out.
            world.Desk.Tables.BeforeCommit = (partition, changes) => partition == LetterboxStore.Partition(LetterWorld.Tenant) ? throw new StorageException("The host is gone.", new IOException()) : Task.FromResult<string?>(null);
            await Assert.ThrowsAsync<StorageException>(async () => await world.HandOverAsync());
            world.Desk.Tables.BeforeCommit = null;
            await world.HandOverAsync();
        }
        var told = Assert.Single(await world.Desk.Tables.QueryAsync($"{RegisterStore.Partition(LetterWorld.Tenant)}|ann", Outbox.Prefix, 100, null, Desk.Cancel));
        Assert.Equal("100 anonymous letters are in your register.", told.Read(NoticeJson.Default.Notice).Sentence);
    }

    [Fact]
    public async Task Messages_that_were_taken_are_all_in_the_talk_also_when_it_is_full_by_then()
    {
        using var world = new LetterWorld(_ => 0);
        await world.BeginAsync();
        var secret = AuthorSecret.New();
        await world.Letters.PutAsync(LetterWorld.Tenant, LetterWorld.New(secret, "text"), Desk.Cancel);
        for (var number = 0; number < FeedbackLimits.Talk + 3; number++)
        {
            await world.Letters.PutAsync(LetterWorld.Tenant, LetterWorld.Message(secret, $"message {number}"), Desk.Cancel);
        }
        world.Dawn();
        await world.HandOverAsync();
        Assert.Empty(await world.WaitingAsync());
        Assert.Equal(FeedbackLimits.Talk + 3, (await world.Store.FindByOriginAsync(LetterWorld.Tenant, secret.Handle, Desk.Cancel))!.Talk.Count);
    }
}
