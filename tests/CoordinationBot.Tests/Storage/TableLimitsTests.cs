using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Storage;

public sealed class TableLimitsTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("{\"a\":\"b\",\"c\":[1,2,3],\"d\":\"it's <b>&amp;</b> + `x` \\\\ é 会議 😀 \u007F \u00A0\"}")]
    [InlineData("\t\r\n\u0001")]
    public void A_change_counts_at_least_what_is_sent(string data)
    {
        var sent = JsonEncodedText.Encode(data, JavaScriptEncoder.Default).EncodedUtf8Bytes.Length;
        var counted = TableLimits.ChangeSize("p", "k", Encoding.UTF8.GetBytes(data)) - TableLimits.ChangeSize("p", "k", []);
        Assert.InRange(counted, sent, (sent * 2) + 10);
    }

    [Fact]
    public void A_row_counts_as_Azure_counts_it()
    {
        // Azure: 4 bytes, keys at two bytes a character, and for each property 8 + two bytes a character of name and (with 4 for its length) of text.
        var data = new string('x', 100_000);
        var parts = (data.Length + TableLimits.MaxStringLength - 1) / TableLimits.MaxStringLength;
        var azure = 4 + (2 * ("partition".Length + "key".Length)) + (8 + (2 * "Timestamp".Length) + 8) + (8 + (2 * "Commit".Length) + 4 + (2 * 16))
            + (parts * (8 + (2 * "Data17".Length) + 4)) + (2 * data.Length);
        Assert.InRange(TableLimits.RowSize("partition", "key", Encoding.UTF8.GetBytes(data)), azure, azure + 1024);
    }

    [Fact]
    public void The_largest_row_needs_no_more_properties_than_a_row_may_have() =>
        Assert.InRange((TableLimits.MaxRowSize / 2 / TableLimits.MaxStringLength) + 2, 1, 252);
}
