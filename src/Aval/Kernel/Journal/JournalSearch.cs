using System.Data.Common;
using System.Runtime.CompilerServices;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>Which entries are asked for. Null is all.</summary>
/// <param name="From">The first business date; null with a root alone.</param>
/// <param name="By">Who acted: part of the name of a person, key or rule.</param>
/// <param name="NoCompany">Leaves out the company's own.</param>
public sealed record EntryFilter(string? Root, DateOnly? From, DateOnly? To, string? Command, string? By, bool NoCompany = false);

/// <summary>Finds entries of one root or across all of them.</summary>
public static class JournalSearch
{
    /// <summary>The last first.</summary>
    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["entry"] = "root", ["when"] = "business_date", ["recorded"] = "recorded_at", ["who"] = "lower(actor)", ["what"] = "command",
        },
        "business_date DESC", "recorded_at DESC, root, sequence DESC");

    /// <summary>Of one root: along its chain, the last first.</summary>
    public static readonly Sorting SortingOfRoot = Sorting with
    {
        Columns = new Dictionary<string, string>(Sorting.Columns, StringComparer.Ordinal) { ["entry"] = "sequence" }, Usual = "sequence DESC", Last = "sequence DESC",
    };

    /// <summary>Bodies that a file has at hand at once.</summary>
    const int ReadAtOnce = 200;

    static readonly string[] Kinds = ["person:", "key:", "rule:"];

    /// <summary>Part of the name that stands behind the kind of actor.</summary>
    static readonly string ByPart = string.Join(" OR ", Kinds.Select(kind => $@"lower(actor) LIKE '{kind}' || @by ESCAPE '\'"));

    /// <param name="order">What stands behind ORDER BY: of <see cref="Sorting"/> or <see cref="SortingOfRoot"/>.</param>
    public static async Task<(IReadOnlyList<Entry> Found, int Total)> PageAsync(
        StoreReader reader, EntryFilter filter, string order, int skip, int most, CancellationToken cancel)
    {
        var places = await PlacesAsync(reader, filter, order, skip, most, cancel);
        await using var count = reader.Command("SELECT count(*) FROM journal " + Where(filter));
        Add(reader, count, filter);
        return (await EntriesAsync(reader, places, cancel), await Wanted.TotalAsync(reader, count, places.Count, skip, most, cancel));
    }

    /// <summary>All of them, one after the other: where they stand is read at once.</summary>
    public static async IAsyncEnumerable<Entry> AllAsync(StoreReader reader, EntryFilter filter, string order, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var part in (await PlacesAsync(reader, filter, order, 0, int.MaxValue, cancel)).Chunk(ReadAtOnce))
        foreach (var entry in await EntriesAsync(reader, part, cancel))
            yield return entry;
    }

    static async Task<IReadOnlyList<(string Root, long Sequence)>> PlacesAsync(
        StoreReader reader, EntryFilter filter, string order, int skip, int most, CancellationToken cancel)
    {
        await using var command = reader.Command($"SELECT root, sequence FROM journal {Where(filter)} ORDER BY {order} LIMIT @most OFFSET @skip");
        Add(reader, command, filter);
        StoreReader.Add(command, "most", most);
        StoreReader.Add(command, "skip", skip);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var (places, roots) = (new List<(string, long)>(), new Dictionary<string, string>(StringComparer.Ordinal));
        while (await rows.ReadAsync(cancel))
        {
            var root = rows.GetString(0);
            // A million places of some thousand roots: each name is kept once.
            if (!roots.TryAdd(root, root)) root = roots[root];
            places.Add((root, rows.GetInt64(1)));
        }

        return places;
    }

    /// <summary>What stands in a row along one chain is read at once.</summary>
    static async Task<IReadOnlyList<Entry>> EntriesAsync(StoreReader reader, IReadOnlyList<(string Root, long Sequence)> places, CancellationToken cancel)
    {
        if (places.Count == 0) return [];
        var (root, first) = (places[0].Root, places.Min(place => place.Sequence));
        if (places.All(place => place.Root == root) && places.Max(place => place.Sequence) - first + 1 == places.Count)
        {
            var found = (await reader.EntriesAsync(root, first - 1, places.Count, cancel)).ToDictionary(entry => entry.Sequence);
            return [.. places.Select(place => found[place.Sequence])];
        }

        var entries = new List<Entry>(places.Count);
        foreach (var place in places)
            if (await reader.EntryAsync(place.Root, place.Sequence, cancel) is { } entry) entries.Add(entry);
        return entries;
    }

    static string Where(EntryFilter filter) =>
        $"""
        WHERE 1 = 1
        {(filter.Root is null ? "" : "AND lane = @lane AND root = @root")} {(filter.From is null ? "" : "AND business_date >= @from")}
        {(filter.To is null ? "" : "AND business_date <= @to")} {(filter.Command is null ? "" : "AND command = @command")}
        {(filter.By is null ? "" : $"AND ({ByPart})")} {(filter.NoCompany ? $"AND root <> '{Facts.Company}'" : "")}
        """;

    static void Add(StoreReader reader, DbCommand command, EntryFilter filter)
    {
        if (filter.Root is { } root)
        {
            StoreReader.Add(command, "lane", Lane.Of(root));
            StoreReader.Add(command, "root", root);
        }

        if (filter.From is { } from) StoreReader.Add(command, "from", reader.DateParameter(from));
        if (filter.To is { } to) StoreReader.Add(command, "to", reader.DateParameter(to));
        if (filter.Command is { } name) StoreReader.Add(command, "command", name);
        if (filter.By is { } by) StoreReader.Add(command, "by", Like.Containing(by));
    }
}
