using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.RegularExpressions;
using CoordinationBot.Dialogs;
using CoordinationBot.Doctor;
using CoordinationBot.Protocol.Connector;
using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Storage;
using CoordinationBot.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CoordinationBot.Tests.Doctor;

public sealed partial class DoctorTests : IDisposable
{
    private const string Id = "22222222-2222-2222-2222-222222222222";

    private readonly string _root = Directory.CreateTempSubdirectory("doctor-").FullName;

    private string Package => Path.Combine(_root, "coordinationbot.zip");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task With_the_settings_of_a_first_try_nothing_is_wrong_and_nobody_is_asked()
    {
        var (exit, lines) = await ExamineAsync();
        Assert.Equal(0, exit);
        Assert.Equal(["not set up", "ok", "not set up", "not set up", "not set up", "ok", "not set up"], lines.Values.Select(line => line[..10].TrimEnd()));
        Assert.Contains("Bot:AppId is not set, so every activity is refused. Set Bot:AppId and Bot:TenantId", lines["settings"]);
        Assert.Contains("Without Bot:AppId no token is needed.", lines["token"]);
        Assert.Contains("UTC it is", lines["time zones"]);
    }

    [Fact]
    public async Task With_everything_there_all_is_good()
    {
        await using var cloud = await Cloud.StartAsync();
        Pack(Id);
        var (exit, lines) = await ExamineAsync(
            services => services.AddSingleton(new BotToken(new Credential(), "scope", TimeProvider.System)),
            [$"Bot:AppId={Id}", $"Bot:TenantId={Id}", $"Bot:OpenIdMetadata={cloud.Metadata}", "Office:Zone=Europe/Berlin"]);
        Assert.All(lines.Values, line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        Assert.Equal((7, 0), (lines.Count, exit));
        Assert.Contains("127.0.0.1", lines["clock"]);
    }

    [Theory]
    [InlineData("Bot:AppId", "Bot:AppId=x", "Bot:TenantId=" + Id)]
    [InlineData("Bot:TenantId", "Bot:AppId=" + Id)]
    [InlineData("Bot:ClientSecret", "Bot:AppId=" + Id, "Bot:TenantId=" + Id, "Bot:Credential=ClientSecret")]
    [InlineData("Storage:AccountUri", "Storage:Provider=Azure")]
    [InlineData("Storage:Provider", "Storage:Provider=Oracle")]
    [InlineData("Office:Zone", "Office:Zone=Mars/Crater")]
    public async Task A_setting_that_is_wrong_is_named(string named, params string[] settings)
    {
        var (exit, lines) = await ExamineAsync(settings: settings);
        Assert.Equal(1, exit);
        Assert.StartsWith("wrong ", lines["settings"], StringComparison.Ordinal);
        Assert.Contains(named, lines["settings"]);
        Assert.All(lines.Where(line => line.Key != "settings"), line => Assert.DoesNotMatch("^wrong", line.Value));
    }

    [Fact]
    public async Task A_host_of_metadata_that_cannot_be_reached_is_named()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        var (exit, lines) = await ExamineAsync(
            services => services.AddSingleton(new BotToken(new Credential(), "scope", TimeProvider.System)),
            [$"Bot:AppId={Id}", $"Bot:TenantId={Id}", string.Create(CultureInfo.InvariantCulture, $"Bot:OpenIdMetadata=http://127.0.0.1:{port}/metadata")]);
        Assert.Equal(1, exit);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1 cannot be reached: ConnectionError. Let this host out to 127.0.0.1 on port {port}"), lines["signing keys"]);
    }

    [Fact]
    public async Task A_host_that_answers_with_something_else_than_keys_is_named()
    {
        await using var cloud = await Cloud.StartAsync(hasKeys: false);
        var (exit, lines) = await ExamineAsync(
            services => services.AddSingleton(new BotToken(new Credential(), "scope", TimeProvider.System)), [$"Bot:AppId={Id}", $"Bot:TenantId={Id}", $"Bot:OpenIdMetadata={cloud.Metadata}"]);
        Assert.Equal(1, exit);
        Assert.Contains("answers, but not with signing keys", lines["signing keys"]);
    }

