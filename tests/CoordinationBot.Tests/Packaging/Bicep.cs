using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CoordinationBot.Tests.Packaging;

/// <summary>Bicep's own compiler, and what it says a deployment would make.</summary>
internal static partial class Bicep
{
    /// <summary>What every deployment must say.</summary>
    public const string Least = """
        using 'main.bicep'
        param name = 'secretary'
        param image = 'registry.example.com/coordinationbot:1.0.0'

        """;

    public static readonly string Template = Path.Combine(NpmFolder.Root, "deploy", "main.bicep");
    public static readonly string Example = Path.Combine(NpmFolder.Root, "deploy", "example.bicepparam");

    public static async Task<(int Exit, string Output, string Said)> RunAsync(params string[] arguments)
    {
        var compiler = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Bicep").Value!;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(compiler, File.GetUnixFileMode(compiler) | UnixFileMode.UserExecute);
        return await Command.RunAsync(NpmFolder.Root, compiler, arguments);
    }

    /// <summary>The template, compiled.</summary>
    public static async Task<JsonElement> BuildAsync()
    {
        var (exit, output, said) = await RunAsync("build", Template, "--stdout");
        Assert.Equal((0, ""), (exit, said));
        return JsonElement.Parse(output);
    }

    /// <summary>What the compiler says of these parameters.</summary>
    public static async Task<(int Exit, string Said)> CheckAsync(string parameters)
    {
        using var folder = new Folder(await File.ReadAllTextAsync(Template), parameters);
        var (exit, _, said) = await RunAsync("build-params", folder.Parameters, "--stdout");
        return (exit, said);
    }

    /// <summary>What would be made with these parameters. What Azure alone knows stays an expression.</summary>
    public static async Task<Deployment> MakeAsync(string parameters)
    {
        // What is secure it does not look into; here it is to.
        using var folder = new Folder(Secure().Replace(await File.ReadAllTextAsync(Template), ""), parameters);
        string[] where = ["--tenant-id", Guid.Empty.ToString(), "--subscription-id", Guid.Empty.ToString(), "--resource-group", "coordination", "--location", "westeurope"];
        var (exit, _, said) = await RunAsync(["snapshot", folder.Parameters, "--mode", "overwrite", .. where]);
        Assert.True(exit == 0, said);
        var snapshot = JsonElement.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(folder.Parameters, ".snapshot.json")));
        return new([.. snapshot.GetProperty("predictedResources").EnumerateArray()]);
    }

    [GeneratedRegex(@"^ *@secure\(\)\n", RegexOptions.Multiline)]
    private static partial Regex Secure();

    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bicep");

        public Folder(string template, string parameters)
        {
            File.WriteAllText(Path.Combine(_folder.FullName, "main.bicep"), template);
            File.WriteAllText(Parameters, parameters);
        }

        public string Parameters => Path.Combine(_folder.FullName, "office.bicepparam");

        public void Dispose() => _folder.Delete(recursive: true);
    }
}

/// <summary>The resources that a deployment would make.</summary>
internal sealed record Deployment(IReadOnlyList<JsonElement> Resources)
{
    public JsonElement Configuration => The("Microsoft.App/containerApps").GetProperty("configuration");

    public JsonElement Template => The("Microsoft.App/containerApps").GetProperty("template");

    public IReadOnlyList<JsonElement> Environment => [.. Template.GetProperty("containers")[0].GetProperty("env").EnumerateArray()];

    public JsonElement The(string type) => All(type).Single().GetProperty("properties");

    public IEnumerable<JsonElement> All(string type) => Resources.Where(resource => resource.GetProperty("type").GetString() == type);

    public string? Setting(string name) => Environment.Single(one => one.GetProperty("name").GetString() == name).GetProperty("value").GetString();

    public JsonElement Probe(string type) => Template.GetProperty("containers")[0].GetProperty("probes").EnumerateArray().Single(probe => probe.GetProperty("type").GetString() == type);
}
