using Aval.Kernel.Storage;
using Aval.Parties.Rules;

namespace Aval.Parties;

/// <summary>What can be asked of customers across all roots.</summary>
public static class CustomerSearch
{
    const string Matching = "to_sequence IS NULL AND (lower(number) LIKE @text ESCAPE '\\' OR lower(name) LIKE @text ESCAPE '\\')";

    const int MostMeant = 500;

    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = "number", ["name"] = "lower(name)", ["country"] = "country", ["payer"] = "payer", ["terms"] = "payment_terms", ["riskClass"] = "risk_class",
        },
        "number", "number, root");

    /// <summary>Customers whose number or name contains the text; all when there is none.</summary>
    /// <param name="by">One of <see cref="Sorting"/>; null for their numbers.</param>
    public static async Task<(IReadOnlyList<Customer> Found, int Total)> FindAsync(
        Store store, string? text, int skip, int most, CancellationToken cancel, string? by = null, bool descending = false)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var ordered = reader.Command(
            $"SELECT {PartiesFacts.Table.ColumnList} FROM customer WHERE {Matching} ORDER BY {Sorting.Sql(by, descending)}");
        StoreReader.Add(ordered, "text", Like.Containing(text ?? ""));
        List<Customer> found = [.. (await Wanted.PageOfAsync(reader, ordered, PartiesFacts.Table, skip, most, cancel)).Cast<Customer>()];
        await using var count = reader.Command($"SELECT count(*) FROM customer WHERE {Matching}");
        StoreReader.Add(count, "text", Like.Containing(text ?? ""));
        return (found, await Wanted.TotalAsync(reader, count, found.Count, skip, most, cancel));
    }

    /// <summary>Whom a filter's text means: the one of just this number, else those whose number or name contains it, at most so many; null when it names none.</summary>
    public static async Task<IReadOnlyList<string>?> MeantAsync(Store store, string? text, CancellationToken cancel)
    {
        if (text is null) return null;
        return (await NamesAsync(store, [text], cancel)).Count > 0 ? [text] : [.. (await FindAsync(store, text, 0, MostMeant, cancel)).Found.Select(customer => customer.Number)];
    }

    /// <summary>Country and segment of every customer, by number.</summary>
    public static async Task<IReadOnlyDictionary<string, (string Country, string? Segment)>> PlacesAsync(Store store, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command("SELECT number, country, segment FROM customer WHERE to_sequence IS NULL");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var places = new Dictionary<string, (string, string?)>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel)) places[rows.GetString(0)] = (rows.GetString(1), await rows.IsDBNullAsync(2, cancel) ? null : rows.GetString(2));
        return places;
    }

    /// <summary>All customers' names, each with the number of its payer.</summary>
    public static async Task<IReadOnlyList<(string Name, string Payer)>> PayersByNameAsync(StoreReader reader, CancellationToken cancel)
    {
        var named = new List<(string, string)>();
        await using var command = reader.Command("SELECT name, COALESCE(payer, number) FROM customer WHERE to_sequence IS NULL");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) named.Add((rows.GetString(0), rows.GetString(1)));
        return named;
    }

    /// <summary>The number of the customer that pays for this one; its own where it pays itself, or has not been entered.</summary>
    public static async Task<string> PayerOfAsync(StoreReader reader, string number, CancellationToken cancel)
    {
        await using var command = reader.Command("SELECT COALESCE(payer, number) FROM customer WHERE to_sequence IS NULL AND number = @number");
        StoreReader.Add(command, "number", number);
        return await command.ExecuteScalarAsync(cancel) as string ?? number;
    }

    /// <summary>What stands directly above each customer in its group's tree; whoever stands alone or at the top is absent.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> GroupsAsync(StoreReader reader, CancellationToken cancel)
    {
        var above = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = reader.Command("SELECT number, \"group\" FROM customer WHERE to_sequence IS NULL AND \"group\" IS NOT NULL");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) above[rows.GetString(0)] = rows.GetString(1);
        return above;
    }

    /// <summary>The names of these customers, by number; a number that has not been entered is absent.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> NamesAsync(Store store, IEnumerable<string> numbers, CancellationToken cancel)
    {
        var wanted = numbers.Distinct(StringComparer.Ordinal).ToList();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (wanted.Count == 0) return names;
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command($"SELECT number, name FROM customer WHERE to_sequence IS NULL AND number {reader.Among("@numbers")}");
        StoreReader.Add(command, "numbers", reader.ListParameter(wanted));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) names[rows.GetString(0)] = rows.GetString(1);
        return names;
    }
}
