using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Storage;

public sealed class SqliteTablesContract(SqliteFixture sqlite) : TablesContract, IClassFixture<SqliteFixture>
{
    private protected override ITables Tables { get; } = new SqliteTables(sqlite.File);
}
