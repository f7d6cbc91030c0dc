using Aval.Kernel.Storage;
using Aval.Orders.Rules;

namespace Aval.Orders;

/// <summary>What should not have happened in a period, for whoever counts it.</summary>
public static class IncidentHistory
{
    /// <summary>Incidents of one code from one business date to another, by date and id.</summary>
    public static async Task<IReadOnlyList<Incident>> ReadAsync(StoreReader reader, string code, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"""
            SELECT {OrdersFacts.IncidentTable.ColumnList} FROM incident
            WHERE to_sequence IS NULL AND date >= @from AND date <= @to AND code = @code ORDER BY date, id
            """);
        StoreReader.Add(command, "from", reader.DateParameter(from));
        StoreReader.Add(command, "to", reader.DateParameter(to));
        StoreReader.Add(command, "code", code);
        return [.. (await reader.RowsAsync(command, OrdersFacts.IncidentTable, cancel)).Cast<Incident>()];
    }
}
