using System.Net;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Storage;

/// <summary>Answers that are lost on the way back, and what a second try then finds.</summary>
[Collection(AzuriteFixture.Name)]
public sealed class AzureTablesFaultTests(AzuriteFixture azurite) : IDisposable
{
    private static int _partitions;

    private readonly string _partition = $"fault-{Interlocked.Increment(ref _partitions)}";
    private readonly LossyNetwork _network = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _network.Dispose();

    [Fact]
    public async Task An_insert_whose_answer_was_lost_is_found_to_have_landed()
    {
        var tables = Tables();
        _network.LoseAnswers(1);

        var result = await tables.CommitAsync(_partition, [new Change.Insert("a", "1"u8.ToArray())], Cancel);

        Assert.True(result.Committed);
        Assert.Equal((await tables.GetAsync(_partition, "a", Cancel))!.Version, result.Versions.Single());
    }

    [Fact]
    public async Task A_replace_whose_answer_was_lost_is_found_to_have_landed()
    {
        var tables = Tables();
        var version = (await tables.CommitAsync(_partition, [new Change.Insert("a", "1"u8.ToArray())], Cancel)).Versions[0]!;
        _network.LoseAnswers(2);

        var result = await tables.CommitAsync(_partition, [new Change.Replace("a", "2"u8.ToArray(), version)], Cancel);

        Assert.True(result.Committed);
        Assert.True((await tables.CommitAsync(_partition, [new Change.Replace("a", "3"u8.ToArray(), result.Versions[0]!)], Cancel)).Committed);
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_found_to_have_landed()
    {
        var tables = Tables();
        var versions = (await tables.CommitAsync(_partition, [new Change.Insert("a", "1"u8.ToArray()), new Change.Insert("b", "1"u8.ToArray())], Cancel)).Versions;
        _network.LoseAnswers(1);

        var result = await tables.CommitAsync(
            _partition, [new Change.Replace("a", "2"u8.ToArray(), versions[0]!), new Change.Delete("b", versions[1]), new Change.Insert("c", "1"u8.ToArray())], Cancel);

        Assert.True(result.Committed);
        Assert.Null(result.Versions[1]);
        Assert.Equal(
            [("a", result.Versions[0]), ("c", result.Versions[2])], (await tables.QueryAsync(_partition, "", 10, null, Cancel)).Select(row => (row.Key, (string?)row.Version)));
    }

    [Fact]
    public async Task A_delete_whose_answer_was_lost_counts_as_ours()
    {
        var tables = Tables();
        var version = (await tables.CommitAsync(_partition, [new Change.Insert("a", "1"u8.ToArray())], Cancel)).Versions[0]!;
        _network.LoseAnswers(1);

        Assert.True((await tables.CommitAsync(_partition, [new Change.Delete("a", version)], Cancel)).Committed);
    }

    [Fact]
    public async Task Equal_data_of_somebody_else_is_a_conflict_also_after_a_retry()
    {
        var tables = Tables();
        await tables.CommitAsync(_partition, [new Change.Insert("a", "1"u8.ToArray())], Cancel);
        _network.LoseRequests(1);

        Assert.Equal("a", (await tables.CommitAsync(_partition, [new Change.Insert("a", "1"u8.ToArray())], Cancel)).ConflictKey);
    }

    [Fact]
    public async Task A_batch_partly_overtaken_has_landed_and_gives_no_version_of_somebody_elses()
    {
        var tables = Tables();
        var other = new AzureTables(azurite.Table, TimeProvider.System);
        _network.LoseAnswers(1, async () => await other.CommitAsync(_partition, [new Change.Upsert("a", "\"theirs\""u8.ToArray())], Cancel));

        var result = await tables.CommitAsync(_partition, [new Change.Insert("a", "1"u8.ToArray()), new Change.Insert("b", "1"u8.ToArray())], Cancel);

        Assert.True(result.Committed);
        Assert.Equal("a", (await tables.CommitAsync(_partition, [new Change.Replace("a", "2"u8.ToArray(), result.Versions[0]!)], Cancel)).ConflictKey);
        Assert.True((await tables.CommitAsync(_partition, [new Change.Replace("b", "2"u8.ToArray(), result.Versions[1]!)], Cancel)).Committed);
    }

    [Fact]
    public async Task An_outage_is_a_storage_exception_after_three_tries()
    {
        var tables = Tables();
        _network.LoseRequests(3);
        await Assert.ThrowsAsync<StorageException>(async () => await tables.CommitAsync(_partition, [new Change.Insert("a", "1"u8.ToArray())], Cancel));
        Assert.Equal(3, _network.Tries);

        _network.LoseRequests(2);
        Assert.True((await tables.CommitAsync(_partition, [new Change.Insert("a", "1"u8.ToArray())], Cancel)).Committed);
        _network.LoseRequests(2);
        Assert.NotNull(await tables.GetAsync(_partition, "a", Cancel));
        _network.LoseRequests(2);
        Assert.Single(await tables.QueryAsync(_partition, "", 10, null, Cancel));
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again()
    {
        var tables = Tables();
        _network.Answer(HttpStatusCode.ServiceUnavailable, 2);
        Assert.True((await tables.CommitAsync(_partition, [new Change.Insert("a", "1"u8.ToArray())], Cancel)).Committed);
        _network.Answer(HttpStatusCode.Forbidden, 1);
        Assert.Contains("403", (await Assert.ThrowsAsync<StorageException>(async () => await tables.GetAsync(_partition, "a", Cancel))).Message);
    }

    [Fact]
    public async Task An_entity_that_somebody_else_wrote_throws()
    {
        await azurite.Table.UpsertEntityAsync(new TableEntity(_partition, "a") { ["Other"] = 1 }, cancellationToken: Cancel);
        var thrown = await Assert.ThrowsAsync<RowUnreadableException>(async () => await Tables().GetAsync(_partition, "a", Cancel));
        Assert.Equal((_partition, "a"), (thrown.Partition, thrown.Key));
        await Assert.ThrowsAsync<RowUnreadableException>(async () => await Tables().QueryAsync(_partition, "", 10, null, Cancel));
    }

    private AzureTables Tables()
    {
        var options = AzureCalls.Configure(new TableClientOptions(), retries: 0);
        options.Transport = new HttpClientTransport(new HttpClient(_network));
        return new AzureTables(new TableClient(azurite.Options.ConnectionString, azurite.Options.Table, options), TimeProvider.System);
    }

    private sealed class LossyNetwork() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _requests;
        private int _answers;
        private int _canned;
        private HttpStatusCode _status;
        private Func<Task>? _after;

        public int Tries { get; private set; }

        public void LoseRequests(int count) => (_requests, Tries) = (count, 0);

        public void LoseAnswers(int count, Func<Task>? after = null) => (_answers, _after) = (count, after);

        public void Answer(HttpStatusCode status, int count) => (_status, _canned) = (status, count);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Tries++;
            if (_requests-- > 0) throw new HttpRequestException("lost on the way there");
            if (_canned-- > 0) return new HttpResponseMessage(_status) { RequestMessage = request, Content = new StringContent("") };
            var response = await base.SendAsync(request, cancellationToken);
            if (_answers-- <= 0) return response;
            response.Dispose();
            if (_after is { } after)
            {
                _after = null;
                await after();
            }
            throw new HttpRequestException("lost on the way back");
        }
    }
}
