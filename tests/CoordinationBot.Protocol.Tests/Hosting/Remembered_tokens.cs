using System.Collections.Frozen;
using System.Text;
using CoordinationBot.Protocol.Hosting;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;

namespace CoordinationBot.Protocol.Tests.Hosting;

public sealed class Remembered_tokens
{
    [Fact]
    public void Are_bounded()
    {
        var keys = new SigningKeySet(FrozenDictionary<string, SigningKey>.Empty);
        var token = new CheckedToken(new(new JsonWebKey(), []), null, null, DateTimeOffset.MaxValue);
        for (var number = 0UL; number < 5_000; number++)
        {
            keys.Remember(new(number, 1, 2, 3), token);
            Assert.Same(token, keys.Recall(new(number, 1, 2, 3)));
            Assert.InRange(keys.Remembered, 1, SigningKeySet.MaxRemembered);
        }
    }

    [Fact]
    public void Are_told_apart_by_every_letter()
    {
        Assert.True(TokenHash.TryCompute("a.b.c", out var one));
        Assert.True(TokenHash.TryCompute("a.b.d", out var other));
        Assert.True(TokenHash.TryCompute("a.b.c", out var same));
        Assert.NotEqual(one, other);
        Assert.Equal(one, same);
        Assert.False(TokenHash.TryCompute("a.b.\u0107", out _));
        Assert.False(TokenHash.TryCompute("", out _));
        Assert.False(TokenHash.TryCompute(new string('a', TokenHash.MaxTokenLength + 1), out _));
    }

    [Fact]
    public async Task Cost_no_allocation_and_the_activity_little_more_than_itself()
    {
        await using var keys = await KeyServer.StartAsync();
        await using var bot = await BotUnderTest.StartAsync(keys);
        StringValues header = "Bearer " + bot.Token();
        Assert.Equal(Refusal.None, (await bot.Authentication.CheckAsync(header, TestContext.Current.CancellationToken)).Refusal);
        var body = Encoding.UTF8.GetBytes(BotUnderTest.Message().ToJsonString());
        Assert.InRange(Allocated(() => Assert.True(IsDone(bot.Authentication.CheckAsync(header, CancellationToken.None)))), 0, 16);
        Assert.InRange(Allocated(() => Assert.NotNull(ActivityReader.Read(body))), 0, 8 * 1024);

        static bool IsDone(ValueTask<TokenCheck> check) => check.IsCompletedSuccessfully;

        static long Allocated(Action action)
        {
            const int Times = 500;
            for (var warm = 0; warm < Times; warm++)
            {
                action();
            }
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var time = 0; time < Times; time++)
            {
                action();
            }
            var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
            TestContext.Current.TestOutputHelper?.WriteLine($"Bytes each: {each}");
            return each;
        }
    }
}
