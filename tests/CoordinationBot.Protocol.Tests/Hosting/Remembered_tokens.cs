using System.Collections.Frozen;
using CoordinationBot.Protocol.Hosting;
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
}
