using System.Net;
using System.Text;

namespace CoordinationBot.Tests.Attack;

/// <summary>What comes with a good token and is no honest activity; and what does not come to its end.</summary>
public sealed class BodyAttacks
{
    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public async Task Json_that_is_made_to_hurt_is_refused_or_does_nothing()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        var good = attacked.Message().ToJsonString();
        string With(string member) => "{" + member + "," + good[1..];
        foreach (var (body, status) in new (byte[], HttpStatusCode)[]
        {
            (Bytes(With($"\"value\":{new string('[', 10_000)}{new string(']', 10_000)}")), HttpStatusCode.BadRequest),
            (Bytes(With($"\"value\":{string.Concat(Enumerable.Repeat("{\"a\":", 10_000))}1{new string('}', 10_000)}")), HttpStatusCode.BadRequest),
            (Bytes(new string('[', 500_000)), HttpStatusCode.BadRequest),
            (Bytes(With("\"text\":\"\\ud83d\"")), HttpStatusCode.BadRequest),
            ([.. Bytes("{\"label\":\""), 0xC0, 0xAF, .. Bytes("\","), .. Bytes(good[1..])], HttpStatusCode.BadRequest),
            ([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(good)], HttpStatusCode.BadRequest),
            ([0x1F, 0x8B, 0x08, 0x00], HttpStatusCode.BadRequest),
            // A member twice: the last one counts for all who read it.
            (Bytes(With("\"type\":\"invoke\",\"conversation\":{\"id\":\"a:eve\",\"tenantId\":\"99999999-9999-9999-9999-999999999999\"}")), HttpStatusCode.OK),
            (Bytes(good[..^1] + ",\"conversation\":{\"id\":\"a:ann\",\"tenantId\":\"99999999-9999-9999-9999-999999999999\"}}"), HttpStatusCode.Forbidden),
            (Bytes(With($"\"value\":{{\"n\":{new string('9', 100_000)},\"e\":1e999999999,\"f\":-1.{new string('0', 5_000)}1}}")), HttpStatusCode.OK),
        })
        {
            Assert.Equal((Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 80))), status), (Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 80))), await attacked.PostAsync(body, attacked.Token())));
        }
        await attacked.ServesAsync();
    }

    [Theory]
    [InlineData("text/plain"), InlineData("application/xml"), InlineData("multipart/form-data; boundary=x"), InlineData("application/json; charset=utf-16"), InlineData("not a type"), InlineData("")]
    public async Task What_a_body_is_called_changes_nothing(string contentType)
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        Assert.Equal(HttpStatusCode.OK, await attacked.PostAsync(Bytes(attacked.Message().ToJsonString()), attacked.Token(), contentType));
        await attacked.ServesAsync();
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Fifty_megabytes_are_not_taken_in(bool isAnnounced)
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        const int Length = 50 * 1024 * 1024;
        var authorization = $"Authorization: Bearer {attacked.Token()}";
        var (head, body) = isAnnounced
            ? (attacked.Head(authorization, $"Content-Length: {Length}"), new byte[Length])
            : (attacked.Head(authorization, "Transfer-Encoding: chunked"), Enumerable.Repeat(Bytes($"10000\r\n{new string(' ', 0x10000)}\r\n"), Length / 0x10000).SelectMany(chunk => chunk).ToArray());
        var before = GC.GetTotalAllocatedBytes();
        var answer = await attacked.ExchangeAsync(head, body);
        Assert.True(answer.StartsWith("HTTP/1.1 413", StringComparison.Ordinal) || answer.Length == 0, answer);
        // Taken in, it would be there at least once.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, Length);
        await attacked.ServesAsync();
    }

    [Fact]
    public async Task Lengths_that_lie_are_answered_and_the_connection_ends()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        var (authorization, good) = ($"Authorization: Bearer {attacked.Token()}", attacked.Message().ToJsonString());
        foreach (var (head, body) in new (byte[], string)[]
        {
            (attacked.Head(authorization, "Transfer-Encoding: chunked"), $"zz\r\n{good}\r\n0\r\n\r\n"),
            (attacked.Head(authorization, "Transfer-Encoding: chunked"), $"FFFFFFFFFFFFFFFF\r\n{good}\r\n0\r\n\r\n"),
            (attacked.Head(authorization, "Transfer-Encoding: chunked"), $"-1\r\n{good}\r\n0\r\n\r\n"),
            (attacked.Head(authorization, "Transfer-Encoding: chunked"), $"5\r\n{good}\r\n0\r\n\r\n"),
            (attacked.Head(authorization, "Transfer-Encoding: gzip"), good),
            (attacked.Head(authorization, "Content-Length: -5"), good),
            (attacked.Head(authorization, "Content-Length: 99999999999999999999"), good),
            (attacked.Head(authorization, "Content-Length: 5", "Content-Length: 6"), good),
        })
        {
            var answer = await attacked.ExchangeAsync(head, Bytes(body));
            Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 501", StringComparison.Ordinal), $"{Encoding.ASCII.GetString(head)} {body[..10]}: {answer}");
        }
        await attacked.ServesAsync();
    }

    [Fact]
    public async Task Headers_beyond_measure_are_cut_off()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        foreach (var headers in (string[][])[[$"X: {new string('x', 40_000)}"], [.. Enumerable.Range(0, 500).Select(number => $"X-{number}: y")], [$"Authorization: Bearer {new string('a', 31_000)}", "Content-Length: 0"]])
        {
            Assert.StartsWith("HTTP/1.1 4", await attacked.ExchangeAsync(attacked.Head([.. headers, "Connection: close"])), StringComparison.Ordinal);
        }
        await attacked.ServesAsync();
    }

    [Fact]
    public async Task A_body_that_trickles_in_is_cut_off_while_others_are_served()
    {
        await using var attacked = await AttackedOffice.StartAsync();
        await attacked.Office.InstallAsync("ann");
        var connections = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            var connection = await attacked.ConnectAsync();
            await connection.WriteAsync(attacked.Head($"Authorization: Bearer {attacked.Token()}", "Content-Length: 100000"));
            return connection;
        }));
        var began = TimeProvider.System.GetTimestamp();
        var ends = connections.Select(async connection =>
        {
            await using (connection)
            {
                var reading = AttackedOffice.ReadAsync(connection);
                while (!reading.IsCompleted)
                {
                    try
                    {
                        await connection.WriteAsync(" "u8.ToArray());
                    }
                    catch (IOException)
                    {
                        break;
                    }
                    await Task.WhenAny(reading, Task.Delay(500, TestContext.Current.CancellationToken));
                }
                await reading;
            }
        }).ToList();
        await attacked.ServesAsync();
        await Task.WhenAll(ends).WaitAsync(TimeSpan.FromSeconds(25), TestContext.Current.CancellationToken);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(25));
        await attacked.ServesAsync();
    }
}
