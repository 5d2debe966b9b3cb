using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Packaging;

/// <summary>What the bot needs in Azure, held against Bicep's own compiler and rules; nothing is deployed.</summary>
public sealed class BicepTests
{
    private const string Identity = "Microsoft.ManagedIdentity/userAssignedIdentities/secretary-identity";

    // Azure's built-in roles, by the names that its documentation has for these ids.
    private static readonly Dictionary<string, string> Roles = new()
    {
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["7f951dda-4ed3-4680-a7ca-43fe172d538d"] = "AcrPull",
    };

    [Fact]
    public async Task It_compiles_without_a_warning_and_keeps_no_key()
    {
        var made = await Bicep.MakeAsync(Bicep.Least);

        Assert.NotEqual(default, await Bicep.BuildAsync());
        Assert.False(made.The("Microsoft.Storage/storageAccounts").GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(made.The("Microsoft.Storage/storageAccounts").GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(made.The("Microsoft.BotService/botServices").GetProperty("disableLocalAuth").GetBoolean());
        Assert.Equal(2, made.Template.GetProperty("scale").GetProperty("minReplicas").GetInt32());
    }

    [Theory]
    [InlineData("main.bicep")]
    [InlineData("example.bicepparam")]
    public async Task It_keeps_to_the_rules_of_the_linter_and_to_the_format(string name)
    {
        var file = Path.Combine(NpmFolder.Root, "deploy", name);
        Assert.Equal((0, "", ""), await Bicep.RunAsync("lint", file));
        var (exit, formatted, said) = await Bicep.RunAsync("format", file, "--stdout");
        Assert.Equal((0, ""), (exit, said));
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), formatted);
    }

