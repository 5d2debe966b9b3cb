#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// Puts the app package for Teams together: dotnet run manifest/Package.cs -- --bot-id … --host bot.example.com …
// What it needs and what the rules are, it says itself: dotnet run manifest/Package.cs -- --help
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

const string Usage = """
    dotnet run manifest/Package.cs -- --bot-id ID --host HOST --developer NAME --website URL [--privacy URL] [--terms URL] [--app-id ID] [--version 1.0.0] [--out FILE]

      --bot-id     client id of the bot (the Entra application, or the managed identity)
      --host       where the bot can be reached, without https://
      --developer  who runs it, at most 32 characters
      --website    a page about that; --privacy and --terms when they are on pages of their own
      --app-id     id of the app in the catalogue; the bot's unless told
      --version    must grow with every package that is uploaded
      --out        coordinationbot.zip unless told
    """;

Dictionary<string, string> given = [];
for (var index = 0; index < args.Length; index += 2)
{
    if (args[index] is "--help" or "-h" || index + 1 == args.Length)
    {
        Console.WriteLine(Usage);
        return args[index] is "--help" or "-h" ? 0 : 2;
    }
    given[args[index]] = args[index + 1];
}
string[] known = ["--bot-id", "--host", "--developer", "--website", "--privacy", "--terms", "--app-id", "--version", "--out"];
string[] needed = ["--bot-id", "--host", "--developer", "--website"];
List<string> wrong =
[
    .. given.Keys.Except(known).Select(name => $"{name} is not known."),
    .. needed.Where(name => !given.ContainsKey(name)).Select(name => $"{name} is missing."),
];
foreach (var name in (string[])["--bot-id", "--app-id"])
{
    if (given.TryGetValue(name, out var id) && !Guid.TryParseExact(id, "D", out _)) wrong.Add($"{name} must be an id like 00000000-0000-0000-0000-000000000000.");
}
foreach (var name in (string[])["--website", "--privacy", "--terms"])
{
    if (given.TryGetValue(name, out var address) && !(Uri.TryCreate(address, UriKind.Absolute, out var page) && page.Scheme == Uri.UriSchemeHttps)) wrong.Add($"{name} must be an address that begins with https://.");
}
if (given.TryGetValue("--host", out var host) && Uri.CheckHostName(host) != UriHostNameType.Dns) wrong.Add("--host must be a name like bot.example.com, without https:// and without a path.");
if (given.TryGetValue("--developer", out var developer) && developer.Length is 0 or > 32) wrong.Add("--developer must have 1 to 32 characters.");
if (given.TryGetValue("--version", out var version) && !(Version.TryParse(version, out var parts) && parts.Build >= 0)) wrong.Add("--version must have three numbers: 1.0.0.");
if (wrong.Count > 0)
{
    Console.Error.WriteLine(string.Join(Environment.NewLine, [.. wrong, "", Usage]));
    return 2;
}

string Value(string name, string otherwise) => given.GetValueOrDefault(name, otherwise);
var folder = Folder();
var website = given["--website"];
Dictionary<string, string> values = new()
{
    ["appId"] = Value("--app-id", given["--bot-id"]),
    ["botId"] = given["--bot-id"],
    ["host"] = host!,
    ["developer"] = developer!,
    ["website"] = website,
    ["privacy"] = Value("--privacy", website),
    ["terms"] = Value("--terms", website),
};
var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json")))!;
Fill(manifest, values);
manifest["version"] = Value("--version", (string)manifest["version"]!);

var file = Path.GetFullPath(Value("--out", "coordinationbot.zip"));
await using (var stream = File.Create(file))
await using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
{
    // All at the root: a folder in the package is refused.
    await AddAsync(zip, "manifest.json", Encoding.UTF8.GetBytes(manifest.ToJsonString(new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })));
    await AddAsync(zip, "zh-Hans.json", await File.ReadAllBytesAsync(Path.Combine(folder, "zh-Hans.json")));
    foreach (var icon in (string[])["color.png", "outline.png"])
    {
        await AddAsync(zip, icon, await File.ReadAllBytesAsync(Path.Combine(folder, "icons", icon)));
    }
}
Console.WriteLine($"{file} is ready. Upload it in the Teams admin center (Teams apps, Manage apps), or with Apps, Manage your apps in Teams.");
return 0;

static async Task AddAsync(ZipArchive zip, string name, byte[] content)
{
    await using var entry = await zip.CreateEntry(name).OpenAsync();
    await entry.WriteAsync(content);
}

static void Fill(JsonNode node, Dictionary<string, string> values)
{
    switch (node)
    {
        case JsonObject members:
            foreach (var (name, member) in members.ToList())
            {
                if (Filled(member) is { } filled) members[name] = filled;
                else if (member is not null) Fill(member, values);
            }
            break;
        case JsonArray items:
            for (var index = 0; index < items.Count; index++)
            {
                if (Filled(items[index]) is { } filled) items[index] = filled;
                else if (items[index] is { } item) Fill(item, values);
            }
            break;
    }

    string? Filled(JsonNode? value) =>
        value is JsonValue && value.GetValueKind() == JsonValueKind.String && (string)value! is ['{', '{', .. var name, '}', '}'] ? values[name] : null;
}

static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
