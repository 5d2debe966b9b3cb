using System.Text;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Storage;

public sealed class JsonRowsTests
{
    private static readonly PoisonedWork Value = new("k", "p", "r", 5, new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_value_comes_back() =>
        Assert.Equal(Value, new Row("p", "k", "1", JsonRows.Bytes(Value, PoisonJson.Default.PoisonedWork)).Read(PoisonJson.Default.PoisonedWork));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"kind":"k" """)]
    [InlineData("""{"at":"yesterday"}""")]
    public void A_row_that_cannot_be_read_throws_and_says_which(string data)
    {
        var row = new Row("tenant|D|D-7K3F9Q", "state", "1", Encoding.UTF8.GetBytes(data));

        var thrown = Assert.Throws<RowUnreadableException>(() => row.Read(PoisonJson.Default.PoisonedWork));

        Assert.Equal(("tenant|D|D-7K3F9Q", "state"), (thrown.Partition, thrown.Key));
        Assert.Contains("tenant|D|D-7K3F9Q", thrown.Message);
        Assert.Contains("state", thrown.Message);
    }
}
