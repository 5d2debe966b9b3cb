using System.Text.Json;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Tests.Turns;

namespace CoordinationBot.Protocol.Tests.Activities;

public sealed class ActivityJsonTests
{
    [Fact]
    public void Unknown_fields_are_kept_and_written_again()
    {
        const string Json = """{"type":"message","from":{"id":"29:a","x":1},"conversation":{"id":"c","y":[2]},"entities":[{"type":"new","z":{"a":null}}],"channelData":{"tenant":{"id":"t","w":1},"v":true},"brandNew":{"a":1}}""";
        var activity = JsonSerializer.Deserialize(Json, ProtocolJson.Wire.Activity)!;
        var written = JsonSerializer.Serialize(activity, ProtocolJson.Wire.Activity);
        Assert.True(JsonElement.DeepEquals(Stage.Json(Json), Stage.Json(written)), written);
    }

    [Fact]
    public async Task What_is_missing_anywhere_does_not_stop_a_turn()
    {
        var activity = JsonSerializer.Deserialize("""{"entities":[{},{"type":"mention"}],"attachments":[{}]}""", ProtocolJson.Wire.Activity)!;
        var stage = new Stage();
        var message = stage.Message("hello");
        stage.Routes.Text(Stage.Says("Hello."));
        Assert.Equal(200, (await stage.Run(activity)).Status);
        Assert.Equal(200, (await stage.Run(message with { Entities = activity.Entities, Attachments = activity.Attachments })).Status);
        Assert.Equal(["Hello."], stage.Sent.Texts);
        Assert.Equal("", activity.Type);
        Assert.Equal("", activity.Entities![0].Type);
    }

    [Theory]
    [InlineData("""{"type":"brandNew","text":{"a":[1]},"locale":5,"timezone":[],"mentioned":"somebody"}""")]
    [InlineData("""{"type":"mention","text":null,"mentioned":{"id":7,"name":{},"aadObjectId":[1]}}""")]
    public void An_entity_of_a_later_kind_does_not_lose_the_activity(string entity)
    {
        var activity = JsonSerializer.Deserialize($$"""{"type":"message","text":"help","entities":[{{entity}}]}""", ProtocolJson.Wire.Activity)!;
        Assert.Equal("help", activity.Text);
        Assert.Null(activity.Entities![0].Text);
    }
}
