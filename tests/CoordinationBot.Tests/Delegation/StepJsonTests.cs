using System.Text;
using System.Text.Json;
using CoordinationBot.Delegations;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Delegations;

public sealed class StepJsonTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        var terms = new Terms(1, "t", AuthorizationType.Deterministic, new Due(DateTimeOffset.UnixEpoch, "UTC"), [new("a \"b\"", Evidence.None), new("c", Evidence.Note), new("d", Evidence.Link)]);
        var text = JsonSerializer.Serialize(terms, DelegationJson.Default.Terms);
        Assert.Contains("""{"Text":"c","Evidence":"Note"}""", text, StringComparison.Ordinal);
        Assert.Equal(terms.Steps, JsonSerializer.Deserialize(text, DelegationJson.Default.Terms)!.Steps);
    }

    [Theory]
    [InlineData("""{"Later":{"x":[1]},"Text":"a","Evidence":"Link"}""", true)]
    [InlineData("""{"Text":"a"}""", false)]
    [InlineData("""{"Text":"a","Evidence":"Oath"}""", false)]
    [InlineData("""{"Text":"a","Evidence":7}""", false)]
    [InlineData("""{"Text":7,"Evidence":"None"}""", false)]
    [InlineData("7", false)]
    public void A_step_that_is_not_one_is_never_taken_for_one(string step, bool isStep)
    {
        var row = new Row("p", "k", "1", Encoding.UTF8.GetBytes($$"""{"Version":1,"Title":"t","Type":"Deterministic","Due":{"At":"2026-11-23T09:00:00+00:00","Zone":"UTC"},"Steps":[{{step}}]}"""));
        if (isStep)
        {
            Assert.Equal([new Step("a", Evidence.Link)], row.Read(DelegationJson.Default.Terms).Steps);
        }
        else
        {
            Assert.Throws<RowUnreadableException>(() => row.Read(DelegationJson.Default.Terms));
        }
    }
}