    [Fact]
    public async Task The_example_can_be_deployed_and_names_all_that_an_office_decides()
    {
        var example = await File.ReadAllTextAsync(Bicep.Example, TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), await Bicep.CheckAsync(example));
        var named = Regex.Matches(example, @"^param (\w+)", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
        var known = (await Bicep.BuildAsync()).GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name);
        string[] seldom = ["location", "tenantId", "minReplicas", "maxReplicas", "storageSku", "botSku"];
        Assert.Equal(known.Except(seldom).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("param name = 'secretary'", "param name = 'coordination'", "BCP332")]
    [InlineData("param kind = 'ManagedIdentity'", "param kind = 'MultiTenant'", "BCP033")]
    [InlineData("param zone = 'UTC'", "param minReplicas = 1", "BCP328")]
    [InlineData("param secretSettings = {}", "param secretSettings = { Mail__Password: readEnvironmentVariable('NOT_GIVEN_BY_ANYBODY') }", "BCP427")]
    public async Task What_cannot_be_deployed_is_refused_before(string given, string instead, string rule)
    {
        var example = await File.ReadAllTextAsync(Bicep.Example, TestContext.Current.CancellationToken);
        Assert.Contains(given, example, StringComparison.Ordinal);
        var (exit, said) = await Bicep.CheckAsync(example.Replace(given, instead, StringComparison.Ordinal));
        Assert.NotEqual(0, exit);
        Assert.Contains($"Error {rule}:", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_tag_in_the_file_changes_nothing_but_the_image()
    {
        var example = await File.ReadAllTextAsync(Bicep.Example, TestContext.Current.CancellationToken);
        var (before, after) = (await Bicep.MakeAsync(example), await Bicep.MakeAsync(example.Replace(":1.0.0'", ":1.0.1'", StringComparison.Ordinal)));

        Assert.EndsWith(":1.0.1", after.Template.GetProperty("containers")[0].GetProperty("image").GetString(), StringComparison.Ordinal);
        Assert.Equal(before.Resources.Select(resource => resource.GetRawText().Replace(":1.0.0\"", ":1.0.1\"", StringComparison.Ordinal)), after.Resources.Select(resource => resource.GetRawText()));
        Assert.NotNull(after.Setting("Office__Administrators__0"));
    }

    [Fact]
    public async Task The_identity_may_use_the_storage_and_nothing_else()
    {
        var made = await Bicep.MakeAsync(Bicep.Least);

        Assert.Equal(
            [("storageAccounts", "Storage Queue Data Contributor"), ("storageAccounts", "Storage Table Data Contributor")],
            Given(made));
        Assert.Equal(0, made.Configuration.GetProperty("registries").GetArrayLength());
    }

    [Fact]
    public async Task The_image_of_a_private_registry_is_read_by_the_identity_which_may_before_the_host_is_made()
    {
        var made = await Bicep.MakeAsync(Bicep.Least + "param registry = 'officeregistry'");

        Assert.Equal(
            [("registries", "AcrPull"), ("storageAccounts", "Storage Queue Data Contributor"), ("storageAccounts", "Storage Table Data Contributor")],
            Given(made));
        var registry = Assert.Single(made.Configuration.GetProperty("registries").EnumerateArray());
        Assert.Matches(@"registries/officeregistry'.*\.loginServer", registry.GetProperty("server").GetString());
        Assert.EndsWith(Identity, registry.GetProperty("identity").GetString(), StringComparison.Ordinal);
        var host = (await Bicep.BuildAsync()).GetProperty("resources").GetProperty("host");
        Assert.Superset(new HashSet<string?> { "mayReadImages", "mayUseTables", "mayUseQueues" }, host.GetProperty("dependsOn").EnumerateArray().Select(one => one.GetString()).ToHashSet());
    }

    [Theory]
    [InlineData("", "UserAssignedMSI", "ManagedIdentity")]
    [InlineData("param kind = 'SingleTenant'\nparam applicationId = '11111111-2222-3333-4444-555555555555'", "SingleTenant", "FederatedManagedIdentity")]
    [InlineData("param kind = 'SingleTenant'\nparam applicationId = '11111111-2222-3333-4444-555555555555'\nparam secretSettings = { Bot__ClientSecret: 'told' }", "SingleTenant", "ClientSecret")]
    public async Task The_registration_and_the_host_are_of_one_bot(string more, string type, string credential)
    {
        var made = await Bicep.MakeAsync(Bicep.Least + more);
        var bot = made.The("Microsoft.BotService/botServices");

        Assert.Equal((type, credential), (bot.GetProperty("msaAppType").GetString(), made.Setting("Bot__Credential")));
        Assert.Equal(bot.GetProperty("msaAppId").GetString(), made.Setting("Bot__AppId"));
        Assert.Equal(bot.GetProperty("msaAppTenantId").GetString(), made.Setting("Bot__TenantId"));
        Assert.Matches($@"{Identity}'.*\.clientId", made.Setting("Bot__ManagedIdentityClientId"));
        Assert.Matches(type == "SingleTenant" ? "^11111111-2222-3333-4444-555555555555$" : $@"{Identity}'.*\.clientId", bot.GetProperty("msaAppId").GetString());
        Assert.Equal(type == "SingleTenant", bot.GetProperty("msaAppMSIResourceId").ValueKind == JsonValueKind.Null);
    }

    // Kubernetes: a probe has failed at its last look, one period after the look before it; the first comes after the initial delay. Container Apps: failureThreshold 1 to 10,
    // periodSeconds 1 to 240, initialDelaySeconds 1 to 60.
    [Fact]
    public async Task A_host_that_waits_for_its_rights_is_not_killed()
    {
        var made = await Bicep.MakeAsync(Bicep.Least);
        var start = made.Probe("Startup");

        var until = start.GetProperty("initialDelaySeconds").GetInt32() + (Number(start, "periodSeconds") * (Number(start, "failureThreshold") - 1));
        Assert.True(TimeSpan.FromSeconds(until) > AzurePreparation.Patience + TimeSpan.FromSeconds(30), $"It is killed after {until} seconds.");
        Assert.All(["Startup", "Liveness", "Readiness"], type =>
        {
            Assert.InRange(Number(made.Probe(type), "failureThreshold"), 1, 10);
            Assert.InRange(Number(made.Probe(type), "periodSeconds"), 1, 240);
            Assert.Equal(type == "Readiness" ? "/health/ready" : "/health/live", made.Probe(type).GetProperty("httpGet").GetProperty("path").GetString());
        });
    }

    [Fact]
    public async Task A_host_that_ends_serves_on_until_that_was_noticed_and_is_not_killed_before_it_has_ended()
    {
        var made = await Bicep.MakeAsync(Bicep.Least);
        var (ready, drain) = (made.Probe("Readiness"), int.Parse(made.Setting("Health__Drain")!, CultureInfo.InvariantCulture));

        Assert.InRange(drain, (Number(ready, "periodSeconds") * Number(ready, "failureThreshold")) + 1, HealthOptions.LongestDrain);
        Assert.True(made.Template.GetProperty("terminationGracePeriodSeconds").GetInt32() >= drain + 20);
    }

    [Fact]
    public async Task What_nobody_may_read_is_among_the_secrets_alone()
    {
        string[] secret = ["Mail__Password", "Mail__ImapPassword", "Bot__ClientSecret", "OTEL_EXPORTER_OTLP_HEADERS"];
        var made = await Bicep.MakeAsync(Bicep.Least + $"param secretSettings = {{ {string.Join(", ", secret.Select(name => $"{name}: 'value of {name}'"))} }}");

        var secrets = made.Configuration.GetProperty("secrets").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("value").GetString());
        Assert.All(secrets.Keys, name => Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", name));
        Assert.All(secret, name =>
        {
            var setting = made.Environment.Single(one => one.GetProperty("name").GetString() == name);
            Assert.False(setting.TryGetProperty("value", out _));
            Assert.Equal($"value of {name}", secrets[setting.GetProperty("secretRef").GetString()!]);
        });
        Assert.DoesNotContain("value of", made.Template.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("secureObject", (await Bicep.BuildAsync()).GetProperty("parameters").GetProperty("secretSettings").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Every_setting_it_gives_to_the_host_is_one_that_the_host_knows()
    {
        var made = await Bicep.MakeAsync(Bicep.Least + """
            param administrators = ['11111111-2222-3333-4444-555555555555']
            param otlpEndpoint = 'http://collector:4317'
            """);
        var given = made.Environment.Select(one => one.GetProperty("name").GetString()!).ToList();

        Assert.Contains("Office__Administrators__0", given);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", given);
        Assert.Equal(given.Distinct(), given);
        Assert.Subset(SettingsTable.Names.ToHashSet(), given.Select(name => Regex.Replace(name, @"__\d+$", "").Replace("__", ":", StringComparison.Ordinal)).ToHashSet());
    }

    private static int Number(JsonElement probe, string name) => probe.GetProperty(name).GetInt32();

    private static IEnumerable<(string On, string Role)> Given(Deployment made) => made.All("Microsoft.Authorization/roleAssignments")
        .Select(given =>
        {
            Assert.Contains(Identity, given.GetProperty("properties").GetProperty("principalId").GetString(), StringComparison.Ordinal);
            return (given.GetProperty("id").GetString()!.Split('/')[^6], Roles[given.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!.Split('/')[^1]]);
        })
        .Order();
}
