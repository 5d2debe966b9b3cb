using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace CoordinationBot.Storage;

/// <summary>The row by which a move from a Sqlite file knows its own: in the table it moves to, and which file it came from.</summary>
/// <param name="Source">The file's own name for itself, made at its first move.</param>
/// <param name="Begun">When it began.</param>
/// <param name="Finished">When everything was there and had been compared; null until then.</param>
/// <param name="Rows">How many rows were moved.</param>
/// <param name="WakeUps">How many wake-ups were moved.</param>
/// <param name="Digest">Of all rows.</param>
internal sealed record MigrationMark(string Source, DateTimeOffset Begun, DateTimeOffset? Finished = null, long Rows = 0, long WakeUps = 0, string? Digest = null)
{
    /// <summary>What lies here is of one store, and not moved.</summary>
    public const string Partition = "migration";

    private const string TargetKey = "target";
    private const string SourceKey = "source";

    /// <summary>What the table says of a move into it.</summary>
    public static async ValueTask<MigrationMark?> FindAsync(ITables target, CancellationToken cancel) =>
        (await target.GetAsync(Partition, TargetKey, cancel))?.Read(MigrationJson.Default.MigrationMark);

    public async ValueTask WriteAsync(ITables target, CancellationToken cancel) =>
        await target.CommitAsync(Partition, [new Change.Upsert(TargetKey, JsonRows.Bytes(this, MigrationJson.Default.MigrationMark))], cancel);

    /// <summary>The name of what is moved; given once.</summary>
    public static async ValueTask<string> NameAsync(ITables source, CancellationToken cancel)
    {
        var name = JsonRows.Bytes(RandomNumberGenerator.GetHexString(32), MigrationJson.Default.String);
        await source.CommitAsync(Partition, [new Change.Insert(SourceKey, name)], cancel);
        return (await source.GetAsync(Partition, SourceKey, cancel))!.Read(MigrationJson.Default.String);
    }
}

[JsonSerializable(typeof(MigrationMark))]
[JsonSerializable(typeof(string))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class MigrationJson : JsonSerializerContext;