    [Fact]
    public async Task A_credential_that_gets_no_token_is_named()
    {
        await using var cloud = await Cloud.StartAsync();
        var (exit, lines) = await ExamineAsync(
            services => services.AddSingleton(new BotToken(new Credential("AADSTS7000215: Invalid client secret provided.\nTrace ID: 1"), "scope", TimeProvider.System)),
            [$"Bot:AppId={Id}", $"Bot:TenantId={Id}", "Bot:Credential=ClientSecret", "Bot:ClientSecret=not-told", $"Bot:OpenIdMetadata={cloud.Metadata}"]);
        Assert.Equal(1, exit);
        Assert.Matches("^wrong +token +No token was had by ClientSecret: AADSTS7000215: Invalid client secret provided. Check Bot:ClientSecret", lines["token"]);
        Assert.DoesNotContain("not-told", string.Concat(lines.Values));
    }

    [Fact]
    public async Task A_store_that_may_not_be_written_is_named()
    {
        // A file where a folder is meant: nobody may write below it, not even root, who may write everywhere else.
        var file = Path.Combine(_root, "file");
        await File.WriteAllTextAsync(file, "", Cancel);
        var (exit, lines) = await ExamineAsync(settings: [$"Storage:Path={Path.Combine(file, "office.db")}"]);
        Assert.Equal(1, exit);
        Assert.Matches("^wrong +storage .*Give it a file in a folder that this host may write to", lines["storage"]);
    }

    [Fact]
    public async Task An_account_that_lets_this_host_in_is_tried_with_a_row_and_a_message_and_one_that_does_not_is_named()
    {
        await using var azurite = await Azurite.StartAsync(Cancel);
        var (exit, lines) = await ExamineAsync(settings: ["Storage:Provider=Azure", $"Storage:ConnectionString={azurite.ConnectionString}"]);
        Assert.Equal(0, exit);
        Assert.Contains("A row and a message were written, read and deleted in table coordination and queue coordination-work.", lines["storage"]);

        // Signed with another key than the account's.
        var stranger = Convert.ToBase64String(new byte[64]);
        (exit, lines) = await ExamineAsync(settings: ["Storage:Provider=Azure", $"Storage:ConnectionString={KeyOf().Replace(azurite.ConnectionString, stranger)}"]);
        Assert.Equal(1, exit);
        Assert.StartsWith("wrong ", lines["storage"], StringComparison.Ordinal);
        Assert.Contains("the roles Storage Table Data Contributor and Storage Queue Data Contributor", lines["storage"]);
        Assert.DoesNotContain(stranger, string.Concat(lines.Values));
    }

    [GeneratedRegex("(?<=AccountKey=)[^;]+")]
    private static partial Regex KeyOf();

    [Theory]
    [InlineData(120, "120 s ahead of")]
    [InlineData(-400, "400 s behind")]
    public async Task A_clock_that_is_wrong_is_told_by_how_much(int seconds, string told)
    {
        await using var cloud = await Cloud.StartAsync(ahead: TimeSpan.FromSeconds(-seconds));
        var (exit, lines) = await ExamineAsync(
            services => services
                .AddSingleton(new BotToken(new Credential(), "scope", TimeProvider.System))
                .AddSingleton<TimeProvider>(new FakeTimeProvider(Cloud.Now + TimeSpan.FromMilliseconds(500))),
            [$"Bot:AppId={Id}", $"Bot:TenantId={Id}", $"Bot:OpenIdMetadata={cloud.Metadata}"]);
        Assert.Equal(1, exit);
        Assert.Contains($"This clock is {told} that of 127.0.0.1. Let the machine set its clock", lines["clock"]);
    }

    [Theory]
    [InlineData("not a zip", "cannot be read")]
    [InlineData("placeholders", "not filled in")]
    [InlineData("small icon", "no color icon of 192 by 192 pixels")]
    [InlineData("no manifest", "no manifest.json at its root")]
    [InlineData("other bot", "is of bot 33333333-3333-3333-3333-333333333333, and Bot:AppId is " + Id)]
    public async Task A_package_that_Teams_would_not_take_is_told_why(string broken, string told)
    {
        Pack(broken == "other bot" ? "33333333-3333-3333-3333-333333333333" : Id, broken);
        await using var cloud = await Cloud.StartAsync();
        var (exit, lines) = await ExamineAsync(
            services => services.AddSingleton(new BotToken(new Credential(), "scope", TimeProvider.System)), [$"Bot:AppId={Id}", $"Bot:TenantId={Id}", $"Bot:OpenIdMetadata={cloud.Metadata}"]);
        Assert.Equal(1, exit);
        Assert.Matches("^wrong +manifest ", lines["manifest"]);
        Assert.Contains(told, lines["manifest"]);
    }

