using CoordinationBot.Storage;

namespace CoordinationBot.Tests.Storage;

[Collection(AzuriteFixture.Name)]
public sealed class AzureTablesContract(AzuriteFixture azurite) : TablesContract
{
    private protected override ITables Tables { get; } = new AzureTables(azurite.Table, TimeProvider.System);
}
