using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Protocol.Tests.Turns;

public sealed class InputsTests
{
    private static readonly Inputs Some = Inputs.From(Stage.Json("""{"text":"  a b ","empty":" ","number":7,"big":1e99,"yes":true,"no":false,"null":null,"list":["x"],"object":{"a":1},"digits":" 12 ","fraction":1.5}"""));

    [Theory]
    [InlineData("text", "a b", null)]
    [InlineData("empty", null, null)]
    [InlineData("number", "7", 7)]
    [InlineData("big", "1e99", null)]
    [InlineData("yes", "true", null)]
    [InlineData("no", "false", null)]
    [InlineData("null", null, null)]
    [InlineData("list", null, null)]
    [InlineData("object", null, null)]
    [InlineData("digits", "12", 12)]
    [InlineData("fraction", "1.5", null)]
    [InlineData("missing", null, null)]
    public void A_value_of_another_type_counts_as_absent(string key, string? text, int? number)
    {
        Assert.Equal((text, number), (Some.Text(key), Some.Number(key)));
        Assert.Equal(key != "missing", Some.Has(key));
    }

    [Fact]
    public void A_key_that_stands_twice_is_one()
    {
        var inputs = Inputs.From(Stage.Json("""{"id":"first","id":"last"}"""));
        Assert.Equal(("id", "last"), (Assert.Single(inputs.Keys), inputs.Text("id")));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public void Anything_but_an_object_is_empty(string json)
    {
        var inputs = Inputs.From(Stage.Json(json));
        Assert.Empty(inputs.Keys);
        Assert.False(inputs.Has("x"));
        Assert.Null(inputs.Text("x"));
        Assert.Empty(Inputs.From(null).Keys);
    }
}
