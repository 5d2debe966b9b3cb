using System.Reflection;
using System.Text.Json;

namespace CoordinationBot.Tests.Packaging;

/// <summary>What the bot needs in Azure, held against Bicep's own compiler and rules; nothing is deployed.</summary>
public sealed class BicepTests
{
    private static readonly string Template = Path.Combine(NpmFolder.Root, "deploy", "main.bicep");

    [Fact]
    public async Task It_compiles_without_a_warning_and_keeps_no_key()
    {
        var (exit, output, said) = await BicepAsync("build", Template, "--stdout");

        Assert.Equal((0, ""), (exit, said));
        using var built = JsonDocument.Parse(output);
        var resources = built.RootElement.GetProperty("resources").EnumerateObject().Select(resource => resource.Value).ToList();
        JsonElement The(string type) => resources.Single(resource => resource.GetProperty("type").GetString() == type).GetProperty("properties");
        Assert.False(The("Microsoft.Storage/storageAccounts").GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(The("Microsoft.Storage/storageAccounts").GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(The("Microsoft.BotService/botServices").GetProperty("disableLocalAuth").GetBoolean());
        Assert.Equal(2, resources.Count(resource => resource.GetProperty("type").GetString() == "Microsoft.Authorization/roleAssignments"));
        Assert.Equal(2, built.RootElement.GetProperty("parameters").GetProperty("minReplicas").GetProperty("minValue").GetInt32());
    }

    [Fact]
    public async Task It_keeps_to_the_rules_of_the_linter_and_to_the_format()
    {
        Assert.Equal((0, "", ""), await BicepAsync("lint", Template));
        var (exit, formatted, said) = await BicepAsync("format", Template, "--stdout");
        Assert.Equal((0, ""), (exit, said));
        Assert.Equal(await File.ReadAllTextAsync(Template, TestContext.Current.CancellationToken), formatted);
    }

    private static async Task<(int Exit, string Output, string Said)> BicepAsync(params string[] arguments)
    {
        var compiler = typeof(BicepTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Bicep").Value!;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(compiler, File.GetUnixFileMode(compiler) | UnixFileMode.UserExecute);
        return await Command.RunAsync(NpmFolder.Root, compiler, arguments);
    }
}
