using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using CoordinationBot.Protocol.Turns;
using CoordinationBot.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace CoordinationBot.Tests.Packaging;

/// <summary>The app package for Teams, made by its one command.</summary>
public sealed partial class AppPackageTests : IDisposable
{
    private const string BotId = "11111111-2222-3333-4444-555555555555";

    private readonly string _folder = Directory.CreateTempSubdirectory("package").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<Rgba32> Pixels(Image<Rgba32> image) =>
        from y in Enumerable.Range(0, image.Height) from x in Enumerable.Range(0, image.Width) select image[x, y];

    [Fact]
    public async Task It_keeps_to_the_schemas_of_Teams_and_has_nothing_but_its_files_at_the_root()
    {
        var unpacked = await UnpackAsync();

        Assert.Equal(["color.png", "manifest.json", "outline.png", "zh-Hans.json"], Directory.EnumerateFileSystemEntries(unpacked).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("", await HoldAgainstSchemasAsync(unpacked));
    }

    [Fact]
    public async Task What_breaks_a_rule_of_the_schemas_is_noticed()
    {
        var unpacked = await UnpackAsync();
        var manifest = Path.Combine(unpacked, "manifest.json");
        var text = await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(manifest, text.Replace("\"groupChat\"", "\"groupchat\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Contains("must be equal to one of the allowed values", await HoldAgainstSchemasAsync(unpacked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Microsoft_s_own_tool_says_the_same()
    {
        var unpacked = await UnpackAsync();
        var (exit, said) = await ValidateAsync(unpacked);
        Assert.True(exit == 0 && said.Contains("All passed", StringComparison.Ordinal), said);

        var manifest = Path.Combine(unpacked, "manifest.json");
        var text = await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(manifest, text.Replace("\"short\": \"", $"\"short\": \"{new string('x', 81)}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (exit, said) = await ValidateAsync(unpacked);
        Assert.True(exit != 0 && said.Contains("must NOT have more than 80 characters", StringComparison.Ordinal), said);
    }

    // Microsoft Teams, "Design your app icon": 192 pixels in full colour with the symbol in the middle 96 (the rest may be cut away), and 32 pixels in white on nothing, without a margin.
    [Fact]
    public async Task Its_icons_are_as_Teams_wants_them()
    {
        var unpacked = await UnpackAsync();

        using var color = Image.Load<Rgba32>(Path.Combine(unpacked, "color.png"));
        Assert.Equal((192, 192), (color.Width, color.Height));
        Assert.All(Pixels(color), pixel => Assert.Equal(255, pixel.A));
        Assert.True(IsInTheMiddle(Symbol(color)), $"{Symbol(color)}");

        using var outline = Image.Load<Rgba32>(Path.Combine(unpacked, "outline.png"));
        Assert.Equal((32, 32), (outline.Width, outline.Height));
        Assert.All(Pixels(outline).Where(pixel => pixel.A > 0), pixel => Assert.Equal((255, 255, 255), ((int)pixel.R, (int)pixel.G, (int)pixel.B)));
        Assert.Contains(Pixels(outline), pixel => pixel.A == 0);
        Assert.Equal(outline.Bounds(), Symbol(outline));
    }

    [Fact]
    public void An_icon_with_its_symbol_elsewhere_would_be_noticed()
    {
        using var color = new Image<Rgba32>(192, 192, Color.Navy);
        color[48, 100] = color[143, 100] = color[100, 48] = color[100, 143] = Color.White;
        Assert.True(IsInTheMiddle(Symbol(color)));
        color[144, 100] = Color.White;
        Assert.False(IsInTheMiddle(Symbol(color)));

        using var outline = new Image<Rgba32>(32, 32);
        outline[0, 4] = outline[31, 4] = outline[4, 31] = outline[4, 1] = Color.White;
        Assert.NotEqual(outline.Bounds(), Symbol(outline));
    }

    [Fact]
    public async Task It_names_who_runs_the_bot_and_where()
    {
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(await UnpackAsync(), "manifest.json"), TestContext.Current.CancellationToken));
        var root = manifest.RootElement;

        Assert.Equal(BotId, root.GetProperty("id").GetString());
        Assert.Equal(BotId, root.GetProperty("bots")[0].GetProperty("botId").GetString());
        Assert.Equal("bot.contoso.example", root.GetProperty("validDomains")[0].GetString());
        Assert.Equal("Contoso", root.GetProperty("developer").GetProperty("name").GetString());
        Assert.Equal("https://contoso.example/privacy", root.GetProperty("developer").GetProperty("privacyUrl").GetString());
        Assert.Equal("https://contoso.example/bot", root.GetProperty("developer").GetProperty("termsOfUseUrl").GetString());
        Assert.Equal("1.2.3", root.GetProperty("version").GetString());
        Assert.DoesNotContain("{{", root.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_it_lists_is_one_that_the_bot_knows()
    {
        await using var office = new TestOffice();
        var known = office.Services.GetRequiredService<RouteTable>().Commands;
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(NpmFolder.Root, "manifest", "manifest.json"), TestContext.Current.CancellationToken));

        var listed = manifest.RootElement.GetProperty("bots")[0].GetProperty("commandLists").EnumerateArray().SelectMany(list => list.GetProperty("commands").EnumerateArray()).ToList();

        Assert.NotEmpty(listed);
        Assert.All(listed, command =>
        {
            Assert.Contains(known, one => one.Words == command.GetProperty("title").GetString() && !one.IsAlias);
            Assert.StartsWith(command.GetProperty("title").GetString()!, command.GetProperty("prompt").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Every_text_that_it_shows_is_there_in_Chinese_too()
    {
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(NpmFolder.Root, "manifest", "manifest.json"), TestContext.Current.CancellationToken));
        using var chinese = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(NpmFolder.Root, "manifest", "zh-Hans.json"), TestContext.Current.CancellationToken));
        List<string> shown = ["name.short", "name.full", "description.short", "description.full"];
        var lists = manifest.RootElement.GetProperty("bots")[0].GetProperty("commandLists");
        for (var list = 0; list < lists.GetArrayLength(); list++)
        {
            shown.AddRange(Enumerable.Range(0, lists[list].GetProperty("commands").GetArrayLength()).Select(command => $"bots[0].commandLists[{list}].commands[{command}].description"));
        }

        Assert.Equal(shown.Append("$schema").Order(StringComparer.Ordinal), chinese.RootElement.EnumerateObject().Select(text => text.Name).Order(StringComparer.Ordinal));
        Assert.All(shown.Where(name => name != "name.short"), name => Assert.Matches(Han(), chinese.RootElement.GetProperty(name).GetString()!));
    }

    [Theory]
    [InlineData("--bot-id", "mine", "--bot-id must be an id")]
    [InlineData("--host", "https://bot.contoso.example/", "--host must be a name")]
    [InlineData("--developer", "Contoso Limited Liability Company of Ruritania", "--developer must have 1 to 32 characters")]
    [InlineData("--website", "http://contoso.example", "--website must be an address that begins with https://")]
    [InlineData("--version", "1.0", "--version must have three numbers")]
    [InlineData("--colour", "blue", "--colour is not known")]
    public async Task What_cannot_be_right_is_refused_in_a_sentence(string name, string value, string says)
    {
        var (exit, errors) = await PackAsync(new() { [name] = value });

        Assert.Equal(2, exit);
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Package));
    }

    /// <summary>What is drawn: the smallest rectangle with all that is not as the corner.</summary>
    private static Rectangle Symbol(Image<Rgba32> icon)
    {
        var drawn = (from y in Enumerable.Range(0, icon.Height) from x in Enumerable.Range(0, icon.Width) where icon[x, y] != icon[0, 0] select (X: x, Y: y)).ToList();
        return Rectangle.FromLTRB(drawn.Min(pixel => pixel.X), drawn.Min(pixel => pixel.Y), drawn.Max(pixel => pixel.X) + 1, drawn.Max(pixel => pixel.Y) + 1);
    }

    private static bool IsInTheMiddle(Rectangle symbol) => new Rectangle(48, 48, 96, 96).Contains(symbol);

    private string Package => Path.Combine(_folder, "package.zip");

    private async Task<string> UnpackAsync()
    {
        var (exit, errors) = await PackAsync([]);
        Assert.True(exit == 0, errors);
        var unpacked = Path.Combine(_folder, "unpacked");
        await ZipFile.ExtractToDirectoryAsync(Package, unpacked);
        return unpacked;
    }

    private async Task<(int Exit, string Errors)> PackAsync(Dictionary<string, string> instead)
    {
        Dictionary<string, string> given = new()
        {
            ["--bot-id"] = BotId,
            ["--host"] = "bot.contoso.example",
            ["--developer"] = "Contoso",
            ["--website"] = "https://contoso.example/bot",
            ["--privacy"] = "https://contoso.example/privacy",
            ["--version"] = "1.2.3",
            ["--out"] = Package,
        };
        foreach (var (name, value) in instead)
        {
            given[name] = value;
        }
        var (exit, _, errors) = await Command.RunAsync(NpmFolder.Root, "dotnet", ["run", Path.Combine("manifest", "Package.cs"), "--", .. given.SelectMany(one => new[] { one.Key, one.Value })]);
        return (exit, errors);
    }

    private static async Task<string> HoldAgainstSchemasAsync(string unpacked)
    {
        var folder = await NpmFolder.InstallAsync("manifest", ["check.cjs"], CancellationToken.None);
        return await Command.DoAsync(folder, "node", "check.cjs", unpacked);
    }

    /// <summary>What Microsoft's own tool says of it.</summary>
    private static async Task<(int Exit, string Said)> ValidateAsync(string unpacked)
    {
        var folder = await NpmFolder.InstallAsync("toolkit", [], CancellationToken.None);
        string[] arguments = ["validate", "--manifest-file", Path.Combine(unpacked, "manifest.json"), "--telemetry", "false", "--interactive", "false"];
        var (exit, output, errors) = await Command.RunAsync(unpacked, Path.Combine(folder, "node_modules", ".bin", "atk"), arguments);
        return (exit, output + errors);
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();
}
