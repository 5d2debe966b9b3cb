using CoordinationBot.Playground;
using CoordinationBot.Playground.Processes;

namespace CoordinationBot.EndToEnd;

public sealed class LauncherOptionsTests
{
    [Fact]
    public void Without_arguments_there_are_three_people_and_nothing_is_seeded_or_forgotten()
    {
        Assert.Equal(new LauncherOptions { People = 3 }, LauncherOptions.Parse([]));
    }

    [Fact]
    public void Arguments_are_understood_in_any_order()
    {
        var options = LauncherOptions.Parse(["--demo", "--people", "6", "--fresh", "--data", "office"]);
        Assert.Equal(new LauncherOptions { People = 6, Demo = true, Fresh = true, Data = Path.GetFullPath("office") }, options);
    }

    [Theory]
    [InlineData("--people", "takes a number", "1")]
    [InlineData("--people", "takes a number", "7")]
    [InlineData("--people", "takes a number", "some")]
    [InlineData("--people", "needs a value", null)]
    [InlineData("--persons", "does not know '--persons'", null)]
    public void What_is_not_understood_is_refused_in_one_sentence(string name, string says, string? value)
    {
        var e = Assert.Throws<LauncherException>(() => LauncherOptions.Parse(value is null ? [name] : [name, value]));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
