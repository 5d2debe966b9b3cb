using System.Text;
using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Storage;

/// <summary>What <see cref="ITables"/> promises, on each implementation.</summary>
public abstract class TablesContract
{
    private static int _partitions;

    // Each test has a partition of its own: the store is shared.
    private readonly string _partition = $"tenant|delegation|{Environment.ProcessId}-{Interlocked.Increment(ref _partitions)}";

    private protected abstract ITables Tables { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_that_is_not_there_is_null() => Assert.Null(await Tables.GetAsync(_partition, "state", Cancel));

    [Fact]
    public async Task An_inserted_row_is_read_back_with_the_version_the_commit_gave()
    {
        var result = await CommitAsync(new Change.Insert("state", Json("one")));

        var row = await Tables.GetAsync(_partition, "state", Cancel);

        Assert.NotNull(row);
        Assert.True(result.Committed);
        Assert.Equal((_partition, "state", result.Versions.Single(), "\"one\""), (row.Partition, row.Key, row.Version, Text(row)));
    }

    [Fact]
    public async Task Data_comes_back_byte_for_byte()
    {
        var data = Json("quote \" backslash \\ emoji 👩‍💻 CJK 会議 line\u2028end é <a href='x'>&amp;</a> \u00A0");
        await CommitAsync(new Change.Insert("state", data));

        Assert.Equal(data.ToArray(), (await Tables.GetAsync(_partition, "state", Cancel))!.Data.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32_767)]
    [InlineData(32_768)]
    [InlineData(32_769)]
    [InlineData(100_000)]
    public async Task Data_of_any_length_comes_back(int length)
    {
        // Pairs of surrogates that lie across every boundary at which data may be split.
        var data = Encoding.UTF8.GetBytes(length == 0 ? "" : "a" + string.Concat(Enumerable.Repeat("😀", length / 2)));
        await CommitAsync(new Change.Upsert("state", data));

        Assert.Equal(data, (await Tables.GetAsync(_partition, "state", Cancel))!.Data.ToArray());
    }

    [Fact]
    public async Task A_shorter_row_leaves_nothing_of_the_longer_one()
    {
        await CommitAsync(new Change.Upsert("state", Json(new string('x', 100_000))));
        await CommitAsync(new Change.Upsert("state", Json("short")));

        Assert.Equal("\"short\"", Text((await Tables.GetAsync(_partition, "state", Cancel))!));
    }

    [Fact]
    public async Task Inserting_a_key_that_exists_conflicts_and_writes_nothing()
    {
        await CommitAsync(new Change.Insert("state", Json("one")));

        var result = await CommitAsync(new Change.Insert("state", Json("two")));

        AssertConflict("state", result);
        Assert.Equal("\"one\"", Text((await Tables.GetAsync(_partition, "state", Cancel))!));
    }

    [Fact]
    public async Task Replacing_at_the_version_read_commits_and_changes_the_version()
    {
        var first = (await CommitAsync(new Change.Insert("state", Json("one")))).Versions.Single()!;

        var result = await CommitAsync(new Change.Replace("state", Json("two"), first));

        var row = (await Tables.GetAsync(_partition, "state", Cancel))!;
        Assert.Equal("\"two\"", Text(row));
        Assert.Equal(result.Versions.Single(), row.Version);
        Assert.NotEqual(first, row.Version);
    }

    [Fact]
    public async Task Writing_the_same_data_again_changes_the_version()
    {
        var first = (await CommitAsync(new Change.Insert("state", Json("one")))).Versions.Single()!;

        var second = (await CommitAsync(new Change.Upsert("state", Json("one")))).Versions.Single()!;

        Assert.NotEqual(first, second);
        AssertConflict("state", await CommitAsync(new Change.Replace("state", Json("two"), first)));
    }

    [Fact]
    public async Task Replacing_at_an_older_version_conflicts()
    {
        var first = (await CommitAsync(new Change.Insert("state", Json("one")))).Versions.Single()!;
        await CommitAsync(new Change.Replace("state", Json("two"), first));

        AssertConflict("state", await CommitAsync(new Change.Replace("state", Json("three"), first)));
        Assert.Equal("\"two\"", Text((await Tables.GetAsync(_partition, "state", Cancel))!));
    }

    [Fact]
    public async Task Replacing_a_row_that_is_gone_conflicts()
    {
        var first = (await CommitAsync(new Change.Insert("state", Json("one")))).Versions.Single()!;
        await CommitAsync(new Change.Delete("state", null));

        AssertConflict("state", await CommitAsync(new Change.Replace("state", Json("two"), first)));
        Assert.Null(await Tables.GetAsync(_partition, "state", Cancel));
    }

    [Fact]
    public async Task A_version_does_not_come_back_when_a_row_is_deleted_and_inserted_again()
    {
        var first = (await CommitAsync(new Change.Insert("state", Json("one")))).Versions.Single()!;
        await CommitAsync(new Change.Delete("state", first));
        await CommitAsync(new Change.Insert("state", Json("one")));

        AssertConflict("state", await CommitAsync(new Change.Replace("state", Json("two"), first)));
        AssertConflict("state", await CommitAsync(new Change.Delete("state", first)));
    }

    [Fact]
    public async Task A_version_that_was_never_given_conflicts()
    {
        await CommitAsync(new Change.Insert("state", Json("one")));

        AssertConflict("state", await CommitAsync(new Change.Replace("state", Json("two"), "W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"")));
    }

    [Fact]
    public async Task Upserting_writes_whatever_is_there()
    {
        Assert.True((await CommitAsync(new Change.Upsert("state", Json("one")))).Committed);
        var result = await CommitAsync(new Change.Upsert("state", Json("two")));

        var row = (await Tables.GetAsync(_partition, "state", Cancel))!;
        Assert.Equal(("\"two\"", result.Versions.Single()), (Text(row), row.Version));
    }

    [Fact]
    public async Task Deleting_at_the_version_read_removes_the_row()
    {
        var first = (await CommitAsync(new Change.Insert("state", Json("one")))).Versions.Single()!;

        var result = await CommitAsync(new Change.Delete("state", first));

        Assert.True(result.Committed);
        Assert.Equal([null], result.Versions);
        Assert.Null(await Tables.GetAsync(_partition, "state", Cancel));
    }

    [Fact]
    public async Task Deleting_at_an_older_version_conflicts()
    {
        var first = (await CommitAsync(new Change.Insert("state", Json("one")))).Versions.Single()!;
        await CommitAsync(new Change.Upsert("state", Json("two")));

        AssertConflict("state", await CommitAsync(new Change.Delete("state", first)));
        Assert.NotNull(await Tables.GetAsync(_partition, "state", Cancel));
    }

    [Fact]
    public async Task Deleting_a_missing_row_at_a_version_conflicts()
    {
        var first = (await CommitAsync(new Change.Insert("state", Json("one")))).Versions.Single()!;
        await CommitAsync(new Change.Delete("state", first));

        AssertConflict("state", await CommitAsync(new Change.Delete("state", first)));
        AssertConflict("state", await CommitAsync(new Change.Delete("state", first), new Change.Upsert("other", Json("x"))));
        Assert.Null(await Tables.GetAsync(_partition, "other", Cancel));
    }

    [Fact]
    public async Task Deleting_a_missing_row_without_a_version_is_no_conflict_alone_or_with_others()
    {
        Assert.True((await CommitAsync(new Change.Delete("missing", null))).Committed);

        var result = await CommitAsync(new Change.Insert("a", Json("a")), new Change.Delete("missing", null), new Change.Upsert("b", Json("b")));

        Assert.True(result.Committed);
        Assert.Equal(3, result.Versions.Count);
        Assert.Null(result.Versions[1]);
        Assert.Equal([("a", result.Versions[0]), ("b", result.Versions[2])], (await AllAsync()).Select(row => (row.Key, (string?)row.Version)));
    }

    [Fact]
    public async Task Deleting_without_a_version_removes_what_is_there_in_a_commit_with_others()
    {
        await CommitAsync(new Change.Insert("a", Json("a")));

        Assert.True((await CommitAsync(new Change.Delete("a", null), new Change.Insert("b", Json("b")))).Committed);
        Assert.Equal(["b"], (await AllAsync()).Select(row => row.Key));
    }

    [Theory]
    [InlineData("insert")]
    [InlineData("replace")]
    [InlineData("delete")]
    public async Task One_condition_that_does_not_hold_names_its_key_and_nothing_is_applied(string failing)
    {
        var versions = (await CommitAsync(new Change.Insert("kept", Json("old")), new Change.Insert("gone", Json("old")), new Change.Insert("taken", Json("old")))).Versions;
        await CommitAsync(new Change.Upsert("taken", Json("newer")));
        Change bad = failing switch
        {
            "insert" => new Change.Insert("taken", Json("mine")),
            "replace" => new Change.Replace("taken", Json("mine"), versions[2]!),
            _ => new Change.Delete("taken", versions[2]),
        };

        var result = await CommitAsync(
            new Change.Insert("new", Json("new")), new Change.Replace("kept", Json("new"), versions[0]!), new Change.Delete("gone", versions[1]), bad, new Change.Upsert("z", Json("z")));

        AssertConflict("taken", result);
        Assert.Equal([("gone", "\"old\""), ("kept", "\"old\""), ("taken", "\"newer\"")], (await AllAsync()).Select(row => (row.Key, Text(row))));
    }

    [Fact]
    public async Task All_changes_of_a_commit_are_applied_with_versions_in_their_order()
    {
        var before = (await CommitAsync(new Change.Insert("replaced", Json("old")), new Change.Insert("deleted", Json("old")))).Versions;

        var result = await CommitAsync(
            new Change.Upsert("upserted", Json("u")), new Change.Delete("deleted", before[1]), new Change.Insert("inserted", Json("i")), new Change.Replace("replaced", Json("r"), before[0]!));

        Assert.Null(result.Versions[1]);
        Assert.Equal(
            [("inserted", "\"i\"", result.Versions[2]), ("replaced", "\"r\"", result.Versions[3]), ("upserted", "\"u\"", result.Versions[0])],
            (await AllAsync()).Select(row => (row.Key, Text(row), (string?)row.Version)));
    }

    [Fact]
    public async Task Partitions_do_not_see_each_other()
    {
        await CommitAsync(new Change.Insert("state", Json("mine")));
        await Tables.CommitAsync(_partition + "0", [new Change.Insert("state", Json("other"))], Cancel);

        Assert.Equal("\"mine\"", Text((await Tables.GetAsync(_partition, "state", Cancel))!));
        Assert.Single(await AllAsync());
    }

    public static TheoryData<string> OddTexts => [
        "19:abc@thread.tacv2;messageid=1", "tenant|kind|id", "it's", "say \"hi\"", "50% & more + = ~ ^ ` { } [ ] < > ( ) , . ! $ * -_", "会議室", "한국어", "👩‍💻 done",
        "ＦＵＬＬ", "a b  c ", " leading", "trailing.", "..", "'", "''", "%27", "%2F", "é", "e\u0301", "\uFFFD", "\u2028", "🅰", "x'); drop table rows; --", "null", "0", "-1",
        "\uE000", "\uD7FF", "\uFFFD\uFFFD"];

    [Theory]
    [MemberData(nameof(OddTexts))]
    public async Task Odd_characters_are_legal_in_partition_and_key(string odd)
    {
        var partition = $"{_partition}{odd}";
        var inserted = await Tables.CommitAsync(partition, [new Change.Insert(odd, Json(odd))], Cancel);
        var many = await Tables.CommitAsync(partition, [new Change.Insert(odd + "~2", Json(odd)), new Change.Replace(odd, Json("replaced"), inserted.Versions[0]!)], Cancel);
        Assert.True(many.Committed);

        Assert.Equal("\"replaced\"", Text((await Tables.GetAsync(partition, odd, Cancel))!));
        Assert.Equal([odd, odd + "~2"], (await Tables.QueryAsync(partition, odd, 10, null, Cancel)).Select(row => row.Key));
        Assert.Equal([odd + "~2"], (await Tables.QueryAsync(partition, odd, 10, odd, Cancel)).Select(row => row.Key));
        Assert.True((await Tables.CommitAsync(partition, [new Change.Delete(odd, many.Versions[1])], Cancel)).Committed);
        Assert.Null(await Tables.GetAsync(partition, odd, Cancel));
    }

    [Fact]
    public async Task A_query_returns_exactly_the_keys_with_the_prefix_in_ordinal_order()
    {
        string[] keys = [.. OddTexts.Select(data => data.Data), .. OddTexts.Select(data => data.Data + "2"), "A", "a", "B", "b", "aa", "a-", "a~", "Z", "_", "10", "2"];
        keys = [.. keys.Distinct(StringComparer.Ordinal)];
        foreach (var part in keys.Chunk(50)) Assert.True((await CommitAsync([.. part.Select(key => new Change.Insert(key, Json(key)))])).Committed);

        Assert.Equal(keys.Order(StringComparer.Ordinal), (await AllAsync()).Select(row => row.Key));
        foreach (var prefix in keys)
        {
            var expected = keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            Assert.Equal(expected, (await Tables.QueryAsync(_partition, prefix, 1000, null, Cancel)).Select(row => row.Key));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Pages_after_the_last_key_cover_every_row_once(int take)
    {
        string[] keys = [.. OddTexts.Select(data => "p:" + data.Data)];
        Assert.True((await CommitAsync([new Change.Insert("o", Json("o")), new Change.Insert("q", Json("q")), .. keys.Select(key => new Change.Insert(key, Json(key)))])).Committed);

        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Tables.QueryAsync(_partition, "p:", take, after, Cancel);
            seen.AddRange(page.Select(row => row.Key));
            if (page.Count < take) break;
            after = page[^1].Key;
        }

        Assert.Equal(keys.Order(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task After_is_exclusive_and_need_not_exist_nor_have_the_prefix()
    {
        await CommitAsync([.. new[] { "a1", "b1", "b2", "b3", "c1" }.Select(key => new Change.Insert(key, Json(key)))]);

        Assert.Equal(["b2", "b3"], await KeysAsync("b", "b1"));
        Assert.Equal(["b2", "b3"], await KeysAsync("b", "b10"));
        Assert.Equal(["b1", "b2", "b3"], await KeysAsync("b", "a1"));
        Assert.Empty(await KeysAsync("b", "c"));
        Assert.Empty(await KeysAsync("b", "b3"));
        Assert.Equal(["c1"], await KeysAsync("", "b3"));

        async Task<IEnumerable<string>> KeysAsync(string prefix, string after) => (await Tables.QueryAsync(_partition, prefix, 10, after, Cancel)).Select(row => row.Key);
    }

    [Fact]
    public async Task A_query_takes_as_many_as_asked_for_up_to_a_thousand()
    {
        for (var part = 0; part < 11; part++) await CommitAsync([.. Enumerable.Range(part * 100, 100).Select(i => new Change.Insert($"{i:D5}", Json("x")))]);

        Assert.Equal(1000, (await Tables.QueryAsync(_partition, "", 1000, null, Cancel)).Count);
        Assert.Equal(100, (await Tables.QueryAsync(_partition, "", 1000, "00999", Cancel)).Count);
        Assert.Equal("00000", (await Tables.QueryAsync(_partition, "", 1, null, Cancel)).Single().Key);
        Assert.Empty(await Tables.QueryAsync(_partition, "x", 1, null, Cancel));
    }

    [Fact]
    public async Task Twenty_tasks_that_read_modify_and_write_all_land()
    {
        await CommitAsync(new Change.Insert("count", Encoding.UTF8.GetBytes("0")));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async task =>
        {
            for (var attempt = 0; ; attempt++)
            {
                var row = (await Tables.GetAsync(_partition, "count", Cancel))!;
                var next = int.Parse(Text(row)) + 1;
                var result = await CommitAsync(new Change.Replace("count", Encoding.UTF8.GetBytes($"{next}"), row.Version), new Change.Insert($"history:{next:D2}", Json($"{task}")));
                if (result.Committed) return;
                await Task.Delay(Random.Shared.Next(1, 20 + (attempt * 5)), Cancel);
            }
        }));

        Assert.Equal("20", Text((await Tables.GetAsync(_partition, "count", Cancel))!));
        Assert.Equal(20, (await Tables.QueryAsync(_partition, "history:", 1000, null, Cancel)).Select(Text).Distinct().Count());
    }

    [Fact]
    public async Task Of_many_who_insert_one_key_exactly_one_commits()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => CommitAsync(new Change.Insert("operation", Json($"{i}")), new Change.Insert($"mine:{i}", Json("x")))));

        Assert.Single(results, result => result.Committed);
        Assert.Single(await Tables.QueryAsync(_partition, "mine:", 100, null, Cancel));
    }

    [Fact]
    public async Task A_hundred_changes_commit_and_a_hundred_and_one_do_not()
    {
        Assert.True((await CommitAsync([.. Enumerable.Range(0, 100).Select(i => new Change.Insert($"{i}", Json("x")))])).Committed);
        await RefusesAsync([.. Enumerable.Range(1000, 101).Select(i => new Change.Insert($"{i}", Json("x")))]);
        await RefusesAsync();
    }

    [Fact]
    public async Task A_key_occurs_once_in_a_commit()
    {
        await RefusesAsync(new Change.Insert("a", Json("1")), new Change.Delete("a", null));
        Assert.True((await CommitAsync(new Change.Insert("a", Json("1")), new Change.Insert("A", Json("1")))).Committed);
    }

    [Fact]
    public async Task A_row_of_the_greatest_size_commits_and_one_character_more_does_not()
    {
        var greatest = LargestData("state");
        Assert.True((await CommitAsync(new Change.Insert("state", greatest))).Committed);
        Assert.Equal(greatest.Length, (await Tables.GetAsync(_partition, "state", Cancel))!.Data.Length);

        await RefusesAsync(new Change.Insert("more!", Filler(greatest.Length + 1)));
    }

    [Fact]
    public async Task A_commit_of_the_greatest_size_commits_and_one_byte_more_does_not()
    {
        var keys = Enumerable.Range(0, 10).Select(i => $"row{i}").ToArray();
        var each = (int)((TableLimits.MaxCommitSize / keys.Length) - TableLimits.ChangeSize(_partition, keys[0], []));
        var spare = TableLimits.MaxCommitSize - keys.Sum(key => TableLimits.ChangeSize(_partition, key, Filler(each)));
        Change[] Changes(int more) => [.. keys.Select((key, i) => new Change.Insert(key, Filler(i == 0 ? each + (int)spare + more : each)))];

        await RefusesAsync(Changes(1));
        Assert.True((await CommitAsync(Changes(0))).Committed);
    }

    [Fact]
    public async Task A_key_of_the_greatest_length_is_legal_and_one_character_more_is_not()
    {
        var key = new string('k', 512);
        Assert.True((await Tables.CommitAsync(new string('p', 512 - _partition.Length) + _partition, [new Change.Insert(key, Json("x"))], Cancel)).Committed);

        await RefusesAsync(new Change.Insert(key + "k", Json("x")));
        await RefusesPartitionAsync(key + "k");
    }

    public static TheoryData<string> ForbiddenKeys => [
        "", "a/b", "a\\b", "a#b", "a?b", "a\tb", "a\nb", "a\0b", "\u001F", "\u007F", "\u0080", "\u009F"];

    // Not theory data: the runner would hand them over as U+FFFD.
    [Fact]
    public async Task Half_a_surrogate_pair_is_refused()
    {
        foreach (var key in (string[])["half \uD83D", "\uDE00 half", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"]) await What_Azure_does_not_take_as_a_key_is_refused(key);
    }

    [Theory]
    [MemberData(nameof(ForbiddenKeys))]
    public async Task What_Azure_does_not_take_as_a_key_is_refused(string key)
    {
        await RefusesAsync(new Change.Insert(key, Json("x")));
        await RefusesAsync(new Change.Upsert(key, Json("x")));
        await RefusesAsync(new Change.Delete(key, null));
        await RefusesPartitionAsync(key);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Tables.GetAsync(_partition, key, Cancel));
        if (key.Length > 0) await Assert.ThrowsAsync<ArgumentException>(async () => await Tables.QueryAsync(_partition, key, 1, null, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Tables.QueryAsync(_partition, "", 1, key, Cancel));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_query_takes_no_fewer_than_one_and_no_more_than_a_thousand(int take) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Tables.QueryAsync(_partition, "", take, null, Cancel));

    [Fact]
    public async Task Data_that_is_not_utf8_is_refused() => await RefusesAsync(new Change.Insert("state", new byte[] { 0x22, 0xC3, 0x28, 0x22 }));

    [Fact]
    public async Task A_caller_who_has_cancelled_gets_no_answer_and_others_do()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Tables.CommitAsync(_partition, [new Change.Insert("a", Json("a"))], cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Tables.GetAsync(_partition, "a", cancelled.Token));
        Assert.True((await CommitAsync(new Change.Insert("b", Json("b")))).Committed);
        Assert.Equal(["b"], (await AllAsync()).Select(row => row.Key));
    }

    [Fact]
    public async Task A_store_that_can_be_read_passes_the_check() => await Tables.CheckAsync(Cancel);

    [Fact]
    public async Task A_scan_reads_all_partitions_that_begin_so_in_pages()
    {
        var scan = (IRowScan)Tables;
        var root = $"{_partition}-scan|";
        foreach (var (partition, key) in ((string, string)[])[($"{root}a", "1"), ($"{root}a", "2"), ($"{root}b", "1"), ($"{root}b|c", "0"), ($"{_partition}-scan", "1"), ($"{_partition}-scan}}", "1")])
        {
            await Tables.CommitAsync(partition, [new Change.Insert(key, Json(key))], Cancel);
        }
        string[] expected = [$"{root}a 1", $"{root}a 2", $"{root}b 1", $"{root}b|c 0"];
        for (var take = 1; take <= 5; take++)
        {
            List<Row> found = [];
            IReadOnlyList<Row> page;
            do
            {
                page = await scan.ScanAsync(root, take, found.Count == 0 ? null : new RowPlace(found[^1].Partition, found[^1].Key), Cancel);
                found.AddRange(page);
            }
            while (page.Count == take);
            Assert.Equal(expected, found.Select(row => $"{row.Partition} {row.Key}"));
        }
        await Assert.ThrowsAsync<ArgumentException>(async () => await scan.ScanAsync("é", 1, null, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await scan.ScanAsync("a", 1001, null, Cancel));
    }

    private protected static ReadOnlyMemory<byte> Json(string value) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(value);

    private static string Text(Row row) => Encoding.UTF8.GetString(row.Data.Span);

    private static byte[] Filler(int length) => [.. Enumerable.Repeat((byte)'x', length)];

    private byte[] LargestData(string key) => Filler((int)((TableLimits.MaxRowSize - TableLimits.RowSize(_partition, key, [])) / 2));

    private Task<CommitResult> CommitAsync(params Change[] changes) => Tables.CommitAsync(_partition, changes, Cancel).AsTask();

    private async Task<IReadOnlyList<Row>> AllAsync() => await Tables.QueryAsync(_partition, "", 1000, null, Cancel);

    private async Task RefusesAsync(params Change[] changes)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(changes));
        foreach (var key in changes.Select(change => change.Key).Where(key => key.Length is > 0 and < 400 && key.All(char.IsAsciiLetterOrDigit)).Take(2))
            Assert.Null(await Tables.GetAsync(_partition, key, Cancel));
    }

    private async Task RefusesPartitionAsync(string partition)
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Tables.CommitAsync(partition, [new Change.Insert("a", Json("x"))], Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Tables.GetAsync(partition, "a", Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Tables.QueryAsync(partition, "", 1, null, Cancel));
    }

    private static void AssertConflict(string key, CommitResult result)
    {
        Assert.Equal(key, result.ConflictKey);
        Assert.False(result.Committed);
        Assert.Empty(result.Versions);
    }
}
