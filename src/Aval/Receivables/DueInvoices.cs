using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>What fell due of payers, for whoever judges how they paid.</summary>
public static class DueInvoices
{
    /// <summary>Payers asked for together.</summary>
    const int PayersAtOnce = 500;

    // Open and settled invoices are two statements, so that each is found by its own index.
    const string Sql = """
        SELECT payer, number, due_date, amount, settled, last_settled, CAST(CASE WHEN EXISTS (
            SELECT 1 FROM settlement s WHERE s.invoice = invoice.number AND s.to_sequence IS NULL AND s.source = 'writeOff') THEN 1 ELSE 0 END AS BIGINT)
        FROM invoice WHERE to_sequence IS NULL AND NOT draft AND due_date >= @from AND due_date <= @to AND
        """;

    /// <summary>The invoices of these payers that fell due from one day to another.</summary>
    public static async Task<IReadOnlyList<DueInvoice>> OfPayersAsync(
        StoreReader reader, IReadOnlyCollection<string> payers, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var found = new List<DueInvoice>();
        foreach (var some in payers.Chunk(PayersAtOnce))
        {
            await using var command = reader.Command($"{Sql} live AND payer {reader.Among("@payers")} UNION ALL {Sql} NOT live AND payer {reader.Among("@payers")}");
            StoreReader.Add(command, "payers", reader.ListParameter(some));
            StoreReader.Add(command, "from", reader.DateParameter(from));
            StoreReader.Add(command, "to", reader.DateParameter(to));
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
                found.Add(new DueInvoice(
                    rows.GetString(0), rows.GetString(1), reader.Date(rows, 2), rows.GetInt64(4) < rows.GetInt64(3), rows.IsDBNull(5) ? null : reader.Date(rows, 5),
                    rows.GetInt64(6) == 1));
        }

        return found;
    }
}
