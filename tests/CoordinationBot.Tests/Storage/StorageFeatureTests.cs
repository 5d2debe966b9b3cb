using CoordinationBot.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CoordinationBot.Tests.Storage;

public sealed class StorageFeatureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_settings_everything_lies_in_one_file_under_the_content_root()
    {
        var root = Directory.CreateTempSubdirectory("coordination-");
        using (var host = Host(root.FullName))
        {
            await host.StartAsync(Cancel);
            Assert.True((await host.Services.GetRequiredService<ITables>().CommitAsync("p", [new Change.Insert("k", "1"u8.ToArray())], Cancel)).Committed);
            await host.Services.GetRequiredService<WorkScheduler>().PrepareAsync(new WakeUp("k", "p"), Cancel);
            await host.StopAsync(Cancel);
        }
        Assert.True(File.Exists(Path.Combine(root.FullName, "data", "coordination.db")));
        root.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Storage:Path", "Storage:Path=")]
    [InlineData("Storage:AccountUri", "Storage:Provider=Azure")]
    [InlineData("Storage:AccountUri", "Storage:Provider=Azure", "Storage:AccountUri=https://a.table.core.windows.net", "Storage:ConnectionString=UseDevelopmentStorage=true")]
    [InlineData("Storage:AccountUri", "Storage:Provider=Azure", "Storage:AccountUri=http://a.table.core.windows.net")]
    [InlineData("Storage:AccountUri", "Storage:Provider=Azure", "Storage:AccountUri=https://example.com")]
    [InlineData("Storage:Table", "Storage:Provider=Azure", "Storage:AccountUri=https://a.table.core.windows.net", "Storage:Table=1-x")]
    [InlineData("Storage:Queue", "Storage:Provider=Azure", "Storage:AccountUri=https://a.table.core.windows.net", "Storage:Queue=Upper")]
    [InlineData("Storage:Provider", "Storage:Provider=Oracle")]
    public async Task A_setting_that_is_missing_or_wrong_is_named_at_start(string named, params string[] settings)
    {
        using var host = Host(Path.GetTempPath(), settings);

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(Cancel));

        Assert.True(thrown is OptionsValidationException or InvalidOperationException, thrown.ToString());
        Assert.Contains(named, thrown.Message);
    }

    [Theory]
    [InlineData("https://acct.table.core.windows.net", "https://acct.queue.core.windows.net/")]
    [InlineData("https://acct.blob.core.usgovcloudapi.net/", "https://acct.queue.core.usgovcloudapi.net/")]
    [InlineData("https://acct.z01.queue.storage.azure.net", "https://acct.z01.queue.storage.azure.net/")]
    [InlineData("https://table.example.com", null)]
    public void One_address_names_each_service_of_the_account(string account, string? queue) =>
        Assert.Equal(queue, AzureAccount.Service(new Uri(account), "queue")?.ToString());

    internal static IHost Host(string root, params string[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = root, DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1])));
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Services.AddStorage(builder.Configuration);
        return builder.Build();
    }
}

[Collection(AzuriteFixture.Name)]
public sealed class StorageFeatureOnAzureTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Table_and_queue_are_created_at_start_and_work()
    {
        var cancel = TestContext.Current.CancellationToken;
        for (var start = 0; start < 2; start++)
        {
            using var host = StorageFeatureTests.Host(
                Path.GetTempPath(), "Storage:Provider=Azure", $"Storage:ConnectionString={azurite.Options.ConnectionString}", "Storage:Table=created", "Storage:Queue=created");
            var woken = new TaskCompletionSource();
            host.Services.GetRequiredService<WorkHandlers>().Add("k", (_, _) => { woken.TrySetResult(); return ValueTask.CompletedTask; });
            await host.StartAsync(cancel);
            await host.Services.GetRequiredService<ITables>().CheckAsync(cancel);
            Assert.True((await host.Services.GetRequiredService<ITables>().CommitAsync("p", [new Change.Insert($"k{start}", "1"u8.ToArray())], cancel)).Committed);
            await host.Services.GetRequiredService<IWorkQueue>().EnqueueAsync(new WakeUp("k", "p"), TimeProvider.System.GetUtcNow(), cancel);
            await woken.Task.WaitAsync(TimeSpan.FromSeconds(10), cancel);
            await host.StopAsync(cancel);
        }
    }
}
