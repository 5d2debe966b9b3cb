using System.Text.Json.Serialization;
using CoordinationBot.Storage;

namespace CoordinationBot.Privacy;

/// <summary>Somebody is being forgotten: who they were, as long as that is being looked for, and how far it has come. It is the last row that names them.</summary>
/// <param name="Tenant">Of the person.</param>
/// <param name="ObjectId">Who.</param>
/// <param name="StandIn">Stands for them in what is kept: drawn by chance, so that nothing leads back.</param>
/// <param name="Name">As others see it.</param>
/// <param name="Email">If it is known.</param>
internal sealed record Erasure(string Tenant, string ObjectId, string StandIn, string Name, string? Email)
{
    /// <summary>What Teams and the bot know them and their chat by.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>The last row that was looked at; null: a new round begins.</summary>
    public RowPlace? After { get; init; }

    /// <summary>Something named them in this round: there is one more, since others wrote meanwhile.</summary>
    public bool Found { get; init; }

    /// <summary>Nothing names them any more but what is their own, which goes last: until then others may need to find it.</summary>
    public bool IsLast { get; init; }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Erasure))]
internal sealed partial class ErasureJson : JsonSerializerContext;
