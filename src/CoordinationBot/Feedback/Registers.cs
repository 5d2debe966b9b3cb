using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Storage;

namespace CoordinationBot.Feedbacks;

/// <summary>What an administrator named an owner for: a department, an objective; without a name, everything that has no other owner.</summary>
internal sealed record Register(string Name, Party Owner);

/// <summary>The only file that knows the rows of registers: one partition a tenant.</summary>
internal sealed class RegisterStore(ITables tables)
{
    private const string Prefix = "register|";

    /// <summary>A slug never has a point.</summary>
    private const string General = ".";

    public static string Partition(string tenant) => $"{tenant}|R";

    public async ValueTask<IReadOnlyList<Register>> ListAsync(string tenant, CancellationToken cancel) =>
        [.. (await tables.QueryAsync(Partition(tenant), Prefix, FeedbackLimits.Registers + 1, null, cancel)).Select(row => row.Read(FeedbackJson.Default.Register))];

    /// <summary>Null: nobody named an owner for it.</summary>
    public async ValueTask<Register?> FindAsync(string tenant, string name, CancellationToken cancel) =>
        KeyOf(name) is { } found ? (await tables.GetAsync(Partition(tenant), found, cancel))?.Read(FeedbackJson.Default.Register) : null;

    public async ValueTask SetAsync(string tenant, Register register, CancellationToken cancel) =>
        await tables.CommitAsync(Partition(tenant), [new Change.Upsert(KeyOf(register.Name)!, JsonRows.Bytes(register, FeedbackJson.Default.Register))], cancel);

    public async ValueTask RemoveAsync(string tenant, string name, CancellationToken cancel) =>
        await tables.CommitAsync(Partition(tenant), [new Change.Delete(KeyOf(name)!, null)], cancel);

    /// <summary>Whether a name has anything by which it can be told from others.</summary>
    public static bool IsName(string name) => name.Length <= FeedbackLimits.RegisterName && IndexKeys.Slug(name).Length > 0;

    private static string? KeyOf(string name) => name.Length == 0 ? Prefix + General : IsName(name) ? Prefix + IndexKeys.Slug(name) : null;
}
