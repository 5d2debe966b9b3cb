using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using CoordinationBot.Protocol.Hosting;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Packaging;

/// <summary>What <c>deploy/README.md</c> says is there, is there.</summary>
public sealed partial class DeployReadmeTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(NpmFolder.Root, "deploy", "README.md"));

    private static IEnumerable<string> Commands => Lines.Where(line => CommandLine().IsMatch(line)).Select(line => line.Trim());

    [Fact]
    public void Its_settings_are_those_of_the_code()
    {
        var known = new[] { typeof(BotOptions), typeof(StorageOptions) }
            .SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is { IsLiteral: true })
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.DeclaringType == type && (property.CanWrite || property.PropertyType == typeof(IList<string>)))
                .Select(property => $"{type.GetField("Section")!.GetRawConstantValue()}:{property.Name}"))
            .Order(StringComparer.Ordinal)
            .ToList();

        Assert.Contains("Bot:AppId", known);
        Assert.Equal(known, SettingsTable.Names.Where(name => name.Contains(':', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_commands_name_files_that_are_there()
    {
        var written = Commands.Where(command => command.StartsWith("cp ", StringComparison.Ordinal)).Select(command => command.Split(' ')[2]).ToList();
        var named = Commands.SelectMany(command => command.Split(' ')).Select(word => word.Trim('\'')).Where(word => word.StartsWith("deploy/", StringComparison.Ordinal) || word.StartsWith("src/", StringComparison.Ordinal)).ToList();

        Assert.Contains("deploy/example.bicepparam", named);
        Assert.All(named.Except(written), file => Assert.True(Path.Exists(Path.Combine(NpmFolder.Root, file)), file));
    }

    [Fact]
    public void Every_deployment_is_made_by_the_file_that_the_reader_wrote()
    {
        var file = Commands.Single(command => command.StartsWith("cp deploy/example.bicepparam ", StringComparison.Ordinal)).Split(' ')[2];
        var deployments = Commands.Where(command => command.StartsWith("az deployment ", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, deployments.Count);
        // Nothing is told beside the file: the next deployment would not know it.
        Assert.All(deployments, command => Assert.Matches($"--parameters {Regex.Escape(file)}( --query |$)", command));
    }

    [Fact]
    public void Its_steps_are_in_an_order_in_which_they_can_be_done()
    {
        string[] order = ["az group create", "az acr create", "az acr login", "dotnet publish", "cp deploy/example.bicepparam", "az ad app create", "az ad sp create", "az deployment group create", "az ad app federated-credential create"];
        Assert.Equal(order, Commands.Take(order.Length).Select(command => order.FirstOrDefault(begin => command.StartsWith(begin, StringComparison.Ordinal)) ?? command));
    }

    [Fact]
    public void The_application_trusts_the_identity_as_Entra_wants_it()
    {
        var command = Commands.Single(command => command.StartsWith("az ad app federated-credential create", StringComparison.Ordinal));
        Assert.Contains("\"issuer\": \"https://login.microsoftonline.com/TENANT_ID/v2.0\"", command, StringComparison.Ordinal);
        Assert.Contains("\"subject\": \"IDENTITY_PRINCIPAL_ID\"", command, StringComparison.Ordinal);
        Assert.Contains("\"audiences\": [\"api://AzureADTokenExchange\"]", command, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_container_the_program_is_started_as_the_image_starts_it()
    {
        var inContainer = Commands.Where(command => command.StartsWith("docker exec ", StringComparison.Ordinal) || command.StartsWith("az containerapp exec ", StringComparison.Ordinal)).ToList();
        Assert.True(inContainer.Count >= 3);
        Assert.All(inContainer, command => Assert.Contains("dotnet /app/CoordinationBot.dll ", command, StringComparison.Ordinal));
        Assert.DoesNotContain(Lines, line => line.Contains("`CoordinationBot ", StringComparison.Ordinal));
    }

    [Fact]
    public void How_long_a_message_to_everybody_takes_is_what_the_benchmark_works_out()
    {
        var text = string.Join(' ', Lines);
        var said = Regex.Match(text, @"`Notices:PerSecond` is (\d+) by default, .*?: 100,000 people have their morning's message after (\d+) minutes");
        var modelled = Regex.Match(File.ReadAllText(Path.Combine(NpmFolder.Root, "tests", "CoordinationBot.Benchmarks", "Measures", "ScaleMeasure.cs")), @"NoticesPerSecond = (\d+);");

        Assert.Equal(modelled.Groups[1].Value, said.Groups[1].Value);
        Assert.Equal(Math.Ceiling(100_000 / double.Parse(modelled.Groups[1].Value, CultureInfo.InvariantCulture) / 60), double.Parse(said.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^ {4,}(?:az|cp|dotnet|docker) ")]
    private static partial Regex CommandLine();
}
