using System.Text.Json;
using CoordinationBot.Protocol.Activities;
using CsCheck;

namespace CoordinationBot.Protocol.Tests.Activities;

public sealed class WireEncoderTests
{
    [Theory]
    [InlineData("漢字 שלום é \u2028 \uE000 </script>", 2)]
    [InlineData("👩‍👩‍👧", 2)]
    [InlineData("\"\\\n\r\t", 7)]
    [InlineData("\u0001", 7)]
    public void Only_what_json_requires_is_escaped(string text, int more)
    {
        var json = JsonSerializer.Serialize(text, ProtocolJson.Wire.String);
        Assert.Equal(text.Length + more, json.Length);
        Assert.Equal(text, JsonSerializer.Deserialize<string>(json));
    }

    // Not a theory: the test runner cannot carry such a text.
    [Fact]
    public void Half_a_character_is_replaced()
    {
        foreach (var (text, read) in ((string, string)[])[("a\uD83Db", "a\uFFFDb"), ("\uDC4B\uD83D\uDC4B", "\uFFFD\uD83D\uDC4B"), ("\uD83D", "\uFFFD")])
        {
            Assert.Equal(read, JsonSerializer.Deserialize<string>(JsonSerializer.SerializeToUtf8Bytes(text, ProtocolJson.Wire.String)));
        }
    }

    [Fact]
    public void Any_text_is_read_as_it_was_written() => Gen.String.Sample(
        text =>
        {
            var element = JsonSerializer.SerializeToElement(text, ProtocolJson.Wire.String);
            // A card is an element inside an activity: it is written twice.
            var again = JsonSerializer.Deserialize<string>(JsonSerializer.SerializeToUtf8Bytes(element, ProtocolJson.Wire.Options));
            Assert.Equal(element.GetString(), again);
        },
        iter: 2_000);
}
