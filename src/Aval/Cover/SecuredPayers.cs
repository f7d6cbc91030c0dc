using Aval.Kernel.Storage;

namespace Aval.Cover;

/// <summary>Whose debts somebody else bears in part.</summary>
static class SecuredPayers
{
    public static async Task<IReadOnlyList<string>> AllAsync(StoreReader reader, CancellationToken cancel)
    {
        await using var command = reader.Command("""
            SELECT payer FROM guarantee WHERE to_sequence IS NULL AND live UNION SELECT payer FROM insurance_cover WHERE to_sequence IS NULL AND live
            """);
        return await StoreReader.TextsAsync(command, cancel);
    }
}
