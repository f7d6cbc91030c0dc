using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Policies;

/// <summary>Drafts as they once were: each is known by the entry of the company's journal that wrote it, and stays readable when another took its place.</summary>
public static class DraftHistory
{
    /// <summary>The entry that wrote the draft that there is; null where nobody is drafting.</summary>
    public static async Task<long?> WrittenAtAsync(StoreReader reader, CancellationToken cancel)
    {
        await using var command = Of(reader, "AND to_sequence IS NULL AND activated_as IS NULL");
        return (await ReadAsync(reader, command, cancel))?.Sequence;
    }

    /// <summary>The draft that an entry wrote; null where it wrote none.</summary>
    public static async Task<PolicyDraft?> AtAsync(StoreReader reader, long sequence, CancellationToken cancel)
    {
        await using var command = Of(reader, "AND from_sequence = @sequence");
        StoreReader.Add(command, "sequence", sequence);
        return (await ReadAsync(reader, command, cancel))?.Draft;
    }

    static System.Data.Common.DbCommand Of(StoreReader reader, string which)
    {
        var command = reader.Command($"SELECT {PolicyDraft.Table.ColumnList}, from_sequence FROM policy_draft WHERE lane = @lane AND root = @root {which}");
        StoreReader.Add(command, "lane", Lane.Of(Facts.Company));
        StoreReader.Add(command, "root", Facts.Company);
        return command;
    }

    static async Task<(PolicyDraft Draft, long Sequence)?> ReadAsync(StoreReader reader, System.Data.Common.DbCommand command, CancellationToken cancel)
    {
        (PolicyDraft, long)? found = null;
        await reader.ReadAsync(command, PolicyDraft.Table, (row, rest) => found = ((PolicyDraft)row, rest.GetInt64(PolicyDraft.Table.Columns.Count)), cancel);
        return found;
    }
}