    [Theory]
    [InlineData(0, "Storage:Path=data/office.db")]
    [InlineData(1, "Bot:MaxBodyBytes=1")]
    public async Task The_command_ends_with_its_verdict_and_says_nothing_else(int verdict, string setting)
    {
        var (exit, output, errors) = await Command.RunAsync(_root, "dotnet", [typeof(Examination).Assembly.Location, "doctor", $"--{setting}"]);
        Assert.Equal((verdict, ""), (exit, errors));
        Assert.Equal(7, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    // As the README has it: made by the one command, and looked at by dotnet run, which begins in the folder of the project.
    [Fact]
    public async Task The_package_is_made_and_looked_at_as_the_readme_says()
    {
        await Command.DoAsync(_root, "dotnet", "run", Path.Combine(NpmFolder.Root, "manifest", "Package.cs"), "--", "--bot-id", Id, "--host", "bot.contoso.example", "--developer", "Contoso", "--website", "https://contoso.example");
        Assert.True(File.Exists(Package));

        var built = typeof(Examination).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        async Task<string> AskAsync(params string[] package)
        {
            // What is built is started, in the folder that the project names for it. Nobody outside is asked.
            string[] settings = [$"--Storage:Path={Path.Combine(_root, "office.db")}", $"--Bot:AppId={Id}", $"--Bot:TenantId={Id}", "--Bot:OpenIdMetadata=http://127.0.0.1:9/keys", "--Bot:Credential=ClientSecret", "--Bot:ClientSecret=none", "--Bot:Authority=http://127.0.0.1:9"];
            var (_, output, errors) = await Command.RunAsync(_root, "dotnet", ["run", "--project", Path.Combine(NpmFolder.Root, "src", "CoordinationBot"), "-c", built, "--no-build", "--", "doctor", .. package, .. settings]);
            Assert.Equal("", errors);
            return output.Split('\n').Single(line => line.Contains(" manifest ", StringComparison.Ordinal));
        }
        Assert.Matches("^ok .* coordinationbot.zip 1.0.0 is complete and of this bot.", await AskAsync(Package));
        Assert.Matches($"^wrong .* There is no {NpmFolder.Root}/src/CoordinationBot/coordinationbot.zip. Give its whole path.", await AskAsync("coordinationbot.zip"));
        Assert.Matches("^not set up .* No app package was named. To have it looked at, name the file: doctor PACKAGE", await AskAsync());
    }

    /// <summary>What the doctor looks at, made as the host makes it.</summary>
    private async Task<(int Exit, Dictionary<string, string> Lines)> ExamineAsync(Action<IServiceCollection>? more = null, params string[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = _root });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])));
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.Services.AddBot(builder.Configuration);
        more?.Invoke(builder.Services);
        builder.Services.AddConnector();
        builder.Services.AddStorage(builder.Configuration);
        builder.Services.AddDialogs(builder.Configuration);
        await using var app = builder.Build();
        using var output = new StringWriter();
        var exit = await Examination.ExamineAsync(app.Services, File.Exists(Package) ? Package : null, output, Cancel);
        return (exit, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line[12..24].TrimEnd()));
    }

    private void Pack(string bot, string broken = "")
    {
        if (broken == "not a zip")
        {
            File.WriteAllText(Package, broken);
            return;
        }
        using var zip = ZipFile.Open(Package, ZipArchiveMode.Create);
        var developer = broken == "placeholders" ? "{{developer}}" : "Contoso";
        var manifest = $$"""{"id":"{{bot}}","version":"1.0.0","icons":{"color":"color.png","outline":"outline.png"},"bots":[{"botId":"{{bot}}"}],"developer":"{{developer}}"}""";
        foreach (var (name, content) in (ReadOnlySpan<(string, byte[])>)
            [
                (broken == "no manifest" ? "folder/manifest.json" : "manifest.json", System.Text.Encoding.UTF8.GetBytes(manifest)),
                ("color.png", Png(broken == "small icon" ? 96 : 192)),
                ("outline.png", Png(32)),
            ])
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }
    }

    private static byte[] Png(int size) => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 0, 0, (byte)size, 0, 0, 0, (byte)size];
}
