using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Rates.Rules;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>What a payer owed on invoices at the end of a day, in minor units of its credit currency; what an uncleared receipt had taken is still owed.</summary>
public readonly record struct Owed(long NotDue, long Overdue);

/// <summary>Reads what a payer owed at the ends of several days, by the documents' own dates as they are known now (<see cref="ReceivablesThen"/>): two statements, however
/// many days. Invoices that were settled before the first day are not read.</summary>
public static class OwedThen
{
    const string Columns = "number, date, due_date, currency, amount, settled, credit_currency, rate, rate_date";

    /// <param name="days">The earliest first.</param>
    public static async Task<IReadOnlyList<Owed>> ReadAsync(StoreReader reader, string payer, IReadOnlyList<DateOnly> days, CancellationToken cancel)
    {
        var later = await LaterAsync(reader, payer, days[0], cancel);
        var owed = new Owed[days.Count];
        await using var command = reader.Command(
            $"""
            SELECT {Columns} FROM invoice WHERE to_sequence IS NULL AND live AND NOT draft AND payer = @payer AND date <= @last
            UNION ALL
            SELECT {Columns} FROM invoice WHERE to_sequence IS NULL AND NOT live AND NOT draft AND payer = @payer AND last_settled > @first AND date <= @last
            """);
        StoreReader.Add(command, "payer", payer);
        StoreReader.Add(command, "first", reader.DateParameter(days[0]));
        StoreReader.Add(command, "last", reader.DateParameter(days[^1]));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var rate = rows.IsDBNull(7) ? null : StoredRate.Read(rows.GetString(7), reader.Date(rows, 8));
            var invoice = new AgedInvoice(
                rows.GetString(0), payer, reader.Date(rows, 1), reader.Date(rows, 2), Currency.Of(rows.GetString(3)), rows.GetInt64(4), rows.GetInt64(5),
                rows.IsDBNull(6) ? null : Currency.Of(rows.GetString(6)), rate);
            Count(owed, invoice, later.GetValueOrDefault(invoice.Number, []), days);
        }

        return owed;
    }

    static void Count(Owed[] owed, AgedInvoice invoice, List<(DateOnly From, long Amount)> later, IReadOnlyList<DateOnly> days)
    {
        AgedInvoice? then = null;
        long open = 0;
        for (var at = 0; at < days.Count; at++)
        {
            var day = days[at];
            if (invoice.Date > day) continue;
            var settled = invoice.Settled;
            foreach (var (from, amount) in later)
                if (from > day) settled -= amount;
            if (settled >= invoice.Amount) continue;
            // It is converted anew only where something was settled in between.
            if (then is null || then.Settled != settled) (then, open) = (invoice with { Settled = settled }, (invoice with { Settled = settled }).OpenInCredit ?? 0);
            owed[at] = invoice.DueDate < day ? owed[at] with { Overdue = owed[at].Overdue + open } : owed[at] with { NotDue = owed[at].NotDue + open };
        }
    }

    /// <summary>What has been settled of invoices, or taken back, and counts only from days after the first.</summary>
    static async Task<Dictionary<string, List<(DateOnly From, long Amount)>>> LaterAsync(StoreReader reader, string payer, DateOnly first, CancellationToken cancel)
    {
        await using var command = reader.Command(
            """
            SELECT invoice, counts_from, amount FROM settlement
            WHERE to_sequence IS NULL AND counts_from IS NOT NULL AND payer = @payer AND counts_from > @first
            """);
        StoreReader.Add(command, "payer", payer);
        StoreReader.Add(command, "first", reader.DateParameter(first));
        var later = new Dictionary<string, List<(DateOnly, long)>>(StringComparer.Ordinal);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            if (!later.TryGetValue(rows.GetString(0), out var parts)) later[rows.GetString(0)] = parts = [];
            parts.Add((reader.Date(rows, 1), rows.GetInt64(2)));
        }

        return later;
    }
}
