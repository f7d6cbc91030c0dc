using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>Which entries are asked for. Null is all.</summary>
/// <param name="From">The first business date; null with a root alone.</param>
/// <param name="By">Who acted: the name of a person, key or rule.</param>
/// <param name="NoCompany">Leaves out the company's own.</param>
public sealed record EntryFilter(string? Root, DateOnly? From, DateOnly? To, string? Command, string? By, bool NoCompany = false);

/// <summary>Finds entries across roots, the last first.</summary>
public static class JournalSearch
{
    static readonly string[] Kinds = ["person:", "key:", "rule:"];

    public static async Task<IReadOnlyList<Entry>> PageAsync(StoreReader reader, EntryFilter filter, int skip, int most, CancellationToken cancel)
    {
        var places = new List<(string Root, long Sequence)>();
        await using (var command = reader.Command(
            $"""
            SELECT root, sequence FROM journal WHERE 1 = 1
            {(filter.Root is null ? "" : "AND lane = @lane AND root = @root")} {(filter.From is null ? "" : "AND business_date >= @from")}
            {(filter.To is null ? "" : "AND business_date <= @to")} {(filter.Command is null ? "" : "AND command = @command")}
            {(filter.By is null ? "" : $"AND actor {reader.Among("@by")}")} {(filter.NoCompany ? $"AND root <> '{Facts.Company}'" : "")}
            ORDER BY business_date DESC, recorded_at DESC, root, sequence DESC LIMIT @most OFFSET @skip
            """))
        {
            Add(reader, command, filter);
            StoreReader.Add(command, "most", most);
            StoreReader.Add(command, "skip", skip);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) places.Add((rows.GetString(0), rows.GetInt64(1)));
        }

        var entries = new List<Entry>(places.Count);
        foreach (var (root, sequence) in places)
            if (await reader.EntryAsync(root, sequence, cancel) is { } entry) entries.Add(entry);
        return entries;
    }

    static void Add(StoreReader reader, System.Data.Common.DbCommand command, EntryFilter filter)
    {
        if (filter.Root is { } root)
        {
            StoreReader.Add(command, "lane", Lane.Of(root));
            StoreReader.Add(command, "root", root);
        }

        if (filter.From is { } from) StoreReader.Add(command, "from", reader.DateParameter(from));
        if (filter.To is { } to) StoreReader.Add(command, "to", reader.DateParameter(to));
        if (filter.Command is { } name) StoreReader.Add(command, "command", name);
        if (filter.By is { } by) StoreReader.Add(command, "by", reader.ListParameter([.. Kinds.Select(kind => kind + by)]));
    }
}
