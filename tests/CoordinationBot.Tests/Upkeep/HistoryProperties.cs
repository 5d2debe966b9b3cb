using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CoordinationBot.Storage;
using CoordinationBot.Upkeep;
using CsCheck;

namespace CoordinationBot.Tests.Upkeep;

/// <summary>Whatever a history is, and whatever is done to it behind our back.</summary>
public sealed class HistoryProperties
{
    private const string Partition = "tenant|D|D-7K3F9Q";

    private static readonly Guid StandIn = new("00000000-0000-0000-0000-00000000000f");

    private static readonly Gen<string> Words = Gen.OneOf(Gen.String, Gen.OneOf<string>("Offered to Kim Kern", "Accepted", "\",\"Seal\":\"", "\"}", "漢字 🏳️‍🌈", ""));

    /// <summary>Entries with their numbers; which of them are rewritten, since somebody was forgotten.</summary>
    private static readonly Gen<(int Number, string Text, bool IsRewritten)[]> Histories =
        Gen.Select(Gen.Int[1, 3], Words, Gen.Bool).Array[1, 8].Select(entries => entries.Select((entry, index) => (entries.Take(index + 1).Sum(before => before.Item1), entry.Item2, entry.Item3)).ToArray());

    /// <summary>What somebody can do to rows that they may write, without knowing how seals are made.</summary>
    private static readonly Gen<(string Name, Func<List<Row>, int, List<Row>?> Do)> Tamperings = Gen.OneOf<(string, Func<List<Row>, int, List<Row>?>)>(
        ("other words", (rows, at) => Replace(rows, at, row => Edit(row, entry => entry with { Text = entry.Text + "." }))),
        ("another number inside", (rows, at) => Replace(rows, at, row => Edit(row, entry => entry with { Number = entry.Number + 1 }))),
        ("one byte", (rows, at) => Replace(rows, at, row => row with { Data = Flip(row.Data, at) })),
        ("one more property", (rows, at) => Replace(rows, at, row => row with { Data = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(row.Data.Span).Replace("{\"Number\"", "{\"More\":1,\"Number\"", StringComparison.Ordinal)) })),
        ("without its seal", (rows, at) => Replace(rows, at, row => row with { Data = SealedEntry.Read(row.Data)!.Entry })),
        ("as erasures were once marked", (rows, at) => Replace(rows, at, row => row with { Data = AsOnce(row.Data) })),
        ("for another stand-in", (rows, at) => SealedEntry.Read(rows[at].Data)!.IsRewritten ? Replace(rows, at, row => row with { Data = For(row.Data) }) : null),
        ("one taken out", (rows, at) => [.. rows.Where((_, index) => index != at)]),
        ("the end cut off", (rows, at) => [.. rows.Take(at), rows[^1]]),
        ("one put in before", (rows, at) => Put(rows, at, HistoryRows.Key(0))),
        ("one put in at the end", (rows, at) => Put(rows, at, HistoryRows.Key(900_000))),
        ("the last under another number", (rows, _) => Replace(rows, rows.Count - 2, row => row with { Key = HistoryRows.Key(900_000) })),
        ("two in each other's place", (rows, at) => at == 0 ? null : [.. rows.Select((row, index) => index == at ? row with { Data = rows[at - 1].Data } : index == at - 1 ? row with { Data = rows[at].Data } : row)]),
        ("the state no JSON", (rows, _) => Replace(rows, rows.Count - 1, row => row with { Data = row.Data[..^1] })),
        ("the state gone", (rows, _) => [.. rows.SkipLast(1)]),
        ("the state as it was before", (rows, at) => at == rows.Count - 2 ? null : [.. rows.SkipLast(1), State(SealOf(rows[at]))]),
        ("all entries gone", (rows, _) => [rows[^1]]));

    [Fact]
    public void What_is_as_it_was_written_fits_and_nothing_else_does() => Gen.Select(Histories, Tamperings, Gen.Int[0, 7]).Sample(
        (history, tampering, where) =>
        {
            var rows = Written(history);
            Assert.Equal((history.Length, history.Count(entry => entry.IsRewritten)), Checked(rows, null));
            if (tampering.Do(rows, where % history.Length) is { } changed)
            {
                Assert.NotEmpty(HistoryRules.Check(Partition, changed, null).Faults);
            }
        },
        iter: 2_000);

    [Fact]
    public void What_was_sealed_anew_or_cut_off_with_its_state_is_found_by_the_note() => Gen.Select(Histories, Gen.Int[0, 7]).Sample(
        (history, where) =>
        {
            var rows = Written(history);
            var noted = HistoryRules.Check(Partition, rows, null).Last;
            Assert.Equal((history.Length, history.Count(entry => entry.IsRewritten)), Checked(rows, noted));

            // It went on since: still what was noted.
            var longer = Written([.. history, (history[^1].Number + 1, "Accepted", false)], rows);
            Assert.Equal(history.Length + 1, Checked(longer, noted).Entries);

            var anew = Written([.. history.Select((entry, index) => index == where % history.Length ? entry with { Text = entry.Text + "." } : entry)]);
            Assert.Empty(HistoryRules.Check(Partition, anew, null).Faults);
            Assert.NotEmpty(HistoryRules.Check(Partition, anew, noted).Faults);

            if (history.Length > 1)
            {
                List<Row> shorter = [.. rows.SkipLast(2), State(SealOf(rows[^3]))];
                Assert.Empty(HistoryRules.Check(Partition, shorter, null).Faults);
                Assert.NotEmpty(HistoryRules.Check(Partition, shorter, noted).Faults);
            }
        },
        iter: 500);

    [Fact]
    public void What_was_changed_in_the_manner_of_an_erasure_fits_and_is_named_unless_it_was_noted() => Gen.Select(Histories, Gen.Int[0, 7]).Sample(
        (history, where) =>
        {
            var (rows, at) = (Written(history), where % history.Length);
            var before = HistoryRules.Check(Partition, rows, null);
            Assert.Equal(history.Where(entry => entry.IsRewritten).Select(entry => HistoryRows.Key(entry.Number)), before.New.Select(one => one.Key));
            Assert.Empty(HistoryRules.Check(Partition, rows, before.Last).New);

            var forged = new Guid("00000000-0000-0000-0000-000000000bad");
            var changed = Replace(rows, at, row => row with { Data = HistoryRows.Rewritten(row.Data, forged, _ => Bytes(history[at].Number, "Never said"))!.Value });
            var after = HistoryRules.Check(Partition, changed, before.Last);
            Assert.Empty(after.Faults);
            Assert.Equal([new Rewriting(Partition, rows[at].Key, forged.ToString())], after.New);
            Assert.Empty(HistoryRules.Check(Partition, changed, after.Last).New);

            // And back again: nobody is remembered by what was kept of the time before.
            Assert.Equal(!history[at].IsRewritten, HistoryRules.Check(Partition, rows, after.Last).Faults.Count == 1);
        },
        iter: 500);

    [Fact]
    public void What_is_rewritten_leaves_nothing_to_guess_from()
    {
        var (row, _) = HistoryRows.Add(Partition, null, 1, Bytes(1, "Kim"));
        var (again, _) = HistoryRows.Add(Partition, null, 1, Bytes(1, "Kim"));
        ReadOnlyMemory<byte>? Rewrite(ReadOnlyMemory<byte> _) => Bytes(1, "a former colleague");
        var (one, other) = (SealedEntry.Read(HistoryRows.Rewritten(row.Data, StandIn, Rewrite)!.Value)!, SealedEntry.Read(HistoryRows.Rewritten(again.Data, StandIn, Rewrite)!.Value)!);
        // The same words twice, and whoever tries words finds neither: no digest that stays is one of words alone.
        Assert.NotEqual(one.Digest(), other.Digest());
        Assert.Null(HistoryRows.Rewritten(row.Data, StandIn, _ => null));
    }

    private static (int Entries, int Rewritten) Checked(IReadOnlyList<Row> rows, NotedSeal? noted)
    {
        var history = HistoryRules.Check(Partition, rows, noted);
        Assert.Empty(history.Faults);
        return (history.Entries, history.Rewritten);
    }

    /// <param name="history">Its entries.</param>
    /// <param name="before">Rows that are there already, with their state; null: none.</param>
    private static List<Row> Written((int Number, string Text, bool IsRewritten)[] history, List<Row>? before = null)
    {
        List<Row> rows = [.. before?.SkipLast(1) ?? []];
        var seal = before is null ? null : SealOf(before[^2]);
        foreach (var (number, text, isRewritten) in history.Skip(rows.Count))
        {
            (var row, seal) = HistoryRows.Add(Partition, seal, number, Bytes(number, text));
            rows.Add(new Row(Partition, row.Key, "1", isRewritten ? HistoryRows.Rewritten(row.Data, StandIn, _ => Bytes(number, "a former colleague"))!.Value : row.Data));
        }
        return [.. rows, State(seal!)];
    }

    private static Row State(string seal) => new(Partition, "state", "1", Encoding.UTF8.GetBytes($$"""{"Id":"D-7K3F9Q","Seal":"{{seal}}","Title":"T"}"""));

    private static string SealOf(Row row) => Base64Url.EncodeToString(SealedEntry.Read(row.Data)!.Seal);

    private static byte[] Bytes(int number, string text) => JsonSerializer.SerializeToUtf8Bytes(new { Number = number, Text = text });

    private static List<Row> Replace(List<Row> rows, int at, Func<Row, Row> change) => [.. rows.Select((row, index) => index == at ? change(row) : row)];

    private static List<Row> Put(List<Row> rows, int at, string key) => [.. rows.Append(rows[at] with { Key = key }).OrderBy(row => row.Key, StringComparer.Ordinal)];

    private static Row Edit(Row row, Func<(int Number, string Text), (int Number, string Text)> edit)
    {
        using var entry = JsonDocument.Parse(row.Data);
        var after = edit((entry.RootElement.GetProperty("Number").GetInt32(), entry.RootElement.GetProperty("Text").GetString()!));
        return row with { Data = (byte[])[.. Bytes(after.Number, after.Text)[..^1], .. row.Data.Span[row.Data.Span.LastIndexOf(SealedEntry.Opening)..]] };
    }

    /// <summary>Other words with a digest of their own, and nothing that says for whom.</summary>
    private static byte[] AsOnce(ReadOnlyMemory<byte> data)
    {
        var (entry, words, digest) = (SealedEntry.Read(data)!, Bytes(1, "Never said"), new byte[HistoryRows.HashLength]);
        HistoryRows.Digest([], words, digest);
        return Sealed(words, [.. entry.Seal, .. entry.Digest(), .. digest]);
    }

    private static byte[] For(ReadOnlyMemory<byte> data)
    {
        var entry = SealedEntry.Read(data)!;
        return Sealed(entry.Entry.ToArray(), [.. entry.Seal, .. entry.Digest(), .. new byte[HistoryRows.MarkLength], .. entry.Rewriting]);
    }

    private static byte[] Sealed(byte[] entry, byte[] parts) => [.. entry[..^1], .. SealedEntry.Opening, .. Encoding.UTF8.GetBytes(Base64Url.EncodeToString(parts)), .. SealedEntry.Closing];

    private static byte[] Flip(ReadOnlyMemory<byte> data, int where)
    {
        var bytes = data.ToArray();
        // A letter of the seal, or one of what is sealed.
        bytes[where % 2 == 0 ? "{\"Num".Length : bytes.Length - 10] ^= 1;
        return bytes;
    }
}
